//! Statements over consents.

pub(crate) const NEW: &str = "INSERT INTO consent (subject_id, consent_id, agency, purpose, items,
    case_no, once, until_on, given_at, by_id, seen_no, word)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub(crate) const WITHDRAW: &str = "INSERT INTO consent_withdrawn
    (subject_id, consent_id, withdrawn_at, by_id) VALUES ($1, $2, $3, $4)
    ON CONFLICT (subject_id, consent_id) DO NOTHING";
/// Takes the one look; no row where it was taken.
pub(crate) const USE: &str = "INSERT INTO consent_use (subject_id, consent_id, permit_id, used_at)
    VALUES ($1, $2, $3, $4) ON CONFLICT (subject_id, consent_id) DO NOTHING";

/// A consent by its number, with what became of it.
pub(crate) const OF_NUMBER: &str =
    "SELECT c.subject_id, c.consent_id, c.agency, c.purpose, c.items,
    c.case_no, c.once, c.until_on, c.given_at, c.by_id, w.withdrawn_at, u.used_at
    FROM consent c
    LEFT JOIN consent_withdrawn w ON w.subject_id = c.subject_id AND w.consent_id = c.consent_id
    LEFT JOIN consent_use u ON u.subject_id = c.subject_id AND u.consent_id = c.consent_id
    WHERE c.consent_id = $1 ORDER BY c.subject_id LIMIT 1";
/// The same by the word that withdraws it.
pub(crate) const OF_WORD: &str = "SELECT c.subject_id, c.consent_id, c.agency, c.purpose, c.items,
    c.case_no, c.once, c.until_on, c.given_at, c.by_id, w.withdrawn_at, u.used_at
    FROM consent c
    LEFT JOIN consent_withdrawn w ON w.subject_id = c.subject_id AND w.consent_id = c.consent_id
    LEFT JOIN consent_use u ON u.subject_id = c.subject_id AND u.consent_id = c.consent_id
    WHERE c.word = $1 ORDER BY c.subject_id LIMIT 1";
/// Those of a person that were not withdrawn and end on a day or later.
pub(crate) const OF_PERSON: &str =
    "SELECT c.subject_id, c.consent_id, c.agency, c.purpose, c.items,
    c.case_no, c.once, c.until_on, c.given_at, c.by_id, w.withdrawn_at, u.used_at
    FROM consent c
    LEFT JOIN consent_withdrawn w ON w.subject_id = c.subject_id AND w.consent_id = c.consent_id
    LEFT JOIN consent_use u ON u.subject_id = c.subject_id AND u.consent_id = c.consent_id
    WHERE c.subject_id = $1 AND w.withdrawn_at IS NULL AND c.until_on >= $2
    ORDER BY c.given_at DESC, c.consent_id LIMIT $3";
/// All of them after one, with the case number of the window, who withdrew it, the look that used it, how
/// many looks rest on it, and how many of these are that look, for an audit.
pub(crate) const ALL: &str = "SELECT c.subject_id, c.consent_id, c.agency, c.purpose, c.items,
    c.case_no, c.once, c.until_on, c.given_at, c.by_id, w.withdrawn_at, u.used_at, c.seen_no, w.by_id,
    (SELECT count(*) FROM access a WHERE a.subject_id = c.subject_id AND a.consent_id = c.consent_id),
    (SELECT count(*) FROM access a WHERE a.subject_id = c.subject_id AND a.consent_id = c.consent_id
    AND a.permit_id = u.permit_id AND a.looked_at = u.used_at)
    FROM consent c
    LEFT JOIN consent_withdrawn w ON w.subject_id = c.subject_id AND w.consent_id = c.consent_id
    LEFT JOIN consent_use u ON u.subject_id = c.subject_id AND u.consent_id = c.consent_id
    WHERE c.subject_id > $1 OR (c.subject_id = $1 AND c.consent_id > $2)
    ORDER BY c.subject_id, c.consent_id LIMIT $3";

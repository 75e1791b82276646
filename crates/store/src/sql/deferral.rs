//! Statements over decisions by which looks are told later.

pub(crate) const NEW: &str =
    "INSERT INTO look_deferral (deferral_id, agency, case_no, law, officer, reason, until_on, told_at,
    decided_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (deferral_id) DO NOTHING";
pub(crate) const ONE: &str =
    "SELECT deferral_id, agency, case_no, law, officer, reason, until_on, told_at, decided_at
    FROM look_deferral WHERE deferral_id = $1";
/// The decision that covers a look of an agency for a case at an instant.
pub(crate) const OF_CASE: &str =
    "SELECT deferral_id, agency, case_no, law, officer, reason, until_on, told_at, decided_at
    FROM look_deferral WHERE agency = $1 AND case_no = $2 AND decided_at <= $3 AND told_at > $3
    ORDER BY decided_at LIMIT 1";
/// Newest first, before a place; of one agency, or of all where it is empty.
pub(crate) const PAGE: &str =
    "SELECT deferral_id, agency, case_no, law, officer, reason, until_on, told_at, decided_at
    FROM look_deferral WHERE (decided_at < $1 OR (decided_at = $1 AND deferral_id > $2))
        AND ($3 = '' OR agency = $3)
    ORDER BY decided_at DESC, deferral_id LIMIT $4";
/// In the order of their ids, for an audit.
pub(crate) const AFTER: &str =
    "SELECT deferral_id, agency, case_no, law, officer, reason, until_on, told_at, decided_at
    FROM look_deferral WHERE deferral_id > $1 ORDER BY deferral_id LIMIT $2";

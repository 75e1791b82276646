//! Statements of jobs, which read facts of many subjects.

pub(crate) const NEW: &str = "INSERT INTO job_access (permit_id, step, happened_at, purpose, theme,
    items, officer, agency, expires_at, subjects, records)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (permit_id, step) DO NOTHING";

pub(crate) const BEGUN: &str =
    "SELECT happened_at FROM job_access WHERE step = 'begun' AND permit_id = $1";

/// Mentions with facts of a theme, on themselves or on a mention that ever joined them, in the order
/// of their ids: one walk over the mentions, with a look at the versions of each.
pub(crate) const ROOTS_WITH: &str = "SELECT m.subject_id FROM mention m
    WHERE m.subject_id > $1 AND (EXISTS (SELECT v.seq FROM version v
            JOIN submission b ON b.submission_no = v.submission_no
            JOIN source s ON s.source_no = b.source_no
            WHERE v.subject_id = m.subject_id AND s.theme = $2)
        OR EXISTS (SELECT v.seq FROM membership j
            JOIN version v ON v.subject_id = j.subject_id
            JOIN submission b ON b.submission_no = v.submission_no
            JOIN source s ON s.source_no = b.source_no
            WHERE j.root_id = m.subject_id AND s.theme = $2))
    ORDER BY m.subject_id LIMIT $3";

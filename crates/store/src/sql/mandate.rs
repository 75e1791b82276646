//! Statements over mandates.

pub(crate) const NEW: &str =
    "INSERT INTO mandate (subject_id, mandate_id, account_id, role, under_id,
    document, tasks, from_on, until_on, made_at, by_id, reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
/// Mandates of an account, with the end of each and of the one it hangs on.
pub(crate) const OF_ACCOUNT: &str =
    "SELECT m.mandate_id, m.subject_id, m.account_id, m.role, m.under_id,
    m.document, m.tasks, m.from_on, m.until_on, e.ended_at, u.until_on, f.ended_at
    FROM mandate m
    LEFT JOIN mandate_end e ON e.subject_id = m.subject_id AND e.mandate_id = m.mandate_id
    LEFT JOIN mandate u ON u.subject_id = m.subject_id AND u.mandate_id = m.under_id
    LEFT JOIN mandate_end f ON f.subject_id = u.subject_id AND f.mandate_id = u.mandate_id
    WHERE m.account_id = $1 ORDER BY m.made_at DESC, m.mandate_id LIMIT $2";
/// Mandates for a subject's mention, likewise.
pub(crate) const OF_SUBJECT: &str =
    "SELECT m.mandate_id, m.subject_id, m.account_id, m.role, m.under_id,
    m.document, m.tasks, m.from_on, m.until_on, e.ended_at, u.until_on, f.ended_at
    FROM mandate m
    LEFT JOIN mandate_end e ON e.subject_id = m.subject_id AND e.mandate_id = m.mandate_id
    LEFT JOIN mandate u ON u.subject_id = m.subject_id AND u.mandate_id = m.under_id
    LEFT JOIN mandate_end f ON f.subject_id = u.subject_id AND f.mandate_id = u.mandate_id
    WHERE m.subject_id = $1 ORDER BY m.made_at DESC, m.mandate_id LIMIT $2";
pub(crate) const END: &str =
    "INSERT INTO mandate_end (subject_id, mandate_id, ended_at, by_id, reason)
    SELECT m.subject_id, m.mandate_id, $3, $4, $5 FROM mandate m
    WHERE m.subject_id = $1 AND m.mandate_id = $2
    ON CONFLICT (subject_id, mandate_id) DO NOTHING";

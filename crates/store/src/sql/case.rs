//! Statements over what waits for a person: questions of identity, held versions, memberships.

pub(crate) const QUESTIONS: &str =
    "SELECT q.subject_id, q.record_id, q.row_no, q.reason, q.candidates, q.asked_at,
    b.submission_id, s.supplier, s.theme, m.name, m.kind
    FROM question q JOIN mention m ON m.subject_id = q.subject_id
        JOIN submission b ON b.submission_no = q.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE q.answered_at IS NULL AND (q.asked_at > $1 OR (q.asked_at = $1 AND q.subject_id > $2))
    ORDER BY q.asked_at, q.subject_id LIMIT $3";
pub(crate) const QUESTION: &str =
    "SELECT candidates, reason FROM question WHERE subject_id = $1 AND answered_at IS NULL";
pub(crate) const QUESTION_DONE: &str =
    "UPDATE question SET answered_at = $2 WHERE subject_id = $1 AND answered_at IS NULL";
pub(crate) const ANSWER_NEW: &str =
    "INSERT INTO answer (subject_id, answered_at, same_as, officer, reason)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (subject_id, answered_at) DO NOTHING";

/// Versions of a mention that wait for an answer about who it is.
pub(crate) const UNCLEAR: &str = "SELECT w.record_id, w.seq, b.source_no
    FROM hold w JOIN submission b ON b.submission_no = w.submission_no
    WHERE w.subject_id = $1 AND w.reason = 'subject-unclear' AND w.closed_at IS NULL
    ORDER BY w.record_id, w.seq";
pub(crate) const UNCLEAR_DONE: &str = "UPDATE hold SET closed_at = $2, closed_by = 'answered'
    WHERE subject_id = $1 AND reason = 'subject-unclear' AND closed_at IS NULL";
pub(crate) const HEAD_FREE: &str = "UPDATE record_head SET held = 0
    WHERE source_no = $1 AND record_id = $2 AND subject_id = $3 AND seq = $4";

pub(crate) const HOLDS: &str =
    "SELECT w.subject_id, w.record_id, w.seq, w.reason, w.row_no, w.opened_at,
    b.submission_id, s.supplier, s.theme
    FROM hold w JOIN submission b ON b.submission_no = w.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE w.closed_at IS NULL AND ($1 = '' OR s.supplier = $1)
      AND (w.opened_at > $2 OR (w.opened_at = $2 AND (w.subject_id > $3
        OR (w.subject_id = $3 AND w.record_id > $4))))
    ORDER BY w.opened_at, w.subject_id, w.record_id LIMIT $5";

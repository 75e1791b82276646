//! Statements over causes of submissions, and over what a recall takes back.

use crate::tx::{Each, Kind};

pub(crate) const NEW: &str = "INSERT INTO submission_cause (submission_no, kind, of_no, record_id,
    row_no, seq, reason, document, period_from, period_to, officer, made_at)
    VALUES ($1, $2, (SELECT b.submission_no FROM submission b WHERE b.submission_id = $3),
        $4, $5, $6, $7, $8, $9, $10, $11, $12)";

/// The cause of one submission.
pub(crate) const ONE: &str = "SELECT b.submission_id, b.state, c.kind, o.submission_id, c.record_id,
    c.row_no, c.seq, c.reason, c.document, c.period_from, c.period_to, c.officer, c.made_at,
    CAST((SELECT count(*) FROM submission_cause x JOIN submission y ON y.submission_no = x.submission_no
        WHERE x.of_no = c.submission_no AND x.kind = 'undo' AND y.state <> 'open') AS BIGINT)
    FROM submission_cause c JOIN submission b ON b.submission_no = c.submission_no
        LEFT JOIN submission o ON o.submission_no = c.of_no
    WHERE b.submission_id = $1";

/// Causes in the order of their submissions, each with its receipt, for an audit.
pub(crate) const AUDIT: &str =
    "SELECT b.submission_id, b.state, c.kind, o.submission_id, c.record_id,
    c.row_no, c.seq, c.reason, c.document, c.period_from, c.period_to, c.officer, c.made_at,
    CAST(0 AS BIGINT), c.submission_no, b.receipt
    FROM submission_cause c JOIN submission b ON b.submission_no = c.submission_no
        LEFT JOIN submission o ON o.submission_no = c.of_no
    WHERE c.submission_no > $1 ORDER BY c.submission_no LIMIT $2";

/// What was done about a submission, oldest first.
pub(crate) const OF_SUBMISSION: &str = "SELECT b.submission_id, b.state, c.kind, o.submission_id,
    c.record_id, c.row_no, c.seq, c.reason, c.document, c.period_from, c.period_to, c.officer, c.made_at,
    CAST((SELECT count(*) FROM submission_cause x JOIN submission y ON y.submission_no = x.submission_no
        WHERE x.of_no = c.submission_no AND x.kind = 'undo' AND y.state <> 'open') AS BIGINT)
    FROM submission o JOIN submission_cause c ON c.of_no = o.submission_no
        JOIN submission b ON b.submission_no = c.submission_no
    WHERE o.submission_id = $1 ORDER BY c.submission_no LIMIT $2";

/// What was done about one fact, oldest first.
pub(crate) const OF_RECORD: &str = "SELECT b.submission_id, b.state, c.kind, o.submission_id,
    c.record_id, c.row_no, c.seq, c.reason, c.document, c.period_from, c.period_to, c.officer, c.made_at,
    CAST((SELECT count(*) FROM submission_cause x JOIN submission y ON y.submission_no = x.submission_no
        WHERE x.of_no = c.submission_no AND x.kind = 'undo' AND y.state <> 'open') AS BIGINT)
    FROM submission_cause c JOIN submission b ON b.submission_no = c.submission_no
        LEFT JOIN submission o ON o.submission_no = c.of_no
    WHERE c.record_id = $1 ORDER BY c.submission_no LIMIT $2";

/// The recalls of a submission, each with what undid it.
pub(crate) const CHAIN: &str = "SELECT r.submission_no, u.submission_no FROM submission_cause r
    LEFT JOIN submission_cause u ON u.of_no = r.submission_no
    WHERE r.of_no = $1 ORDER BY r.submission_no LIMIT 1024";

/// Heads that a submission was the last to have, itself or by an undone recall of it.
pub(crate) const HEADS: &str =
    "SELECT h.record_id, h.subject_id, h.seq, h.digest, h.change, h.held,
    h.stated_on, h.scope
    FROM record_head h
    WHERE h.source_no = $1 AND h.record_id > $3
      AND (h.seen_in = $2 OR h.seen_in IN (SELECT u.submission_no FROM submission_cause r
          JOIN submission_cause u ON u.of_no = r.submission_no
          WHERE r.of_no = $2 AND u.kind = 'undo'))
    ORDER BY h.record_id LIMIT $4";

/// The head of one record.
pub(crate) const HEAD: &str = "SELECT h.record_id, h.subject_id, h.seq, h.digest, h.change, h.held,
    h.stated_on, h.scope
    FROM record_head h
    WHERE h.source_no = $1 AND h.record_id = $2";

/// All versions of records, with their content.
pub(crate) static VERSIONS: Each = Each::new(
    "versions of records",
    &[("subject_id", Kind::Bytes), ("record_id", Kind::Bytes)],
    "SELECT {n}, v.seq, v.submission_no, v.row_no, v.stated_on, v.change, v.digest, v.document_id,
        v.severity, v.late, v.held, v.moved_from, p.body
     FROM {rows} JOIN version v ON v.subject_id = given.subject_id AND v.record_id = given.record_id
        LEFT JOIN payload p ON p.subject_id = v.subject_id AND p.record_id = v.record_id AND p.seq = v.seq
     ORDER BY given.n, v.seq",
);

/// How a record of a supplier stands.
pub(crate) const STATE: &str = "SELECT h.seq, h.change
    FROM source s JOIN record_head h ON h.source_no = s.source_no
    WHERE s.supplier = $1 AND s.theme = $2 AND h.record_id = $3";

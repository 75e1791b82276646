//! Statements over issued reports.

pub(crate) const NEW: &str = "INSERT INTO report_issue (subject_id, issue_id, number, purpose, ask,
    facts, document, issued_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (subject_id, issue_id) DO NOTHING";
pub(crate) const BODY_NEW: &str = "INSERT INTO report_body (subject_id, issue_id, sealed)
    VALUES ($1, $2, $3)";
pub(crate) const NUMBER_NEW: &str = "INSERT INTO report_number (verify, subject_id, issue_id)
    VALUES ($1, $2, $3)";
pub(crate) const COPY_NEW: &str = "INSERT INTO report_copy (subject_id, issue_id, digest, format,
    made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (subject_id, issue_id, digest) DO NOTHING";

pub(crate) const ISSUE: &str =
    "SELECT i.subject_id, i.issue_id, i.number, i.purpose, i.ask, i.facts,
    i.document, i.issued_at, b.sealed FROM report_issue i LEFT JOIN report_body b
        ON b.subject_id = i.subject_id AND b.issue_id = i.issue_id
    WHERE i.subject_id = $1 AND i.issue_id = $2";
pub(crate) const LIST: &str =
    "SELECT i.subject_id, i.issue_id, i.number, i.purpose, i.ask, i.facts,
    i.document, i.issued_at, b.sealed FROM report_issue i LEFT JOIN report_body b
        ON b.subject_id = i.subject_id AND b.issue_id = i.issue_id
    WHERE i.subject_id = $1 ORDER BY i.issued_at DESC, i.issue_id LIMIT $2";
pub(crate) const NUMBER: &str =
    "SELECT verify, subject_id, issue_id FROM report_number WHERE verify = $1 ORDER BY verify";
pub(crate) const COPY: &str = "SELECT format FROM report_copy
    WHERE subject_id = $1 AND issue_id = $2 AND digest = $3";

pub(crate) const FORGET_BODY: &str =
    "DELETE FROM report_body WHERE subject_id = $1 AND issue_id = $2";
pub(crate) const FORGET_NUMBER: &str =
    "DELETE FROM report_number WHERE subject_id = $1 AND issue_id = $2";

/// Issues after one, for the audit.
pub(crate) const PAGE: &str = "SELECT subject_id, issue_id, number, purpose, ask, facts, document,
    issued_at FROM report_issue
    WHERE subject_id > $1 OR (subject_id = $1 AND issue_id > $2)
    ORDER BY subject_id, issue_id LIMIT $3";

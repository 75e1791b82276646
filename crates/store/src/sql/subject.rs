//! Statements that read one subject.

use crate::tx::{Each, Kind};

pub(crate) const FIND: &str = "SELECT subject_id FROM identifier WHERE system = $1 AND value = $2";

/// The last membership row of a mention.
pub(crate) const ROOT: &str =
    "SELECT seq, root_id FROM membership WHERE subject_id = $1 ORDER BY seq DESC LIMIT 1";

/// Mentions that ever belonged to a root; each is asked for its last row.
pub(crate) const EVER_MEMBERS: &str =
    "SELECT DISTINCT subject_id FROM membership WHERE root_id = $1 ORDER BY subject_id";

/// Whether a mention ever moved, or another to it.
pub(crate) static MOVES: Each = Each::new(
    "moves",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, m.seq FROM {rows} JOIN membership m
        ON m.subject_id = given.subject_id OR m.root_id = given.subject_id
     ORDER BY given.n, m.seq",
);

pub(crate) static MENTION: Each = Each::new(
    "mention",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, m.kind, m.name, m.named_on, m.id_system, m.id_value, m.mention_no
     FROM {rows} JOIN mention m ON m.subject_id = given.subject_id
     ORDER BY given.n",
);

pub(crate) static NAMES: Each = Each::new(
    "later names",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, a.name, a.named_on
     FROM {rows} JOIN mention_name a ON a.subject_id = given.subject_id
     ORDER BY given.n, a.named_on, a.name_form",
);

pub(crate) static IDENTIFIERS: Each = Each::new(
    "extra identifiers",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, i.system, i.value
     FROM {rows} JOIN identifier i ON i.subject_id = given.subject_id AND i.extra = 1
     ORDER BY given.n, i.system, i.value",
);

/// The versions of a mention, each with its sender: its source, or the platform above that returned
/// it.
pub(crate) static VERSIONS: Each = Each::new(
    "versions",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, v.record_id, v.seq, b.submission_id, v.known_at, v.stated_on, v.change,
        v.document_id, v.severity, v.late, v.held, p.body, w.closed_at, v.row_no,
        CASE WHEN b.returned_in IS NULL THEN s.supplier ELSE (SELECT r.supplier FROM submission u
            JOIN source r ON r.source_no = u.source_no WHERE u.submission_no = b.returned_in) END,
        s.theme, b.theme_version
     FROM {rows} JOIN version v ON v.subject_id = given.subject_id
        JOIN submission b ON b.submission_no = v.submission_no
        JOIN source s ON s.source_no = b.source_no
        LEFT JOIN payload p ON p.subject_id = v.subject_id AND p.record_id = v.record_id AND p.seq = v.seq
        LEFT JOIN hold w ON w.subject_id = v.subject_id AND w.record_id = v.record_id AND w.seq = v.seq
     ORDER BY given.n, v.record_id, v.seq",
);

pub(crate) static DOCUMENTS: Each = Each::new(
    "document clocks",
    &[("document_id", Kind::Bytes)],
    "SELECT {n}, d.started_on FROM {rows} JOIN document d ON d.document_id = given.document_id
     ORDER BY given.n",
);

/// Candidates, as namesakes are read.
pub(crate) static BEARERS: Each = Each::new(
    "candidates",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, m.subject_id, m.kind, m.name, m.id_system, m.id_value
     FROM {rows} JOIN mention m ON m.subject_id = given.subject_id
     ORDER BY given.n",
);

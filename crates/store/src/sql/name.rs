//! Statements that find organisations by name.

use crate::tx::{Bulk, Each, Kind};

/// Numbers of mentions, to tell new ones from those that stood before.
pub(crate) static NUMBERS: Each = Each::new(
    "mention numbers",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, m.mention_no FROM {rows} JOIN mention m ON m.subject_id = given.subject_id
     ORDER BY given.n",
);

pub(crate) static TOKENS_SQLITE: Bulk = Bulk::new(
    "name_search",
    &[("mention_no", Kind::Int), ("tokens", Kind::Text)],
    "INSERT INTO name_search (rowid, tokens) {values}",
    None,
);

pub(crate) static TOKENS_POSTGRES: Bulk = Bulk::new(
    "name_search",
    &[
        ("subject_id", Kind::Bytes),
        ("mention_no", Kind::Int),
        ("tokens", Kind::Words),
    ],
    "INSERT INTO name_search (subject_id, mention_no, tokens)
     SELECT given.subject_id, given.mention_no, string_to_array(given.tokens, ' ') FROM {rows}
     WHERE TRUE",
    Some("name_search"),
);

/// Names that begin with a text, in the order of their comparison form.
pub(crate) const PREFIX: &str =
    "SELECT m.subject_id, m.kind, m.name, m.name_form, m.id_system, m.id_value, m.mention_no
    FROM mention m
    WHERE m.name_form >= $1 AND m.name_form < $2
      AND (m.name_form > $3 OR (m.name_form = $3 AND m.subject_id > $4))
      AND m.kind NOT IN ('individual-business', 'natural-person')
    ORDER BY m.name_form, m.subject_id LIMIT $5";

/// Names that hold all tokens, in the order of first mention.
pub(crate) const TOKENS_FIND_SQLITE: &str =
    "SELECT m.subject_id, m.kind, m.name, m.name_form, m.id_system, m.id_value, m.mention_no
    FROM mention m
    WHERE m.mention_no IN (SELECT rowid FROM name_search WHERE name_search MATCH $1 AND rowid > $2
        ORDER BY rowid LIMIT $3)
      AND m.kind NOT IN ('individual-business', 'natural-person')
    ORDER BY m.mention_no";

/// Names that hold all tokens, in the order of first mention.
pub(crate) const TOKENS_FIND_POSTGRES: &str =
    "SELECT m.subject_id, m.kind, m.name, m.name_form, m.id_system, m.id_value, m.mention_no
    FROM mention m JOIN (SELECT s.subject_id FROM name_search s
        WHERE s.tokens @> string_to_array($1, ' ') AND s.mention_no > $2
        ORDER BY s.mention_no LIMIT $3) AS found ON found.subject_id = m.subject_id
    WHERE m.kind NOT IN ('individual-business', 'natural-person')
    ORDER BY m.mention_no";

/// Names of organisations by number of mention, for the derived index.
pub(crate) const STREAM: &str = "SELECT m.mention_no, m.name_form FROM mention m
    WHERE m.mention_no > $1 AND m.mention_no < $2
      AND m.kind NOT IN ('individual-business', 'natural-person')
    ORDER BY m.mention_no LIMIT $3";

/// Names that organisations bore besides their first, in the order in which they were written, for
/// the derived index.
pub(crate) const STREAM_LATER: &str = "SELECT m.mention_no, a.name_form, a.later_no
    FROM mention_name a JOIN mention m ON m.subject_id = a.subject_id
    WHERE a.later_no > $1 AND a.later_no < $2
      AND m.kind NOT IN ('individual-business', 'natural-person')
    ORDER BY a.later_no LIMIT $3";

/// Submissions from a number on, and whether each has ended.
pub(crate) const STREAM_SUBMISSIONS: &str = "SELECT s.submission_no, s.state FROM submission s
    WHERE s.submission_no >= $1 ORDER BY s.submission_no LIMIT $2";

/// Organisations by number of mention and a name they bear or bore.
pub(crate) static NAMED: Each = Each::new(
    "named mentions",
    &[("mention_no", Kind::Int), ("name_form", Kind::Text)],
    "SELECT {n}, m.subject_id, m.kind, m.name, m.name_form, a.name, m.id_system, m.id_value
     FROM {rows} JOIN mention m ON m.mention_no = given.mention_no
        LEFT JOIN mention_name a ON a.subject_id = m.subject_id AND a.name_form = given.name_form
     WHERE m.kind NOT IN ('individual-business', 'natural-person')
     ORDER BY given.n",
);

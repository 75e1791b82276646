//! Statements of stored grades.

use crate::tx::{Bulk, Each, Kind};

/// Organisations in the order of their ids.
pub(crate) const ENTITIES: &str = "SELECT subject_id FROM mention
    WHERE subject_id > $1 AND kind <> 'individual-business' AND kind <> 'natural-person'
    ORDER BY subject_id LIMIT $2";

/// Subjects whose grade is stale or has ended before a day.
pub(crate) const DUE: &str = "SELECT subject_id FROM grade_head
    WHERE model = $1 AND subject_id > $2 AND (stale = 1 OR good_until < $3)
    ORDER BY subject_id LIMIT $4";

/// Whether anybody is graded at all.
pub(crate) const ANY: &str = "SELECT model FROM grade_head ORDER BY subject_id LIMIT 1";

pub(crate) static NEWEST: Each = Each::new(
    "newest grades",
    &[("subject_id", Kind::Bytes), ("model", Kind::Text)],
    "SELECT {n}, g.seq, g.version, g.graded_on, g.good_until, g.outcome, g.band, g.points,
        g.counted, h.stale
     FROM {rows} JOIN grade_head h
            ON h.subject_id = given.subject_id AND h.model = given.model
        JOIN grade g ON g.subject_id = h.subject_id AND g.model = h.model AND g.seq = h.seq
     ORDER BY given.n",
);

pub(crate) static GRADES: Bulk = Bulk::new(
    "grade",
    &[
        ("subject_id", Kind::Bytes),
        ("model", Kind::Text),
        ("seq", Kind::Int),
        ("version", Kind::Text),
        ("graded_on", Kind::Text),
        ("good_until", Kind::Text),
        ("outcome", Kind::Text),
        ("band", Kind::Text),
        ("points", Kind::Int),
        ("counted", Kind::Text),
        ("made_at", Kind::Int),
        ("salt", Kind::Bytes),
        ("leaf", Kind::Bytes),
        ("run", Kind::Bytes),
        ("page", Kind::Int),
    ],
    "INSERT INTO grade ({columns}) {values}",
    None,
);

pub(crate) static HEADS: Bulk = Bulk::new(
    "grade_head",
    &[
        ("subject_id", Kind::Bytes),
        ("model", Kind::Text),
        ("seq", Kind::Int),
        ("good_until", Kind::Text),
        ("stale", Kind::Int),
    ],
    "INSERT INTO grade_head ({columns}) {values}
     ON CONFLICT (subject_id, model) DO UPDATE SET seq = excluded.seq,
        good_until = excluded.good_until, stale = excluded.stale",
    None,
);

/// Takes the mark away before the facts are read: an event that comes meanwhile waits, and marks again.
pub(crate) static FRESH: Bulk = Bulk::new(
    "grade_head fresh",
    &[("subject_id", Kind::Bytes), ("model", Kind::Text)],
    "UPDATE grade_head SET stale = 0 FROM {rows}
     WHERE grade_head.subject_id = given.subject_id AND grade_head.model = given.model",
    None,
);

/// Grades that an event made stale.
pub(crate) static STALE: Bulk = Bulk::new(
    "grade_head stale",
    &[("subject_id", Kind::Bytes)],
    "UPDATE grade_head SET stale = 1 WHERE subject_id IN (SELECT given.subject_id FROM {rows})",
    None,
);

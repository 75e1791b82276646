//! Statements over what is sealed of natural persons. Nothing else reads these tables.

use crate::tx::{Bulk, Each, Kind};

/// The person's key, and whether it was erased; one of the two, or neither.
pub(crate) static KEYS: Each = Each::new(
    "person keys",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, k.ring_no, k.wrapped
     FROM {rows} JOIN person_key k ON k.subject_id = given.subject_id
     ORDER BY given.n",
);

pub(crate) static ERASED: Each = Each::new(
    "persons erased",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, e.erased_at
     FROM {rows} JOIN person_erasure e ON e.subject_id = given.subject_id
     ORDER BY given.n",
);

pub(crate) static HEADS: Each = Each::new(
    "person heads",
    &[("source_no", Kind::Int), ("record_id", Kind::Bytes)],
    "SELECT {n}, h.subject_id, h.seq, h.digest, h.held, h.stated_on, h.seen_in, h.change
     FROM {rows} JOIN person_head h ON h.source_no = given.source_no AND h.record_id = given.record_id
     ORDER BY given.n",
);

/// Whether an earlier version said the same, for the same day or a later one.
pub(crate) static REPEATS: Each = Each::new(
    "person repeats",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("digest", Kind::Bytes),
        ("stated_on", Kind::Text),
    ],
    "SELECT {n}, v.seq
     FROM {rows} JOIN person_body b ON b.subject_id = given.subject_id
            AND b.record_id = given.record_id AND b.digest = given.digest
        JOIN person_version v ON v.subject_id = given.subject_id
            AND v.record_id = given.record_id AND v.seq = b.seq
            AND v.stated_on >= given.stated_on
     ORDER BY given.n, v.seq",
);

pub(crate) static NEW_KEYS: Bulk = Bulk::new(
    "person_key",
    &[
        ("subject_id", Kind::Bytes),
        ("ring_no", Kind::Int),
        ("wrapped", Kind::Bytes),
        ("made_at", Kind::Int),
        ("seen_in", Kind::Int),
    ],
    "INSERT INTO person_key ({columns}) {values} ON CONFLICT (subject_id) DO NOTHING",
    None,
);

/// Locks the keys of persons who were on file already, so that an erasure comes before or after.
pub(crate) static SEEN_KEYS: Bulk = Bulk::new(
    "person_key seen_in",
    &[("subject_id", Kind::Bytes), ("seen_in", Kind::Int)],
    "UPDATE person_key SET seen_in = given.seen_in FROM {rows}
     WHERE person_key.subject_id = given.subject_id",
    None,
);

pub(crate) static NEW_IDENTIFIERS: Bulk = Bulk::new(
    "person_identifier",
    &[
        ("subject_id", Kind::Bytes),
        ("system", Kind::Text),
        ("digest", Kind::Bytes),
        ("sealed", Kind::Bytes),
    ],
    "INSERT INTO person_identifier ({columns}) {values}
     ON CONFLICT (subject_id, system) DO NOTHING",
    None,
);

pub(crate) static NEW_VERSIONS: Bulk = Bulk::new(
    "person_version",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("submission_no", Kind::Int),
        ("row_no", Kind::Int),
        ("known_at", Kind::Int),
        ("stated_on", Kind::Text),
        ("change", Kind::Text),
        ("leaf", Kind::Bytes),
    ],
    "INSERT INTO person_version ({columns}) {values}",
    None,
);

pub(crate) static NEW_BODIES: Bulk = Bulk::new(
    "person_body",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("digest", Kind::Bytes),
        ("salt", Kind::Bytes),
        ("sealed", Kind::Bytes),
    ],
    "INSERT INTO person_body ({columns}) {values}",
    None,
);

/// A head moves forward only, and stays with its person: a racing writer is noticed by the count, and
/// runs again.
pub(crate) static NEW_HEADS: Bulk = Bulk::new(
    "person_head",
    &[
        ("source_no", Kind::Int),
        ("record_id", Kind::Bytes),
        ("subject_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("digest", Kind::Bytes),
        ("change", Kind::Text),
        ("held", Kind::Int),
        ("stated_on", Kind::Text),
        ("seen_in", Kind::Int),
    ],
    "INSERT INTO person_head ({columns}) {values}
     ON CONFLICT (source_no, record_id) DO UPDATE SET
        seq = excluded.seq, digest = excluded.digest, change = excluded.change,
        held = excluded.held, stated_on = excluded.stated_on, seen_in = excluded.seen_in
     WHERE person_head.seq < excluded.seq",
    None,
);

pub(crate) static SEEN_HEADS: Bulk = Bulk::new(
    "person_head seen_in",
    &[
        ("source_no", Kind::Int),
        ("record_id", Kind::Bytes),
        ("seen_in", Kind::Int),
    ],
    "UPDATE person_head SET seen_in = given.seen_in FROM {rows}
     WHERE person_head.source_no = given.source_no AND person_head.record_id = given.record_id
       AND person_head.seen_in < given.seen_in",
    None,
);

pub(crate) static NEW_NOTICES: Bulk = Bulk::new(
    "person_notice",
    &[
        ("subject_id", Kind::Bytes),
        ("notice_id", Kind::Bytes),
        ("kind", Kind::Text),
        ("owed_at", Kind::Int),
    ],
    "INSERT INTO person_notice ({columns}) {values}",
    None,
);

/// Re-wraps a key, unless somebody else did, or erased it, meanwhile.
pub(crate) static REWRAPPED: Bulk = Bulk::new(
    "person_key rewrapped",
    &[
        ("subject_id", Kind::Bytes),
        ("before", Kind::Int),
        ("ring_no", Kind::Int),
        ("wrapped", Kind::Bytes),
    ],
    "UPDATE person_key SET ring_no = given.ring_no, wrapped = given.wrapped FROM {rows}
     WHERE person_key.subject_id = given.subject_id AND person_key.ring_no = given.before",
    None,
);

pub(crate) const KEY: &str = "SELECT ring_no, wrapped FROM person_key WHERE subject_id = $1";
pub(crate) const FIND: &str = "SELECT subject_id FROM person_identifier
    WHERE system = $1 AND digest = $2 ORDER BY subject_id LIMIT 1";
pub(crate) const VERSIONS: &str =
    "SELECT v.record_id, v.seq, b.submission_id, v.known_at, v.stated_on,
        v.change, p.sealed, s.supplier, s.theme, b.theme_version
    FROM person_version v JOIN submission b ON b.submission_no = v.submission_no
        JOIN source s ON s.source_no = b.source_no
        LEFT JOIN person_body p ON p.subject_id = v.subject_id AND p.record_id = v.record_id
            AND p.seq = v.seq
    WHERE v.subject_id = $1 ORDER BY v.record_id, v.seq";

/// The first row of a submission that stated something of a person; of one row where it is given, else
/// of any ($2 below zero).
pub(crate) const BROUGHT: &str = "SELECT v.row_no
    FROM person_version v JOIN submission b ON b.submission_no = v.submission_no
    WHERE b.submission_id = $1 AND (v.row_no = $2 OR $2 < 0)
    ORDER BY v.row_no LIMIT 1";

/// The newest key of the ring that anything stands under.
pub(crate) const KEY_NEWEST: &str = "SELECT max(ring_no) FROM person_key";

/// A person's key under that.
pub(crate) const KEY_OF_NEWEST: &str = "SELECT subject_id, ring_no, wrapped FROM person_key
    ORDER BY ring_no DESC, subject_id DESC LIMIT 1";

/// Keys by the ring's key that opens them.
pub(crate) const KEY_COUNTS: &str = "SELECT ring_no, count(*) FROM person_key
    GROUP BY ring_no ORDER BY ring_no";
pub(crate) const KEYS_UNDER: &str = "SELECT subject_id, wrapped FROM person_key
    WHERE ring_no = $1 ORDER BY subject_id LIMIT $2";

pub(crate) const KEY_ERASE: &str = "DELETE FROM person_key WHERE subject_id = $1";
pub(crate) const IDENTIFIERS_ERASE: &str = "DELETE FROM person_identifier WHERE subject_id = $1";
pub(crate) const BODIES_ERASE: &str = "DELETE FROM person_body WHERE subject_id = $1";
pub(crate) const HEADS_ERASE: &str = "DELETE FROM person_head WHERE subject_id = $1";
/// Where the person wanted to be told.
pub(crate) const CONTACTS_ERASE: &str = "DELETE FROM contact WHERE account_id = $1";
pub(crate) const ERASURE_NEW: &str = "INSERT INTO person_erasure
    (subject_id, erased_at, by_id, reason) VALUES ($1, $2, $3, $4)
    ON CONFLICT (subject_id) DO NOTHING";
pub(crate) const ERASURES: &str = "SELECT subject_id, erased_at, by_id, reason
    FROM person_erasure WHERE subject_id > $1 ORDER BY subject_id LIMIT $2";

/// Versions from a place on, of some submissions, with what they commit to where it still stands.
pub(crate) const AUDIT_VERSIONS: &str = "SELECT v.subject_id, v.record_id, v.seq, v.leaf, p.salt,
    p.sealed, v.submission_no, v.known_at, v.row_no
    FROM person_version v LEFT JOIN person_body p ON p.subject_id = v.subject_id
        AND p.record_id = v.record_id AND p.seq = v.seq
    WHERE (v.subject_id > $1 OR (v.subject_id = $1 AND v.record_id > $2)
        OR (v.subject_id = $1 AND v.record_id = $2 AND v.seq > $3))
        AND v.submission_no >= $4 AND v.submission_no <= $5
    ORDER BY v.subject_id, v.record_id, v.seq LIMIT $6";

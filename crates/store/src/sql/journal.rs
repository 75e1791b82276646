//! Statements over the journal: tiles, heads, signatures, salts.

use crate::tx::{Bulk, Kind};

pub(crate) const EDGES: &str = "SELECT level, tile_no, body FROM journal_edge ORDER BY level";
pub(crate) const TILE: &str = "SELECT body FROM journal_tile WHERE tile_no = $1 AND level = $2";
pub(crate) const EDGE: &str = "SELECT body FROM journal_edge WHERE tile_no = $1 AND level = $2";
pub(crate) const HEAD: &str = "SELECT size, root FROM journal_head
    WHERE size = (SELECT max(size) FROM journal_head)";
pub(crate) const STAMP_NEW: &str = "INSERT INTO journal_stamp (size, answer, stamped_at)
    VALUES ($1, $2, $3) ON CONFLICT (size) DO NOTHING";
pub(crate) const STAMPED: &str = "SELECT max(size) FROM journal_stamp";
/// Stamps above a size, with their heads.
pub(crate) const STAMPS: &str = "SELECT h.size, h.root, t.answer FROM journal_stamp t
    JOIN journal_head h ON h.size = t.size WHERE t.size > $1 ORDER BY t.size LIMIT $2";
/// Heads from a size on.
pub(crate) const HEADS: &str = "SELECT size, root FROM journal_head WHERE size > $1
    ORDER BY size LIMIT $2";
/// The newest head that a key signed.
pub(crate) const SIGNED: &str = "SELECT size, root FROM journal_head
    WHERE size = (SELECT max(size) FROM journal_signature WHERE name = $1)";
/// The newest heads that enough others than the log signed.
pub(crate) const COSIGNED: &str = "SELECT s.size, h.root FROM journal_signature s
    JOIN journal_head h ON h.size = s.size WHERE s.name <> $1
    GROUP BY s.size, h.root HAVING count(*) >= $2 ORDER BY s.size DESC LIMIT $3";
/// The log's signature comes first: it is stored first.
pub(crate) const SIGNATURES: &str = "SELECT line FROM journal_signature WHERE size = $1
    ORDER BY signed_at, name";
pub(crate) const SIGNATURE_NEW: &str = "INSERT INTO journal_signature (size, name, line, signed_at)
    VALUES ($1, $2, $3, $4) ON CONFLICT (size, name) DO NOTHING";
pub(crate) const IDENTITY: &str = "SELECT origin, key FROM journal_identity ORDER BY since";
pub(crate) const IDENTITY_NEW: &str = "INSERT INTO journal_identity (origin, key, since)
    VALUES ($1, $2, $3) ON CONFLICT (origin) DO NOTHING";
pub(crate) const SALT_ERASE: &str = "DELETE FROM journal_salt
    WHERE log_index = (SELECT log_index FROM event_order WHERE event_id = $1)";
pub(crate) const EVENT: &str = "SELECT event_id, kind, happened_at, leaf FROM event
    WHERE event_id = $1";
/// An event with its place and salt.
pub(crate) const PLACED: &str =
    "SELECT o.log_index, e.event_id, e.kind, e.happened_at, e.leaf, s.salt
    FROM event e JOIN event_order o ON o.event_id = e.event_id
    LEFT JOIN journal_salt s ON s.log_index = o.log_index WHERE e.event_id = $1";
/// Every place of the order, whether or not its event and salt are there.
pub(crate) const ORDERED: &str =
    "SELECT o.log_index, o.event_id, e.kind, e.happened_at, e.leaf, s.salt
    FROM event_order o LEFT JOIN event e ON e.event_id = o.event_id
    LEFT JOIN journal_salt s ON s.log_index = o.log_index
    WHERE o.log_index >= $1 ORDER BY o.log_index LIMIT $2";
/// Events without a place that nobody waits to give one.
pub(crate) const STRAY: &str = "SELECT e.event_id FROM event e
    LEFT JOIN event_order o ON o.event_id = e.event_id
    LEFT JOIN event_pending p ON p.event_id = e.event_id
    WHERE o.event_id IS NULL AND p.event_id IS NULL ORDER BY e.event_id LIMIT $1";
pub(crate) const WAITING: &str = "SELECT count(*) FROM (SELECT event_id FROM event_pending ORDER BY event_id LIMIT 1) AS waiting";
/// What waits for its place, oldest first.
pub(crate) const PENDING: &str = "SELECT p.event_id, e.kind, e.happened_at, e.leaf
    FROM event_pending p JOIN event e ON e.event_id = p.event_id
    ORDER BY e.happened_at, p.event_id LIMIT $1";

/// Looks from a place on, in the order of their keys.
pub(crate) const ACCESSES: &str = "SELECT subject_id, permit_id, purpose, officer, agency, case_no,
    looked_at, grant_id, items, consent_id FROM access WHERE subject_id > $1 OR (subject_id = $1 AND permit_id > $2)
    ORDER BY subject_id, permit_id LIMIT $3";
/// Finished submissions from a number on.
pub(crate) const RECEIPTS: &str = "SELECT submission_no, submission_id, finished_at, receipt
    FROM submission WHERE submission_no > $1 AND receipt IS NOT NULL
    ORDER BY submission_no LIMIT $2";
/// Slices from a place on.
pub(crate) const SLICES: &str = "SELECT l.submission_no, l.slice_no, b.submission_id, l.applied_at,
    l.root, l.accepted + l.held + l.removed FROM slice l JOIN submission b ON b.submission_no = l.submission_no
    WHERE l.submission_no > $1 OR (l.submission_no = $1 AND l.slice_no > $2)
    ORDER BY l.submission_no, l.slice_no LIMIT $3";
/// Versions from a place on, of some submissions, with what they commit to where it still stands.
pub(crate) const VERSIONS: &str = "SELECT v.subject_id, v.record_id, v.seq, v.leaf, p.salt, p.body,
    v.submission_no, v.known_at, v.row_no
    FROM version v LEFT JOIN payload p ON p.subject_id = v.subject_id
        AND p.record_id = v.record_id AND p.seq = v.seq
    WHERE (v.subject_id > $1 OR (v.subject_id = $1 AND v.record_id > $2)
        OR (v.subject_id = $1 AND v.record_id = $2 AND v.seq > $3))
        AND v.submission_no >= $4 AND v.submission_no <= $5
    ORDER BY v.subject_id, v.record_id, v.seq LIMIT $6";
pub(crate) const ACCESS: &str = "SELECT subject_id, permit_id, purpose, officer, agency, case_no,
    looked_at, grant_id, items, consent_id FROM access WHERE subject_id = $1 AND permit_id = $2";

pub(crate) static EVENTS: Bulk = Bulk::new(
    "event",
    &[
        ("event_id", Kind::Text),
        ("kind", Kind::Text),
        ("happened_at", Kind::Int),
        ("leaf", Kind::Bytes),
    ],
    "INSERT INTO event ({columns}) {values}",
    Some("event"),
);

pub(crate) static SALTS: Bulk = Bulk::new(
    "journal_salt",
    &[("log_index", Kind::Int), ("salt", Kind::Bytes)],
    "INSERT INTO journal_salt ({columns}) {values}",
    Some("journal_salt"),
);

pub(crate) static TILES: Bulk = Bulk::new(
    "journal_tile",
    &[
        ("tile_no", Kind::Int),
        ("level", Kind::Int),
        ("body", Kind::Bytes),
    ],
    "INSERT INTO journal_tile ({columns}) {values}",
    Some("journal_tile"),
);

pub(crate) static HEAD_NEW: Bulk = Bulk::new(
    "journal_head",
    &[
        ("size", Kind::Int),
        ("root", Kind::Bytes),
        ("made_at", Kind::Int),
    ],
    "INSERT INTO journal_head ({columns}) {values}",
    None,
);

pub(crate) static EDGE_SET: Bulk = Bulk::new(
    "journal_edge",
    &[
        ("level", Kind::Int),
        ("tile_no", Kind::Int),
        ("body", Kind::Bytes),
    ],
    "INSERT INTO journal_edge ({columns}) {values}
     ON CONFLICT (level) DO UPDATE SET tile_no = EXCLUDED.tile_no, body = EXCLUDED.body",
    None,
);

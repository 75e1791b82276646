//! Statements over cases, their moves, and the queue of who has the next one.

use crate::tx::{Each, Kind};

/// The cases of a mention about facts, with their moves.
pub(crate) static CASES: Each = Each::new(
    "cases of a mention",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, c.case_id, c.kind, c.version, c.record_id, v.seq, v.move, v.party, v.moved_at
     FROM {rows} JOIN legal_case c ON c.subject_id = given.subject_id
        JOIN legal_move v ON v.subject_id = c.subject_id AND v.case_id = c.case_id
     ORDER BY given.n, c.case_id, v.seq",
);

/// The moves of some cases.
pub(crate) static STEPS: Each = Each::new(
    "moves of cases",
    &[("subject_id", Kind::Bytes), ("case_id", Kind::Bytes)],
    "SELECT {n}, v.seq, v.move, v.party, v.moved_at
     FROM {rows} JOIN legal_move v
        ON v.subject_id = given.subject_id AND v.case_id = given.case_id
     ORDER BY given.n, v.seq",
);

pub(crate) const NEW: &str =
    "INSERT INTO legal_case (subject_id, case_id, kind, version, record_id,
    theme, supplier, area, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// Of two moves at once the number lets one through.
pub(crate) const MOVE_NEW: &str = "INSERT INTO legal_move (subject_id, case_id, seq, move, party,
    moved_at, officer, version_seq, leaf) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (subject_id, case_id, seq) DO NOTHING";
pub(crate) const BODY_NEW: &str = "INSERT INTO legal_body (subject_id, case_id, seq, salt, body)
    VALUES ($1, $2, $3, $4, $5)";
pub(crate) const FILE_NEW: &str =
    "INSERT INTO legal_file (subject_id, case_id, seq, file_no, media,
    size, digest) VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const FILE_BODY_NEW: &str =
    "INSERT INTO legal_file_body (subject_id, case_id, seq, file_no,
    name, content) VALUES ($1, $2, $3, $4, $5, $6)";

pub(crate) const CASE: &str =
    "SELECT subject_id, case_id, kind, version, record_id, theme, supplier,
    area, opened_at FROM legal_case WHERE case_id = $1 ORDER BY subject_id";
pub(crate) const OF_SUBJECT: &str = "SELECT subject_id, case_id, kind, version, record_id, theme,
    supplier, area, opened_at FROM legal_case
    WHERE subject_id = $1 ORDER BY opened_at DESC, case_id LIMIT $2";
pub(crate) const OF_SUPPLIER: &str = "SELECT subject_id, case_id, kind, version, record_id, theme,
    supplier, area, opened_at FROM legal_case
    WHERE supplier = $1 AND (opened_at > $2 OR (opened_at = $2 AND case_id > $3))
    ORDER BY opened_at, case_id LIMIT $4";
/// Cases that were opened within some time, newest first: of one kind or any, of one agency or any.
pub(crate) const OPENED: &str = "SELECT subject_id, case_id, kind, version, record_id, theme,
    supplier, area, opened_at FROM legal_case
    WHERE ($1 = '' OR kind = $1) AND ($2 = '' OR supplier = $2)
        AND opened_at >= $3 AND opened_at <= $4
        AND (opened_at < $5 OR (opened_at = $5 AND case_id < $6))
    ORDER BY opened_at DESC, case_id DESC LIMIT $7";
/// Cases whose id lies between two.
pub(crate) const NUMBERED: &str = "SELECT subject_id, case_id, kind, version, record_id, theme,
    supplier, area, opened_at FROM legal_case
    WHERE case_id >= $1 AND case_id <= $2 ORDER BY case_id LIMIT $3";
pub(crate) const COUNT: &str =
    "SELECT CAST(count(*) AS BIGINT) FROM legal_case WHERE subject_id = $1";
pub(crate) const HAD_PART: &str = "SELECT m.seq FROM legal_case c JOIN legal_move m
        ON m.subject_id = c.subject_id AND m.case_id = c.case_id
    WHERE c.case_id = $1 AND m.officer = $2 AND m.party IN ('supplier', 'centre')
    ORDER BY m.seq LIMIT 1";
/// A move with everything by which a repeat of it is told from another one.
pub(crate) const MADE: &str = "SELECT m.move, m.officer, m.version_seq, b.body
    FROM legal_case c JOIN legal_move m
        ON m.subject_id = c.subject_id AND m.case_id = c.case_id
        LEFT JOIN legal_body b
            ON b.subject_id = m.subject_id AND b.case_id = m.case_id AND b.seq = m.seq
    WHERE c.case_id = $1 AND m.seq = $2 ORDER BY m.seq";
pub(crate) const SAID: &str = "SELECT m.seq, m.moved_at, m.officer, m.version_seq, b.body
    FROM legal_move m LEFT JOIN legal_body b
        ON b.subject_id = m.subject_id AND b.case_id = m.case_id AND b.seq = m.seq
    WHERE m.subject_id = $1 AND m.case_id = $2 ORDER BY m.seq";
pub(crate) const FILES: &str = "SELECT f.seq, f.file_no, f.media, f.size, f.digest, b.name
    FROM legal_file f LEFT JOIN legal_file_body b
        ON b.subject_id = f.subject_id AND b.case_id = f.case_id AND b.seq = f.seq
            AND b.file_no = f.file_no
    WHERE f.subject_id = $1 AND f.case_id = $2 ORDER BY f.seq, f.file_no";
pub(crate) const FILE: &str = "SELECT f.media, b.name, b.content
    FROM legal_file f JOIN legal_file_body b
        ON b.subject_id = f.subject_id AND b.case_id = f.case_id AND b.seq = f.seq
            AND b.file_no = f.file_no
    WHERE f.subject_id = $1 AND f.case_id = $2 AND f.seq = $3 AND f.file_no = $4
    ORDER BY f.file_no";
/// The last version of a record on one mention.
pub(crate) const HEAD: &str = "SELECT v.seq FROM version v
    WHERE v.subject_id = $1 AND v.record_id = $2 ORDER BY v.seq DESC LIMIT 1";
/// One version of a record.
pub(crate) const VERSION: &str = "SELECT v.change, v.known_at, v.held FROM version v
    WHERE v.subject_id = $1 AND v.record_id = $2 AND v.seq = $3 ORDER BY v.seq";

pub(crate) const QUEUE_NEW: &str = "INSERT INTO legal_queue (subject_id, kind, about_id, case_id,
    supplier, theme, who, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (subject_id, kind, about_id) DO NOTHING";
pub(crate) const QUEUE_HOLDER: &str = "SELECT case_id FROM legal_queue
    WHERE subject_id = $1 AND kind = $2 AND about_id = $3 ORDER BY case_id";
pub(crate) const QUEUE_SET: &str = "UPDATE legal_queue SET who = $4, due_on = $5
    WHERE subject_id = $1 AND kind = $2 AND about_id = $3 AND case_id = $6";
pub(crate) const QUEUE_DONE: &str = "DELETE FROM legal_queue
    WHERE subject_id = $1 AND kind = $2 AND about_id = $3 AND case_id = $4";
/// Cases by their last day: of one party or any, of one agency or any.
pub(crate) const QUEUE: &str = "SELECT q.case_id, q.due_on FROM legal_queue q
    WHERE ($1 = '' OR q.who = $1) AND ($2 = '' OR q.supplier = $2)
        AND (q.due_on > $3 OR (q.due_on = $3 AND q.case_id > $4)) AND q.due_on <= $5
    ORDER BY q.due_on, q.case_id LIMIT $6";

/// A subject's cases of a kind that one agency answers.
pub(crate) const OF_KIND: &str =
    "SELECT subject_id, case_id, kind, version, record_id, theme, supplier,
    area, opened_at FROM legal_case
    WHERE subject_id = $1 AND kind = $2 AND supplier = $3 ORDER BY opened_at, case_id";
/// Cases of a mention of a kind, whoever answers.
pub(crate) const OF_ONE_KIND: &str =
    "SELECT subject_id, case_id, kind, version, record_id, theme, supplier,
    area, opened_at FROM legal_case
    WHERE subject_id = $1 AND kind = $2 ORDER BY opened_at, case_id";
/// What was said with one move.
pub(crate) const BODY: &str = "SELECT b.body FROM legal_body b
    WHERE b.subject_id = $1 AND b.case_id = $2 AND b.seq = $3 ORDER BY b.seq";
/// Records of a mention that rest on a document, as one supplier states them, with their themes.
pub(crate) const OF_DOCUMENT: &str = "SELECT DISTINCT v.record_id, s.theme
    FROM version v JOIN submission b ON b.submission_no = v.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE v.subject_id = $1 AND v.document_id = $2 AND s.supplier = $3
    ORDER BY v.record_id, s.theme";
/// Other records of a mention that rest on a document, who states them, and of which theme.
pub(crate) static TWINS: Each = Each::new(
    "records on the same document",
    &[
        ("subject_id", Kind::Bytes),
        ("document_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
    ],
    "SELECT {n}, v.record_id, s.supplier, s.theme
     FROM {rows} JOIN version v ON v.subject_id = given.subject_id
            AND v.document_id = given.document_id AND v.record_id <> given.record_id
        JOIN submission b ON b.submission_no = v.submission_no
        JOIN source s ON s.source_no = b.source_no
     ORDER BY given.n, v.record_id, v.seq",
);
/// The last version of a record with what it says.
pub(crate) const CONTENT: &str = "SELECT v.change, v.held, p.body
    FROM version v LEFT JOIN payload p ON p.subject_id = v.subject_id
        AND p.record_id = v.record_id AND p.seq = v.seq
    WHERE v.subject_id = $1 AND v.record_id = $2 ORDER BY v.seq DESC LIMIT 1";
/// When a case was moved last.
pub(crate) const MOVED: &str = "SELECT v.moved_at FROM legal_move v
    WHERE v.subject_id = $1 AND v.case_id = $2 ORDER BY v.seq DESC LIMIT 1";
/// The last version of a record on one mention, as it stands.
pub(crate) const NEWEST: &str = "SELECT v.change, v.known_at, v.held FROM version v
    WHERE v.subject_id = $1 AND v.record_id = $2 ORDER BY v.seq DESC LIMIT 1";

/// Moves with everything that their events commit to, from a place on.
pub(crate) const PROOFS: &str =
    "SELECT m.subject_id, m.case_id, m.seq, m.moved_at, m.move, m.party,
    m.officer, m.version_seq, m.leaf, c.kind, c.version, c.record_id, c.theme, c.supplier, c.area,
    b.salt, b.body
    FROM legal_move m JOIN legal_case c ON c.subject_id = m.subject_id AND c.case_id = m.case_id
        LEFT JOIN legal_body b
            ON b.subject_id = m.subject_id AND b.case_id = m.case_id AND b.seq = m.seq
    WHERE m.subject_id > $1 OR (m.subject_id = $1
        AND (m.case_id > $2 OR (m.case_id = $2 AND m.seq > $3)))
    ORDER BY m.subject_id, m.case_id, m.seq LIMIT $4";

/// Who looked at a mention under a grant since an instant, at what, for which of its own cases.
pub(crate) const LOOKED: &str = "SELECT agency, items, case_no FROM access
    WHERE subject_id = $1 AND grant_id IS NOT NULL AND looked_at >= $2
    GROUP BY agency, items, case_no ORDER BY agency, case_no, items LIMIT $3";
/// Mentions that were looked at under a grant.
pub(crate) static LENT: Each = Each::new(
    "mentions that were lent",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n} FROM {rows}
     WHERE EXISTS (SELECT 1 FROM access a
        WHERE a.subject_id = given.subject_id AND a.grant_id IS NOT NULL)
     ORDER BY given.n",
);
/// Mentions that ever belonged to some roots.
pub(crate) static FOLLOWERS: Each = Each::new(
    "mentions of roots",
    &[("root_id", Kind::Bytes)],
    "SELECT {n}, m.subject_id FROM {rows} JOIN membership m ON m.root_id = given.root_id
     ORDER BY given.n, m.subject_id",
);
/// Since when a record is known at a mention.
pub(crate) const KNOWN_SINCE: &str =
    "SELECT MIN(known_at) FROM version WHERE subject_id = $1 AND record_id = $2";
pub(crate) const RECEIVER_NEW: &str =
    "INSERT INTO legal_receiver (subject_id, case_id, seq, agency,
    looks, told_at, due_on) VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub(crate) const RECEIPT_NEW: &str = "INSERT INTO legal_receipt (subject_id, case_id, seq, agency,
    given_at, officer) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (subject_id, case_id, seq, agency) DO NOTHING";
pub(crate) const RECEIVER: &str = "SELECT r.subject_id, g.given_at
    FROM legal_receiver r LEFT JOIN legal_receipt g ON g.subject_id = r.subject_id
        AND g.case_id = r.case_id AND g.seq = r.seq AND g.agency = r.agency
    WHERE r.case_id = $1 AND r.seq = $2 AND r.agency = $3 ORDER BY r.subject_id";
/// Receivers by their last day, with the case and the move, or the fact and the version, of which they are told: of one agency or all, those alone that have not acknowledged or all, due
/// by a day.
pub(crate) const RECEIVERS: &str =
    "SELECT r.case_id, r.seq, r.agency, r.looks, r.told_at, r.due_on,
    g.given_at, COALESCE(m.move, v.change), COALESCE(c.kind, ''), COALESCE(c.version, ''),
    COALESCE(c.theme, s.theme), COALESCE(c.supplier, s.supplier)
    FROM legal_receiver r LEFT JOIN legal_receipt g ON g.subject_id = r.subject_id
            AND g.case_id = r.case_id AND g.seq = r.seq AND g.agency = r.agency
        LEFT JOIN legal_case c ON c.subject_id = r.subject_id AND c.case_id = r.case_id
        LEFT JOIN legal_move m ON m.subject_id = r.subject_id AND m.case_id = r.case_id AND m.seq = r.seq
        LEFT JOIN version v ON v.subject_id = r.subject_id AND v.record_id = r.case_id AND v.seq = r.seq
        LEFT JOIN submission b ON b.submission_no = v.submission_no
        LEFT JOIN source s ON s.source_no = b.source_no
    WHERE ($1 = '' OR r.agency = $1) AND (CAST($2 AS BIGINT) = 0 OR g.given_at IS NULL) AND r.due_on <= $3
        AND (r.due_on > $4 OR (r.due_on = $4 AND (r.case_id > $5 OR (r.case_id = $5
            AND (r.seq > $6 OR (r.seq = $6 AND r.agency > $7))))))
    ORDER BY r.due_on, r.case_id, r.seq, r.agency LIMIT $8";
/// Receivers after one with what became of them, for an audit.
pub(crate) const RECEIVER_PROOFS: &str = "SELECT r.subject_id, r.case_id, r.seq, r.agency, r.looks,
    r.told_at, r.due_on, g.given_at, g.officer
    FROM legal_receiver r LEFT JOIN legal_receipt g ON g.subject_id = r.subject_id
        AND g.case_id = r.case_id AND g.seq = r.seq AND g.agency = r.agency
    WHERE r.subject_id > $1 OR (r.subject_id = $1 AND (r.case_id > $2 OR (r.case_id = $2
        AND (r.seq > $3 OR (r.seq = $3 AND r.agency > $4)))))
    ORDER BY r.subject_id, r.case_id, r.seq, r.agency LIMIT $5";
/// How each agency acknowledged what it was told by a day, for display.
pub(crate) const RECEIVERS_COUNTED: &str = "SELECT r.agency, CAST(count(*) AS BIGINT),
    CAST(count(g.given_at) AS BIGINT),
    CAST(sum(CASE WHEN g.given_at IS NULL AND r.due_on < $1 THEN 1 ELSE 0 END) AS BIGINT)
    FROM legal_receiver r LEFT JOIN legal_receipt g ON g.subject_id = r.subject_id
        AND g.case_id = r.case_id AND g.seq = r.seq AND g.agency = r.agency
    WHERE $2 = '' OR r.agency = $2 GROUP BY r.agency ORDER BY r.agency LIMIT $3";

//! Statements over decisions of identity, what joined mentions, and what a clerk sees of them.

use crate::tx::{Bulk, Each, Kind};

/// Holds one row to the end of the transaction, so that whoever moves mentions goes one by one.
pub(crate) const TURN: &str = "INSERT INTO lease (name, fence, holder, expires_at)
    VALUES ('membership', 1, '', 0)
    ON CONFLICT (name) DO UPDATE SET fence = lease.fence + 1";

/// The last membership row of a mention up to an instant.
pub(crate) const ROOT_AT: &str = "SELECT seq, root_id FROM membership
    WHERE subject_id = $1 AND moved_at <= $2 ORDER BY seq DESC LIMIT 1";

pub(crate) const DECISION_NEW: &str =
    "INSERT INTO decision (decision_id, verdict, question_id, decided_at, officer, reason)
    VALUES ($1, $2, $3, $4, $5, $6)";
pub(crate) const UNDONE_NEW: &str =
    "INSERT INTO decision_undone (decision_id, undone_at, officer, reason)
    VALUES ($1, $2, $3, $4) ON CONFLICT (decision_id) DO NOTHING";

pub(crate) const DECISION: &str =
    "SELECT d.decision_id, d.verdict, d.question_id, d.decided_at, d.officer, d.reason,
    u.undone_at, u.officer, u.reason
    FROM decision d LEFT JOIN decision_undone u ON u.decision_id = d.decision_id
    WHERE d.decision_id = $1";
/// Newest first.
pub(crate) const DECISIONS: &str =
    "SELECT d.decision_id, d.verdict, d.question_id, d.decided_at, d.officer, d.reason,
    u.undone_at, u.officer, u.reason
    FROM decision d LEFT JOIN decision_undone u ON u.decision_id = d.decision_id
    WHERE d.decided_at < $1 OR (d.decided_at = $1 AND d.decision_id < $2)
    ORDER BY d.decided_at DESC, d.decision_id DESC LIMIT $3";
pub(crate) const PAIRS: &str = "SELECT left_id, right_id FROM decision_pair
    WHERE decision_id = $1 ORDER BY seq";

/// Puts the question of an undone answer back.
pub(crate) const QUESTION_AGAIN: &str =
    "UPDATE question SET answered_at = NULL WHERE subject_id = $1 AND answered_at = $2";
pub(crate) const ANSWERED_HOLDS: &str = "SELECT w.record_id, w.seq, b.source_no
    FROM hold w JOIN submission b ON b.submission_no = w.submission_no
    WHERE w.subject_id = $1 AND w.closed_at = $2 AND w.closed_by = 'answered'
    ORDER BY w.record_id, w.seq";
pub(crate) const HOLDS_AGAIN: &str = "UPDATE hold SET closed_at = NULL, closed_by = NULL
    WHERE subject_id = $1 AND closed_at = $2 AND closed_by = 'answered'";
pub(crate) const HEAD_HELD: &str = "UPDATE record_head SET held = 1
    WHERE source_no = $1 AND record_id = $2 AND subject_id = $3 AND seq = $4";
/// Answers that made the mention a subject of its own: its name was indexed then.
pub(crate) const OWN_BEFORE: &str =
    "SELECT count(*) FROM answer WHERE subject_id = $1 AND same_as IS NULL AND answered_at < $2";

/// Open questions with their filters: theme, supplier, and asked before an instant.
pub(crate) const QUEUE: &str =
    "SELECT q.subject_id, q.record_id, q.row_no, q.reason, q.candidates, q.asked_at,
    b.submission_id, s.supplier, s.theme, m.name, m.kind
    FROM question q JOIN mention m ON m.subject_id = q.subject_id
        JOIN submission b ON b.submission_no = q.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE q.answered_at IS NULL AND (q.asked_at > $1 OR (q.asked_at = $1 AND q.subject_id > $2))
      AND ($4 = '' OR s.theme = $4) AND ($5 = '' OR s.supplier = $5) AND q.asked_at <= $6
    ORDER BY q.asked_at, q.subject_id LIMIT $3";
/// What open questions there are, by theme and supplier.
pub(crate) const QUEUE_KINDS: &str =
    "SELECT s.theme, s.supplier, CAST(count(*) AS BIGINT) FROM question q
        JOIN submission b ON b.submission_no = q.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE q.answered_at IS NULL GROUP BY s.theme, s.supplier ORDER BY s.theme, s.supplier";
pub(crate) const CANDIDATES_PUT: &str =
    "UPDATE question SET candidates = $2 WHERE subject_id = $1 AND answered_at IS NULL";

pub(crate) static LINKS: Bulk = Bulk::new(
    "mention_link",
    &[
        ("subject_id", Kind::Bytes),
        ("other_id", Kind::Bytes),
        ("reason", Kind::Text),
        ("linked_at", Kind::Int),
    ],
    "INSERT INTO mention_link ({columns}) {values} ON CONFLICT (subject_id, other_id) DO NOTHING",
    None,
);

pub(crate) static PAIRS_NEW: Bulk = Bulk::new(
    "decision_pair",
    &[
        ("decision_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("left_id", Kind::Bytes),
        ("right_id", Kind::Bytes),
    ],
    "INSERT INTO decision_pair ({columns}) {values}",
    None,
);

/// What is asked about each of many mentions.
const OF_MENTIONS: &[(&str, Kind)] = &[("subject_id", Kind::Bytes)];

/// Mentions that an identifier joins with a mention, on one side of the link.
macro_rules! links {
    ($name:literal, own $own:literal, other $other:literal) => {
        Each::new(
            $name,
            OF_MENTIONS,
            concat!(
                "SELECT {n}, l.subject_id, l.other_id
                 FROM {rows} JOIN mention_link l ON l.",
                $own,
                " = given.subject_id ORDER BY given.n, l.",
                $other
            ),
        )
    };
}

/// Decisions in force that name a mention on one side.
macro_rules! decided {
    ($name:literal, $side:literal) => {
        Each::new(
            $name,
            OF_MENTIONS,
            concat!(
                "SELECT {n}, p.left_id, p.right_id, d.decision_id, d.verdict
                 FROM {rows} JOIN decision_pair p ON p.",
                $side,
                " = given.subject_id
                    JOIN decision d ON d.decision_id = p.decision_id
                 WHERE NOT EXISTS
                    (SELECT 1 FROM decision_undone u WHERE u.decision_id = d.decision_id)
                 ORDER BY given.n, d.decided_at, d.decision_id, p.seq"
            ),
        )
    };
}

/// Links of the mention that came later, and of the one that held the identifier.
pub(crate) static LINKS_OF: Each = links!("links", own "subject_id", other "other_id");
pub(crate) static LINKS_TO: Each = links!("links back", own "other_id", other "subject_id");

pub(crate) static DECIDED_LEFT: Each = decided!("decisions by left", "left_id");
pub(crate) static DECIDED_RIGHT: Each = decided!("decisions by right", "right_id");

/// Mentions by name alone that bear a name.
pub(crate) static NAMELESS: Each = Each::new(
    "mentions by name alone",
    &[("name_form", Kind::Text)],
    "SELECT {n}, m.subject_id
     FROM {rows} JOIN mention m ON m.name_form = given.name_form
     WHERE m.id_system IS NULL AND m.kind NOT IN ('individual-business', 'natural-person')
     ORDER BY given.n, m.mention_no",
);

/// The open question of each mention that has one.
pub(crate) static OPEN: Each = Each::new(
    "open questions",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, q.candidates FROM {rows} JOIN question q ON q.subject_id = given.subject_id
     WHERE q.answered_at IS NULL ORDER BY given.n",
);

/// What a mention's records are: how many, of whom, over which days. Not what they say.
pub(crate) const HELD_BY: &str =
    "SELECT s.supplier, s.theme, CAST(count(DISTINCT v.record_id) AS BIGINT),
        min(v.stated_on), max(v.stated_on)
    FROM version v JOIN submission b ON b.submission_no = v.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE v.subject_id = $1
    GROUP BY s.supplier, s.theme ORDER BY s.supplier, s.theme";

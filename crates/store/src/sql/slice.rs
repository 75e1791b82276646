//! Statements that read and write slices.

use crate::tx::{Bulk, Each, Kind};

pub(crate) static HEADS: Each = Each::new(
    "heads",
    &[("source_no", Kind::Int), ("record_id", Kind::Bytes)],
    "SELECT {n}, h.subject_id, h.seq, h.digest, h.change, h.held, h.stated_on, h.seen_in
     FROM {rows} JOIN record_head h ON h.source_no = given.source_no AND h.record_id = given.record_id
     ORDER BY given.n",
);

pub(crate) static HOLDERS: Each = Each::new(
    "holders",
    &[("system", Kind::Text), ("value", Kind::Text)],
    "SELECT {n}, i.subject_id
     FROM {rows} JOIN identifier i ON i.system = given.system AND i.value = given.value
     ORDER BY given.n",
);

/// The last membership row of each mention.
pub(crate) static ROOTS: Each = Each::new(
    "roots",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, m.seq, m.root_id
     FROM {rows} JOIN membership m ON m.subject_id = given.subject_id
     ORDER BY given.n, m.seq",
);

/// What else identifies the mention that holds an identifier: its own, then those that came later.
pub(crate) static OWN_IDENTIFIER: Each = Each::new(
    "own identifier",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, m.id_system, m.id_value
     FROM {rows} JOIN mention m ON m.subject_id = given.subject_id
     ORDER BY given.n",
);

pub(crate) static EXTRA_IDENTIFIERS: Each = Each::new(
    "extra identifiers",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, i.system, i.value
     FROM {rows} JOIN identifier i ON i.subject_id = given.subject_id AND i.extra = 1
     ORDER BY given.n, i.system, i.value",
);

/// Mentions that are on file, and whether a question about them is open.
pub(crate) static KNOWN: Each = Each::new(
    "known mentions",
    &[("subject_id", Kind::Bytes)],
    "SELECT {n}, CAST((SELECT count(*) FROM question q
        WHERE q.subject_id = m.subject_id AND q.answered_at IS NULL
            AND q.reason <> 'registered-later') AS BIGINT)
     FROM {rows} JOIN mention m ON m.subject_id = given.subject_id
     ORDER BY given.n",
);

pub(crate) static NAMESAKES: Each = Each::new(
    "namesakes",
    &[("name_form", Kind::Text)],
    "SELECT {n}, m.subject_id, m.kind, m.name, m.id_system, m.id_value
     FROM {rows} JOIN mention m ON m.name_form = given.name_form
     ORDER BY given.n, m.mention_no",
);

/// Those who bear the name since a later day.
pub(crate) static LATER_NAMESAKES: Each = Each::new(
    "later namesakes",
    &[("name_form", Kind::Text)],
    "SELECT {n}, m.subject_id, m.kind, a.name, m.id_system, m.id_value
     FROM {rows} JOIN mention_name a ON a.name_form = given.name_form
        JOIN mention m ON m.subject_id = a.subject_id
     ORDER BY given.n, m.mention_no",
);

pub(crate) static REPEATS: Each = Each::new(
    "repeats",
    &[("subject_id", Kind::Bytes), ("record_id", Kind::Bytes)],
    "SELECT {n}, v.digest, v.stated_on, v.change, v.moved_from
     FROM {rows} JOIN version v ON v.subject_id = given.subject_id AND v.record_id = given.record_id
     ORDER BY given.n, v.seq",
);

pub(crate) static MENTIONS: Bulk = Bulk::new(
    "mention",
    &[
        ("subject_id", Kind::Bytes),
        ("mention_no", Kind::Int),
        ("kind", Kind::Text),
        ("name", Kind::Text),
        ("name_form", Kind::Text),
        ("named_on", Kind::Text),
        ("id_system", Kind::Text),
        ("id_value", Kind::Text),
    ],
    "INSERT INTO mention ({columns}) {values} ON CONFLICT (subject_id) DO NOTHING",
    None,
);

pub(crate) static NAMES: Bulk = Bulk::new(
    "mention_name",
    &[
        ("subject_id", Kind::Bytes),
        ("name_form", Kind::Text),
        ("name", Kind::Text),
        ("named_on", Kind::Text),
        ("later_no", Kind::Int),
    ],
    "INSERT INTO mention_name ({columns})
     SELECT given.subject_id, given.name_form, given.name, given.named_on, given.later_no FROM {rows}
     WHERE NOT EXISTS (SELECT 1 FROM mention m
         WHERE m.subject_id = given.subject_id AND m.name_form = given.name_form)
     ON CONFLICT (subject_id, name_form) DO NOTHING",
    None,
);

pub(crate) static IDENTIFIERS: Bulk = Bulk::new(
    "identifier",
    &[
        ("system", Kind::Text),
        ("value", Kind::Text),
        ("subject_id", Kind::Bytes),
        ("extra", Kind::Int),
    ],
    "INSERT INTO identifier ({columns}) {values} ON CONFLICT (system, value) DO NOTHING",
    None,
);

pub(crate) static VERSIONS: Bulk = Bulk::new(
    "version",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("submission_no", Kind::Int),
        ("row_no", Kind::Int),
        ("known_at", Kind::Int),
        ("stated_on", Kind::Text),
        ("change", Kind::Text),
        ("digest", Kind::Bytes),
        ("leaf", Kind::Bytes),
        ("document_id", Kind::Bytes),
        ("severity", Kind::Text),
        ("late", Kind::Int),
        ("held", Kind::Text),
        ("moved_from", Kind::Bytes),
    ],
    "INSERT INTO version ({columns}) {values}",
    Some("version"),
);

pub(crate) static PAYLOADS: Bulk = Bulk::new(
    "payload",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("salt", Kind::Bytes),
        ("body", Kind::Text),
    ],
    "INSERT INTO payload ({columns}) {values}",
    Some("payload"),
);

/// A head moves forward only: a racing writer changes nothing here, is noticed by the count, and
/// runs again.
pub(crate) static NEW_HEADS: Bulk = Bulk::new(
    "record_head",
    &[
        ("source_no", Kind::Int),
        ("record_id", Kind::Bytes),
        ("subject_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("digest", Kind::Bytes),
        ("change", Kind::Text),
        ("held", Kind::Int),
        ("stated_on", Kind::Text),
        ("scope", Kind::Text),
        ("seen_in", Kind::Int),
    ],
    "INSERT INTO record_head ({columns}) {values}
     ON CONFLICT (source_no, record_id) DO UPDATE SET
        subject_id = excluded.subject_id, seq = excluded.seq, digest = excluded.digest,
        change = excluded.change, held = excluded.held, stated_on = excluded.stated_on,
        scope = excluded.scope, seen_in = CASE WHEN record_head.seen_in < excluded.seen_in
            THEN excluded.seen_in ELSE record_head.seen_in END
     WHERE record_head.seq < excluded.seq",
    None,
);

/// A version of an older day: only the last number moves.
pub(crate) static OLDER: Bulk = Bulk::new(
    "record_head seq",
    &[
        ("source_no", Kind::Int),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("seen_in", Kind::Int),
    ],
    "UPDATE record_head SET seq = given.seq, seen_in = CASE WHEN record_head.seen_in < given.seen_in
            THEN given.seen_in ELSE record_head.seen_in END
     FROM {rows}
     WHERE record_head.source_no = given.source_no AND record_head.record_id = given.record_id
       AND record_head.seq < given.seq",
    None,
);

pub(crate) static TOUCHED: Bulk = Bulk::new(
    "record_head seen_in",
    &[
        ("source_no", Kind::Int),
        ("record_id", Kind::Bytes),
        ("seen_in", Kind::Int),
    ],
    "UPDATE record_head SET seen_in = given.seen_in FROM {rows}
     WHERE record_head.source_no = given.source_no AND record_head.record_id = given.record_id
       AND record_head.seen_in < given.seen_in",
    None,
);

pub(crate) static DOCUMENTS: Bulk = Bulk::new(
    "document",
    &[("document_id", Kind::Bytes), ("started_on", Kind::Text)],
    "INSERT INTO document ({columns}) {values}
     ON CONFLICT (document_id) DO UPDATE SET started_on = excluded.started_on
     WHERE excluded.started_on < document.started_on",
    None,
);

pub(crate) static MEMBERSHIPS: Bulk = Bulk::new(
    "membership",
    &[
        ("subject_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("root_id", Kind::Bytes),
        ("moved_at", Kind::Int),
        ("reason", Kind::Text),
        ("officer", Kind::Text),
    ],
    "INSERT INTO membership ({columns}) {values}",
    None,
);

pub(crate) static HOLDS: Bulk = Bulk::new(
    "hold",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("reason", Kind::Text),
        ("submission_no", Kind::Int),
        ("row_no", Kind::Int),
        ("opened_at", Kind::Int),
    ],
    "INSERT INTO hold ({columns}) {values}",
    None,
);

/// A later version settles the holds of earlier ones.
pub(crate) static SETTLED: Bulk = Bulk::new(
    "hold settled",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("seq", Kind::Int),
        ("closed_at", Kind::Int),
    ],
    "UPDATE hold SET closed_at = given.closed_at, closed_by = 'superseded' FROM {rows}
     WHERE hold.subject_id = given.subject_id AND hold.record_id = given.record_id
       AND hold.seq < given.seq AND hold.closed_at IS NULL",
    None,
);

/// A mention has one question at a time. One that was answered is asked again only where the reason
/// or the candidates differ from those on which somebody decided.
pub(crate) static QUESTIONS: Bulk = Bulk::new(
    "question",
    &[
        ("subject_id", Kind::Bytes),
        ("record_id", Kind::Bytes),
        ("submission_no", Kind::Int),
        ("row_no", Kind::Int),
        ("reason", Kind::Text),
        ("candidates", Kind::Text),
        ("asked_at", Kind::Int),
    ],
    "INSERT INTO question ({columns}) {values} ON CONFLICT (subject_id) DO UPDATE SET
        record_id = excluded.record_id, submission_no = excluded.submission_no,
        row_no = excluded.row_no, reason = excluded.reason, candidates = excluded.candidates,
        asked_at = excluded.asked_at, answered_at = NULL
     WHERE question.answered_at IS NOT NULL
       AND (question.reason <> excluded.reason OR question.candidates <> excluded.candidates)",
    None,
);

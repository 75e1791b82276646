//! Statements over sources, submissions and slices.

use crate::tx::{Bulk, Kind};

pub(crate) const SOURCE_NUMBER: &str =
    "SELECT source_no FROM source WHERE supplier = $1 AND theme = $2";
pub(crate) const SOURCE_NEXT: &str = "SELECT COALESCE(max(source_no), 0) + 1 FROM source";
pub(crate) const SOURCE_NEW: &str =
    "INSERT INTO source (source_no, supplier, theme) VALUES ($1, $2, $3)";

pub(crate) const BUNDLE_NEW: &str =
    "INSERT INTO catalog_bundle (digest, body) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
pub(crate) const BUNDLE: &str = "SELECT body FROM catalog_bundle WHERE digest = $1";

/// Themes and editions that rows came in under.
pub(crate) const EDITIONS: &str = "SELECT DISTINCT s.theme, b.theme_version
    FROM submission b JOIN source s ON s.source_no = b.source_no ORDER BY s.theme, b.theme_version";
pub(crate) const NEWEST_RECEIVED: &str = "SELECT received_at FROM submission
    ORDER BY submission_no DESC LIMIT 1";
pub(crate) const NEWEST_HEAD: &str = "SELECT made_at FROM journal_head ORDER BY size DESC LIMIT 1";

pub(crate) const STATE: &str =
    "SELECT submission_no, state, receipt FROM submission WHERE submission_id = $1";
pub(crate) const NEXT: &str = "SELECT COALESCE(max(submission_no), 0) + 1 FROM submission";
pub(crate) const NEW: &str = "INSERT INTO submission (submission_no, submission_id, source_no,
    theme_version, mode, stated_on, file_name, file_digest, received_at, sent_by, returned_in, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open')";
pub(crate) const FRAME: &str = "SELECT submission_no, source_no, stated_on, state, mode,
    sent_by, confirmed_by, COALESCE((SELECT u.source_no FROM submission u
        WHERE u.submission_no = submission.returned_in), source_no)
    FROM submission WHERE submission_id = $1";
pub(crate) const ID: &str = "SELECT submission_id FROM submission WHERE submission_no = $1";
pub(crate) const FINISH: &str =
    "UPDATE submission SET state = $2, finished_at = $3, rows_read = $4,
    accepted = $5, rejected = $6, held = $7, unchanged = $8, late = $9, removed = $10, receipt = $11
    WHERE submission_no = $1";

/// A submission as readers see it.
pub(crate) const ONE: &str =
    "SELECT b.submission_no, b.submission_id, s.supplier, s.theme, b.theme_version,
    b.mode, b.stated_on, b.file_name, b.received_at, b.state, b.finished_at, b.rows_read, b.receipt,
    b.accepted, b.rejected, b.held, b.unchanged, b.late, b.removed
    FROM submission b JOIN source s ON s.source_no = b.source_no
    WHERE b.submission_id = $1";
/// Submissions, newest first, of one supplier or of all, in one state or in any.
pub(crate) const PAGE: &str =
    "SELECT b.submission_no, b.submission_id, s.supplier, s.theme, b.theme_version,
    b.mode, b.stated_on, b.file_name, b.received_at, b.state, b.finished_at, b.rows_read, b.receipt,
    b.accepted, b.rejected, b.held, b.unchanged, b.late, b.removed
    FROM submission b JOIN source s ON s.source_no = b.source_no
    WHERE b.submission_no < $1 AND ($2 = '' OR s.supplier = $2) AND ($3 = '' OR b.state = $3)
    ORDER BY b.submission_no DESC LIMIT $4";
pub(crate) const REJECTS: &str = "SELECT r.row_no, r.personal, r.faults, r.cells, b.submission_id,
    r.mended_times
    FROM reject r LEFT JOIN submission b ON b.submission_no = r.mended_in
    WHERE r.submission_no = $1 AND r.row_no > $2
    ORDER BY r.row_no LIMIT $3";
/// How a rejected row stands.
pub(crate) const REJECT_MENDED: &str = "SELECT mended_in, mended_times FROM reject
    WHERE submission_no = $1 AND row_no = $2";
/// A row that mends it arrived; the first one stays named.
pub(crate) const REJECT_MEND: &str = "UPDATE reject SET mended_in = $3, mended_times = $4
    WHERE submission_no = $1 AND row_no = $2";
/// Whether any rejected row waits to be mended by a later row of its record.
pub(crate) const REJECTS_WAIT: &str = "SELECT count(*) FROM (SELECT r.row_no FROM reject r
    WHERE r.record_id IS NOT NULL AND r.mended_in IS NULL
    ORDER BY r.record_id LIMIT 1) AS waiting";
/// Figures of a supplier's finished submissions by theme; what a platform above returned of its
/// facts counts with the platform. Slices tell how many records were corrected.
pub(crate) const QUALITY: &str = "SELECT s.theme, count(*),
    CAST(COALESCE(sum(b.rows_read), 0) AS BIGINT), CAST(COALESCE(sum(b.accepted), 0) AS BIGINT),
    CAST(COALESCE(sum(b.rejected), 0) AS BIGINT), CAST(COALESCE(sum(b.held), 0) AS BIGINT),
    CAST(COALESCE(sum(b.unchanged), 0) AS BIGINT), CAST(COALESCE(sum(b.late), 0) AS BIGINT),
    CAST(COALESCE(sum(b.removed), 0) AS BIGINT),
    CAST(COALESCE(sum((SELECT sum(l.corrected) FROM slice l WHERE l.submission_no = b.submission_no
        OR l.submission_no IN (SELECT p.submission_no FROM submission p
            WHERE p.returned_in = b.submission_no))), 0) AS BIGINT)
    FROM submission b JOIN source s ON s.source_no = b.source_no
    WHERE s.supplier = $1 AND b.stated_on >= $2 AND b.stated_on <= $3 AND b.state <> 'open'
      AND b.returned_in IS NULL
    GROUP BY s.theme ORDER BY s.theme";
/// A second officer confirms; the first to do so stands.
pub(crate) const CONFIRM: &str = "UPDATE submission SET confirmed_by = $2, confirmed_at = $3
    WHERE submission_id = $1 AND state = 'waiting' AND confirmed_by IS NULL";
/// What was confirmed is done; once.
pub(crate) const CONFIRMED: &str = "UPDATE submission SET state = 'done', removed = $2
    WHERE submission_id = $1 AND state = 'waiting' AND confirmed_by IS NOT NULL";

pub(crate) const SLICES: &str = "SELECT count(*) FROM slice WHERE submission_no = $1";
pub(crate) const SLICE: &str = "SELECT accepted, rejected, held, unchanged, late, removed
    FROM slice WHERE submission_no = $1 AND slice_no = $2";
pub(crate) const SLICE_NEW: &str = "INSERT INTO slice (submission_no, slice_no, applied_at, fresh,
    accepted, rejected, held, unchanged, late, removed, root, corrected)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
/// The roots of a submission's slices, in their order.
pub(crate) const ROOTS: &str = "SELECT root FROM slice WHERE submission_no = $1 ORDER BY slice_no";
/// Sums over a submission's slices: accepted, held, removed.
pub(crate) const SLICE_SUMS: &str = "SELECT CAST(COALESCE(sum(accepted), 0) AS BIGINT),
    CAST(COALESCE(sum(held), 0) AS BIGINT), CAST(COALESCE(sum(removed), 0) AS BIGINT)
    FROM slice WHERE submission_no = $1";
/// Facts that a submission's slices removed by absence.
pub(crate) const REMOVED: &str =
    "SELECT CAST(COALESCE(sum(removed), 0) AS BIGINT) FROM slice WHERE submission_no = $1";
/// Records that a submission's slices found not in force.
pub(crate) const FRESH: &str =
    "SELECT CAST(COALESCE(sum(fresh), 0) AS BIGINT) FROM slice WHERE submission_no = $1";

pub(crate) static NEW_REJECTS: Bulk = Bulk::new(
    "reject",
    &[
        ("submission_no", Kind::Int),
        ("row_no", Kind::Int),
        ("personal", Kind::Int),
        ("faults", Kind::Text),
        ("cells", Kind::Text),
        ("record_id", Kind::Bytes),
    ],
    "INSERT INTO reject ({columns}) {values} ON CONFLICT (submission_no, row_no) DO NOTHING",
    None,
);

/// Rejected rows that good rows name: of earlier submissions of the same sender and theme, mended
/// for the first time. A reference to anything else changes nothing.
pub(crate) static MENDED_BY_NAME: Bulk = Bulk::new(
    "reject named",
    &[
        ("of_id", Kind::Bytes),
        ("row_no", Kind::Int),
        ("source_no", Kind::Int),
        ("submission_no", Kind::Int),
    ],
    "UPDATE reject SET mended_in = given.submission_no, mended_times = 1 FROM {rows}
     WHERE reject.submission_no = (SELECT b.submission_no FROM submission b
            LEFT JOIN submission u ON u.submission_no = b.returned_in
            WHERE b.submission_id = given.of_id
              AND COALESCE(u.source_no, b.source_no) = given.source_no)
       AND reject.row_no = given.row_no AND reject.mended_in IS NULL
       AND reject.submission_no < given.submission_no",
    None,
);

/// Rejected rows whose record is good now: of earlier submissions, mended for the first time.
pub(crate) static MENDED: Bulk = Bulk::new(
    "reject mended",
    &[("record_id", Kind::Bytes), ("submission_no", Kind::Int)],
    "UPDATE reject SET mended_in = given.submission_no, mended_times = 1 FROM {rows}
     WHERE reject.record_id = given.record_id AND reject.mended_in IS NULL
       AND reject.submission_no < given.submission_no",
    None,
);

/// What a supplier sent since an instant, by theme: what counts as a report. Recalls do not, nor does
/// what was recalled as a whole.
pub(crate) const REPORTS: &str =
    "SELECT s.theme, b.stated_on, b.received_at, c.period_from, c.period_to
    FROM source s JOIN submission b ON b.source_no = s.source_no
        LEFT JOIN submission_cause c ON c.submission_no = b.submission_no
    WHERE s.supplier = $1 AND b.received_at >= $2 AND b.state <> 'open' AND b.returned_in IS NULL
      AND (c.kind IS NULL OR c.kind IN ('correction', 'nil'))
      AND NOT EXISTS (SELECT 1 FROM submission_cause r
          WHERE r.of_no = b.submission_no AND r.kind = 'recall' AND r.row_no IS NULL
            AND NOT EXISTS (SELECT 1 FROM submission_cause u
                WHERE u.of_no = r.submission_no AND u.kind = 'undo'))
    ORDER BY b.submission_no DESC LIMIT $3";
/// When each theme of a supplier came first.
pub(crate) const FIRST_REPORTS: &str = "SELECT s.theme, min(b.received_at)
    FROM source s JOIN submission b ON b.source_no = s.source_no
    WHERE s.supplier = $1 AND b.returned_in IS NULL
    GROUP BY s.theme ORDER BY s.theme";
/// Suppliers that ever sent anything.
pub(crate) const SUPPLIERS: &str =
    "SELECT DISTINCT supplier FROM source ORDER BY supplier LIMIT $1";
/// Submissions of a supplier with rejected rows that nobody mended, newest first.
pub(crate) const UNMENDED: &str = "SELECT b.submission_id, b.submission_no, s.theme, b.received_at,
    (SELECT count(*) FROM reject r WHERE r.submission_no = b.submission_no AND r.mended_in IS NULL)
    FROM submission b JOIN source s ON s.source_no = b.source_no
    WHERE s.supplier = $1 AND b.rejected > 0 AND b.received_at >= $2
      AND EXISTS (SELECT 1 FROM reject r WHERE r.submission_no = b.submission_no AND r.mended_in IS NULL)
    ORDER BY b.submission_no DESC LIMIT $3";
/// Facts of a supplier that wait, by theme and reason: how many, and since when.
pub(crate) const HELD_SUMS: &str = "SELECT s.theme, w.reason, count(*), min(w.opened_at)
    FROM hold w JOIN submission b ON b.submission_no = w.submission_no
        JOIN source s ON s.source_no = b.source_no
    WHERE w.closed_at IS NULL AND s.supplier = $1
    GROUP BY s.theme, w.reason ORDER BY s.theme, w.reason";

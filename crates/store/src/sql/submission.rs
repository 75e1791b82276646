//! Statements over sources, submissions and slices.

use crate::tx::{Bulk, Kind};

pub(crate) const SOURCE: &str = "SELECT supplier, theme FROM source WHERE source_no = $1";
pub(crate) const SOURCE_NUMBER: &str =
    "SELECT source_no FROM source WHERE supplier = $1 AND theme = $2";
pub(crate) const SOURCE_NEXT: &str = "SELECT COALESCE(max(source_no), 0) + 1 FROM source";
pub(crate) const SOURCE_NEW: &str =
    "INSERT INTO source (source_no, supplier, theme) VALUES ($1, $2, $3)";

pub(crate) const BUNDLE_NEW: &str =
    "INSERT INTO catalog_bundle (digest, body) VALUES ($1, $2) ON CONFLICT (digest) DO NOTHING";
pub(crate) const BUNDLE: &str = "SELECT body FROM catalog_bundle WHERE digest = $1";

pub(crate) const STATE: &str =
    "SELECT submission_no, state, receipt FROM submission WHERE submission_id = $1";
pub(crate) const NEXT: &str = "SELECT COALESCE(max(submission_no), 0) + 1 FROM submission";
pub(crate) const NEW: &str = "INSERT INTO submission (submission_no, submission_id, source_no,
    theme_version, mode, stated_on, file_name, file_digest, received_at, state)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open')";
pub(crate) const FRAME: &str = "SELECT submission_no, source_no, mode, stated_on, state
    FROM submission WHERE submission_id = $1";
pub(crate) const ID: &str = "SELECT submission_id FROM submission WHERE submission_no = $1";
pub(crate) const FINISH: &str = "UPDATE submission SET state = $2, finished_at = $3, rows_read = $4,
    accepted = $5, rejected = $6, held = $7, unchanged = $8, late = $9, removed = $10, receipt = $11
    WHERE submission_no = $1";

/// Columns of a submission as readers see it.
pub(crate) const ONE: &str = "SELECT submission_no, submission_id, source_no, theme_version, mode,
    stated_on, file_name, received_at, state, finished_at, rows_read, accepted, rejected, held,
    unchanged, late, removed, receipt
    FROM submission WHERE submission_id = $1";
pub(crate) const BY_NUMBER: &str = "SELECT submission_no, submission_id, source_no, theme_version, mode,
    stated_on, file_name, received_at, state, finished_at, rows_read, accepted, rejected, held,
    unchanged, late, removed, receipt
    FROM submission WHERE submission_no = $1";
pub(crate) const PAGE: &str = "SELECT submission_no, submission_id, source_no, theme_version, mode,
    stated_on, file_name, received_at, state, finished_at, rows_read, accepted, rejected, held,
    unchanged, late, removed, receipt
    FROM submission
    WHERE submission_no < $1
      AND source_no IN (SELECT source_no FROM source
          WHERE ($2 IS NULL OR supplier = $2) AND ($3 IS NULL OR theme = $3))
      AND ($4 IS NULL OR state = $4)
    ORDER BY submission_no DESC LIMIT $5";

pub(crate) const SLICES: &str = "SELECT count(*) FROM slice WHERE submission_no = $1";
pub(crate) const SLICE: &str = "SELECT accepted, rejected, held, unchanged, late, removed
    FROM slice WHERE submission_no = $1 AND slice_no = $2";
pub(crate) const SLICE_NEW: &str = "INSERT INTO slice (submission_no, slice_no, applied_at, fresh,
    accepted, rejected, held, unchanged, late, removed, root)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
pub(crate) const TOTALS: &str = "SELECT CAST(COALESCE(sum(accepted), 0) AS BIGINT), CAST(COALESCE(sum(rejected), 0) AS BIGINT),
    CAST(COALESCE(sum(held), 0) AS BIGINT), CAST(COALESCE(sum(unchanged), 0) AS BIGINT),
    CAST(COALESCE(sum(late), 0) AS BIGINT), CAST(COALESCE(sum(removed), 0) AS BIGINT),
    CAST(COALESCE(sum(fresh), 0) AS BIGINT)
    FROM slice WHERE submission_no = $1";

pub(crate) static REJECTS: Bulk = Bulk::new(
    "reject",
    &[
        ("submission_no", Kind::Int),
        ("row_no", Kind::Int),
        ("personal", Kind::Int),
        ("faults", Kind::Text),
        ("cells", Kind::Text),
    ],
    "INSERT INTO reject ({columns}) {values} ON CONFLICT (submission_no, row_no) DO NOTHING",
    None,
);

/// Where a version comes from.
pub(crate) const ORIGIN: &str = "SELECT b.submission_id, s.supplier, s.theme, b.theme_version
    FROM submission b JOIN source s ON s.source_no = b.source_no WHERE b.submission_no = $1";

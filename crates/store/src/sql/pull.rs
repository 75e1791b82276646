//! Statements over files that are pulled from suppliers.

pub(crate) const STATE: &str = "SELECT tag, digest, taken_on, next_at, failures, failing_since
    FROM pull_source WHERE code = $1 ORDER BY code";
pub(crate) const SET: &str = "INSERT INTO pull_source (code, supplier, theme, host, tag, digest,
    taken_on, next_at, failures, failing_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (code) DO UPDATE SET supplier = excluded.supplier, theme = excluded.theme,
        host = excluded.host, tag = excluded.tag, digest = excluded.digest, taken_on = excluded.taken_on,
        next_at = excluded.next_at, failures = excluded.failures, failing_since = excluded.failing_since";
pub(crate) const TRY_NEW: &str = "INSERT INTO pull_try (code, tried_at, outcome, submission_id)
    VALUES ($1, $2, $3, $4) ON CONFLICT (code, tried_at) DO NOTHING";
/// Sources of a supplier, or of all where it is empty, each with its last try.
pub(crate) const LIST: &str = "SELECT s.code, s.supplier, s.theme, s.host, s.next_at, s.failures,
    t.tried_at, t.outcome, t.submission_id
    FROM pull_source s LEFT JOIN pull_try t ON t.code = s.code AND t.tried_at =
        (SELECT max(x.tried_at) FROM pull_try x WHERE x.code = s.code)
    WHERE $1 = '' OR s.supplier = $1 ORDER BY s.supplier, s.code LIMIT $2";
pub(crate) const TRIES: &str = "SELECT tried_at, outcome, submission_id FROM pull_try
    WHERE code = $1 ORDER BY tried_at DESC LIMIT $2";

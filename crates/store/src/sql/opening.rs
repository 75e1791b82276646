//! Statements over what the lock opened, and over looks that were refused.

pub(crate) const NEW: &str =
    "INSERT INTO lock_opening (run_id, seq, on_day, purpose, opened, settled_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
/// In the order of runs, for an audit.
pub(crate) const AFTER: &str = "SELECT run_id, seq, on_day, purpose, opened, settled_at
    FROM lock_opening WHERE run_id > $1 OR (run_id = $1 AND seq > $2) ORDER BY run_id, seq LIMIT $3";
/// What each process opened on each day of a term, newest day first.
pub(crate) const OF_DAYS: &str =
    "SELECT on_day, run_id, purpose, CAST(sum(opened) AS BIGINT) FROM lock_opening
    WHERE on_day >= $1 AND on_day <= $2 GROUP BY on_day, run_id, purpose
    ORDER BY on_day DESC, run_id, purpose LIMIT $3";
/// Looks that were written down, by day: days since 1970 in Asia/Shanghai, which is UTC+8.
pub(crate) const WRITTEN: &str =
    "SELECT (looked_at + 28800000000) / 86400000000, count(*) FROM access
    WHERE looked_at >= $1 AND looked_at <= $2 GROUP BY 1 ORDER BY 1";

pub(crate) const REFUSED: &str = "INSERT INTO look_refused (on_day, agency, officer, why, times)
    VALUES ($1, $2, $3, $4, 1)
    ON CONFLICT (on_day, agency, officer, why) DO UPDATE SET times = look_refused.times + 1";
/// Refused looks of a term, the most first.
pub(crate) const REFUSALS: &str =
    "SELECT agency, officer, why, CAST(sum(times) AS BIGINT) FROM look_refused
    WHERE on_day >= $1 AND on_day <= $2 GROUP BY agency, officer, why
    ORDER BY sum(times) DESC, agency, officer, why LIMIT $3";

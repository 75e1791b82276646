//! Statements over kept figures.

/// Adds to a figure of one source.
pub(crate) const ADD: &str = "INSERT INTO figure (name, source_no, value) VALUES ($1, $2, $3)
    ON CONFLICT (name, source_no) DO UPDATE SET value = figure.value + excluded.value";

/// The figures in all: two rows a source, of which a province has some thousand (54 agencies × 20
/// themes), so this reads a few pages whatever the store holds.
pub(crate) const SUMS: &str = "SELECT name, CAST(sum(value) AS BIGINT) FROM figure
    GROUP BY name ORDER BY name";

/// The newest submission: its number, which counts them, and when it came.
pub(crate) const NEWEST: &str = "SELECT submission_no, received_at FROM submission
    WHERE returned_in IS NULL ORDER BY submission_no DESC LIMIT 1";

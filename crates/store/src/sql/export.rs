//! Statements over tables that were taken out as files.

pub(crate) const NEW: &str = "INSERT INTO table_export (export_id, what, asked, form, row_count,
    digest, officer, agency, exported_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// By their ids, for an audit.
pub(crate) const AFTER: &str = "SELECT export_id, what, asked, form, row_count, digest, officer,
    agency, exported_at FROM table_export WHERE export_id > $1 ORDER BY export_id LIMIT $2";

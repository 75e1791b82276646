//! Statements over events and their order.

pub(crate) const NEW: &str = "INSERT INTO event (event_id, kind, happened_at, leaf)
    VALUES ($1, $2, $3, $4)";
pub(crate) const PENDING: &str = "INSERT INTO event_pending (event_id) VALUES ($1)";
pub(crate) const ACCESS: &str = "INSERT INTO access (subject_id, permit_id, purpose, officer, agency,
    case_no, looked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

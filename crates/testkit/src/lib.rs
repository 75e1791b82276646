//! Private PostgreSQL clusters, real data and browsers for tests; development only.

pub mod data;
pub mod machine;

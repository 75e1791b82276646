//! Private PostgreSQL clusters, real data and browsers for tests; development only.

pub mod browser;
pub mod data;
pub mod http;
pub mod machine;
pub mod postgres;

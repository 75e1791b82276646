//! Private PostgreSQL clusters, real data and browsers for tests; development only.

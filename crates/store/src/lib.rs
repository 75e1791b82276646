//! The only SQL: SQLite and PostgreSQL, one schema, the same statements.

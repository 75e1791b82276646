//! The workflows on real stores: SQLite and PostgreSQL, the same tests.

mod bad_inputs;
mod desk;
mod japan;
mod people;
mod registry;
mod spine;

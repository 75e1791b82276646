//! The workflows on real stores: SQLite and PostgreSQL, the same tests.

mod bad_inputs;
mod clocks;
mod desk;
mod japan;
mod people;
mod registry;
mod snapshots;
mod spine;

//! Every property of the store, checked on both engines from one suite.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod grants;
mod history;
mod journal;
mod kit;
mod membership;
mod model;
mod people;
mod person;
mod random;
mod slices;
mod snapshots;
mod subjects;
mod trouble;

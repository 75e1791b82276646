//! The real binary on temporary folders: what scripts of agencies depend on.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where something is wrong"
)]

mod attack;
mod catalog;
mod crash;
mod decide;
mod deferral;
mod demo;
mod desk;
mod ends;
mod http;
mod ingest;
mod journal;
mod matching;
mod openrefine;
mod people;
mod privacy;
mod pull;
mod receipt;
mod report;
mod resolving;
mod sealed;
mod sheets;
mod stamp;
mod story;
mod supply;

//! The rooms that act. One module a workflow; one command, one transaction.
//!
//! Facts enter through [`ingest`] and nowhere else. Everything that is shown leaves through
//! [`report`], [`lookup`] or [`duty`], which ask `policy` for a permit and `store` for sealed facts.
//! Time, entropy and keys are fields of the [`Office`]; nothing here reads a clock by itself.

pub mod announcements;
pub mod browse;
pub mod cases;
pub mod consent;
pub mod corrections;
pub mod due;
pub mod duty;
pub mod error;
pub mod grade;
pub mod identity;
pub mod ids;
pub mod ingest;
pub mod journal;
pub mod lookup;
pub mod matching;
pub mod my;
pub mod names;
pub mod notices;
pub mod office;
pub mod openings;
pub mod people;
pub mod persons;
pub mod pull;
pub mod questions;
pub mod report;
pub mod search;
pub mod sharing;
pub mod snapshots;
pub mod start;
pub mod supply;

pub use error::Error;
pub use office::Office;

//! Integration tests of the nouns: one binary, one module a noun.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod calendar;
mod canon;
mod case_refusals;
mod cases;
mod catalog;
mod catalog_frictionless;
mod catalog_refusals;
mod clock;
mod content;
mod grade;
mod identifier;
mod invariants;
mod listing;
mod measure;
mod python;
mod registry;
mod stdnum;
mod text;

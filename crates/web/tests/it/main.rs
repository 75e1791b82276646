//! The site and the API from outside, over a real store with the shipped sample files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs,
    reason = "tests stop where something is wrong"
)]

mod access;
mod account;
mod announcements;
mod api;
mod attack;
mod attack_slow;
mod browser;
mod cases;
mod codes;
mod correct;
mod correct_api;
mod crawl;
mod decide;
mod desk;
mod fact;
mod home;
mod html;
mod http;
mod inbox;
mod invariants;
mod issued;
mod matching;
mod my;
mod oidc;
mod pages;
mod people;
mod persons;
mod privacy;
mod problems;
mod questions;
mod recall;
mod reconcile;
mod routes;
mod schemathesis;
mod sharing;
mod signed;
mod site;
mod unfound;
mod walk;

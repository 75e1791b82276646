//! The site and the API from outside, over a real store with the shipped sample files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs,
    reason = "tests stop where something is wrong"
)]

mod api;
mod browser;
mod desk;
mod html;
mod pages;
mod privacy;
mod site;

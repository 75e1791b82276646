//! Where a site may be sent to fetch a file, and what may come back: tried against a server that lies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where something is wrong"
)]

mod client;
mod settings;
mod tls;

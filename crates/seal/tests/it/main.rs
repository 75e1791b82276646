//! Merkle proofs against the definition of RFC 6962, and attempts to forge them; published logs
//! against their specifications.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests stop where something is wrong"
)]

mod log;
mod merkle;
mod message;
mod second;
mod site;

//! The journal: everything that changed or was looked at, as an append-only log that outsiders check.
//!
//! One process at a time gives events their places ([`Journal::keep`]), signs each new head and has
//! witnesses sign it too. What is published are files ([`file`]); a proof of one event travels by
//! itself ([`prove`]); [`audit`] compares the rows with the log. Formats stand in `docs/journal.md`.

mod audit;
mod prove;
mod show;
mod stamp;
mod write;

pub use audit::{Audit, Finding, Wrong, audit, audit_all};
pub use prove::{Opened, event_of_access, event_of_receipt, event_of_report, extra, opened, prove};
pub use seal::witness::{REQUEST_BYTES, Refusal};
pub use show::{File, checkpoint, file, tiles};
pub use stamp::{AskTime, Stamped, stamp, stamps};
pub use write::{Ask, Journal, LogKey, Ran, Tools, Witness, Written};

/// Events of one batch, at most: some megabytes in memory, and a transaction of some tens of
/// milliseconds, behind which an interactive write may wait.
pub const BATCH: usize = 4_096;

/// The default name of a log: `gongxin/` and half of its key's digest, in hexadecimal, so that no
/// two sites have the same by chance. A site that has a web address names its log by that.
#[must_use]
pub fn default_origin(key: &seal::Verifier) -> String {
    let digest = seal::sha256(&key.to_bytes()).to_string();
    format!("gongxin/{}", digest.get(..32).unwrap_or(&digest))
}

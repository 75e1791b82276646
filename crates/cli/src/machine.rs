//! The clock and the entropy of the machine: read here and nowhere else.

use credit::record::Instant;
use std::time::{SystemTime, UNIX_EPOCH};

/// The instant now, in microseconds.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Instant(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

/// Fills a buffer with unpredictable bytes. A machine that cannot is not one to run on: the
/// process ends rather than go on with guessable salts.
pub(crate) fn entropy(buffer: &mut [u8]) {
    if getrandom::fill(buffer).is_err() {
        std::process::abort();
    }
}

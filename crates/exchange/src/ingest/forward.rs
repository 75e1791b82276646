//! A file's facts in the theme's template, for the platform above. Nothing is stored and nothing is
//! read from the store: what goes up is what the supplier sent, checked as at our own door.

use super::pass;
use super::terms::{self, Request};
use crate::error::{Error, Result};
use crate::office::Office;
use intake::check::Outcome;
use std::io::Write;

/// Threads that check: nothing is stored beside it, so a second core has nothing else to do.
const CHECKERS: usize = 2;

/// What became of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forwarded {
    /// Rows written.
    pub written: u64,
    /// Rows that would be rejected or held here: they are mended first.
    pub left_out: u64,
}

/// Checks a file and writes its sound facts to `out`, item codes as the header. Blocks its thread.
///
/// # Errors
/// As [`submit`](super::submit); and [`Error::Inner`] when writing fails.
pub fn forward(office: &Office, request: Request, out: &mut dyn Write) -> Result<Forwarded> {
    let broken = |cause: Box<dyn std::error::Error + Send + Sync>| {
        Error::inner(
            "the file for the platform above could not be written",
            cause,
        )
    };
    let terms = terms::settle(office, request)?;
    let mut writer =
        intake::forward::Writer::new(&terms.theme, out).map_err(|cause| broken(cause.into()))?;
    let mut forwarded = Forwarded::default();
    let mut failed = None;
    pass::each_row(office, &terms, CHECKERS, |outcome, _| {
        match outcome {
            Outcome::Ready(draft) => {
                forwarded.written += 1;
                failed = writer.row(draft).err();
            }
            Outcome::Held(..) | Outcome::Rejected(_) => forwarded.left_out += 1,
            Outcome::Blank | Outcome::Footer { .. } => {}
        }
        failed.is_none()
    })?;
    if let Some(cause) = failed {
        return Err(broken(cause.into()));
    }
    writer.finish().map_err(|cause| broken(cause.into()))?;
    Ok(forwarded)
}

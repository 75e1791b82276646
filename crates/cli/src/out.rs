//! Standard output. A reader that has gone away (`| head`) is no failure; a full disk is one.

use crate::exit::Failure;
use crate::text;
use std::io::{ErrorKind, Result, Write};

/// Writes one line.
pub(crate) fn line(said: &str) -> std::result::Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    told(writeln!(out, "{said}"))
}

/// Writes bytes as they are.
pub(crate) fn bytes(bytes: &[u8]) -> std::result::Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    told(out.write_all(bytes).and_then(|()| out.flush()))
}

fn told(written: Result<()>) -> std::result::Result<(), Failure> {
    match written {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::inner(text::OUTPUT_CLOSED, cause))
        }
        _ => Ok(()),
    }
}

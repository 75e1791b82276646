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

/// Writes one line a row, page after page, until a page has no next one. Tells whether there was a row.
pub(crate) fn pages<T>(
    read: impl Fn(Option<&str>) -> std::result::Result<(Vec<T>, Option<String>), Failure>,
    row: impl Fn(&T) -> String,
) -> std::result::Result<bool, Failure> {
    let mut after: Option<String> = None;
    let mut any = false;
    loop {
        let (rows, next) = read(after.as_deref())?;
        for one in &rows {
            any = true;
            line(&row(one))?;
        }
        after = next;
        if after.is_none() {
            return Ok(any);
        }
    }
}

fn told(written: Result<()>) -> std::result::Result<(), Failure> {
    match written {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::inner(text::OUTPUT_CLOSED, cause))
        }
        _ => Ok(()),
    }
}

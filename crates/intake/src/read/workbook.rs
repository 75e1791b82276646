//! Workbooks. They must be read whole, and the libraries that do it can be made to take memory
//! without end; so a process of its own runs [`rows`], with its memory limited, and this side reads
//! what that process writes, one row a line.

mod cell;
mod child;
mod guard;
mod sheets;

pub(super) use child::Child;

use crate::refusal::{FileRefusal, RefusalKind};
use credit::limits;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a workbook and writes its rows: first one object with the sheet's name, then each row as a
/// list whose first element is the row's number, last one object with the number of rows. A
/// refusal is written as an object too. Only failing to write is an error.
///
/// A cell is a text, or `{"s": state, "t": text}` where the workbook shows an error or has rounded
/// a long number.
pub fn rows(bytes: &[u8], sheet: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let read = guard::check(bytes).and_then(|()| {
        // The parsers of workbooks have been known to panic on damaged files.
        catch_unwind(AssertUnwindSafe(|| sheets::write(bytes, sheet, out))).unwrap_or_else(|_| {
            Err(FileRefusal::new(
                RefusalKind::BadWorkbook,
                "the parser panicked",
            ))
        })
    });
    match read {
        Ok(count) => writeln!(out, "{{\"rows\":{count}}}")?,
        Err(refusal) => child::write_refusal(&refusal, out)?,
    }
    out.flush()
}

/// Refuses bytes over the limit before they are handed on.
pub(super) fn too_large() -> FileRefusal {
    let cause = format!("a workbook of more than {} bytes", limits::WORKBOOK_BYTES);
    FileRefusal::new(RefusalKind::TooLarge(limits::WORKBOOK_BYTES), cause)
}

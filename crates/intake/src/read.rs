//! Any file form to rows of text. One call opens a file, finds its form, encoding, delimiter and
//! header, and yields rows one at a time from a reused buffer.
//!
//! What is told in [`ReadOptions`] wins over what is found. A reader holds a bounded part of the
//! file in memory, whatever the file's size; workbooks excepted, which are read in a process of
//! their own where a [`WorkbookRunner`] is given.

mod align;
mod delimited;
mod header;
mod json;
mod limit;
mod lines;
mod open;
mod row;
mod rows;
pub mod workbook;
mod xml;

pub use crate::detect::Format;
pub use open::open;
pub use row::{Cell, CellState, RawRow, RowBuf, RowProblem};
pub use rows::Rows;

use crate::refusal::FileRefusal;
use credit::catalog::model::Theme;
use std::io::{self, Read};

/// Reads a workbook in a process of its own with limited memory: takes the file's bytes, gives the
/// stream that `read::workbook::rows` writes there.
pub type WorkbookRunner = dyn Fn(&[u8]) -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// What is known of a file beforehand. The default leaves everything to detection.
#[derive(Clone, Copy, Default)]
pub struct ReadOptions<'a> {
    /// The form.
    pub format: Option<Format>,
    /// The encoding by name: `gbk`, `utf-8` ….
    pub encoding: Option<&'a str>,
    /// The delimiter.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
    /// The theme that the rows belong to. It helps to find the header below title lines and to
    /// tell which title has no cells where header and rows disagree; it checks nothing.
    pub theme: Option<&'a Theme>,
    /// Reads workbooks elsewhere; without it they are read in this process.
    pub workbook: Option<&'a WorkbookRunner>,
}

impl std::fmt::Debug for ReadOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReadOptions")
            .field("format", &self.format)
            .field("encoding", &self.encoding)
            .field("delimiter", &self.delimiter)
            .field("sheet", &self.sheet)
            .field("theme", &self.theme.map(|theme| theme.code.as_str()))
            .field("workbook", &self.workbook.is_some())
            .finish()
    }
}

/// A form's reader: fills the row, or says that there is none left.
pub(crate) trait Reader: Send {
    /// Fills `row`, which is empty, with the next record; `false` at the end.
    fn next(&mut self, row: &mut RowBuf) -> Result<bool, FileRefusal>;
    /// Times so far that bytes were no text in the file's encoding.
    fn replaced(&self) -> u64 {
        0
    }
}

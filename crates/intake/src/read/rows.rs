//! The stream of rows that callers see: header first, then rows, the count watched.

use super::{RawRow, Reader, RowBuf};
use crate::detect::Format;
use crate::refusal::{FileRefusal, RefusalKind};
use credit::limits;
use std::collections::VecDeque;

/// Rows of one file. See [`super::open`].
pub struct Rows {
    pub(super) reader: Box<dyn Reader>,
    pub(super) facts: Facts,
    /// Rows read while the header was sought, still to be delivered.
    pub(super) waiting: VecDeque<RowBuf>,
    current: RowBuf,
    delivered: u64,
}

/// What opening found out.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) header: Vec<String>,
    pub(super) header_row: u64,
    pub(super) format: Option<Format>,
    pub(super) encoding: Option<&'static str>,
    pub(super) certain: bool,
    pub(super) delimiter: Option<char>,
    pub(super) sheet: Option<String>,
    pub(super) skipped: Vec<u64>,
    pub(super) dropped: Vec<String>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rows")
            .field("facts", &self.facts)
            .field("delivered", &self.delivered)
            .finish_non_exhaustive()
    }
}

impl Rows {
    pub(super) fn new(reader: Box<dyn Reader>, facts: Facts, waiting: VecDeque<RowBuf>) -> Rows {
        Rows {
            reader,
            facts,
            waiting,
            current: RowBuf::new(),
            delivered: 0,
        }
    }

    /// Titles of the columns, as the file has them, without surrounding white space.
    #[must_use]
    pub fn header(&self) -> &[String] {
        &self.facts.header
    }

    /// The row in which the header stands; rows of data have higher numbers.
    #[must_use]
    pub fn header_row(&self) -> u64 {
        self.facts.header_row
    }

    /// The form of the file.
    #[must_use]
    pub fn format(&self) -> Format {
        self.facts.format.unwrap_or(Format::Csv)
    }

    /// The encoding, for text forms.
    #[must_use]
    pub fn encoding(&self) -> Option<&'static str> {
        self.facts.encoding
    }

    /// Whether the encoding was told or is beyond doubt, and not a guess by statistics.
    #[must_use]
    pub fn encoding_is_certain(&self) -> bool {
        self.facts.certain
    }

    /// The delimiter, for delimited text.
    #[must_use]
    pub fn delimiter(&self) -> Option<char> {
        self.facts.delimiter
    }

    /// The sheet that was read, for workbooks.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        self.facts.sheet.as_deref()
    }

    /// Numbers of the title rows above the header that were passed over.
    #[must_use]
    pub fn skipped(&self) -> &[u64] {
        &self.facts.skipped
    }

    /// Titles of the header for which no row has a cell; the header does not hold them any more.
    #[must_use]
    pub fn dropped(&self) -> &[String] {
        &self.facts.dropped
    }

    /// Times so far that bytes were no text in the file's encoding.
    #[must_use]
    pub fn replaced(&self) -> u64 {
        self.reader.replaced()
    }

    /// The next row, valid until the next call. `None` at the end.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> Result<Option<RawRow<'_>>, FileRefusal> {
        if let Some(row) = self.waiting.pop_front() {
            self.current = row;
        } else {
            self.current.clear();
            if !self.reader.next(&mut self.current)? {
                return Ok(None);
            }
        }
        // Workbooks do not store the empty cells at a row's end.
        if self.format().is_workbook() {
            self.current.pad(self.facts.header.len());
        }
        self.delivered += 1;
        if self.delivered > limits::ROWS {
            let cause = format!("more than {} rows", limits::ROWS);
            return Err(FileRefusal::new(RefusalKind::TooManyRows, cause).at(self.current.number));
        }
        Ok(Some(self.current.row()))
    }
}

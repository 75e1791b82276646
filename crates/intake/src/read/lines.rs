//! One JSON object a line. A line that is none is a fault of its row; the rest goes on.

use super::json::{Columns, object_cells};
use super::{Reader, RowBuf};
use crate::decode::Decoded;
use crate::refusal::{FileRefusal, RefusalKind, from_io};
use credit::limits;
use std::io::BufRead;

/// Reads NDJSON.
pub(super) struct Lines {
    text: Decoded,
    columns: Columns,
    line: Vec<u8>,
    number: u64,
}

impl Lines {
    pub(super) fn new(text: Decoded, columns: Columns) -> Lines {
        Lines {
            text,
            columns,
            line: Vec::new(),
            number: 0,
        }
    }

    /// Takes the next line that is not blank; `false` at the end.
    fn line(&mut self) -> Result<bool, FileRefusal> {
        loop {
            self.line.clear();
            self.number += 1;
            if !bounded_line(&mut self.text, &mut self.line, limits::LINE_BYTES)
                .map_err(|refusal| refusal.at(self.number))?
            {
                return Ok(false);
            }
            if !self.line.trim_ascii().is_empty() {
                return Ok(true);
            }
        }
    }

    /// Names of the fields of the next record, for the discovery of columns; `None` at the end.
    pub(super) fn names(&mut self) -> Result<Option<Vec<String>>, FileRefusal> {
        Ok(if self.line()? {
            Some(super::json::names(&self.line))
        } else {
            None
        })
    }
}

impl Reader for Lines {
    fn next(&mut self, row: &mut RowBuf) -> Result<bool, FileRefusal> {
        if !self.line()? {
            return Ok(false);
        }
        row.number = self.number;
        if let Err(problem) = object_cells(&self.line, &mut self.columns, row) {
            row.problem = Some(problem);
        }
        Ok(true)
    }

    fn replaced(&self) -> u64 {
        self.text.replaced()
    }
}

/// Reads up to and including the next line feed; `false` at the end, a refusal past the limit.
pub(super) fn bounded_line(
    text: &mut (impl BufRead + ?Sized),
    line: &mut Vec<u8>,
    limit: usize,
) -> Result<bool, FileRefusal> {
    loop {
        let chunk = text.fill_buf().map_err(|error| from_io(&error))?;
        if chunk.is_empty() {
            return Ok(!line.is_empty());
        }
        let end = chunk.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(chunk.len(), |end| end + 1);
        line.extend_from_slice(chunk.get(..taken).unwrap_or(&[]));
        text.consume(taken);
        if line.len() > limit {
            let cause = format!("a line longer than {limit} bytes");
            return Err(FileRefusal::new(RefusalKind::TooLongLine, cause));
        }
        if end.is_some() {
            return Ok(true);
        }
    }
}

//! Delimited text. The record parser is that of the `csv` crate; this module feeds it, numbers the
//! rows as a spreadsheet does and bounds a record while it grows.

use super::{Reader, RowBuf, RowProblem};
use crate::decode::Decoded;
use crate::refusal::{FileRefusal, RefusalKind, from_io};
use credit::limits;
use csv_core::ReadRecordResult;
use std::io::BufRead;

/// The parser knows delimiters of one byte only; `、` travels through it as this one.
const STAND_IN: u8 = 0x1F;

/// Reads delimited text.
pub(super) struct Delimited {
    text: Decoded,
    parser: csv_core::Reader,
    ideographic: bool,
    translated: Vec<u8>,
    record: Vec<u8>,
    ends: Vec<usize>,
    number: u64,
    after_cr: bool,
}

impl Delimited {
    /// A reader of `text` whose cells are separated by `delimiter`.
    pub(super) fn new(text: Decoded, delimiter: char) -> Delimited {
        let byte = u8::try_from(delimiter).ok().filter(u8::is_ascii);
        Delimited {
            text,
            parser: csv_core::ReaderBuilder::new()
                .delimiter(byte.unwrap_or(STAND_IN))
                .build(),
            ideographic: byte.is_none(),
            translated: Vec::new(),
            record: vec![0; 4096],
            ends: vec![0; 64],
            number: 0,
            after_cr: false,
        }
    }

    /// Passes over blank lines, counting them; `false` at the end of the file.
    fn skip_blank_lines(&mut self) -> Result<bool, FileRefusal> {
        loop {
            let chunk = self.text.fill_buf().map_err(|error| from_io(&error))?;
            let Some(&byte) = chunk.first() else {
                return Ok(false);
            };
            match byte {
                // The line feed of a carriage return that ended the row before.
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' => self.number += 1,
                b'\r' => {
                    self.number += 1;
                    self.after_cr = true;
                }
                _ => {
                    self.after_cr = false;
                    return Ok(true);
                }
            }
            self.text.consume(1);
        }
    }

    /// Reads one record into `record` and `ends`; gives their lengths and how the record ended.
    fn record(&mut self) -> Result<Extent, FileRefusal> {
        let mut extent = Extent::default();
        let mut read = 0_usize;
        loop {
            let chunk = self.text.fill_buf().map_err(|error| from_io(&error))?;
            let at_end = chunk.is_empty();
            let input: &[u8] = if self.ideographic {
                translate(chunk, &mut self.translated);
                &self.translated
            } else {
                chunk
            };
            let output = self.record.get_mut(extent.bytes..).unwrap_or(&mut []);
            let ends = self.ends.get_mut(extent.cells..).unwrap_or(&mut []);
            let (result, used, made, cells) = self.parser.read_record(input, output, ends);
            extent.last = input
                .get(..used)
                .and_then(<[u8]>::last)
                .copied()
                .or(extent.last);
            let used = if self.ideographic {
                original(chunk, &self.translated, used)
            } else {
                used
            };
            self.text.consume(used);
            read += used;
            extent.bytes += made;
            extent.cells += cells;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => {
                    extent.at_end = at_end;
                    return Ok(extent);
                }
                ReadRecordResult::OutputFull => self.record.resize(self.record.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty => {}
            }
            if read > limits::LINE_BYTES {
                let cause = format!("record longer than {} bytes", limits::LINE_BYTES);
                return Err(FileRefusal::new(RefusalKind::TooLongLine, cause).at(self.number));
            }
        }
    }
}

/// What one record took.
#[derive(Default)]
struct Extent {
    bytes: usize,
    cells: usize,
    last: Option<u8>,
    at_end: bool,
}

impl Reader for Delimited {
    fn next(&mut self, row: &mut RowBuf) -> Result<bool, FileRefusal> {
        if !self.skip_blank_lines()? {
            return Ok(false);
        }
        self.number += 1;
        row.number = self.number;
        let extent = self.record()?;
        self.after_cr = extent.last == Some(b'\r') && !extent.at_end;
        if self.ideographic {
            restore(&mut self.record, &mut self.ends, extent.cells);
        }
        let ends = self.ends.get(..extent.cells).unwrap_or(&[]);
        let bytes = self
            .record
            .get(..ends.last().copied().unwrap_or(0))
            .unwrap_or(&[]);
        match std::str::from_utf8(bytes) {
            Ok(text) => row.fill(text, ends),
            // INVARIANT: the decoder yields UTF-8 and the parser cuts it at ASCII only.
            Err(_) => row.problem = Some(RowProblem::Broken),
        }
        if extent.at_end && ends_within_quotes(bytes, extent.last) {
            row.problem = Some(RowProblem::CutOff);
        }
        Ok(true)
    }

    fn replaced(&self) -> u64 {
        self.text.replaced()
    }
}

/// A record that the end of the file closes right after a line end was inside quotation marks:
/// outside of them the line end would have closed it.
fn ends_within_quotes(record: &[u8], last: Option<u8>) -> bool {
    matches!(last, Some(b'\n' | b'\r')) && matches!(record.last(), Some(b'\n' | b'\r'))
}

/// Copies a chunk with every `、` as one byte.
fn translate(chunk: &[u8], into: &mut Vec<u8>) {
    into.clear();
    let mut rest = chunk;
    while let Some(&byte) = rest.first() {
        if rest.starts_with("、".as_bytes()) {
            into.push(STAND_IN);
            rest = rest.get(3..).unwrap_or(&[]);
        } else {
            into.push(byte);
            rest = rest.get(1..).unwrap_or(&[]);
        }
    }
}

/// How many bytes of the chunk the first `used` bytes of its translation stand for.
fn original(chunk: &[u8], translated: &[u8], used: usize) -> usize {
    let delimiters = translated
        .iter()
        .take(used)
        .filter(|&&byte| byte == STAND_IN)
        .count();
    (used + 2 * delimiters).min(chunk.len())
}

/// Puts `、` back where it stood inside quotation marks.
fn restore(record: &mut Vec<u8>, ends: &mut [usize], cells: usize) {
    let length = ends
        .get(..cells)
        .and_then(<[usize]>::last)
        .copied()
        .unwrap_or(0);
    if !record.iter().take(length).any(|&byte| byte == STAND_IN) {
        return;
    }
    let mut restored = Vec::with_capacity(record.len() + 64);
    let mut start = 0;
    for end in ends.iter_mut().take(cells) {
        for &byte in record.get(start..*end).unwrap_or(&[]) {
            match byte {
                STAND_IN => restored.extend_from_slice("、".as_bytes()),
                byte => restored.push(byte),
            }
        }
        start = *end;
        *end = restored.len();
    }
    restored.resize(restored.len().max(record.len()), 0);
    *record = restored;
}

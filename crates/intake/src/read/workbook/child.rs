//! Both ends of the stream between the process that reads a workbook and this one.

use super::cell;
use crate::read::lines::bounded_line;
use crate::read::{CellState, Reader, RowBuf};
use crate::refusal::{FileRefusal, RefusalKind};
use calamine::DataRef;
use credit::limits;
use serde_json::{Value, json};
use std::io::{self, BufReader, Read, Write};

/// Bytes of one row on the stream: every column full of the longest cell, three bytes a character.
const ROW_BYTES: usize = limits::LINE_BYTES * 64;

/// Writes rows as they come, cell by cell.
pub(super) struct Writer<'o> {
    out: &'o mut dyn Write,
    row: Option<u32>,
    /// Cells of the row in hand, as JSON.
    cells: Vec<String>,
    count: u64,
}

impl<'o> Writer<'o> {
    pub(super) fn begin(sheet: &str, out: &'o mut dyn Write) -> Result<Writer<'o>, FileRefusal> {
        writeln!(out, "{}", json!({ "sheet": sheet })).map_err(|error| lost(&error))?;
        Ok(Writer {
            out,
            row: None,
            cells: Vec::new(),
            count: 0,
        })
    }

    /// Takes a cell; cells come row by row.
    pub(super) fn cell(
        &mut self,
        row: u32,
        column: u32,
        value: &DataRef<'_>,
    ) -> Result<(), FileRefusal> {
        let (text, state) = cell::text(value);
        if text.is_empty() {
            return Ok(());
        }
        if self.row != Some(row) {
            self.flush()?;
            self.row = Some(row);
        }
        let column = column as usize;
        if column >= limits::COLUMNS {
            let refusal = FileRefusal::new(
                RefusalKind::TooManyColumns,
                format!("column {column} is filled"),
            );
            return Err(refusal.at(u64::from(row) + 1));
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, "\"\"".to_owned());
        }
        let text: &str = text
            .char_indices()
            .nth(limits::CELL_CHARS + 1)
            .map_or(&*text, |(cut, _)| &text[..cut]);
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = match state {
                CellState::Sound => Value::from(text).to_string(),
                state => json!({ "s": state_code(state), "t": text }).to_string(),
            };
        }
        Ok(())
    }

    /// Writes the last row; gives how many there were.
    pub(super) fn end(mut self) -> Result<u64, FileRefusal> {
        self.flush()?;
        Ok(self.count)
    }

    fn flush(&mut self) -> Result<(), FileRefusal> {
        let Some(row) = self.row.take() else {
            return Ok(());
        };
        self.count += 1;
        let number = u64::from(row) + 1;
        let written = if self.cells.is_empty() {
            writeln!(self.out, "[{number}]")
        } else {
            writeln!(self.out, "[{number},{}]", self.cells.join(","))
        };
        self.cells.clear();
        written.map_err(|error| lost(&error))
    }
}

fn lost(error: &io::Error) -> FileRefusal {
    FileRefusal::new(
        RefusalKind::WorkbookTooHeavy,
        format!("the stream of rows: {error}"),
    )
}

fn state_code(state: CellState) -> &'static str {
    match state {
        CellState::WorkbookError => "error",
        CellState::Rounded => "rounded",
        CellState::Sound | CellState::Malformed | CellState::TooLong => "sound",
    }
}

/// Writes a refusal as the last line of the stream.
pub(super) fn write_refusal(refusal: &FileRefusal, out: &mut dyn Write) -> io::Result<()> {
    let found = match &refusal.kind {
        RefusalKind::NoSheet { asked, found } => json!({ "asked": asked, "found": found }),
        _ => Value::Null,
    };
    let line = json!({ "refused": refusal.code(), "row": refusal.row, "cause": refusal.cause, "sheets": found });
    writeln!(out, "{line}")
}

/// The refusal in such a line.
fn read_refusal(line: &Value) -> Option<FileRefusal> {
    let code = line.get("refused")?.as_str()?;
    let sheets = || {
        let asked = line
            .pointer("/sheets/asked")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let found = line.pointer("/sheets/found").and_then(Value::as_array);
        let found = found
            .into_iter()
            .flatten()
            .filter_map(|name| Some(name.as_str()?.to_owned()))
            .collect();
        RefusalKind::NoSheet { asked, found }
    };
    let kind = match code {
        "file.no_sheet" => sheets(),
        "file.too_dense" => RefusalKind::TooDense,
        "file.too_many_columns" => RefusalKind::TooManyColumns,
        "file.too_large" => RefusalKind::TooLarge(limits::WORKBOOK_BYTES),
        "file.workbook_too_heavy" => RefusalKind::WorkbookTooHeavy,
        _ => RefusalKind::BadWorkbook,
    };
    let cause = line
        .get("cause")
        .and_then(Value::as_str)
        .unwrap_or("not told");
    let refusal = FileRefusal::new(kind, cause);
    Some(match line.get("row").and_then(Value::as_u64) {
        Some(row) => refusal.at(row),
        None => refusal,
    })
}

/// Reads the stream that [`super::rows`] writes. A stream without its last line comes from a
/// process that was stopped, and the file is refused.
pub(in crate::read) struct Child {
    stream: BufReader<Box<dyn Read + Send>>,
    line: Vec<u8>,
    sheet: String,
    ended: bool,
    seen: u64,
}

impl Child {
    /// Reads the first line, which names the sheet.
    pub(in crate::read) fn new(stream: Box<dyn Read + Send>) -> Result<Child, FileRefusal> {
        let mut child = Child {
            stream: BufReader::new(stream),
            line: Vec::new(),
            sheet: String::new(),
            ended: false,
            seen: 0,
        };
        let first = child.take()?;
        match first.get("sheet").and_then(Value::as_str) {
            Some(sheet) => child.sheet = sheet.to_owned(),
            None => return Err(read_refusal(&first).unwrap_or_else(|| stopped("no sheet"))),
        }
        Ok(child)
    }

    /// The name of the sheet.
    pub(in crate::read) fn sheet(&self) -> &str {
        &self.sheet
    }

    /// Takes the next line into `line`; an end without a last line is a refusal.
    fn fetch(&mut self) -> Result<(), FileRefusal> {
        self.line.clear();
        let got = bounded_line(&mut self.stream, &mut self.line, ROW_BYTES)
            .map_err(|refusal| FileRefusal::new(RefusalKind::WorkbookTooHeavy, refusal.cause))?;
        if got {
            Ok(())
        } else {
            Err(stopped("the stream ended early"))
        }
    }

    fn take(&mut self) -> Result<Value, FileRefusal> {
        self.fetch()?;
        serde_json::from_slice(&self.line).map_err(|_| stopped("a line that is no JSON"))
    }

    /// Settles the last line: all rows told, or a refusal.
    fn settle(&self) -> Result<(), FileRefusal> {
        let last: Value =
            serde_json::from_slice(&self.line).map_err(|_| stopped("a line cut off"))?;
        if let Some(refusal) = read_refusal(&last) {
            return Err(refusal);
        }
        match last.get("rows").and_then(Value::as_u64) {
            Some(rows) if rows == self.seen => Ok(()),
            _ => Err(stopped("rows are missing")),
        }
    }
}

fn stopped(cause: &str) -> FileRefusal {
    FileRefusal::new(RefusalKind::WorkbookTooHeavy, cause)
}

impl Reader for Child {
    fn next(&mut self, row: &mut RowBuf) -> Result<bool, FileRefusal> {
        if self.ended {
            return Ok(false);
        }
        self.fetch()?;
        if self.line.first() != Some(&b'[') {
            self.settle()?;
            self.ended = true;
            return Ok(false);
        }
        let mut cells: Vec<Value> =
            serde_json::from_slice(&self.line).map_err(|_| stopped("a row cut off"))?;
        self.seen += 1;
        row.number = cells.first().and_then(Value::as_u64).unwrap_or(0);
        for cell in cells.drain(..).skip(1) {
            match &cell {
                Value::String(text) => row.push(text),
                other => {
                    let text = other.get("t").and_then(Value::as_str).unwrap_or("");
                    let state = match other.get("s").and_then(Value::as_str) {
                        Some("rounded") => CellState::Rounded,
                        _ => CellState::WorkbookError,
                    };
                    row.push_with(text, state);
                }
            }
        }
        Ok(true)
    }
}

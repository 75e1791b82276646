//! Chooses the sheet and writes its rows.

use super::cell;
use super::child::Writer;
use crate::refusal::{FileRefusal, RefusalKind};
use calamine::{Data, DataRef, Ods, Range, Reader, SheetType, SheetVisible, Xls, Xlsx};
use std::io::{Cursor, Write};

/// Rows looked at to tell whether a sheet holds a table.
const AHEAD: usize = 50;

/// Writes the rows of the told sheet, else of the first visible one that holds a table.
pub(super) fn write(
    bytes: &[u8],
    sheet: Option<&str>,
    out: &mut dyn Write,
) -> Result<u64, FileRefusal> {
    let input = Cursor::new(bytes);
    if !bytes.starts_with(b"PK") {
        let book: Xls<_> = Reader::new(input).map_err(|error| bad(&error))?;
        return whole(book, sheet, out);
    }
    match Xlsx::new(input.clone()) {
        Ok(book) => streamed(book, sheet, out),
        Err(error) => match Ods::new(input) {
            Ok(book) => whole(book, sheet, out),
            Err(_) => Err(bad(&error)),
        },
    }
}

fn bad(error: &dyn std::fmt::Debug) -> FileRefusal {
    // The debug form names the kind of error first; what follows may quote the file.
    let text = format!("{error:?}");
    let kind: String = text
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    FileRefusal::new(RefusalKind::BadWorkbook, kind)
}

/// Names of the sheets that may be read, in order.
fn candidates<'b, R: Reader<Cursor<&'b [u8]>>>(
    book: &R,
    told: Option<&str>,
) -> Result<Vec<String>, FileRefusal> {
    let sheets = book.sheets_metadata();
    let named = |name: &str| sheets.iter().find(|sheet| sheet.name.trim() == name.trim());
    if let Some(told) = told {
        return match named(told) {
            Some(sheet) => Ok(vec![sheet.name.clone()]),
            None => {
                let found = sheets
                    .iter()
                    .map(|sheet| sheet.name.clone())
                    .take(50)
                    .collect();
                let kind = RefusalKind::NoSheet {
                    asked: told.to_owned(),
                    found,
                };
                Err(FileRefusal::new(kind, "no sheet of that name"))
            }
        };
    }
    let readable = sheets.iter().filter(|sheet| {
        sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
    });
    Ok(readable.map(|sheet| sheet.name.clone()).collect())
}

/// A workbook whose sheets are read cell by cell.
fn streamed(
    mut book: Xlsx<Cursor<&[u8]>>,
    told: Option<&str>,
    out: &mut dyn Write,
) -> Result<u64, FileRefusal> {
    let names = candidates(&book, told)?;
    let mut chosen = names.first().cloned();
    for name in &names {
        if names.len() > 1 && holds_table(&mut book, name)? {
            chosen = Some(name.clone());
            break;
        }
    }
    let Some(name) = chosen else {
        return Err(FileRefusal::new(
            RefusalKind::BadWorkbook,
            "no visible sheet",
        ));
    };
    let mut cells = book
        .worksheet_cells_reader(&name)
        .map_err(|error| bad(&error))?;
    let mut writer = Writer::begin(&name, out)?;
    while let Some(cell) = cells.next_cell().map_err(|error| bad(&error))? {
        let (row, column) = cell.get_position();
        writer.cell(row, column, cell.get_value())?;
    }
    writer.end()
}

/// Whether one of the first rows has two cells of text.
fn holds_table(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<bool, FileRefusal> {
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|error| bad(&error))?;
    let (mut row, mut texts, mut rows) = (u32::MAX, 0, 0);
    while let Some(cell) = cells.next_cell().map_err(|error| bad(&error))? {
        if cell.get_position().0 != row {
            (row, texts, rows) = (cell.get_position().0, 0, rows + 1);
        }
        texts += usize::from(is_text(cell.get_value()));
        if texts >= 2 {
            return Ok(true);
        }
        if rows > AHEAD {
            break;
        }
    }
    Ok(false)
}

fn is_text(cell: &DataRef<'_>) -> bool {
    match cell {
        DataRef::String(text) => !text.trim().is_empty(),
        DataRef::SharedString(text) => !text.trim().is_empty(),
        _ => false,
    }
}

/// A workbook whose sheets the parser holds whole.
fn whole<'b, R>(mut book: R, told: Option<&str>, out: &mut dyn Write) -> Result<u64, FileRefusal>
where
    R: Reader<Cursor<&'b [u8]>>,
{
    let names = candidates(&book, told)?;
    let mut chosen: Option<(String, Range<Data>)> = None;
    for name in &names {
        let range = book.worksheet_range(name).map_err(|error| bad(&error))?;
        let table = range.rows().take(AHEAD).any(|row| {
            row.iter()
                .filter(|cell| is_text(&cell::borrowed(cell)))
                .count()
                >= 2
        });
        if table || chosen.is_none() {
            chosen = Some((name.clone(), range));
        }
        if table {
            break;
        }
    }
    let Some((name, range)) = chosen else {
        return Err(FileRefusal::new(
            RefusalKind::BadWorkbook,
            "no visible sheet",
        ));
    };
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut writer = Writer::begin(&name, out)?;
    for (row, column, value) in range.used_cells() {
        let place = |first: u32, offset: usize| {
            first.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX))
        };
        writer.cell(
            place(first_row, row),
            place(first_column, column),
            &cell::borrowed(value),
        )?;
    }
    writer.end()
}

//! A table of the desk as a file: a line of heads, then rows of texts. A cell that a spreadsheet would run as
//! a formula leaves with an apostrophe in front, as in [`crate::rejects`].

use crate::rejects::guard;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Writes the table as CSV: UTF-8 with a byte order mark, which spreadsheets need to show Chinese.
///
/// # Errors
/// Never for a buffer in memory, but the writer's type says so.
pub fn csv(heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    let heads = std::iter::once(heads);
    for row in heads.chain(rows.iter().map(Vec::as_slice)) {
        writer.write_record(row.iter().map(|cell| guard(cell)))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

/// Writes the table as a workbook whose cells are texts.
///
/// # Errors
/// More rows or longer text than a sheet holds.
pub fn xlsx(heads: &[String], rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let (text, head) = (
        Format::new().set_num_format("@"),
        Format::new().set_bold().set_num_format("@"),
    );
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    let lines = std::iter::once(heads).chain(rows.iter().map(Vec::as_slice));
    for (nth, line) in (0..).zip(lines) {
        let format = if nth == 0 { &head } else { &text };
        for (at, cell) in (0..).zip(line) {
            sheet.write_with_format(nth, at, guard(cell), format)?;
            if nth == 0 {
                sheet.set_column_width(at, 18)?;
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_leave_as_texts_and_rows_as_they_are() -> Result<(), Box<dyn std::error::Error>> {
        let heads = ["单位".to_owned(), "=A1".to_owned()];
        let rows = [vec!["=HYPERLINK(\"x\")".to_owned(), "a,b".to_owned()]];
        let text = String::from_utf8(csv(&heads, &rows)?)?;
        assert_eq!(
            text,
            "\u{feff}单位,'=A1\n\"'=HYPERLINK(\"\"x\"\")\",\"a,b\"\n"
        );
        assert!(xlsx(&heads, &rows)?.starts_with(b"PK"));
        Ok(())
    }
}

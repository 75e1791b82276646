//! The workbook that an agency fills in: one column an item, drop-downs for code sets, and a second
//! sheet that explains each column in the reader's language. Made from the theme alone, so that it
//! can never disagree with the check.

mod explain;

use credit::catalog::{Item, ItemKind, Required, Role, Theme};
use credit::lang::Lang;
use rust_xlsxwriter::{DataValidation, Format, Workbook, Worksheet, XlsxError};

/// Rows for which drop-downs and formats are prepared; more can be pasted and are checked anyway.
const ROWS: u32 = 20_000;

/// Makes the template of a theme. Column headers are Chinese, the language of the files; the
/// explanations are in `lang`. Columns for persons' numbers are left out: they are never stored.
///
/// # Errors
/// A theme with more text than a sheet can hold.
pub fn xlsx(theme: &Theme, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let items: Vec<&Item> = theme
        .items
        .iter()
        .filter(|item| item.role != Role::PersonIdentifier)
        .collect();
    let mut book = Workbook::new();
    let sets = explain::sheet_name(lang, 2);
    let lists = lists(&items);
    data_sheet(book.add_worksheet(), &items, &lists, sets)?;
    explain::explanations(book.add_worksheet(), theme, &items, lang)?;
    code_sheet(book.add_worksheet(), &lists, sets, lang)?;
    book.save_to_buffer()
}

/// A drop-down: the item's place among the columns and its values.
struct List<'t> {
    column: usize,
    title: &'t credit::lang::Text,
    values: Vec<&'t str>,
    many: bool,
}

fn lists<'t>(items: &[&'t Item]) -> Vec<List<'t>> {
    let list = |(column, item): (usize, &&'t Item)| match &item.kind {
        ItemKind::Code { set, many } => Some(List {
            column,
            title: &item.title,
            values: set
                .values
                .iter()
                .map(|value| value.value.as_str())
                .collect(),
            many: *many,
        }),
        _ => None,
    };
    items.iter().enumerate().filter_map(list).collect()
}

fn data_sheet(
    sheet: &mut Worksheet,
    items: &[&Item],
    lists: &[List<'_>],
    sets: &str,
) -> Result<(), XlsxError> {
    sheet.set_name("数据")?;
    sheet.set_freeze_panes(1, 0)?;
    let head = Format::new().set_bold().set_text_wrap();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    // Text format keeps codes of many digits as they are typed.
    let text = Format::new().set_num_format("@");
    for (at, item) in items.iter().enumerate() {
        let at = column(at);
        sheet.write_with_format(0, at, header(item), &head)?;
        sheet.set_column_width(at, 20)?;
        match item.kind {
            ItemKind::Date => sheet.set_column_format(at, &date)?,
            ItemKind::Integer | ItemKind::Decimal { .. } => sheet,
            _ => sheet.set_column_format(at, &text)?,
        };
    }
    for (nth, list) in lists.iter().enumerate() {
        // A list offers one value a cell; where several are taken it would forbid the second.
        if list.many || list.values.is_empty() {
            continue;
        }
        let letter = letters(nth);
        let last = list.values.len() + 1;
        let formula = format!("='{sets}'!${letter}$2:${letter}${last}");
        let choice = DataValidation::new().allow_list_formula(formula.as_str().into());
        let at = column(list.column);
        sheet.add_data_validation(1, at, ROWS, at, &choice)?;
    }
    Ok(())
}

/// The title with its mark in words: colour alone tells nothing to those who do not see it.
fn header(item: &Item) -> String {
    let title = &item.title.zh;
    match item.required {
        Required::Yes => format!("{title}（必填）"),
        Required::When(_) => format!("{title}（条件必填）"),
        Required::No => title.clone(),
    }
}

fn code_sheet(
    sheet: &mut Worksheet,
    lists: &[List<'_>],
    name: &str,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let head = Format::new().set_bold();
    for (nth, list) in lists.iter().enumerate() {
        sheet.write_with_format(0, column(nth), list.title.get(lang), &head)?;
        for (row, value) in list.values.iter().enumerate() {
            let row = u32::try_from(row + 1).unwrap_or(u32::MAX);
            sheet.write(row, column(nth), *value)?;
        }
    }
    Ok(())
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

/// The letters of a column: A … Z, AA ….
fn letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(at % 26).unwrap_or(0)));
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn columns_have_letters() {
        for (at, wanted) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (701, "ZZ"),
            (702, "AAA"),
        ] {
            assert_eq!(letters(at), wanted);
        }
    }
}

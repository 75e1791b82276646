//! Rejected rows as a file that is mended and sent again alone: the file's own columns, and beside
//! them what is wrong and how to mend it.
//!
//! Our columns stand in 〔 〕, so that the intake knows and ignores them when the file comes back. A
//! cell that a spreadsheet would run as a formula gets an apostrophe in front; exactly that one is
//! taken off again from files with our columns, so that mending changes nothing else.

mod reference;

use credit::catalog::Theme;
use credit::fault::Fault;
use credit::lang::Lang;
use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};

pub use reference::Reference;

/// One reason of a rejected row, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule's code.
    pub rule: String,
    /// The column in the file, from 0.
    pub column: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

impl Reason {
    /// A fault in the reader's language.
    #[must_use]
    pub fn of(fault: &Fault, lang: Lang, theme: &Theme) -> Reason {
        Reason {
            rule: fault.rule.clone().into_owned(),
            column: fault.column,
            message: fault.message(lang, theme),
            mend: fault.mend(lang, theme),
        }
    }
}

/// One rejected row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file in which it came.
    pub row: u64,
    /// Its cells; `None` where nothing of the row was kept.
    pub cells: Option<Vec<String>>,
    /// Why it was rejected.
    pub reasons: Vec<Reason>,
    /// Which rejected row it is, for the row that mends it.
    pub reference: Option<Reference>,
}

/// Whether a header is one of our own columns.
#[must_use]
pub fn is_ours(header: &str) -> bool {
    let header = header.trim();
    header.starts_with('〔') && header.ends_with('〕')
}

/// Whether a spreadsheet would take a cell for a formula, or our guard for its own.
fn is_risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\''])
}

/// A cell that no spreadsheet runs.
pub(crate) fn guard(text: &str) -> String {
    if is_risky(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Takes off the guard, and nothing else.
#[must_use]
pub fn unguard(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| is_risky(rest))
        .unwrap_or(text)
}

fn titles(lang: Lang) -> [&'static str; 5] {
    let [row, rule, wrong, mend] = match lang {
        Lang::Zh => ["〔原行号〕", "〔规则〕", "〔问题〕", "〔更正办法〕"],
        Lang::En => [
            "〔row〕",
            "〔rule〕",
            "〔what is wrong〕",
            "〔how to mend it〕",
        ],
        Lang::Ru => [
            "〔строка〕",
            "〔правило〕",
            "〔в чём ошибка〕",
            "〔как исправить〕",
        ],
    };
    [row, rule, wrong, mend, Reference::title(lang)]
}

/// Our five cells for a row.
fn notes(line: &Line) -> [String; 5] {
    let join = |of: &dyn Fn(&Reason) -> String| -> String {
        let mut parts: Vec<String> = line.reasons.iter().map(of).collect();
        parts.dedup();
        parts.join("; ")
    };
    [
        line.row.to_string(),
        join(&|reason| reason.rule.clone()),
        join(&|reason| reason.message.clone()),
        join(&|reason| reason.mend.clone()),
        line.reference
            .map(|one| one.to_string())
            .unwrap_or_default(),
    ]
}

/// Columns of the file to keep: unknown ones were dropped with their cells.
fn own_headers(headers: &[String]) -> Vec<(usize, &str)> {
    headers
        .iter()
        .enumerate()
        .filter(|(_, header)| !is_ours(header))
        .map(|(at, header)| (at, header.as_str()))
        .collect()
}

/// Writes the file as CSV: UTF-8 with a byte order mark, which spreadsheets need to show Chinese.
///
/// # Errors
/// Never for a buffer in memory, but the writer's type says so.
pub fn csv<'a>(
    headers: &[String],
    lang: Lang,
    lines: impl Iterator<Item = &'a Line>,
) -> Result<Vec<u8>, csv::Error> {
    let own = own_headers(headers);
    let mut writer = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    let titles = titles(lang);
    writer.write_record(
        own.iter()
            .map(|(_, header)| guard(header))
            .chain(titles.map(str::to_owned)),
    )?;
    for line in lines {
        let cell = |at: usize| {
            let cells = line.cells.as_deref().unwrap_or_default();
            guard(cells.get(at).map_or("", String::as_str))
        };
        let cells = own.iter().map(|&(at, _)| cell(at));
        writer.write_record(cells.chain(notes(line).map(|note| guard(&note))))?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}

/// Writes the file as a workbook, the cells at fault coloured beside the words.
///
/// # Errors
/// More rows or longer text than a sheet holds.
pub fn xlsx<'a>(
    headers: &[String],
    lang: Lang,
    lines: impl Iterator<Item = &'a Line>,
) -> Result<Vec<u8>, XlsxError> {
    let own = own_headers(headers);
    let text = Format::new().set_num_format("@");
    let wrong = Format::new()
        .set_num_format("@")
        .set_background_color(Color::RGB(0x00FF_E699));
    let head = Format::new().set_bold();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_freeze_panes(1, 0)?;
    let all = own.iter().map(|(_, header)| *header).chain(titles(lang));
    for (at, title) in all.enumerate() {
        sheet.write_with_format(0, place(at), guard(title), &head)?;
        sheet.set_column_width(place(at), 18)?;
    }
    for (nth, line) in lines.enumerate() {
        let row = u32::try_from(nth + 1).unwrap_or(u32::MAX);
        let cells = line.cells.as_deref().unwrap_or_default();
        for (to, &(at, _)) in own.iter().enumerate() {
            let is_wrong = line.reasons.iter().any(|reason| reason.column == Some(at));
            let cell = guard(cells.get(at).map_or("", String::as_str));
            sheet.write_with_format(row, place(to), cell, if is_wrong { &wrong } else { &text })?;
        }
        for (nth, note) in notes(line).into_iter().enumerate() {
            sheet.write_with_format(row, place(own.len() + nth), guard(&note), &text)?;
        }
    }
    book.save_to_buffer()
}

fn place(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(cell: &str) -> Line {
        Line {
            row: 7,
            cells: Some(vec![cell.to_owned(), "b".into()]),
            reasons: vec![Reason {
                rule: "I14".into(),
                column: Some(0),
                message: "不是日期".into(),
                mend: "写成日期".into(),
            }],
            reference: None,
        }
    }

    proptest! {
        #[test]
        fn the_guard_comes_off_exactly(text in r"['=+\-@ a\t]{0,6}") {
            let guarded = guard(&text);
            prop_assert_eq!(unguard(&guarded), text.as_str());
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t']));
        }
    }

    #[test]
    fn a_formula_leaves_as_text() -> Result<(), Box<dyn std::error::Error>> {
        let headers = ["日期".to_owned(), "〔规则〕".to_owned()];
        let file = csv(&headers, Lang::Zh, [line("=1+1")].iter())?;
        let text = String::from_utf8(file)?;
        assert!(text.starts_with('\u{feff}'));
        assert!(text.contains("'=1+1,7,I14,不是日期,写成日期,"), "{text}");
        assert_eq!(text.matches("〔规则〕").count(), 1);
        Ok(())
    }
}

//! Everything on file about a subject, for its own use: an entry at a time, so that a long file is
//! written as it is read. Nothing is left out for length, unlike a report.

use crate::report::item::item;
use crate::report::{cover, json};
use credit::catalog::Catalog;
use credit::lang::Lang;
use policy::{Dossier, Entry};

/// The name of the JSON shape. A change that breaks readers takes the next number.
pub const SHAPE: &str = "gongxin.export/1";

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One JSON document: who, when, and an array of entries as in a report.
    Json,
    /// A row for each value: entry, theme, source, dates, state, item, value.
    Csv,
}

/// What stands before the first entry.
#[must_use]
pub fn head(dossier: &Dossier, form: Form, lang: Lang) -> String {
    match form {
        Form::Json => {
            let at = dossier.at();
            let subject = json::who(&cover::who(dossier.subject(), lang));
            let (subject, today) = (credit::canon::value(&subject), at.today);
            let lang = lang.tag();
            format!(
                "{{\"shape\":\"{SHAPE}\",\"lang\":\"{lang}\",\"today\":\"{today}\",\
                 \"subject\":{subject},\"entries\":["
            )
        }
        // A mark at the beginning tells spreadsheets that the text is UTF-8.
        Form::Csv => {
            "\u{feff}record,version,theme,title,source,stated_on,known_on,state,publication,\
                      item,label,value\r\n"
                .to_owned()
        }
    }
}

/// One entry; `first` is the one after the head.
#[must_use]
pub fn entry(catalog: &Catalog, entry: &Entry, form: Form, lang: Lang, first: bool) -> String {
    let item = item(catalog, entry, lang);
    match form {
        Form::Json => {
            let comma = if first { "" } else { "," };
            format!("{comma}\n{}", credit::canon::value(&json::item(&item)))
        }
        Form::Csv => {
            let known = crate::show::date(date(entry));
            let stated = crate::show::date(item.stated_on);
            let (record, version) = (item.record.to_string(), item.seq.to_string());
            let mut rows = String::new();
            // What is contested says so in every row of it (rights 10).
            let marks = item.marks.iter().map(|mark| mark.text.as_str());
            let state: Vec<&str> = [item.state.text.as_str()]
                .into_iter()
                .chain(marks)
                .collect();
            let state = state.join(" · ");
            for value in &item.values {
                let cells = [
                    &record,
                    &version,
                    &item.theme,
                    &item.title,
                    &item.source,
                    &stated,
                    &known,
                    &state,
                    &item.publication.text,
                    &value.code,
                    &value.label,
                    value.value.as_ref().unwrap_or(&value.shown),
                ];
                rows.push_str(&cells.map(|cell| quoted(cell)).join(","));
                rows.push_str("\r\n");
            }
            rows
        }
    }
}

/// What stands after the last entry.
#[must_use]
pub fn tail(form: Form) -> &'static str {
    match form {
        Form::Json => "\n]}\n",
        Form::Csv => "",
    }
}

/// The day on which the platform came to know an entry, in Asia/Shanghai.
fn date(entry: &Entry) -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(8));
    let at = jiff::Timestamp::from_microsecond(entry.known_at.0).unwrap_or_default();
    at.to_zoned(zone).date()
}

/// A cell of CSV (RFC 4180). One that a spreadsheet would run as a formula gets an apostrophe before
/// it, as in the file of rejects.
fn quoted(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']);
    let guarded = if risky {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_cell_is_run_and_none_breaks_its_row() {
        for (cell, written) in [
            ("有限公司", "有限公司"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+1", "'+1"),
            ("-5", "'-5"),
            ("@SUM", "'@SUM"),
            ("\tx", "'\tx"),
            ("'x", "''x"),
            ("a,b", "\"a,b\""),
            ("a\r\nb", "\"a\r\nb\""),
            ("", ""),
        ] {
            assert_eq!(quoted(cell), written);
        }
    }
}

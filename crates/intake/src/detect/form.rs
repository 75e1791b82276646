//! The form of a file by its first bytes.

use crate::refusal::{FileRefusal, RefusalKind};

/// Forms that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Delimited text with any delimiter.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
    /// BIFF workbook.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
    /// One JSON document.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// XML with a repeated record element.
    Xml,
}

impl Format {
    /// Every form.
    pub const ALL: [Format; 7] = [
        Format::Csv,
        Format::Xlsx,
        Format::Xls,
        Format::Ods,
        Format::Json,
        Format::Ndjson,
        Format::Xml,
    ];

    /// Its code in receipts and options.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Xls => "xls",
            Format::Ods => "ods",
            Format::Json => "json",
            Format::Ndjson => "ndjson",
            Format::Xml => "xml",
        }
    }

    /// Reads a code; `tsv` and `txt` are delimited text, `jsonl` is NDJSON.
    #[must_use]
    pub fn parse(code: &str) -> Option<Format> {
        match code.to_ascii_lowercase().as_str() {
            "tsv" | "txt" => Some(Format::Csv),
            "jsonl" => Some(Format::Ndjson),
            code => Format::ALL.into_iter().find(|format| format.code() == code),
        }
    }

    /// Whether it must be read whole, in a process of its own.
    #[must_use]
    pub fn is_workbook(self) -> bool {
        matches!(self, Format::Xlsx | Format::Xls | Format::Ods)
    }
}

/// First bytes of forms that are no table, and what to call them.
const NO_TABLES: [(&[u8], &str); 10] = [
    (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\0", "SQLite"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"{\\rtf", "RTF"),
    (b"\x7FELF", "ELF"),
    (b"OTTO", "OpenType"),
];

/// First bytes of archives.
const ARCHIVES: [&[u8]; 5] = [
    b"7z\xBC\xAF\x27\x1C",
    b"Rar!\x1A\x07",
    b"BZh",
    b"\xFD7zXZ\0",
    b"\x28\xB5\x2F\xFD",
];

/// Whether the bytes begin a gzip stream.
#[must_use]
pub fn is_gzip(sample: &[u8]) -> bool {
    sample.starts_with(&[0x1F, 0x8B, 0x08])
}

/// Form of the unpacked bytes; `text` decodes the sample when it comes to that.
pub fn form(
    sample: &[u8],
    name: &str,
    text: impl FnOnce() -> Result<String, FileRefusal>,
) -> Result<Format, FileRefusal> {
    if let Some((_, what)) = NO_TABLES
        .iter()
        .find(|(magic, _)| sample.starts_with(magic))
    {
        return Err(FileRefusal::new(
            RefusalKind::NotATable(what),
            "known first bytes",
        ));
    }
    if ARCHIVES.iter().any(|magic| sample.starts_with(magic)) {
        return Err(FileRefusal::new(RefusalKind::Archive, "known first bytes"));
    }
    if sample.starts_with(b"PK\x03\x04") || sample.starts_with(b"PK\x05\x06") {
        return container(sample, name);
    }
    if sample.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Ok(Format::Xls);
    }
    text_form(&text()?, name)
}

/// A zip container: a workbook of one of two kinds, or an archive.
fn container(sample: &[u8], name: &str) -> Result<Format, FileRefusal> {
    let holds = |needle: &[u8]| sample.windows(needle.len()).any(|bytes| bytes == needle);
    if holds(b"opendocument.spreadsheet") {
        return Ok(Format::Ods);
    }
    if holds(b"opendocument.text") || holds(b"word/document.xml") {
        return Err(FileRefusal::new(
            RefusalKind::NotATable("Word"),
            "container of a document",
        ));
    }
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        return Ok(Format::Xlsx);
    }
    match name.to_ascii_lowercase().rsplit('.').next() {
        Some("xlsx" | "xlsm") => Ok(Format::Xlsx),
        Some("ods") => Ok(Format::Ods),
        _ => Err(FileRefusal::new(
            RefusalKind::Archive,
            "zip without a workbook inside",
        )),
    }
}

/// Form of a text.
fn text_form(text: &str, name: &str) -> Result<Format, FileRefusal> {
    let start = text
        .trim_start_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
    if start.is_empty() {
        return Err(FileRefusal::new(RefusalKind::Empty, "white space only"));
    }
    refuse_binary(text)?;
    if let Some(markup) = start.strip_prefix('<') {
        if is_html(markup) {
            return Err(FileRefusal::new(
                RefusalKind::NotATable("HTML"),
                "markup of a web page",
            ));
        }
        if markup.starts_with(|character: char| {
            character.is_alphabetic() || matches!(character, '?' | '!' | '_')
        }) {
            return Ok(Format::Xml);
        }
    }
    Ok(json_form(start, name).unwrap_or(Format::Csv))
}

/// JSON, one object a line, or neither.
fn json_form(start: &str, name: &str) -> Option<Format> {
    let mut rest = start.chars();
    let opening = rest.next()?;
    let inside = rest.find(|character| !character.is_whitespace());
    let plausible = match opening {
        '{' => matches!(inside, Some('"' | '}') | None),
        '[' => matches!(
            inside,
            Some('{' | '[' | ']' | '"' | '-' | '0'..='9' | 't' | 'f' | 'n') | None
        ),
        _ => false,
    };
    if !plausible {
        return None;
    }
    // A bracket opens JSON only; a line such as `[1],2` of a delimited file is not complete JSON,
    // but only a delimited file would be named so.
    if opening == '[' && name.to_ascii_lowercase().ends_with(".csv") && inside != Some('{') {
        return None;
    }
    let mut lines = start.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or("");
    let second = lines.next().map(str::trim_start);
    let complete = opening == '{' && serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok();
    let named = matches!(
        name.to_ascii_lowercase().rsplit('.').next(),
        Some("ndjson" | "jsonl")
    );
    if complete && (named || second.is_some_and(|line| line.starts_with('{'))) {
        return Some(Format::Ndjson);
    }
    Some(if named && opening == '{' {
        Format::Ndjson
    } else {
        Format::Json
    })
}

fn is_html(markup: &str) -> bool {
    let head: String = markup
        .chars()
        .take(64)
        .collect::<String>()
        .to_ascii_lowercase();
    ["!doctype html", "html", "head", "body", "table", "meta"]
        .iter()
        .any(|tag| {
            head.strip_prefix(tag)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        })
}

/// Bytes that decode but are no text: more than one character in a hundred is a control character
/// that no text file uses.
fn refuse_binary(text: &str) -> Result<(), FileRefusal> {
    let (mut all, mut control) = (0_usize, 0_usize);
    for character in text.chars() {
        all += 1;
        let used = matches!(
            character,
            '\t' | '\n' | '\r' | '\u{c}' | '\u{1}' | '\u{1a}' | '\u{1f}'
        );
        if (character.is_control() && !used) || character == char::REPLACEMENT_CHARACTER {
            control += 1;
        }
    }
    if control * 5 > all {
        let cause = format!("{control} of {all} characters are control characters");
        return Err(FileRefusal::new(RefusalKind::NotText, cause));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8], name: &str) -> Result<Format, &'static str> {
        form(bytes, name, || {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        })
        .map_err(|refusal| refusal.code())
    }

    #[test]
    fn content_wins_over_the_name() {
        let rows: [(&[u8], &str, Result<Format, &str>); 14] = [
            (b"a,b\n1,2\n", "x.json", Ok(Format::Csv)),
            (b"[{\"a\":1}]", "x.csv", Ok(Format::Json)),
            (b" \n{\"a\":[{}]}", "x", Ok(Format::Json)),
            (b"{\"a\":1}\n{\"a\":2}\n", "x.csv", Ok(Format::Ndjson)),
            (b"{\"a\":1}", "x.ndjson", Ok(Format::Ndjson)),
            (b"{\"a\":1}", "x", Ok(Format::Json)),
            (b"<?xml version=\"1.0\"?><r/>", "x.csv", Ok(Format::Xml)),
            (b"<!DOCTYPE html><html>", "x.xls", Err("file.not_a_table")),
            (b"<table><tr>", "x.xls", Err("file.not_a_table")),
            (b"%PDF-1.4", "x.csv", Err("file.not_a_table")),
            (b"PK\x03\x04 a.csv", "x.zip", Err("file.archive")),
            (b"{id},name\n", "x.csv", Ok(Format::Csv)),
            (b"  \n ", "x.csv", Err("file.empty")),
            (b"\x00\x02\x03\x04\x05\x06", "x.csv", Err("file.not_text")),
        ];
        for (bytes, name, expected) in rows {
            assert_eq!(
                of(bytes, name),
                expected,
                "{name}: {}",
                String::from_utf8_lossy(bytes)
            );
        }
    }
}

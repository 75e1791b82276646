//! The forms in which agencies send: delimited text, JSON, NDJSON, XML, a workbook; UTF-8 or GB18030.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// How a sheet is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Comma and UTF-8.
    Csv,
    /// Comma and UTF-8 behind a byte order mark, as spreadsheets write it.
    CsvMark,
    /// Comma and GB18030.
    CsvGb,
    /// Semicolon and UTF-8.
    Semicolon,
    /// Tab and UTF-8.
    Tab,
    /// An object with one array inside.
    Json,
    /// An object a line.
    Ndjson,
    /// An element a row.
    Xml,
    /// A workbook of one sheet.
    Xlsx,
}

/// A table with its header.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Headers, by title, code or alias.
    pub header: Vec<&'static str>,
    /// Rows, each as long as the header unless it is broken on purpose.
    pub rows: Vec<Vec<String>>,
}

/// The bytes of a sheet.
///
/// # Errors
/// When `iconv`, which knows GB18030, is not there.
pub fn bytes(sheet: &Sheet, form: Form) -> io::Result<Vec<u8>> {
    Ok(match form {
        Form::Csv => delimited(sheet, ',').into_bytes(),
        Form::CsvMark => format!("\u{feff}{}", delimited(sheet, ',')).into_bytes(),
        Form::CsvGb => gb18030(&delimited(sheet, ','))?,
        Form::Semicolon => delimited(sheet, ';').into_bytes(),
        Form::Tab => delimited(sheet, '\t').into_bytes(),
        Form::Json => {
            format!("{{\"records\": [\n{}\n]}}\n", objects(sheet).join(",\n")).into_bytes()
        }
        Form::Ndjson => objects(sheet).join("\n").into_bytes(),
        Form::Xml => xml(sheet).into_bytes(),
        Form::Xlsx => super::workbook::bytes(sheet),
    })
}

fn delimited(sheet: &Sheet, mark: char) -> String {
    let mut text = String::new();
    let header = sheet.header.iter().map(|cell| (*cell).to_owned()).collect();
    for row in std::iter::once(&header).chain(&sheet.rows) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell, mark)).collect();
        text.push_str(&cells.join(&mark.to_string()));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str, mark: char) -> String {
    if cell.contains([mark, '"', '\n']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

fn objects(sheet: &Sheet) -> Vec<String> {
    let object = |row: &Vec<String>| {
        let pairs = sheet
            .header
            .iter()
            .zip(row)
            .filter(|(_, cell)| !cell.is_empty());
        let pairs: Vec<String> = pairs
            .map(|(name, cell)| format!("{}: {}", json(name), json(cell)))
            .collect();
        format!("{{{}}}", pairs.join(", "))
    };
    sheet.rows.iter().map(object).collect()
}

fn json(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn xml(sheet: &Sheet) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n");
    for row in &sheet.rows {
        text.push_str("  <record>");
        for (name, cell) in sheet.header.iter().zip(row) {
            let cell = cell
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            text.push_str(&format!("<{name}>{cell}</{name}>"));
        }
        text.push_str("</record>\n");
    }
    text.push_str("</records>\n");
    text
}

/// The standard library knows no GB18030; the C library's own tool, present on every Debian, does.
fn gb18030(text: &str) -> io::Result<Vec<u8>> {
    let mut tool = Command::new("iconv")
        .args(["-f", "UTF-8", "-t", "GB18030"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    let input = tool.stdin.take();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || {
        input.map_or(Ok(()), |mut input| input.write_all(text.as_bytes()))
    });
    let output = tool.wait_with_output()?;
    writer
        .join()
        .map_err(|_| io::Error::other("iconv was not fed"))??;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(io::Error::other("iconv refused the text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            header: vec!["名称", "b"],
            rows: vec![vec!["a,\"b".into(), "<&".into()]],
        }
    }

    #[test]
    fn cells_are_quoted_where_the_form_needs_it() -> io::Result<()> {
        let text =
            |form| bytes(&sheet(), form).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        assert_eq!(text(Form::Csv)?, "名称,b\r\n\"a,\"\"b\",<&\r\n");
        assert_eq!(text(Form::Tab)?, "名称\tb\r\n\"a,\"\"b\"\t<&\r\n");
        assert_eq!(text(Form::Ndjson)?, r#"{"名称": "a,\"b", "b": "<&"}"#);
        assert!(text(Form::Json)?.starts_with("{\"records\": [\n{"));
        assert!(text(Form::Xml)?.contains("<b>&lt;&amp;</b>"));
        assert!(bytes(&sheet(), Form::CsvMark)?.starts_with(b"\xef\xbb\xbf"));
        Ok(())
    }

    #[test]
    fn gb18030_is_two_bytes_a_character() -> io::Result<()> {
        assert_eq!(
            bytes(&sheet(), Form::CsvGb)?.get(..4),
            Some(b"\xc3\xfb\xb3\xc6".as_slice())
        );
        Ok(())
    }
}

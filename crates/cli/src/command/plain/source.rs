//! One table of text, opened: its encoding, its delimiter, its header and its rows. Every command for
//! plain tables reads through here.

use crate::exit::Failure;
use crate::text::{self, Words};
use clap::Args;
use csv::StringRecord;
use encoding_rs::{Encoding, GB18030, UTF_8};
use std::borrow::Cow;
use std::io::Cursor;
use std::path::{Path, PathBuf};

/// Largest file that is read, in bytes: a table is held in memory, at about twice its size.
const LARGEST: u64 = 2 << 30;
/// Longest cell, in bytes: no name, address or note has a million; an open quotation mark has.
const LONGEST_CELL: usize = 1 << 20;
/// Signs that may part cells; of equals the first.
const SIGNS: [char; 4] = [',', '\t', ';', '|'];

const TOO_LARGE: Words = Words {
    zh: "{0} 超过 2 GiB。请拆分文件，先用一部分学习（--save-settings），再分批处理（--settings）。",
    en: "{0} is larger than 2 GiB. Split it: learn from one part (--save-settings), then resolve with --settings.",
    ru: "{0} больше 2 ГиБ. Разделите файл: обучите на части (--save-settings), затем используйте --settings.",
};
const EMPTY: Words = Words {
    zh: "{0} 没有标题行或没有数据行。请给出第一行为列名的 CSV 文件。",
    en: "{0} has no header or no rows. Give a CSV file whose first line names the columns.",
    ru: "В {0} нет заголовка или строк. Укажите файл CSV, первая строка которого называет столбцы.",
};
const LONG_CELL: Words = Words {
    zh: "{0} 第 {1} 行有一格超过 1 MiB，可能有引号没有闭合。请核对该行的引号。",
    en: "Row {1} of {0} has a cell of more than 1 MiB; a quotation mark may have been left open. Check its quotation marks.",
    ru: "В строке {1} файла {0} ячейка больше 1 МиБ: возможно, не закрыта кавычка. Проверьте кавычки.",
};
const NO_TEXT: Words = Words {
    zh: "{0} 不是文本表格（含有空字符）。请另存为 CSV 后重试。",
    en: "{0} is no table of text (it has zero bytes). Save it as CSV and try again.",
    ru: "{0} — не текстовая таблица (есть нулевые байты). Сохраните её как CSV и повторите.",
};
const ENCODING: Words = Words {
    zh: "不认识编码 {0}。可用：utf-8、gb18030、gbk、big5、shift_jis、utf-16le。",
    en: "The encoding {0} is not known. Use utf-8, gb18030, gbk, big5, shift_jis or utf-16le.",
    ru: "Кодировка {0} неизвестна. Годятся utf-8, gb18030, gbk, big5, shift_jis, utf-16le.",
};

/// How tables are to be read, where it should not be found out.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Reading {
    /// Encoding, when it should not be detected: utf-8, gb18030, gbk, big5, shift_jis, utf-16le.
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Delimiter, when it should not be detected: one character, or tab.
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<String>,
}

impl Reading {
    /// The text of a file: as asked, else by its mark, else UTF-8 where it is that throughout, else
    /// GB18030, the encoding of files from Chinese offices.
    fn decode(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let asked = match self.encoding.as_deref() {
            Some(name) => Some(
                Encoding::for_label(name.as_bytes())
                    .ok_or_else(|| Failure::request(ENCODING, &[name]))?,
            ),
            None => None,
        };
        let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
        let encoding = match asked.or(marked) {
            Some(encoding) => encoding,
            None if std::str::from_utf8(&bytes).is_ok() => UTF_8,
            None => GB18030,
        };
        let body = match Encoding::for_bom(&bytes) {
            Some((found, length)) if found == encoding => bytes.get(length..).unwrap_or(&[]),
            _ => &bytes,
        };
        Ok(match encoding.decode_without_bom_handling(body).0 {
            Cow::Borrowed(text) if text.len() == bytes.len() => bytes,
            text => text.into_owned().into_bytes(),
        })
    }

    /// The sign that parts cells: as asked, else the one that occurs most in the first line.
    fn sign(&self, body: &[u8]) -> Result<u8, Failure> {
        match self.delimiter.as_deref() {
            Some("tab" | "\\t" | "\t") => Ok(b'\t'),
            Some(sign) => match sign.as_bytes() {
                [one] => Ok(*one),
                _ => Err(Failure::usage(text::DELIMITER, &[])),
            },
            None => Ok(delimiter(body)),
        }
    }
}

/// A table, its header read.
pub(crate) struct Source {
    path: PathBuf,
    reader: csv::Reader<Cursor<Vec<u8>>>,
    row: StringRecord,
    rows: u64,
    /// Titles as written.
    pub(crate) header: Vec<String>,
}

impl Source {
    /// Opens a file. One without a header is refused.
    pub(crate) fn open(path: &Path, reading: &Reading) -> Result<Source, Failure> {
        let unreadable = |cause| Failure::io(path, text::CANNOT_READ, cause);
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        if size > LARGEST {
            return Err(Failure::request(TOO_LARGE, &[&path.display().to_string()]));
        }
        let body = reading.decode(std::fs::read(path).map_err(unreadable)?)?;
        if body.contains(&0) {
            return Err(Failure::request(NO_TEXT, &[&path.display().to_string()]));
        }
        let sign = reading.sign(&body)?;
        let reader = csv::ReaderBuilder::new()
            .delimiter(sign)
            .flexible(true)
            .has_headers(false)
            .from_reader(Cursor::new(body));
        let mut source = Source {
            path: path.to_path_buf(),
            reader,
            row: StringRecord::new(),
            rows: 0,
            header: Vec::new(),
        };
        let Some(header) = source.next()? else {
            return Err(source.empty());
        };
        source.header = header.iter().map(str::to_owned).collect();
        source.rows = 0;
        Ok(source)
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<&StringRecord>, Failure> {
        let path = || self.path.display().to_string();
        let read = self.reader.read_record(&mut self.row);
        if !read
            .map_err(|cause| Failure::request(text::TABLE_ROW, &[&path(), &cause.to_string()]))?
        {
            return Ok(None);
        }
        self.rows += 1;
        if self.row.iter().any(|cell| cell.len() > LONGEST_CELL) {
            let row = self.rows.to_string();
            return Err(Failure::request(LONG_CELL, &[&path(), &row]));
        }
        Ok(Some(&self.row))
    }

    /// That there is nothing to work on.
    pub(crate) fn empty(&self) -> Failure {
        Failure::request(EMPTY, &[&self.path.display().to_string()])
    }
}

/// The sign that occurs most in the first line, outside of quotation marks.
fn delimiter(body: &[u8]) -> u8 {
    let mut counts = [0_usize; SIGNS.len()];
    let mut quoted = false;
    for byte in body.iter().take_while(|byte| **byte != b'\n') {
        quoted ^= *byte == b'"';
        let at = SIGNS.iter().position(|sign| *sign == char::from(*byte));
        if let Some(count) = at.filter(|_| !quoted).and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let found = counts
        .iter()
        .zip(SIGNS)
        .rev()
        .max_by_key(|(count, _)| **count);
    found
        .and_then(|(_, sign)| u8::try_from(sign).ok())
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{Reading, delimiter};

    #[test]
    fn the_first_line_tells_what_parts_cells() {
        for (line, sign) in [
            ("a,b;c,d", b','),
            ("a\tb\tc,d", b'\t'),
            ("\"a,b,c\";d", b';'),
            ("a|b\nc,d,e,f", b'|'),
            ("name", b','),
            ("", b','),
        ] {
            assert_eq!(delimiter(line.as_bytes()), sign, "{line}");
        }
    }

    #[test]
    fn text_is_told_from_its_bytes_as_a_whole() {
        let decode = |bytes: &[u8]| Reading::default().decode(bytes.to_vec()).ok();
        let (utf8, expected) = (
            "名称,left".as_bytes(),
            Some("名称,left".as_bytes().to_vec()),
        );
        assert_eq!(decode(utf8), expected);
        assert_eq!(decode(&[b"\xEF\xBB\xBF", utf8].concat()), expected);
        assert_eq!(decode(b"\xC3\xFB\xB3\xC6,left"), expected);
        let wide: Vec<u8> = "\u{FEFF}名称,left"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&wide), expected);
        let asked = Reading {
            encoding: Some("gbk".to_owned()),
            delimiter: None,
        };
        // These two characters of GBK are sound UTF-8 of something else.
        assert_eq!(
            asked.decode(b"\xC1\xAA\xCD\xA8".to_vec()).ok(),
            Some("联通".into())
        );
    }
}

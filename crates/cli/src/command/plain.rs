//! Plain tables from files and back, for the commands that need no platform.

use crate::exit::Failure;
use crate::text::{self, Words};
use csv::{ByteRecord, Writer};
use resolve::link::local_title;
use resolve::table::Table;
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A file without a header or rows.
const EMPTY: Words = Words {
    zh: "{0} 没有标题行或没有数据行。请给出第一行为列名的 CSV 文件。",
    en: "{0} has no header or no rows. Give a CSV file whose first line names the columns.",
    ru: "В {0} нет заголовка или строк. Укажите файл CSV, первая строка которого называет столбцы.",
};

/// Largest file that is read, in bytes: a table is held in memory, at about twice its size.
const LARGEST: u64 = 2 << 30;

/// A file over the limit.
const TOO_LARGE: Words = Words {
    zh: "{0} 超过 2 GiB。请拆分文件，先用一部分学习（--save-settings），再分批处理（--settings）。",
    en: "{0} is larger than 2 GiB. Split it: learn from one part (--save-settings), then resolve with --settings.",
    ru: "{0} больше 2 ГиБ. Разделите файл: обучите на части (--save-settings), затем используйте --settings.",
};

/// Titles of a column of organisations' names or of questions for them.
pub(super) const NAME_TITLES: [&str; 17] = [
    "name",
    "names",
    "query",
    "queries",
    "q",
    "text",
    "company",
    "company_name",
    "org_name",
    "企业名称",
    "名称",
    "单位名称",
    "机构名称",
    "公司名称",
    "主体名称",
    "纳税人名称",
    "查询",
];

/// Rows of one or more files under common titles.
pub(super) struct Plain {
    /// Titles in order of first appearance, as first written.
    pub(super) titles: Vec<String>,
    /// Where each file's rows begin.
    pub(super) starts: Vec<usize>,
    files: Vec<(ByteText, Vec<usize>)>,
    rows: Vec<(usize, ByteRecord)>,
}

/// Whether a file's bytes are UTF-8; else they are GB18030.
#[derive(Clone, Copy)]
struct ByteText(bool);

impl ByteText {
    fn read(self, cell: &[u8]) -> Cow<'_, str> {
        match std::str::from_utf8(cell) {
            Ok(text) if self.0 => Cow::Borrowed(text),
            _ => encoding_rs::GB18030.decode_without_bom_handling(cell).0,
        }
    }
}

impl Plain {
    /// Reads files; columns of the same name (behind the last `/` or `#`, in any case) are one.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Plain, Failure> {
        let mut plain = Plain {
            titles: Vec::new(),
            starts: Vec::new(),
            files: Vec::new(),
            rows: Vec::new(),
        };
        for path in paths {
            plain.starts.push(plain.rows.len());
            plain.add(path)?;
        }
        Ok(plain)
    }

    fn add(&mut self, path: &Path) -> Result<(), Failure> {
        let unreadable = |cause| Failure::io(path, text::CANNOT_READ, cause);
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        if size > LARGEST {
            return Err(Failure::request(TOO_LARGE, &[&path.display().to_string()]));
        }
        let bytes = std::fs::read(path).map_err(unreadable)?;
        let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let encoding = ByteText(std::str::from_utf8(body).is_ok());
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(body))
            .flexible(true)
            .has_headers(true)
            .from_reader(body);
        let wrong =
            |cause: csv::Error| Failure::io(path, text::CANNOT_READ, std::io::Error::other(cause));
        let header = reader.byte_headers().map_err(wrong)?.clone();
        let places: Vec<usize> = header
            .iter()
            .map(|title| self.place(&encoding.read(title)))
            .collect();
        let file = self.files.len();
        self.files.push((encoding, places));
        let before = self.rows.len();
        for row in reader.into_byte_records() {
            self.rows.push((file, row.map_err(wrong)?));
        }
        if header.is_empty() || self.rows.len() == before {
            return Err(Failure::request(EMPTY, &[&path.display().to_string()]));
        }
        Ok(())
    }

    fn place(&mut self, title: &str) -> usize {
        let wanted = local_title(title);
        let known = self.titles.iter().position(|known| {
            !wanted.is_empty() && local_title(known) == wanted && !self.files.is_empty()
        });
        known.unwrap_or_else(|| {
            self.titles.push(title.to_owned());
            self.titles.len() - 1
        })
    }

    /// Rows.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The cells of a row in the order of the titles.
    pub(super) fn cells(&self, row: usize) -> Vec<Cow<'_, str>> {
        let mut cells = vec![Cow::Borrowed(""); self.titles.len()];
        if let Some((file, record)) = self.rows.get(row) {
            let (encoding, places) = &self.files[*file];
            for (cell, place) in record.iter().zip(places) {
                cells[*place] = encoding.read(cell);
            }
        }
        cells
    }

    /// The cells of a row under other titles: those of settings. What is not there is missing.
    pub(super) fn cells_for(&self, row: usize, places: &[Option<usize>]) -> Vec<Cow<'_, str>> {
        let mut cells = self.cells(row);
        let take =
            |place: &Option<usize>| place.and_then(|at| cells.get_mut(at)).map(std::mem::take);
        places
            .iter()
            .map(take)
            .map(Option::unwrap_or_default)
            .collect()
    }

    /// Where these titles stand here.
    pub(super) fn places(&self, titles: &[String]) -> Vec<Option<usize>> {
        let find = |title: &String| {
            let wanted = local_title(title);
            let mut known = self.titles.iter();
            let same = known.clone().position(|known| known == title);
            same.or_else(|| known.position(|known| local_title(known) == wanted))
        };
        titles.iter().map(find).collect()
    }

    /// The first `rows` rows as a table under these titles.
    pub(super) fn table(&self, titles: &[String], rows: usize) -> Table {
        let places = self.places(titles);
        let mut table = Table::new(titles.to_vec());
        for row in 0..rows.min(self.rows()) {
            if self.starts.contains(&row) {
                table.next_file();
            }
            let cells = self.cells_for(row, &places);
            table.push(cells.iter().map(AsRef::as_ref));
        }
        table
    }

    /// Writes these rows with further columns; a column of the same name in the file is kept as
    /// `NAME_before`.
    pub(super) fn write(
        &self,
        out: Option<&Path>,
        rows: std::ops::Range<usize>,
        added: &[&str],
        mut cells: impl FnMut(usize) -> Vec<String>,
    ) -> Result<(), Failure> {
        let told = |result: csv::Result<()>| {
            result.map_err(|cause| Failure::inner(text::OUTPUT_CLOSED, cause))
        };
        let mut writer = Writer::from_writer(output(out)?);
        let kept = self.titles.iter().map(|title| {
            if added.contains(&local_title(title).as_str()) {
                format!("{title}_before")
            } else {
                title.clone()
            }
        });
        told(writer.write_record(kept.chain(added.iter().map(|title| (*title).to_owned()))))?;
        for row in rows {
            let further = cells(row);
            let line = self.cells(row);
            let line = line
                .iter()
                .map(AsRef::as_ref)
                .chain(further.iter().map(String::as_str));
            told(writer.write_record(line))?;
        }
        told(writer.flush().map_err(csv::Error::from))
    }
}

/// Where an answer goes.
fn output(path: Option<&Path>) -> Result<Box<dyn Write>, Failure> {
    Ok(match path {
        Some(path) => {
            let file =
                File::create(path).map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    })
}

/// The sign that parts the cells of the first line.
fn delimiter(body: &[u8]) -> u8 {
    let first = body.split(|byte| *byte == b'\n').next().unwrap_or(b"");
    let count = |sign: &u8| first.iter().filter(|byte| *byte == sign).count();
    let signs = [b'|', b';', b'\t', b','];
    signs.into_iter().max_by_key(count).unwrap_or(b',')
}

//! Plain tables from files and back, for the commands that need no platform.

mod answer;
mod source;

pub(super) use answer::Answer;
pub(crate) use source::Reading;
pub(super) use source::Source;

use crate::exit::Failure;
use csv::StringRecord;
use resolve::link::local_title;
use resolve::table::Table;
use std::ops::Range;
use std::path::{Path, PathBuf};

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
    /// By file: where its columns stand among the titles.
    files: Vec<Vec<usize>>,
    rows: Vec<(usize, StringRecord)>,
}

impl Plain {
    /// Reads files; columns of the same name (behind the last `/` or `#`, in any case) are one. Two of
    /// one name within a file stay two.
    pub(super) fn read(paths: &[PathBuf], reading: &Reading) -> Result<Plain, Failure> {
        let mut plain = Plain {
            titles: Vec::new(),
            starts: Vec::new(),
            files: Vec::new(),
            rows: Vec::new(),
        };
        for path in paths {
            plain.starts.push(plain.rows.len());
            plain.add(Source::open(path, reading)?)?;
        }
        Ok(plain)
    }

    fn add(&mut self, mut source: Source) -> Result<(), Failure> {
        let mut places: Vec<usize> = Vec::with_capacity(source.header.len());
        for title in &source.header {
            places.push(self.place(title, &places));
        }
        let file = self.files.len();
        self.files.push(places);
        let before = self.rows.len();
        while let Some(row) = source.next()? {
            self.rows.push((file, row.clone()));
        }
        if self.rows.len() == before {
            return Err(source.empty());
        }
        Ok(())
    }

    fn place(&mut self, title: &str, taken: &[usize]) -> usize {
        let wanted = local_title(title);
        let same = |(at, known): &(usize, &String)| {
            !taken.contains(at) && !wanted.is_empty() && local_title(known) == wanted
        };
        let known = self.titles.iter().enumerate().find(same).map(|(at, _)| at);
        known.unwrap_or_else(|| {
            self.titles.push(title.to_owned());
            self.titles.len() - 1
        })
    }

    /// Rows.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The columns that a file has, in its order.
    pub(super) fn columns(&self, file: usize) -> &[usize] {
        self.files.get(file).map_or(&[], Vec::as_slice)
    }

    /// The cells of a row in the order of the titles.
    pub(super) fn cells(&self, row: usize) -> Vec<&str> {
        let mut cells = vec![""; self.titles.len()];
        if let Some((file, record)) = self.rows.get(row) {
            for (text, place) in record.iter().zip(self.columns(*file)) {
                if let Some(cell) = cells.get_mut(*place) {
                    *cell = text;
                }
            }
        }
        cells
    }

    /// One cell; empty where the row's file has no such column.
    pub(super) fn cell(&self, row: usize, column: usize) -> &str {
        let found = self.rows.get(row).and_then(|(file, record)| {
            let at = self
                .columns(*file)
                .iter()
                .position(|place| *place == column)?;
            record.get(at)
        });
        found.unwrap_or("")
    }

    /// The cells of a row under other titles: those of settings. What is not there is missing.
    pub(super) fn cells_for(&self, row: usize, places: &[Option<usize>]) -> Vec<&str> {
        let cells = self.cells(row);
        let take = |place: &Option<usize>| place.and_then(|at| cells.get(at)).copied();
        places
            .iter()
            .map(|place| take(place).unwrap_or(""))
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
            table.push(self.cells_for(row, &places));
        }
        table
    }

    /// Writes these rows' columns with further ones behind; a column of the same name in the file is
    /// kept as `NAME_before`.
    pub(super) fn write(
        &self,
        out: Option<&Path>,
        (rows, columns): (Range<usize>, &[usize]),
        added: &[String],
        mut further: impl FnMut(usize) -> Vec<String>,
    ) -> Result<(), Failure> {
        let mut answer = Answer::to(out)?;
        let kept = columns.iter().filter_map(|column| self.titles.get(*column));
        let kept = kept.map(|title| {
            if added.contains(&local_title(title)) {
                format!("{title}_before")
            } else {
                title.clone()
            }
        });
        answer.row(kept.chain(added.iter().cloned()))?;
        for row in rows {
            let (cells, more) = (self.cells(row), further(row));
            let own = columns
                .iter()
                .map(|at| cells.get(*at).copied().unwrap_or(""));
            if !answer.row(own.chain(more.iter().map(String::as_str)))? {
                break;
            }
        }
        answer.finish()
    }
}

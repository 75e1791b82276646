//! A plain table with each text kept once: columns of numbers, so that equality is one comparison.
//!
//! Texts are folded when they come in ([`fold`]): width, case, accents, traditional characters and
//! spaces do not tell two values apart. What stands for "nothing" becomes value 0.

mod fold;
mod intern;

pub use fold::fold;
pub use intern::{Dictionary, MISSING, digest};

/// Most columns of a table that are looked at; more are read and passed over.
pub const MAX_COLUMNS: usize = 256;

/// Rows of folded, numbered texts.
#[derive(Clone, Debug, Default)]
pub struct Table {
    headers: Vec<String>,
    columns: Vec<Dictionary>,
    cells: Vec<u32>,
    rows: usize,
    starts: Vec<usize>,
}

impl Table {
    /// An empty table with these columns.
    #[must_use]
    pub fn new(headers: Vec<String>) -> Table {
        let headers: Vec<String> = headers.into_iter().take(MAX_COLUMNS).collect();
        Table {
            columns: headers.iter().map(|_| Dictionary::default()).collect(),
            headers,
            ..Table::default()
        }
    }

    /// Says that the rows from here on come from another file.
    pub fn next_file(&mut self) {
        self.starts.push(self.rows);
    }

    /// Takes a row in. Cells beyond the columns are passed over, cells that lack are missing.
    pub fn push<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            let id = column.take(cells.next().unwrap_or_default());
            self.cells.push(id);
        }
        self.rows += 1;
    }

    /// Rows so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Titles of the columns, as given.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The distinct values of a column.
    #[must_use]
    pub fn column(&self, column: usize) -> &Dictionary {
        &self.columns[column]
    }

    /// The numbers of a row's values.
    #[must_use]
    pub fn row(&self, row: usize) -> &[u32] {
        let width = self.headers.len();
        &self.cells[row * width..(row + 1) * width]
    }

    /// Where each file's rows begin; `[0]` at least.
    #[must_use]
    pub fn file_starts(&self) -> Vec<usize> {
        let mut starts = self.starts.clone();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        starts.dedup();
        starts
    }
}

//! The rows of a table as numbers of canonical values, only the columns that give evidence.

use super::field::Field;
use super::kind::{Kind, Role};
use super::person::Half;
use super::schema::{Schema, Source};
use crate::table::{MISSING, Table, fold};

/// Rows ready for comparison.
#[derive(Clone, Debug, Default)]
pub struct Records {
    sources: Vec<Source>,
    pub(crate) fields: Vec<Field>,
    pub(crate) roles: Vec<Role>,
    cells: Vec<u32>,
    rows: usize,
    /// The file of each row, counted from 1; rows beyond its end belong to none.
    files: Vec<u32>,
    scratch: String,
}

impl Records {
    /// No rows yet.
    #[must_use]
    pub fn new(schema: &Schema) -> Records {
        let sources = schema.sources();
        Records {
            fields: sources
                .iter()
                .map(|source| Field::new(source.kind))
                .collect(),
            roles: sources.iter().map(|source| source.role).collect(),
            sources,
            ..Records::default()
        }
    }

    /// All rows of a table.
    #[must_use]
    pub fn of(schema: &Schema, table: &Table) -> Records {
        let mut records = Records::new(schema);
        let width = records.sources.len();
        records.rows = table.rows();
        records.files = files(table);
        records.cells = vec![MISSING; width * table.rows()];
        for (at, source) in records.sources.clone().iter().enumerate() {
            let values = table.column(source.column);
            let field = &mut records.fields[at];
            let canonical: Vec<u32> = (0..values.len() as u32)
                .map(|id| match source.half {
                    Half::All => field.take(values.text(id), values.rows_with(id)),
                    half => field.take(&half.of(values.text(id)), values.rows_with(id)),
                })
                .collect();
            for row in 0..table.rows() {
                records.cells[row * width + at] = canonical[table.row(row)[source.column] as usize];
            }
        }
        for field in &mut records.fields {
            if matches!(field.kind(), Kind::Text | Kind::Organisation) {
                field.words.count(&field.values);
            }
        }
        records
    }

    /// Takes in one row of raw cells, in the order of the input's columns. Returns its number.
    pub fn push(&mut self, cells: &[&str]) -> u32 {
        let mut scratch = std::mem::take(&mut self.scratch);
        for (field, source) in self.fields.iter_mut().zip(&self.sources) {
            let cell = cells.get(source.column).copied().unwrap_or_default();
            fold(cell, &mut scratch);
            let id = match source.half {
                Half::All => field.take(&scratch, 1),
                half => field.take(&half.of(&scratch), 1),
            };
            self.cells.push(id);
        }
        self.scratch = scratch;
        self.rows += 1;
        self.rows as u32 - 1
    }

    /// Rows so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The file that a row came in, counted from 1; 0 for a row that came alone.
    #[must_use]
    pub(crate) fn file(&self, row: u32) -> u32 {
        self.files.get(row as usize).copied().unwrap_or_default()
    }

    /// Files that rows came in.
    #[must_use]
    pub(crate) fn file_count(&self) -> u32 {
        self.files.last().copied().unwrap_or_default()
    }

    /// The numbers of a row's values.
    #[must_use]
    pub(crate) fn row(&self, row: u32) -> &[u32] {
        let width = self.sources.len();
        &self.cells[row as usize * width..(row as usize + 1) * width]
    }

    /// The canonical text of a row's value in an evidence column.
    #[must_use]
    pub fn text(&self, row: u32, column: usize) -> &str {
        self.fields[column].values.text(self.row(row)[column])
    }

    /// The two columns that may stand in each other's place: given name and surname.
    pub(crate) fn swappable(&self) -> Option<(usize, usize)> {
        let find = |role| {
            let fits =
                |at: &usize| self.roles[*at] == role && self.fields[*at].kind() == Kind::Name;
            (0..self.roles.len()).find(fits)
        };
        Some((find(Role::Given)?, find(Role::Family)?))
    }
}

fn files(table: &Table) -> Vec<u32> {
    let starts = table.file_starts();
    let mut files = Vec::with_capacity(table.rows());
    let mut file = 0;
    for row in 0..table.rows() {
        while starts.get(file).is_some_and(|start| *start <= row) {
            file += 1;
        }
        files.push(file as u32);
    }
    files
}

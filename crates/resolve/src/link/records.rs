//! The rows of a table as numbers of canonical values, only the columns that give evidence.

use super::field::Field;
use super::kind::{Kind, Role};
use super::schema::Schema;
use crate::table::{MISSING, Table, fold};

/// Rows ready for comparison.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// Positions of the columns in the input.
    columns: Vec<usize>,
    pub(crate) fields: Vec<Field>,
    pub(crate) roles: Vec<Role>,
    cells: Vec<u32>,
    rows: usize,
    scratch: String,
}

impl Records {
    /// No rows yet.
    #[must_use]
    pub fn new(schema: &Schema) -> Records {
        let columns = schema.evidence();
        let column = |at: &usize| &schema.columns[*at];
        Records {
            fields: columns
                .iter()
                .map(|at| Field::new(column(at).kind))
                .collect(),
            roles: columns.iter().map(|at| column(at).role).collect(),
            columns,
            ..Records::default()
        }
    }

    /// All rows of a table.
    #[must_use]
    pub fn of(schema: &Schema, table: &Table) -> Records {
        let mut records = Records::new(schema);
        let width = records.columns.len();
        records.rows = table.rows();
        records.cells = vec![MISSING; width * table.rows()];
        for (at, &column) in records.columns.clone().iter().enumerate() {
            let values = table.column(column);
            let field = &mut records.fields[at];
            let canonical: Vec<u32> = (0..values.len() as u32)
                .map(|id| field.take(values.text(id), values.rows_with(id)))
                .collect();
            for row in 0..table.rows() {
                records.cells[row * width + at] = canonical[table.row(row)[column] as usize];
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
        for (field, column) in self.fields.iter_mut().zip(&self.columns) {
            fold(
                cells.get(*column).copied().unwrap_or_default(),
                &mut scratch,
            );
            self.cells.push(field.take(&scratch, 1));
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

    /// The numbers of a row's values.
    #[must_use]
    pub(crate) fn row(&self, row: u32) -> &[u32] {
        let width = self.columns.len();
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

//! Which columns a table has and what they hold: found from titles and content, and overridable.

mod detect;
mod hint;
mod look;

pub use hint::local_title;

use super::kind::{Kind, Role};
use super::person::Half;
use crate::table::Table;

/// Why a column has the kind that a settings file gives it.
pub(crate) const STATED: &str = "stated in the settings";

/// Most columns that give evidence, a name in one cell counted as two. Further ones are passed over,
/// those with the fewest values first.
pub(crate) const MAX_EVIDENCE: usize = 24;

/// One column of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its title, as given.
    pub title: String,
    /// What it holds.
    pub kind: Kind,
    /// Its part.
    pub role: Role,
    /// Why it was taken for that; for a person to read.
    pub why: &'static str,
}

/// The columns of a table, in the order of the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    /// Columns.
    pub columns: Vec<Column>,
}

impl Schema {
    /// Finds kinds and roles from the titles and the content of a table.
    #[must_use]
    pub fn detect(table: &Table) -> Schema {
        Schema::detect_without(table, &[])
    }

    /// As [`Schema::detect`], with some columns passed over.
    pub(crate) fn detect_without(table: &Table, noise: &[usize]) -> Schema {
        let looks: Vec<look::Look> = (0..table.headers().len())
            .map(|column| look::Look::new(table, column))
            .collect();
        let mut schema = Schema {
            columns: looks.iter().map(detect::column).collect(),
        };
        for &at in noise {
            if let Some(column) = schema.columns.get_mut(at) {
                column.kind = Kind::Skip;
                column.role = Role::Own;
                column.why = "agrees by chance only where much else agrees";
            }
        }
        detect::pair_names(table, &mut schema.columns, &looks);
        detect::keep_strongest(&mut schema.columns, &looks);
        schema
    }

    /// Positions of the columns that give evidence; a name in one cell gives two parts.
    #[must_use]
    pub fn evidence(&self) -> Vec<usize> {
        self.sources().iter().map(|source| source.column).collect()
    }

    /// Where each part of the evidence comes from.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let mut take = |kind, role, half| {
                sources.push(Source {
                    column: at,
                    kind,
                    role,
                    half,
                });
            };
            match column.kind {
                Kind::Skip => {}
                Kind::Person => {
                    take(Kind::Name, Role::Given, Half::Given);
                    take(Kind::Name, Role::Family, Half::Family);
                }
                kind => take(kind, column.role, Half::All),
            }
        }
        sources
    }
}

/// One part of the evidence: a column, or half of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source {
    /// Position in the input.
    pub(crate) column: usize,
    pub(crate) kind: Kind,
    pub(crate) role: Role,
    pub(crate) half: Half,
}

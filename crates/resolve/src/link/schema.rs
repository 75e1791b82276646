//! Which columns a table has and what they hold: found from titles and content, and overridable.

mod detect;
mod hint;
mod look;

pub use hint::local_title;

use super::kind::{Kind, Role};
use crate::table::Table;

/// Most columns that give evidence. Further ones are passed over, weakest kinds first.
pub(crate) const MAX_EVIDENCE: usize = 16;

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
        let looks: Vec<look::Look> = (0..table.headers().len())
            .map(|column| look::Look::new(table, column))
            .collect();
        let mut schema = Schema {
            columns: looks.iter().map(detect::column).collect(),
        };
        detect::pair_names(table, &mut schema.columns, &looks);
        detect::keep_strongest(&mut schema.columns, &looks);
        schema
    }

    /// Positions of the columns that give evidence.
    #[must_use]
    pub fn evidence(&self) -> Vec<usize> {
        let looked_at = |(_, column): &(usize, &Column)| column.kind != Kind::Skip;
        let all = self.columns.iter().enumerate();
        all.filter(looked_at).map(|(at, _)| at).collect()
    }
}

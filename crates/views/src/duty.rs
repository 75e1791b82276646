//! What an officer sees of a subject under a grant: its facts, cut to the items granted, with source,
//! state and marks, and what may be done with them.

use crate::report::model::{Labelled, Value, Who};
use crate::report::{cover, item, section};
use crate::text::notice;
use credit::catalog::Catalog;
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::record::AsOf;
use credit::subject::RecordId;
use jiff::civil::Date;
use policy::{Dossier, Entry};

/// What is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Who; without name and codes where the public does not know them and the grant does not name them.
    pub who: Who,
    /// The three times.
    pub at: AsOf,
    /// Facts found.
    pub found: usize,
    /// The most recent ones, four pages at most.
    pub facts: Vec<DutyFact>,
    /// What may be done with it, and what may not (R37).
    pub notice: String,
}

/// One fact, as far as the grant goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyFact {
    /// The record.
    pub record: RecordId,
    /// Code of its theme.
    pub theme: String,
    /// Title of its theme.
    pub title: String,
    /// Whose fact it is.
    pub source: String,
    /// The day for which the supplier states it.
    pub stated_on: Date,
    /// Its state by its own dates.
    pub state: Labelled,
    /// Whether the public sees it.
    pub publication: Labelled,
    /// Marks to be seen before the content.
    pub marks: Vec<Labelled>,
    /// The items that were granted and are filled.
    pub values: Vec<Value>,
}

/// Facts of one look: four pages of 50.
const FACTS: usize = 4 * PAGE_ROWS;

/// Makes it of a dossier that was opened under a grant.
#[must_use]
pub fn duty(catalog: &Catalog, dossier: &Dossier, lang: Lang) -> Duty {
    let mut entries: Vec<&Entry> = dossier.entries().iter().collect();
    section::most_recent_first(&mut entries);
    Duty {
        who: cover::who(dossier.subject(), lang),
        at: dossier.at(),
        found: entries.len(),
        facts: entries
            .into_iter()
            .take(FACTS)
            .map(|entry| fact(catalog, entry, lang))
            .collect(),
        notice: notice::DUTY.get(lang).to_owned(),
    }
}

fn fact(catalog: &Catalog, entry: &Entry, lang: Lang) -> DutyFact {
    DutyFact {
        record: entry.record,
        theme: entry.theme.code.clone(),
        title: entry.theme.title.get(lang).to_owned(),
        source: item::source(catalog, entry, lang),
        stated_on: entry.stated_on,
        state: item::status(entry.status, lang),
        publication: item::publication(&entry.publication, lang),
        marks: item::marks(entry, lang),
        values: item::values(&entry.theme, &entry.values, lang),
    }
}

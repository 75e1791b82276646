//! The short view of a subject's page: who, and one line per fact with source, date, state, marks.

mod json;

pub use json::json;

use crate::report::model::{Labelled, Who};
use crate::report::{cover, item, section};
use crate::text::notice;
use credit::catalog::{Catalog, Section};
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::record::AsOf;
use credit::subject::RecordId;
use jiff::civil::Date;
use policy::{Dossier, Entry};

/// A subject at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Who.
    pub who: Who,
    /// The three times.
    pub at: AsOf,
    /// The ten sections of the report, empty ones too.
    pub sections: Vec<LookupSection>,
}

/// One section at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupSection {
    /// Which.
    pub section: Section,
    /// Its stable code.
    pub code: &'static str,
    /// Its title.
    pub title: String,
    /// Facts found, listed or not.
    pub found: usize,
    /// The most recent ones, a page at most.
    pub lines: Vec<LookupLine>,
    /// The fixed sentence of an empty section.
    pub note: Option<String>,
}

/// One fact at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupLine {
    /// The record.
    pub record: RecordId,
    /// The theme's code.
    pub theme: String,
    /// The theme's title.
    pub title: String,
    /// A document number or first content.
    pub headline: Option<String>,
    /// The supplier's name.
    pub source: String,
    /// The day that places it in time: its document's, else the one it was stated for.
    pub dated: Date,
    /// Its state by its own dates.
    pub state: Labelled,
    /// Whether the public sees it.
    pub publication: Labelled,
    /// Publicity ends by itself at the latest on this day.
    pub public_until: Option<Date>,
    /// Marks to be seen before the content.
    pub marks: Vec<Labelled>,
}

/// Makes the short view.
#[must_use]
pub fn lookup(catalog: &Catalog, dossier: &Dossier, lang: Lang) -> Lookup {
    let sections = section::ORDER
        .iter()
        .map(|(which, code, title)| {
            let mut entries: Vec<&Entry> = dossier
                .entries()
                .iter()
                .filter(|entry| entry.theme.section == *which)
                .collect();
            section::most_recent_first(&mut entries);
            LookupSection {
                section: *which,
                code,
                title: title.get(lang).to_owned(),
                found: entries.len(),
                note: entries
                    .is_empty()
                    .then(|| notice::EMPTY.get(lang).to_owned()),
                lines: entries
                    .into_iter()
                    .take(PAGE_ROWS)
                    .map(|entry| line(catalog, entry, lang))
                    .collect(),
            }
        })
        .collect();
    Lookup {
        who: cover::who(dossier.subject(), lang),
        at: dossier.at(),
        sections,
    }
}

fn line(catalog: &Catalog, entry: &Entry, lang: Lang) -> LookupLine {
    LookupLine {
        record: entry.record,
        theme: entry.theme.code.clone(),
        title: entry.theme.title.get(lang).to_owned(),
        headline: item::headline(entry, lang),
        source: item::source(catalog, entry, lang),
        dated: section::dated(entry),
        state: item::status(entry.status, lang),
        publication: item::publication(&entry.publication, lang),
        public_until: entry.public_until,
        marks: item::marks(entry, lang),
    }
}

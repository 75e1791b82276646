//! The versions of one fact, for the subject's own file: what was said when, and what changed.

use crate::report::item;
use crate::report::model::{Labelled, Value};
use crate::text::label;
use credit::catalog::{Catalog, Theme};
use credit::lang::Lang;
use credit::record::{Change, Instant};
use credit::subject::RecordId;
use jiff::civil::Date;
use policy::{Dossier, Past};

/// The history of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// The record.
    pub record: RecordId,
    /// The theme's code.
    pub theme: String,
    /// The theme's title.
    pub title: String,
    /// The supplier's name.
    pub source: String,
    /// The shown version first, then earlier ones, newest first.
    pub versions: Vec<HistoryVersion>,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryVersion {
    /// Its number within the record.
    pub seq: u32,
    /// When the platform came to know it.
    pub known_at: Instant,
    /// The day for which its source states it.
    pub stated_on: Date,
    /// What it said: stated, withdrawn, or corrected to another subject.
    pub change: Labelled,
    /// The theme's edition.
    pub edition: String,
    /// Reported after its deadline.
    pub late: bool,
    /// Its content.
    pub values: Vec<Value>,
    /// Codes of the items that differ from the next older version listed.
    pub changed: Vec<String>,
}

/// The history of a record of the dossier; `None` if the dossier has no such record. A public
/// dossier holds no history, so its answer is the shown version alone.
#[must_use]
pub fn history(
    catalog: &Catalog,
    dossier: &Dossier,
    record: RecordId,
    lang: Lang,
) -> Option<History> {
    let entry = dossier
        .entries()
        .iter()
        .find(|entry| entry.record == record)?;
    let theme = entry.theme.as_ref();
    let shown = HistoryVersion {
        seq: entry.version,
        known_at: entry.known_at,
        stated_on: entry.stated_on,
        change: change(Change::Stated, lang),
        edition: theme.version.clone(),
        late: entry.late,
        values: item::values(theme, &entry.values, lang),
        changed: Vec::new(),
    };
    let mut versions = vec![shown];
    versions.extend(entry.history.iter().map(|past| version(theme, past, lang)));
    mark_changes(&mut versions);
    Some(History {
        record,
        theme: theme.code.clone(),
        title: theme.title.get(lang).to_owned(),
        source: item::source(catalog, entry, lang),
        versions,
    })
}

/// An earlier version; its items are positions in the shown version's edition.
fn version(theme: &Theme, past: &Past, lang: Lang) -> HistoryVersion {
    HistoryVersion {
        seq: past.version,
        known_at: past.known_at,
        stated_on: past.stated_on,
        change: change(past.change, lang),
        edition: past.theme_version.clone(),
        late: past.late,
        values: item::values(theme, &past.values, lang),
        changed: Vec::new(),
    }
}

fn change(change: Change, lang: Lang) -> Labelled {
    let text = match change {
        Change::Stated => &label::CHANGE_STATED,
        Change::Removed => &label::CHANGE_REMOVED,
        Change::Recalled => &label::CHANGE_RECALLED,
        Change::Moved => &label::CHANGE_MOVED,
    };
    Labelled {
        code: change.code(),
        text: text.get(lang).to_owned(),
    }
}

/// Items are compared by code and canonical value, so that a new title alone is no change.
fn mark_changes(versions: &mut [HistoryVersion]) {
    let find = |values: &[Value], code: &str| {
        values
            .iter()
            .find(|value| value.code == code)
            .and_then(|value| value.value.clone())
    };
    for position in 1..versions.len() {
        let (newer, older) = versions.split_at_mut(position);
        let (Some(newer), Some(older)) = (newer.last_mut(), older.first()) else {
            continue;
        };
        let mut codes: Vec<&str> = Vec::new();
        for value in newer.values.iter().chain(&older.values) {
            let differs = find(&newer.values, &value.code) != find(&older.values, &value.code);
            if differs && !codes.contains(&value.code.as_str()) {
                codes.push(&value.code);
            }
        }
        newer.changed = codes.into_iter().map(str::to_owned).collect();
    }
}

//! The ten sections: which entries go where, in which order, and how many are printed.

use super::ReportAsk;
use super::item;
use super::model::{Item, SectionView};
use crate::text::{Msg, label, notice};
use credit::catalog::{Catalog, Section};
use credit::lang::Lang;
use credit::limits::{REPORT_SECTION_CHARS, REPORT_SECTION_ENTRIES};
use jiff::civil::Date;
use policy::{Dossier, Entry, Extent};

/// The sections in the standard's order, with their stable codes.
pub(crate) const ORDER: [(Section, &str, &Msg); 10] = [
    (Section::Basic, "basic", &label::SECTION_BASIC),
    (
        Section::Administrative,
        "administrative",
        &label::SECTION_ADMINISTRATIVE,
    ),
    (
        Section::Trustworthy,
        "trustworthy",
        &label::SECTION_TRUSTWORTHY,
    ),
    (
        Section::SeriousList,
        "serious-list",
        &label::SECTION_SERIOUS,
    ),
    (Section::Abnormal, "abnormal", &label::SECTION_ABNORMAL),
    (Section::Promise, "promise", &label::SECTION_PROMISE),
    (
        Section::Evaluation,
        "evaluation",
        &label::SECTION_EVALUATION,
    ),
    (Section::Judgment, "judgment", &label::SECTION_JUDGMENT),
    (Section::Other, "other", &label::SECTION_OTHER),
    (Section::Local, "local", &label::SECTION_LOCAL),
];

/// Every section, empty ones too: a reader must see that nothing was left out.
pub(super) fn all(catalog: &Catalog, dossier: &Dossier, ask: &ReportAsk) -> Vec<SectionView> {
    let extent = Extent {
        themes: ask.themes.as_deref(),
        period: ask.period,
    };
    ORDER
        .iter()
        .map(|(section, code, title)| {
            let entries = dossier
                .entries()
                .iter()
                .filter(|entry| entry.theme.section == *section && extent.holds(entry))
                .collect();
            view(catalog, (*section, code, title), entries, ask.lang)
        })
        .collect()
}

/// The day that places an entry in time.
pub(crate) fn dated(entry: &Entry) -> Date {
    entry.dated()
}

fn view(
    catalog: &Catalog,
    (section, code, title): (Section, &'static str, &Msg),
    mut entries: Vec<&Entry>,
    lang: Lang,
) -> SectionView {
    let found = entries.len();
    most_recent_first(&mut entries);
    let mut printed: Vec<Item> = printable(&entries)
        .map(|entry| item::item(catalog, entry, lang))
        .collect();
    // Stable: within a theme the most recent stay first.
    printed.sort_by(|one, other| one.theme.cmp(&other.theme));
    SectionView {
        section,
        code,
        title: title.get(lang).to_owned(),
        found,
        note: note(found, printed.len(), lang),
        entries: printed,
    }
}

/// Sorts by day, newest first; among equals by record, so that no order is left to chance.
pub(crate) fn most_recent_first(entries: &mut [&Entry]) {
    entries.sort_by(|one, other| (dated(other), one.record).cmp(&(dated(one), other.record)));
}

/// As many as a report prints: by number and by characters, but never none of some.
fn printable<'a>(entries: &'a [&Entry]) -> impl Iterator<Item = &'a Entry> {
    let mut characters = 0_usize;
    entries
        .iter()
        .take(REPORT_SECTION_ENTRIES)
        .take_while(move |entry| {
            let fits = characters < REPORT_SECTION_CHARS;
            characters = characters.saturating_add(item::characters(entry));
            fits
        })
        .copied()
}

fn note(found: usize, printed: usize, lang: Lang) -> Option<String> {
    if found == 0 {
        return Some(notice::EMPTY.get(lang).to_owned());
    }
    (printed < found).then(|| {
        let (total, shown) = (found.to_string(), printed.to_string());
        let left = (found - printed).to_string();
        notice::LEFT_OUT.fill(
            lang,
            &[("total", &total), ("shown", &shown), ("left", &left)],
        )
    })
}

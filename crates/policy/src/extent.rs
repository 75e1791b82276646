//! Which facts of a dossier a report prints: the themes and the period that its reader chose.

use crate::dossier::Entry;
use credit::catalog::Class;
use jiff::civil::Date;

/// Themes and period that a reader chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent<'a> {
    /// Codes of the themes wanted; `None`: all. An unknown code finds nothing.
    pub themes: Option<&'a [String]>,
    /// First and last day of the documents wanted; `None`: the whole time.
    pub period: Option<(Date, Date)>,
}

impl Extent<'_> {
    /// Whether an entry is among what was asked. Registration answers "who is this", not "what
    /// happened", so the period does not touch it.
    #[must_use]
    pub fn holds(&self, entry: &Entry) -> bool {
        let theme = self
            .themes
            .is_none_or(|codes| codes.contains(&entry.theme.code));
        let period = self
            .period
            .is_none_or(|(from, to)| (from..=to).contains(&entry.dated()));
        theme && (period || entry.theme.class == Class::Registration)
    }
}

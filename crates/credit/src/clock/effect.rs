//! Whether a fact has effect on a day, by the theme's clocks and its severity table.
//!
//! The end of publicity is the earliest of: the longest term of its severity, counted from the
//! document's date (Order 36; R09); the theme's own publicity, sharing and query clocks (R11); the
//! end that the supplier stated, which may shorten and never lengthens. Missing figures end a
//! negative fact instead of letting it stand.

use super::{Ended, Severity, Span, end_of};
use crate::catalog::{Publicity, Theme};
use jiff::civil::Date;

/// The effect of a fact on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// In effect.
    Public {
        /// The last day on which it is; `None` for as long as it holds.
        until: Option<Date>,
    },
    /// Not in effect.
    Ended(Ended),
}

impl Effect {
    /// Whether it is in effect.
    #[must_use]
    pub fn is_public(self) -> bool {
        matches!(self, Effect::Public { .. })
    }

    /// The milder of two: where a later rule is milder, it applies to what is still published, and
    /// no change of a rule shortens a right (R40). Ended before public, an earlier end before a
    /// later one.
    #[must_use]
    pub fn milder(self, other: Effect) -> Effect {
        match (self, other) {
            (Effect::Ended(_), _) => self,
            (_, Effect::Ended(_)) => other,
            (Effect::Public { until: one }, Effect::Public { until: two }) => Effect::Public {
                until: earlier(one, two),
            },
        }
    }
}

/// Shortest and longest publicity of a fact, as days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The last day before which no repair ends publicity; `None` where there is no shortest term.
    pub min_until: Option<Date>,
    /// The last day of publicity; it stops by itself afterwards.
    pub max_until: Date,
}

/// The publicity term of a fact by its severity, where the theme has a severity table.
#[must_use]
pub fn term(theme: &Theme, started_on: Date, severity: Severity) -> Option<Term> {
    let row = publicity(theme, severity)?;
    Some(Term {
        min_until: row.min.map(|span| end_of(started_on, span)),
        max_until: end_of(started_on, row.max),
    })
}

/// Whether a fact may be shown to the public on a day, and until when.
///
/// `started_on` is the date of the legal document (the earliest on file, see `DocumentClock`);
/// `stated_end` the end of publicity that the supplier gave, if any.
#[must_use]
pub fn effect(
    theme: &Theme,
    started_on: Option<Date>,
    severity: Option<Severity>,
    stated_end: Option<Date>,
    today: Date,
) -> Effect {
    if !theme.public {
        return Effect::Ended(Ended::NotPublic);
    }
    let longest = match longest(theme, severity) {
        Ok(longest) => longest,
        Err(ended) => return Effect::Ended(ended),
    };
    if started_on.is_none() && theme.is_negative() {
        return Effect::Ended(Ended::Undated);
    }
    let clocks = &theme.clocks;
    let ends = [
        (end(started_on, longest), Ended::PublicityEnd),
        (end(started_on, clocks.publicity), Ended::PublicityEnd),
        (stated_end, Ended::PublicityEnd),
        (end(started_on, clocks.sharing), Ended::SharingEnd),
        (end(started_on, clocks.query), Ended::QueryEnd),
    ];
    earliest(&ends, today)
}

/// Whether a fact may be shared with agencies and used by them on a day. Publicity does not enter:
/// the clocks are kept apart (R11), and a minor matter that is not published may still be shared.
#[must_use]
pub fn sharing_effect(theme: &Theme, started_on: Option<Date>, today: Date) -> Effect {
    if started_on.is_none() && theme.is_negative() {
        return Effect::Ended(Ended::Undated);
    }
    let ends = [
        (end(started_on, theme.clocks.sharing), Ended::SharingEnd),
        (end(started_on, theme.clocks.query), Ended::QueryEnd),
    ];
    earliest(&ends, today)
}

/// The longest publicity by the severity table; `None` where the theme has no table.
fn longest(theme: &Theme, severity: Option<Severity>) -> Result<Option<Span>, Ended> {
    if theme.severity.is_none() {
        return Ok(None);
    }
    let severity = severity.ok_or(Ended::SeverityUnknown)?;
    let row = publicity(theme, severity).ok_or(Ended::SeverityUnknown)?;
    if row.published {
        Ok(Some(row.max))
    } else {
        Err(Ended::MinorNotPublished)
    }
}

fn publicity(theme: &Theme, severity: Severity) -> Option<&Publicity> {
    let table = theme.severity.as_ref()?;
    table.publicity.iter().find(|row| row.severity == severity)
}

fn end(started_on: Option<Date>, span: Option<Span>) -> Option<Date> {
    Some(end_of(started_on?, span?))
}

/// The earliest end decides; among equals the first named.
fn earliest(ends: &[(Option<Date>, Ended)], today: Date) -> Effect {
    let first = ends
        .iter()
        .filter_map(|(day, ended)| day.map(|day| (day, *ended)))
        .min_by_key(|(day, _)| *day);
    match first {
        Some((day, ended)) if day < today => Effect::Ended(ended),
        first => Effect::Public {
            until: first.map(|(day, _)| day),
        },
    }
}

fn earlier(one: Option<Date>, two: Option<Date>) -> Option<Date> {
    match (one, two) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    }
}

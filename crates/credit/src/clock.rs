//! Severity, the four clocks of a fact (R11), and what has effect on a day.
//!
//! Effects are computed, never stored: every function here takes the day and the catalogue's own
//! figures, so that an expiry needs no sweep to be true.

mod effect;
mod span;

pub use effect::{Effect, Term, effect, sharing_effect, term};
pub use span::end_of;

/// How grave a matter is, by a sector's published standard only (Order 36, art. 8–10; R08).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 轻微.
    Minor,
    /// 一般.
    Ordinary,
    /// 严重.
    Serious,
}

impl Severity {
    /// The code in catalogue files, the API and the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Severity::Minor => "minor",
            Severity::Ordinary => "ordinary",
            Severity::Serious => "serious",
        }
    }

    /// The inverse of [`Severity::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Severity> {
        [Severity::Minor, Severity::Ordinary, Severity::Serious]
            .into_iter()
            .find(|severity| severity.code() == code)
    }
}

/// A length of time as laws write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Calendar days.
    Days(u16),
    /// Calendar months, ending on the corresponding day or the month's last (Civil Code 202).
    Months(u16),
    /// Calendar years.
    Years(u16),
}

/// Why a fact has no public effect on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// Its supplier removed it.
    Removed,
    /// Publicity reached its longest term (R09), or the earlier end that the supplier stated.
    PublicityEnd,
    /// The sharing clock ran out.
    SharingEnd,
    /// The query clock ran out (≤ 5 years).
    QueryEnd,
    /// The matter is minor and minor matters of this theme are not published.
    MinorNotPublished,
    /// The theme is not public at all.
    NotPublic,
    /// The theme grades severity and this fact's is not known yet (R08): never guessed.
    SeverityUnknown,
    /// A negative fact without a day to count from: no end could be computed (rights 9).
    Undated,
}

impl Ended {
    /// The code in the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Ended::Removed => "removed",
            Ended::PublicityEnd => "publicity-end",
            Ended::SharingEnd => "sharing-end",
            Ended::QueryEnd => "query-end",
            Ended::MinorNotPublished => "minor-not-published",
            Ended::NotPublic => "not-public",
            Ended::SeverityUnknown => "severity-unknown",
            Ended::Undated => "undated",
        }
    }
}

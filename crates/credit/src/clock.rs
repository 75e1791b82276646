//! Severity, the four clocks of a fact (R11), and what has effect on a day.

use jiff::civil::Date;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its supplier removed it.
    Removed,
    /// Publicity reached its longest term (R09).
    PublicityEnd,
    /// The sharing clock ran out.
    SharingEnd,
    /// The query clock ran out (≤ 5 years).
    QueryEnd,
    /// The matter is minor and minor matters of this theme are not published.
    MinorNotPublished,
}

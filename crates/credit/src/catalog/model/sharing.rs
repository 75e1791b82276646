//! What sharing between agencies goes by: purposes, deadlines, limits. Dated, reviewed data.

use super::Basis;
use crate::clock::Span;
use crate::lang::Text;
use crate::subject::SubjectKind;
use jiff::civil::Date;

/// A purpose (查询事由) for which an agency may look a subject up, where a grant names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsePurpose {
    /// Short code: `public-procurement`.
    pub code: String,
    /// Title in three languages: what the subject reads.
    pub title: Text,
    /// Legal bases; never empty.
    pub bases: Vec<Basis>,
    /// Kinds of subject that it can concern.
    pub kinds: Vec<SubjectKind>,
    /// What is asked of the case number.
    pub case: CaseRule,
    /// The first day.
    pub valid_from: Date,
    /// The last day, if it has been replaced.
    pub valid_to: Option<Date>,
}

impl UsePurpose {
    /// Whether it may be named on a day.
    #[must_use]
    pub fn is_effective(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// What is asked of the case number of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseRule {
    /// A number is named; it is confirmed where the agency offers a register of its cases.
    Named,
    /// The agency must offer a register, and the number must stand in it.
    Confirmed,
}

/// Deadlines of sharing and its longest term, from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharingTerms {
    /// From this day on, until a later entry.
    pub valid_from: Date,
    /// Working days within which the supplier answers.
    pub answer: u16,
    /// Working days for the two agencies to settle a dispute between them.
    pub settle: u16,
    /// Working days within which the authority above decides.
    pub decide: u16,
    /// The longest term of a grant; a longer need is asked for again (rights 9).
    pub longest: Span,
    /// Days after the day on which a person consents until the consent ends at the latest (rights 7).
    pub consent_days: u16,
    /// Where they come from.
    pub basis: String,
    /// Whether that was read in the source.
    pub verified: bool,
}

/// Rails of look-ups, from a day on: the platform's own, not a rule of law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookLimits {
    /// From this day on, until a later entry.
    pub valid_from: Date,
    /// Looks of one officer in a minute; as many may come at once.
    pub officer_minute: u32,
    /// Looks of one officer in a day.
    pub officer_day: u32,
    /// Looks of one agency in a minute; as many may come at once.
    pub agency_minute: u32,
    /// Looks of one agency in a day.
    pub agency_day: u32,
    /// An officer's looks in a month stand out from so many times the median of their peers …
    pub stands_out_times: u32,
    /// … where there are at least so many peers …
    pub stands_out_peers: u32,
    /// … and at least so many looks.
    pub stands_out_looks: u32,
}

/// An agency that was merged or closed, and who has its records, clocks and grants since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// Code of the agency that was.
    pub from: String,
    /// Code of its successor.
    pub to: String,
    /// The first day on which the successor acts.
    pub on: Date,
    /// The decision that says so.
    pub basis: String,
}

/// Steps from an agency to its successors at most: nobody is merged more often than that in the life
/// of a catalogue, and a circle ends.
const STEPS: usize = 32;

/// Who has an agency's grants and duties on a day: itself, or the last of its successors.
#[must_use]
pub fn heir<'a>(successions: &'a [Succession], agency: &'a str, day: Date) -> &'a str {
    let mut heir = agency;
    for _ in 0..STEPS {
        let next = successions.iter();
        let next = next.filter(|one| one.from == heir && one.on <= day);
        match next.max_by_key(|one| one.on) {
            Some(next) => heir = &next.to,
            None => break,
        }
    }
    heir
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_an_agency_had_passes_on_from_its_day() {
        let passes = |from: &str, to: &str, year| Succession {
            from: from.to_owned(),
            to: to.to_owned(),
            on: date(year, 3, 1),
            basis: "机构改革方案".to_owned(),
        };
        let all = [
            passes("a", "b", 2018),
            passes("b", "c", 2023),
            passes("x", "y", 2020),
            passes("y", "x", 2021),
        ];
        let heir = |agency, year, month| heir(&all, agency, date(year, month, 1));
        assert_eq!(heir("a", 2018, 2), "a");
        assert_eq!(heir("a", 2018, 3), "b");
        assert_eq!(heir("a", 2026, 1), "c");
        assert_eq!(heir("c", 2026, 1), "c");
        assert!(["x", "y"].contains(&heir("x", 2026, 1)), "a circle ends");
    }
}

//! A natural person's consent (rights 7): to one agency, for one purpose, to named items, for one case,
//! until a near day. Nothing in it means "all", and what is not named is not agreed to.
//!
//! How a consent stands follows from what happened to it and from the day, and is never stored: at its
//! end, and the moment it is withdrawn, it covers nothing.

use crate::grant::Items;
use crate::people::AccountId;
use crate::record::Instant;
use crate::subject::{SubjectId, id16};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;

id16! {
    /// A consent, by a keyed digest of its number: whoever reads the store cannot show one.
    ConsentId
}

/// Items of one consent at most: nobody reads more lines before agreeing.
pub const ITEMS: usize = 64;

/// What is agreed to. Every part is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Code of the agency that may look.
    pub agency: String,
    /// Code of the purpose for which it may.
    pub purpose: String,
    /// The items that it may see; one at least.
    pub items: Items,
    /// Number of the case for which it may look.
    pub case: String,
    /// It is good for one look only.
    pub once: bool,
    /// Its last day.
    pub until: Date,
}

/// A consent as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Who gave it.
    pub subject: SubjectId,
    /// What it agrees to.
    pub scope: Scope,
    /// The account that saw the person's document and recorded it, which looks at nothing under it; or the
    /// person's own.
    pub by: AccountId,
    /// When it was given.
    pub given_at: Instant,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Instant>,
    /// When its one look was made.
    pub used_at: Option<Instant>,
}

/// How a consent stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It covers what it names.
    Live,
    /// Its last day has passed.
    Over,
    /// Its one look was made.
    Used,
    /// It was withdrawn.
    Withdrawn,
}

impl Standing {
    /// The code for texts and wire shapes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Standing::Live => "live",
            Standing::Over => "over",
            Standing::Used => "used",
            Standing::Withdrawn => "withdrawn",
        }
    }
}

impl Consent {
    /// How it stands on a day: withdrawn is withdrawn, whatever the day.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        if self.withdrawn_at.is_some() {
            Standing::Withdrawn
        } else if self.used_at.is_some() {
            Standing::Used
        } else if self.scope.until < today {
            Standing::Over
        } else {
            Standing::Live
        }
    }

    /// Whether it names exactly this look of its giver: agency, purpose and case. Its items are another
    /// question, and so is how it stands.
    #[must_use]
    pub fn names(&self, subject: SubjectId, agency: &str, purpose: &str, case: &str) -> bool {
        let scope = &self.scope;
        self.subject == subject
            && scope.agency == agency
            && scope.purpose == purpose
            && scope.case == case
    }
}

/// Whether a consent that is given on a day may end on another: not before that day, and within the
/// days that the rule of the day allows.
#[must_use]
pub fn may_end(today: Date, until: Date, longest: u16) -> bool {
    let last = today.saturating_add(i32::from(longest).days());
    (today..=last).contains(&until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn consent() -> Consent {
        Consent {
            id: ConsentId([1; 16]),
            subject: SubjectId([2; 16]),
            scope: Scope {
                agency: "tax".to_owned(),
                purpose: "permit-review".to_owned(),
                items: Items::parse("penalty/A penalty/B").unwrap_or_default(),
                case: "2026-7".to_owned(),
                once: true,
                until: date(2026, 6, 30),
            },
            by: AccountId([4; 16]),
            given_at: Instant(0),
            withdrawn_at: None,
            used_at: None,
        }
    }

    #[test]
    fn it_names_one_look_of_one_agency_and_nothing_else() {
        let one = consent();
        let own = one.subject;
        assert!(one.names(own, "tax", "permit-review", "2026-7"));
        for (subject, agency, purpose, case) in [
            (SubjectId([3; 16]), "tax", "permit-review", "2026-7"),
            (own, "customs", "permit-review", "2026-7"),
            (own, "tax", "penalty-investigation", "2026-7"),
            (own, "tax", "permit-review", "2026-8"),
            (own, "tax", "permit-review", "2026-7 "),
            (own, "tax", "permit-review", ""),
        ] {
            assert!(
                !one.names(subject, agency, purpose, case),
                "{agency} {case}"
            );
        }
    }

    #[test]
    fn it_lives_until_its_last_day_its_look_or_its_withdrawal() {
        let mut one = consent();
        assert_eq!(one.standing(date(2026, 6, 30)), Standing::Live);
        assert_eq!(one.standing(date(2026, 7, 1)), Standing::Over);
        one.used_at = Some(Instant(4));
        assert_eq!(one.standing(date(2026, 6, 1)), Standing::Used);
        one.withdrawn_at = Some(Instant(5));
        assert_eq!(one.standing(date(2026, 1, 1)), Standing::Withdrawn);
    }

    #[test]
    fn it_ends_within_the_days_of_the_rule() {
        let today = date(2026, 6, 1);
        for (until, sound) in [
            (date(2026, 5, 31), false),
            (today, true),
            (date(2026, 7, 1), true),
            (date(2026, 7, 2), false),
        ] {
            assert_eq!(may_end(today, until, 30), sound, "{until}");
        }
        assert!(!may_end(Date::MAX, Date::MIN, u16::MAX));
    }
}

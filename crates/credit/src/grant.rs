//! Grants (共享授权): what one agency may see of another's facts, for what, on whom and until when.
//!
//! Pure data and the table of lawful moves. Whether a look is covered is decided in `policy`, on the
//! terms that stand; where they stand is `store`'s matter. A grant always ends (rights 9): its last day
//! is part of it, and nothing has to be swept for it to be over.

mod items;
mod moves;

pub use items::{BadItems, Items};
pub use moves::{GrantMove, GrantState, Party};

use crate::subject::{SubjectKind, id16};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt;

id16! {
    /// A grant, from the day on which it is asked for: 16 unpredictable bytes.
    GrantId
}

/// What is asked for or granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Items by theme.
    pub items: Items,
    /// Codes of purposes (`catalog/purposes.toml`); a look names one of them.
    pub purposes: BTreeSet<String>,
    /// Kinds of subject that may be looked up.
    pub kinds: BTreeSet<SubjectKind>,
    /// The law by which the asking agency needs it, with its article.
    pub basis: String,
    /// The statutory power by which people may be looked up (rights 7); none: a person by consent only.
    pub power: Option<String>,
    /// Number of the impact assessment (PIPL 55–56; R36), where one is asked for.
    pub impact: Option<String>,
    /// Units of the asking agency whose officers may use it; empty: all of the agency.
    pub units: BTreeSet<String>,
    /// Areas (GB/T 2260 codes or their beginnings) in which a subject must be registered; empty: all.
    pub areas: BTreeSet<String>,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Looks in a day at most.
    pub per_day: u32,
    /// Looks in all at most.
    pub in_all: u32,
}

impl Terms {
    /// Whether everything these terms allow is allowed by others too: what a supplier grants is never
    /// more than what it was asked for.
    #[must_use]
    pub fn is_within(&self, asked: &Terms) -> bool {
        let narrower = |own: &BTreeSet<String>, other: &BTreeSet<String>| {
            other.is_empty() || (!own.is_empty() && own.is_subset(other))
        };
        self.items.is_within(&asked.items)
            && self.purposes.is_subset(&asked.purposes)
            && self.kinds.is_subset(&asked.kinds)
            && narrower(&self.units, &asked.units)
            && narrower(&self.areas, &asked.areas)
            && asked.from <= self.from
            && self.until <= asked.until
            && self.per_day <= asked.per_day
            && self.in_all <= asked.in_all
            && (self.power.is_none() || self.power == asked.power)
    }

    /// Whether a day lies in the term.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        self.from <= today && today <= self.until
    }

    /// Whether people are among those who may be looked up.
    #[must_use]
    pub fn reaches_people(&self) -> bool {
        self.kinds.iter().any(|kind| !kind.is_organisation())
    }
}

/// A grant as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: GrantId,
    /// Code of the agency that asks and looks.
    pub asker: String,
    /// Code of the agency whose facts they are; `*`: of every supplier of the themes, which only a
    /// grant by rule covers.
    pub supplier: String,
    /// Where it stands.
    pub state: GrantState,
    /// What was asked for.
    pub asked: Terms,
    /// What was granted; none before.
    pub granted: Option<Terms>,
    /// The day by which whoever has the next move must have made it; none where nobody has.
    pub due: Option<Date>,
}

/// Stands for every supplier of a theme.
pub const EVERY_SUPPLIER: &str = "*";

impl Grant {
    /// The terms that are in force on a day: granted, not ended by anyone, and within their term.
    #[must_use]
    pub fn in_force(&self, today: Date) -> Option<&Terms> {
        let terms = self.granted.as_ref().filter(|terms| terms.holds(today))?;
        (self.state == GrantState::Granted).then_some(terms)
    }

    /// Whether it was granted and its last day is over.
    #[must_use]
    pub fn has_run_out(&self, today: Date) -> bool {
        let until = self.granted.as_ref().map(|terms| terms.until);
        self.state == GrantState::Granted && until.is_some_and(|until| until < today)
    }

    /// Whether whoever has the next move is late with it.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.due.is_some_and(|due| due < today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn terms() -> Terms {
        let set = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Terms {
            items: Items::parse("penalty/CF_WSH penalty/CF_JDRQ registration/ZCDZ").expect("items"),
            purposes: set(&["public-procurement", "subsidy"]),
            kinds: BTreeSet::from([SubjectKind::Enterprise, SubjectKind::SocialOrganisation]),
            basis: "政府采购法 22".to_owned(),
            power: None,
            impact: None,
            units: BTreeSet::new(),
            areas: set(&["990105"]),
            from: date(2026, 3, 1),
            until: date(2026, 9, 1),
            per_day: 100,
            in_all: 1_000,
        }
    }

    #[test]
    fn what_is_granted_is_never_more_than_what_was_asked_for() {
        let asked = terms();
        assert!(asked.is_within(&asked));
        let with = |change: fn(&mut Terms)| {
            let mut own = terms();
            change(&mut own);
            own.is_within(&asked)
        };
        let items = |text: &str| Items::parse(text).expect("items");
        assert!(with(|own| {
            own.purposes.remove("subsidy");
            own.until = date(2026, 6, 1);
            own.per_day = 1;
            own.units.insert("采购科".to_owned());
        }));
        assert!(items("penalty/CF_WSH").is_within(&asked.items));
        assert!(!items("penalty/CF_WSH permit/XK_WSH").is_within(&asked.items));
        assert!(!items("penalty/CF_NR").is_within(&asked.items));
        for wider in [
            (|own| own.until = date(2026, 9, 2)) as fn(&mut Terms),
            |own| own.from = date(2026, 2, 28),
            |own| own.per_day = 101,
            |own| own.in_all = 1_001,
            |own| own.areas.clear(),
            |own| {
                own.areas.insert("990106".to_owned());
            },
            |own| {
                own.kinds.insert(SubjectKind::NaturalPerson);
            },
            |own| {
                own.purposes.insert("hiring".to_owned());
            },
            |own| own.power = Some("税收征管法 54".to_owned()),
        ] {
            assert!(!with(wider));
        }
    }

    #[test]
    fn a_grant_is_in_force_within_its_term_and_until_it_is_ended() {
        let mut grant = Grant {
            id: GrantId([1; 16]),
            asker: "finance".to_owned(),
            supplier: "samr".to_owned(),
            state: GrantState::Granted,
            asked: terms(),
            granted: Some(terms()),
            due: None,
        };
        let on = |grant: &Grant, month, day| grant.in_force(date(2026, month, day)).is_some();
        assert!(!on(&grant, 2, 28) && on(&grant, 3, 1) && on(&grant, 9, 1) && !on(&grant, 9, 2));
        assert!(grant.has_run_out(date(2026, 9, 2)) && !grant.has_run_out(date(2026, 9, 1)));
        for state in GrantState::ALL {
            grant.state = *state;
            assert_eq!(on(&grant, 6, 1), *state == GrantState::Granted, "{state:?}");
        }
        grant.state = GrantState::Granted;
        grant.granted = None;
        assert!(!on(&grant, 6, 1), "nothing was granted");
    }
}

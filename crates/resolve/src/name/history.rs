//! Former names: an organisation keeps its identity when its name changes, so an old file may bear
//! a name that no longer holds.

use super::{Likeness, OrgName, compare};
use jiff::civil::Date;

/// A name and the days on which it held.
#[derive(Clone, Debug)]
pub struct Held {
    /// The name.
    pub name: OrgName,
    /// First day; none: since the beginning.
    pub from: Option<Date>,
    /// Last day; none: it still holds.
    pub until: Option<Date>,
}

impl Held {
    /// Whether the name held on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// Every name an organisation bore.
#[derive(Clone, Debug, Default)]
pub struct NameHistory {
    names: Vec<Held>,
}

/// Which of an organisation's names a text was found to be most like.
#[derive(Clone, Debug)]
pub struct Recognised<'a> {
    /// The name.
    pub held: &'a Held,
    /// How like it is.
    pub likeness: Likeness,
    /// Whether the name did not hold on the day asked about: a match by a former (or later) name.
    pub former: bool,
}

impl NameHistory {
    /// A history of these names, in any order.
    #[must_use]
    pub fn new(names: Vec<Held>) -> NameHistory {
        NameHistory { names }
    }

    /// Adds a name.
    pub fn add(&mut self, held: Held) {
        self.names.push(held);
    }

    /// The names that held on a day; more than one where the dates overlap.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Held> {
        self.names.iter().filter(move |held| held.on(day))
    }

    /// The name most like a text. Of equally like ones that which held on the day wins; where none
    /// is given, that which holds still.
    #[must_use]
    pub fn recognise(&self, name: &OrgName, day: Option<Date>) -> Option<Recognised<'_>> {
        let holds = |held: &Held| match day {
            Some(day) => held.on(day),
            None => held.until.is_none(),
        };
        let mut best: Option<Recognised<'_>> = None;
        for held in &self.names {
            let found = Recognised {
                held,
                likeness: compare(name, &held.name),
                former: !holds(held),
            };
            let rank = |one: &Recognised<'_>| (one.likeness.score, !one.former);
            if best.as_ref().is_none_or(|known| rank(&found) > rank(known)) {
                best = Some(found);
            }
        }
        best
    }
}

//! What the cases about a fact do to it today. Computed from their moves on every read: nothing is swept,
//! and a move that was just written counts in the very next read (rights 10).

use crate::dossier::{Mark, Publication};
use credit::case::Effect;
use credit::catalog::Catalog;
use credit::record::Record;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Every effect on a day. A case whose table the catalogue in force does not have, or does not lead
/// through, contests its fact: what cannot be read is not taken for nothing.
pub(super) fn effects(record: &Record, catalog: &Catalog, today: Date) -> BTreeSet<Effect> {
    let mut effects = BTreeSet::new();
    for case in &record.cases {
        let kind = catalog.case_edition(&case.kind, &case.version);
        let standing =
            kind.and_then(|kind| kind.standing(&case.steps, today, &catalog.calendar).ok());
        match standing {
            Some(standing) => effects.extend(standing.effects()),
            None => {
                effects.insert(Effect::Contested);
            }
        }
    }
    effects
}

/// The marks that every view shows.
pub(super) fn marks(effects: &BTreeSet<Effect>) -> Vec<Mark> {
    let mark = |effect: &Effect| match effect {
        Effect::Contested => Some(Mark::Contested),
        Effect::Appealed => Some(Mark::Appealed),
        Effect::Suspended => None,
    };
    effects.iter().filter_map(mark).collect()
}

/// What would be public is not while a case suspends it; all else stays what it is.
pub(super) fn held_back(publication: Publication, suspended: bool) -> Publication {
    match publication {
        Publication::Public { .. } if suspended => Publication::Suspended,
        other => other,
    }
}

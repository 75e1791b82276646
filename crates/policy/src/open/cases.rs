//! What the cases about a fact do to it today. Computed from their moves on every read: nothing is swept,
//! and a move that was just written counts in the very next read (rights 10).

use crate::dossier::{Mark, Publication};
use credit::case::Effect;
use credit::catalog::Catalog;
use credit::record::{Facts, Record};
use credit::subject::DocumentId;
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
        Effect::Suspended | Effect::Repaired => None,
    };
    effects.iter().filter_map(mark).collect()
}

/// Legal documents whose consequences ended by a repair. A repair belongs to the document: what another
/// supplier or theme states of the same one ends with it (rights 9, 11).
pub(super) type Repaired = BTreeSet<DocumentId>;

/// The repaired documents behind the facts on a subject, on a day.
pub(super) fn repaired(facts: &Facts, catalog: &Catalog, today: Date) -> Repaired {
    let with_cases = facts.records.iter().filter(|one| !one.cases.is_empty());
    let ended = with_cases.filter(|one| effects(one, catalog, today).contains(&Effect::Repaired));
    ended.filter_map(document).collect()
}

/// The document on which a record rests.
fn document(record: &Record) -> Option<DocumentId> {
    let clocks = record.versions.iter().rev();
    let mut clocks = clocks.filter_map(|version| version.document);
    clocks.next().map(|clock| clock.id)
}

/// What keeps a fact from third parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hidden {
    /// Nothing.
    No,
    /// A case that lasts.
    Suspended,
    /// A repair.
    Repaired,
}

/// Whether cases keep a fact from third parties.
pub(super) fn hidden(record: &Record, effects: &BTreeSet<Effect>, over: &Repaired) -> Hidden {
    let by_document = || document(record).is_some_and(|id| over.contains(&id));
    if effects.contains(&Effect::Repaired) || (!over.is_empty() && by_document()) {
        Hidden::Repaired
    } else if effects.contains(&Effect::Suspended) {
        Hidden::Suspended
    } else {
        Hidden::No
    }
}

/// What the own file says of a fact that cases keep from third parties; all else stays what it is.
pub(super) fn held_back(publication: Publication, hidden: Hidden) -> Publication {
    match (publication, hidden) {
        (Publication::Public { .. }, Hidden::Suspended) => Publication::Suspended,
        (
            Publication::Public { .. } | Publication::Ended(_) | Publication::NotPublished,
            Hidden::Repaired,
        ) => Publication::Repaired,
        (other, _) => other,
    }
}

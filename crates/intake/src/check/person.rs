//! A natural person's row, where sealed storage is open and the theme takes persons: the same checks as
//! for any row, and one more: the person's own number, verified. What passes leaves as a
//! [`PersonalDraft`]; what does not leaves nothing of the row but which rules it breaks.

use super::cells::Cells;
use super::outcome::{HoldReason, Outcome, PersonFact, PersonalDraft, Rejected};
use super::plan::Plan;
use super::subject::{self, Person};
use super::{Checker, Draft};
use crate::read::{CellState, RawRow};
use crate::rejects;
use credit::catalog::ItemIx;
use credit::fault::{Fault, FaultKind};
use credit::identifier::Identifier;
use credit::limits;
use credit::personal::Personal;
use credit::subject::{Claim, SubjectKind};
use credit::text::narrow;
use std::sync::Arc;

impl<'t> Checker<'t> {
    /// A row that speaks of a person: refused, unless all of it may be sealed.
    pub(super) fn person(&mut self, row: &RawRow<'_>, person: Person, cells: Cells<'_>) -> Outcome {
        let number = self.theme.natural_person.as_ref().map(|one| one.number);
        let plan = Arc::clone(&self.plan);
        match number.filter(|_| self.seals_persons && person == Person::Natural) {
            Some(number) if is_a_persons(&plan, &cells) => self.sealable(&plan, row, number, cells),
            // It says that it is a person's, and something in it says otherwise.
            Some(_) => self.refuse_person(row, Person::Unclear, cells),
            None => self.refuse_person(row, person, cells),
        }
    }

    fn sealable(
        &mut self,
        plan: &Plan<'t>,
        row: &RawRow<'_>,
        number: ItemIx,
        mut cells: Cells<'_>,
    ) -> Outcome {
        cells.kind = Some(SubjectKind::NaturalPerson);
        self.complete(plan, &mut cells);
        let Some(own) = self.own_number(plan, row, number) else {
            let fault = Fault::of_item(FaultKind::PersonUnverified, number);
            cells.faults.insert(0, fault);
            return self.refuse_masked(row, cells);
        };
        let name = plan.names.iter().find_map(|&ix| cells.get(ix));
        let claim = Claim {
            kind: SubjectKind::NaturalPerson,
            identifiers: vec![own.clone()],
            name: name.map(str::to_owned),
            place: None,
        };
        let Some(key) = subject::key(self.theme, plan, &cells, Some(&claim)) else {
            if let Some(ix) = subject::missing_key(self.theme, &cells) {
                cells.fault(Fault::of_item(FaultKind::NoKey, ix));
            }
            return self.refuse_masked(row, cells);
        };
        // Whatever sends a person's row back, nothing of it goes with it.
        if let Some(fault) = self.beyond_charge(&claim) {
            cells.fault(Fault::of_row(fault));
        }
        if cells.never || !cells.faults.is_empty() {
            return self.refuse_masked(row, cells);
        }
        match self.accept(plan, row, claim, key, cells) {
            Outcome::Ready(draft) => personal(own, draft, None),
            Outcome::Held(draft, reason) => personal(own, draft, Some(reason)),
            other => other,
        }
    }

    /// The number in the person's own column: a citizen's, or a newer foreigner's card, both of which
    /// carry a check character. Anything else is no ground to say who somebody is.
    fn own_number(&self, plan: &Plan<'t>, row: &RawRow<'_>, number: ItemIx) -> Option<Identifier> {
        let column = plan.columns.iter().find(|column| column.ix == number)?;
        if row.state(column.at) != CellState::Sound {
            return None;
        }
        let raw = row.text(column.at);
        let raw = if self.binding.guarded {
            rejects::unguard(raw)
        } else {
            raw
        };
        Identifier::of_person(&narrow(raw))
    }

    /// Which rules the row breaks, by column and without any value.
    fn refuse_masked(&self, row: &RawRow<'_>, mut cells: Cells<'_>) -> Outcome {
        cells.faults.truncate(limits::FAULTS_PER_ROW);
        if cells.faults.is_empty() {
            cells.faults.push(Fault::of_row(FaultKind::Person));
        }
        for fault in &mut cells.faults {
            fault.value = None;
            self.place(fault);
        }
        Outcome::Rejected(Rejected {
            row: row.number,
            key: None,
            personal: true,
            faults: cells.faults,
            cells: None,
        })
    }
}

/// Whether the row says of itself that it is a person's, and nothing in it says otherwise: no number
/// stands in another column, and no organisation's code.
fn is_a_persons(plan: &Plan<'_>, cells: &Cells<'_>) -> bool {
    let stated = plan.kind.and_then(|ix| cells.get(ix));
    stated.and_then(|value| plan.stated(value)) == Some(SubjectKind::NaturalPerson)
        && !cells.person_number
        && !cells.business_code
        && cells.identifiers.is_empty()
}

fn personal(number: Identifier, draft: Draft, held: Option<HoldReason>) -> Outcome {
    Outcome::Personal(Box::new(PersonalDraft {
        row: draft.row,
        mends: draft.mends,
        fact: Personal::new(PersonFact {
            number,
            draft,
            held,
        }),
    }))
}

//! One row of a file against its theme: a draft fact, a held one, or a reject that says how to mend
//! it. The heart of the intake; runs hundreds of thousands of times a second.
//!
//! The order matters. Persons' numbers are dropped while cells are read, before anything else sees
//! them. Every cell is searched for persons' numbers and for data that is never collected, whether
//! its column is right or not. Only then is anything said about the row, and if it speaks of a
//! person nothing of it is said at all.

mod cells;
mod facts;
mod footer;
mod guard;
mod outcome;
pub mod par;
mod person;
mod plan;
mod shape;
mod subject;

pub use outcome::{Doubt, Draft, HoldReason, Outcome, PersonFact, PersonalDraft, Rejected};

use crate::header::{Binding, Column};
use crate::read::{RawRow, RowProblem};
use crate::rejects;
use cells::{Cells, Memo};
use credit::calendar::Calendar;
use credit::catalog::{ItemIx, Supplier, Theme};
use credit::fault::{Fault, FaultKind};
use credit::limits;
use credit::rule::Var;
use credit::subject::SubjectKind;
use jiff::civil::Date;
use plan::Plan;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use subject::Person;

/// What is the same for all rows of a submission.
#[derive(Clone, Copy, Debug)]
pub struct CheckOptions<'t> {
    /// The day of the submission.
    pub today: Date,
    /// Who sends it.
    pub supplier: &'t Supplier,
    /// Working days, for reporting deadlines.
    pub calendar: &'t Calendar,
}

/// Checks the rows of one file. A clone shares what is prepared and can run on another thread.
#[derive(Clone, Debug)]
pub struct Checker<'t> {
    theme: &'t Theme,
    binding: Arc<Binding>,
    options: CheckOptions<'t>,
    today: String,
    plan: Arc<Plan<'t>>,
    memos: Vec<Memo>,
    deadlines: HashMap<Date, Date>,
    /// Sealed storage is open: rows of natural persons may pass, as [`PersonalDraft`]s.
    seals_persons: bool,
}

impl<'t> Checker<'t> {
    /// Prepares the checks of a theme for the columns of one file.
    #[must_use]
    pub fn new(theme: &'t Theme, binding: Binding, options: CheckOptions<'t>) -> Checker<'t> {
        let plan = Plan::of(theme, &binding);
        Checker {
            theme,
            memos: vec![Memo::default(); plan.columns.len()],
            plan: Arc::new(plan),
            binding: Arc::new(binding),
            today: options.today.to_string(),
            options,
            deadlines: HashMap::new(),
            seals_persons: false,
        }
    }

    /// The same with sealed storage open: rows of natural persons pass where the theme takes them and
    /// the person's own number is verified. Whoever switches this on seals what comes, and writes none
    /// of it elsewhere.
    #[must_use]
    pub fn sealing_persons(mut self, open: bool) -> Checker<'t> {
        self.seals_persons = open;
        self
    }

    /// The theme.
    #[must_use]
    pub fn theme(&self) -> &'t Theme {
        self.theme
    }

    /// The columns.
    #[must_use]
    pub fn binding(&self) -> &Binding {
        &self.binding
    }

    /// Checks one row.
    pub fn row(&mut self, row: &RawRow<'_>) -> Outcome {
        if row.is_blank() || (self.binding.guarded && self.is_bare_reject(row)) {
            return Outcome::Blank;
        }
        if let Some(letters) = footer::letters(row, &self.plan.identity) {
            return Outcome::Footer { letters };
        }
        if let Some(fault) = self.form(row) {
            // Cells of a broken row may stand under the wrong column, a person's number among
            // them, so none of them is kept.
            return Outcome::Rejected(Rejected {
                row: row.number,
                key: None,
                personal: false,
                faults: vec![fault],
                cells: None,
            });
        }
        let plan = Arc::clone(&self.plan);
        let mut cells = cells::read(
            &plan,
            row,
            &self.today,
            self.binding.guarded,
            &mut self.memos,
        );
        if let Some(person) = subject::settle(&plan, self.theme, &mut cells) {
            return self.person(row, person, cells);
        }
        self.complete(&plan, &mut cells);
        let is_business = cells.kind == Some(SubjectKind::IndividualBusiness);
        if is_business && !subject::publish_only(self.theme, &mut cells) {
            return self.refuse_person(row, Person::Business, cells);
        }
        let claim = subject::claim(&plan, &mut cells);
        let key = subject::key(self.theme, &plan, &cells, claim.as_ref());
        if key.is_none()
            && let Some(ix) = subject::missing_key(self.theme, &cells)
        {
            cells.fault(Fault::of_item(FaultKind::NoKey, ix));
        }
        match (claim, key) {
            (None, _) | (_, None) if is_business => {
                self.refuse_person(row, Person::Business, cells)
            }
            (Some(claim), Some(key)) if cells.faults.is_empty() => {
                self.accept(&plan, row, claim, key, cells)
            }
            (_, key) => Outcome::Rejected(self.reject(row, key, cells)),
        }
    }

    /// A line of our own file of rejects that carries only reasons: there is nothing to read.
    fn is_bare_reject(&self, row: &RawRow<'_>) -> bool {
        let mut columns = self.binding.columns.iter().enumerate();
        columns.all(|(at, column)| *column == Column::Ours || row.text(at).trim().is_empty())
    }

    /// What is wrong with the row as a row.
    fn form(&self, row: &RawRow<'_>) -> Option<Fault> {
        let expected = self.binding.columns.len();
        if let Some(problem) = row.problem {
            let (kind, field) = match problem {
                RowProblem::Broken | RowProblem::CutOff => (FaultKind::Broken, None),
                RowProblem::UnknownField(name) => (FaultKind::UnknownField, Some(name)),
                RowProblem::DoubledField(name) => (FaultKind::DoubledField, Some(name)),
            };
            return Some(Fault {
                // A field's name is the sender's text like any other.
                header: field.filter(|name| !guard::has_many_digits(name)).cloned(),
                ..Fault::of_row(kind)
            });
        }
        // Exports pad rows with empty cells at the end; anything else is a shifted row.
        let extra = (expected..row.len()).any(|at| !row.text(at).trim().is_empty());
        (row.len() < expected || extra).then(|| {
            Fault::of_row(FaultKind::Ragged {
                expected,
                found: row.len(),
            })
        })
    }

    /// Checks that look at several items: required ones, consent, document, cross-field rules.
    fn complete(&self, plan: &Plan<'t>, cells: &mut Cells<'_>) {
        self.require(plan, cells);
        for &(item, consent) in &plan.consents {
            if cells.has(item) && !cells.has(consent) {
                cells.fault(Fault::of_item(FaultKind::NoConsent, item));
            }
        }
        if self.theme.is_negative() {
            for group in &plan.document {
                let empty = |ix: &ItemIx| !cells.has(*ix) && !cells.at_fault(*ix);
                if let Some(&first) = group.first()
                    && group.iter().all(empty)
                {
                    cells.fault(Fault::of_item(FaultKind::NoDocument, first));
                }
            }
        }
        for (ix, rule) in plan.rules.iter().enumerate() {
            // A rule over a value that is itself at fault would only repeat that fault.
            if rule.slots.iter().any(|&slot| cells.at_fault(slot)) {
                continue;
            }
            match self.holds(rule, cells) {
                Some(true) => {}
                Some(false) => cells.fault(Fault {
                    rule: Cow::Owned(rule.rule.code.clone()),
                    item: rule.slots.first().copied(),
                    ..Fault::of_row(FaultKind::Rule(ix))
                }),
                None => cells.fault(Fault {
                    rule: Cow::Owned(rule.rule.code.clone()),
                    ..Fault::of_row(FaultKind::RuleFailed)
                }),
            }
        }
    }

    fn require(&self, plan: &Plan<'t>, cells: &mut Cells<'_>) {
        for &ix in &plan.required {
            if !cells.has(ix) && !cells.at_fault(ix) {
                cells.fault(Fault::of_item(FaultKind::Missing, ix));
            }
        }
        for (ix, rule) in &plan.required_when {
            if cells.has(*ix) || cells.at_fault(*ix) {
                continue;
            }
            if rule.slots.iter().any(|&slot| cells.at_fault(slot)) {
                continue;
            }
            if self.holds(rule, cells) == Some(true) {
                cells.fault(Fault::of_item(FaultKind::MissingWhen, *ix));
            }
        }
    }

    /// Whether a rule holds; `None` where the rule itself gave no answer.
    fn holds(&self, rule: &plan::Bound<'t>, cells: &Cells<'_>) -> Option<bool> {
        let get = |slot: usize| {
            let Some(&ix) = rule.slots.get(slot) else {
                return Var::Null;
            };
            let value = cells.values.get(ix).and_then(Option::as_deref);
            match self.theme.items.get(ix) {
                Some(item) => Var::of(&item.kind, value),
                None => Var::Null,
            }
        };
        rule.rule.holds_for(&self.today, &get).ok()
    }

    /// A row about a person: the faults say what kind of thing is wrong, and nothing else of the
    /// row leaves this function.
    fn refuse_person(&self, row: &RawRow<'_>, person: Person, cells: Cells<'_>) -> Outcome {
        let first = match person {
            Person::Natural => Fault::of_row(FaultKind::Person),
            Person::Business => Fault::of_row(FaultKind::IndividualBusiness),
            Person::Unclear => Fault::of_row(FaultKind::KindUnclear),
            Person::Content => return Outcome::Rejected(self.reject(row, None, cells)),
        };
        Outcome::Rejected(Rejected {
            row: row.number,
            key: None,
            personal: true,
            faults: vec![first],
            cells: None,
        })
    }

    fn reject(&self, row: &RawRow<'_>, key: Option<String>, mut cells: Cells<'_>) -> Rejected {
        if let Some(ix) = self.mistyped_citizen(row) {
            cells.fault(Fault::of_item(FaultKind::PersonalNumber, ix));
        }
        let personal = cells.faults.iter().any(|fault| fault.kind.is_personal());
        if personal {
            cells.faults.retain(|fault| fault.kind.is_personal());
        }
        cells.faults.truncate(limits::FAULTS_PER_ROW);
        for fault in &mut cells.faults {
            if personal {
                fault.value = None;
            }
            self.place(fault);
        }
        Rejected {
            row: row.number,
            key: key.filter(|_| !personal),
            personal,
            faults: cells.faults,
            cells: (!personal).then(|| self.mendable(row)),
        }
    }

    /// A text with a citizen's number whose check digit is wrong. An accepted text of that kind
    /// waits for a person before anyone reads it; a reject would be kept as it came.
    fn mistyped_citizen(&self, row: &RawRow<'_>) -> Option<ItemIx> {
        self.plan
            .columns
            .iter()
            .filter(|column| matches!(column.reader, plan::Reader::Text(_)))
            .find(|column| shape::holds_citizen(row.text(column.at)))
            .map(|column| column.ix)
    }

    /// Adds column and header to a fault.
    fn place(&self, fault: &mut Fault) {
        let column = fault
            .item
            .and_then(|ix| self.binding.by_item.get(ix).copied().flatten());
        fault.column = column;
        if let Some(at) = column {
            fault.header = self.binding.headers.get(at).cloned();
        }
    }

    /// The row's cells for a file of rejects: only columns that are items, and never a person's
    /// number. Unknown columns may hold anything, so they are left empty.
    fn mendable(&self, row: &RawRow<'_>) -> Vec<String> {
        self.binding
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| match column {
                Column::Item(ix, _) if !self.plan.is_person_number(*ix) => {
                    let text = row.text(at);
                    let text = if self.binding.guarded {
                        rejects::unguard(text)
                    } else {
                        text
                    };
                    text.to_owned()
                }
                _ => String::new(),
            })
            .collect()
    }
}

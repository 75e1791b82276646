//! From a row without faults to a draft: document, severity, lateness, and whether it must wait.

use super::cells::Cells;
use super::outcome::{Draft, HoldReason, Outcome};
use super::plan::Plan;
use super::{Checker, subject};
use crate::read::RawRow;
use crate::rejects::Reference;
use crate::value::date;
use credit::catalog::{Beyond, ItemIx, Outside, Role};
use credit::clock::Severity;
use credit::fault::{Fault, FaultKind};
use credit::record::Document;
use credit::subject::Claim;
use jiff::civil::Date;
use std::borrow::Cow;

impl<'t> Checker<'t> {
    /// Builds the draft of a row that passed every check.
    pub(super) fn accept(
        &mut self,
        plan: &Plan<'t>,
        row: &RawRow<'_>,
        claim: Claim,
        key: String,
        mut cells: Cells<'_>,
    ) -> Outcome {
        let beyond = self.options.supplier.beyond(&claim, self.options.today);
        if let Some(fault) = self.beyond_charge(&claim) {
            cells.fault(Fault::of_row(fault));
            return Outcome::Rejected(self.reject(row, Some(key), cells));
        }
        let severity = self.severity(plan, &cells);
        let elsewhere = beyond.map(|_| HoldReason::OutsideArea);
        let hold = self.hold(severity, &cells).or(elsewhere);
        let mut draft = Draft {
            row: row.number,
            claim,
            key,
            scope: subject::scope(self.theme, &cells),
            document: self.document(&cells),
            severity,
            removed: self.with_role(Role::RemovedOn, &cells).is_some(),
            late: self.is_late(&cells),
            mends: self.mends(row),
            warnings: cells.warnings,
            values: Vec::with_capacity(self.theme.items.len()),
        };
        draft.values.extend(
            cells
                .values
                .into_iter()
                .map(|value| value.map(Cow::into_owned).map(String::into_boxed_str)),
        );
        draft.values.resize(self.theme.items.len(), None);
        match hold {
            Some(reason) => Outcome::Held(draft, reason),
            None => Outcome::Ready(draft),
        }
    }

    /// Which rejected row it mends, where the file has our column for that.
    fn mends(&self, row: &RawRow<'_>) -> Option<Reference> {
        Reference::parse(row.text(self.binding.reference?))
    }

    fn with_role<'c>(&self, role: Role, cells: &'c Cells<'_>) -> Option<&'c str> {
        self.theme.item_with(role).and_then(|ix| cells.get(ix))
    }

    fn day(&self, ix: ItemIx, cells: &Cells<'_>) -> Option<Date> {
        let text = cells.get(ix)?;
        date::day(text).or_else(|| text.parse().ok())
    }

    /// The legal document, where organ and number are known.
    fn document(&self, cells: &Cells<'_>) -> Option<Document> {
        let organ = self
            .with_role(Role::DocumentOrganCode, cells)
            .or_else(|| self.with_role(Role::DocumentOrgan, cells))?;
        let number = self.theme.document_number(|ix| cells.get(ix))?;
        let decided = self.theme.item_with(Role::DecidedOn);
        Some(Document {
            organ: organ.to_owned(),
            number,
            decided_on: decided.and_then(|ix| self.day(ix, cells)),
        })
    }

    /// How grave: the first case of the theme's table that holds. A table says by itself where the
    /// source's label counts; where none of its cases holds, the label alone decides (R08).
    fn severity(&self, plan: &Plan<'t>, cells: &Cells<'_>) -> Option<Severity> {
        let table = self.theme.severity.as_ref()?;
        table
            .cases
            .iter()
            .zip(&plan.severity)
            .find(|(_, when)| self.holds(when, cells) == Some(true))
            .map(|(case, _)| case.severity)
            .or_else(|| self.with_role(Role::Severity, cells).and_then(labelled))
    }

    /// Why a row goes back that speaks of a subject outside its supplier's charge.
    pub(super) fn beyond_charge(&self, claim: &Claim) -> Option<FaultKind> {
        match self.options.supplier.beyond(claim, self.options.today)? {
            Beyond::Kind => Some(FaultKind::KindNotAllowed(claim.kind)),
            Beyond::Area(Outside::Reject) => Some(FaultKind::OutsideArea),
            Beyond::Area(Outside::Hold) => None,
        }
    }

    /// Facts that must wait. A removal never waits: it takes a burden away.
    fn hold(&self, severity: Option<Severity>, cells: &Cells<'_>) -> Option<HoldReason> {
        if self.with_role(Role::RemovedOn, cells).is_some() {
            return None;
        }
        if self.theme.finality_required {
            let since = self.with_role(Role::FinalOn, cells);
            if since.is_none_or(|day| day > self.today.as_str()) {
                return Some(HoldReason::NotFinal);
            }
        }
        (self.theme.severity.is_some() && severity.is_none()).then_some(HoldReason::SeverityUnknown)
    }

    /// Whether the row arrives after its reporting deadline (R07).
    fn is_late(&mut self, cells: &Cells<'_>) -> bool {
        let Some((days, ix)) = self.theme.reporting.deadline else {
            return false;
        };
        let Some(from) = self.day(ix, cells) else {
            return false;
        };
        let calendar = self.options.calendar;
        let deadline = *self
            .deadlines
            .entry(from)
            .or_insert_with(|| calendar.add_working_days(from, days));
        self.options.today > deadline
    }
}

/// The severity that a source agency labels.
fn labelled(label: &str) -> Option<Severity> {
    if let Some(severity) = Severity::parse(label) {
        return Some(severity);
    }
    [
        ("轻微", Severity::Minor),
        ("一般", Severity::Ordinary),
        ("严重", Severity::Serious),
    ]
    .into_iter()
    .find(|(word, _)| label.starts_with(word))
    .map(|(_, severity)| severity)
}

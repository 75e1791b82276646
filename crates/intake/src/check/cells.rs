//! The cells of one row to canonical values, with their faults.

use super::footer;
use super::guard;
use super::outcome::Doubt;
use super::plan::{Column, Plan, Reader};
use super::shape::{self, Named};
use super::subject::stated_kind;
use crate::read::{CellState, RawRow};
use crate::rejects;
use crate::value::{Canonical, date, decimal, identifier};
use credit::catalog::{ItemIx, Role};
use credit::fault::{Fault, FaultKind};
use credit::identifier::{Identifier, IdentifierError};
use credit::limits;
use credit::subject::SubjectKind;
use credit::text::{narrow, tidy};
use std::borrow::Cow;

/// Longest cell that a memo remembers, in bytes: longer ones hardly repeat.
const MEMO_BYTES: usize = 256;

/// The last good cell of a column. Files repeat organs, dates and categories row after row.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo {
    raw: String,
    /// `None` while there is nothing; else the canonical text where it differs from the cell.
    value: Option<Option<String>>,
}

/// The values of one row, by item.
#[derive(Debug, Default)]
pub(super) struct Cells<'r> {
    pub(super) values: Vec<Option<Cow<'r, str>>>,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Doubt>,
    /// Identifiers of the subject's columns, with their items.
    pub(super) identifiers: Vec<(ItemIx, Identifier)>,
    /// An identifier column holds what looks like a person's number.
    pub(super) person_number: bool,
    /// A code at fault looks like an individual business's.
    pub(super) business_code: bool,
    /// The kind of subject that a cell at fault states all the same.
    pub(super) stated: Option<SubjectKind>,
    /// A cell holds what must never be written.
    pub(super) never: bool,
    /// The kind of subject, once it is settled.
    pub(super) kind: Option<SubjectKind>,
}

impl Cells<'_> {
    pub(super) fn has(&self, ix: ItemIx) -> bool {
        self.values.get(ix).is_some_and(Option::is_some)
    }

    pub(super) fn get(&self, ix: ItemIx) -> Option<&str> {
        self.values.get(ix).and_then(Option::as_deref)
    }

    pub(super) fn at_fault(&self, ix: ItemIx) -> bool {
        self.faults.iter().any(|fault| fault.item == Some(ix))
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        if self.faults.len() < limits::FAULTS_PER_ROW || fault.kind.is_personal() {
            self.faults.push(fault);
        }
    }
}

/// Reads every bound column.
pub(super) fn read<'r>(
    plan: &Plan<'_>,
    row: &RawRow<'r>,
    today: &str,
    guarded: bool,
    memos: &mut [Memo],
) -> Cells<'r> {
    let mut cells = Cells {
        values: vec![None; plan.items],
        ..Cells::default()
    };
    for (column, memo) in plan.columns.iter().zip(memos) {
        let raw = row.text(column.at);
        let raw = if guarded { rejects::unguard(raw) } else { raw };
        if raw.is_empty() || matches!(column.reader, Reader::Dropped) {
            continue;
        }
        if let Some(kind) = state(row.state(column.at)) {
            cell_at_fault(column, raw, kind, &mut cells);
            continue;
        }
        one(column, raw, today, memo, &mut cells);
    }
    cells
}

fn state(state: CellState) -> Option<FaultKind> {
    match state {
        CellState::Sound => None,
        CellState::Malformed => Some(FaultKind::Malformed),
        CellState::TooLong => Some(FaultKind::CellTooLong),
        CellState::WorkbookError => Some(FaultKind::WorkbookError),
        CellState::Rounded => Some(FaultKind::Rounded),
    }
}

fn one<'r>(column: &Column<'_>, raw: &'r str, today: &str, memo: &mut Memo, cells: &mut Cells<'r>) {
    // Identifiers hardly repeat and carry more than their text; they have no memo.
    if let Reader::Identifier(system) = column.reader {
        return identifier_cell(column, system, raw, cells);
    }
    if let Some(known) = &memo.value
        && memo.raw == raw
    {
        let value = known
            .as_ref()
            .map_or(Cow::Borrowed(raw), |text| Cow::Owned(text.clone()));
        return put(cells, column.ix, Some(value));
    }
    if let Some(kind) = guard::search(column, raw) {
        cells.never = true;
        return cells.fault(Fault::of_item(kind, column.ix));
    }
    if column.item.role == Role::SubjectName && shape::is_followed_by_a_number(raw) {
        cells.person_number = true;
    }
    match canonical(column, raw, today) {
        Ok(value) => {
            if let Some(value) = &value {
                remember(memo, raw, value);
            }
            put(cells, column.ix, value);
        }
        Err(kind) => cell_at_fault(column, raw, kind, cells),
    }
}

fn remember(memo: &mut Memo, raw: &str, value: &str) {
    if raw.len() > MEMO_BYTES {
        return;
    }
    memo.raw.clear();
    memo.raw.push_str(raw);
    memo.value = Some((value != raw).then(|| value.to_owned()));
}

fn put<'r>(cells: &mut Cells<'r>, ix: ItemIx, value: Option<Cow<'r, str>>) {
    if let Some(place) = cells.values.get_mut(ix) {
        *place = value;
    }
}

/// A cell that is refused: its text is still searched, because it may stand in a reject.
fn cell_at_fault(column: &Column<'_>, raw: &str, kind: FaultKind, cells: &mut Cells<'_>) {
    if let Some(kind) = guard::search_all(raw) {
        cells.never = true;
        return cells.fault(Fault::of_item(kind, column.ix));
    }
    suspect(column, raw, cells);
    cells.fault(Fault::of_item(kind, column.ix).with_value(column.item, &tidy(raw)));
}

/// A code or a kind that is refused may still tell that the row speaks of a person, and then
/// nothing of it may be kept for mending.
fn suspect(column: &Column<'_>, raw: &str, cells: &mut Cells<'_>) {
    if let Reader::Identifier(system) = column.reader {
        match shape::named(system, raw) {
            Some(Named::Person) => cells.person_number = true,
            // Organs and other third parties have columns of codes too.
            Some(Named::Business) if column.item.role == Role::SubjectIdentifier => {
                cells.business_code = true;
            }
            _ => {}
        }
    }
    if column.item.role == Role::SubjectKind {
        cells.stated = stated_kind(&tidy(raw));
    }
}

/// A tidied cell to the canonical text of its kind. A line that slipped into the last cell of a
/// table is cut off where the kind can tell that what stands before it is whole.
fn canonical<'r>(column: &Column<'_>, raw: &'r str, today: &str) -> Canonical<'r> {
    let found = typed(column, raw, today);
    if found.is_err()
        && !matches!(column.reader, Reader::Text(_))
        && let Some(head) = footer::unglue(raw)
        && let Ok(value) = typed(column, head, today)
    {
        return Ok(value);
    }
    found
}

fn typed<'r>(column: &Column<'_>, raw: &'r str, today: &str) -> Canonical<'r> {
    let text = match column.reader {
        Reader::Text(_) => tidy(raw),
        _ => narrow(raw),
    };
    if text.is_empty() || column.empty.iter().any(|word| *word == *text) {
        return Ok(None);
    }
    let value = match text {
        Cow::Borrowed(text) => value(column, text, today)?,
        Cow::Owned(text) => {
            value(column, &text, today)?.map(|found| Cow::Owned(found.into_owned()))
        }
    };
    if let (Some(format), Some(text)) = (&column.item.format, &value)
        && !format.is_match(text)
    {
        return Err(FaultKind::Format);
    }
    Ok(value)
}

fn value<'a>(column: &Column<'_>, text: &'a str, today: &str) -> Canonical<'a> {
    match &column.reader {
        Reader::Dropped | Reader::Identifier(_) => Ok(None),
        Reader::Text(max) => short_enough(text, *max).map(|()| Some(Cow::Borrowed(text))),
        Reader::Date { open, past } => {
            let day = date::parse(text, *open)?;
            // Canonical dates compare as text.
            if *past && day.as_deref().is_some_and(|day| day > today) {
                let today = today.parse().map_err(|_| FaultKind::NotADate)?;
                return Err(FaultKind::Future { today });
            }
            Ok(day)
        }
        Reader::Whole => decimal::whole(text),
        Reader::Decimal {
            digits,
            scale,
            unit,
            header_unit,
        } => decimal::parse(
            text,
            &decimal::Form {
                digits: *digits,
                scale: *scale,
                unit: *unit,
                header_unit: header_unit.as_deref(),
            },
        ),
        Reader::Code { index, many } => index.parse(text, *many),
    }
}

fn short_enough(text: &str, max: u32) -> Result<(), FaultKind> {
    let max_chars = usize::try_from(max).unwrap_or(usize::MAX);
    // A text has no more characters than bytes, so most need no count.
    if text.len() <= max_chars {
        return Ok(());
    }
    let found = text.chars().count();
    if found <= max_chars {
        Ok(())
    } else {
        Err(FaultKind::TooLong { max, found })
    }
}

fn identifier_cell<'r>(
    column: &Column<'_>,
    system: Option<credit::identifier::System>,
    raw: &'r str,
    cells: &mut Cells<'r>,
) {
    let text = narrow(raw);
    if text.is_empty() || column.empty.iter().any(|word| *word == *text) {
        return;
    }
    let mut found = identifier(system, &text);
    if found.is_err()
        && let Some(head) = footer::unglue(raw)
    {
        found = identifier(system, head).or(found);
    }
    match found {
        Ok(parsed) if parsed.identifier.is_personal() || shape::is_citizen_by_chance(&parsed) => {
            cells.person_number = true;
        }
        Ok(parsed) => {
            let warnings = parsed.warnings.into_iter().map(|warning| Doubt {
                item: column.ix,
                warning,
            });
            cells.warnings.extend(warnings);
            let value = parsed.identifier.value();
            let value = if value == raw {
                Cow::Borrowed(raw)
            } else {
                Cow::Owned(value.to_owned())
            };
            put(cells, column.ix, Some(value));
            if column.item.role == Role::SubjectIdentifier {
                cells.identifiers.push((column.ix, parsed.identifier));
            }
        }
        Err(FaultKind::Identifier {
            error: IdentifierError::Personal,
            ..
        }) => cells.person_number = true,
        Err(kind) => cell_at_fault(column, raw, kind, cells),
    }
}

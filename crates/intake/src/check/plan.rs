//! What can be settled once for a file: which column is read how, which rules look at which items.

use super::subject::stated_kind;
use crate::header::{Binding, Column as BoundColumn};
use crate::value::CodeIndex;
use credit::catalog::{Item, ItemIx, ItemKind, Required, Role, Theme};
use credit::identifier::System;
use credit::rule::Rule;
use credit::subject::SubjectKind;

/// The prepared checks of one theme over the columns of one file.
#[derive(Debug)]
pub(super) struct Plan<'t> {
    /// Items of the theme.
    pub(super) items: usize,
    pub(super) columns: Vec<Column<'t>>,
    pub(super) required: Vec<ItemIx>,
    pub(super) required_when: Vec<(ItemIx, Bound<'t>)>,
    pub(super) rules: Vec<Bound<'t>>,
    pub(super) severity: Vec<Bound<'t>>,
    /// Items that may be filled only together with another.
    pub(super) consents: Vec<(ItemIx, ItemIx)>,
    /// Groups of items of which a negative fact needs at least one each (R03).
    pub(super) document: Vec<Vec<ItemIx>>,
    pub(super) names: Vec<ItemIx>,
    pub(super) kind: Option<ItemIx>,
    /// What each value of its code set states.
    kinds: Vec<(String, Option<SubjectKind>)>,
    pub(super) identifiers: Vec<ItemIx>,
    pub(super) place: Option<ItemIx>,
    person_numbers: Vec<bool>,
    /// Columns that say who the subject is; a line below the table leaves them empty.
    pub(super) identity: Vec<usize>,
}

/// A column and how its cells are read.
#[derive(Debug)]
pub(super) struct Column<'t> {
    pub(super) at: usize,
    pub(super) ix: ItemIx,
    pub(super) item: &'t Item,
    pub(super) reader: Reader<'t>,
    pub(super) empty: &'t [String],
}

/// How a cell is read.
#[derive(Debug)]
pub(super) enum Reader<'t> {
    /// A person's number: only whether it is there.
    Dropped,
    Text(u32),
    Date {
        /// Words for *no end* are taken.
        open: bool,
        /// A day after the submission makes no sense.
        past: bool,
    },
    Whole,
    Decimal {
        digits: u8,
        scale: u8,
        unit: Option<&'t str>,
        header_unit: Option<String>,
    },
    Code {
        index: CodeIndex,
        many: bool,
    },
    Identifier(Option<System>),
}

/// A rule and the items at the positions of its own list.
#[derive(Debug)]
pub(super) struct Bound<'t> {
    pub(super) rule: &'t Rule,
    pub(super) slots: Vec<ItemIx>,
}

impl<'t> Plan<'t> {
    pub(super) fn of(theme: &'t Theme, binding: &Binding) -> Plan<'t> {
        let all = |role: Role| -> Vec<ItemIx> {
            let with_role = |(ix, item): (ItemIx, &Item)| (item.role == role).then_some(ix);
            theme
                .items
                .iter()
                .enumerate()
                .filter_map(with_role)
                .collect()
        };
        let columns = columns(theme, binding);
        let identity = columns
            .iter()
            .filter(|column| {
                matches!(
                    column.item.role,
                    Role::SubjectName | Role::SubjectIdentifier
                ) || matches!(column.reader, Reader::Identifier(_))
            })
            .map(|column| column.at)
            .collect();
        let mut organ = all(Role::DocumentOrganCode);
        organ.extend(all(Role::DocumentOrgan));
        let mut number = all(Role::DocumentNumber);
        if number.is_empty() {
            number.clone_from(&theme.reference);
        }
        Plan {
            items: theme.items.len(),
            identity,
            required: required(theme),
            required_when: required_when(theme),
            rules: theme.rules.iter().map(|rule| bound(theme, rule)).collect(),
            severity: theme
                .severity
                .iter()
                .flat_map(|table| &table.cases)
                .map(|case| bound(theme, &case.when))
                .collect(),
            consents: theme
                .items
                .iter()
                .enumerate()
                .filter_map(|(ix, item)| Some((ix, item.consent?)))
                .collect(),
            document: vec![number, organ, all(Role::DecidedOn)],
            names: all(Role::SubjectName),
            kind: theme.item_with(Role::SubjectKind),
            kinds: kinds(theme),
            identifiers: all(Role::SubjectIdentifier),
            place: theme.item_with(Role::SubjectPlace),
            person_numbers: theme
                .items
                .iter()
                .map(|item| item.role == Role::PersonIdentifier)
                .collect(),
            columns,
        }
    }

    /// The kind of subject that a value states.
    pub(super) fn stated(&self, value: &str) -> Option<SubjectKind> {
        match self.kinds.iter().find(|(known, _)| known == value) {
            Some((_, kind)) => *kind,
            None => stated_kind(value),
        }
    }

    pub(super) fn is_person_number(&self, ix: ItemIx) -> bool {
        self.person_numbers.get(ix).copied().unwrap_or(true)
    }
}

fn kinds(theme: &Theme) -> Vec<(String, Option<SubjectKind>)> {
    let item = theme.item_with(Role::SubjectKind);
    let Some(ItemKind::Code { set, .. }) = item.and_then(|ix| Some(&theme.items.get(ix)?.kind))
    else {
        return Vec::new();
    };
    set.values
        .iter()
        .map(|value| (value.value.clone(), stated_kind(&value.value)))
        .collect()
}

fn columns<'t>(theme: &'t Theme, binding: &Binding) -> Vec<Column<'t>> {
    binding
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| {
            let BoundColumn::Item(ix, unit) = column else {
                return None;
            };
            let item = theme.items.get(*ix)?;
            Some(Column {
                at,
                ix: *ix,
                item,
                reader: reader(item, unit.clone()),
                empty: &theme.empty,
            })
        })
        .collect()
}

fn reader(item: &Item, header_unit: Option<String>) -> Reader<'_> {
    if item.role == Role::PersonIdentifier {
        return Reader::Dropped;
    }
    match &item.kind {
        ItemKind::Text(max) => Reader::Text(*max),
        ItemKind::Date => Reader::Date {
            open: matches!(item.role, Role::ValidTo | Role::PublicityEnd),
            past: matches!(item.role, Role::DecidedOn | Role::RemovedOn),
        },
        ItemKind::Integer => Reader::Whole,
        ItemKind::Decimal {
            digits,
            scale,
            unit,
        } => Reader::Decimal {
            digits: *digits,
            scale: *scale,
            unit: unit.as_deref(),
            header_unit,
        },
        ItemKind::Code { set, many } => Reader::Code {
            index: CodeIndex::new(std::sync::Arc::clone(set)),
            many: *many,
        },
        ItemKind::Identifier(system) => match system {
            Some(system) if system.is_personal() => Reader::Dropped,
            other => Reader::Identifier(*other),
        },
    }
}

/// A person's number is dropped before anything sees it, so it is never demanded.
fn required(theme: &Theme) -> Vec<ItemIx> {
    theme
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| {
            matches!(item.required, Required::Yes) && item.role != Role::PersonIdentifier
        })
        .map(|(ix, _)| ix)
        .collect()
}

fn required_when(theme: &Theme) -> Vec<(ItemIx, Bound<'_>)> {
    theme
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.role != Role::PersonIdentifier)
        .filter_map(|(ix, item)| match &item.required {
            Required::When(rule) => Some((ix, bound(theme, rule))),
            _ => None,
        })
        .collect()
}

fn bound<'t>(theme: &'t Theme, rule: &'t Rule) -> Bound<'t> {
    Bound {
        rule,
        // INVARIANT: rules are compiled against the codes of their own theme, so every name is
        // found; a position outside the items reads as an unfilled value.
        slots: rule
            .items
            .iter()
            .map(|code| theme.item(code).unwrap_or(usize::MAX))
            .collect(),
    }
}

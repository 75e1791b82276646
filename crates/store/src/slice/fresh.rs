//! Which rows of a slice are new, as far as was read of it. PostgreSQL copies those, which costs it
//! about half of an insert that looks for conflicts. Another writer may have brought one of them in
//! the meantime: then the transaction ends, and its next try takes nothing for new.

use super::write::Heads;
use crate::plan::{Seen, SliceKey};
use crate::tx::Val;
use credit::identifier::Identifier;
use credit::subject::{RecordId, SubjectId};
use std::collections::HashSet;

/// What is taken for new.
#[derive(Default)]
pub(super) struct Fresh<'s> {
    trusted: bool,
    mentions: HashSet<SubjectId>,
    identifiers: HashSet<&'s Identifier>,
}

impl<'s> Fresh<'s> {
    /// What was asked for and not found.
    pub(super) fn of(keys: &'s [SliceKey<'s>], seen: &[Seen]) -> Fresh<'s> {
        let mut fresh = Fresh {
            trusted: true,
            mentions: HashSet::with_capacity(keys.len()),
            identifiers: HashSet::with_capacity(keys.len() * 2),
        };
        for (key, seen) in keys.iter().zip(seen) {
            if seen.head.is_none() && seen.holders.is_empty() && seen.mention.is_none() {
                fresh.mentions.insert(key.mention);
            }
            let held = |one: &Identifier| seen.holders.iter().any(|(known, _)| known == one);
            fresh
                .identifiers
                .extend(key.identifiers.iter().filter(|one| !held(one)));
        }
        fresh
    }

    pub(super) fn mention(&self, id: &SubjectId) -> bool {
        self.mentions.contains(id)
    }

    pub(super) fn identifier(&self, one: &Identifier) -> bool {
        self.identifiers.contains(one)
    }

    pub(super) fn head(&self, record: &RecordId, before: &Heads<'_>) -> bool {
        self.trusted && !before.contains_key(record)
    }
}

/// Rows that are new, and the others.
#[derive(Default)]
pub(super) struct Split<'v> {
    pub(super) new: Vec<Val<'v>>,
    pub(super) other: Vec<Val<'v>>,
}

impl<'v> Split<'v> {
    pub(super) fn push(&mut self, new: bool, row: impl IntoIterator<Item = Val<'v>>) {
        let rows = if new { &mut self.new } else { &mut self.other };
        rows.extend(row);
    }
}

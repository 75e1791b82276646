//! Chooses passes from the data and makes a row's keys.

use super::atom::{Atom, Part, mix};
use super::{MAX_PASSES, PAIRS_A_ROW};
use crate::link::Records;
use std::collections::{BTreeSet, HashMap, HashSet};

/// One pass: one part, or two of different columns.
pub(crate) type Pass = (Atom, Option<Atom>);

/// The frozen way to propose pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Plan {
    /// Passes.
    pub(crate) passes: Vec<Pass>,
    /// Keys that too many rows shared when the plan was made.
    pub(crate) stopped: HashSet<u64>,
    /// Most rows of a block when the plan was made.
    pub(crate) cap: usize,
}

impl Plan {
    /// Chooses passes for these rows; nothing is stopped yet.
    pub(crate) fn choose(records: &Records) -> Plan {
        let rows = records.rows().max(2) as f64;
        let mut alone = BTreeSet::new();
        let mut joint = BTreeSet::new();
        for (column, field) in records.fields.iter().enumerate() {
            let (single, both) = Part::of(field.kind());
            alone.extend(single.iter().map(|&part| Atom { column, part }));
            joint.extend(both.iter().map(|&part| Atom { column, part }));
        }
        let atoms: BTreeSet<Atom> = alone.union(&joint).copied().collect();
        let chance: HashMap<Atom, f64> = atoms
            .iter()
            .map(|atom| (*atom, meets(records, *atom)))
            .collect();
        let pairs = |chance: f64| chance * rows * rows / 2.0;
        // A part that is rare enough alone needs no company.
        let enough = |atom: &Atom| alone.contains(atom) && pairs(chance[atom]) < rows;
        let mut found: Vec<(f64, Pass)> = alone.iter().map(|atom| (0.0, (*atom, None))).collect();
        for left in joint.iter().filter(|atom| !enough(atom)) {
            for right in joint
                .iter()
                .filter(|right| right.column > left.column && !enough(right))
            {
                let cost = pairs(chance[left] * chance[right]);
                if cost <= rows * PAIRS_A_ROW as f64 {
                    found.push((cost, (*left, Some(*right))));
                }
            }
        }
        found.sort_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
        found.truncate(MAX_PASSES);
        Plan {
            passes: found.into_iter().map(|(_, pass)| pass).collect(),
            ..Plan::default()
        }
    }

    /// Makes the keys of rows; keeps room between calls.
    pub(crate) fn keys(&self) -> Keys<'_> {
        Keys {
            plan: self,
            left: Vec::new(),
            right: Vec::new(),
        }
    }
}

/// The chance that two rows share a key of this part.
fn meets(records: &Records, atom: Atom) -> f64 {
    let field = &records.fields[atom.column];
    let mut rows: HashMap<u64, f64> = HashMap::new();
    let mut keys = Vec::new();
    for value in field.values.ids() {
        atom.keys(field, value, &mut keys);
        for key in &keys {
            *rows.entry(*key).or_default() += f64::from(field.values.rows_with(value));
        }
    }
    let all = records.rows().max(1) as f64;
    let mut shares: Vec<f64> = rows
        .into_values()
        .map(|rows| (rows / all).powi(2))
        .collect();
    shares.sort_by(f64::total_cmp);
    shares.iter().sum()
}

/// Makes keys.
pub(crate) struct Keys<'p> {
    plan: &'p Plan,
    left: Vec<u64>,
    right: Vec<u64>,
}

impl Keys<'_> {
    /// Calls `take` with each key of a row in one pass.
    pub(crate) fn of(
        &mut self,
        records: &Records,
        row: u32,
        pass: usize,
        mut take: impl FnMut(u64),
    ) {
        let (left, right) = self.plan.passes[pass];
        let cells = records.row(row);
        left.keys(
            &records.fields[left.column],
            cells[left.column],
            &mut self.left,
        );
        let Some(right) = right else {
            return self.left.iter().for_each(|key| take(mix(*key, 0)));
        };
        if self.left.is_empty() {
            return;
        }
        right.keys(
            &records.fields[right.column],
            cells[right.column],
            &mut self.right,
        );
        for left in &self.left {
            for right in &self.right {
                take(mix(*left, *right));
            }
        }
    }
}

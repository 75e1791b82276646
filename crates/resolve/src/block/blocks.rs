//! The blocks of a table, and an index that grows by one row at a time.

use super::plan::Plan;
use super::{MAX_BLOCK, PAIRS_A_ROW, PAIRS_AT_LEAST};
use crate::link::Records;
use std::collections::HashMap;

/// Blocks of at least two rows: which rows, and which blocks each row is in.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    rows: Vec<u32>,
    ends: Vec<u32>,
    of_row: Vec<u32>,
    row_ends: Vec<u32>,
}

/// One block while it is collected.
struct Found {
    key: u64,
    from: usize,
    rows: usize,
}

impl Blocks {
    /// The blocks of all rows. A fresh plan gets its cap and its stopped keys here.
    pub(crate) fn collect(plan: &mut Plan, records: &Records) -> Blocks {
        let fresh = plan.cap == 0;
        let mut rows = Vec::new();
        let mut found = Vec::new();
        for pass in 0..plan.passes.len() {
            gather(plan, records, pass, &mut rows, &mut found);
        }
        if fresh {
            plan.cap = cap(&found, records.rows());
            let large = found.iter().filter(|block| block.rows > plan.cap);
            plan.stopped = large.map(|block| block.key).collect();
        }
        found.retain(|block| !plan.stopped.contains(&block.key));
        Blocks::arrange(&rows, &found, records.rows())
    }

    fn arrange(all: &[u32], found: &[Found], rows: usize) -> Blocks {
        let mut blocks = Blocks {
            row_ends: vec![0; rows + 1],
            ..Blocks::default()
        };
        for block in found {
            let members = &all[block.from..block.from + block.rows];
            blocks.rows.extend_from_slice(members);
            blocks.ends.push(blocks.rows.len() as u32);
            for row in members {
                blocks.row_ends[*row as usize + 1] += 1;
            }
        }
        for row in 0..rows {
            blocks.row_ends[row + 1] += blocks.row_ends[row];
        }
        let mut next = blocks.row_ends.clone();
        blocks.of_row = vec![0; blocks.rows.len()];
        for block in 0..blocks.ends.len() {
            for at in blocks.range(block) {
                let slot = &mut next[blocks.rows[at] as usize];
                blocks.of_row[*slot as usize] = block as u32;
                *slot += 1;
            }
        }
        blocks
    }

    fn range(&self, block: usize) -> std::ops::Range<usize> {
        let from = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        from as usize..self.ends[block] as usize
    }

    /// Earlier rows that share a block with `row`, each once. `seen` has one place a row, holding the
    /// row that last met it; it starts as `u32::MAX` throughout.
    pub(crate) fn earlier(&self, row: u32, seen: &mut [u32], mut take: impl FnMut(u32)) {
        let at = row as usize;
        let blocks = self.row_ends[at] as usize..self.row_ends[at + 1] as usize;
        for block in &self.of_row[blocks] {
            for other in &self.rows[self.range(*block as usize)] {
                if *other >= row {
                    break;
                }
                if std::mem::replace(&mut seen[*other as usize], row) != row {
                    take(*other);
                }
            }
        }
    }
}

/// Collects one pass's blocks of two rows and more, rows ascending.
fn gather(
    plan: &Plan,
    records: &Records,
    pass: usize,
    rows: &mut Vec<u32>,
    found: &mut Vec<Found>,
) {
    let mut keys = plan.keys();
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(records.rows());
    for row in 0..records.rows() as u32 {
        keys.of(records, row, pass, |key| keyed.push((key, row)));
    }
    keyed.sort_unstable();
    keyed.dedup();
    for block in keyed.chunk_by(|left, right| left.0 == right.0) {
        if let [(key, _), _, ..] = block {
            let from = rows.len();
            found.push(Found {
                key: *key,
                from,
                rows: block.len(),
            });
            // A block that is stopped anyway keeps no rows.
            if block.len() <= MAX_BLOCK || plan.cap > 0 {
                rows.extend(block.iter().map(|(_, row)| *row));
            }
        }
    }
}

/// The largest size such that all blocks up to it stay within the budget of pairs.
fn cap(found: &[Found], rows: usize) -> usize {
    let mut cost = vec![0_usize; MAX_BLOCK + 1];
    for block in found {
        if let Some(cost) = cost.get_mut(block.rows) {
            *cost += block.rows * (block.rows - 1) / 2;
        }
    }
    let mut left = (rows * PAIRS_A_ROW).max(PAIRS_AT_LEAST);
    for (size, cost) in cost.iter().enumerate().skip(2) {
        if *cost > left {
            return (size - 1).max(2);
        }
        left -= cost;
    }
    MAX_BLOCK
}

/// Keys of rows that came so far, for rows that come one by one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    rows: HashMap<u64, Vec<u32>>,
}

impl Index {
    /// Earlier rows that share a key with `row`, ascending, each once; then keeps the row's keys.
    pub(crate) fn add(&mut self, plan: &Plan, records: &Records, row: u32) -> Vec<u32> {
        let mut near = Vec::new();
        let mut keys = plan.keys();
        for pass in 0..plan.passes.len() {
            keys.of(records, row, pass, |key| {
                if !plan.stopped.contains(&key) {
                    let rows = self.rows.entry(key).or_default();
                    if rows.last() != Some(&row) {
                        near.extend_from_slice(rows);
                        rows.push(row);
                    }
                }
            });
        }
        near.sort_unstable();
        near.dedup();
        near
    }

    /// Keeps a row's keys without asking.
    pub(crate) fn keep(&mut self, plan: &Plan, records: &Records, row: u32) {
        let mut keys = plan.keys();
        for pass in 0..plan.passes.len() {
            keys.of(records, row, pass, |key| {
                if !plan.stopped.contains(&key) {
                    let rows = self.rows.entry(key).or_default();
                    if rows.last() != Some(&row) {
                        rows.push(row);
                    }
                }
            });
        }
    }
}

//! Which pairs are worth comparing? Rows that share a key of some pass.
//!
//! A pass is one part of a column (a whole value, its sound, half of a number, a rare word) or two
//! parts of two columns together. Passes are chosen from the data: how often two rows share a part
//! tells how many pairs it costs. A key that too many rows share is *stopped*: rows that are the same
//! share rarer keys too, because there are many passes. Stopped keys are a part of the frozen model,
//! so that a row that comes later is compared with the same rows in whatever order rows come.

mod atom;
mod blocks;
mod plan;

pub(crate) use atom::{Atom, Part, mix};
pub(crate) use blocks::{Blocks, Index};
pub(crate) use plan::Plan;

/// Pairs that all blocks together may propose, a row. A pair that is alike is proposed by many passes
/// and met once: passing over a repeat takes about 3 ns, dismissing a pair 40 ns, scoring one 1 µs. With
/// one in twenty new and one in five of those worth scoring, a row stays under 5 µs.
pub(crate) const PAIRS_A_ROW: usize = 50;
/// Pairs that a small table may have proposed all the same.
pub(crate) const PAIRS_AT_LEAST: usize = 400_000;
/// Most rows of a block, whatever the budget.
pub(crate) const MAX_BLOCK: usize = 400;
/// Most passes: each costs a key of 8 bytes and a place in a sort, a row.
pub(crate) const MAX_PASSES: usize = 56;

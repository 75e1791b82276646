//! What was learnt, frozen: kinds of columns, weights of levels, frequencies, passes.

use super::kind::{LEVELS, Role};
use super::schema::Schema;
use crate::block::Plan;
use std::collections::HashMap;

/// How often pairs of one column stand at each level, among the same, the unrelated and those who
/// share a home.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Among records of one subject.
    pub same: [f32; LEVELS],
    /// Among records of two subjects taken by chance.
    pub chance: [f32; LEVELS],
    /// Among records of two subjects that share a home or seat; equal to `chance` for what is a
    /// subject's own.
    pub home: [f32; LEVELS],
    /// The chance that another subject bears a value, in bits (below 0), by digest of the value.
    pub rarity: HashMap<u64, f32>,
    /// The same for every other value.
    pub rarest: f32,
    /// Columns that foretell this one, the one that does it best first; few columns have any.
    pub follows: Vec<Follow>,
}

/// A column is foretold by another: neighbours share a town, and so its postcode and state, which is one fact
/// and not three.
#[derive(Clone, Debug, PartialEq)]
pub struct Follow {
    /// The number of the column that foretells, among the evidence columns.
    pub column: usize,
    /// How often unrelated records stand at each level where that column is equal.
    pub chance: [f32; LEVELS],
}

/// Bits of each frequent word of a column by digest, and of all other words.
pub type WordBits = (HashMap<u64, f32>, f32);

/// A frozen model. Equal rows give equal scores under it, in whatever order they come.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Columns.
    pub schema: Schema,
    /// Bits for "the same" before anything is compared; far below 0.
    pub prior: f32,
    /// Bits for "different, but of one home", relative to "unrelated"; none where no column tells
    /// of a home.
    pub home: Option<f32>,
    /// Weights of the evidence columns.
    pub columns: Vec<Weights>,
    /// For columns of several words: bits of each frequent word by digest, and of all others.
    pub words: Vec<Option<WordBits>>,
    /// Where clusters part: what a wrong merge and a missed one cost.
    pub costs: Costs,
    /// Files of which none holds a subject twice, so that only rows of different files are compared; 0
    /// where that is not so.
    pub files: u32,
    /// Rows that it was learnt from.
    pub rows: usize,
    /// The seed of the random pairs.
    pub seed: u64,
    pub(crate) plan: Plan,
}

/// What mistakes cost, in any one unit. Only their ratio counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    /// Two subjects taken for one.
    pub false_merge: f32,
    /// One subject taken for two.
    pub missed: f32,
}

impl Default for Costs {
    /// A pair is joined when it is more likely the same than not.
    fn default() -> Costs {
        Costs {
            false_merge: 1.0,
            missed: 1.0,
        }
    }
}

impl Costs {
    /// Bits from which on a pair counts as the same: joining is cheaper when
    /// p · missed > (1 − p) · `false_merge`.
    #[must_use]
    pub fn threshold(self) -> f32 {
        let ratio = self.false_merge.max(1e-6) / self.missed.max(1e-6);
        ratio.log2()
    }
}

/// Whether agreement of a role's column is learnt among those who share a home.
#[must_use]
pub(crate) fn shared_at_home(role: Role) -> bool {
    matches!(role, Role::Place | Role::Family)
}

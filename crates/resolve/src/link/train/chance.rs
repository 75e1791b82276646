//! How often unrelated records agree: from random pairs and from how many rows bear a value, less
//! what records of one subject contribute to both.

use super::follow::{self, Group};
use super::{Pair, tells};
use crate::block::mix;
use crate::link::kind::LEVELS;
use crate::link::model::{Model, shared_at_home};
use crate::link::records::Records;
use crate::link::scorer::{Levels, Scorer};

/// Random pairs.
const PAIRS: u64 = 60_000;

/// Pairs that chances are learnt from.
pub(super) struct Samples {
    /// Of any rows.
    pub(super) random: Vec<Pair>,
    /// Of rows that share a value of one column, for each column that may foretell others.
    pub(super) groups: Vec<Group>,
}

impl Samples {
    /// Draws them. Equal rows and an equal seed give equal pairs.
    pub(super) fn of(records: &Records, seed: u64) -> Samples {
        Samples {
            random: random_pairs(records, seed),
            groups: follow::groups(records, seed),
        }
    }
}

/// Pairs of different rows, from a seed.
pub(super) fn random_pairs(records: &Records, seed: u64) -> Vec<Pair> {
    let rows = records.rows() as u64;
    if rows < 2 {
        return Vec::new();
    }
    let scorer = Scorer::default();
    let wanted = PAIRS.min(rows * (rows - 1) / 2 + 8);
    let pair = |at: u64| {
        let left = mix(seed, at * 2) % rows;
        let right = (left + 1 + mix(seed, at * 2 + 1) % (rows - 1)) % rows;
        let (left, right) = (left as u32, right as u32);
        let levels: Levels = scorer.levels(records, left, right);
        Pair {
            left,
            right,
            levels,
            same: 0.0,
            home: 0.0,
        }
    };
    (0..wanted).map(pair).collect()
}

/// Sets chances and rarities. `pairs` are proposed pairs with their probabilities, from `share` of
/// the rows.
pub(super) fn settle(
    model: &mut Model,
    records: &Records,
    samples: &Samples,
    pairs: &[Pair],
    share: f32,
) {
    let random = &samples.random;
    let rows = records.rows().max(2) as f32;
    for column in 0..model.columns.len() {
        let field = &records.fields[column];
        let mut partners = vec![0.0_f32; field.values.len()];
        let equal = field.kind().equal();
        for pair in pairs.iter().filter(|pair| pair.levels[column] == equal) {
            partners[records.row(pair.left)[column] as usize] += 2.0 * pair.same / share;
        }
        let others = |id: u32| {
            let with = field.values.rows_with(id) as f32;
            (with - 1.0 - partners[id as usize] / with.max(1.0)).max(0.0)
        };
        let filled: f32 = field
            .values
            .ids()
            .map(|id| field.values.rows_with(id) as f32)
            .sum();
        let met: f32 = field
            .values
            .ids()
            .map(|id| field.values.rows_with(id) as f32 * others(id))
            .sum();
        let usual = met / filled.max(1.0);
        // What is added stands for subjects that bear the value and were not met.
        let unmet = usual.clamp(0.05, 1.0);
        let filled_share = (filled / rows).max(0.01);
        let bits = |others: f32| ((others + unmet) / (rows * filled_share)).min(0.9).log2();
        let frequent = field.values.ids().filter(|&id| others(id) >= 0.5);
        let weights = &mut model.columns[column];
        weights.rarity = frequent
            .map(|id| (field.values.digest(id), bits(others(id))))
            .collect();
        weights.rarest = bits(0.0);
        let mut counts = [0.0_f32; LEVELS];
        let mut all = 0.0;
        for pair in random.iter().filter(|pair| tells(pair.levels[column])) {
            counts[usize::from(pair.levels[column])] += 1.0 - pair.same;
            all += 1.0 - pair.same;
        }
        let at = usize::from(equal);
        let chance = ((usual + unmet) / (rows * filled_share)).min(0.9);
        for (level, slot) in weights.chance.iter_mut().enumerate().take(at).skip(1) {
            *slot = (1.0 - chance) * (counts[level] + 0.4)
                / (all - counts[at] + 0.4 * (at - 1) as f32).max(0.1);
        }
        weights.chance[at] = chance;
        if !shared_at_home(records.roles[column]) {
            let known = weights.home[at];
            weights.home = weights.chance;
            weights.home[at] = weights.chance[at].max(known);
        }
    }
    follow::learn(model, records, &samples.groups);
}

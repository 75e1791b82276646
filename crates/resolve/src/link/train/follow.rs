//! Which columns foretell others: from pairs of rows that share a value of one column.
//!
//! Only a column whose values are borne by many rows foretells. Most rows of such a value are of different subjects;
//! what rows of one subject share tells nothing of chance.

use super::{Pair, tells};
use crate::block::mix;
use crate::link::kind::{Kind, LEVELS, Role};
use crate::link::model::{Follow, Model};
use crate::link::records::Records;
use crate::link::scorer::Scorer;
use crate::table::MISSING;

/// Pairs for each column that may foretell others.
const PAIRS: u64 = 4_000;
/// Rows beside it that share a row's value, on average, at least.
const OTHERS: u64 = 50;
/// Pairs of different subjects that a chance is learnt from, at least.
const FEWEST: f32 = 200.0;
/// A column follows where it is equal in at least this share of pairs, and so many times as often as elsewhere.
const SHARE: f32 = 0.1;
const TIMES: f32 = 2.0;
/// Pairs' worth of the chance elsewhere that stands beside what is learnt.
const HELD: f32 = 4.0;

/// Pairs of rows that share a value of a column.
pub(super) struct Group {
    column: usize,
    pub(super) pairs: Vec<Pair>,
}

/// A column of names of places, short numbers or words, as opposed to what a person bears.
fn may_follow(records: &Records, column: usize) -> bool {
    let kind = records.fields[column].kind();
    let words = matches!(kind, Kind::Name | Kind::Short | Kind::Category | Kind::Text);
    words && matches!(records.roles[column], Role::Own | Role::Place)
}

/// Draws pairs for every column that may foretell others.
pub(super) fn groups(records: &Records, seed: u64) -> Vec<Group> {
    let columns = (0..records.fields.len()).filter(|&column| may_follow(records, column));
    let group = |column| {
        let pairs = draw(records, column, mix(seed, 0x9a7e + column as u64))?;
        Some(Group { column, pairs })
    };
    columns.filter_map(group).collect()
}

/// Pairs of rows of equal value, every such pair as likely as any other; none where values are rare.
fn draw(records: &Records, column: usize, seed: u64) -> Option<Vec<Pair>> {
    let (starts, rows) = by_value(records, column);
    let size = |value: usize| u64::from(starts[value + 1] - starts[value]);
    let mut ends = Vec::with_capacity(starts.len());
    let mut all = 0;
    for value in 0..starts.len() - 1 {
        all += size(value) * size(value).saturating_sub(1);
        ends.push(all);
    }
    if all == 0 || all < OTHERS * rows.len() as u64 {
        return None;
    }
    let scorer = Scorer::default();
    let pair = |at: u64| {
        let aim = mix(seed, at * 3) % all;
        let value = ends.partition_point(|end| *end <= aim);
        let size = size(value);
        let one = mix(seed, at * 3 + 1) % size;
        let other = (one + 1 + mix(seed, at * 3 + 2) % (size - 1)) % size;
        let row = |place: u64| rows[starts[value] as usize + place as usize];
        let (left, right) = (row(one), row(other));
        Pair {
            left,
            right,
            levels: scorer.levels(records, left, right),
            same: 0.0,
            home: 0.0,
        }
    };
    Some((0..PAIRS).map(pair).collect())
}

/// Rows that bear a value, sorted by value, and where each value's begin; one beginning more than values.
fn by_value(records: &Records, column: usize) -> (Vec<u32>, Vec<u32>) {
    let values = records.fields[column].values.len();
    let mut starts = vec![0_u32; values + 1];
    let value = |row: u32| records.row(row)[column];
    let filled = || (0..records.rows() as u32).filter(|&row| value(row) != MISSING);
    for row in filled() {
        starts[value(row) as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut next = starts.clone();
    let mut rows = vec![0; starts.last().map_or(0, |end| *end as usize)];
    for row in filled() {
        let place = &mut next[value(row) as usize];
        rows[*place as usize] = row;
        *place += 1;
    }
    (starts, rows)
}

/// Sets what columns follow, from pairs that are not of one subject.
pub(super) fn learn(model: &mut Model, records: &Records, groups: &[Group]) {
    for (column, weights) in model.columns.iter_mut().enumerate() {
        if !may_follow(records, column) {
            continue;
        }
        let equal = usize::from(records.fields[column].kind().equal());
        let others = groups.iter().filter(|group| group.column != column);
        let follow = |group: &Group| {
            let mut counts = [0.0_f32; LEVELS];
            for pair in group.pairs.iter().filter(|pair| tells(pair.levels[column])) {
                counts[usize::from(pair.levels[column])] += 1.0 - pair.same;
            }
            let all: f32 = counts.iter().sum();
            let least = SHARE.max(weights.chance[equal] * TIMES) * all;
            if all < FEWEST || counts[equal] < least {
                return None;
            }
            let mut chance = weights.chance;
            for (level, slot) in chance.iter_mut().enumerate().skip(1) {
                *slot = (counts[level] + HELD * *slot) / (all + HELD);
            }
            Some(Follow {
                column: group.column,
                chance,
            })
        };
        let mut follows: Vec<Follow> = others.filter_map(follow).collect();
        follows.sort_by(|one, other| other.chance[equal].total_cmp(&one.chance[equal]));
        weights.follows = follows;
    }
}

//! The two steps: how likely is each pair the same, and how do pairs that are the same agree.

use super::{Pair, tells};
use crate::link::kind::{Kind, LEVELS, Role, SWAPPED, UNLIKE};
use crate::link::model::{Model, shared_at_home};
use crate::link::records::Records;
use crate::link::scorer::Scorer;

/// Pairs' worth of expectation that stands beside what is learnt.
const HELD: f32 = 12.0;
/// At most this share of pairs of one home share a birthday.
const RELATIVES: f32 = 0.01;
/// What is a subject's own differs in at most this share of pairs of one subject: what differs more
/// often tells of two, however much else they share.
const OWN_DIFFERS: f32 = 0.2;
/// What a home shares differs in at most this share: people move and marry, but where most of it differs the
/// pairs are of neighbours, who share a town, its postcode and by chance a given name. In tables of a quarter of
/// a million rows they outnumber the repeats.
const SHARED_DIFFERS: f32 = 0.35;
/// No level is rarer among the same than this: one column never decides against all others.
const LEAST: f32 = 0.004;

/// Sets each pair's probabilities under the model.
pub(super) fn expect(scorer: &Scorer, records: &Records, pairs: &mut [Pair]) {
    for pair in pairs {
        let (left, right) = (records.row(pair.left), records.row(pair.right));
        let sums = scorer.sums(left, right, &pair.levels);
        let total = scorer.total(sums);
        pair.same = 1.0 / (1.0 + (-total).clamp(-60.0, 60.0).exp2());
        let home = scorer.home_share(sums).clamp(0.0, 60.0);
        pair.home = (1.0 - pair.same) * (1.0 - (-home).exp2());
    }
}

/// Sets the model to what the pairs say.
pub(super) fn maximise(model: &mut Model, records: &Records, pairs: &[Pair], share: f32) {
    let rows = records.rows().max(2) as f32;
    let all = rows * (rows - 1.0) / 2.0 * share;
    let same: f32 = pairs.iter().map(|pair| pair.same).sum();
    let home: f32 = pairs.iter().map(|pair| pair.home).sum();
    let odds = |count: f32| ((count + 0.5) / all).clamp(1e-12, 0.5).log2();
    model.prior = odds(same);
    model.home = model.home.map(|_| odds(home));
    for (column, weights) in model.columns.iter_mut().enumerate() {
        let kind = records.fields[column].kind();
        let (mut same, mut home) = ([0.0_f32; LEVELS], [0.0_f32; LEVELS]);
        for pair in pairs.iter().filter(|pair| tells(pair.levels[column])) {
            same[usize::from(pair.levels[column])] += pair.same;
            home[usize::from(pair.levels[column])] += pair.home;
        }
        blend(&mut weights.same, &same, kind.expected());
        let role = records.roles[column];
        let most = if shared_at_home(role) {
            SHARED_DIFFERS
        } else {
            OWN_DIFFERS
        };
        hold(&mut weights.same, most);
        if kind == Kind::Date && role == Role::Own {
            let all: f32 = home.iter().sum::<f32>() + HELD;
            weights.home = relatives(&weights.chance, home[usize::from(kind.equal())] / all, kind);
        }
        if shared_at_home(role) {
            let before = weights.home;
            blend(&mut weights.home, &home, &before[..kind.expected().len()]);
        }
    }
}

/// Within a home a few share a birthday: twins.
fn relatives(chance: &[f32; LEVELS], learnt: f32, kind: Kind) -> [f32; LEVELS] {
    let mut home = *chance;
    let equal = usize::from(kind.equal());
    home[equal] = learnt.clamp(home[equal], home[equal].max(RELATIVES));
    home
}

/// Keeps a column from differing too often among the same; the rest is taken from or given to the
/// other levels in proportion.
fn hold(same: &mut [f32; LEVELS], most: f32) {
    let differ = same[usize::from(UNLIKE)];
    if differ > most {
        let others = (1.0 - most) / (1.0 - differ).max(0.01);
        same.iter_mut().for_each(|share| *share *= others);
        same[usize::from(UNLIKE)] = most;
    }
}

fn blend(into: &mut [f32; LEVELS], counts: &[f32; LEVELS], expected: &[f32]) {
    let all: f32 = counts.iter().sum::<f32>() + HELD;
    for (level, expected) in expected.iter().enumerate().skip(1) {
        into[level] = ((counts[level] + HELD * expected) / all).max(LEAST);
    }
}

/// A nearer level never speaks less for the same than a farther one.
pub(super) fn in_order(model: &mut Model, records: &Records) {
    for (weights, field) in model.columns.iter_mut().zip(&records.fields) {
        let equal = field.kind().equal();
        let mut most = f32::MAX;
        for level in (UNLIKE..=equal)
            .rev()
            .filter(|level| *level != SWAPPED || equal == SWAPPED)
        {
            let at = usize::from(level);
            let ratio = weights.same[at] / weights.chance[at].max(1e-12);
            if ratio > most {
                weights.same[at] = weights.chance[at] * most;
            }
            most = most.min(ratio);
        }
    }
}

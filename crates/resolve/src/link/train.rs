//! Learns a model without labels: chances from random pairs, the rest by expectation–maximisation
//! over proposed pairs.
//!
//! Three kinds of pairs are told apart: of one subject, of two that share a home, and unrelated.
//! Without the second, a family at one address looks like one person with a few mistakes. What is a
//! subject's own (given name, identity number) agrees by chance only within a home.

mod chance;
mod follow;
mod maximise;
mod noise;

pub(super) use noise::without_noise;

use super::kind::{ABSENT, Kind, LEVELS};
use super::model::{Costs, Model, Weights, shared_at_home};
use super::records::Records;
use super::schema::Schema;
use super::scorer::{Levels, Scorer};
use crate::block::{Blocks, Plan, mix};
use std::collections::HashMap;

/// Pairs that are learnt from, about.
const PAIRS: usize = 120_000;
/// Rounds of expectation and maximisation; chances are settled again after every fourth.
const ROUNDS: usize = 12;
/// Bits below which a pair teaches nothing.
const HOPELESS: f32 = -12.0;

/// Probability from which on a pair surely is one subject.
const SURE: f32 = 0.95;
/// Sure pairs across files that show what the files hold.
const FEW: usize = 20;

/// A pair that is learnt from.
pub(super) struct Pair {
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) levels: Levels,
    /// The probability that both are one subject, and that they only share a home.
    pub(super) same: f32,
    pub(super) home: f32,
}

/// Learns from all rows. Equal rows and an equal seed give an equal model.
#[must_use]
pub fn train(schema: &Schema, records: &mut Records, costs: Costs, seed: u64) -> Model {
    let (model, _) = train_with_blocks(schema, records, costs, seed);
    model
}

/// As [`train`], and gives the blocks, which a batch over the same rows needs again.
pub(crate) fn train_with_blocks(
    schema: &Schema,
    records: &mut Records,
    costs: Costs,
    seed: u64,
) -> (Model, Blocks) {
    let words = freeze_words(records);
    let records = &*records;
    let mut plan = Plan::choose(records);
    let blocks = Blocks::collect(&mut plan, records);
    let mut model = Model {
        schema: schema.clone(),
        prior: -(records.rows().max(2) as f32).log2(),
        home: None,
        columns: records
            .fields
            .iter()
            .map(|field| begin(field.kind()))
            .collect(),
        words,
        costs,
        files: 0,
        rows: records.rows(),
        seed,
        plan,
    };
    let mut samples = chance::Samples::of(records, seed);
    chance::settle(&mut model, records, &samples, &[], 1.0);
    start_home(&mut model, records);
    let scorer = Scorer::new(&model, records);
    let (mut pairs, share) = proposed(&scorer, records, &blocks, seed);
    let start = model.clone();
    fit(&mut model, records, &mut pairs, &mut samples, share);
    if no_file_repeats(records, &pairs) {
        model = start;
        model.files = records.file_count();
        pairs.retain(|pair| records.file(pair.left) != records.file(pair.right));
        fit(&mut model, records, &mut pairs, &mut samples, share);
    }
    maximise::in_order(&mut model, records);
    (model, blocks)
}

/// Expectation and maximisation in turn.
fn fit(
    model: &mut Model,
    records: &Records,
    pairs: &mut [Pair],
    samples: &mut chance::Samples,
    share: f32,
) {
    for round in 1..=ROUNDS {
        let scorer = Scorer::new(model, records);
        maximise::expect(&scorer, records, pairs);
        maximise::maximise(model, records, pairs, share);
        if round % 4 == 0 && round < ROUNDS {
            let scorer = Scorer::new(model, records);
            maximise::expect(&scorer, records, pairs);
            maximise::expect(&scorer, records, &mut samples.random);
            for group in &mut samples.groups {
                maximise::expect(&scorer, records, &mut group.pairs);
            }
            chance::settle(model, records, samples, pairs, share);
        }
    }
}

/// Whether no file holds a subject twice: of the pairs that surely are the same almost none lies within one.
/// Two files that were drawn from one table would hold half of them or more.
fn no_file_repeats(records: &Records, pairs: &[Pair]) -> bool {
    if records.file_count() < 2 {
        return false;
    }
    let sure = pairs.iter().filter(|pair| pair.same > SURE);
    let (mut within, mut across) = (0_usize, 0_usize);
    for pair in sure {
        if records.file(pair.left) == records.file(pair.right) {
            within += 1;
        } else {
            across += 1;
        }
    }
    across >= FEW && within * 12 <= across
}

fn freeze_words(records: &mut Records) -> Vec<Option<(HashMap<u64, f32>, f32)>> {
    let rows = records.rows();
    let freeze = |field: &mut super::field::Field| {
        let has_words = matches!(field.kind(), Kind::Text | Kind::Organisation);
        has_words.then(|| {
            let (table, rarest) = field.words.frequent(rows);
            field.words.freeze(table.clone(), rarest);
            (table, rarest)
        })
    };
    records.fields.iter_mut().map(freeze).collect()
}

fn begin(kind: Kind) -> Weights {
    let mut same = [0.0; LEVELS];
    same[..kind.expected().len()].copy_from_slice(kind.expected());
    Weights {
        same,
        chance: [0.0; LEVELS],
        home: [0.0; LEVELS],
        rarity: HashMap::new(),
        rarest: 0.0,
        follows: Vec::new(),
    }
}

/// A home is told by at least one shared column beside at least one of a subject's own.
fn start_home(model: &mut Model, records: &Records) {
    let shared = records
        .roles
        .iter()
        .filter(|role| shared_at_home(**role))
        .count();
    if shared == 0 || shared == records.roles.len() {
        return;
    }
    model.home = Some(model.prior);
    for (weights, role) in model.columns.iter_mut().zip(&records.roles) {
        weights.home = if shared_at_home(*role) {
            weights.same
        } else {
            weights.chance
        };
    }
}

/// Pairs of the blocks that may be the same, and the share of rows they come from.
fn proposed(scorer: &Scorer, records: &Records, blocks: &Blocks, seed: u64) -> (Vec<Pair>, f32) {
    let every = (records.rows() * 5 / PAIRS).max(1) as u64;
    let mut seen = vec![u32::MAX; records.rows()];
    let mut pairs = Vec::new();
    for row in 0..records.rows() as u32 {
        if mix(seed, u64::from(row)).is_multiple_of(every) {
            blocks.earlier(row, &mut seen, |other| {
                let bits = scorer.bits(records, other, row, HOPELESS);
                if bits.is_some_and(|bits| bits > HOPELESS) {
                    let levels = scorer.levels(records, other, row);
                    pairs.push(Pair {
                        left: other,
                        right: row,
                        levels,
                        same: 0.0,
                        home: 0.0,
                    });
                }
            });
        }
    }
    (pairs, 1.0 / every as f32)
}

/// Whether a level says anything.
pub(super) fn tells(level: u8) -> bool {
    level != ABSENT
}

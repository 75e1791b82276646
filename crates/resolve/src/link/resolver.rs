//! Rows into clusters, all at once or one by one, under one frozen model.

use super::model::{Costs, Model};
use super::records::Records;
use super::schema::Schema;
use super::scorer::{CERTAIN, Scorer};
use super::train::{self, train_with_blocks};
use crate::block::{Blocks, Index};
use crate::cluster::{APART, Change, Graph, Node};
use crate::table::Table;

/// Evidence, in bits below the threshold, of a pair that was not compared or fell below it: such a
/// pair shares no key and is most likely different.
pub(crate) const UNCOMPARED: f32 = -8.0;

/// What a batch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pairs that shared a key.
    pub proposed: u64,
    /// Pairs whose evidence was worth keeping.
    pub kept: u64,
}

/// A table, its model and its clusters.
#[derive(Clone, Debug)]
pub struct Resolver {
    model: Model,
    records: Records,
    scorer: Scorer,
    graph: Graph,
    index: Option<Index>,
    tally: Tally,
}

/// A kept pair.
type Kept = (Node, Node, f32);

impl Resolver {
    /// Learns a model from a table and resolves it. `threads` beyond the first help to compare.
    #[must_use]
    pub fn learn(
        schema: &Schema,
        table: &Table,
        costs: Costs,
        seed: u64,
        threads: usize,
    ) -> Resolver {
        let found = train::without_noise(schema, table, seed);
        let schema = found.as_ref().unwrap_or(schema);
        let mut records = Records::of(schema, table);
        let (model, blocks) = train_with_blocks(schema, &mut records, costs, seed);
        Resolver::over(model, records, &blocks, threads)
    }

    /// Resolves a table under a model.
    #[must_use]
    pub fn batch(model: Model, table: &Table, threads: usize) -> Resolver {
        let mut records = Records::of(&model.schema, table);
        model.prepare(&mut records);
        let mut plan = model.plan.clone();
        let blocks = Blocks::collect(&mut plan, &records);
        Resolver::over(model, records, &blocks, threads)
    }

    /// No rows yet; they come by [`Resolver::add`].
    #[must_use]
    pub fn empty(model: Model) -> Resolver {
        let mut records = Records::new(&model.schema);
        model.prepare(&mut records);
        Resolver::over(model, records, &Blocks::default(), 1)
    }

    fn over(model: Model, records: Records, blocks: &Blocks, threads: usize) -> Resolver {
        let scorer = Scorer::new(&model, &records);
        let mut resolver = Resolver {
            graph: Graph::new(UNCOMPARED),
            model,
            records,
            scorer,
            index: None,
            tally: Tally::default(),
        };
        for row in 0..resolver.records.rows() {
            let node = resolver.graph.add(row as u64);
            let side = resolver.side(node);
            resolver.graph.set_side(node, side);
        }
        if resolver.records.rows() > 0 {
            resolver.compare_all(blocks, threads.max(1));
        }
        resolver.graph.settle();
        resolver
    }

    fn compare_all(&mut self, blocks: &Blocks, threads: usize) {
        let this = &*self;
        let parts: Vec<(Vec<Kept>, u64)> = std::thread::scope(|scope| {
            let part = |first: usize| move || this.compare_part(blocks, first, threads);
            let others: Vec<_> = (1..threads).map(|first| scope.spawn(part(first))).collect();
            let mut parts = vec![part(0)()];
            // A thread that panicked has no part; the panic itself was reported.
            parts.extend(others.into_iter().filter_map(|other| other.join().ok()));
            parts
        });
        for (kept, proposed) in parts {
            self.tally.proposed += proposed;
            self.tally.kept += kept.len() as u64;
            for (left, right, bits) in kept {
                self.graph.link(left, right, bits);
            }
        }
    }

    /// Compares every `step`-th row with earlier ones.
    fn compare_part(&self, blocks: &Blocks, first: usize, step: usize) -> (Vec<Kept>, u64) {
        let mut seen = vec![u32::MAX; self.records.rows()];
        let (mut kept, mut proposed) = (Vec::new(), 0);
        for row in (first..self.records.rows()).step_by(step) {
            let row = row as u32;
            blocks.earlier(row, &mut seen, |other| {
                if self.apart(other, row) {
                    return;
                }
                proposed += 1;
                kept.extend(self.weigh(other, row).map(|bits| (other, row, bits)));
            });
        }
        (kept, proposed)
    }

    /// Bits of a pair relative to the threshold, where they are worth keeping.
    fn weigh(&self, left: Node, right: Node) -> Option<f32> {
        if self.apart(left, right) {
            return None;
        }
        let threshold = self.model.costs.threshold();
        let floor = threshold + UNCOMPARED;
        let bits = self.scorer.bits(&self.records, left, right, floor);
        if bits.is_none_or(|bits| bits <= floor) {
            // Rows that would be one but for their numbers are kept apart whatever joins them.
            let alike = |bits: f32| bits + CERTAIN > threshold;
            let barred = self.scorer.barred(&self.records, left, right)
                && (self.scorer)
                    .bits(&self.records, left, right, threshold - CERTAIN)
                    .is_some_and(alike);
            return barred.then_some(APART);
        }
        bits.map(|bits| bits - threshold)
    }

    /// Rows of one file, where no file holds a subject twice.
    fn apart(&self, left: Node, right: Node) -> bool {
        let file = self.side(left);
        file != 0 && file == self.side(right)
    }

    /// The file of a row, where no file holds a subject twice; 0 elsewhere and for rows that came alone.
    fn side(&self, row: Node) -> u32 {
        let file = self.records.file(row);
        let known = self.records.file_count() > 1 && file <= self.model.files;
        if known { file } else { 0 }
    }

    /// Takes one row in and tells what changed. `cells` in the order of the model's columns; `rank`
    /// decides even cases, see [`Graph::add`].
    pub fn add(&mut self, cells: &[&str], rank: u64) -> (Node, Vec<Change>) {
        let mut index = self.index.take().unwrap_or_else(|| self.indexed());
        let row = self.records.push(cells);
        self.scorer.grow(&self.model, &self.records);
        let node = self.graph.add(rank);
        for other in index.add(&self.model.plan, &self.records, row) {
            self.tally.proposed += 1;
            if let Some(bits) = self.weigh(other, row) {
                self.tally.kept += 1;
                self.graph.link(other, row, bits);
            }
        }
        self.index = Some(index);
        (node, self.graph.settle())
    }

    fn indexed(&self) -> Index {
        let mut index = Index::default();
        for row in 0..self.records.rows() as u32 {
            index.keep(&self.model.plan, &self.records, row);
        }
        index
    }

    /// The cluster of every row, in the order of the rows.
    #[must_use]
    pub fn clusters(&self) -> Vec<Node> {
        let rows = 0..self.records.rows() as Node;
        rows.map(|row| self.graph.cluster(row).unwrap_or(row))
            .collect()
    }

    /// Of these rows the one that most likely is the same as `row`; none when none was kept.
    #[must_use]
    pub fn nearest(&self, row: Node, among: std::ops::Range<Node>) -> Option<Node> {
        let near = self
            .graph
            .linked(row)
            .filter(|(other, _)| among.contains(other));
        let best = near.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
        best.map(|(other, _)| other)
    }

    /// What was compared so far.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The rows.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    pub(super) fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// The clusters, to decide on.
    pub fn graph(&mut self) -> &mut Graph {
        &mut self.graph
    }
}

impl Model {
    /// Gives fresh records the frozen weights of words.
    fn prepare(&self, records: &mut Records) {
        for (field, words) in records.fields.iter_mut().zip(&self.words) {
            if let Some((table, rarest)) = words {
                field.words.freeze(table.clone(), *rarest);
            }
        }
    }
}

//! The words of long texts, each with its weight: rare words tell more.

use crate::table::Dictionary;
use std::collections::HashMap;

/// Words of a column's values, and their weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// Distinct words; counted in rows by [`Words::count`].
    pub(crate) words: Dictionary,
    of: Vec<u32>,
    ends: Vec<u32>,
    weights: Vec<f32>,
    /// Bits of a word that was in no row when the weights were frozen.
    rarest: f32,
    frozen: HashMap<u64, f32>,
}

impl Words {
    /// Takes the words of a value in. Han texts give pairs of signs.
    pub(super) fn push(&mut self, text: &str) {
        let start = self.of.len();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if word.is_ascii() {
                self.word(word, start);
            } else {
                self.pairs(word, start);
            }
        }
        self.of[start..].sort_unstable();
        self.ends.push(self.of.len() as u32);
    }

    fn pairs(&mut self, word: &str, start: usize) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() == 1 {
            self.word(word, start);
        }
        for pair in letters.windows(2) {
            let pair: String = pair.iter().collect();
            self.word(&pair, start);
        }
    }

    fn word(&mut self, word: &str, start: usize) {
        let id = self.words.intern(word);
        while self.weights.len() < self.words.len() {
            let digest = self.words.digest(self.weights.len() as u32);
            self.weights
                .push(self.frozen.get(&digest).copied().unwrap_or(self.rarest));
        }
        if !self.of[start..].contains(&id) {
            self.of.push(id);
        }
    }

    /// The words of a value, ascending by number.
    pub(crate) fn of(&self, value: u32) -> &[u32] {
        let at = value as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.of[start as usize..self.ends[at] as usize]
    }

    /// The weight of a word in bits.
    pub(crate) fn weight(&self, word: u32) -> f32 {
        self.weights[word as usize]
    }

    /// Counts the rows that bear each word.
    pub(crate) fn count(&mut self, values: &Dictionary) {
        for value in values.ids() {
            let start = self.ends[value as usize - 1] as usize;
            for at in start..self.ends[value as usize] as usize {
                for _ in 0..values.rows_with(value) {
                    self.words.count(self.of[at]);
                }
            }
        }
    }

    /// Weights from counts: words of at least three rows by name, all others as if in one and a half.
    pub(crate) fn frequent(&self, rows: usize) -> (HashMap<u64, f32>, f32) {
        let bits = |count: f32| (rows.max(2) as f32 / count).log2().max(0.1);
        let frequent = self.words.ids().filter(|&id| self.words.rows_with(id) >= 3);
        let table = frequent
            .map(|id| (self.words.digest(id), bits(self.words.rows_with(id) as f32)))
            .collect();
        (table, bits(1.5))
    }

    /// Sets the weights; words that are met later follow them too.
    pub(crate) fn freeze(&mut self, frozen: HashMap<u64, f32>, rarest: f32) {
        self.weights = (0..self.words.len() as u32)
            .map(|id| {
                frozen
                    .get(&self.words.digest(id))
                    .copied()
                    .unwrap_or(rarest)
            })
            .collect();
        self.frozen = frozen;
        self.rarest = rarest;
    }

    /// Share of the weight of both values' words that they have in common, 0 to 1.
    pub(crate) fn shared(&self, left: u32, right: u32) -> f32 {
        let (left, right) = (self.of(left), self.of(right));
        let (mut i, mut j) = (0, 0);
        let (mut both, mut all) = (0.0, 0.0);
        while i < left.len() || j < right.len() {
            let order = match (left.get(i), right.get(j)) {
                (Some(l), Some(r)) => l.cmp(r),
                (Some(_), None) => std::cmp::Ordering::Less,
                _ => std::cmp::Ordering::Greater,
            };
            if order.is_eq() {
                both += 2.0 * self.weight(left[i]);
                all += 2.0 * self.weight(left[i]);
                (i, j) = (i + 1, j + 1);
            } else if order.is_lt() {
                all += self.weight(left[i]);
                i += 1;
            } else {
                all += self.weight(right[j]);
                j += 1;
            }
        }
        if all > 0.0 { both / all } else { 0.0 }
    }
}

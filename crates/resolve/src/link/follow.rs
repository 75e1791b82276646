//! What columns foretell of each other, compiled for scoring.
//!
//! A town, its postcode and its state agree together. Were their chances multiplied, two neighbours who share a
//! given name would look like one person: what is one fact would count three times. So a column is weighed by its
//! chance among rows that already agree in the other. Columns that are equal follow one another in one order, the
//! most common first, so that none is foretold by what it foretells; a column that is not equal foretells nothing
//! and may follow any.

use super::field::Field;
use super::kind::{ABSENT, LEVELS};
use super::model::Model;
use super::scorer::Levels;

/// A model's follows by column.
#[derive(Clone, Debug, Default)]
pub(super) struct Follows {
    columns: Vec<Vec<Tie>>,
    /// The place of each column in the order of equal ones.
    rank: Vec<usize>,
    equal: Vec<u8>,
}

/// One column that foretells another.
#[derive(Clone, Debug)]
struct Tie {
    column: usize,
    /// Bits by which each level is likelier where the column is equal.
    likelier: [f32; LEVELS],
    /// Bits of equality beside it. How rare the value is adds nothing: it is rare because the other one is.
    most: f32,
}

impl Follows {
    /// Compiles what a model learnt.
    pub(super) fn new(model: &Model, fields: &[Field]) -> Follows {
        let equal: Vec<u8> = fields.iter().map(|field| field.kind().equal()).collect();
        let mut columns = Vec::with_capacity(fields.len());
        for (weights, &equal) in model.columns.iter().zip(&equal) {
            let at = usize::from(equal);
            let tie = |follow: &super::model::Follow| {
                let mut likelier = [0.0; LEVELS];
                for (level, bits) in likelier.iter_mut().enumerate().skip(1) {
                    if follow.chance[level] > 0.0 && weights.chance[level] > 0.0 {
                        *bits = (follow.chance[level] / weights.chance[level]).log2();
                    }
                }
                Tie {
                    column: follow.column,
                    likelier,
                    most: (weights.same[at] / follow.chance[at].max(1e-9)).log2(),
                }
            };
            columns.push(weights.follows.iter().map(tie).collect());
        }
        let chance = |at: usize| {
            let weights = model.columns.get(at).zip(equal.get(at));
            weights.map_or(0.0, |(weights, equal)| weights.chance[usize::from(*equal)])
        };
        let mut order: Vec<usize> = (0..fields.len()).collect();
        order.sort_by(|one, other| chance(*other).total_cmp(&chance(*one)));
        let mut rank = vec![0; order.len()];
        for (place, at) in order.into_iter().enumerate() {
            rank[at] = place;
        }
        Follows {
            columns,
            rank,
            equal,
        }
    }

    /// Bits by which a column tells less than its `bits` alone, since others foretell it; never below 0.
    pub(super) fn less(&self, at: usize, levels: &Levels, bits: f32) -> f32 {
        let level = levels[at];
        let Some(ties) = self.columns.get(at) else {
            return 0.0;
        };
        if level == ABSENT || ties.is_empty() {
            return 0.0;
        }
        let is_equal = level == self.equal[at];
        let holds = |tie: &&Tie| {
            let before = !is_equal || self.rank[tie.column] < self.rank[at];
            before && levels[tie.column] == self.equal[tie.column]
        };
        ties.iter().find(holds).map_or(0.0, |tie| {
            // A level below equality never tells more than equality does.
            let over = (bits - tie.most).max(0.0);
            if is_equal {
                over
            } else {
                over.max(tie.likelier[usize::from(level)])
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two columns that foretell each other; equality is level 2, and column 0 is the more common one.
    fn mutual() -> Follows {
        let tie = |column| Tie {
            column,
            likelier: [0.0, -3.0, 4.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            most: 0.5,
        };
        Follows {
            columns: vec![vec![tie(1)], vec![tie(0)], Vec::new()],
            rank: vec![0, 1, 2],
            equal: vec![2, 2, 2],
        }
    }

    fn levels(of: [u8; 3]) -> Levels {
        let mut levels = Levels::default();
        levels[..3].copy_from_slice(&of);
        levels
    }

    #[test]
    fn of_two_equal_columns_that_foretell_each_other_one_tells() {
        let follows = mutual();
        let equal = levels([2, 2, 2]);
        assert!(follows.less(0, &equal, 6.0).abs() < 1e-6);
        assert!((follows.less(1, &equal, 6.0) - 5.5).abs() < 1e-6);
        assert!(follows.less(2, &equal, 6.0).abs() < 1e-6);
    }

    #[test]
    fn a_column_beside_another_never_tells_more_than_alone() {
        let follows = mutual();
        for bits in [-9.0_f32, -1.0, 0.0, 0.4, 3.0, 12.0] {
            for one in 0..3 {
                for other in 0..3 {
                    let levels = levels([one, other, 0]);
                    for at in 0..3 {
                        let less = follows.less(at, &levels, bits);
                        assert!(less >= 0.0, "{at} {levels:?}");
                        assert!(less == 0.0 || bits - less <= 0.5, "{at} {levels:?} {bits}");
                    }
                }
            }
        }
        // Missing values tell nothing and foretell nothing.
        assert!(follows.less(1, &levels([0, 2, 0]), 9.0).abs() < 1e-6);
        assert!(follows.less(1, &levels([2, 0, 0]), 9.0).abs() < 1e-6);
    }
}

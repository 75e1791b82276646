//! Scores pairs under a model, with everything looked up by number.

use super::compare::level;
use super::follow::Follows;
use super::kind::{ABSENT, Kind, LEVELS, NAMES_ALIKE, SWAPPED, UNLIKE};
use super::model::Model;
use super::records::Records;
use super::schema::MAX_EVIDENCE;
use crate::name::OrgName;
use crate::table::MISSING;

/// Levels of a pair's columns.
pub(crate) type Levels = [u8; MAX_EVIDENCE];

/// How far the rarity of a value that agrees only nearly counts: half.
const NEARLY: f32 = 0.5;
/// What rarity adds to a value that agrees only nearly, at most, in bits.
const NEARLY_AT_MOST: f32 = 1.5;

/// Bits of a valid number that both rows bear, and against when the numbers differ: more than all other
/// columns together ever bring.
pub(crate) const CERTAIN: f32 = 60.0;
/// A valid number in more than this share of the rows stands for something else, such as the agency that
/// made the table, and tells no more than its frequency.
const OFTEN: f32 = 0.02;
/// Rows from which on a share tells that.
const MANY: usize = 200;

/// Level of two names of organisations that say the same in other words.
const OTHER_WORDS: u8 = 5;
/// Bits by which names in other words tell less than equal ones.
const WORDING: f32 = 5.0;

/// A pair's evidence in bits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    /// For the same subject, against unrelated ones.
    pub(crate) same: f32,
    /// For two of one home, against unrelated ones.
    pub(crate) home: f32,
}

/// A model compiled for the values of some records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scorer {
    same: Vec<[f32; LEVELS]>,
    home: Vec<[f32; LEVELS]>,
    rarity: Vec<Vec<f32>>,
    /// Values that decide alone: valid numbers that few rows bear. Empty for other kinds.
    certain: Vec<Vec<bool>>,
    /// The rarity that the weight of equality has built in.
    usual: Vec<f32>,
    /// Names of organisations with place, trade name and form. A register gives such a name once, which no
    /// frequency within the table can show. Empty for other kinds.
    whole: Vec<Vec<bool>>,
    /// Bits of a whole name against chance: fewer than one in all pairs of the table.
    registered: f32,
    best_unequal: Vec<f32>,
    equal: Vec<u8>,
    /// Columns, the most telling first.
    order: Vec<usize>,
    prior: f32,
    home_prior: Option<f32>,
    swap: Option<(usize, usize)>,
    /// What columns foretell of each other.
    follows: Follows,
}

impl Scorer {
    /// Compiles a model.
    pub(crate) fn new(model: &Model, records: &Records) -> Scorer {
        let bits = |from: &[f32; LEVELS], by: &[f32; LEVELS]| {
            let mut bits = [0.0; LEVELS];
            for at in usize::from(UNLIKE)..LEVELS {
                if from[at] > 0.0 && by[at] > 0.0 {
                    bits[at] = (from[at] / by[at]).log2();
                }
            }
            bits
        };
        let mut scorer = Scorer {
            prior: model.prior,
            home_prior: model.home,
            swap: records.swappable(),
            registered: (model.rows.max(2) as f32).log2() * 2.0 + 2.0,
            follows: Follows::new(model, &records.fields),
            ..Scorer::default()
        };
        for (weights, field) in model.columns.iter().zip(&records.fields) {
            let equal = field.kind().equal();
            let mut same = bits(&weights.same, &weights.chance);
            if field.kind() == Kind::Identifier {
                same[usize::from(UNLIKE)] = -CERTAIN;
            }
            let unequal = same[usize::from(UNLIKE)..usize::from(equal)].iter();
            let mut best = unequal.copied().fold(f32::MIN, f32::max) + NEARLY_AT_MOST;
            if field.kind() == Kind::Organisation {
                best = best.max(scorer.registered - WORDING);
            }
            scorer.best_unequal.push(best);
            scorer.whole.push(Vec::new());
            scorer.same.push(same);
            scorer.home.push(bits(&weights.home, &weights.chance));
            scorer
                .usual
                .push(weights.chance[usize::from(equal)].max(1e-9).log2());
            scorer.equal.push(equal);
            scorer.rarity.push(Vec::new());
            scorer.certain.push(Vec::new());
        }
        let spread = |at: &usize| scorer.best_unequal[*at] - scorer.same[*at][usize::from(UNLIKE)];
        let mut order: Vec<usize> = (0..scorer.same.len()).collect();
        order.sort_by(|one, other| spread(other).total_cmp(&spread(one)));
        scorer.order = order;
        scorer.grow(model, records);
        scorer
    }

    /// Looks up the values that came since.
    pub(crate) fn grow(&mut self, model: &Model, records: &Records) {
        let columns = model.columns.iter().zip(&records.fields);
        let known = self
            .rarity
            .iter_mut()
            .zip(&mut self.certain)
            .zip(&mut self.whole);
        for ((weights, field), ((rarity, certain), whole)) in columns.zip(known) {
            for id in rarity.len() as u32..field.values.len() as u32 {
                let known = weights.rarity.get(&field.values.digest(id));
                let mut bits = known.copied().unwrap_or(weights.rarest);
                if let Some(name) = field.names.get(id as usize) {
                    whole.push(is_whole(name));
                    if is_whole(name) || is_national(name) {
                        bits = bits.min(-self.registered);
                    }
                }
                rarity.push(bits);
                if let Some(number) = field.numbered.get(id as usize) {
                    let few = bits < OFTEN.log2() || model.rows < MANY;
                    certain.push(number.is_some() && few);
                }
            }
        }
    }

    /// Bits of a pair, the prior included; none when they surely lie below `floor`.
    pub(crate) fn bits(&self, records: &Records, left: u32, right: u32, floor: f32) -> Option<f32> {
        let (l, r) = (records.row(left), records.row(right));
        let swap = self.swap.filter(|pair| self.is_swap(records, l, r, *pair));
        if swap.is_none() && self.too_far(records, l, r, floor) {
            return None;
        }
        let levels = self.levels(records, left, right);
        Some(self.total(self.sums(l, r, &levels)))
    }

    /// Whether a pair surely lies below `floor`: columns are compared, the most telling first, until
    /// the best that the others can bring does not help. For pairs without swapped names.
    fn too_far(&self, records: &Records, l: &[u32], r: &[u32], floor: f32) -> bool {
        let mut bound = self.prior;
        for (at, (&a, &b)) in l.iter().zip(r).enumerate() {
            bound += if a == MISSING || b == MISSING {
                0.0
            } else if a == b && self.is_certain(at, a) {
                CERTAIN
            } else if a == b {
                self.same[at][usize::from(self.equal[at])] + self.usual[at]
                    - self.rarity[at][a as usize]
            } else {
                self.best_unequal[at]
            };
        }
        for &at in &self.order {
            if bound < floor {
                return true;
            }
            let (a, b) = (l[at], r[at]);
            if a != MISSING && b != MISSING && a != b {
                let level = level(&records.fields[at], a, b);
                bound += self.part(at, level, a, b).same - self.best_unequal[at];
            }
        }
        bound < floor
    }

    /// The levels of a pair.
    pub(crate) fn levels(&self, records: &Records, left: u32, right: u32) -> Levels {
        let (l, r) = (records.row(left), records.row(right));
        let mut levels = Levels::default();
        for (at, (&a, &b)) in l.iter().zip(r).enumerate() {
            levels[at] = level(&records.fields[at], a, b);
        }
        self.swapped(records, l, r, &mut levels);
        self.named(records, &mut levels);
        levels
    }

    /// An electronic address made of a name tells nothing beyond the name: where a name agrees, it is
    /// no evidence that the addresses are alike.
    fn named(&self, records: &Records, levels: &mut Levels) {
        let Some((given, family)) = self.swap else {
            return;
        };
        if levels[given].max(levels[family]) < 3 {
            return;
        }
        for (level, field) in levels.iter_mut().zip(&records.fields) {
            if field.kind() == Kind::Email && *level == NAMES_ALIKE {
                *level = ABSENT;
            }
        }
    }

    /// Given name and surname stand in each other's column: one finding, told in the first.
    fn swapped(&self, records: &Records, left: &[u32], right: &[u32], levels: &mut Levels) {
        let Some((given, family)) = self.swap else {
            return;
        };
        if levels[given] == ABSENT
            || levels[family] == ABSENT
            || levels[given].max(levels[family]) > SWAPPED
        {
            return;
        }
        if self.is_swap(records, left, right, (given, family)) {
            levels[given] = SWAPPED;
            levels[family] = ABSENT;
        }
    }

    fn is_swap(&self, records: &Records, l: &[u32], r: &[u32], pair: (usize, usize)) -> bool {
        let (given, family) = pair;
        let text = |cells: &[u32], at: usize| records.fields[at].values.digest(cells[at]);
        l[given] != r[given]
            && text(l, given) == text(r, family)
            && text(l, family) == text(r, given)
    }

    /// The evidence of one column if it stood alone; beside others it is never more.
    fn part(&self, at: usize, level: u8, left: u32, right: u32) -> Sums {
        if level == ABSENT {
            return Sums::default();
        }
        let mut sums = Sums {
            same: self.same[at][usize::from(level)],
            home: self.home[at][usize::from(level)],
        };
        let rarity = &self.rarity[at];
        if level == self.equal[at] && self.is_certain(at, left) {
            sums.same = CERTAIN;
        } else if level == self.equal[at] {
            let gain = self.usual[at] - rarity[left as usize];
            sums.same += gain;
            if sums.home != 0.0 {
                sums.home += gain;
            }
        } else if level == OTHER_WORDS && self.are_whole(at, left, right) {
            sums.same = self.registered - WORDING;
        } else if level >= 4 && level != SWAPPED && self.equal[at] >= 6 {
            let common = rarity[left as usize].max(rarity[right as usize]);
            sums.same += ((self.usual[at] - common) * NEARLY).clamp(-3.0, NEARLY_AT_MOST);
        }
        sums
    }

    fn is_certain(&self, at: usize, value: u32) -> bool {
        let certain = self.certain[at].get(value as usize);
        certain.copied().unwrap_or_default()
    }

    fn are_whole(&self, at: usize, left: u32, right: u32) -> bool {
        let whole = |value: u32| self.whole[at].get(value as usize).copied();
        whole(left).unwrap_or_default() && whole(right).unwrap_or_default()
    }

    /// Whether two rows bear valid numbers of two bodies.
    pub(crate) fn barred(&self, records: &Records, left: u32, right: u32) -> bool {
        let (l, r) = (records.row(left), records.row(right));
        let numbers = (0..self.certain.len()).filter(|&at| !self.certain[at].is_empty());
        numbers.into_iter().any(|at| {
            let both = self.is_certain(at, l[at]) && self.is_certain(at, r[at]);
            both && l[at] != r[at] && level(&records.fields[at], l[at], r[at]) == UNLIKE
        })
    }

    /// Evidence of all columns.
    pub(crate) fn sums(&self, left: &[u32], right: &[u32], levels: &Levels) -> Sums {
        let mut sums = Sums::default();
        for at in 0..left.len().min(right.len()) {
            let part = self.column(at, left, right, levels);
            sums.same += part.same;
            sums.home += part.home;
        }
        sums
    }

    /// Evidence of one column beside all others: swapped names are one finding, and what another column
    /// foretells is no finding.
    pub(crate) fn column(&self, at: usize, left: &[u32], right: &[u32], levels: &Levels) -> Sums {
        let mut part = self.part(at, levels[at], left[at], right[at]);
        if levels[at] == SWAPPED
            && let Some((given, family)) = self.swap
            && at == given
        {
            part.same = self.swap_bits(given, family, left, right);
            return part;
        }
        let less = self.follows.less(at, levels, part.same);
        part.same -= less;
        // Both classes are weighed against the same chance.
        if part.home != 0.0 {
            part.home -= less;
        }
        part
    }

    /// Two unrelated records have each other's names swapped as seldom as both names meet by chance.
    fn swap_bits(&self, given: usize, family: usize, left: &[u32], right: &[u32]) -> f32 {
        let rare = |cells: &[u32]| {
            self.rarity[given][cells[given] as usize].max(-12.0)
                + self.rarity[family][cells[family] as usize].max(-12.0)
        };
        // One pair of records in 64 that are the same has its names swapped.
        (-6.0 - rare(left).max(rare(right))).min(14.0)
    }

    /// Bits from sums, with the prior and the chance that the two only share a home.
    pub(crate) fn total(&self, sums: Sums) -> f32 {
        self.prior + sums.same - self.home_share(sums)
    }

    /// Bits that "only of one home" takes away.
    pub(crate) fn home_share(&self, sums: Sums) -> f32 {
        self.home_prior.map_or(0.0, |prior| {
            (prior + sums.home).min(60.0).exp2().ln_1p() / std::f32::consts::LN_2
        })
    }
}

/// Whether a name is given once by a register: with a place, a form, and a trade name or at least an industry.
fn is_whole(name: &OrgName) -> bool {
    let told = !name.trade().is_empty() || !name.industry().is_empty();
    !name.region().is_empty() && !name.form().is_empty() && told
}

/// Whether a company's name bears no place: only names that the state's register allows may leave it out, and it
/// gives each once. Where a table leaves places out, the name in other words still tells no more than is learnt.
fn is_national(name: &OrgName) -> bool {
    name.region().is_empty() && name.form().contains("公司") && !name.trade().is_empty()
}

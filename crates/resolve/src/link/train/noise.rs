//! Which columns tell nothing of the subject? A time of entry, a clerk's sign, a batch number: among rows that
//! agree in much else such a column agrees as seldom as among any rows.
//!
//! Rows that agree in much else are found without a model: they share a rare value of some column and, all
//! rare values taken together, more than chance explains. What the column itself says does not count then.

use super::Pair;
use super::chance::random_pairs;
use crate::link::compare::level;
use crate::link::kind::{ABSENT, Kind, LEVELS, Role};
use crate::link::records::Records;
use crate::link::schema::{STATED, Schema};
use crate::table::{MISSING, Table};

/// Pairs that a column is judged by, at least.
const FEWEST: f32 = 40.0;
/// Most pairs that are kept, and most rows of a value that makes pairs.
const MOST: usize = 20_000;
const RARE: u32 = 8;
/// Bits by which the levels of likely the same must differ from chance, a pair; below, the column is noise.
const TELLS: f32 = 0.05;
/// Tables of fewer rows are too small to judge.
const ROWS: usize = 200;

/// The schema without columns that tell nothing; none when all tell something, or too few would be left, or
/// a person stated the columns.
pub(in crate::link) fn without_noise(schema: &Schema, table: &Table, seed: u64) -> Option<Schema> {
    let stated = schema.columns.iter().any(|column| column.why == STATED);
    if stated || table.rows() < ROWS {
        return None;
    }
    let records = Records::of(schema, table);
    let pairs = alike(&records);
    let random = random_pairs(&records, seed);
    let mut noise = Vec::new();
    let sources = schema.sources();
    for (at, source) in sources.iter().enumerate() {
        let kind = schema.columns[source.column].kind;
        // In a table of few repeats rows alike in much else are of one home, where given names differ.
        let judged = !matches!(kind, Kind::Person | Kind::Identifier) && source.role != Role::Given;
        if judged && is_noise(&records, at, &pairs, &random) {
            noise.push(source.column);
        }
    }
    let some = !noise.is_empty() && sources.len() >= noise.len() + 2;
    some.then(|| Schema::detect_without(table, &noise))
}

/// Two rows and the bits of what they share, column by column.
struct Alike {
    left: u32,
    right: u32,
    bits: f32,
}

/// Pairs of rows that share more than chance explains.
fn alike(records: &Records) -> Vec<Alike> {
    let rows = records.rows() as f32;
    // Of all pairs of unrelated rows about the root of their number share so much.
    let enough = rows.log2() * 1.5;
    let mut found: Vec<Alike> = Vec::new();
    for (at, field) in records.fields.iter().enumerate() {
        let mut last = vec![u32::MAX; field.values.len()];
        for row in 0..records.rows() as u32 {
            let id = records.row(row)[at];
            if id == MISSING || field.values.rows_with(id) > RARE {
                continue;
            }
            let before = std::mem::replace(&mut last[id as usize], row);
            if before == u32::MAX {
                continue;
            }
            let bits = shared(records, before, row);
            // The column of which the noise is judged may take its bits away again.
            if bits >= enough {
                found.push(Alike {
                    left: before,
                    right: row,
                    bits,
                });
            }
        }
    }
    found.sort_by(|one, other| {
        let ends = (one.left, one.right).cmp(&(other.left, other.right));
        other.bits.total_cmp(&one.bits).then(ends)
    });
    found.dedup_by_key(|pair| (pair.left, pair.right));
    found.truncate(MOST);
    found
}

fn shared(records: &Records, left: u32, right: u32) -> f32 {
    let (l, r) = (records.row(left), records.row(right));
    (0..l.len()).map(|at| bits(records, at, l[at], r[at])).sum()
}

/// Bits of an equal value: how rare it is.
fn bits(records: &Records, at: usize, left: u32, right: u32) -> f32 {
    if left == MISSING || left != right {
        return 0.0;
    }
    let with = records.fields[at].values.rows_with(left).max(1) as f32;
    (records.rows() as f32 / with).log2()
}

/// Whether a column stands, among pairs alike in the others, as among random ones.
fn is_noise(records: &Records, at: usize, pairs: &[Alike], random: &[Pair]) -> bool {
    let field = &records.fields[at];
    let enough = (records.rows() as f32).log2() * 1.5;
    let (mut same, mut chance) = ([0.0_f32; LEVELS], [0.0_f32; LEVELS]);
    for pair in pairs {
        let (l, r) = (records.row(pair.left)[at], records.row(pair.right)[at]);
        if pair.bits - bits(records, at, l, r) >= enough {
            same[usize::from(level(field, l, r))] += 1.0;
        }
    }
    for pair in random {
        chance[usize::from(pair.levels[at])] += 1.0;
    }
    let told = |counts: &[f32; LEVELS]| counts[usize::from(ABSENT) + 1..].iter().sum::<f32>();
    let (all_same, all_chance) = (told(&same), told(&chance));
    if all_same < FEWEST || all_chance < FEWEST {
        return false;
    }
    let levels = usize::from(field.kind().equal());
    let mut apart = 0.0;
    for at in 1..=levels {
        let same = (same[at] + 0.5) / (all_same + 0.5 * levels as f32);
        let chance = (chance[at] + 0.5) / (all_chance + 0.5 * levels as f32);
        apart += same * (same / chance).log2();
    }
    // What few pairs show by accident is allowed for.
    apart < TELLS + levels as f32 / all_same
}

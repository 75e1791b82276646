//! Pairs of made-up organisation names with a label and a kind, from a seed: what the bench of M2 gives
//! to every program. `m2_generate han|han2|latin COUNT SEED FILE`; `han2` has other regions, trades and
//! characters than the set that weights were tuned on.

#[path = "m2_generate/han.rs"]
mod han;
#[path = "m2_generate/latin.rs"]
mod latin;

use std::io::Write as _;

/// A small generator of even numbers; the same seed gives the same pairs everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit.max(1)
    }

    fn pick<T: Copy + Default>(&mut self, all: &[T]) -> T {
        all.get(self.below(all.len())).copied().unwrap_or_default()
    }
}

/// Left, right, whether they are the same, and the kind.
pub(crate) type Pair = (String, String, bool, &'static str);

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [set, count, seed, path] = words.as_slice() else {
        return Err(std::io::Error::other(
            "m2_generate han|han2|latin COUNT SEED FILE",
        ));
    };
    let (count, seed) = (count.parse().unwrap_or(1000), seed.parse().unwrap_or(1));
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    for (left, right, same, kind) in pairs(set, count, seed) {
        writeln!(out, "{left}\t{right}\t{}\t{kind}", u8::from(same))?;
    }
    out.flush()
}

/// Pairs of a set; the same count and seed give the same pairs.
pub(crate) fn pairs(set: &str, count: usize, seed: u64) -> impl Iterator<Item = Pair> {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let style = match set {
        "han" => Some(&han::TRADE),
        "han2" => Some(&han::LAND),
        _ => None,
    };
    let rolled = std::iter::repeat_with(move || match style {
        Some(style) => han::pair(&mut dice, style),
        None => latin::pair(&mut dice),
    });
    rolled.filter(|(left, right, ..)| left != right).take(count)
}

/// Two characters exchanged, one doubled or one dropped, behind the trade name.
fn slip(dice: &mut Dice, name: &str, from: usize) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = from + dice.below(letters.len().saturating_sub(from + 1));
    match dice.below(3) {
        0 => letters.swap(at, at + 1),
        1 => letters.insert(at, letters[at]),
        _ => {
            letters.remove(at);
        }
    }
    letters.into_iter().collect()
}

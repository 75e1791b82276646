//! Trade name and industry: the most probable split of what region and form leave.

use super::super::lexicon::lexicon;

/// Longest core that is split; beyond it all is trade name. A registered name has about 20.
const LONGEST: usize = 60;
/// Bits of a character that belongs to no known industry word.
const UNKNOWN: f32 = 17.0;
/// Bits that each further word costs.
const STEP: f32 = 1.0;
/// Bits of a trade name's length, 0 to 8 characters: measured with the words themselves.
const LENGTHS: [f32; 9] = [3.8, 6.8, 0.6, 3.4, 3.3, 5.3, 5.7, 7.3, 7.3];

/// Where the trade name ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::name) struct Span {
    /// Length of the trade name.
    pub(in crate::name) trade: usize,
}

/// How well industry words cover a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::name) struct Covered {
    /// Their weight together.
    pub(in crate::name) bits: f32,
    /// Characters in no word.
    pub(in crate::name) unknown: usize,
    /// One bit for each of those characters by its place.
    pub(in crate::name) holes: u64,
    /// One bit for the last character of each word.
    pub(in crate::name) ends: u64,
}

/// The split that costs fewest bits.
pub(in crate::name) fn split(core: &[char]) -> Span {
    if core.len() > LONGEST {
        return Span { trade: core.len() };
    }
    let (costs, _) = from_right(core);
    let mut best = (f32::MAX, 0);
    let mut trade = 0.0;
    for length in 0..=core.len().min(LENGTHS.len() - 1) {
        let tail = costs.get(length).copied().unwrap_or(f32::MAX);
        let total = trade + tail + LENGTHS.get(length).copied().unwrap_or(9.0);
        if total < best.0 {
            best = (total, length);
        }
        trade += core
            .get(length)
            .map_or(0.0, |letter| lexicon().rarity(*letter));
    }
    Span { trade: best.1 }
}

/// How industry words cover a text.
pub(in crate::name) fn covered(text: &[char]) -> Covered {
    if text.len() > LONGEST {
        return Covered {
            bits: 99.0,
            unknown: text.len(),
            holes: u64::MAX,
            ends: 0,
        };
    }
    let (costs, steps) = from_right(text);
    let mut covered = Covered {
        bits: costs.first().copied().unwrap_or(0.0),
        ..Covered::default()
    };
    let mut at = 0;
    while let Some(step) = steps.get(at).filter(|_| at < text.len()) {
        if *step == 0 {
            covered.unknown += 1;
            covered.holes |= 1 << at;
        }
        at += usize::from((*step).max(1));
        covered.ends |= 1 << (at - 1).min(63);
    }
    covered
}

/// By place: the fewest bits from there to the end, and the length of the first word; 0 for none.
fn from_right(text: &[char]) -> ([f32; LONGEST + 1], [u8; LONGEST + 1]) {
    let mut costs = [0.0_f32; LONGEST + 1];
    let mut steps = [0_u8; LONGEST + 1];
    for at in (0..text.len().min(LONGEST)).rev() {
        let mut best = (costs.get(at + 1).copied().unwrap_or(0.0) + UNKNOWN, 0);
        for (length, entry) in lexicon().words(text.get(at..).unwrap_or(&[])) {
            if entry.word == 0 {
                continue;
            }
            let cost =
                costs.get(at + length).copied().unwrap_or(0.0) + f32::from(entry.word) + STEP;
            if cost < best.0 {
                best = (cost, u8::try_from(length).unwrap_or(0));
            }
        }
        if let (Some(cost), Some(step)) = (costs.get_mut(at), steps.get_mut(at)) {
            (*cost, *step) = best;
        }
    }
    (costs, steps)
}

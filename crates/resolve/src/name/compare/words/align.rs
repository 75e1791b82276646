//! Which words of two names stand for each other: equal ones first, then the most alike.

use super::super::super::Difference;
use super::super::super::words::{PLACE, Token};
use super::distance::distance;

/// Words that stand for each other.
pub(super) struct Pair {
    /// Place of the left word.
    pub(super) left: usize,
    /// Place of the right word.
    pub(super) right: usize,
    /// How they differ; `None` for equal words.
    pub(super) kind: Option<Difference>,
    /// What that is worth, in bits.
    pub(super) bits: f32,
}

/// The best partners first, each word once: equal words in order, then the most alike of the rest.
pub(super) fn align(left: &[Token], right: &[Token]) -> Vec<Pair> {
    let mut chosen: Vec<Pair> = Vec::with_capacity(left.len());
    for (at, one) in left.iter().enumerate() {
        let equal = |(to, other): &(usize, &Token)| {
            one.plain == other.plain && chosen.iter().all(|known| known.right != *to)
        };
        if let Some((to, _)) = right.iter().enumerate().find(equal) {
            chosen.push(Pair {
                left: at,
                right: to,
                kind: None,
                bits: 0.0,
            });
        }
    }
    if chosen.len() == left.len().min(right.len()) {
        return chosen;
    }
    let mut all: Vec<Pair> = Vec::new();
    for (at, one) in left.iter().enumerate() {
        if chosen.iter().any(|known| known.left == at) {
            continue;
        }
        for (to, other) in right.iter().enumerate() {
            if chosen.iter().any(|known| known.right == to) {
                continue;
            }
            if let Some((kind, bits)) = alike(one, other) {
                let (left, right) = (at, to);
                all.push(Pair {
                    left,
                    right,
                    kind,
                    bits,
                });
            }
        }
    }
    all.sort_by(|one, other| {
        let distance = |pair: &Pair| pair.left.abs_diff(pair.right);
        let order = other
            .bits
            .total_cmp(&one.bits)
            .then(distance(one).cmp(&distance(other)));
        order.then((one.left + one.right).cmp(&(other.left + other.right)))
    });
    for pair in all {
        if chosen
            .iter()
            .all(|known| known.left != pair.left && known.right != pair.right)
        {
            chosen.push(pair);
        }
    }
    chosen
}

/// Whether two words may be one, and what the difference costs.
fn alike(one: &Token, other: &Token) -> Option<(Option<Difference>, f32)> {
    if number(&one.plain) || number(&other.plain) {
        return None;
    }
    let cross = one.text.is_ascii() != other.text.is_ascii();
    let (short, long) = (
        one.plain.chars().count().min(other.plain.chars().count()),
        one.plain.chars().count().max(other.plain.chars().count()),
    );
    if short >= 3 && one.sound == other.sound {
        return Some((
            Some(Difference::Transliteration),
            if cross { -1.0 } else { -3.0 },
        ));
    }
    if short == 1 && long > 1 && one.plain.chars().next() == other.plain.chars().next() {
        return Some((Some(Difference::Abbreviation), -7.0));
    }
    let prefix = one.plain.starts_with(&other.plain) || other.plain.starts_with(&one.plain);
    if short >= 3 && long <= short + 2 && prefix {
        return Some((Some(Difference::Typo), -4.0));
    }
    if short >= 4 && long > short + 2 && prefix && one.bits.max(other.bits) < 14.0 {
        return Some((Some(Difference::Abbreviation), -3.0));
    }
    slip(one, other, short, cross)
}

/// One slip in a word of four letters, two in one of nine. The first letter is seldom mistaken; in a
/// word that tells little a slip costs little.
fn slip(
    one: &Token,
    other: &Token,
    short: usize,
    cross: bool,
) -> Option<(Option<Difference>, f32)> {
    if one.bits < 14.0 && other.bits < 14.0 {
        return None;
    }
    let allowed = if short >= 9 {
        2
    } else {
        usize::from(short >= 4)
    };
    let plain = distance(&one.plain, &other.plain, allowed);
    let distance = plain.or_else(|| distance(&one.text, &other.text, allowed.min(1)))?;
    let first = if one.plain.chars().next() == other.plain.chars().next() {
        0.0
    } else {
        -2.5
    };
    let common = one.bits.min(other.bits) < PLACE;
    let each = if short >= 6 || common { -3.5 } else { -6.5 };
    let count = if distance > 1 { 2.0 } else { 1.0 };
    let kind = if cross {
        Difference::Transliteration
    } else {
        Difference::Typo
    };
    Some((Some(kind), each * count + first))
}

/// Whether a word is a number: one that differs is another organisation.
pub(super) fn number(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
        || matches!(word, "II" | "III" | "IV" | "VI" | "VII" | "VIII" | "IX")
}

//! Two names of words, word by word: rare words tell, common ones hardly, a number always.

mod align;
mod distance;

use super::super::words::{PLACE, Token, Words};
use super::super::{Difference, Part, PartDifference};
use super::{difference, missing};
use align::{Pair, align, number};
use distance::distance;

/// Bits of each outcome.
const FORM_MISSING: f32 = -1.0;
const FORM_OTHER: f32 = -3.0;
const ORDER: f32 = -1.0;
const JOINED: f32 = -1.5;
const ACRONYM: f32 = -12.0;
const NUMBER: f32 = -20.0;
/// How much more a word costs that stands against another than one that is left out.
const AGAINST: f32 = 1.6;
/// How much more a word costs that is left out where no rare word is shared.
const ALONE: f32 = 3.0;
const BROKEN: f32 = -4.5;

/// Every part that differs.
pub(super) fn differences(left: &Words, right: &Words) -> Vec<PartDifference> {
    let mut found: Vec<PartDifference> = Vec::new();
    found.extend(forms(left, right));
    if left.joined == right.joined {
        if left.tokens.len() != right.tokens.len() {
            found.push(said(left, right, Part::Whole, Difference::Spelling, JOINED));
        }
        return found;
    }
    let letters =
        |words: &Words| -> usize { words.tokens.iter().map(|token| token.text.len()).sum() };
    if letters(left) == letters(right) && written(left).eq(written(right)) {
        found.push(said(left, right, Part::Whole, Difference::Spelling, JOINED));
        return found;
    }
    let pairs = align(&left.tokens, &right.tokens);
    if pairs.is_empty() && acronym(left, right) {
        found.push(said(
            left,
            right,
            Part::Whole,
            Difference::Abbreviation,
            ACRONYM,
        ));
        return found;
    }
    judge(left, right, &pairs, &mut found);
    found
}

fn forms(left: &Words, right: &Words) -> Option<PartDifference> {
    if left.form == right.form {
        return None;
    }
    let (kind, bits) = missing(
        left.form.is_empty() || right.form.is_empty(),
        FORM_MISSING,
        FORM_OTHER,
    );
    Some(difference(
        Part::Form,
        kind,
        left.form_text.clone(),
        right.form_text.clone(),
        bits,
    ))
}

fn said(left: &Words, right: &Words, part: Part, kind: Difference, bits: f32) -> PartDifference {
    difference(part, kind, left.telling(), right.telling(), bits)
}

/// The letters of a name's words, one after another.
fn written(words: &Words) -> impl Iterator<Item = char> + '_ {
    words.tokens.iter().flat_map(|token| token.text.chars())
}

/// Adds up what is matched, left over and in another order.
fn judge(left: &Words, right: &Words, pairs: &[Pair], found: &mut Vec<PartDifference>) {
    for pair in pairs {
        if let (Some(kind), Some(one), Some(other)) = (
            pair.kind,
            left.tokens.get(pair.left),
            right.tokens.get(pair.right),
        ) {
            found.push(difference(
                Part::Trade,
                kind,
                one.text.clone(),
                other.text.clone(),
                pair.bits,
            ));
        }
    }
    let one = alone(&left.tokens, |at| pairs.iter().any(|pair| pair.left == at));
    let other = alone(&right.tokens, |at| {
        pairs.iter().any(|pair| pair.right == at)
    });
    if one.is_empty() && other.is_empty() {
        let mut sorted: Vec<(usize, usize)> =
            pairs.iter().map(|pair| (pair.left, pair.right)).collect();
        sorted.sort_unstable();
        if sorted
            .windows(2)
            .any(|two| matches!(two, [a, b] if a.1 > b.1))
        {
            found.push(said(left, right, Part::Whole, Difference::Order, ORDER));
        }
        return;
    }
    let telling = pairs.iter().any(|pair| {
        let both = (left.tokens.get(pair.left)).zip(right.tokens.get(pair.right));
        both.is_some_and(|(one, other)| one.bits.min(other.bits) > PLACE)
    });
    let open = found.len();
    found.push(leftover(&one, &other, telling));
    if broken(left, right, &one, &other) {
        found.truncate(open);
        found.retain(|part| part.part == Part::Form);
        found.push(said(left, right, Part::Whole, Difference::Typo, BROKEN));
    }
}

/// The words that tell and found no partner.
fn alone(tokens: &[Token], used: impl Fn(usize) -> bool) -> Vec<&Token> {
    let left = tokens.iter().enumerate();
    left.filter(|(at, token)| !used(*at) && token.bits > 0.0)
        .map(|(_, token)| token)
        .collect()
}

/// Whether one edit makes the whole of one name the other: a slip in a space or a legal form. A
/// short word or a number that differs is none.
fn broken(left: &Words, right: &Words, one: &[&Token], other: &[&Token]) -> bool {
    let whole = |words: &Words| -> String {
        let tokens = words.tokens.iter().map(|token| token.text.as_str());
        tokens.chain(words.form_text.split(' ')).collect()
    };
    let telling = |tokens: &[&Token]| {
        tokens
            .iter()
            .all(|token| token.text.chars().nth(3).is_some() || token.bits < 9.0)
    };
    let numbers = one
        .iter()
        .chain(other)
        .any(|token| token.text.chars().any(|letter| letter.is_ascii_digit()));
    let (left, right) = (whole(left), whole(right));
    (telling(one) || telling(other))
        && !numbers
        && left.chars().count() >= 10
        && distance(&left, &right, 1).is_some()
}

/// What is left over on either side. Where no rare word is shared, a common one tells more: Chongqing
/// University is not Chongqing University of Technology.
fn leftover(one: &[&Token], other: &[&Token], telling: bool) -> PartDifference {
    let both = !one.is_empty() && !other.is_empty();
    let weight: f32 = one.iter().chain(other).map(|token| token.bits).sum();
    let numbers = one.iter().chain(other).any(|token| number(&token.plain));
    let bits = if numbers {
        NUMBER
    } else if both {
        -weight * AGAINST
    } else if telling {
        -weight
    } else {
        -weight * ALONE
    };
    let all_places = one.iter().chain(other).all(|token| token.place);
    let common = one.iter().chain(other).all(|token| token.bits <= PLACE);
    let part = match () {
        () if numbers => Part::Number,
        () if all_places => Part::Region,
        () if common => Part::Industry,
        () => Part::Trade,
    };
    let text = |tokens: &[&Token]| {
        tokens
            .iter()
            .map(|token| token.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let kind = if both {
        Difference::Other
    } else {
        Difference::Missing
    };
    difference(part, kind, text(one), text(other), bits)
}

/// IBM beside International Business Machines.
fn acronym(left: &Words, right: &Words) -> bool {
    let of = |one: &Words, other: &Words| {
        one.tokens.len() == 1 && one.joined.chars().count() >= 2 && one.joined == other.initials
    };
    of(left, right) || of(right, left)
}

//! Two names of words, word by word: rare words tell, common ones hardly, a number always.

use super::super::words::{PLACE, Token, Words};
use super::super::{Difference, Part, PartDifference};
use super::difference;

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
    let letters = |words: &Words| {
        words
            .tokens
            .iter()
            .map(|token| token.text.as_str())
            .collect::<String>()
    };
    if letters(left) == letters(right) {
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
    let missing = left.form.is_empty() || right.form.is_empty();
    let (kind, bits) = if missing {
        (Difference::Missing, FORM_MISSING)
    } else {
        (Difference::Other, FORM_OTHER)
    };
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

/// Words that stand for each other.
struct Pair {
    left: usize,
    right: usize,
    kind: Option<Difference>,
    bits: f32,
}

/// The best partners first, each word once: equal words in order, then the most alike of the rest.
fn align(left: &[Token], right: &[Token]) -> Vec<Pair> {
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
    let mut all: Vec<Pair> = Vec::new();
    let free = |count: usize, used: &dyn Fn(&Pair) -> usize| -> Vec<usize> {
        (0..count)
            .filter(|at| chosen.iter().all(|known| used(known) != *at))
            .collect()
    };
    let (open, wanted) = (
        free(left.len(), &|pair| pair.left),
        free(right.len(), &|pair| pair.right),
    );
    for at in open {
        for to in &wanted {
            let both = left.get(at).zip(right.get(*to));
            if let Some((kind, bits)) = both.and_then(|(one, other)| alike(one, other)) {
                all.push(Pair {
                    left: at,
                    right: *to,
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

fn number(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit())
        || matches!(word, "II" | "III" | "IV" | "VI" | "VII" | "VIII" | "IX")
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
    let alone = |tokens: &[Token], used: &dyn Fn(usize) -> bool| -> Vec<Token> {
        tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| !used(*at) && token.bits > 0.0)
            .map(|(_, token)| token.clone())
            .collect()
    };
    let one = alone(&left.tokens, &|at| pairs.iter().any(|pair| pair.left == at));
    let other = alone(&right.tokens, &|at| {
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
    let telling = pairs
        .iter()
        .filter_map(|pair| left.tokens.get(pair.left))
        .any(|token| token.bits > PLACE);
    let open = found.len();
    found.push(leftover(&one, &other, telling));
    if broken(left, right, &one, &other) {
        found.truncate(open);
        found.retain(|part| part.part == Part::Form);
        found.push(said(left, right, Part::Whole, Difference::Typo, BROKEN));
    }
}

/// Whether one edit makes the whole of one name the other: a slip in a space or a legal form. A
/// short word or a number that differs is none.
fn broken(left: &Words, right: &Words, one: &[Token], other: &[Token]) -> bool {
    let whole = |words: &Words| -> String {
        let tokens = words.tokens.iter().map(|token| token.text.as_str());
        tokens.chain(words.form_text.split(' ')).collect()
    };
    let telling = |tokens: &[Token]| {
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
fn leftover(one: &[Token], other: &[Token], telling: bool) -> PartDifference {
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
    let text = |tokens: &[Token]| {
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

/// Edits between two words, neighbours exchanged counting once, when there are few enough.
fn distance(one: &str, other: &str, allowed: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if allowed == 0 || one.len().abs_diff(other.len()) > allowed || one.len().max(other.len()) > 64
    {
        return None;
    }
    let width = other.len() + 1;
    let mut before: Vec<usize> = vec![0; width];
    let mut last: Vec<usize> = (0..width).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut line = vec![row + 1; width];
        for (column, against) in other.iter().enumerate() {
            let mut best = (last[column] + usize::from(letter != against))
                .min(last[column + 1] + 1)
                .min(line[column] + 1);
            if row > 0 && column > 0 && one[row - 1] == *against && other[column - 1] == *letter {
                best = best.min(before[column - 1] + 1);
            }
            line[column + 1] = best;
        }
        before = std::mem::replace(&mut last, line);
    }
    last.last().copied().filter(|distance| *distance <= allowed)
}

//! How near two values of a column are: one of a few levels of their kind.
//!
//! Comparison is symmetric: the two values are put in a fixed order first, because some measures
//! depend on it.

use super::date::Day;
use super::edit::{edits, winkler};
use super::field::Field;
use super::kind::{ABSENT, Kind, UNLIKE};
use crate::name;
use crate::table::MISSING;

/// Score from which on two names say the same in other words: the order of parts, brackets, or a form that one
/// leaves out. A slip of the pen, or one form for another, scores less.
const OTHER_WORDS: f32 = 0.997;

/// The level of two values of a field.
#[must_use]
pub(crate) fn level(field: &Field, left: u32, right: u32) -> u8 {
    let kind = field.kind();
    if left == MISSING || right == MISSING {
        return ABSENT;
    }
    if left == right {
        return kind.equal();
    }
    let (l, r) = (field.values.digest(left), field.values.digest(right));
    let (left, right) = if l <= r { (left, right) } else { (right, left) };
    match kind {
        Kind::Skip | Kind::Person | Kind::Category => UNLIKE,
        Kind::Name => names(field, left, right),
        Kind::Date => dates(field, left, right),
        Kind::Code => codes(field, left, right),
        Kind::Short => shorts(field, left, right),
        Kind::Email => emails(field, left, right),
        Kind::Text => texts(field, left, right),
        Kind::Organisation => organisations(field, left, right),
        Kind::Number => numbers(field.numbers[left as usize], field.numbers[right as usize]),
        Kind::Identifier => identifiers(field, left, right),
    }
}

fn names(field: &Field, left: u32, right: u32) -> u8 {
    let (a, b) = (field.letters(left), field.letters(right));
    let near = field.edits(left, right, 2);
    if near == Some(1) && a.len().min(b.len()) >= 3 {
        return 5;
    }
    let same_sound = field.sounds[left as usize] == field.sounds[right as usize];
    let may_be_alike = field.at_most_alike(left, right) >= 0.8;
    let likeness = if may_be_alike { winkler(a, b) } else { 0.0 };
    if likeness >= 0.94 {
        return 5;
    }
    if same_sound || likeness >= 0.9 || (near == Some(2) && a.len().min(b.len()) >= 6) {
        return 4;
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if long.starts_with(short) && (short.len() == 1 || short.len() >= 3) {
        return 3;
    }
    if likeness >= 0.8 { 2 } else { UNLIKE }
}

fn dates(field: &Field, left: u32, right: u32) -> u8 {
    let (Some(l), Some(r)) = (field.days[left as usize], field.days[right as usize]) else {
        let a: Vec<char> = field.values.text(left).chars().collect();
        let b: Vec<char> = field.values.text(right).chars().collect();
        return if edits(&a, &b, 1).is_some() {
            4
        } else {
            UNLIKE
        };
    };
    if l.0 == r.0 && l.1 == r.2 && l.2 == r.1 {
        return 5;
    }
    if one_digit_off(l, r) {
        return 4;
    }
    match (l.0 == r.0, l.1 == r.1, l.2 == r.2) {
        (true, true, _) | (true, _, true) | (_, true, true) => 3,
        (true, ..) => 2,
        _ => UNLIKE,
    }
}

/// One digit of the eight differs, or two neighbours are swapped.
fn one_digit_off(left: Day, right: Day) -> bool {
    let digits = |(year, month, day): Day| {
        let mut number = u32::from(year) * 10_000 + u32::from(month) * 100 + u32::from(day);
        [(); 8].map(|()| {
            let digit = number % 10;
            number /= 10;
            digit
        })
    };
    let (l, r) = (digits(left), digits(right));
    let mut at = (0..8).filter(|&i| l[i] != r[i]);
    match (at.next(), at.next(), at.next()) {
        (Some(_), None, _) => true,
        (Some(i), Some(j), None) => j == i + 1 && l[i] == r[j] && l[j] == r[i],
        _ => false,
    }
}

fn codes(field: &Field, left: u32, right: u32) -> u8 {
    let near = field.edits(left, right, 2);
    let (left, right) = (field.letters(left), field.letters(right));
    match near {
        Some(0 | 1) => 4,
        Some(_) if left.len().min(right.len()) >= 6 => 3,
        _ => {
            let half = left.len().min(right.len()) / 2;
            let front = half >= 3 && left[..half] == right[..half];
            let back = half >= 3 && left[left.len() - half..] == right[right.len() - half..];
            if front || back { 2 } else { UNLIKE }
        }
    }
}

/// Two valid numbers of one system that differ speak of two bodies; of two systems they tell only where
/// the code of the body is inside both.
fn identifiers(field: &Field, left: u32, right: u32) -> u8 {
    let (l, r) = (
        &field.numbered[left as usize],
        &field.numbered[right as usize],
    );
    if let (Some(l), Some(r)) = (l, r) {
        return match (l.org_code(), r.org_code()) {
            (Some(one), Some(other)) if one == other => 5,
            _ if l.system() == r.system() => UNLIKE,
            (Some(_), Some(_)) => 2,
            _ => ABSENT,
        };
    }
    match field.edits(left, right, 2) {
        Some(0 | 1) => 4,
        Some(_) => 3,
        None => 2,
    }
}

fn shorts(field: &Field, left: u32, right: u32) -> u8 {
    let long = field.letters(left).len().min(field.letters(right).len()) >= 2;
    if long && field.edits(left, right, 1).is_some() {
        2
    } else {
        UNLIKE
    }
}

fn emails(field: &Field, left: u32, right: u32) -> u8 {
    let near = field.edits(left, right, 2);
    let (left, right) = (field.letters(left), field.letters(right));
    let name = |all: &[char]| {
        all.iter()
            .position(|letter| *letter == '@')
            .unwrap_or(all.len())
    };
    let (a, b) = (&left[..name(left)], &right[..name(right)]);
    if near.is_some() {
        return 3;
    }
    if a == b || winkler(a, b) >= 0.88 {
        2
    } else {
        UNLIKE
    }
}

fn texts(field: &Field, left: u32, right: u32) -> u8 {
    let (a, b) = (field.letters(left), field.letters(right));
    let long = a.len().min(b.len()) >= 8;
    if field
        .edits(left, right, 2)
        .is_some_and(|edits| edits == 1 || long)
    {
        return 6;
    }
    let shared = field.words.shared(left, right);
    let alike = shared < 0.85 && field.at_most_alike(left, right) >= 0.8;
    let soft = if alike && a.len() < 40 && b.len() < 40 {
        shared.max((winkler(a, b) - 0.6) * 2.2)
    } else {
        shared
    };
    match soft {
        s if s >= 0.85 => 5,
        s if s >= 0.65 => 4,
        s if s >= 0.45 => 3,
        s if s >= 0.25 => 2,
        _ => UNLIKE,
    }
}

fn organisations(field: &Field, left: u32, right: u32) -> u8 {
    let likeness = name::compare(&field.names[left as usize], &field.names[right as usize]);
    match likeness.score {
        score if likeness.same && score >= OTHER_WORDS => 5,
        score if likeness.same || score >= 0.5 => 4,
        score if score >= 0.2 || likeness.possible() => 3,
        score if score >= 0.05 => 2,
        _ => UNLIKE,
    }
}

fn numbers(left: f64, right: f64) -> u8 {
    let apart = (left - right).abs() / left.abs().max(right.abs()).max(f64::MIN_POSITIVE);
    match apart {
        apart if apart <= 0.02 => 3,
        apart if apart <= 0.12 => 2,
        _ => UNLIKE,
    }
}

//! Personal numbers in running text, found by their check digits and not by their look: a free
//! field full of document and permit numbers must not be mistaken for people.

use crate::identifier::{Identifier, System};
use std::ops::Range;

/// A kind of personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// 公民身份号码 with a valid check character and birthday; or 15 or 18 digits behind a word for
    /// it, since a mistyped number, or one of before 1999, still names a person.
    Citizen,
    /// A bank card: Luhn's check and a word for account before it, or an issuer of cards (62…).
    BankCard,
    /// A mobile phone of eleven digits.
    Mobile,
}

/// A personal number and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalNumber {
    /// Its kind.
    pub kind: NumberKind,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// A run of digits, perhaps grouped by spaces or hyphens, perhaps ending in X.
struct Run {
    range: Range<usize>,
    digits: Vec<u8>,
}

/// See [`super::personal_numbers`].
pub(super) fn personal_numbers(text: &str) -> Vec<PersonalNumber> {
    if !has_long_run(text) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for run in runs(text) {
        if let Some(kind) = kind_of(text, &run) {
            found.push(PersonalNumber {
                kind,
                range: run.range,
            });
        }
    }
    found
}

/// Whether there are at least eleven digits at all: most texts end here.
fn has_long_run(text: &str) -> bool {
    let digits = |letter: &char| letter.is_ascii_digit() || ('０'..='９').contains(letter);
    text.len() >= 11 && text.chars().filter(digits).take(11).count() == 11
}

fn kind_of(text: &str, run: &Run) -> Option<NumberKind> {
    let before = text.get(..run.range.start).unwrap_or_default();
    let after = text.get(run.range.end..).unwrap_or_default();
    // A letter or digit that touches the run makes it a part of some longer code.
    let touches =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    if touches(before.chars().next_back()) || touches(after.chars().next()) {
        return None;
    }
    let value = std::str::from_utf8(&run.digits).ok()?;
    match run.digits.len() {
        18 if Identifier::parse(System::CitizenId, value).is_ok() => Some(NumberKind::Citizen),
        15 | 18 if near(before, &["身份证", "身份号码"]) => Some(NumberKind::Citizen),
        11 if is_mobile(&run.digits) && !is_numbered(before, after) => Some(NumberKind::Mobile),
        13 if value.starts_with("861") && is_mobile(run.digits.get(2..)?) => {
            Some(NumberKind::Mobile)
        }
        13..=19 if luhn(&run.digits) => {
            let card = matches!(run.digits.len(), 16..=19) && value.starts_with("62");
            (card || speaks_of_account(before)).then_some(NumberKind::BankCard)
        }
        _ => None,
    }
}

/// Splits a text into runs of digits. One space or hyphen between digits joins them.
fn runs(text: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Option<Run> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let end = at + letter.len_utf8();
        match (digit(letter), open.as_mut()) {
            (Some(value), Some(run)) => {
                run.digits.push(value);
                run.range.end = end;
            }
            (Some(value), None) => {
                open = Some(Run {
                    range: at..end,
                    digits: vec![value],
                });
            }
            (None, Some(run)) => {
                let joins = matches!(letter, ' ' | '-' | '－') && next.and_then(digit).is_some();
                let mark = matches!(letter, 'x' | 'X' | 'Ｘ' | 'ｘ') && run.digits.len() == 17;
                if mark {
                    run.digits.push(b'X');
                    run.range.end = end;
                }
                if !joins {
                    runs.extend(open.take());
                }
            }
            (None, None) => {}
        }
    }
    runs.extend(open);
    runs
}

fn digit(letter: char) -> Option<u8> {
    match letter {
        '0'..='9' => u8::try_from(letter).ok(),
        '０'..='９' => u8::try_from(letter as u32 - '０' as u32)
            .ok()
            .map(|value| b'0' + value),
        _ => None,
    }
}

fn is_mobile(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'3'..=b'9', ..]) && digits.len() == 11
}

/// Whether the run is the number of a document: 第…号, 字…, №….
fn is_numbered(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    before.ends_with(['第', '字', '〕', ']', '】', '№'])
        || (after.starts_with('号') && !before.ends_with(['机', '话', ':', '：']))
}

fn speaks_of_account(before: &str) -> bool {
    let words = [
        "卡号",
        "账号",
        "帐号",
        "账户",
        "帐户",
        "银行卡",
        "借记卡",
        "信用卡",
        "card",
        "Card",
    ];
    near(before, &words)
}

/// Whether one of some words stands within the twelve characters before a number.
fn near(before: &str, words: &[&str]) -> bool {
    let from = before.char_indices().rev().nth(11).map_or(0, |(at, _)| at);
    let before = before.get(from..).unwrap_or_default();
    words.iter().any(|word| before.contains(word))
}

/// Luhn's check (ISO/IEC 7812-1), and not one digit repeated.
fn luhn(digits: &[u8]) -> bool {
    let mut sum = 0_u32;
    for (at, byte) in digits.iter().rev().enumerate() {
        let Some(value) = byte.checked_sub(b'0').filter(|value| *value < 10) else {
            return false;
        };
        let value = u32::from(value);
        sum += match (at % 2, value) {
            (0, value) => value,
            (_, value) if value > 4 => value * 2 - 9,
            (_, value) => value * 2,
        };
    }
    sum.is_multiple_of(10) && digits.windows(2).any(|pair| pair[0] != pair[1])
}

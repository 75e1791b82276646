//! Parts of values that make keys.

use crate::link::Field;
use crate::link::kind::Kind;
use crate::table::{MISSING, digest};

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Part {
    /// All of it.
    Whole,
    /// Its sound.
    Sound,
    /// The first half, at least three letters.
    Front,
    /// The last half, at least three letters.
    Back,
    /// Year and month of a date.
    YearMonth,
    /// Month and day of a date, in either order.
    MonthDay,
    /// Year and day of a date.
    YearDay,
    /// One of its rarest words.
    Word,
    /// Two of its rarest words together.
    WordPair,
    /// What stands before the `@`.
    Local,
    /// The trade name of an organisation.
    Trade,
}

/// A part of one column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Atom {
    /// The evidence column.
    pub(crate) column: usize,
    /// The part.
    pub(crate) part: Part,
}

/// Rarest words of a value that make keys.
const WORDS: usize = 4;

impl Part {
    pub(crate) const ALL: [Part; 11] = [
        Part::Whole,
        Part::Sound,
        Part::Front,
        Part::Back,
        Part::YearMonth,
        Part::MonthDay,
        Part::YearDay,
        Part::Word,
        Part::WordPair,
        Part::Local,
        Part::Trade,
    ];

    /// The word in a settings file.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Part::Whole => "whole",
            Part::Sound => "sound",
            Part::Front => "front",
            Part::Back => "back",
            Part::YearMonth => "year-month",
            Part::MonthDay => "month-day",
            Part::YearDay => "year-day",
            Part::Word => "word",
            Part::WordPair => "word-pair",
            Part::Local => "local",
            Part::Trade => "trade",
        }
    }

    /// Parts of a kind that are keys alone, and those that are keys together with another column's.
    pub(crate) fn of(kind: Kind) -> (&'static [Part], &'static [Part]) {
        match kind {
            Kind::Skip | Kind::Person | Kind::Number => (&[], &[]),
            Kind::Category => (&[], &[Part::Whole]),
            Kind::Name => (&[Part::Whole], &[Part::Sound, Part::Front]),
            Kind::Date => (
                &[Part::Whole],
                &[Part::YearMonth, Part::MonthDay, Part::YearDay],
            ),
            Kind::Code | Kind::Identifier => (
                &[Part::Whole, Part::Front, Part::Back],
                &[Part::Front, Part::Back],
            ),
            Kind::Short => (&[Part::Whole], &[Part::Whole]),
            Kind::Email => (&[Part::Whole, Part::Local, Part::Front], &[Part::Front]),
            Kind::Text => (&[Part::Whole, Part::Word, Part::WordPair], &[Part::Word]),
            Kind::Organisation => (
                &[Part::Whole, Part::Trade, Part::Word, Part::WordPair],
                &[Part::Trade, Part::Word],
            ),
        }
    }
}

impl Atom {
    /// Writes the keys of a value's part into `into`, which is cleared first.
    pub(crate) fn keys(self, field: &Field, value: u32, into: &mut Vec<u64>) {
        into.clear();
        if value == MISSING {
            return;
        }
        let letters = || field.letters(value);
        match self.part {
            Part::Whole => into.push(field.values.digest(value)),
            Part::Sound => into.extend(field.sounds.get(value as usize)),
            Part::Front => into.extend(half(letters(), true)),
            Part::Back => into.extend(half(letters(), false)),
            Part::Local => {
                let name = letters().split(|letter| *letter == '@').next();
                into.extend(name.filter(|name| name.len() >= 3).map(spell));
            }
            Part::YearMonth | Part::MonthDay | Part::YearDay => {
                into.extend(self.day(field, value));
            }
            Part::Word | Part::WordPair => self.words(field, value, into),
            Part::Trade => {
                let trade = field.names.get(value as usize).map(|name| name.trade());
                let named = trade.filter(|trade| !trade.is_empty());
                into.extend(named.map(|trade| digest(trade.as_bytes(), 2)));
            }
        }
        let seed = (self.column as u64) << 8 | self.part as u64;
        for key in into {
            *key = mix(*key, seed);
        }
    }

    fn day(self, field: &Field, value: u32) -> Option<u64> {
        let (year, month, day) = field.days.get(value as usize).copied().flatten()?;
        let (year, month, day) = (u64::from(year), u64::from(month), u64::from(day));
        Some(match self.part {
            Part::YearMonth => year << 8 | month,
            Part::YearDay => year << 8 | day,
            _ => month.min(day) << 8 | month.max(day),
        })
    }

    fn words(self, field: &Field, value: u32, into: &mut Vec<u64>) {
        let words = &field.words;
        let mut rarest = [(0.0_f32, 0_u64); WORDS];
        for &word in words.of(value) {
            let mut next = (words.weight(word), words.words.digest(word));
            for slot in &mut rarest {
                if next.0 > slot.0 || (next.0 == slot.0 && next.1 < slot.1) {
                    std::mem::swap(slot, &mut next);
                }
            }
        }
        let found = rarest.iter().filter(|(weight, _)| *weight > 0.0).count();
        let rarest = &rarest[..found];
        if self.part == Part::Word {
            into.extend(rarest.iter().take(3).map(|(_, word)| *word));
            return;
        }
        for (at, (_, left)) in rarest.iter().enumerate() {
            for (_, right) in &rarest[at + 1..] {
                into.push(mix(*left.min(right), *left.max(right)));
            }
        }
    }
}

fn half(letters: &[char], front: bool) -> Option<u64> {
    let half = (letters.len() / 2).max(3);
    let part = if front {
        letters.get(..half)
    } else {
        letters.get(letters.len().checked_sub(half)?..)
    };
    part.map(spell)
}

fn spell(letters: &[char]) -> u64 {
    letters
        .iter()
        .fold(7, |key, letter| mix(key, u64::from(*letter)))
}

/// One key of two; the order counts.
pub(crate) fn mix(left: u64, right: u64) -> u64 {
    let word = (left.rotate_left(23) ^ right).wrapping_mul(0x9fb2_1c65_1e98_df25);
    word ^ word >> 35
}

//! One column ready for comparison: its distinct values in their canonical form, taken apart once.

mod canon;
mod sound;
mod words;

use super::date::{self, Day};
use super::edit::edits;
use super::kind::Kind;
use crate::name::OrgName;
use crate::table::{Dictionary, MISSING};
use credit::identifier::Identifier;
pub(crate) use sound::sound;
pub(crate) use words::Words;

/// A column's distinct values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Field {
    pub(crate) kind: Option<Kind>,
    /// Canonical texts, with how many rows bear each.
    pub(crate) values: Dictionary,
    letters: Vec<char>,
    ends: Vec<u32>,
    /// Which letters occur, one bit for letters that are equal modulo 64.
    masks: Vec<u64>,
    pub(crate) days: Vec<Option<Day>>,
    pub(crate) sounds: Vec<u64>,
    pub(crate) numbers: Vec<f64>,
    pub(crate) names: Vec<OrgName>,
    /// Numbers whose check digits fit.
    pub(crate) numbered: Vec<Option<Identifier>>,
    pub(crate) words: Words,
    scratch: String,
}

impl Field {
    /// An empty field of a kind.
    #[must_use]
    pub(crate) fn new(kind: Kind) -> Field {
        let mut field = Field {
            kind: Some(kind),
            ..Field::default()
        };
        field.take_apart(MISSING);
        field
    }

    /// The kind.
    #[must_use]
    pub(crate) fn kind(&self) -> Kind {
        self.kind.unwrap_or(Kind::Skip)
    }

    /// The number of a folded text's canonical form; `rows` rows bear it.
    pub(crate) fn take(&mut self, folded: &str, rows: u32) -> u32 {
        let mut scratch = std::mem::take(&mut self.scratch);
        canon::canon(self.kind(), folded, &mut scratch);
        let known = self.values.len();
        let id = self.values.intern(&scratch);
        if self.values.len() > known {
            self.take_apart(id);
        }
        for _ in 0..rows {
            self.values.count(id);
        }
        self.scratch = scratch;
        id
    }

    fn take_apart(&mut self, id: u32) {
        let text = self.values.text(id);
        let kind = self.kind();
        if !matches!(
            kind,
            Kind::Date | Kind::Number | Kind::Category | Kind::Skip | Kind::Person
        ) {
            self.letters.extend(text.chars());
        }
        let start = self.ends.last().copied().unwrap_or_default() as usize;
        let mask = |mask, letter: &char| mask | 1_u64 << (*letter as u32 & 63);
        self.masks.push(self.letters[start..].iter().fold(0, mask));
        self.ends.push(self.letters.len() as u32);
        match kind {
            Kind::Date => self.days.push(date::read(text)),
            Kind::Name => self.sounds.push(sound(text)),
            Kind::Number => self.numbers.push(text.parse().unwrap_or(f64::NAN)),
            Kind::Organisation => self.names.push(OrgName::parse(text)),
            Kind::Identifier => self.numbered.push(numbered(text)),
            _ => {}
        }
        if matches!(kind, Kind::Text | Kind::Organisation) {
            self.words.push(text);
        }
    }

    /// Edits between two values, when at most `most`. Most pairs are dismissed by their letters alone:
    /// an edit changes at most two of the letters that occur.
    #[must_use]
    pub(crate) fn edits(&self, left: u32, right: u32, most: usize) -> Option<usize> {
        let differ = self.masks[left as usize] ^ self.masks[right as usize];
        if differ.count_ones() as usize > 2 * most {
            return None;
        }
        edits(self.letters(left), self.letters(right), most)
    }

    /// A bound that [`winkler`] cannot exceed, from the letters that occur in one value only.
    ///
    /// [`winkler`]: super::edit::winkler
    #[must_use]
    pub(crate) fn at_most_alike(&self, left: u32, right: u32) -> f32 {
        let (l, r) = (self.masks[left as usize], self.masks[right as usize]);
        let share = |own: u64, other: u64, length: usize| {
            let unmatched = (own & !other).count_ones() as f32;
            1.0 - unmatched / length.max(1) as f32
        };
        let (a, b) = (self.letters(left).len(), self.letters(right).len());
        let jaro = (share(l, r, a) + share(r, l, b) + 1.0) / 3.0;
        jaro + 0.4 * (1.0 - jaro)
    }

    /// The letters of a value; none for kinds that are not compared by letters.
    #[must_use]
    pub(crate) fn letters(&self, id: u32) -> &[char] {
        let at = id as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.letters[start as usize..self.ends[at] as usize]
    }
}

/// The number that a text is, when its check digits fit; none for what is filled with one sign.
#[must_use]
pub(crate) fn numbered(text: &str) -> Option<Identifier> {
    let first = text.chars().next()?;
    if text.chars().all(|letter| letter == first) {
        return None;
    }
    let found = Identifier::detect(&text.to_ascii_uppercase());
    found.ok().map(|parsed| parsed.identifier)
}

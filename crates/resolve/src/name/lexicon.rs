//! The words that names are made of, read once from `catalog/names`: divisions, forms, branches,
//! industries, and how rare the characters of trade names are.

mod load;
mod places;
mod trie;

pub(super) use places::Place;

use std::collections::HashSet;
use std::sync::LazyLock;
use trie::Trie;

/// What a known word is. Zero means that it is none of the kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// One more than the place's number in [`Lexicon::place`].
    pub(super) place: u16,
    /// Weight in bits of an industry word.
    pub(super) word: u8,
    /// One more than the number of a legal form's key.
    pub(super) form: u8,
    /// Ends a branch; see [`Branch`].
    pub(super) branch: Branch,
    /// What it says in brackets.
    pub(super) bracket: Bracket,
}

/// Whether a word ends the name of a branch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Branch {
    /// It does not.
    #[default]
    No,
    /// Behind the legal form of its parent.
    Behind,
    /// Always.
    Always,
}

/// What a bracketed word says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Bracket {
    /// Nothing known.
    #[default]
    None,
    /// The state of the registration.
    Status,
    /// A former name follows.
    Former,
    /// A legal form.
    Form,
}

/// First and last code point of the tables by character.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9FFF;
/// Half bits of a character that was never seen in a trade name.
const UNSEEN: u8 = 34;

/// The words, by character.
pub(super) struct Lexicon {
    trie: Trie,
    entries: Vec<Entry>,
    places: Vec<Place>,
    variants: Vec<char>,
    rarity: Vec<u8>,
    generic: Vec<(Vec<char>, Vec<char>)>,
    pairs: HashSet<(char, char)>,
    /// The form 有限责任公司.
    pub(super) limited: u8,
    /// The form 股份有限公司.
    pub(super) stock: u8,
    /// A bare 公司.
    pub(super) company: u8,
    /// 集团.
    pub(super) group: u8,
    /// 银行.
    pub(super) bank: u8,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(load::lexicon);

/// The words of the shipped catalogue.
pub(super) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    /// Every known word that begins here, the shortest first.
    pub(super) fn words<'a>(
        &'a self,
        text: &'a [char],
    ) -> impl Iterator<Item = (usize, Entry)> + 'a {
        self.trie.walk(text).filter_map(|(length, node)| {
            let entry = self.entries.get(usize::from(self.trie.entry(node)))?;
            (self.trie.entry(node) != 0).then_some((length, *entry))
        })
    }

    /// The entry of a whole text.
    pub(super) fn entry(&self, text: &[char]) -> Entry {
        self.words(text)
            .find(|(length, _)| *length == text.len())
            .map(|(_, entry)| entry)
            .unwrap_or_default()
    }

    /// A place by the number in its entry.
    pub(super) fn place(&self, entry: Entry) -> Option<&Place> {
        self.places.get(usize::from(entry.place.checked_sub(1)?))
    }

    /// The character that stands for its variants.
    pub(super) fn level(&self, letter: char) -> char {
        match slot(letter).and_then(|at| self.variants.get(at)) {
            None | Some('\0') => letter,
            Some(other) => *other,
        }
    }

    /// A text with each generic word in its usual spelling; `None` where nothing changes.
    pub(super) fn settle(&self, text: &[char]) -> Option<Vec<char>> {
        let here = |at: usize| {
            let tail = text.get(at..).unwrap_or(&[]);
            let found = |pair: &&(Vec<char>, Vec<char>)| tail.starts_with(&pair.0);
            self.generic.iter().find(found)
        };
        let first = (0..text.len()).find(|at| here(*at).is_some())?;
        let mut settled = text.get(..first)?.to_vec();
        let mut at = first;
        while let Some(letter) = text.get(at) {
            if let Some((other, usual)) = here(at) {
                settled.extend(usual);
                at += other.len();
            } else {
                settled.push(*letter);
                at += 1;
            }
        }
        Some(settled)
    }

    /// Whether two neighbours end the industry part of other names.
    pub(super) fn is_pair(&self, first: char, second: char) -> bool {
        self.pairs.contains(&(first, second))
    }

    /// How rare a character is in trade names, in bits.
    pub(super) fn rarity(&self, letter: char) -> f32 {
        let half = slot(letter).and_then(|at| self.rarity.get(at)).copied();
        match half {
            _ if letter.is_ascii_alphanumeric() => 5.0,
            None | Some(0) => f32::from(UNSEEN) / 2.0,
            Some(half) => f32::from(half) / 2.0,
        }
    }
}

fn slot(letter: char) -> Option<usize> {
    let at = u32::from(letter).checked_sub(FIRST)?;
    (at <= LAST - FIRST).then_some(at as usize)
}

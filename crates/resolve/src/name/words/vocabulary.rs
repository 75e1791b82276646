//! What words of names in letters are worth.

use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../../../catalog/names/words.txt");
/// Bits of a place: a difference there is another branch or subsidiary.
pub(in crate::name) const PLACE: f32 = 8.0;
/// Bits of a word that is not listed, short and long.
const SHORT: f32 = 9.0;
const LONG: f32 = 14.0;

/// The listed words.
pub(super) struct Vocabulary {
    bits: HashMap<&'static str, f32>,
    heads: HashMap<&'static str, &'static str>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let (mut bits, mut heads) = (HashMap::new(), HashMap::new());
    for line in FILE.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("=") => {
                let Some(head) = words.next() else { continue };
                heads.extend(words.map(|word| (word, head)));
            }
            Some("place") => bits.extend(words.map(|word| (word, PLACE))),
            Some(weight) => {
                let weight = weight.parse().unwrap_or(LONG);
                bits.extend(words.map(|word| (word, weight)));
            }
            None => {}
        }
    }
    Vocabulary { bits, heads }
});

/// The shipped vocabulary.
pub(super) fn vocabulary() -> &'static Vocabulary {
    &VOCABULARY
}

impl Vocabulary {
    /// The word that stands for an abbreviation or plural; itself when it stands for none.
    pub(super) fn head<'a>(&self, word: &'a str) -> &'a str {
        self.heads.get(word).copied().unwrap_or(word)
    }

    /// What a word is worth.
    pub(super) fn bits(&self, word: &str) -> f32 {
        let listed = self.bits.get(word).copied();
        listed.unwrap_or(if word.chars().nth(3).is_some() {
            LONG
        } else {
            SHORT
        })
    }

    /// Whether it names a place.
    pub(super) fn is_place(&self, word: &str) -> bool {
        self.bits
            .get(word)
            .is_some_and(|bits| (*bits - PLACE).abs() < f32::EPSILON)
    }
}

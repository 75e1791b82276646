//! A quick look that tells most texts from those in which a word of the rules may stand: by the first
//! two letters of each word, as bits that fit a core's nearest cache.

/// The ways of writing that a search for a word tries.
pub(super) fn spellings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if let Some(first) = word.chars().next().filter(char::is_ascii_lowercase) {
        let rest = word.get(1..).unwrap_or_default();
        all.push(format!("{}{rest}", first.to_ascii_uppercase()));
        all.push(word.to_ascii_uppercase());
    }
    all
}

/// Which pairs of letters begin a word: 16 kB of bits that say so falsely now and then, and never
/// miss one.
#[derive(Debug)]
pub(super) struct Openings {
    pairs: Vec<u64>,
    /// Words of one letter.
    singles: Vec<u64>,
}

impl Default for Openings {
    fn default() -> Self {
        Openings {
            pairs: vec![0; Self::WORDS],
            singles: vec![0; Self::WORDS],
        }
    }
}

impl Openings {
    /// 1,024 × 64 bits: one for each value of a hash of sixteen bits.
    const WORDS: usize = 1_024;

    pub(super) fn of(words: &[String]) -> Openings {
        let mut openings = Openings::default();
        for word in words.iter().flat_map(|word| spellings(word)) {
            let mut letters = word.chars();
            match (letters.next(), letters.next()) {
                (Some(first), Some(second)) => set(&mut openings.pairs, hash(first, second)),
                (Some(only), None) => set(&mut openings.singles, hash(only, '\0')),
                // An empty word stands in every text.
                _ => openings.singles.fill(u64::MAX),
            }
        }
        openings
    }

    pub(super) fn may_stand(&self, letters: impl Iterator<Item = char>) -> bool {
        let mut before = '\0';
        for letter in letters {
            if is_set(&self.pairs, hash(before, letter))
                || is_set(&self.singles, hash(letter, '\0'))
            {
                return true;
            }
            before = letter;
        }
        false
    }
}

fn hash(first: char, second: char) -> usize {
    let mixed =
        u32::from(first).wrapping_mul(0x9E37_79B1) ^ u32::from(second).wrapping_mul(0x85EB_CA77);
    (mixed >> 16) as usize
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

fn is_set(bits: &[u64], at: usize) -> bool {
    bits.get(at / 64)
        .is_some_and(|word| word >> (at % 64) & 1 == 1)
}

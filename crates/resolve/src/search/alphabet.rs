//! Characters as small numbers: a segment numbers the characters that occur in it by code point, so
//! that names compare as their numbers do, two bytes a character.

/// Stands before every name.
pub(super) const START: u16 = 0;
/// Stands behind every name.
pub(super) const END: u16 = 1;
/// The number of the first character.
const FIRST: u16 = 2;
/// Characters that a segment numbers. The rest, in a segment with more than 65,000 different ones,
/// share [`OTHER`].
pub(super) const MOST: usize = 0xFD00;
/// A character of a name that has no number of its own.
pub(super) const OTHER: u16 = 0xFDFF;
/// Numbers from here on are characters of a question that no name holds.
const UNKNOWN: u16 = 0xFE00;

/// The characters of a segment in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Alphabet {
    chars: Vec<char>,
}

impl Alphabet {
    /// An alphabet of characters; sorts them and forgets what is beyond [`MOST`].
    pub(super) fn new(mut chars: Vec<char>) -> Alphabet {
        chars.sort_unstable();
        chars.dedup();
        chars.truncate(MOST);
        Alphabet { chars }
    }

    /// The characters, in the order of their numbers.
    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// How many numbers there are, those of both ends included.
    pub(super) fn numbers(&self) -> usize {
        self.chars.len() + usize::from(FIRST)
    }

    /// The number of a character that is in the alphabet.
    pub(super) fn number(&self, one: char) -> Option<u16> {
        let at = self.chars.binary_search(&one).ok()?;
        u16::try_from(at).ok()?.checked_add(FIRST)
    }

    /// The number of a character of a name.
    pub(super) fn of_name(&self, one: char) -> u16 {
        self.number(one).unwrap_or(OTHER)
    }

    /// The numbers of a question. Characters that no name holds get numbers of their own, the same
    /// for the same character.
    pub(super) fn of_question(&self, form: &[char]) -> Vec<u16> {
        let mut unknown: Vec<char> = Vec::new();
        form.iter()
            .map(|&one| {
                self.number(one).unwrap_or_else(|| {
                    let at = unknown.iter().position(|known| *known == one);
                    let at = at.unwrap_or_else(|| {
                        unknown.push(one);
                        unknown.len() - 1
                    });
                    // INVARIANT: a question has at most NAME_CHARS = 255 characters.
                    UNKNOWN.saturating_add(u16::try_from(at).unwrap_or(u16::MAX))
                })
            })
            .collect()
    }

    /// The character of a number; a mark of replacement for those without one.
    pub(super) fn char(&self, number: u16) -> char {
        let at = number.checked_sub(FIRST).map(usize::from);
        at.and_then(|at| self.chars.get(at).copied())
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_order_as_characters_do_and_lead_back() {
        let alphabet = Alphabet::new("丙甲乙A甲".chars().collect());
        assert_eq!(alphabet.numbers(), 6);
        for one in "A甲乙丙".chars() {
            assert_eq!(alphabet.char(alphabet.of_name(one)), one);
        }
        assert!(alphabet.of_name('A') < alphabet.of_name('丙'));
        assert_eq!(alphabet.of_name('丁'), OTHER);
        assert_eq!(alphabet.char(OTHER), char::REPLACEMENT_CHARACTER);
        assert_eq!(alphabet.char(START), char::REPLACEMENT_CHARACTER);
    }

    #[test]
    fn what_no_name_holds_equals_only_itself() {
        let alphabet = Alphabet::new(vec!['甲']);
        let form: Vec<char> = "丁甲戊丁".chars().collect();
        let asked = alphabet.of_question(&form);
        assert_eq!(asked[0], asked[3]);
        assert_ne!(asked[0], asked[2]);
        assert!(!asked.contains(&OTHER));
    }
}

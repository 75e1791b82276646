//! A name of words, Latin or Cyrillic, taken apart: legal form, words and what each is worth.

mod forms;
mod sound;
mod vocabulary;

pub(super) use vocabulary::PLACE;

use vocabulary::vocabulary;

/// Words that are looked at; the rest of a longer name is compared as it is.
const MOST: usize = 24;

/// A word in brackets is worth no more: an alias may be left out.
const ALIAS: f32 = 6.0;

/// One word of a name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// The word as levelled.
    pub(super) text: String,
    /// The word that stands for its abbreviations and plurals, transliterated.
    pub(super) plain: String,
    /// What spellings of its sound share.
    pub(super) sound: String,
    /// What it is worth, in bits.
    pub(super) bits: f32,
    /// Whether it names a place.
    pub(super) place: bool,
}

/// The parts of a name of words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Words {
    /// The words that tell, in order.
    pub(super) tokens: Vec<Token>,
    /// All letters in one, spaces left out.
    pub(super) joined: String,
    /// First letters of the words.
    pub(super) initials: String,
    /// Class of the legal form, empty when left out.
    pub(super) form: &'static str,
    /// The form as written.
    pub(super) form_text: String,
}

impl Words {
    /// Takes a levelled name apart.
    pub(super) fn parse(chars: &[char]) -> Words {
        let text: String = chars.iter().collect();
        let (outside, inside) = brackets(&text);
        let mut words: Vec<&str> = outside.split_whitespace().take(MOST).collect();
        let (form, form_text) = forms::take(&mut words);
        let initials: String = words
            .iter()
            .filter(|word| vocabulary().bits(word) > 0.0)
            .filter_map(|word| word.chars().next())
            .collect();
        let aliases = inside
            .split_whitespace()
            .filter(|word| !initials.starts_with(*word) && !is_acronym(word, &outside));
        let extra: Vec<&str> = aliases.take(MOST).collect();
        let mut tokens: Vec<Token> = words.iter().map(|word| token(word)).collect();
        let told = extra.iter().filter(|word| forms::class(&[word]).is_none());
        tokens.extend(told.map(|word| Token {
            bits: vocabulary().bits(word).min(ALIAS),
            ..token(word)
        }));
        Words {
            joined: tokens.iter().map(|token| token.plain.as_str()).collect(),
            tokens,
            initials,
            form,
            form_text,
        }
    }

    /// The words that tell, one space apart.
    pub(super) fn telling(&self) -> String {
        let words: Vec<&str> = self
            .tokens
            .iter()
            .map(|token| token.text.as_str())
            .collect();
        words.join(" ")
    }

    /// The class of the legal form.
    pub(super) fn form_key(&self) -> &str {
        self.form
    }
}

fn token(word: &str) -> Token {
    let known = vocabulary();
    let head = known.head(word);
    let plain = sound::latin(head);
    Token {
        text: word.to_owned(),
        sound: sound::skeleton(&plain),
        plain,
        bits: known.bits(head),
        place: known.is_place(head),
    }
}

/// What stands outside and inside brackets.
fn brackets(text: &str) -> (String, String) {
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_u32);
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '&' | '+' => outside.push_str(" AND "),
            _ => {
                if depth > 0 {
                    inside.push(letter)
                } else {
                    outside.push(letter)
                }
            }
        }
        if matches!(letter, '(' | ')') {
            outside.push(' ');
            inside.push(' ');
        }
    }
    (outside, inside)
}

/// AMEC beside Advanced Micro-Fabrication Equipment China: its letters are first letters of the
/// words, in order.
fn is_acronym(word: &str, outside: &str) -> bool {
    let mut firsts = outside
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    (2..=8).contains(&word.chars().count())
        && word
            .chars()
            .all(|letter| firsts.any(|first| first == letter))
}

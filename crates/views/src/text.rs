//! Texts of views in three languages, as data: sentences stand whole, with named gaps for values.
//!
//! A sentence is never built by gluing words together: word order differs between the languages.
//! Titles of themes, items, code values and suppliers come from the catalogue, not from here.

pub mod label;
pub mod letter;
pub mod notice;

use credit::lang::Lang;

/// A text in all three languages, with gaps such as `{date}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Msg {
    /// 中文.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
    /// Русский.
    pub ru: &'static str,
}

impl Msg {
    /// The text as it stands, gaps included.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
            Lang::Ru => self.ru,
        }
    }

    /// The text with its gaps filled. Values are copied as they are: a brace inside a value opens no
    /// gap, so a value cannot reach into the sentence around it.
    #[must_use]
    pub fn fill(&self, lang: Lang, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(lang);
        let mut filled = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((gap, after)) = after.split_once('}') else {
                rest = after;
                break;
            };
            if let Some((_, value)) = values.iter().find(|(name, _)| *name == gap) {
                filled.push_str(value);
            }
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    /// The names of its gaps in one language, in order.
    #[must_use]
    pub fn gaps(&self, lang: Lang) -> Vec<&'static str> {
        let mut parts = self.get(lang).split('{');
        parts.next();
        parts
            .filter_map(|part| part.split_once('}').map(|(gap, _)| gap))
            .collect()
    }
}

/// Declares texts and a list of all of them, so that one test reads every text.
macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $zh:literal, $en:literal, $ru:literal;)*) => {
        $($(#[$doc])* pub static $name: $crate::text::Msg =
            $crate::text::Msg { zh: $zh, en: $en, ru: $ru };)*

        /// Every text of this module with its name.
        pub static ALL: &[(&str, &$crate::text::Msg)] = &[$((stringify!($name), &$name)),*];
    };
}
pub(crate) use messages;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_exists_in_every_language_with_the_same_gaps() {
        for (name, msg) in label::ALL.iter().chain(notice::ALL).chain(letter::ALL) {
            let mut expected = msg.gaps(Lang::Zh);
            expected.sort_unstable();
            for lang in Lang::ALL {
                assert!(!msg.get(lang).trim().is_empty(), "{name} {lang:?}");
                let mut gaps = msg.gaps(lang);
                gaps.sort_unstable();
                assert_eq!(gaps, expected, "{name} {lang:?}");
            }
        }
    }

    #[test]
    fn languages_use_their_own_script() {
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let cyrillic = |c: char| ('\u{0400}'..='\u{04ff}').contains(&c);
        for (name, msg) in label::ALL.iter().chain(notice::ALL).chain(letter::ALL) {
            if name.starts_with("MONEY") || name.starts_with("LIST") {
                continue;
            }
            assert!(msg.zh.chars().any(han), "{name}");
            assert!(!msg.en.chars().any(|c| han(c) || cyrillic(c)), "{name}");
            assert!(msg.ru.chars().any(cyrillic), "{name}");
        }
    }

    #[test]
    fn a_value_cannot_open_a_gap() {
        let msg = Msg {
            zh: "{a}与{b}。",
            en: "{a} and {b}.",
            ru: "{a} и {b}.",
        };
        let filled = msg.fill(Lang::En, &[("a", "{b}"), ("b", "}{a")]);
        assert_eq!(filled, "{b} and }{a.");
    }
}

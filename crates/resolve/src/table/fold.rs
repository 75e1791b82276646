//! The folded form of a cell: what tells two values apart and nothing else.

use credit::text::{narrow, simplify};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that stand for nothing.
const NOTHING: [&str; 12] = [
    "null", "none", "nan", "n/a", "#n/a", "-", "--", "?", "unknown", "\\n", "nil", "无",
];

/// Writes the folded form of `text` into `into`, which is cleared first; empty for "nothing".
pub fn fold(text: &str, into: &mut String) {
    into.clear();
    if text.is_ascii() {
        squeeze(text, into);
    } else {
        let even = narrow(text);
        let even = simplify(&even);
        let bare: String = even
            .nfkd()
            .filter(|letter| !is_combining_mark(*letter))
            .flat_map(char::to_lowercase)
            .collect();
        squeeze(&bare, into);
    }
    if NOTHING.contains(&into.as_str()) {
        into.clear();
    }
}

/// Lower case, one space between words, none at the ends.
fn squeeze(text: &str, into: &mut String) {
    for word in text.split_whitespace() {
        if !into.is_empty() {
            into.push(' ');
        }
        into.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    fn folded(text: &str) -> String {
        let mut into = "old".to_owned();
        fold(text, &mut into);
        into
    }

    #[test]
    fn width_case_accents_and_spaces_do_not_tell_apart() {
        assert_eq!(folded("  José  ＳＭＩＴＨ "), "jose smith");
        assert_eq!(folded("廣州"), folded("广州"));
    }

    #[test]
    fn words_for_nothing_are_nothing() {
        for text in ["", " ", "N/A", "NULL", "nan", "—".trim_matches('—')] {
            assert_eq!(folded(text), "", "{text:?}");
        }
        assert_eq!(folded("Na"), "na");
    }
}

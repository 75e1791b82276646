//! Tidying of cells: almost all are clean already, and those are borrowed, not copied.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Trims a text, makes runs of spaces of any kind one space, drops control characters and marks of
/// no width, turns full width letters, digits and technical signs to half width, and composes
/// letters with their accents. Chinese punctuation (，：；！？（）) keeps its width, because it is
/// the right one in Chinese text; see [`narrow`] for cells that are read by machine.
#[must_use]
pub fn tidy(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(rewrite(text, half_width))
    }
}

/// As [`tidy`], and with every full width form of ASCII made half width, punctuation included: for
/// dates, numbers, codes and headers.
#[must_use]
pub fn narrow(text: &str) -> Cow<'_, str> {
    match tidy(text) {
        Cow::Borrowed(text) if text.is_ascii() || !text.contains(is_full_width) => {
            Cow::Borrowed(text)
        }
        text => Cow::Owned(
            text.chars()
                .map(|letter| shift(letter).unwrap_or(letter))
                .collect(),
        ),
    }
}

/// Whether [`tidy`] would change nothing. Goes by bytes where they tell: visible ASCII is clean,
/// and so is whatever begins with 0xE5 to 0xE9 (U+5000 to U+9FFF, most of Chinese).
fn is_clean(text: &str) -> bool {
    let mut bytes = text.as_bytes().iter();
    let mut after_space = true;
    while let Some(byte) = bytes.next() {
        let space = *byte == b' ';
        match byte {
            b'!'..=b'~' => {}
            b' ' if !after_space => {}
            0xE5..=0xE9 => {
                bytes.nth(1);
            }
            _ => {
                let at = text.len() - bytes.len() - 1;
                let letter = text.get(at..).and_then(|rest| rest.chars().next());
                match letter.filter(|letter| is_plain(*letter)) {
                    Some(letter) => {
                        bytes.nth(letter.len_utf8().saturating_sub(2));
                    }
                    None => return false,
                }
            }
        }
        after_space = space;
    }
    !after_space || text.is_empty()
}

/// Letters and marks that stay as they are, of two bytes or more.
fn is_plain(letter: char) -> bool {
    matches!(letter,
        '\u{4E00}'..='\u{9FFF}' | '\u{3001}'..='\u{3029}' | '\u{0410}'..='\u{044F}'
        | '（' | '）' | '，' | '：' | '；' | '？' | '！' | '“' | '”' | '‘' | '’' | '—' | '·' | '…'
        | '×' | '℃' | '㎡' | '≥' | '≤')
}

fn rewrite(text: &str, half: fn(char) -> Option<char>) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.nfc() {
        if letter.is_whitespace() {
            gap = !tidy.is_empty();
        } else if !(letter.is_control() || has_no_width(letter)) {
            if gap {
                tidy.push(' ');
                gap = false;
            }
            tidy.push(half(letter).unwrap_or(letter));
        }
    }
    tidy
}

/// Marks that are invisible and change comparisons: joiners, direction marks, the byte order mark,
/// the soft hyphen, variation selectors.
fn has_no_width(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

fn is_full_width(letter: char) -> bool {
    matches!(letter, '\u{FF01}'..='\u{FF5E}')
}

/// The half width form of full width ASCII.
fn shift(letter: char) -> Option<char> {
    is_full_width(letter)
        .then(|| char::from_u32(letter as u32 - 0xFEE0))
        .flatten()
}

/// As [`shift`], but Chinese punctuation stays.
fn half_width(letter: char) -> Option<char> {
    match letter {
        '！' | '（' | '）' | '，' | '：' | '；' | '？' | '～' => None,
        letter => shift(letter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, letter by letter.
    fn is_clean_by_letters(text: &str) -> bool {
        let plain = |letter: char| matches!(letter, '!'..='~') || is_plain(letter);
        let spaces = !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
        spaces && text.chars().all(|letter| letter == ' ' || plain(letter))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        #[test]
        fn clean_by_bytes_is_clean_by_letters(
            text in prop_oneof![
                any::<String>(),
                "[ !-~]{0,12}",
                "[ a一丿鿿㐀ꀀ，（）。—·×б\u{1F600}\t]{0,8}",
            ],
        ) {
            prop_assert_eq!(is_clean(&text), is_clean_by_letters(&text), "{:?}", text);
        }

        #[test]
        fn a_tidied_text_stays(text in any::<String>()) {
            let once = tidy(&text).into_owned();
            prop_assert_eq!(tidy(&once).into_owned(), once);
        }
    }
}

//! The form in which names of organisations are compared: equal forms mean "perhaps the same",
//! never "the same"; a person decides.

use super::{simplify, simplify_char, tidy};
use crate::content::ContentRules;
use unicode_normalization::UnicodeNormalization;

/// The comparison form of an organisation's name: tidied, brackets of all kinds as `(` and `)`,
/// compatibility forms settled, traditional characters as simplified ones ([`simplify_char`]), spaces
/// and other punctuation dropped, upper case.
#[must_use]
pub fn name_form(name: &str) -> String {
    let mut form = String::with_capacity(name.len());
    let mut rare = false;
    for letter in tidy(name).chars() {
        match letter {
            '\u{4E00}'..='\u{9FFF}' => form.push(simplify_char(letter)),
            '0'..='9' | 'A'..='Z' | '(' | ')' => form.push(letter),
            'a'..='z' => form.push(letter.to_ascii_uppercase()),
            '（' | '[' | '［' | '【' | '〔' | '{' | '｛' | '〖' | '﹙' => form.push('('),
            '）' | ']' | '］' | '】' | '〕' | '}' | '｝' | '〗' | '﹚' => form.push(')'),
            other => {
                push_settled(&mut form, other);
                rare = true;
            }
        }
    }
    // What was dropped may have stood between marks that compose.
    if rare { form.nfc().collect() } else { form }
}

/// Compatibility forms (radicals, Roman numerals, ligatures) by NFKC; what is no letter or digit
/// then is dropped.
fn push_settled(form: &mut String, letter: char) {
    for settled in std::iter::once(letter).nfkc() {
        form.extend(
            settled
                .to_uppercase()
                .filter(|letter| letter.is_alphanumeric())
                .map(simplify_char),
        );
    }
}

/// Whether a name is surely that of an organisation and not of a person: by its ending (公司, 厂,
/// 委员会, Ltd …), the list of which is data. False means "not sure".
#[must_use]
pub fn looks_like_organisation(name: &str) -> bool {
    ContentRules::builtin().is_organisation(&simplify(&tidy(name)))
}

/// Whether a name may be a person's: two to four Chinese characters, a name with a dot, two or more
/// words in Latin or Cyrillic letters, and no ending of an organisation's; what stands behind it
/// (（女）, 先生, 等3人) is passed over. True means "perhaps": of a row without a valid code nothing is
/// kept then.
#[must_use]
pub fn could_be_person(name: &str) -> bool {
    ContentRules::builtin().could_be_person(&simplify(&tidy(name)))
}

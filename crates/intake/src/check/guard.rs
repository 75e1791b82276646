//! What must never be written is found here, in every cell, whatever its column says.

use super::plan::{Column, Reader};
use credit::content::{self, NumberKind};
use credit::fault::FaultKind;

/// Fewest digits of a citizen's number: the old form had fifteen.
const DIGITS: usize = 15;

/// What in a cell must never be written, if anything.
pub(super) fn search(column: &Column<'_>, raw: &str) -> Option<FaultKind> {
    if has_many_digits(raw) && has_citizen(raw) {
        return Some(FaultKind::PersonalNumber);
    }
    // Dates, numbers and codes of a set cannot state anything about a person.
    let is_text = matches!(column.reader, Reader::Text(_));
    (is_text && !raw.is_ascii() && content::forbidden(raw).is_some())
        .then_some(FaultKind::Forbidden)
}

/// Whether a text has as many digits as a citizen's number; any full width digit counts as many,
/// since such texts are rare.
fn has_many_digits(text: &str) -> bool {
    if text.len() < DIGITS {
        return false;
    }
    text.bytes().filter(u8::is_ascii_digit).count() >= DIGITS
        || (text.bytes().any(|byte| byte == 0xEF)
            && text.contains(|each| ('０'..='９').contains(&each)))
}

fn has_citizen(text: &str) -> bool {
    content::personal_numbers(text)
        .iter()
        .any(|number| number.kind == NumberKind::Citizen)
}

/// Whether a text that is no valid code has the shape of a citizen's number: with a wrong check
/// digit it is a person's number all the same.
pub(super) fn looks_like_citizen(text: &str) -> bool {
    let compact: Vec<u8> = text
        .bytes()
        .filter(|byte| !matches!(byte, b' ' | b'-'))
        .collect();
    match compact.len() {
        18 => {
            let (head, check) = compact.split_at(17);
            head.iter().all(u8::is_ascii_digit)
                && matches!(check, [b'0'..=b'9' | b'X' | b'x'])
                && is_birthday(compact.get(6..14).unwrap_or_default())
        }
        _ => false,
    }
}

fn is_birthday(digits: &[u8]) -> bool {
    let number = |range: std::ops::Range<usize>| -> i16 {
        digits
            .get(range)
            .unwrap_or_default()
            .iter()
            .fold(0, |sum, byte| sum * 10 + i16::from(byte - b'0'))
    };
    let (year, month, day) = (number(0..4), number(4..6), number(6..8));
    (1900..=2099).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_a_wrong_check_digit_is_a_person_still() {
        assert!(looks_like_citizen("110101199001011230"));
        assert!(looks_like_citizen("11010119900101123x"));
        assert!(!looks_like_citizen("911101000000000000"));
        assert!(!looks_like_citizen("11010119901301123X"));
        assert!(!looks_like_citizen("91330106MA2AXXXX0X"));
    }

    #[test]
    fn digits_are_counted_in_both_widths() {
        assert!(has_many_digits("证件 110101 19900307 7758"));
        assert!(has_many_digits("证件１１０１０１１９９００３０７７７５８"));
        assert!(!has_many_digits("电话 0571-87654321"));
    }
}

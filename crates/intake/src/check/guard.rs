//! What must never be written is found here, in every cell, whatever its column says.

use super::plan::{Column, Reader};
use credit::content::{self, NumberKind};
use credit::fault::FaultKind;

/// Fewest digits of a citizen's number: the old form had fifteen.
const DIGITS: usize = 15;

/// What in a sound cell must never be written, if anything.
pub(super) fn search(column: &Column<'_>, raw: &str) -> Option<FaultKind> {
    // Dates, numbers and codes of a set cannot state anything about a person.
    if matches!(column.reader, Reader::Text(_)) {
        search_all(raw)
    } else {
        citizen(raw)
    }
}

/// As [`search`] for a cell at fault: it may hold anything, whatever its column is for.
pub(super) fn search_all(raw: &str) -> Option<FaultKind> {
    citizen(raw).or_else(|| content::forbidden(raw).map(|_| FaultKind::Forbidden))
}

fn citizen(raw: &str) -> Option<FaultKind> {
    (has_many_digits(raw) && has_citizen(raw)).then_some(FaultKind::PersonalNumber)
}

/// Whether a text has as many digits as a citizen's number; any full width digit counts as many,
/// since such texts are rare.
pub(super) fn has_many_digits(text: &str) -> bool {
    if text.len() < DIGITS {
        return false;
    }
    digits(text.as_bytes()) >= DIGITS
        || (text.bytes().any(|byte| byte == 0xEF)
            && text.contains(|each| ('０'..='９').contains(&each)))
}

/// How many ASCII digits there are, in steps that fit one byte, so that many are counted at once.
fn digits(bytes: &[u8]) -> usize {
    let count = |step: &[u8]| {
        step.iter()
            .fold(0_u8, |sum, byte| sum + u8::from(byte.is_ascii_digit()))
    };
    bytes.chunks(255).map(|step| usize::from(count(step))).sum()
}

fn has_citizen(text: &str) -> bool {
    content::personal_numbers(text)
        .iter()
        .any(|number| number.kind == NumberKind::Citizen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_counted_over_any_length() {
        for length in [0, 1, 254, 255, 256, 1_000] {
            assert_eq!(digits("7".repeat(length).as_bytes()), length);
            assert_eq!(digits("字7".repeat(length).as_bytes()), length);
        }
    }

    #[test]
    fn digits_are_counted_in_both_widths() {
        assert!(has_many_digits("证件 110101 19900307 7758"));
        assert!(has_many_digits("证件１１０１０１１９９００３０７７７５８"));
        assert!(!has_many_digits("电话 0571-87654321"));
    }
}

//! Whom a code that fails its checks would name, had it been typed right.
//!
//! A mistyped code still stands in a row about someone. Where its shape is a person's or an
//! individual business's, nothing of the row may be kept for mending: a reject holds names and
//! home addresses. Only codes at fault come here, so this may be thorough rather than fast.

use super::guard::has_many_digits;
use credit::identifier::{Identifier, Parsed, System, Warning};
use credit::text::narrow;

/// Digits of a citizen's number (GB 11643-1999); those of before 1999 had fifteen.
const CITIZEN: usize = 18;
const OLD_CITIZEN: usize = 15;

/// Whom a mistyped code speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Named {
    /// A natural person, by a citizen's number.
    Person,
    /// An individual business, by a unified code 92… or a registration number (GS15-2006).
    Business,
}

/// Whom a text in a column of codes names, if it is a person or an individual business.
pub(super) fn named(system: Option<System>, text: &str) -> Option<Named> {
    let runs = runs(text);
    if runs.iter().any(|run| is_citizen(run)) {
        return Some(Named::Person);
    }
    let business = |run: &Vec<u8>| is_business(system, run);
    runs.iter().any(business).then_some(Named::Business)
}

/// Whether a valid unified code is a citizen's number in the wrong column: one in 31 of them fits
/// the check of the other. Its own check, or an area or body that does not exist, tells.
pub(super) fn is_citizen_by_chance(parsed: &Parsed) -> bool {
    let value = parsed.identifier.value();
    let century = value.as_bytes().get(6..8);
    if !matches!(century, Some(b"19" | b"20")) || !is_citizen(value.as_bytes()) {
        return false;
    }
    let stranger = |warning: &Warning| {
        matches!(
            warning,
            Warning::UnknownBody | Warning::UnknownArea | Warning::AbolishedArea
        )
    };
    Identifier::parse(System::CitizenId, value).is_ok() || parsed.warnings.iter().any(stranger)
}

/// Whether running text holds a number of a citizen's form, its check digit right or wrong.
pub(super) fn holds_citizen(text: &str) -> bool {
    text.len() >= CITIZEN
        && runs(text).iter().any(|run| {
            let birthday = run.get(6..14).unwrap_or_default();
            run.len() == CITIZEN && is_citizen(run) && is_day(birthday)
        })
}

/// Whether a name is written together with a citizen's number, its check digit right or wrong.
pub(super) fn is_followed_by_a_number(name: &str) -> bool {
    has_many_digits(name) && runs(name).iter().any(|run| is_citizen(run))
}

/// Letters and digits in narrow upper case; spaces, dashes and marks of no width join, all else
/// parts.
fn runs(text: &str) -> Vec<Vec<u8>> {
    let mut runs = vec![Vec::new()];
    for letter in narrow(text).chars() {
        match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii_alphanumeric() => {
                if let Some(run) = runs.last_mut() {
                    run.push(byte.to_ascii_uppercase());
                }
            }
            _ if is_joint(letter) => {}
            _ => runs.push(Vec::new()),
        }
    }
    runs
}

fn is_joint(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '-' | '\'' | '\u{AD}' | '\u{200B}'..='\u{2015}' | '\u{2060}' | '\u{2212}' | '\u{FEFF}'
        )
}

/// An area from 11 (Beijing) to 83 (Taiwan), then a birthday. In a number of 17 to 20 characters
/// only its century is looked at, because the mistake may be in the birthday itself; letters that
/// look like digits count as such.
fn is_citizen(run: &[u8]) -> bool {
    let digits: Vec<u8> = run.iter().map(|byte| alike(*byte)).collect();
    let numeric = |len: usize| {
        let head = digits.get(..len).unwrap_or_default();
        head.len() == len && head.iter().all(u8::is_ascii_digit)
    };
    let from_area = matches!(digits.first(), Some(b'1'..=b'8'));
    match run.len() {
        OLD_CITIZEN => from_area && numeric(OLD_CITIZEN) && is_month_and_day(digits.get(8..12)),
        17..=20 => from_area && numeric(17) && matches!(digits.get(6..8), Some(b"19" | b"20")),
        _ => false,
    }
}

/// A letter for the digit that it is mistaken for.
fn alike(byte: u8) -> u8 {
    match byte {
        b'O' | b'Q' => b'0',
        b'I' | b'L' => b'1',
        b'Z' => b'2',
        other => other,
    }
}

fn is_business(system: Option<System>, run: &[u8]) -> bool {
    let whole = match system {
        Some(System::Lei) => return false,
        // An organisation's code may begin with any two digits.
        Some(System::OrgCode) => run.len() > 9,
        _ => true,
    };
    let sequence = run.len() == 15 && matches!(run.get(6), Some(b'6'..=b'9'));
    whole && (run.starts_with(b"92") || (sequence && run.iter().all(u8::is_ascii_digit)))
}

fn is_day(digits: &[u8]) -> bool {
    matches!(digits.get(..2), Some(b"19" | b"20")) && is_month_and_day(digits.get(4..8))
}

fn is_month_and_day(digits: Option<&[u8]>) -> bool {
    let Some([m1, m2, d1, d2]) = digits else {
        return false;
    };
    let number = |tens: &u8, ones: &u8| tens.wrapping_sub(b'0') * 10 + ones.wrapping_sub(b'0');
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_digit))
        && (1..=12).contains(&number(m1, m2))
        && (1..=31).contains(&number(d1, d2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citizens_number_is_known_by_its_shape() {
        for text in [
            "110101199001011230",
            "11010119900101123x",
            "１１０１０１１９９００１０１１２３０",
            "110101 19900101 1230",
            "110101-19900101-123X",
            // A mistyped birthday, a letter for a digit, one character lost or doubled.
            "11010119901301123X",
            "11O101199001011230",
            "11010119900101123",
            "1101011990010112300",
            // Old numbers, and tax numbers made of them.
            "110101900101123",
            "11010119900101123001",
            "号码110101199001011230（代）",
        ] {
            assert_eq!(named(None, text), Some(Named::Person), "{text}");
        }
    }

    #[test]
    fn an_individual_business_is_known_by_its_beginning() {
        for text in [
            "92110105MA00000X18",
            "９２１１０１０５ＭＡ００００Ｘ１８",
            "92110105ma00",
            " 92-110105-MA00000X18",
            "代码：92110105MA00000X18",
            "91110105MA00000X18；92110105MA00000X18",
            "110105600000001",
        ] {
            assert_eq!(named(None, text), Some(Named::Business), "{text}");
        }
        assert_eq!(named(Some(System::OrgCode), "92110105X"), None);
        assert_eq!(named(Some(System::Lei), "9211010512345678AB12"), None);
    }

    #[test]
    fn codes_of_organisations_stay_theirs() {
        for text in [
            "911101000000000000",
            "91330106MA2AXXXX0X",
            "11330000001234567X",
            "51110000500000000X",
            "12345",
            "无",
            "",
            "110105000000001",
            "93110105MA00000X18",
        ] {
            assert_eq!(named(None, text), None, "{text}");
        }
    }

    #[test]
    fn running_text_holds_a_number_only_of_the_whole_form() {
        assert!(holds_citizen("经查，证件号110101199001011230的"));
        assert!(holds_citizen("110101 19900101 1230"));
        assert!(!holds_citizen("文号110101199013011230"));
        assert!(!holds_citizen("样市监罚〔2026〕1号"));
        assert!(!holds_citizen("1101011990010112301"));
    }
}

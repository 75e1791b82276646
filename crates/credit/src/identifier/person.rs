//! Parsers of people's numbers. They exist so that such numbers are recognised, masked and kept
//! out: none is written unsealed (rights 13). Only the citizen's number and the
//! newer residence card have check digits; the others are checked by form, with a warning.

use super::compact::Compact;
use super::{IdentifierError, Parsed, System, Warning, check};
use jiff::civil::Date;

/// GB 11643-1999: area, birthday, sequence, check character.
pub(super) fn citizen(compact: &Compact) -> Result<Parsed, IdentifierError> {
    citizen_form(compact, System::CitizenId)
}

/// Passports of any country: five to nine letters and digits, at least one digit (ICAO 9303 gives
/// the number nine characters; its check digit is in the machine-readable zone, not in the number).
pub(super) fn passport(compact: &Compact) -> Result<Parsed, IdentifierError> {
    form(compact, System::Passport, |bytes| {
        (5..=9).contains(&bytes.len()) && bytes.iter().any(u8::is_ascii_digit)
    })
}

/// H or M, eight digits that stay for life, and two of the issue on older cards.
pub(super) fn hk_macao(compact: &Compact) -> Result<Parsed, IdentifierError> {
    form(compact, System::HkMacaoPermit, |bytes| match bytes {
        [b'H' | b'M', digits @ ..] => {
            matches!(digits.len(), 8 | 10) && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    })
}

/// Eight digits on cards; older booklets have ten and may end in a letter.
pub(super) fn taiwan(compact: &Compact) -> Result<Parsed, IdentifierError> {
    form(compact, System::TaiwanPermit, |bytes| match bytes.len() {
        8 | 10 => bytes.iter().all(u8::is_ascii_digit),
        11 => bytes[..10].iter().all(u8::is_ascii_digit),
        _ => false,
    })
}

/// The card of 2023 has 18 digits that begin with 9 and end like a citizen's number; the older one
/// has a country of three letters and 12 digits.
pub(super) fn foreigner(compact: &Compact) -> Result<Parsed, IdentifierError> {
    if compact.len() == 18 {
        return match compact.bytes().first() {
            Some(b'9') => citizen_form(compact, System::ForeignerId),
            _ => Err(IdentifierError::Character { position: 1 }),
        };
    }
    form(compact, System::ForeignerId, |bytes| {
        bytes.len() == 15
            && bytes[..3].iter().all(u8::is_ascii_uppercase)
            && bytes[3..].iter().all(u8::is_ascii_digit)
    })
}

/// Whether 18 characters are a citizen's number: digits, a birthday that exists, the check.
pub(super) fn is_citizen(number: &[u8; 18]) -> bool {
    check::citizen(number) && date(&number[6..14]).is_some()
}

/// Whether six digits are a day `YYMMDD` of the last century.
pub(super) fn is_short_date(digits: &[u8]) -> bool {
    let mut full = *b"19000000";
    match digits.try_into() {
        Ok(digits) => {
            let digits: [u8; 6] = digits;
            full[2..].copy_from_slice(&digits);
            date(&full).is_some()
        }
        Err(_) => false,
    }
}

fn citizen_form(compact: &Compact, system: System) -> Result<Parsed, IdentifierError> {
    let number: &[u8; 18] = compact.exactly()?;
    let stranger = number.iter().enumerate().position(|(at, byte)| match at {
        17 => !byte.is_ascii_digit() && *byte != b'X',
        _ => !byte.is_ascii_digit(),
    });
    if let Some(at) = stranger {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    if !check::citizen(number) {
        return Err(IdentifierError::CheckDigit);
    }
    if date(&number[6..14]).is_none() {
        return Err(IdentifierError::Date);
    }
    Ok(Parsed::new(system, compact, Vec::new()))
}

fn form(
    compact: &Compact,
    system: System,
    fits: impl Fn(&[u8]) -> bool,
) -> Result<Parsed, IdentifierError> {
    let bytes = compact.bytes();
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()) {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    if !fits(bytes) {
        return Err(IdentifierError::Unknown);
    }
    Ok(Parsed::new(system, compact, vec![Warning::FormOnly]))
}

/// A day from `YYYYMMDD`; people born before 1800 are in no register.
fn date(digits: &[u8]) -> Option<Date> {
    let text = std::str::from_utf8(digits).ok()?;
    let year: i16 = text.get(..4)?.parse().ok()?;
    let month: i8 = text.get(4..6)?.parse().ok()?;
    let day: i8 = text.get(6..8)?.parse().ok()?;
    Date::new(year, month, day)
        .ok()
        .filter(|_| (1800..2100).contains(&year))
}

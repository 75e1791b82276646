//! Old tax numbers, as issued before the unified code: area and organisation code (15), with a
//! branch suffix (17, 18, 20), or built on a trader's citizen number (15 or 18, with a suffix 17
//! or 20). The last kind names a person.

use super::compact::Compact;
use super::{IdentifierError, Parsed, System, Warning, area, check, organisation, person};

/// Parses a tax number. A valid unified code comes back as such.
pub(super) fn tax_no(compact: &Compact) -> Result<Parsed, IdentifierError> {
    let bytes = compact.bytes();
    if !matches!(bytes.len(), 15 | 17 | 18 | 20) {
        return Err(IdentifierError::Length { found: bytes.len() });
    }
    let unified = match bytes.len() {
        18 => organisation::uscc(compact).map_err(Some),
        _ => Err(None),
    };
    let refusal = match unified {
        Ok(parsed) => return Ok(parsed),
        Err(refusal) => refusal,
    };
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric()) {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    // One mistyped unified code in eleven holds a valid organisation code where old tax numbers of
    // this length have theirs; but it begins with the department, and no province is numbered so.
    if refusal.is_some() && !has_province(bytes) {
        return Err(refusal.unwrap_or(IdentifierError::CheckDigit));
    }
    let mut warnings = Vec::new();
    if is_of_organisation(bytes) {
        warnings.extend(bytes.get(..6).and_then(area::doubt));
        if is_citizen_based(bytes) {
            warnings.push(Warning::Ambiguous);
        }
    } else if is_citizen_based(bytes) {
        if !has_citizen_check(bytes) {
            warnings.push(Warning::FormOnly);
        }
    } else {
        return Err(refusal.unwrap_or(IdentifierError::CheckDigit));
    }
    Ok(Parsed::new(System::TaxNo, compact, warnings))
}

/// Whether a valid tax number names a person: it is built on a citizen's number and on no valid
/// organisation code. The check digit of a full citizen's number outweighs one of GB 11714.
pub(super) fn is_personal(bytes: &[u8]) -> bool {
    has_citizen_check(bytes) || !is_of_organisation(bytes)
}

/// Fifteen digits in the form of a citizen's number of before 1999: area, birthday, sequence. They
/// carry no check digit.
pub(super) fn is_old_citizen(bytes: &[u8]) -> bool {
    let (Some(area), Some(birthday)) = (bytes.get(..6), bytes.get(6..12)) else {
        return false;
    };
    bytes.iter().all(u8::is_ascii_digit)
        && !matches!(area::doubt(area), Some(Warning::UnknownArea))
        && person::is_short_date(birthday)
}

/// GB/T 2260 numbers provinces from 11 (Beijing) to 82 (Macao).
fn has_province(bytes: &[u8]) -> bool {
    bytes
        .get(..2)
        .is_some_and(|two| (b"11".as_slice()..=b"82".as_slice()).contains(&two))
}

fn is_of_organisation(bytes: &[u8]) -> bool {
    let digits = bytes
        .get(..6)
        .is_some_and(|area| area.iter().all(u8::is_ascii_digit));
    let suffix = bytes.get(15..).unwrap_or_default();
    let code: Option<&[u8; 9]> = bytes.get(6..15).and_then(|code| code.try_into().ok());
    digits
        && suffix.iter().all(u8::is_ascii_alphanumeric)
        && code.is_some_and(check::org_code)
        && !has_citizen_check(bytes)
}

fn is_citizen_based(bytes: &[u8]) -> bool {
    has_citizen_check(bytes)
        || (matches!(bytes.len(), 15 | 17) && bytes.get(..15).is_some_and(is_old_citizen))
}

fn has_citizen_check(bytes: &[u8]) -> bool {
    bytes
        .get(..18)
        .and_then(|number| number.try_into().ok())
        .is_some_and(person::is_citizen)
}

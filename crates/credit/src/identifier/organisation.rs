//! Parsers of organisations' identifiers: unified code, organisation code, registration number, LEI.

use super::compact::Compact;
use super::{IdentifierError, Parsed, System, Warning, area, body, check};

/// GB 32100-2015: department, kind, area of 6 digits, organisation code of 9, check character.
/// A code whose check character fits is taken even if its organisation code fails its own check:
/// such codes are on real licences.
pub(super) fn uscc(compact: &Compact) -> Result<Parsed, IdentifierError> {
    let code: &[u8; 18] = compact.exactly()?;
    let stranger = code.iter().enumerate().position(|(at, byte)| match at {
        1..=7 => !byte.is_ascii_digit(),
        _ => check::uscc_value(*byte).is_none(),
    });
    if let Some(at) = stranger {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    if !check::uscc(code) {
        return Err(IdentifierError::CheckDigit);
    }
    let mut warnings = Vec::new();
    if body::kind(code).is_none() {
        warnings.push(Warning::UnknownBody);
    }
    warnings.extend(area::doubt(&code[2..8]));
    let inner: Option<&[u8; 9]> = code[8..17].try_into().ok();
    if !inner.is_some_and(check::org_code) {
        warnings.push(Warning::InnerOrgCode);
    }
    Ok(Parsed::new(System::Uscc, compact, warnings))
}

/// GB 11714: eight characters and a check character, often written `XXXXXXXX-X`.
pub(super) fn org_code(compact: &Compact) -> Result<Parsed, IdentifierError> {
    let code: &[u8; 9] = compact.exactly()?;
    if let Some(at) = code.iter().position(|byte| !byte.is_ascii_alphanumeric()) {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    if !check::org_code(code) {
        return Err(IdentifierError::CheckDigit);
    }
    Ok(Parsed::new(System::OrgCode, compact, Vec::new()))
}

/// GS15-2006: authority of 6 digits, sequence of 8, check digit.
pub(super) fn reg_no(compact: &Compact) -> Result<Parsed, IdentifierError> {
    let number: &[u8; 15] = compact.exactly()?;
    if let Some(at) = number.iter().position(|byte| !byte.is_ascii_digit()) {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    if !check::reg_no(number) {
        return Err(IdentifierError::CheckDigit);
    }
    // The authority is an area or 100000, the State Administration itself.
    let warnings = match &number[..6] {
        b"100000" => Vec::new(),
        authority => area::doubt(authority).into_iter().collect(),
    };
    Ok(Parsed::new(System::RegNo, compact, warnings))
}

/// ISO 17442: 18 letters and digits, two check digits.
pub(super) fn lei(compact: &Compact) -> Result<Parsed, IdentifierError> {
    let code: &[u8; 20] = compact.exactly()?;
    if let Some(at) = code.iter().position(|byte| !byte.is_ascii_alphanumeric()) {
        return Err(IdentifierError::Character { position: at + 1 });
    }
    if !check::lei(code) {
        return Err(IdentifierError::CheckDigit);
    }
    Ok(Parsed::new(System::Lei, compact, Vec::new()))
}

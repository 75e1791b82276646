//! Claims, codes and candidates for the tests. All codes are made up.

use credit::identifier::{Identifier, System};
use credit::subject::{Claim, SubjectId, SubjectKind};
use resolve::Candidate;

/// An organisation code with a valid check digit (GB 11714) over seven digits and a zero.
pub(crate) fn org_code(n: u32) -> String {
    let body = format!("{n:07}0");
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.chars().filter_map(|c| c.to_digit(10));
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = match 11 - sum % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        digit => digit.to_string(),
    };
    format!("{body}{check}")
}

pub(crate) fn id(system: System, value: &str) -> Identifier {
    Identifier::from_store(system, value.to_owned())
}

/// The bare organisation code `n`.
pub(crate) fn org(n: u32) -> Identifier {
    id(System::OrgCode, &org_code(n))
}

/// A unified code around organisation code `n`, of one of ten districts.
pub(crate) fn uscc(district: u8, n: u32) -> Identifier {
    id(
        System::Uscc,
        &format!("9111010{}{}0", district % 10, org_code(n)),
    )
}

/// An old tax number around organisation code `n`.
pub(crate) fn tax(n: u32) -> Identifier {
    id(System::TaxNo, &format!("110101{}", org_code(n)))
}

pub(crate) fn subject(n: u8) -> SubjectId {
    SubjectId([n; 16])
}

pub(crate) fn claim(kind: SubjectKind, name: &str, identifiers: &[Identifier]) -> Claim {
    Claim {
        kind,
        identifiers: identifiers.to_vec(),
        name: (!name.is_empty()).then(|| name.to_owned()),
        place: None,
    }
}

pub(crate) fn firm(name: &str, identifiers: &[Identifier]) -> Claim {
    claim(SubjectKind::Enterprise, name, identifiers)
}

pub(crate) fn candidate(n: u8, name: &str, identifier: Option<Identifier>) -> Candidate {
    Candidate {
        subject: subject(n),
        kind: SubjectKind::Enterprise,
        name: name.to_owned(),
        identifier,
    }
}

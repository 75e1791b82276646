//! The identifiers under which a claim is looked up, and kept once it is answered.

use credit::identifier::{Identifier, System};
use credit::subject::{Claim, SubjectKind};

/// An identifier of a claim, or one derived from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What the store looks up.
    pub identifier: Identifier,
    /// The system it was written in; for a derived organisation code that of the whole.
    pub within: System,
}

impl Key {
    /// Whether it is only a part of what the row gives.
    #[must_use]
    pub fn is_derived(&self) -> bool {
        self.identifier.system() != self.within
    }
}

/// The claim's identifiers, strongest first, then the organisation codes inside them, which link
/// an old number to a unified code.
///
/// For a natural person or an individual business nothing is derived: only the exact identifier
/// counts. A person's number is no key to an organisation, nor a body's code to a person: each
/// would be somebody else's.
#[must_use]
pub fn keys(claim: &Claim) -> Vec<Key> {
    let usable = |identifier: &&Identifier| match claim.kind {
        SubjectKind::IndividualBusiness => true,
        SubjectKind::NaturalPerson => identifier.is_personal(),
        _ => !identifier.is_personal(),
    };
    let mut keys: Vec<Key> = claim
        .identifiers
        .iter()
        .filter(usable)
        .map(|identifier| Key {
            identifier: identifier.clone(),
            within: identifier.system(),
        })
        .collect();
    keys.sort_by_key(|key| strength(key.within));
    if claim.kind.is_organisation() {
        let inside: Vec<Key> = keys.iter().filter_map(derived).collect();
        for key in inside {
            if keys.iter().all(|known| known.identifier != key.identifier) {
                keys.push(key);
            }
        }
    }
    keys
}

fn derived(key: &Key) -> Option<Key> {
    let identifier = key.identifier.org_code()?;
    Some(Key {
        identifier,
        within: key.within,
    })
}

/// Smaller is stronger: how surely one number means one body. A unified code and an LEI are given
/// once; an organisation code is the unified code's core; registration numbers were re-used when
/// registers merged, and tax numbers were given by office.
pub(crate) fn strength(system: System) -> u8 {
    match system {
        System::Uscc => 0,
        System::OrgCode => 1,
        System::Lei => 2,
        System::RegNo => 3,
        System::TaxNo => 4,
        System::CitizenId => 5,
        System::ForeignerId => 6,
        System::Passport => 7,
        System::HkMacaoPermit => 8,
        System::TaiwanPermit => 9,
    }
}

//! Identifiers of bodies and people: parse, normalise, check digits.
//!
//! Parse, don't validate: an [`Identifier`] exists only in compact form and only after every check
//! that its system has. What is doubtful but not wrong (an abolished area, an unknown kind of body)
//! is a [`Warning`] and never a refusal, because registers outlive the tables they were made with.

pub(crate) mod area;
mod body;
mod check;
mod compact;
mod explain;
mod message;
mod organisation;
mod person;
mod tax;

use crate::subject::SubjectKind;
use compact::Compact;

/// A system of identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum System {
    /// 统一社会信用代码, GB 32100-2015.
    Uscc,
    /// 组织机构代码, GB 11714.
    OrgCode,
    /// 15-digit registration number, GS15-2006.
    RegNo,
    /// Old tax number: area and organisation code (15), or with a citizen's number.
    TaxNo,
    /// 公民身份号码, GB 11643-1999.
    CitizenId,
    /// 护照号.
    Passport,
    /// 港澳居民来往内地通行证.
    HkMacaoPermit,
    /// 台湾居民来往大陆通行证.
    TaiwanPermit,
    /// 外国人永久居留身份证.
    ForeignerId,
    /// Legal Entity Identifier, ISO 17442.
    Lei,
}

impl System {
    /// Every system, strongest first where two could name one organisation.
    pub const ALL: [System; 10] = [
        System::Uscc,
        System::OrgCode,
        System::RegNo,
        System::TaxNo,
        System::CitizenId,
        System::Passport,
        System::HkMacaoPermit,
        System::TaiwanPermit,
        System::ForeignerId,
        System::Lei,
    ];

    /// The code in catalogue files, the API and the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            System::Uscc => "uscc",
            System::OrgCode => "org-code",
            System::RegNo => "reg-no",
            System::TaxNo => "tax-no",
            System::CitizenId => "citizen-id",
            System::Passport => "passport",
            System::HkMacaoPermit => "hk-macao-permit",
            System::TaiwanPermit => "taiwan-permit",
            System::ForeignerId => "foreigner-id",
            System::Lei => "lei",
        }
    }

    /// The inverse of [`System::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<System> {
        System::ALL.into_iter().find(|system| system.code() == code)
    }

    /// Whether every value of the system names a person. An old tax number may name one too: ask
    /// [`Identifier::is_personal`] of the value.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(
            self,
            System::CitizenId
                | System::Passport
                | System::HkMacaoPermit
                | System::TaiwanPermit
                | System::ForeignerId
        )
    }
}

/// A valid identifier in compact form (upper case, half width, no spaces or hyphens).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier {
    system: System,
    value: String,
}

/// A parsed identifier, and what is doubtful about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The identifier.
    pub identifier: Identifier,
    /// Doubts that do not refuse it; usually empty, and then nothing is allocated.
    pub warnings: Vec<Warning>,
}

/// A doubt about a valid identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The first two characters are not in the table of bodies (GB 32100-2015, table 1).
    UnknownBody,
    /// The area was never in the list of areas known here.
    UnknownArea,
    /// The area existed once and was abolished or merged (GB/T 2260).
    AbolishedArea,
    /// The organisation code inside fails its own check digit; the whole passes.
    InnerOrgCode,
    /// The digits are valid in another system too.
    Ambiguous,
    /// The system has no check digit: only the form could be checked.
    FormOnly,
}

/// Why a text is no identifier of the system asked for. Never carries the text itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing but spaces.
    #[error("the identifier is empty")]
    Empty,
    /// Wrong number of characters after spaces and hyphens are dropped.
    #[error("the identifier has {found} characters")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that the system does not use at this place.
    #[error("character {position} is not allowed there")]
    Character {
        /// Which one, from 1.
        position: usize,
    },
    /// The check digit does not fit: a digit is wrong or two are swapped.
    #[error("the check digit does not fit")]
    CheckDigit,
    /// A date inside is no date.
    #[error("the date inside is no date")]
    Date,
    /// The text has the form of a person's number and stands where a body's was expected.
    #[error("this looks like a person's number")]
    Personal,
    /// No system of organisations has this form.
    #[error("no system has this form")]
    Unknown,
}

impl Identifier {
    /// Parses a text as an identifier of one system.
    ///
    /// Since 2015 a body's tax number *is* its unified code, so a unified code in a tax number
    /// column comes back as [`System::Uscc`].
    ///
    /// # Errors
    /// When a check of the system fails; the error says which.
    pub fn parse(system: System, text: &str) -> Result<Parsed, IdentifierError> {
        let compact = Compact::of(text)?;
        match system {
            System::Uscc => organisation::uscc(&compact),
            System::OrgCode => organisation::org_code(&compact),
            System::RegNo => organisation::reg_no(&compact),
            System::Lei => organisation::lei(&compact),
            System::TaxNo => tax::tax_no(&compact),
            System::CitizenId => person::citizen(&compact),
            System::Passport => person::passport(&compact),
            System::HkMacaoPermit => person::hk_macao(&compact),
            System::TaiwanPermit => person::taiwan(&compact),
            System::ForeignerId => person::foreigner(&compact),
        }
    }

    /// Finds the system of an organisation's identifier by its form and check digits.
    ///
    /// A citizen's number, alone or with a suffix, is found too as the old tax number of a trader,
    /// since lists of traders hold them: [`Identifier::is_personal`] is then true and nothing of
    /// the row may be written.
    ///
    /// # Errors
    /// When no system of organisations fits, or the text looks like a person's number.
    pub fn detect(text: &str) -> Result<Parsed, IdentifierError> {
        let compact = Compact::of(text)?;
        match compact.len() {
            9 => organisation::org_code(&compact),
            15 => detect_15(&compact),
            17 | 18 => tax::tax_no(&compact),
            20 => organisation::lei(&compact).or_else(|error| tax::tax_no(&compact).or(Err(error))),
            _ => Err(IdentifierError::Unknown),
        }
    }

    /// A natural person's number that proves itself by its check character: a citizen's (GB 11643), or a
    /// foreigner's card of 2023. Other documents have none, so nobody is found by them here (R06).
    #[must_use]
    pub fn of_person(text: &str) -> Option<Identifier> {
        let system = if text.trim_start().starts_with('9') {
            System::ForeignerId
        } else {
            System::CitizenId
        };
        let parsed = Identifier::parse(system, text).ok()?;
        let whole = parsed.identifier.value.len() == 18 && parsed.warnings.is_empty();
        whole.then_some(parsed.identifier)
    }

    /// Takes back what the store holds: a value that was parsed before it was written.
    #[must_use]
    pub fn from_store(system: System, value: String) -> Identifier {
        Identifier { system, value }
    }

    /// Its system.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// Its compact value.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The kind of body, where the code tells: by the first two characters of a unified code, by
    /// the sequence of a registration number (GS15-2006: 6–9 individual businesses), by the number
    /// of a person.
    #[must_use]
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        match self.system {
            System::Uscc => body::kind(self.value.as_bytes()),
            System::RegNo => Some(match self.value.as_bytes().get(6) {
                Some(b'6'..=b'9') => SubjectKind::IndividualBusiness,
                _ => SubjectKind::Enterprise,
            }),
            System::TaxNo => self
                .is_personal()
                .then_some(SubjectKind::IndividualBusiness),
            System::OrgCode | System::Lei => None,
            _ => Some(SubjectKind::NaturalPerson),
        }
    }

    /// Whether the value names a person: a personal system, or an old tax number built on a
    /// citizen's number. Such a value is never written unsealed (rights 13).
    #[must_use]
    pub fn is_personal(&self) -> bool {
        self.system.is_personal()
            || (self.system == System::TaxNo && tax::is_personal(self.value.as_bytes()))
    }

    /// The organisation code inside a unified code, or inside an old tax number of 15 characters
    /// (with or without a suffix): what links an old number to a unified code. `None` where there
    /// is none or where it fails its own check digit, since then it links nothing safely.
    #[must_use]
    pub fn org_code(&self) -> Option<Identifier> {
        let range = match self.system {
            System::OrgCode => 0..9,
            System::Uscc => 8..17,
            System::TaxNo if !self.is_personal() => 6..15,
            _ => return None,
        };
        let code = self.value.get(range)?;
        let bytes: &[u8; 9] = code.as_bytes().try_into().ok()?;
        check::org_code(bytes).then(|| Identifier {
            system: System::OrgCode,
            value: code.to_owned(),
        })
    }
}

impl Parsed {
    fn new(system: System, compact: &Compact, warnings: Vec<Warning>) -> Parsed {
        Parsed {
            identifier: Identifier {
                system,
                value: compact.as_str().to_owned(),
            },
            warnings,
        }
    }
}

/// Fifteen characters are a registration number or an old tax number; both may hold by chance.
fn detect_15(compact: &Compact) -> Result<Parsed, IdentifierError> {
    let tax = tax::tax_no(compact)
        .ok()
        .filter(|parsed| !parsed.identifier.is_personal());
    let citizen = tax::is_old_citizen(compact.bytes());
    match (organisation::reg_no(compact), tax) {
        (Ok(mut reg_no), tax) => {
            if citizen || tax.is_some() {
                reg_no.warnings.push(Warning::Ambiguous);
            }
            Ok(reg_no)
        }
        (Err(_), Some(tax)) => Ok(tax),
        (Err(_), None) if citizen => Err(IdentifierError::Personal),
        (Err(error), None) => Err(error),
    }
}

//! Kinds of credit subject (信用主体), their ids, and claims about whom a row speaks of.

use crate::identifier::Identifier;
use crate::lang::Lang;
use std::fmt;

/// A kind of credit subject. Five kinds follow Zhejiang's 531X; the other two keep apart what
/// `rights.md` keeps apart: an individual business (个体工商户) is its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SubjectKind {
    /// 企业: companies, partnerships, sole proprietorships, cooperatives and their branches.
    Enterprise,
    /// 社会组织: associations, foundations, private non-enterprise units.
    SocialOrganisation,
    /// 事业单位.
    PublicInstitution,
    /// 政府机构: state organs and the groups whose staffing the state administers.
    GovernmentAgency,
    /// Any other organisation with a unified code (law firms, notaries, trade unions, villages …).
    OtherOrganisation,
    /// 个体工商户: a natural person here, save for the items that a statute publishes.
    IndividualBusiness,
    /// 自然人.
    NaturalPerson,
}

impl SubjectKind {
    /// Every kind.
    pub const ALL: [SubjectKind; 7] = [
        SubjectKind::Enterprise,
        SubjectKind::SocialOrganisation,
        SubjectKind::PublicInstitution,
        SubjectKind::GovernmentAgency,
        SubjectKind::OtherOrganisation,
        SubjectKind::IndividualBusiness,
        SubjectKind::NaturalPerson,
    ];

    /// The code used in catalogue files, the API and the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            SubjectKind::Enterprise => "enterprise",
            SubjectKind::SocialOrganisation => "social-organisation",
            SubjectKind::PublicInstitution => "public-institution",
            SubjectKind::GovernmentAgency => "government-agency",
            SubjectKind::OtherOrganisation => "other-organisation",
            SubjectKind::IndividualBusiness => "individual-business",
            SubjectKind::NaturalPerson => "natural-person",
        }
    }

    /// Reads a code; the inverse of [`SubjectKind::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<SubjectKind> {
        SubjectKind::ALL
            .into_iter()
            .find(|kind| kind.code() == code)
    }

    /// The name of the kind in the reader's language.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            SubjectKind::Enterprise => ["企业", "enterprise", "предприятие"],
            SubjectKind::SocialOrganisation => [
                "社会组织",
                "social organisation",
                "общественная организация",
            ],
            SubjectKind::PublicInstitution => {
                ["事业单位", "public institution", "публичное учреждение"]
            }
            SubjectKind::GovernmentAgency => ["政府机构", "government agency", "орган власти"],
            SubjectKind::OtherOrganisation => {
                ["其他组织", "other organisation", "иная организация"]
            }
            SubjectKind::IndividualBusiness => [
                "个体工商户",
                "individual business",
                "индивидуальный предприниматель",
            ],
            SubjectKind::NaturalPerson => ["自然人", "natural person", "физическое лицо"],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }

    /// A legal entity or unincorporated organisation: never a person, never an individual business.
    #[must_use]
    pub fn is_organisation(self) -> bool {
        !matches!(
            self,
            SubjectKind::IndividualBusiness | SubjectKind::NaturalPerson
        )
    }
}

/// Makes a 16-byte id with hexadecimal text form. The bytes are a keyed digest made elsewhere.
macro_rules! id16 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// Reads 32 hexadecimal digits.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                let digits = text.as_bytes();
                if digits.len() != 32 {
                    return None;
                }
                let mut bytes = [0_u8; 16];
                for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                    let high = char::from(pair[0]).to_digit(16)?;
                    let low = char::from(pair[1]).to_digit(16)?;
                    *byte = u8::try_from(high * 16 + low).ok()?;
                }
                Some(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}

pub(crate) use id16;

id16! {
    /// The immutable *mention* that keys every row (column `subject_id`): a keyed digest of an
    /// identifier, else of supplier, name and place. A subject is a dated set of mentions.
    SubjectId
}
id16! {
    /// One fact of one supplier: a keyed digest of supplier, theme and natural key, independent of
    /// the subject, so that retries are idempotent and a corrected code closes the right record.
    RecordId
}
id16! {
    /// A legal document: a keyed digest of organ and number. Clocks belong to it.
    DocumentId
}
id16! {
    /// One submission: a keyed digest of supplier, theme, mode, date and file digest.
    SubmissionId
}

/// Whom a row speaks of, as its supplier put it: valid identifiers, a name, a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The kind of subject, from the code's first two characters, else from the row's own column.
    pub kind: SubjectKind,
    /// Identifiers that passed their checks, strongest first; no two of one system.
    pub identifiers: Vec<Identifier>,
    /// The name as written, trimmed and with widths settled.
    pub name: Option<String>,
    /// A place (address or area) that tells namesakes apart where there is no identifier.
    pub place: Option<String>,
}

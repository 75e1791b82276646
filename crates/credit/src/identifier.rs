//! Identifiers of bodies and people: parse, normalise, check digits.

use crate::subject::SubjectKind;

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

/// A valid identifier in compact form (upper case, half width, no spaces or hyphens).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier {
    system: System,
    value: String,
}

impl Identifier {
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

    /// The kind of body, where the code tells.
    #[must_use]
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        None
    }
}

//! Permits: the only keys to sealed facts, and what each use of one leaves in the journal.
//!
//! A permit names one subject and one purpose and is spent by opening. It cannot be cloned,
//! written as a literal or kept for a second look, so that every look has its own ground.

mod case;
mod recheck;

pub use recheck::Recheck;

use crate::dossier::Dossier;
use crate::grant::{Covered, Ground};
use crate::open;
use crate::sealed::{OfOwnFile, Sealed};
use credit::catalog::{Catalog, Exposure};
use credit::content::{self, NumberKind};
use credit::lang::Lang;
use credit::record::{AsOf, Facts};
use credit::subject::SubjectId;
use std::fmt;

/// Longest name, agency or case number, in characters: the longest official name of an organ has
/// about 60; × 2 for room.
const FIELD_CHARS: usize = 120;

/// Why somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// 社会公开查询: anyone, on public items of organisations. Nothing is logged about the asker.
    PublicLookup,
    /// 自主查询: a subject's own report, handed out at the service window.
    OwnReport,
    /// 信源单位核对本单位报送的信息: an agency reads again what it stated itself about one subject, to
    /// correct it or to take it back.
    OwnSupply,
    /// 向上级平台报送: a job that sends a theme's facts on organisations to the platform above.
    Forward,
    /// 履职查询: an agency's look under a grant, which names the purpose of the catalogue.
    Duty,
    /// 信用评价: a job that grades organisations by a model. It gives out grades and no facts.
    Grading,
    /// 办理信用主体的案件: whoever handles one case reads it and the fact that it is about.
    CaseWork,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Purpose; 7] = [
        Purpose::PublicLookup,
        Purpose::OwnReport,
        Purpose::OwnSupply,
        Purpose::Forward,
        Purpose::Duty,
        Purpose::Grading,
        Purpose::CaseWork,
    ];

    /// The code in the store, the journal and the API.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Purpose::PublicLookup => "public-lookup",
            Purpose::OwnReport => "own-report",
            Purpose::OwnSupply => "own-supply",
            Purpose::Forward => "forward",
            Purpose::Duty => "duty",
            Purpose::Grading => "grading",
            Purpose::CaseWork => "case-work",
        }
    }

    /// The inverse of [`Purpose::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Purpose> {
        Purpose::ALL
            .into_iter()
            .find(|purpose| purpose.code() == code)
    }

    /// What the reader is told about the purpose.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Purpose::PublicLookup, Lang::Zh) => "社会公开查询",
            (Purpose::PublicLookup, Lang::En) => "Public look-up",
            (Purpose::PublicLookup, Lang::Ru) => "Открытый запрос",
            (Purpose::OwnReport, Lang::Zh) => "自主查询",
            (Purpose::OwnReport, Lang::En) => "Own report",
            (Purpose::OwnReport, Lang::Ru) => "Отчёт для самого субъекта",
            (Purpose::OwnSupply, Lang::Zh) => "信源单位核对本单位报送的信息",
            (Purpose::OwnSupply, Lang::En) => "A supplier reads its own facts to correct them",
            (Purpose::OwnSupply, Lang::Ru) => "Поставщик читает свои сведения для исправления",
            (Purpose::Forward, Lang::Zh) => "向上级平台报送",
            (Purpose::Forward, Lang::En) => "Forwarding to the platform above",
            (Purpose::Forward, Lang::Ru) => "Передача вышестоящей платформе",
            (Purpose::Duty, Lang::Zh) => "履职查询",
            (Purpose::Duty, Lang::En) => "Look-up for a duty",
            (Purpose::Duty, Lang::Ru) => "Служебный запрос",
            (Purpose::Grading, Lang::Zh) => "信用评价",
            (Purpose::Grading, Lang::En) => "Grading by a published model",
            (Purpose::Grading, Lang::Ru) => "Оценка по опубликованной модели",
            (Purpose::CaseWork, Lang::Zh) => "办理信用主体的案件",
            (Purpose::CaseWork, Lang::En) => "Handling a case of the subject",
            (Purpose::CaseWork, Lang::Ru) => "Ведение дела субъекта",
        }
    }

    /// The most guarded items that the purpose may see.
    #[must_use]
    pub fn exposure(self) -> Exposure {
        match self {
            Purpose::PublicLookup => Exposure::Public,
            Purpose::OwnReport | Purpose::OwnSupply | Purpose::CaseWork => Exposure::Own,
            Purpose::Forward | Purpose::Duty => Exposure::Government,
            Purpose::Grading => Exposure::Public,
        }
    }
}

/// A field that names who looks or why is empty, too long, not printable or holds a citizen's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the {field} must be filled with at most {FIELD_CHARS} printable characters and no citizen's number"
)]
pub struct NotAccepted {
    /// Which field: `officer`, `agency` or `case number`.
    pub field: &'static str,
}

/// Trims a field and refuses what could not be read back from the journal, and a citizen's number,
/// which an officer may take for a case's: the field stands unsealed for good (rights 13).
fn field(name: &'static str, text: &str) -> Result<String, NotAccepted> {
    let text = text.trim();
    let printable = !text.chars().any(char::is_control);
    let numbers = content::personal_numbers(text);
    let of_person = numbers.iter().any(|one| one.kind == NumberKind::Citizen);
    if text.is_empty() || !printable || of_person || text.chars().count() > FIELD_CHARS {
        return Err(NotAccepted { field: name });
    }
    Ok(text.to_owned())
}

/// A named officer of a named agency (rights 5). Never empty.
#[derive(Clone, PartialEq, Eq)]
pub struct Officer {
    name: String,
    agency: String,
}

impl Officer {
    /// Reads the two names, trimmed.
    ///
    /// # Errors
    /// When one is empty, longer than 120 characters or holds control characters or a citizen's number.
    pub fn parse(name: &str, agency: &str) -> Result<Officer, NotAccepted> {
        Ok(Officer {
            name: field("officer", name)?,
            agency: field("agency", agency)?,
        })
    }

    /// The officer's name, for the journal and the subject's own file only.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The agency's name or code.
    #[must_use]
    pub fn agency(&self) -> &str {
        &self.agency
    }
}

impl fmt::Debug for Officer {
    /// Prints the agency only: program logs name no people.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Officer(of {})", self.agency)
    }
}

/// The number of the case for which facts are read. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseNumber(String);

impl CaseNumber {
    /// Reads a case number, trimmed.
    ///
    /// # Errors
    /// When it is empty, longer than 120 characters or holds control characters or a citizen's number.
    pub fn parse(text: &str) -> Result<CaseNumber, NotAccepted> {
        field("case number", text).map(CaseNumber)
    }

    /// The number as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A look that must be logged in the transaction that reads (rights 5, 14).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// The permit's id.
    pub permit: [u8; 16],
    /// Whom the look is about.
    pub subject: SubjectId,
    /// Why.
    pub purpose: Purpose,
    /// Who looks.
    pub officer: Officer,
    /// For which case.
    pub case: CaseNumber,
    /// The grant on which it rests; none for a subject's own file.
    pub ground: Option<Ground>,
}

impl Access {
    /// Code of the purpose as the journal and the subject read it: the catalogue's, under a grant.
    #[must_use]
    pub fn purpose_code(&self) -> &str {
        match &self.ground {
            Some(ground) => &ground.purpose,
            None => self.purpose.code(),
        }
    }
}

/// The right to open the facts of one subject, for one purpose, once.
///
/// There are six ways to one, each with its ground. A permit cannot be written down:
///
/// ```compile_fail,E0451
/// # use policy::{Permit, Purpose}; use credit::subject::SubjectId;
/// let subject = SubjectId([1; 16]);
/// let permit = Permit { id: [2; 16], subject, purpose: Purpose::OwnReport, access: None };
/// ```
///
/// nor copied, nor conjured from nothing:
///
/// ```compile_fail,E0599
/// # use policy::Permit; use credit::subject::SubjectId;
/// let permit = Permit::public(SubjectId([1; 16]));
/// let second = permit.clone();
/// ```
///
/// ```compile_fail,E0277
/// # use policy::Permit;
/// fn conjure<T: Default>() -> T { T::default() }
/// let permit: Permit = conjure();
/// ```
///
/// nor spent twice:
///
/// ```compile_fail,E0382
/// # use policy::{Permit, Sealed}; use credit::subject::SubjectId;
/// # use credit::{catalog::Catalog, record::{AsOf, Facts}};
/// fn twice(permit: Permit, one: Sealed<Facts>, two: Sealed<Facts>, catalog: &Catalog, at: AsOf) {
///     let _first = permit.open(one, catalog, at);
///     let _second = permit.open(two, catalog, at);
/// }
/// ```
///
/// nor made of a grant that nobody checked, nor twice of one that was:
///
/// ```compile_fail,E0308
/// # use policy::Permit; use credit::grant::Grant;
/// fn force(grant: Grant) -> Permit { Permit::granted([1; 16], grant) }
/// ```
///
/// ```compile_fail,E0382
/// # use policy::{Permit, grant::Covered};
/// fn twice(covered: Covered) -> (Permit, Permit) {
///     (Permit::granted([1; 16], covered), Permit::granted([2; 16], covered))
/// }
/// ```
///
/// while one opening is what it is for:
///
/// ```
/// # use policy::{Permit, Sealed}; use credit::subject::SubjectId;
/// # use credit::{catalog::Catalog, record::{AsOf, Facts}};
/// fn once(permit: Permit, one: Sealed<Facts>, catalog: &Catalog, at: AsOf) {
///     let _dossier = permit.open(one, catalog, at);
/// }
/// let permit = Permit::public(SubjectId([1; 16]));
/// assert!(permit.access().is_none());
/// ```
pub struct Permit {
    id: [u8; 16],
    subject: SubjectId,
    purpose: Purpose,
    access: Option<Access>,
}

impl Permit {
    /// A permit of anyone, for public items of organisations. A read under it writes nothing.
    #[must_use]
    pub fn public(subject: SubjectId) -> Permit {
        Permit {
            id: [0; 16],
            subject,
            purpose: Purpose::PublicLookup,
            access: None,
        }
    }

    /// A permit for a subject's own report at the service window. The read must be logged under
    /// `id`, which the caller draws from its source of entropy.
    #[must_use]
    pub fn own(id: [u8; 16], subject: SubjectId, officer: Officer, case: CaseNumber) -> Permit {
        Permit::logged(id, (subject, Purpose::OwnReport), officer, case, None)
    }

    /// A permit for a look that a grant covers. The read must be logged under `id`, which the caller
    /// draws from its source of entropy.
    #[must_use]
    pub fn granted(id: [u8; 16], covered: Covered) -> Permit {
        let about = (covered.subject, Purpose::Duty);
        let ground = Some(covered.ground);
        Permit::logged(id, about, covered.officer, covered.case, ground)
    }

    /// A permit whose read must be logged.
    fn logged(
        id: [u8; 16],
        (subject, purpose): (SubjectId, Purpose),
        officer: Officer,
        case: CaseNumber,
        ground: Option<Ground>,
    ) -> Permit {
        Permit {
            id,
            subject,
            purpose,
            access: Some(Access {
                permit: id,
                subject,
                purpose,
                officer,
                case,
                ground,
            }),
        }
    }

    /// A permit of an agency for what it stated itself about a subject, to correct it. The officer's
    /// agency is the supplier's code; facts of others stay closed. The read must be logged.
    #[must_use]
    pub fn supply(id: [u8; 16], subject: SubjectId, officer: Officer, case: CaseNumber) -> Permit {
        Permit::logged(id, (subject, Purpose::OwnSupply), officer, case, None)
    }

    /// The one subject it speaks of: the root of its mentions, not a merged one.
    #[must_use]
    pub fn subject(&self) -> SubjectId {
        self.subject
    }

    /// Its id in the journal; all zero for public permits, which the journal does not know.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// Why.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// What the store must write in the transaction that reads; nothing for public permits.
    #[must_use]
    pub fn access(&self) -> Option<Access> {
        self.access.clone()
    }

    /// Whether its look must be written down.
    pub(crate) fn is_logged(&self) -> bool {
        self.access.is_some()
    }

    /// Opens facts that were sealed for this very permit, and leaves out what its purpose may not
    /// see on the day `at.today`.
    ///
    /// # Errors
    /// [`Mismatch`] when the facts were read for another subject, another permit or another
    /// purpose, or when nothing about the subject is public on that day.
    pub fn open(
        self,
        sealed: Sealed<Facts>,
        catalog: &Catalog,
        at: AsOf,
    ) -> Result<Dossier, Mismatch> {
        let mut facts = sealed.break_open(&self)?;
        if self.purpose == Purpose::OwnSupply {
            let agency = self.access.as_ref().map(|access| access.officer.agency());
            facts
                .records
                .retain(|record| Some(record.supplier.as_str()) == agency);
        }
        match self
            .access
            .as_ref()
            .and_then(|access| access.ground.as_ref())
        {
            Some(ground) => open::granted(self.subject, ground, facts, catalog, at),
            None => open::facts(self.subject, self.purpose, facts, catalog, at),
        }
    }
}

impl Permit {
    /// Opens what stands in a subject's own file beside its facts.
    ///
    /// # Errors
    /// [`Mismatch`] when it was read for another subject or permit, or when the permit is not one for
    /// the subject's own file.
    pub fn open_own<T: OfOwnFile>(self, sealed: Sealed<T>) -> Result<T, Mismatch> {
        let own = sealed.break_open(&self)?;
        match self.purpose {
            Purpose::OwnReport => Ok(own),
            Purpose::PublicLookup
            | Purpose::OwnSupply
            | Purpose::Forward
            | Purpose::Grading
            | Purpose::Duty
            | Purpose::CaseWork => Err(Mismatch::Permit),
        }
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Permit({} for {})", self.purpose.code(), self.subject)
    }
}

/// The permit does not open this seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The facts are about somebody else. Ask with the root of the subject's mentions.
    #[error("the sealed facts are about another subject than the permit")]
    Subject,
    /// The facts were read for another permit, so that the look in the journal is not this one.
    #[error("the sealed facts were read for another permit")]
    Permit,
    /// The look must be written down and the seal counts nothing: a defect of whoever sealed.
    #[error("the seal has no counter, and the permit's look must be written down")]
    Uncounted,
    /// The job's permit has run out. Begin it anew.
    #[error("the permit of the job has expired")]
    Expired,
    /// Nothing about the subject is public today: a natural person, an individual business, or a
    /// subject whose facts all wait, have ended, were withdrawn or are not published. Answer as for
    /// an unknown code: the public may not learn that the subject is known here (rights 7, 11).
    #[error("nothing is published about this subject")]
    NotPublic,
}

impl Mismatch {
    /// What the reader is told, and how to go on.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Mismatch::NotPublic, Lang::Zh) => "未查询到可公开的信息。请核对代码后重新查询。",
            (Mismatch::NotPublic, Lang::En) => {
                "Nothing public was found. Check the code and look it up again."
            }
            (Mismatch::NotPublic, Lang::Ru) => {
                "Открытых сведений не найдено. Проверьте код и повторите запрос."
            }
            (_, Lang::Zh) => "本次查询未能完成。请重新查询。",
            (_, Lang::En) => "This look-up could not be completed. Please look it up again.",
            (_, Lang::Ru) => "Запрос не выполнен. Пожалуйста, повторите его.",
        }
    }
}

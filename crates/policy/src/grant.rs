//! Looks under a grant: what one agency may see of another's facts, checked here and nowhere else.
//!
//! The store calls [`check`] in the transaction that reads, with the grant as it stands there, the
//! subject as it is, and how often the grant was used, this look included. What comes out is a
//! [`Covered`], of which a permit is made; what does not come out is a [`Refused`] that says why.

use crate::permit::{CaseNumber, Officer};
use credit::catalog::{Succession, UsePurpose, heir};
use credit::consent::{Consent, ConsentId, Standing};
use credit::grant::{Grant, GrantId, Items, Terms};
use credit::identifier::System;
use credit::lang::Lang;
use credit::record::Subject;
use credit::subject::{SubjectId, SubjectKind};
use jiff::civil::Date;
use std::fmt;

/// What an officer asks for.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// Who looks, for the agency that the grant was given to.
    pub officer: &'a Officer,
    /// The officer's unit; none for the agency as a whole.
    pub unit: Option<&'a str>,
    /// For which case.
    pub case: &'a CaseNumber,
    /// For what, by the catalogue in force today.
    pub purpose: &'a UsePurpose,
    /// The items that are needed; empty: all that the grant names.
    pub items: &'a Items,
    /// Which agencies passed on to which, by the catalogue.
    pub successions: &'a [Succession],
    /// The person's consent that the officer shows.
    pub consent: ConsentShown<'a>,
}

/// What an officer shows of a person's consent.
#[derive(Clone, Copy, Debug)]
pub enum ConsentShown<'a> {
    /// Nothing: the look rests on the grant alone.
    Nothing,
    /// A number under which no consent was given.
    Unknown,
    /// A consent, as it stands in the transaction that reads.
    Consent(&'a Consent),
}

/// How often a grant was used, the look that is asked for included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// On this day.
    pub today: u64,
    /// In all.
    pub in_all: u64,
}

/// A look that a grant covers. Only [`check`] makes one, and it is spent on one permit:
///
/// ```compile_fail,E0451
/// # use policy::grant::{Covered, Ground}; use policy::{CaseNumber, Officer};
/// # use credit::subject::SubjectId;
/// fn invent(ground: Ground, officer: Officer, case: CaseNumber) -> Covered {
///     Covered { subject: SubjectId([1; 16]), ground, officer, case }
/// }
/// ```
///
/// ```compile_fail,E0308
/// # use policy::grant::Covered;
/// fn double(covered: &Covered) -> Covered { covered.clone() }
/// ```
pub struct Covered {
    pub(crate) subject: SubjectId,
    pub(crate) ground: Ground,
    pub(crate) officer: Officer,
    pub(crate) case: CaseNumber,
}

impl fmt::Debug for Covered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Covered({} under {})", self.subject, self.ground.grant)
    }
}

/// On what a look rests: what the journal keeps of it, and what cuts the facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The grant.
    pub grant: GrantId,
    /// Code of the purpose.
    pub purpose: String,
    /// Whose facts: the supplier's and, once it passed on to another, that one's too; `*` for those of
    /// every supplier.
    pub suppliers: Vec<String>,
    /// The items that may be seen.
    pub items: Items,
    /// The person's consent on which it rests, too.
    pub consent: Option<ConsentId>,
}

/// Checks a look against the grant as it stands.
///
/// # Errors
/// [`Refused`], with the first reason that there is.
pub fn check(
    grant: &Grant,
    subject: &Subject,
    look: &Look<'_>,
    used: Used,
    today: Date,
) -> Result<Covered, Refused> {
    let heir_of = |agency| heir(look.successions, agency, today);
    if look.officer.agency() != heir_of(&grant.asker) {
        return Err(Refused::Agency);
    }
    let terms = grant.in_force(today).ok_or(Refused::Over)?;
    asks(terms, look, today)?;
    about(terms, subject, look.purpose)?;
    let consent = consented(terms, subject, look, today)?;
    if used.today > u64::from(terms.per_day) || used.in_all > u64::from(terms.in_all) {
        return Err(Refused::Volume);
    }
    let asked = if look.items.is_empty() {
        &terms.items
    } else {
        look.items
    };
    let items = match consent {
        // Cut to what was agreed to; what was asked for by name and not agreed to was refused.
        Some(consent) => asked.within(&consent.scope.items),
        None => asked.clone(),
    };
    if items.is_empty() {
        return Err(Refused::ConsentOther);
    }
    Ok(Covered {
        subject: subject.id,
        ground: Ground {
            grant: grant.id,
            purpose: look.purpose.code.clone(),
            suppliers: vec![grant.supplier.clone(), heir_of(&grant.supplier).to_owned()],
            items,
            consent: consent.map(|consent| consent.id),
        },
        officer: look.officer.clone(),
        case: look.case.clone(),
    })
}

/// Whether purpose, unit and items are among those granted.
fn asks(terms: &Terms, look: &Look<'_>, today: Date) -> Result<(), Refused> {
    if !terms.purposes.contains(&look.purpose.code) || !look.purpose.is_effective(today) {
        return Err(Refused::Purpose);
    }
    let in_unit = |unit| terms.units.contains(unit);
    if !terms.units.is_empty() && !look.unit.is_some_and(in_unit) {
        return Err(Refused::Unit);
    }
    if look.items.is_within(&terms.items) {
        Ok(())
    } else {
        Err(Refused::Items)
    }
}

/// Whether the subject is of a kind and of an area that the grant covers.
fn about(terms: &Terms, subject: &Subject, purpose: &UsePurpose) -> Result<(), Refused> {
    // Individual businesses bring no sealed facts, and are looked up by nobody.
    if !subject.kind.is_organisation() && subject.kind != SubjectKind::NaturalPerson {
        return Err(Refused::People);
    }
    if !terms.kinds.contains(&subject.kind) || !purpose.kinds.contains(&subject.kind) {
        return Err(Refused::Kind);
    }
    // A person is registered nowhere: a grant that is limited to areas reaches none.
    let codes = subject.identifiers.iter();
    let mut codes = codes.filter(|one| one.system() == System::Uscc);
    // The six digits of the registering authority's area follow the first two signs (GB 32100).
    let in_area = |value: &str| {
        let area = value.get(2..8).unwrap_or_default();
        terms.areas.iter().any(|one| area.starts_with(one.as_str()))
    };
    let registered = subject.kind.is_organisation();
    if terms.areas.is_empty() || (registered && codes.any(|code| in_area(code.value()))) {
        Ok(())
    } else {
        Err(Refused::Area)
    }
}

/// On what a person is looked up, beside the grant (rights 7): the live consent that is shown, or, where
/// none is shown, the statutory power that the grant names. A consent that does not hold is not made up
/// for by a power: the officer said on what the look rests. Nothing of it concerns organisations.
fn consented<'a>(
    terms: &Terms,
    subject: &Subject,
    look: &Look<'a>,
    today: Date,
) -> Result<Option<&'a Consent>, Refused> {
    if subject.kind.is_organisation() {
        return match look.consent {
            ConsentShown::Nothing => Ok(None),
            ConsentShown::Unknown | ConsentShown::Consent(_) => Err(Refused::ConsentOther),
        };
    }
    let consent = match look.consent {
        ConsentShown::Nothing if terms.power.is_some() => return Ok(None),
        ConsentShown::Nothing => return Err(Refused::NoConsent),
        ConsentShown::Unknown => return Err(Refused::ConsentOther),
        ConsentShown::Consent(consent) => consent,
    };
    let (agency, purpose) = (look.officer.agency(), &look.purpose.code);
    let own = consent.names(subject.id, agency, purpose, look.case.as_str());
    let by_another = look.officer.name() != format!("account:{}", consent.by);
    if !own || !by_another || !look.items.is_within(&consent.scope.items) {
        return Err(Refused::ConsentOther);
    }
    match consent.standing(today) {
        Standing::Live => Ok(Some(consent)),
        Standing::Over | Standing::Used | Standing::Withdrawn => Err(Refused::ConsentOver),
    }
}

/// Why a grant does not cover a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such grant, or it was given to another agency.
    #[error("the grant is another agency's")]
    Agency,
    /// It was never given, has ended, or its term is over or has not begun.
    #[error("the grant is not in force")]
    Over,
    /// It was given for other purposes.
    #[error("the grant does not name this purpose")]
    Purpose,
    /// It was given to other units of the agency.
    #[error("the grant does not name the officer's unit")]
    Unit,
    /// It does not name one of the items.
    #[error("the grant does not name all of these items")]
    Items,
    /// The subject is an individual business, or a person where sealed storage is not open.
    #[error("individual businesses are not looked up, nor persons without sealed storage")]
    People,
    /// The subject is a person, no consent is shown and the grant names no statutory power.
    #[error("a person is looked up by consent or by a statutory power")]
    NoConsent,
    /// The consent is of somebody else or for something else, or there is none of that number.
    #[error("the consent is not for this look")]
    ConsentOther,
    /// The consent was withdrawn, is over, or its one look was made.
    #[error("the consent is not live")]
    ConsentOver,
    /// The subject is of a kind that it does not cover.
    #[error("the grant does not cover this kind of subject")]
    Kind,
    /// The subject is registered elsewhere.
    #[error("the grant does not cover the subject's area")]
    Area,
    /// The looks of the day, or of the whole term, are used up.
    #[error("the volume of the grant is used up")]
    Volume,
}

impl Refused {
    /// A short code, for scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Refused::Agency => "agency",
            Refused::Over => "over",
            Refused::Purpose => "purpose",
            Refused::Unit => "unit",
            Refused::Items => "items",
            Refused::People => "people",
            Refused::NoConsent => "no-consent",
            Refused::ConsentOther => "consent-other",
            Refused::ConsentOver => "consent-over",
            Refused::Kind => "kind",
            Refused::Area => "area",
            Refused::Volume => "volume",
        }
    }

    /// What the officer is told, and how to go on.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        let [zh, en, ru] = match self {
            Refused::Agency => [
                "没有这项授权，或它是授予其他单位的。请选择本单位的授权。",
                "There is no such grant, or it was given to another agency. Choose one of your agency's.",
                "Такого разрешения нет или оно дано другому органу. Выберите разрешение своего органа.",
            ],
            Refused::Over => [
                "这项授权未生效或已到期、已终止。需要时请由本单位共享专员重新申请。",
                "The grant is not in force: it has not begun, is over, or was ended. Your agency's sharing officer may ask for another.",
                "Разрешение не действует: не началось, истекло или прекращено. Новое запрашивает сотрудник по обмену.",
            ],
            Refused::Purpose => [
                "这项授权不包括该查询事由。请选择授权列明的事由。",
                "The grant does not name this purpose. Choose one that it names.",
                "Разрешение не включает эту цель. Выберите указанную в нём.",
            ],
            Refused::Unit => [
                "这项授权只给了本单位的其他内设机构。",
                "The grant was given to other units of your agency.",
                "Разрешение дано другим подразделениям вашего органа.",
            ],
            Refused::Items => [
                "所选信息项超出授权范围。请只选授权列明的信息项。",
                "Some of the items are not in the grant. Choose only those that it names.",
                "Часть сведений не входит в разрешение. Выберите только указанные в нём.",
            ],
            Refused::People => [
                "个体工商户的信息不提供查询；未启用加密存储的，自然人也不提供查询。",
                "Individual businesses are not looked up, nor are persons where sealed storage is not open.",
                "Индивидуальные предприниматели недоступны для запросов, а где не открыто защищённое хранение — и физические лица.",
            ],
            Refused::NoConsent => [
                "查询自然人须凭本人同意，或者授权中写明的法定职权。请向本人说明用途；本人可以不同意，并且不因此承受不利后果。",
                "A person is looked up by that person's consent, or by a statutory power that the grant names. Tell the person what it is for; to refuse costs nothing.",
                "О физическом лице запрашивают с его согласия или по полномочию закона, указанному в разрешении. Объясните цель; отказ ничего не стоит.",
            ],
            Refused::ConsentOther => [
                "所出示的同意书不是本人就本单位、本事由、本案件和所选信息项给出的。请核对编号。",
                "The consent shown is not this person's for your agency, this purpose, this case and these items. Check its number.",
                "Показанное согласие дано не этим лицом или не для вашего органа, этой цели, дела или сведений. Проверьте номер.",
            ],
            Refused::ConsentOver => [
                "同意书已撤回、到期或已用过。再需查询须由本人重新同意。",
                "The consent was withdrawn, is over, or was used. Another look takes a new consent.",
                "Согласие отозвано, истекло или использовано. Для нового запроса нужно новое согласие.",
            ],
            Refused::Kind => [
                "这项授权不包括该类主体。",
                "The grant does not cover this kind of subject.",
                "Разрешение не распространяется на такой вид субъекта.",
            ],
            Refused::Area => [
                "这项授权不包括该主体登记所在的区域。",
                "The grant does not cover the area in which the subject is registered.",
                "Разрешение не распространяется на район регистрации субъекта.",
            ],
            Refused::Volume => [
                "这项授权的查询量已用完（当日或总量）。请明日再试，或申请扩大数量。",
                "The looks that the grant allows, in a day or in all, are used up. Try tomorrow, or ask for more.",
                "Число запросов по разрешению, за день или всего, исчерпано. Попробуйте завтра или запросите больше.",
            ],
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
            Lang::Ru => ru,
        }
    }
}

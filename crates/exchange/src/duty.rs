//! A look for a duty (履职查询): an officer of an agency looks a subject up in another agency's facts,
//! under a grant, for a purpose and a case. What is seen is cut to the grant's items, and the look is
//! written down in the transaction that reads, for the subject to see.

use crate::consent;
use crate::error::{Error, Result};
use crate::ids;
use crate::office::{Office, end_of_day};
use crate::people::Acting;
use crate::persons::Number;
use credit::catalog::{UsePurpose, heir};
use credit::consent::ConsentId;
use credit::grant::{GrantId, Items};
use credit::identifier::Identifier;
use credit::lang::{Lang, Text};
use credit::people::Action;
use credit::subject::{SubjectId, SubjectKind};
use policy::grant::Refused;
use policy::{CaseNumber, Officer};
use seal::Ring;
use std::fmt;
use std::sync::Arc;
use store::{CaseFault, GrantLook, LookFault, Pace, PersonLook};
use views::duty::Duty;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Ask<'a> {
    /// Under which grant.
    pub grant: GrantId,
    /// The subject's code; a natural person's own number, where grant and consent or power allow it.
    pub code: &'a str,
    /// The number of the person's consent; empty: the look rests on the grant alone.
    pub consent: &'a str,
    /// Code of the purpose.
    pub purpose: &'a str,
    /// Number of the case.
    pub case: &'a str,
    /// Items, as `THEME/ITEM`; empty: all that the grant names.
    pub items: &'a str,
    /// Language of the answer.
    pub lang: Lang,
}

impl fmt::Debug for Ask<'_> {
    /// Prints the grant and the purpose: the code may be a person's number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ask({} for {})", self.grant, self.purpose)
    }
}

/// What was seen, and the event under which the journal has the look.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The facts, as far as the grant goes.
    pub duty: Duty,
    /// `access:…`.
    pub event: String,
}

/// Looks.
///
/// # Errors
/// [`Error::Forbidden`] for an account that looks nobody up; [`Error::NotFound`] for a grant that is
/// none of its agency's, and for a code that nobody holds; [`Error::Request`] for what cannot be read;
/// [`Error::Refused`] where grant or case do not allow it; [`Error::Limit`] where it comes too soon.
pub async fn look(office: &Office, who: &Acting, ask: &Ask<'_>) -> Result<Seen> {
    let today = office.today();
    let officer = officer(office, who, ask).await?;
    let purpose = purpose(office, ask)?;
    let case = CaseNumber::parse(ask.case).map_err(|_| wrong_case())?;
    let items = items(ask)?;
    let limits = office.catalog.look_limits(today);
    if let Pace::Wait(micros) = office
        .store
        .look_pace(&officer, &limits, office.now())
        .await?
    {
        count(office, &officer, "pace").await?;
        return Err(too_soon(micros));
    }
    let whom = match whom(office, ask).await? {
        Ok(whom) => whom,
        Err(why) => {
            count(office, &officer, why.code()).await?;
            return Err(refused(why));
        }
    };
    if crate::cases::owes(office, officer.agency()).await? {
        count(office, &officer, "unacknowledged").await?;
        return Err(unacknowledged());
    }
    let grant = office
        .store
        .grant(ask.grant)
        .await?
        .ok_or(Error::NotFound)?;
    let units = grant.granted.as_ref().map(|terms| &terms.units);
    let wanted = |unit: &str| units.is_some_and(|units| units.contains(unit));
    let look = GrantLook {
        permit: office.nonce(),
        grant: ask.grant,
        subject: whom.subject,
        named: whom.named,
        officer: &officer,
        unit: who.unit(Action::LookupMake, officer.agency(), wanted),
        case: &case,
        purpose,
        items: &items,
        person: whom.person.as_ref().map(|(ring, consent)| PersonLook {
            ring: ring.as_ref(),
            consent: *consent,
        }),
        rules: &office.catalog.supply,
        successions: &office.catalog.successions,
        limits: &limits,
        at: office.now(),
        today,
    };
    let read = office.store.grant_look(&look).await;
    if let Err(store::Error::Look(why)) = &read {
        count(office, &officer, why.code()).await?;
    }
    let (permit, sealed) = read.map_err(|error| fault(office, error))?;
    let event = format!("access:{}", SubjectId(permit.id()));
    let dossier = permit.open(sealed, &office.catalog, office.as_of(None))?;
    Ok(Seen {
        duty: views::duty::duty(&office.catalog, &dossier, ask.lang),
        event,
    })
}

/// The pace of the service window, where persons are served: so many services in a minute and in a day, of one
/// officer and of one agency.
///
/// # Errors
/// [`Error::Limit`] where it comes too soon.
pub(crate) async fn window(office: &Office, officer: &Officer) -> Result<()> {
    let (at, today) = (office.now(), office.today());
    let limits = office.catalog.look_limits(today);
    let paced = office
        .store
        .window_pace(officer, &limits, (at, today))
        .await;
    match paced.map_err(|error| fault(office, error))? {
        Pace::Taken => Ok(()),
        Pace::Wait(micros) => Err(too_soon(micros)),
    }
}

/// Counts a look that is refused, for the auditor; of whom nothing is kept.
async fn count(office: &Office, officer: &Officer, why: &str) -> Result<()> {
    let counted = office.store.look_refuse(officer, why, office.today());
    Ok(counted.await?)
}

/// Looks by a machine, for an officer whom it names. Both must be of the agency that has the grant.
///
/// # Errors
/// As [`look`], for either of the two.
pub async fn look_by(
    office: &Office,
    machine: &Acting,
    who: &Acting,
    ask: &Ask<'_>,
) -> Result<Seen> {
    officer(office, machine, ask).await?;
    look(office, who, ask).await
}

/// Who looks, for the agency that has the grant today. Whoever looks nobody up for that agency learns
/// nothing of the grant.
async fn officer(office: &Office, who: &Acting, ask: &Ask<'_>) -> Result<Officer> {
    let reach = who.reach(Action::LookupMake);
    if reach.is_nothing() {
        return Err(Error::Forbidden);
    }
    let grant = office
        .store
        .grant(ask.grant)
        .await?
        .ok_or(Error::NotFound)?;
    let agency = heir(&office.catalog.successions, &grant.asker, office.today());
    if reach.touches(agency) {
        who.officer(agency)
    } else {
        Err(Error::NotFound)
    }
}

fn purpose<'o>(office: &'o Office, ask: &Ask<'_>) -> Result<&'o UsePurpose> {
    let found = office.catalog.purpose(ask.purpose.trim(), office.today());
    found.ok_or_else(|| {
        Error::request(
            "请选择目录中现行的查询事由。",
            "Name a purpose of the catalogue that holds today.",
            "Укажите действующую цель из каталога.",
        )
    })
}

fn items(ask: &Ask<'_>) -> Result<Items> {
    if ask.items.trim().is_empty() {
        return Ok(Items::default());
    }
    Items::parse(ask.items).map_err(|_| {
        Error::request(
            "信息项请写成“主题/信息项”，以空格分开。",
            "Write items as THEME/ITEM, parted by spaces.",
            "Пишите сведения как ТЕМА/ПУНКТ через пробел.",
        )
    })
}

/// Whom a look is about.
struct Whom {
    subject: SubjectId,
    /// Under what a register of cases has the code.
    named: SubjectId,
    /// Of a natural person: the ring that opens its facts, and the consent that is shown.
    person: Option<(Arc<Ring>, Option<ConsentId>)>,
}

/// Whom a code means, or why nobody is looked up by it. A person is only asked for in the transaction that
/// checks grant and consent, so that no answer before it tells whether the person is on file.
async fn whom(office: &Office, ask: &Ask<'_>) -> Result<std::result::Result<Whom, Refused>> {
    let shown = ask.consent.trim();
    if let Some(number) = Number::detect(ask.code) {
        let Some(ring) = office.persons.clone() else {
            return Ok(Err(Refused::People));
        };
        let consent = match shown {
            "" => None,
            text => match consent::by_number(office, text) {
                None => return Ok(Err(Refused::ConsentOther)),
                known => known,
            },
        };
        return Ok(Ok(Whom {
            subject: number.id(&ring),
            named: number.mention(office),
            person: Some((ring, consent)),
        }));
    }
    let identifier = identifier(ask)?;
    let trader = identifier.subject_kind() == Some(SubjectKind::IndividualBusiness);
    // An individual business is a person, and brings no sealed facts.
    if identifier.is_personal() || trader {
        return Ok(Err(Refused::People));
    }
    if !shown.is_empty() {
        return Ok(Err(Refused::ConsentOther));
    }
    let subject = office.store.subject_find(&identifier).await?;
    Ok(Ok(Whom {
        subject: subject.ok_or(Error::NotFound)?,
        named: ids::mention_of(&office.site_key, &identifier),
        person: None,
    }))
}

/// Whether what was typed for a code may be a person's number, whole or with a slip: such a text is not
/// shown again and stands in no address.
#[must_use]
pub fn may_be_a_persons(code: &str) -> bool {
    if let Ok(parsed) = Identifier::detect(code) {
        return parsed.identifier.is_personal() || Number::detect(code).is_some();
    }
    // A citizen's number is seventeen digits and a check character; it had fifteen digits before 1999.
    let digits = code.chars().filter(char::is_ascii_digit).count();
    (14..=19).contains(&digits)
}

fn identifier(ask: &Ask<'_>) -> Result<Identifier> {
    let parsed = Identifier::detect(ask.code).map_err(|fault| {
        let text = |lang| Identifier::explain(ask.code, fault, lang);
        Error::request(text(Lang::Zh), text(Lang::En), text(Lang::Ru))
    })?;
    Ok(parsed.identifier)
}

fn fault(office: &Office, error: store::Error) -> Error {
    match error {
        store::Error::Look(LookFault::NoGrant) | store::Error::NotFound(_) => Error::NotFound,
        store::Error::Look(LookFault::Refused(Refused::Volume)) => {
            let text = |lang| Refused::Volume.text(lang).to_owned();
            tomorrow(office, text(Lang::Zh), text(Lang::En), text(Lang::Ru))
        }
        store::Error::Look(LookFault::Refused(why)) => refused(why),
        store::Error::Look(LookFault::Case(why)) => case_refused(why),
        store::Error::Look(LookFault::Day) => tomorrow(
            office,
            "今日查询次数已达上限，请明日再试。".to_owned(),
            "The looks of the day are used up; try tomorrow.".to_owned(),
            "Запросы на сегодня исчерпаны; попробуйте завтра.".to_owned(),
        ),
        other => other.into(),
    }
}

fn refused(why: Refused) -> Error {
    let text = |lang| why.text(lang).to_owned();
    Error::Refused(Box::new(Text {
        zh: text(Lang::Zh),
        en: text(Lang::En),
        ru: text(Lang::Ru),
    }))
}

fn tomorrow(office: &Office, zh: String, en: String, ru: String) -> Error {
    let left = end_of_day(office.today()).0 - office.now().0;
    Error::Limit {
        text: Box::new(Text { zh, en, ru }),
        seconds: u64::try_from(left / 1_000_000).unwrap_or(0) + 1,
    }
}

fn too_soon(micros: i64) -> Error {
    let seconds = u64::try_from(micros / 1_000_000).unwrap_or(0) + 1;
    Error::Limit {
        text: Box::new(Text {
            zh: format!("查询过于频繁，请在 {seconds} 秒后再试。"),
            en: format!("Too many looks in a short time; try again in {seconds} s."),
            ru: format!("Слишком много запросов подряд; повторите через {seconds} с."),
        }),
        seconds,
    }
}

fn wrong_case() -> Error {
    Error::request(
        "请填写案件或事项编号，不超过 120 字，不得含身份证号码。",
        "Name the case number, of at most 120 characters and without a citizen's number.",
        "Укажите номер дела, не длиннее 120 знаков и без номера гражданина.",
    )
}

fn case_refused(why: CaseFault) -> Error {
    let [zh, en, ru] = match why {
        CaseFault::NoRegister => [
            "该事由要求核验案件编号，而本单位尚未提供案件登记。请由共享专员先载入（gongxin cases load）。",
            "This purpose takes a confirmed case number and your agency offers no register. Its sharing officer loads one first (gongxin cases load).",
            "Для этой цели номер дела проверяется, а ваш орган не дал реестра. Сотрудник по обмену загружает его (gongxin cases load).",
        ],
        CaseFault::Unknown => [
            "本单位的案件登记中没有这个编号。请核对。",
            "Your agency's register has no such case number. Check it.",
            "В реестре вашего органа нет такого номера дела. Проверьте его.",
        ],
        CaseFault::NotOpen => [
            "该案件尚未立案或已结案，不能据以查询。",
            "The case is not open yet, or closed: nobody is looked up for it.",
            "Дело ещё не открыто или закрыто: по нему не запрашивают.",
        ],
        CaseFault::Another => [
            "该编号属于另一主体的案件，不能用于查询这一主体。",
            "The case is about another subject and cannot be used for this one.",
            "Дело о другом субъекте, для этого его использовать нельзя.",
        ],
    };
    Error::Refused(Box::new(Text {
        zh: zh.to_owned(),
        en: en.to_owned(),
        ru: ru.to_owned(),
    }))
}

fn unacknowledged() -> Error {
    Error::Refused(Box::new(Text {
        zh: "本单位收到停止使用信息的通知后，逾期未确认。请共享专员在“停止使用”页面确认后再查询。".to_owned(),
        en: "Your agency has not said in time that it stopped using a fact. The sharing officer does so on the page “stop use”; then look again.".to_owned(),
        ru: "Ваш орган вовремя не подтвердил прекращение использования сведения. Подтвердите на странице «Прекращение использования» и повторите запрос.".to_owned(),
    }))
}

//! Who acts for a subject. At the service window a named officer sees a document of the legal
//! representative and records its kind; the representative gives clerks tasks with an end. A new
//! representative takes the place of the one before, and the clerks' mandates fall with it.

use super::session::Actor;
use super::{By, Person, Secret, add, deed, find};
use crate::error::{Error, Result};
use crate::lookup;
use crate::office::Office;
use credit::people::{
    APPOINTMENT_DAYS, AccountId, AccountKind, AccountState, CLERK_DAYS, CLERKS, Mandate, MandateId,
    MyAction, Role, documents, tasks,
};
use credit::subject::SubjectId;
use jiff::civil::Date;

/// Who is recorded at the service window.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// Code or id of the subject.
    pub subject: &'a str,
    /// The person; an account of a representative that is there is taken.
    pub person: Person,
    /// Code of the document that was shown.
    pub document: &'a str,
    /// The last day; a year from today where nobody names one.
    pub until: Option<Date>,
}

/// What was recorded.
#[derive(Debug)]
pub struct Recorded {
    /// The mandate.
    pub id: MandateId,
    /// The secret of the link by which a new account begins; none where the account was there.
    pub link: Option<Secret>,
    /// Mandates of representatives before that ended by it.
    pub superseded: u64,
}

/// Records a legal representative at the service window.
///
/// # Errors
/// [`Error::Request`] for a document or a term that is none, and for a name to sign in with that
/// belongs to another kind of account; [`Error::NotFound`] for an unknown subject and for one that is
/// no organisation, in one way.
pub async fn record(office: &Office, shown: &Shown<'_>, by: By<'_>) -> Result<Recorded> {
    deed(office, by)?;
    let document = documents().find(|one| one.code == shown.document);
    let document = document.ok_or_else(no_document)?;
    let subject = organisation(office, shown.subject).await?;
    let until = term(office, shown.until, APPOINTMENT_DAYS)?;
    let (account, link) = account(office, &shown.person, by).await?;
    let mandate = Mandate {
        role: Role::SubjectRepresentative,
        document: Some(document.code.to_owned()),
        ..new(office, subject, account, until)
    };
    let superseded = office
        .store
        .mandate_add(&mandate, &deed(office, by)?)
        .await?;
    Ok(Recorded {
        id: mandate.id,
        link,
        superseded,
    })
}

/// A clerk, or the enterprise's own system, which a representative gives tasks.
#[derive(Clone, Debug)]
pub struct Clerk<'a> {
    /// The person; an account of a representative that is there is taken.
    pub person: Person,
    /// Codes of the tasks.
    pub tasks: &'a [String],
    /// The last day.
    pub until: Option<Date>,
    /// Why, in one line.
    pub reason: &'a str,
}

/// Gives a clerk tasks for the subject of one's own mandate.
///
/// # Errors
/// [`Error::NotFound`] for a mandate that is not one's own, [`Error::Forbidden`] for a clerk's;
/// [`Error::Request`] for no task, an unknown one or a term beyond a year, and above the number of
/// clerks.
pub async fn appoint(
    office: &Office,
    actor: &Actor,
    own: &str,
    clerk: &Clerk<'_>,
) -> Result<Recorded> {
    let own = mine(office, actor, own, MyAction::Clerks).await?;
    let by = By {
        account: Some(actor.account),
        reason: clerk.reason,
    };
    deed(office, by)?;
    let known = |code: &String| tasks().iter().any(|task| task.code == *code);
    if clerk.tasks.is_empty() || !clerk.tasks.iter().all(known) {
        return Err(no_task());
    }
    let until = term(office, clerk.until, CLERK_DAYS)?;
    let open = clerks(office, &own).await?;
    let today = office.today();
    if open.iter().filter(|one| one.holds(today)).count() >= CLERKS {
        return Err(too_many());
    }
    let (account, link) = match machine(office, &clerk.person.login).await? {
        Some(machine) => (machine, None),
        None => account(office, &clerk.person, by).await?,
    };
    let mandate = Mandate {
        role: Role::TaskClerk,
        under: Some(own.id),
        tasks: clerk.tasks.to_vec(),
        ..new(office, own.subject, account, until.min(own.until))
    };
    let deed = deed(office, by)?;
    office.store.mandate_add(&mandate, &deed).await?;
    Ok(Recorded {
        id: mandate.id,
        link,
        superseded: 0,
    })
}

/// Clerks under a representative's mandate, newest first, ended ones included.
///
/// # Errors
/// [`Error::Store`].
pub async fn clerks(office: &Office, own: &Mandate) -> Result<Vec<Mandate>> {
    let all = office.store.mandates_for(own.subject).await?;
    let under = all.into_iter().filter(|one| one.under == Some(own.id));
    Ok(under.collect())
}

/// Ends a clerk's mandate under one's own.
///
/// # Errors
/// [`Error::NotFound`] for one that is not under one's own, or is over.
pub async fn dismiss(
    office: &Office,
    actor: &Actor,
    own: &str,
    clerk: &str,
    reason: &str,
) -> Result<()> {
    let own = mine(office, actor, own, MyAction::Clerks).await?;
    let by = By {
        account: Some(actor.account),
        reason,
    };
    let deed = deed(office, by)?;
    let one = MandateId::parse(clerk).ok_or(Error::NotFound)?;
    let under = clerks(office, &own).await?;
    let one = under.iter().find(|each| each.id == one);
    let one = one.ok_or(Error::NotFound)?;
    match office.store.mandate_end(one.subject, one.id, &deed).await? {
        true => Ok(()),
        false => Err(Error::NotFound),
    }
}

/// Ends a mandate at the service window.
///
/// # Errors
/// [`Error::Request`] without a reason; [`Error::NotFound`].
pub async fn end(office: &Office, subject: &str, one: MandateId, by: By<'_>) -> Result<()> {
    let deed = deed(office, by)?;
    let subject = organisation(office, subject).await?;
    let all = office.store.mandates_for(subject).await?;
    let one = all.iter().find(|each| each.id == one);
    let one = one.ok_or(Error::NotFound)?;
    match office.store.mandate_end(one.subject, one.id, &deed).await? {
        true => Ok(()),
        false => Err(Error::NotFound),
    }
}

/// Mandates for a subject, newest first, ended ones included: for the service window.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn of_subject(office: &Office, code: &str) -> Result<Vec<Mandate>> {
    let subject = organisation(office, code).await?;
    Ok(office.store.mandates_for(subject).await?)
}

/// Mandates by which an account acts today. A machine that is appointed to an agency acts for no subject,
/// whatever it was given before.
///
/// # Errors
/// [`Error::Store`].
pub async fn held(office: &Office, actor: &Actor) -> Result<Vec<Mandate>> {
    let today = office.today();
    if actor.kind == AccountKind::Machine && !actor.agency().is_empty() {
        return Ok(Vec::new());
    }
    let all = office.store.mandates_of(actor.account).await?;
    Ok(all.into_iter().filter(|one| one.holds(today)).collect())
}

/// One's own mandate that allows an action today. Whatever other number is given is one that there
/// is not.
///
/// # Errors
/// [`Error::NotFound`] where the account does not hold it; [`Error::Forbidden`] where it holds it
/// without that task.
pub async fn mine(office: &Office, actor: &Actor, one: &str, action: MyAction) -> Result<Mandate> {
    let id = MandateId::parse(one).ok_or(Error::NotFound)?;
    let held = held(office, actor).await?;
    let found = held.into_iter().find(|mandate| mandate.id == id);
    let found = found.ok_or(Error::NotFound)?;
    if found.allows(action, office.today()) {
        Ok(found)
    } else {
        Err(Error::Forbidden)
    }
}

pub(super) fn new(office: &Office, subject: SubjectId, account: AccountId, until: Date) -> Mandate {
    Mandate {
        id: MandateId(office.nonce()),
        subject,
        account,
        role: Role::TaskClerk,
        under: None,
        document: None,
        tasks: Vec::new(),
        from: office.today(),
        until,
        ended: false,
        over_until: None,
    }
}

/// The subject of a code, where it is an organisation that is on file.
pub(super) async fn organisation(office: &Office, code: &str) -> Result<SubjectId> {
    let found = lookup::by_code(office, code, credit::lang::Lang::Zh).await?;
    Ok(found.who.id)
}

/// The system of an enterprise: a machine in use that is appointed to no agency. Its keys are given and
/// ended where those of every machine are.
async fn machine(office: &Office, login: &str) -> Result<Option<AccountId>> {
    let there = match find(office, login).await {
        Ok(there) => there,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let today = office.today();
    let free = !there.appointments.iter().any(|one| one.holds(today));
    let machine = there.kind == AccountKind::Machine && there.state == AccountState::Active;
    Ok((machine && free).then_some(there.id))
}

/// The account of a person who acts for subjects: the one of that name, or a new one.
async fn account(
    office: &Office,
    person: &Person,
    by: By<'_>,
) -> Result<(AccountId, Option<Secret>)> {
    match find(office, &person.login).await {
        Ok(there) if there.kind == AccountKind::Representative => match there.state {
            AccountState::Active | AccountState::Invited => Ok((there.id, None)),
            AccountState::Suspended | AccountState::Ended => Err(taken()),
        },
        Ok(_) => Err(taken()),
        Err(Error::NotFound) => add(office, AccountKind::Representative, person, &[], by).await,
        Err(error) => Err(error),
    }
}

/// The last day: within so many days from today, and that many where nobody names one.
pub(super) fn term(office: &Office, until: Option<Date>, days: i64) -> Result<Date> {
    let today = office.today();
    let most = today.saturating_add(jiff::Span::new().days(days));
    let until = until.unwrap_or(most);
    if (today..=most).contains(&until) {
        return Ok(until);
    }
    Err(Error::request(
        format!("截止日应在今天（{today}）至 {most} 之间。"),
        format!("The last day lies between today, {today}, and {most}."),
        format!("Последний день должен быть между сегодняшним, {today}, и {most}."),
    ))
}

fn no_document() -> Error {
    Error::request(
        "请选择窗口核验的证件种类。",
        "Choose the kind of document that was shown.",
        "Выберите вид предъявленного документа.",
    )
}

fn no_task() -> Error {
    Error::request(
        "请至少选择一项委托事项。",
        "Choose at least one task.",
        "Выберите хотя бы одно поручение.",
    )
}

fn too_many() -> Error {
    Error::request(
        "经办人数量已达上限，请先终止不再需要的委托。",
        "There are as many clerks as may be; end what is not needed any more first.",
        "Достигнут предел числа сотрудников; сначала завершите ненужные поручения.",
    )
}

fn taken() -> Error {
    Error::request(
        "该登录名不能用于主体代表，请另选一个。",
        "This sign-in name cannot act for subjects; choose another.",
        "Это имя для входа не подходит представителю; выберите другое.",
    )
}

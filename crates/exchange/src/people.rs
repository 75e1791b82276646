//! People who work here: who has an account, what it is appointed to, how it signs in.
//!
//! An account is an id; it stands in every history in place of a name. The person behind it is
//! sealed under a key of its own (`vault`), which can be deleted. Passwords are argon2id strings,
//! one-time codes follow RFC 6238, and of every secret that is handed out the store knows a keyed
//! digest only.

pub mod begin;
pub mod enter;
pub mod machine;
pub mod mandate;
pub mod provider;
pub mod session;
pub mod signed;

mod acting;
mod code;
mod contact;
mod password;
mod token;
mod vault;

pub use acting::{Acting, named};
pub use code::Enrolment;
pub(crate) use contact::{open_contact, seal_contact};
pub use password::Weak;
pub use session::Actor;
pub use store::{AccountMoved, KeyKind, MachineKey, OpenSession, Tie};
pub use token::Secret;

use crate::error::{Error, Result};
use crate::office::Office;
use credit::identifier::{Identifier, System};
use credit::limits::PAGE_ROWS;
use credit::people::{
    APPOINTMENT_DAYS, AccountId, AccountKind, AccountMove, AccountState, Appointment,
    AppointmentId, Role,
};
use credit::record::Instant;
use jiff::civil::Date;
use store::{Deed, Invitation, NewAccount};

/// How long an invitation works: three days, in microseconds, so that it outlives a weekend.
const INVITATION: i64 = 3 * 86_400_000_000;
/// How long a link works that signs in at once: an hour.
const LINK: i64 = 3_600_000_000;

/// The person behind an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The name to sign in with.
    pub login: String,
    /// The person's own name, or what a machine is called.
    pub name: String,
}

impl std::fmt::Debug for Person {
    /// Prints nothing of the person: program logs name no people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Person(…)")
    }
}

/// An account with the person behind it; none once the person was erased.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What stands behind it.
    pub kind: AccountKind,
    /// Where it stands.
    pub state: AccountState,
    /// The person.
    pub person: Option<Person>,
    /// What it is appointed to.
    pub appointments: Vec<Appointment>,
}

/// An appointment that is made.
#[derive(Clone, Debug)]
pub struct NewAppointment {
    /// To what.
    pub role: Role,
    /// Code of the agency.
    pub agency: String,
    /// Unit within the agency.
    pub unit: Option<String>,
    /// Codes of themes it is limited to; none for all.
    pub themes: Vec<String>,
    /// The last day; a year from today where nobody names one.
    pub until: Option<Date>,
}

/// Who acts on accounts, and why.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The account that acts; none: whoever runs the machine.
    pub account: Option<AccountId>,
    /// Why, in one line.
    pub reason: &'a str,
}

/// Invites a person or a machine. The secret is that of the link by which the person sets a password
/// and a second factor; a machine has none and gets a key instead ([`machine::key`]).
///
/// # Errors
/// [`Error::Request`] for a name to sign in with that is taken or not well formed, without a reason,
/// or for an agency or theme that the catalogue does not have.
pub async fn add(
    office: &Office,
    kind: AccountKind,
    person: &Person,
    appointments: &[NewAppointment],
    by: By<'_>,
) -> Result<(AccountId, Option<Secret>)> {
    let deed = deed(office, by)?;
    let login = login(&person.login)?;
    if person.name.trim().is_empty() || person.name.chars().count() > 60 {
        return Err(Error::request(
            "请填写姓名，不超过 60 字。",
            "Give the person's name, at most 60 characters.",
            "Укажите имя, не более 60 знаков.",
        ));
    }
    let made = appointments
        .iter()
        .map(|one| appointment(office, one))
        .collect::<Result<Vec<_>>>()?;
    let id = AccountId(office.nonce());
    let (wrapped, sealed) = vault::lock(office, id, &login, person.name.trim())?;
    let new = NewAccount {
        id,
        kind,
        login: digest(office, &login),
        wrapped: &wrapped,
        sealed: &sealed,
        appointments: &made,
    };
    let (secret, invitation) = invitation(office, false);
    let invitation = (kind != AccountKind::Machine).then_some(invitation);
    if !office
        .store
        .account_add(&new, invitation.as_ref(), &deed)
        .await?
    {
        return Err(Error::request(
            "该登录名已被使用，请另选一个。",
            "This sign-in name is taken; choose another.",
            "Это имя для входа занято; выберите другое.",
        ));
    }
    Ok((id, invitation.map(|_| secret)))
}

/// Moves an account. An invitation that is made anew, and a reset, give a new link.
///
/// # Errors
/// [`Error::Request`] without a reason or where the move is not lawful; [`Error::NotFound`].
pub async fn shift(
    office: &Office,
    id: AccountId,
    what: AccountMove,
    by: By<'_>,
) -> Result<Option<Secret>> {
    let deed = deed(office, by)?;
    not_own(id, by)?;
    let account = get(office, id).await?;
    let (secret, fresh) = invitation(office, false);
    let invites = matches!(what, AccountMove::Invite | AccountMove::Reset)
        && account.kind != AccountKind::Machine;
    let with = invites.then_some(&fresh);
    match office.store.account_move(id, what, with, &deed).await? {
        Some(_) => Ok(invites.then_some(secret)),
        None => Err(Error::request(
            "账号目前的状态不允许这样操作。",
            "The account's state does not allow that.",
            "Состояние учётной записи этого не допускает.",
        )),
    }
}

/// Makes a link that signs in at once, once, within an hour. For demonstrations: whoever has it is in.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn link(office: &Office, id: AccountId) -> Result<Secret> {
    get(office, id).await?;
    let (secret, invitation) = invitation(office, true);
    office.store.invitation_add(id, &invitation).await?;
    Ok(secret)
}

/// Appoints an account to a role.
///
/// # Errors
/// As [`add`]; [`Error::NotFound`].
pub async fn appoint(
    office: &Office,
    id: AccountId,
    to: &NewAppointment,
    by: By<'_>,
) -> Result<AppointmentId> {
    let deed = deed(office, by)?;
    not_own(id, by)?;
    get(office, id).await?;
    let made = appointment(office, to)?;
    office.store.appoint(id, &made, &deed).await?;
    Ok(made.id)
}

/// Ends an appointment before its last day.
///
/// # Errors
/// [`Error::Request`] without a reason; [`Error::NotFound`] where it is not in force.
pub async fn dismiss(office: &Office, id: AccountId, one: AppointmentId, by: By<'_>) -> Result<()> {
    let deed = deed(office, by)?;
    not_own(id, by)?;
    if office.store.appointment_end(id, one, &deed).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// Deletes the person behind an ended account. What the account did stays, under its id.
///
/// # Errors
/// [`Error::Request`] without a reason or where the account has not ended.
pub async fn erase(office: &Office, id: AccountId, by: By<'_>) -> Result<()> {
    let deed = deed(office, by)?;
    not_own(id, by)?;
    if office.store.account_erase(id, &deed).await? {
        return Ok(());
    }
    Err(Error::request(
        "只能删除已终止账号的个人信息。",
        "Only the person behind an ended account can be erased.",
        "Стереть можно только данные завершённой учётной записи.",
    ))
}

/// Accounts, oldest first.
///
/// # Errors
/// [`Error::Request`] for a cursor that is not ours.
pub async fn list(office: &Office, after: Option<&str>) -> Result<store::Page<Account>> {
    let page = office.store.accounts(after, PAGE_ROWS).await?;
    let rows = page.rows.into_iter();
    let rows = rows.map(|row| opened(office, row)).collect::<Result<_>>()?;
    Ok(store::Page {
        rows,
        next: page.next,
    })
}

/// An account by its id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(office: &Office, id: AccountId) -> Result<Account> {
    let found = office.store.account(id).await?;
    opened(office, found.ok_or(Error::NotFound)?)
}

/// An account by the name to sign in with.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn find(office: &Office, name: &str) -> Result<Account> {
    let login = login(name).map_err(|_| Error::NotFound)?;
    let found = office.store.account_of(&digest(office, &login)).await?;
    opened(office, found.ok_or(Error::NotFound)?)
}

/// What happened to an account, oldest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn history(office: &Office, id: AccountId) -> Result<Vec<AccountMoved>> {
    Ok(office.store.account_moves(id).await?)
}

fn opened(office: &Office, account: store::Account) -> Result<Account> {
    let person = match (&account.wrapped, &account.sealed) {
        (Some(wrapped), Some(sealed)) => Some(vault::open(office, account.id, wrapped, sealed)?),
        _ => None,
    };
    Ok(Account {
        id: account.id,
        kind: account.kind,
        state: account.state,
        person,
        appointments: account.appointments,
    })
}

/// The name to sign in with, in the one form in which it is compared.
fn login(name: &str) -> Result<String> {
    let login = name.trim().to_ascii_lowercase();
    let sound = |one: char| one.is_ascii_alphanumeric() || "._@-".contains(one);
    if (3..=64).contains(&login.len()) && login.chars().all(sound) {
        return Ok(login);
    }
    Err(Error::request(
        "登录名为 3 至 64 位，只用字母、数字和 . _ @ -。",
        "A sign-in name has 3 to 64 letters, digits or . _ @ -.",
        "Имя для входа: от 3 до 64 латинских букв, цифр или . _ @ -.",
    ))
}

fn digest(office: &Office, login: &str) -> [u8; 32] {
    office.site_key.keyed32("people/login", &[login.as_bytes()])
}

fn deed<'a>(office: &Office, by: By<'a>) -> Result<Deed<'a>> {
    Ok(Deed {
        by: by.account,
        at: office.now(),
        reason: crate::identity::reasoned(by.reason)?,
    })
}

/// Nobody appoints, moves or erases their own account: another one does.
fn not_own(id: AccountId, by: By<'_>) -> Result<()> {
    if by.account != Some(id) {
        return Ok(());
    }
    Err(Error::request(
        "不能变更自己的账号，请由另一名管理员办理。",
        "Nobody changes their own account; another administrator does.",
        "Свою учётную запись не меняют: это делает другой администратор.",
    ))
}

fn invitation(office: &Office, enters: bool) -> (Secret, Invitation) {
    let secret = Secret::fresh(office);
    let length = if enters { LINK } else { INVITATION };
    let invitation = Invitation {
        token: secret.digest(office, "people/invitation"),
        enters,
        ends: Instant(office.now().0 + length),
    };
    (secret, invitation)
}

fn appointment(office: &Office, new: &NewAppointment) -> Result<Appointment> {
    let catalog = &office.catalog;
    let known = |code: &String| catalog.themes.iter().any(|theme| theme.code == *code);
    let centre = matches!(
        new.role,
        Role::CentreClerk | Role::CentreAdministrator | Role::Auditor
    );
    let authority = Identifier::parse(System::Uscc, &new.agency)
        .is_ok_and(|parsed| parsed.identifier.value() == new.agency && new.agency.starts_with('1'));
    let agency = centre || authority || catalog.supplier(&new.agency).is_some();
    if !agency || !new.themes.iter().all(known) {
        return Err(Error::request(
            "目录中没有这个单位或主题。",
            "The catalogue has no such agency or theme.",
            "В каталоге нет такого органа или темы.",
        ));
    }
    let from = office.today();
    let year = jiff::Span::new().days(APPOINTMENT_DAYS);
    Ok(Appointment {
        id: AppointmentId(office.nonce()),
        role: new.role,
        agency: new.agency.clone(),
        unit: new.unit.clone(),
        themes: new.themes.clone(),
        from,
        until: new.until.unwrap_or_else(|| from.saturating_add(year)),
    })
}

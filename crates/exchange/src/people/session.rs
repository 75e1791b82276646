//! Sessions: who acts, told by a cookie's secret. A session ends eight hours after it began, an hour
//! after it was last used, when its account moves or is appointed anew, and when its owner says so.

use super::enter::{self, Place};
use super::{Person, Secret, Weak, password, vault};
use crate::error::{Error, Result};
use crate::office::Office;
use access::Access;
use credit::people::{AccountId, AccountKind, AccountState, Action, Appointment, Reach};
use credit::record::Instant;
use jiff::civil::Date;
use policy::Officer;
use std::sync::Arc;
use store::{NewSession, OpenSession, Stage};

/// A working day of eight hours, in microseconds.
const LENGTH: i64 = 8 * 3_600_000_000;
/// An hour without use.
const IDLE: i64 = 3_600_000_000;
/// Use is noted once a minute, so that reading pages does not write.
const NOTED: i64 = 60_000_000;
/// Setting a second factor, and giving it, are done in a quarter of an hour or begun again.
const STEP: i64 = 15 * 60_000_000;

/// Who acts: an account in its session, or a machine by its key.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The account.
    pub account: AccountId,
    /// What stands behind it.
    pub kind: AccountKind,
    /// The person, for the page's head only.
    pub person: Person,
    /// What it is appointed to; days are looked at when it acts.
    pub appointments: Vec<Appointment>,
    /// The session's name on pages; zeros for a machine.
    pub session: [u8; 16],
    token: [u8; 32],
    today: Date,
    access: Arc<Access>,
}

impl Actor {
    pub(super) fn of(
        office: &Office,
        account: store::Account,
        session: [u8; 16],
        token: [u8; 32],
    ) -> Result<Option<Actor>> {
        let (Some(wrapped), Some(sealed)) = (&account.wrapped, &account.sealed) else {
            return Ok(None);
        };
        Ok(Some(Actor {
            account: account.id,
            kind: account.kind,
            person: vault::open(office, account.id, wrapped, sealed)?,
            appointments: account.appointments,
            session,
            token,
            today: office.today(),
            access: Arc::clone(&office.access),
        }))
    }

    /// The day on which it acts.
    #[must_use]
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// The policies by which it acts.
    pub(super) fn access(&self) -> &Arc<Access> {
        &self.access
    }

    /// How far it reaches with an action today.
    #[must_use]
    pub fn reach(&self, action: Action) -> Reach {
        self.access.reach(&self.appointments, action, self.today)
    }

    /// Code of the agency it acts for first; empty where no appointment is in force.
    #[must_use]
    pub fn agency(&self) -> &str {
        let mut held = self.appointments.iter().filter(|one| one.holds(self.today));
        held.next().map_or("", |one| one.agency.as_str())
    }

    /// How it stands in histories: the account's id in place of a name, so that the person can be
    /// erased and two officers of one name stay two.
    ///
    /// # Errors
    /// Never for an id and a code of the catalogue.
    pub fn officer(&self) -> Result<Officer> {
        let agency = match self.agency() {
            "" => "—",
            agency => agency,
        };
        Officer::parse(&format!("account:{}", self.account), agency)
            .map_err(|cause| Error::inner("an account cannot be named", cause.to_string()))
    }
}

/// What a cookie's secret opens.
#[derive(Clone, Debug)]
pub enum Open {
    /// Signed in.
    Full(Box<Actor>),
    /// The password was right; the second factor is asked for.
    Half(Box<Actor>),
    /// A password was set by an invitation; the second factor is set now.
    Enrol(Box<Actor>),
}

/// Reads who acts by a cookie; `None` for no session, one that is over, and one of an account that
/// may not sign in.
///
/// # Errors
/// [`Error::Store`].
pub async fn read(office: &Office, cookie: &str) -> Result<Option<Open>> {
    let Some(secret) = Secret::parse(cookie) else {
        return Ok(None);
    };
    let token = secret.digest(office, "people/session");
    let now = office.now();
    let Some(found) = office.store.session(&token, now).await? else {
        return Ok(None);
    };
    if now.0 - found.open.seen.0 > IDLE {
        return Ok(None);
    }
    if now.0 - found.open.seen.0 > NOTED {
        office.store.session_seen(&token, now).await?;
    }
    let (stage, state) = (found.open.stage, found.account.state);
    let Some(actor) = Actor::of(office, found.account, found.open.id, token)? else {
        return Ok(None);
    };
    let actor = Box::new(actor);
    Ok(match (stage, state) {
        (Stage::Full, AccountState::Active) => Some(Open::Full(actor)),
        (Stage::Half, AccountState::Active) => Some(Open::Half(actor)),
        (Stage::Enrol, AccountState::Invited) => Some(Open::Enrol(actor)),
        _ => None,
    })
}

/// The open sessions of whoever acts, newest first.
///
/// # Errors
/// [`Error::Store`].
pub async fn list(office: &Office, actor: &Actor) -> Result<Vec<OpenSession>> {
    Ok(office.store.sessions(actor.account, office.now()).await?)
}

/// Ends the session in which one acts.
///
/// # Errors
/// [`Error::Store`].
pub async fn leave(office: &Office, cookie: &str) -> Result<()> {
    if let Some(secret) = Secret::parse(cookie) {
        let token = secret.digest(office, "people/session");
        office.store.session_leave(&token, office.now()).await?;
    }
    Ok(())
}

/// Ends one session of whoever acts, by its name.
///
/// # Errors
/// [`Error::Store`].
pub async fn end(office: &Office, actor: &Actor, one: &[u8; 16]) -> Result<()> {
    let now = office.now();
    Ok(office.store.session_end(actor.account, one, now).await?)
}

/// Ends every other session of whoever acts.
///
/// # Errors
/// [`Error::Store`].
pub async fn end_others(office: &Office, actor: &Actor) -> Result<()> {
    let kept = Some(&actor.session);
    let now = office.now();
    Ok(office.store.sessions_end(actor.account, kept, now).await?)
}

/// What became of a new password.
#[derive(Debug)]
pub enum Changed {
    /// It is set, all sessions are over, and this is the new one's secret.
    Done(Secret),
    /// The old one is not right.
    Wrong,
    /// Too many wrong ones came; none is looked at for so many seconds.
    Shut(u64),
    /// The new one may not be used.
    Weak(Weak),
}

/// Changes the password of whoever acts.
///
/// # Errors
/// [`Error::Store`].
pub async fn change_password(
    office: &Office,
    actor: &Actor,
    (old, new): (&str, &str),
    place: &Place,
) -> Result<Changed> {
    let door = enter::Counter::of(office, &actor.person.login, place);
    if let Some(seconds) = door.shut(office).await? {
        return Ok(Changed::Shut(seconds));
    }
    if let Err(weak) = password::judge(new, &actor.person.login) {
        return Ok(Changed::Weak(weak));
    }
    let secrets = office.store.account_secrets(actor.account).await?;
    if !password::verify(office, old, secrets.phc.as_deref()).await? {
        door.failed(office).await?;
        return Ok(Changed::Wrong);
    }
    let phc = password::hash(office, new).await?;
    let (secret, session) = fresh(office, actor.account, Stage::Full);
    let store = &office.store;
    store
        .account_password(actor.account, &phc, &session, office.now())
        .await?;
    Ok(Changed::Done(secret))
}

/// A new session's secret, and what the store keeps of it.
pub(super) fn fresh(office: &Office, account: AccountId, stage: Stage) -> (Secret, NewSession) {
    let secret = Secret::fresh(office);
    let length = if stage == Stage::Full { LENGTH } else { STEP };
    let session = NewSession {
        token: secret.digest(office, "people/session"),
        id: office.nonce(),
        account,
        stage,
        ends: Instant(office.now().0 + length),
    };
    (secret, session)
}

/// Turns the session in which one acts into another: a new secret, and the old one is void.
pub(super) async fn rotate(office: &Office, actor: &Actor, stage: Stage) -> Result<Secret> {
    let (secret, session) = fresh(office, actor.account, stage);
    let from = Some(&actor.token);
    office
        .store
        .session_begin(&session, from, office.now())
        .await?;
    Ok(secret)
}

//! People who work here: accounts, their moves and appointments, in histories that name ids only.
//!
//! What tells who a person is comes sealed and leaves sealed; this room cannot open it.

mod machine;
mod provider;
mod row;
mod secret;
mod session;
mod tries;

pub use machine::{KeyKind, MachineKey};
pub use provider::Tie;
pub use secret::{Code, Secrets};
pub use session::{Invitation, NewSession, OpenSession, Session, Stage};
pub use tries::{Tries, TryScope};

use crate::error::{Error, Result};
use crate::event;
use crate::page::{Page, instant_and_id};
use crate::sql::people as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::people::{
    AccountId, AccountKind, AccountMove, AccountState, Appointment, AppointmentId,
};
use credit::record::Instant;

/// Who does something to an account, when and why.
#[derive(Clone, Copy, Debug)]
pub struct Deed<'a> {
    /// The account that does it; none: whoever runs the machine.
    pub by: Option<AccountId>,
    /// When.
    pub at: Instant,
    /// Why, in one line.
    pub reason: &'a str,
}

/// An account that is made, with the person behind it already sealed.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// Its id.
    pub id: AccountId,
    /// What stands behind it.
    pub kind: AccountKind,
    /// Keyed digest of the name to sign in with.
    pub login: [u8; 32],
    /// The account's key, sealed under the site's.
    pub wrapped: &'a [u8],
    /// The person, sealed under the account's key.
    pub sealed: &'a [u8],
    /// What it is appointed to from the beginning.
    pub appointments: &'a [Appointment],
}

/// An account as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What stands behind it.
    pub kind: AccountKind,
    /// Where it stands.
    pub state: AccountState,
    /// The account's key, sealed; none once the person was erased.
    pub wrapped: Option<Vec<u8>>,
    /// The person, sealed; likewise.
    pub sealed: Option<Vec<u8>>,
    /// Appointments that were not ended; their days are not looked at.
    pub appointments: Vec<Appointment>,
}

/// A row of an account's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// What happened.
    pub what: AccountMove,
    /// Where it led.
    pub state: AccountState,
    /// When.
    pub at: Instant,
    /// Who did it; none: whoever runs the machine.
    pub by: Option<AccountId>,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Makes an account, invited, with its first invitation. False where the name to sign in with
    /// is taken; nothing is written then.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_add(
        &self,
        new: &NewAccount<'_>,
        invitation: Option<&Invitation>,
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "account_add", tx => add(&mut tx, new, invitation, deed).await)
    }

    /// Moves an account; with an invitation where one goes with it. `None`: there is no such move
    /// from where it stands.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_move(
        &self,
        id: AccountId,
        what: AccountMove,
        invitation: Option<&Invitation>,
        deed: &Deed<'_>,
    ) -> Result<Option<AccountState>> {
        transact!(self, Write, "account_move", tx => {
            moved(&mut tx, id, what, invitation, deed).await
        })
    }

    /// Deletes the person behind an ended account; its histories stay. False where it has not ended.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_erase(&self, id: AccountId, deed: &Deed<'_>) -> Result<bool> {
        transact!(self, Write, "account_erase", tx => erase(&mut tx, id, deed).await)
    }

    /// Appoints an account; its sessions end, so that the next one is of the new rights.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn appoint(&self, id: AccountId, to: &Appointment, deed: &Deed<'_>) -> Result<()> {
        transact!(self, Write, "appoint", tx => appoint(&mut tx, id, to, deed).await)
    }

    /// Ends an appointment and the account's sessions. False where it is not there or over.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn appointment_end(
        &self,
        id: AccountId,
        one: AppointmentId,
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "appointment_end", tx => appoint_end(&mut tx, id, one, deed).await)
    }

    /// An account by the keyed digest of the name to sign in with.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_of(&self, login: &[u8; 32]) -> Result<Option<Account>> {
        transact!(self, Read, "account_of", tx => of(&mut tx, login).await)
    }

    /// An account by its id.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>> {
        transact!(self, Read, "account", tx => row::account(&mut tx, id).await)
    }

    /// All accounts, oldest first.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn accounts(&self, after: Option<&str>, limit: usize) -> Result<Page<Account>> {
        let (at, id) = instant_and_id(after)?;
        transact!(self, Read, "accounts", tx => accounts(&mut tx, at, &id, limit).await)
    }

    /// What happened to an account, oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_moves(&self, id: AccountId) -> Result<Vec<Moved>> {
        transact!(self, Read, "account_moves", tx => {
            let rows = tx.rows(sql::MOVES, &[Val::Bytes(&id.0)]).await;
            rows.and_then(|rows| rows.iter().map(row::moved).collect())
        })
    }
}

async fn add(
    tx: &mut Tx,
    new: &NewAccount<'_>,
    invitation: Option<&Invitation>,
    deed: &Deed<'_>,
) -> Result<bool> {
    let id = Val::Bytes(&new.id.0);
    let person = [id, Val::Bytes(&new.login), Val::Bytes(new.sealed)];
    if tx.exec(sql::PERSON_NEW, &person).await? == 0 {
        return Ok(false);
    }
    let account = [id, Val::Text(new.kind.code()), Val::Int(deed.at.0)];
    tx.exec(sql::ACCOUNT_NEW, &account).await?;
    tx.exec(sql::KEY_NEW, &[id, Val::Bytes(new.wrapped)])
        .await?;
    moved(tx, new.id, AccountMove::Invite, invitation, deed).await?;
    for one in new.appointments {
        appoint(tx, new.id, one, deed).await?;
    }
    if new.kind == AccountKind::Machine {
        // A machine sets no password: it is of use as soon as it has a key.
        moved(tx, new.id, AccountMove::Activate, None, deed).await?;
    }
    Ok(true)
}

/// Writes a move where the table has it, and what follows from it.
pub(super) async fn moved(
    tx: &mut Tx,
    id: AccountId,
    what: AccountMove,
    invitation: Option<&Invitation>,
    deed: &Deed<'_>,
) -> Result<Option<AccountState>> {
    let (state, seq) = row::state(tx, id).await?;
    let Some(to) = what.from(state) else {
        return Ok(None);
    };
    let values = [
        Val::Bytes(&id.0),
        Val::Int(seq + 1),
        Val::Text(what.code()),
        Val::Text(to.code()),
        Val::Int(deed.at.0),
        Val::opt_bytes(deed.by.as_ref().map(|by| by.0.as_slice())),
        Val::Text(deed.reason),
    ];
    tx.exec(sql::MOVE_NEW, &values).await?;
    if what.signs_out() {
        session::sign_out(tx, id, deed.at, None).await?;
        let void = [Val::Bytes(&id.0), Val::Int(deed.at.0)];
        tx.exec(sql::INVITATIONS_VOID, &void).await?;
    }
    if matches!(what, AccountMove::Reset | AccountMove::End) {
        secret::void(tx, id, deed.at).await?;
    }
    if let Some(invitation) = invitation {
        session::invite(tx, id, invitation).await?;
    }
    note(
        tx,
        "account",
        &format!("account:{id}:{}", seq + 1),
        id,
        what.code(),
        deed,
    )
    .await?;
    Ok(Some(to))
}

async fn erase(tx: &mut Tx, id: AccountId, deed: &Deed<'_>) -> Result<bool> {
    if row::state(tx, id).await?.0 != Some(AccountState::Ended) {
        return Ok(false);
    }
    let gone = tx.exec(sql::PERSON_ERASE, &[Val::Bytes(&id.0)]).await?;
    tx.exec(sql::KEY_ERASE, &[Val::Bytes(&id.0)]).await?;
    if gone > 0 {
        note(
            tx,
            "account",
            &format!("account:{id}:erased"),
            id,
            "erase",
            deed,
        )
        .await?;
    }
    Ok(true)
}

async fn appoint(tx: &mut Tx, id: AccountId, to: &Appointment, deed: &Deed<'_>) -> Result<()> {
    let themes = to.themes.join(" ");
    let values = [
        Val::Bytes(&id.0),
        Val::Bytes(&to.id.0),
        Val::Text(to.role.code()),
        Val::Text(&to.agency),
        Val::opt_text(to.unit.as_deref()),
        Val::Text(&themes),
        Val::Day(to.from),
        Val::Day(to.until),
        Val::Int(deed.at.0),
        Val::opt_bytes(deed.by.as_ref().map(|by| by.0.as_slice())),
        Val::Text(deed.reason),
    ];
    tx.exec(sql::APPOINT, &values).await?;
    session::sign_out(tx, id, deed.at, None).await?;
    let event = format!("appointment:{}", to.id);
    note(tx, "appointment", &event, id, to.role.code(), deed).await
}

async fn appoint_end(
    tx: &mut Tx,
    id: AccountId,
    one: AppointmentId,
    deed: &Deed<'_>,
) -> Result<bool> {
    let values = [
        Val::Bytes(&id.0),
        Val::Bytes(&one.0),
        Val::Int(deed.at.0),
        Val::opt_bytes(deed.by.as_ref().map(|by| by.0.as_slice())),
        Val::Text(deed.reason),
    ];
    if tx.exec(sql::APPOINT_END, &values).await? == 0 {
        return Ok(false);
    }
    session::sign_out(tx, id, deed.at, None).await?;
    let event = format!("appointment:{one}:end");
    note(tx, "appointment", &event, id, "end", deed).await?;
    Ok(true)
}

async fn of(tx: &mut Tx, login: &[u8; 32]) -> Result<Option<Account>> {
    match tx.one(sql::LOGIN, &[Val::Bytes(login)]).await? {
        Some(found) => row::account(tx, AccountId(found.bytes(0, "account id")?)).await,
        None => Ok(None),
    }
}

async fn accounts(tx: &mut Tx, at: i64, id: &[u8], limit: usize) -> Result<Page<Account>> {
    let asked = [Val::Int(at), Val::Bytes(id), Val::count(limit as u64 + 1)];
    let rows = tx.rows(sql::ACCOUNTS, &asked).await?;
    let mut found = Vec::with_capacity(rows.len());
    for one in &rows {
        let id = AccountId(one.bytes(0, "account id")?);
        let made = tx.one(sql::ACCOUNT_MADE, &[Val::Bytes(&id.0)]).await?;
        let made = made.unwrap_or_default().int(0, "instant")?;
        let account = row::account(tx, id).await?;
        found.push((made, account.ok_or(Error::Corrupt { what: "account" })?));
    }
    let page = Page::cut(found, limit, |(made, one)| format!("{made}.{}", one.id));
    Ok(Page {
        rows: page.rows.into_iter().map(|(_, one)| one).collect(),
        next: page.next,
    })
}

/// Adds the event of something that happened to an account. Its leaf commits to what and why.
pub(super) async fn note(
    tx: &mut Tx,
    kind: &'static str,
    event: &str,
    id: AccountId,
    what: &str,
    deed: &Deed<'_>,
) -> Result<()> {
    let leaf = seal::commit(&id.0, format!("{event} {what} {}", deed.reason).as_bytes());
    event::add(tx, event, kind, deed.at, &leaf.0).await
}

//! Sessions and invitations: known here by keyed digests of their secrets only.

use super::{Account, Deed, note, row};
use crate::error::{Error, Result};
use crate::sql::people as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::people::AccountId;
use credit::record::Instant;

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A password was set by an invitation; the second factor is set now.
    Enrol,
    /// The password was right; the second factor is asked for.
    Half,
    /// Signed in.
    Full,
}

impl Stage {
    fn code(self) -> &'static str {
        match self {
            Stage::Enrol => "enrol",
            Stage::Half => "half",
            Stage::Full => "full",
        }
    }

    fn parse(code: &str) -> Result<Stage> {
        match code {
            "enrol" => Ok(Stage::Enrol),
            "half" => Ok(Stage::Half),
            "full" => Ok(Stage::Full),
            _ => Err(Error::Corrupt {
                what: "stage of a session",
            }),
        }
    }
}

/// A session that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Keyed digest of the cookie's secret.
    pub token: [u8; 32],
    /// Its name on pages.
    pub id: [u8; 16],
    /// Whose.
    pub account: AccountId,
    /// How far it is.
    pub stage: Stage,
    /// When it ends at the latest.
    pub ends: Instant,
}

/// A session that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// Its name on pages.
    pub id: [u8; 16],
    /// How far it is.
    pub stage: Stage,
    /// When it began.
    pub began: Instant,
    /// When it was last used, to the minute.
    pub seen: Instant,
    /// When it ends at the latest.
    pub ends: Instant,
}

/// An open session and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session.
    pub open: OpenSession,
    /// The account as it stands now.
    pub account: Account,
}

/// A link that works once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Keyed digest of the link's secret.
    pub token: [u8; 32],
    /// It signs in at once, without password and second factor: for demonstrations only.
    pub enters: bool,
    /// Until when.
    pub ends: Instant,
}

/// Sessions that a page lists at most: nobody works at more machines.
const SHOWN: u64 = 50;

impl Store {
    /// Begins a session. The one it comes from, by its token's digest, ends.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_begin(
        &self,
        new: &NewSession,
        from: Option<&[u8; 32]>,
        at: Instant,
    ) -> Result<()> {
        transact!(self, Write, "session_begin", tx => {
            match leave(&mut tx, from, at).await {
                Ok(()) => begin(&mut tx, new, at).await,
                Err(error) => Err(error),
            }
        })
    }

    /// The open session of a token's digest.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session(&self, token: &[u8; 32], at: Instant) -> Result<Option<Session>> {
        transact!(self, Read, "session", tx => find(&mut tx, token, at).await)
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_seen(&self, token: &[u8; 32], at: Instant) -> Result<()> {
        transact!(self, Write, "session_seen", tx => {
            tx.exec(sql::SESSION_SEEN, &[Val::Bytes(token), Val::Int(at.0)]).await.map(drop)
        })
    }

    /// Ends the session of a token's digest.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_leave(&self, token: &[u8; 32], at: Instant) -> Result<()> {
        transact!(self, Write, "session_leave", tx => leave(&mut tx, Some(token), at).await)
    }

    /// Ends one session of an account by its name.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn session_end(&self, id: AccountId, one: &[u8; 16], at: Instant) -> Result<()> {
        transact!(self, Write, "session_end", tx => {
            let values = [Val::Bytes(&id.0), Val::Bytes(one), Val::Int(at.0)];
            tx.exec(sql::SESSION_END, &values).await.map(drop)
        })
    }

    /// Ends all sessions of an account, but for one that is kept.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sessions_end(
        &self,
        id: AccountId,
        kept: Option<&[u8; 16]>,
        at: Instant,
    ) -> Result<()> {
        transact!(self, Write, "sessions_end", tx => sign_out(&mut tx, id, at, kept).await)
    }

    /// The open sessions of an account, newest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn sessions(&self, id: AccountId, at: Instant) -> Result<Vec<OpenSession>> {
        transact!(self, Read, "sessions", tx => {
            let asked = [Val::Bytes(&id.0), Val::Int(at.0), Val::count(SHOWN)];
            let rows = tx.rows(sql::SESSIONS, &asked).await;
            rows.and_then(|rows| rows.iter().map(|row| open(row, 0)).collect())
        })
    }

    /// Whom an invitation invites, and whether it signs in at once.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn invitation(
        &self,
        token: &[u8; 32],
        at: Instant,
    ) -> Result<Option<(Account, bool)>> {
        transact!(self, Read, "invitation", tx => invitation(&mut tx, token, at).await)
    }

    /// Makes one more invitation of an account.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn invitation_add(&self, id: AccountId, new: &Invitation) -> Result<()> {
        transact!(self, Write, "invitation_add", tx => invite(&mut tx, id, new).await)
    }

    /// Spends an invitation that signs in at once and begins its session. False where it was spent.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn invitation_enter(
        &self,
        token: &[u8; 32],
        session: &NewSession,
        at: Instant,
    ) -> Result<bool> {
        transact!(self, Write, "invitation_enter", tx => {
            enter(&mut tx, token, session, at).await
        })
    }
}

pub(super) async fn begin(tx: &mut Tx, new: &NewSession, at: Instant) -> Result<()> {
    let values = [
        Val::Bytes(&new.token),
        Val::Bytes(&new.id),
        Val::Bytes(&new.account.0),
        Val::Text(new.stage.code()),
        Val::Int(at.0),
        Val::Int(new.ends.0),
    ];
    tx.exec(sql::SESSION_NEW, &values).await?;
    if new.stage != Stage::Full {
        return Ok(());
    }
    let name: String = new.id.iter().map(|byte| format!("{byte:02x}")).collect();
    let deed = Deed {
        by: Some(new.account),
        at,
        reason: "",
    };
    note(
        tx,
        "session",
        &format!("session:{name}"),
        new.account,
        "begin",
        &deed,
    )
    .await
}

async fn leave(tx: &mut Tx, token: Option<&[u8; 32]>, at: Instant) -> Result<()> {
    if let Some(token) = token {
        tx.exec(sql::SESSION_LEAVE, &[Val::Bytes(token), Val::Int(at.0)])
            .await?;
    }
    Ok(())
}

/// Ends all sessions of an account, but for one that is kept.
pub(super) async fn sign_out(
    tx: &mut Tx,
    id: AccountId,
    at: Instant,
    kept: Option<&[u8; 16]>,
) -> Result<()> {
    // No session has the empty name.
    let kept = kept.map_or(&[][..], |kept| kept.as_slice());
    let values = [Val::Bytes(&id.0), Val::Int(at.0), Val::Bytes(kept)];
    tx.exec(sql::SESSIONS_END, &values).await.map(drop)
}

pub(super) async fn invite(tx: &mut Tx, id: AccountId, new: &Invitation) -> Result<()> {
    let values = [
        Val::Bytes(&new.token),
        Val::Bytes(&id.0),
        Val::Text(if new.enters { "enter" } else { "begin" }),
        Val::Int(new.ends.0),
    ];
    tx.exec(sql::INVITE, &values).await.map(drop)
}

async fn find(tx: &mut Tx, token: &[u8; 32], at: Instant) -> Result<Option<Session>> {
    let asked = [Val::Bytes(token), Val::Int(at.0)];
    let Some(found) = tx.one(sql::SESSION, &asked).await? else {
        return Ok(None);
    };
    let id = AccountId(found.bytes(1, "account id")?);
    let open = OpenSession {
        id: found.bytes(0, "session id")?,
        stage: Stage::parse(found.text(2, "stage")?)?,
        began: Instant(found.int(3, "instant")?),
        seen: Instant(found.int(4, "instant")?),
        ends: Instant(found.int(5, "instant")?),
    };
    let account = row::account(tx, id).await?;
    Ok(account.map(|account| Session { open, account }))
}

fn open(row: &crate::tx::Row, from: usize) -> Result<OpenSession> {
    Ok(OpenSession {
        id: row.bytes(from, "session id")?,
        stage: Stage::parse(row.text(from + 1, "stage")?)?,
        began: Instant(row.int(from + 2, "instant")?),
        seen: Instant(row.int(from + 3, "instant")?),
        ends: Instant(row.int(from + 4, "instant")?),
    })
}

async fn invitation(tx: &mut Tx, token: &[u8; 32], at: Instant) -> Result<Option<(Account, bool)>> {
    let asked = [Val::Bytes(token), Val::Int(at.0)];
    let Some(found) = tx.one(sql::INVITATION, &asked).await? else {
        return Ok(None);
    };
    let enters = found.text(1, "kind of invitation")? == "enter";
    let account = row::account(tx, AccountId(found.bytes(0, "account id")?)).await?;
    Ok(account.map(|account| (account, enters)))
}

async fn enter(tx: &mut Tx, token: &[u8; 32], session: &NewSession, at: Instant) -> Result<bool> {
    let taken = [Val::Bytes(token), Val::Int(at.0)];
    if tx.exec(sql::INVITATION_TAKE, &taken).await? == 0 {
        return Ok(false);
    }
    begin(tx, session, at).await?;
    Ok(true)
}

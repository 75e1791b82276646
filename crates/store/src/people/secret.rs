//! What proves a person: password, one-time codes, recovery codes; and the keys of machines. All of
//! it comes hashed or sealed.

use super::session::{self, NewSession};
use super::{Deed, moved, note};
use crate::error::Result;
use crate::sql::people as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::people::{AccountId, AccountMove};
use credit::record::Instant;

/// What an account signs in with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrets {
    /// The password as an argon2id string.
    pub phc: Option<String>,
    /// One-time codes.
    pub code: Option<Code>,
    /// Recovery codes that are left.
    pub recovery: u64,
}

/// The secret of one-time codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Sealed under the site's key.
    pub sealed: Vec<u8>,
    /// A first code proved it.
    pub confirmed: bool,
    /// The step of the last code taken.
    pub last_step: i64,
}

impl Store {
    /// What an account signs in with; empty for one that has nothing.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_secrets(&self, id: AccountId) -> Result<Secrets> {
        transact!(self, Read, "account_secrets", tx => secrets(&mut tx, id).await)
    }

    /// Sets a password. All sessions of the account end but the one that begins now.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_password(
        &self,
        id: AccountId,
        phc: &str,
        session: &NewSession,
        at: Instant,
    ) -> Result<()> {
        transact!(self, Write, "account_password", tx => {
            password(&mut tx, id, phc, session, at).await
        })
    }

    /// Keeps a new secret of one-time codes until a first code proves it. False where a proven one
    /// is in use.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_code(&self, id: AccountId, sealed: &[u8]) -> Result<bool> {
        transact!(self, Write, "account_code", tx => {
            let values = [Val::Bytes(&id.0), Val::Bytes(sealed)];
            tx.exec(sql::CODE_SET, &values).await.map(|changed| changed > 0)
        })
    }

    /// A first code proved the secret: recovery codes are kept, the account is active, its
    /// invitation is spent, and a full session begins. False where it was proven before.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn account_enrol(
        &self,
        id: AccountId,
        step: i64,
        recovery: &[[u8; 32]],
        session: &NewSession,
        at: Instant,
    ) -> Result<bool> {
        transact!(self, Write, "account_enrol", tx => {
            enrol(&mut tx, id, step, recovery, session, at).await
        })
    }

    /// Takes the code of a step; false where that or a later one was taken.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn code_take(&self, id: AccountId, step: i64) -> Result<bool> {
        transact!(self, Write, "code_take", tx => {
            let values = [Val::Bytes(&id.0), Val::Int(step)];
            tx.exec(sql::CODE_TAKE, &values).await.map(|changed| changed > 0)
        })
    }

    /// Takes a recovery code; false where it is none, or was taken.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn recovery_take(&self, id: AccountId, code: &[u8; 32], at: Instant) -> Result<bool> {
        transact!(self, Write, "recovery_take", tx => {
            let values = [Val::Bytes(&id.0), Val::Bytes(code), Val::Int(at.0)];
            tx.exec(sql::RECOVERY_TAKE, &values).await.map(|changed| changed > 0)
        })
    }

    /// Gives a machine a key that is shown once: here stands its keyed digest.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_token_add(
        &self,
        id: AccountId,
        key: [u8; 16],
        proof: &[u8; 32],
        ends: Instant,
        deed: &Deed<'_>,
    ) -> Result<()> {
        transact!(self, Write, "machine_token_add", tx => {
            key_add(&mut tx, id, key, ("token", proof), ends, deed).await
        })
    }

    /// The machine account of a key that is in force.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_token(&self, proof: &[u8; 32], at: Instant) -> Result<Option<AccountId>> {
        transact!(self, Read, "machine_token", tx => {
            let row = tx.one(sql::MACHINE_TOKEN, &[Val::Bytes(proof), Val::Int(at.0)]).await;
            row.and_then(|row| row.map(|row| row.bytes(1, "account id").map(AccountId)).transpose())
        })
    }
}

async fn secrets(tx: &mut Tx, id: AccountId) -> Result<Secrets> {
    let asked = [Val::Bytes(&id.0)];
    let phc = tx.one(sql::PASSWORD, &asked).await?;
    let code = tx.one(sql::CODE, &asked).await?;
    let left = tx.one(sql::RECOVERY_LEFT, &asked).await?;
    let code = code.map(|row| {
        Ok::<_, crate::Error>(Code {
            sealed: row.opt_blob(0).unwrap_or_default(),
            confirmed: row.opt_int(1).is_some(),
            last_step: row.int(2, "step of a code")?,
        })
    });
    Ok(Secrets {
        phc: phc.and_then(|row| row.opt_text(0).map(str::to_owned)),
        code: code.transpose()?,
        recovery: left.unwrap_or_default().count(0, "count")?,
    })
}

async fn password(
    tx: &mut Tx,
    id: AccountId,
    phc: &str,
    session: &NewSession,
    at: Instant,
) -> Result<()> {
    let values = [Val::Bytes(&id.0), Val::Text(phc), Val::Int(at.0)];
    tx.exec(sql::PASSWORD_SET, &values).await?;
    session::sign_out(tx, id, at, None).await?;
    session::begin(tx, session, at).await
}

async fn enrol(
    tx: &mut Tx,
    id: AccountId,
    step: i64,
    recovery: &[[u8; 32]],
    session: &NewSession,
    at: Instant,
) -> Result<bool> {
    let values = [Val::Bytes(&id.0), Val::Int(at.0), Val::Int(step)];
    if tx.exec(sql::CODE_CONFIRM, &values).await? == 0 {
        return Ok(false);
    }
    for code in recovery {
        let values = [Val::Bytes(&id.0), Val::Bytes(code)];
        tx.exec(sql::RECOVERY_NEW, &values).await?;
    }
    let deed = Deed {
        by: Some(id),
        at,
        reason: "a password and a second factor were set",
    };
    if moved(tx, id, AccountMove::Activate, None, &deed)
        .await?
        .is_none()
    {
        return Ok(false);
    }
    let void = [Val::Bytes(&id.0), Val::Int(at.0)];
    tx.exec(sql::INVITATIONS_VOID, &void).await?;
    session::sign_out(tx, id, at, None).await?;
    session::begin(tx, session, at).await?;
    Ok(true)
}

async fn key_add(
    tx: &mut Tx,
    id: AccountId,
    key: [u8; 16],
    (kind, proof): (&str, &[u8; 32]),
    ends: Instant,
    deed: &Deed<'_>,
) -> Result<()> {
    let values = [
        Val::Bytes(&key),
        Val::Bytes(&id.0),
        Val::Text(kind),
        Val::Bytes(proof),
        Val::Int(deed.at.0),
        Val::Int(ends.0),
    ];
    tx.exec(sql::MACHINE_KEY_NEW, &values).await?;
    let name: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    note(
        tx,
        "account",
        &format!("machine-key:{name}"),
        id,
        kind,
        deed,
    )
    .await
}

/// Voids everything an account signs in with.
pub(super) async fn void(tx: &mut Tx, id: AccountId, at: Instant) -> Result<()> {
    let of = [Val::Bytes(&id.0)];
    tx.exec(sql::PASSWORD_VOID, &of).await?;
    tx.exec(sql::CODE_VOID, &of).await?;
    tx.exec(sql::RECOVERY_VOID, &of).await?;
    tx.exec(sql::PROVIDERS_VOID, &of).await?;
    let ended = [Val::Bytes(&id.0), Val::Int(at.0)];
    tx.exec(sql::MACHINE_KEYS_END, &ended).await?;
    Ok(())
}

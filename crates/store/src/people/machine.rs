//! Keys by which machines sign their requests: public halves only, each with an end; and the numbers
//! of signatures, each taken once.

use super::{Deed, note};
use crate::error::{Error, Result};
use crate::sql::people as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::limits::PAGE_ROWS;
use credit::people::AccountId;
use credit::record::Instant;

/// How a key proves a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A secret that is sent with each request.
    Token,
    /// Signatures of a key whose public half is known here.
    Ed25519,
}

impl KeyKind {
    /// The code in the store.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            KeyKind::Token => "token",
            KeyKind::Ed25519 => "ed25519",
        }
    }
}

/// A key of a machine, without what is secret of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineKey {
    /// Its name.
    pub id: [u8; 16],
    /// How it proves the machine.
    pub kind: KeyKind,
    /// The public half; of a secret that is sent, nothing.
    pub public: Option<[u8; 32]>,
    /// When it was made.
    pub made: Instant,
    /// Until when it works.
    pub ends: Instant,
    /// When it was taken back.
    pub ended: Option<Instant>,
}

impl Store {
    /// Keeps a machine's public key. With `overlap` the machine's other keys end then at the latest.
    /// False where the key was registered before, by anybody; nothing is written then.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_public_add(
        &self,
        id: AccountId,
        key: &MachineKey,
        overlap: Option<Instant>,
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "machine_public_add", tx => {
            public_add(&mut tx, id, key, overlap, deed).await
        })
    }

    /// The machine and the public key of a name that is in force.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_public(
        &self,
        key: &[u8; 16],
        at: Instant,
    ) -> Result<Option<(AccountId, [u8; 32])>> {
        transact!(self, Read, "machine_public", tx => {
            let asked = [Val::Bytes(key), Val::Int(at.0)];
            match tx.one(sql::MACHINE_PUBLIC, &asked).await {
                Ok(Some(row)) => found(&row).map(Some),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            }
        })
    }

    /// Takes the number of a signature, which is kept until `ends`; false where it was taken.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_nonce_take(
        &self,
        key: &[u8; 16],
        nonce: &[u8; 32],
        ends: Instant,
        now: Instant,
    ) -> Result<bool> {
        transact!(self, Write, "machine_nonce_take", tx => {
            nonce_take(&mut tx, key, nonce, ends, now).await
        })
    }

    /// Keys of a machine, oldest first, those that are over included; a page of them at most.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_keys(&self, id: AccountId) -> Result<Vec<MachineKey>> {
        transact!(self, Read, "machine_keys", tx => {
            let asked = [Val::Bytes(&id.0), Val::count(PAGE_ROWS as u64)];
            let rows = tx.rows(sql::MACHINE_KEYS, &asked).await;
            rows.and_then(|rows| rows.iter().map(key).collect())
        })
    }

    /// Takes a key back. False where the machine has none of that name, or it was taken back.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn machine_key_end(
        &self,
        id: AccountId,
        key: &[u8; 16],
        deed: &Deed<'_>,
    ) -> Result<bool> {
        transact!(self, Write, "machine_key_end", tx => key_end(&mut tx, id, key, deed).await)
    }
}

async fn public_add(
    tx: &mut Tx,
    id: AccountId,
    key: &MachineKey,
    overlap: Option<Instant>,
    deed: &Deed<'_>,
) -> Result<bool> {
    let public = key.public.unwrap_or_default();
    let values = [
        Val::Bytes(&key.id),
        Val::Bytes(&id.0),
        Val::Bytes(&public),
        Val::Int(key.made.0),
        Val::Int(key.ends.0),
    ];
    if tx.exec(sql::MACHINE_PUBLIC_NEW, &values).await? == 0 {
        return Ok(false);
    }
    if let Some(until) = overlap {
        let values = [Val::Bytes(&id.0), Val::Bytes(&key.id), Val::Int(until.0)];
        tx.exec(sql::MACHINE_KEYS_OVERLAP, &values).await?;
    }
    let event = format!("machine-key:{}", name(&key.id));
    note(tx, "account", &event, id, key.kind.code(), deed).await?;
    Ok(true)
}

async fn nonce_take(
    tx: &mut Tx,
    key: &[u8; 16],
    nonce: &[u8; 32],
    ends: Instant,
    now: Instant,
) -> Result<bool> {
    tx.exec(sql::NONCES_FORGET, &[Val::Int(now.0)]).await?;
    let values = [Val::Bytes(key), Val::Bytes(nonce), Val::Int(ends.0)];
    Ok(tx.exec(sql::NONCE_TAKE, &values).await? > 0)
}

async fn key_end(tx: &mut Tx, id: AccountId, key: &[u8; 16], deed: &Deed<'_>) -> Result<bool> {
    let values = [Val::Bytes(&id.0), Val::Bytes(key), Val::Int(deed.at.0)];
    if tx.exec(sql::MACHINE_KEY_END, &values).await? == 0 {
        return Ok(false);
    }
    let event = format!("machine-key:{}:end", name(key));
    note(tx, "account", &event, id, "end", deed).await?;
    Ok(true)
}

fn found(row: &Row) -> Result<(AccountId, [u8; 32])> {
    let id = AccountId(row.bytes(0, "account id")?);
    Ok((id, row.bytes(1, "public key")?))
}

fn key(row: &Row) -> Result<MachineKey> {
    let kind = match row.text(1, "kind of key")? {
        "token" => KeyKind::Token,
        "ed25519" => KeyKind::Ed25519,
        _ => {
            return Err(Error::Corrupt {
                what: "kind of key",
            });
        }
    };
    let public = match kind {
        KeyKind::Token => None,
        KeyKind::Ed25519 => Some(row.bytes(2, "public key")?),
    };
    Ok(MachineKey {
        id: row.bytes(0, "key id")?,
        kind,
        public,
        made: Instant(row.int(3, "instant")?),
        ends: Instant(row.int(4, "instant")?),
        ended: row.opt_int(5).map(Instant),
    })
}

fn name(key: &[u8; 16]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}

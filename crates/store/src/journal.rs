//! The journal: events get their places, their entries and a new head of the tree in one
//! transaction, so that a process that dies anywhere leaves a consistent log.
//!
//! A head is signed only after the transaction that made it is on the disk: a signed head whose
//! batch was rolled back would be a fork. The signature is deterministic, so one that was lost is
//! made again, equal to the byte. Why so stands in `docs/decisions/0020-journal.md`.

mod batch;
mod check;
mod publish;
mod stamp;

pub use batch::Round;
pub use check::{Access, Ordered, SignedReceipt, SliceRoot, StoredVersion};
pub use publish::Placed;
pub use stamp::Stamp;

use crate::error::{Error, Result};
use crate::sql::{event as event_sql, journal as sql};
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use seal::Digest;

/// Name of the sequencer's lease.
const LEASE: &str = "sequencer";
/// How long a sequencer that died keeps others waiting, in microseconds: 10 seconds, some hundred
/// times what a batch takes.
const LEASE_TIME: i64 = 10_000_000;

/// The head of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Events in the tree.
    pub size: u64,
    /// The root over their entries.
    pub root: Digest,
}

/// An event that is nothing but itself: no row of another table comes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Kind and what it names; unique for ever.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// When it happened.
    pub at: Instant,
    /// A digest of what happened.
    pub content: Digest,
}

/// The right to give events their places, until another process takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    fence: i64,
}

impl Store {
    /// Takes the turn for a process; `None` while another one has it. A turn that is not used for
    /// ten seconds can be taken by others.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_turn(&self, holder: &str, now: Instant) -> Result<Option<Turn>> {
        transact!(self, Write, "journal_turn", tx => take(&mut tx, holder, now).await)
    }

    /// Gives the turn of a process back, so that another need not wait for its end.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_leave(&self, holder: &str) -> Result<()> {
        let values = [Val::Text(LEASE), Val::Text(holder)];
        transact!(self, Write, "journal_leave", tx => {
            tx.exec(event_sql::LEASE_LEAVE, &values).await.map(drop)
        })
    }

    /// Whether any event waits for its place.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_waits(&self) -> Result<bool> {
        let row = transact!(self, Read, "journal_waits", tx => tx.one(sql::WAITING, &[]).await)?;
        Ok(row.unwrap_or_default().count(0, "count")? > 0)
    }

    /// Gives places to new events and to those that wait, oldest first, up to a limit, and grows the
    /// tree. `seed` is fresh entropy: the salts of this batch come from it, and it is then forgotten.
    ///
    /// # Errors
    /// What the engine says; [`Error::Corrupt`] when the stored tree does not fit its head.
    pub async fn journal_round(
        &self,
        turn: Turn,
        now: Instant,
        new: &[NewEvent],
        limit: usize,
        seed: &[u8; 32],
    ) -> Result<Round> {
        transact!(self, Write, "journal_round", tx => {
            batch::run(&mut tx, turn, now, new, limit, seed).await
        })
    }

    /// The newest head, signed or not.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_head(&self) -> Result<Option<Head>> {
        transact!(self, Read, "journal_head", tx => head(&mut tx).await)
    }

    /// Erases the salt of an event: nobody can tell any more what its entry stands for. The log
    /// stays valid. `false` when there was none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_forget(&self, event: &str) -> Result<bool> {
        let erased = transact!(self, Write, "journal_forget", tx => {
            tx.exec(sql::SALT_ERASE, &[Val::Text(event)]).await
        })?;
        Ok(erased > 0)
    }
}

async fn take(tx: &mut Tx, holder: &str, now: Instant) -> Result<Option<Turn>> {
    let values = [
        Val::Text(LEASE),
        Val::Text(holder),
        Val::Int(now.0 + LEASE_TIME),
        Val::Int(now.0),
    ];
    if tx.exec(event_sql::LEASE_TAKE, &values).await? == 0 {
        return Ok(None);
    }
    let row = tx.one(event_sql::LEASE, &[Val::Text(LEASE)]).await?;
    let fence = row.unwrap_or_default().int(0, "fence")?;
    Ok(Some(Turn { fence }))
}

async fn head(tx: &mut Tx) -> Result<Option<Head>> {
    tx.one(sql::HEAD, &[])
        .await?
        .as_ref()
        .map(read_head)
        .transpose()
}

fn read_head(row: &Row) -> Result<Head> {
    Ok(Head {
        size: row.count(0, "size of the journal")?,
        root: Digest(row.bytes(1, "root of the journal")?),
    })
}

fn read_bytes(row: &Row, place: usize) -> Result<Vec<u8>> {
    row.opt_blob(place).ok_or(Error::Corrupt { what: "tile" })
}

//! What the journal shows: tiles, heads with their signatures, and the place of one event.

use super::batch::{ENTRIES, read_event};
use super::{Head, read_bytes, read_head};
use crate::error::Result;
use crate::sql::journal as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Instant;
use seal::leaf::Event;
use seal::tile::{self, Holds, Tile};

/// An event in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its place.
    pub index: u64,
    /// The event.
    pub event: Event,
    /// Its salt; `None` once it was erased.
    pub salt: Option<[u8; 16]>,
}

impl Store {
    /// The bytes of a tile, if the log has grown that far. A partial tile is the beginning of what
    /// stands there, so every one that ever was can be served.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_tile(&self, tile: &Tile) -> Result<Option<Vec<u8>>> {
        transact!(self, Read, "journal_tile", tx => read_tile(&mut tx, tile).await)
    }

    /// The log's name and key, once it has any.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_identity(&self) -> Result<Option<(String, String)>> {
        transact!(self, Read, "journal_identity", tx => identity(&mut tx).await)
    }

    /// Gives the log its name and key, unless it has them; tells those that it has.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_name(
        &self,
        origin: &str,
        key: &str,
        now: Instant,
    ) -> Result<(String, String)> {
        transact!(self, Write, "journal_name", tx => name(&mut tx, origin, key, now).await)
    }

    /// The newest head that the key of this name signed.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_signed(&self, name: &str) -> Result<Option<Head>> {
        transact!(self, Read, "journal_signed", tx => {
            let row = tx.one(sql::SIGNED, &[Val::Text(name)]).await;
            row.and_then(|row| row.as_ref().map(read_head).transpose())
        })
    }

    /// The newest head that so many others than the log signed too.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_cosigned(&self, origin: &str, others: u64) -> Result<Option<Head>> {
        let values = [Val::Text(origin), Val::count(others), Val::Int(1)];
        transact!(self, Read, "journal_cosigned", tx => {
            let row = tx.one(sql::COSIGNED, &values).await;
            row.and_then(|row| row.as_ref().map(read_head).transpose())
        })
    }

    /// The signature lines under a head, the oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_signatures(&self, size: u64) -> Result<Vec<String>> {
        transact!(self, Read, "journal_signatures", tx => {
            let rows = tx.rows(sql::SIGNATURES, &[Val::count(size)]).await;
            rows.and_then(|rows| {
                rows.iter().map(|row| Ok(row.text(0, "signature")?.to_owned())).collect()
            })
        })
    }

    /// Keeps a signature under a head. It survives the death of the process; one that power loss
    /// takes is made again, equal to the byte, or asked for again.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_sign(
        &self,
        size: u64,
        name: &str,
        line: &str,
        now: Instant,
    ) -> Result<()> {
        let values = [
            Val::count(size),
            Val::Text(name),
            Val::Text(line),
            Val::Int(now.0),
        ];
        transact!(self, Slice, "journal_sign", tx => {
            tx.exec(sql::SIGNATURE_NEW, &values).await.map(drop)
        })
    }

    /// An event by its id, whether or not it has its place.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_event(&self, event: &str) -> Result<Option<Event>> {
        transact!(self, Read, "journal_event", tx => {
            let row = tx.one(sql::EVENT, &[Val::Text(event)]).await;
            row.and_then(|row| row.map(|row| read_event(&row, 0)).transpose())
        })
    }

    /// An event by its id, where it has its place.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn journal_placed(&self, event: &str) -> Result<Option<Placed>> {
        transact!(self, Read, "journal_placed", tx => placed(&mut tx, event).await)
    }
}

async fn read_tile(tx: &mut Tx, tile: &Tile) -> Result<Option<Vec<u8>>> {
    let level = match tile.holds {
        Holds::Entries => ENTRIES,
        Holds::Hashes(level) => i64::from(level),
    };
    let key = [Val::count(tile.number), Val::Int(level)];
    let row = match tx.one(sql::TILE, &key).await? {
        Some(row) => Some(row),
        None => tx.one(sql::EDGE, &key).await?,
    };
    let Some(row) = row else { return Ok(None) };
    Ok(beginning(&read_bytes(&row, 0)?, tile))
}

/// The first so many digests or entries; `None` when there are fewer.
fn beginning(body: &[u8], tile: &Tile) -> Option<Vec<u8>> {
    let width = usize::from(tile.width);
    match tile.holds {
        Holds::Hashes(_) => body.get(..width * 32).map(<[u8]>::to_vec),
        Holds::Entries => {
            let entries = tile::entries(body)?;
            Some(tile::bundle(entries.get(..width)?.iter().copied()))
        }
    }
}

async fn identity(tx: &mut Tx) -> Result<Option<(String, String)>> {
    let row = tx.one(sql::IDENTITY, &[]).await?;
    row.map(|row| {
        Ok((
            row.text(0, "origin")?.to_owned(),
            row.text(1, "key")?.to_owned(),
        ))
    })
    .transpose()
}

async fn name(tx: &mut Tx, origin: &str, key: &str, now: Instant) -> Result<(String, String)> {
    if let Some(known) = identity(tx).await? {
        return Ok(known);
    }
    let values = [Val::Text(origin), Val::Text(key), Val::Int(now.0)];
    tx.exec(sql::IDENTITY_NEW, &values).await?;
    Ok((origin.to_owned(), key.to_owned()))
}

async fn placed(tx: &mut Tx, event: &str) -> Result<Option<Placed>> {
    let Some(row) = tx.one(sql::PLACED, &[Val::Text(event)]).await? else {
        return Ok(None);
    };
    let event = read_event(&row, 1)?;
    let salt = match event.own_salt() {
        Some(salt) => Some(salt),
        None => row.opt_bytes(5, "salt")?,
    };
    Ok(Some(Placed {
        index: row.count(0, "log index")?,
        event,
        salt,
    }))
}

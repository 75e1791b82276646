//! Events: what happened, written in the transaction in which it happened, and put in order by one
//! leased, fenced sequencer. The order is the only one that consumers use.

use crate::error::{Error, Result};
use crate::sql::event as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;

/// Name of the sequencer's lease.
const LEASE: &str = "sequencer";
/// How long a sequencer that died keeps others waiting, in microseconds: 10 seconds, some hundred
/// times what a batch takes.
const LEASE_TIME: i64 = 10_000_000;

/// What a run of the sequencer did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequenced {
    /// So many events got their place.
    Done(u64),
    /// Another sequencer has the lease.
    Elsewhere,
}

/// An event in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// 0, 1, 2 … without gaps.
    pub index: u64,
    /// Kind and what it names.
    pub event: String,
    /// Its kind.
    pub kind: String,
    /// When it happened.
    pub at: Instant,
    /// What the journal holds of it.
    pub leaf: [u8; 32],
}

/// Adds an event; its place in the order comes later.
pub(crate) async fn add(
    tx: &mut Tx,
    id: &str,
    kind: &'static str,
    at: Instant,
    leaf: &[u8; 32],
) -> Result<()> {
    let values = [
        Val::Text(id),
        Val::Text(kind),
        Val::Int(at.0),
        Val::Bytes(leaf),
    ];
    tx.exec(sql::NEW, &values).await?;
    tx.exec(sql::PENDING, &[Val::Text(id)]).await?;
    Ok(())
}

impl Store {
    /// Gives pending events their places, oldest first, up to a limit. `holder` names this
    /// process; only one holder at a time does it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn events_sequence(
        &self,
        holder: &str,
        now: Instant,
        limit: usize,
    ) -> Result<Sequenced> {
        let fence =
            transact!(self, Write, "events_lease", tx => lease(&mut tx, holder, now).await)?;
        let Some(fence) = fence else {
            return Ok(Sequenced::Elsewhere);
        };
        transact!(self, Write, "events_sequence", tx => {
            sequence(&mut tx, fence, now, limit).await
        })
    }

    /// Events from a place in the order on.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn events_log(&self, from: u64, limit: usize) -> Result<Vec<LogEntry>> {
        transact!(self, Read, "events_log", tx => {
            let rows = tx.rows(sql::LOG_PAGE, &[Val::count(from), Val::count(limit as u64)]).await;
            rows.and_then(|rows| rows.iter().map(entry).collect())
        })
    }
}

async fn lease(tx: &mut Tx, holder: &str, now: Instant) -> Result<Option<i64>> {
    let values = [
        Val::Text(LEASE),
        Val::Text(holder),
        Val::Int(now.0 + LEASE_TIME),
        Val::Int(now.0),
    ];
    if tx.exec(sql::LEASE_TAKE, &values).await? == 0 {
        return Ok(None);
    }
    let row = tx.one(sql::LEASE, &[Val::Text(LEASE)]).await?;
    row.unwrap_or_default().int(0, "fence").map(Some)
}

async fn sequence(tx: &mut Tx, fence: i64, now: Instant, limit: usize) -> Result<Sequenced> {
    let held = [
        Val::Text(LEASE),
        Val::Int(fence),
        Val::Int(now.0 + LEASE_TIME),
    ];
    if tx.exec(sql::LEASE_HOLD, &held).await? == 0 {
        return Ok(Sequenced::Elsewhere);
    }
    let pending = tx
        .rows(sql::PENDING_PAGE, &[Val::count(limit as u64)])
        .await?;
    let next = tx.one(sql::ORDER_NEXT, &[]).await?.unwrap_or_default();
    let mut places = Vec::with_capacity(pending.len() * 2);
    let mut done = Vec::with_capacity(pending.len());
    for (row, place) in pending.iter().zip(next.int(0, "log index")?..) {
        let event = Val::Text(row.text(0, "event")?);
        places.extend([Val::Int(place), event]);
        done.push(event);
    }
    tx.bulk(&sql::ORDER, &places).await?;
    if tx.bulk(&sql::UNPEND, &done).await? != done.len() as u64 {
        return Err(Error::Raced);
    }
    Ok(Sequenced::Done(done.len() as u64))
}

fn entry(row: &Row) -> Result<LogEntry> {
    Ok(LogEntry {
        index: row.count(0, "log index")?,
        event: row.text(1, "event")?.to_owned(),
        kind: row.text(2, "kind")?.to_owned(),
        at: Instant(row.int(3, "instant")?),
        leaf: row.bytes(4, "leaf")?,
    })
}

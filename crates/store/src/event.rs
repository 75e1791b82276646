//! Events: what happened, written in the transaction in which it happened. They wait for their place
//! in the order, which `journal` gives them; that order is the only one that consumers use.

use crate::error::Result;
use crate::sql::event as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;

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

fn entry(row: &Row) -> Result<LogEntry> {
    Ok(LogEntry {
        index: row.count(0, "log index")?,
        event: row.text(1, "event")?.to_owned(),
        kind: row.text(2, "kind")?.to_owned(),
        at: Instant(row.int(3, "instant")?),
        leaf: row.bytes(4, "leaf")?,
    })
}

//! Stamps of heads by a time-stamping authority.

use super::{Head, read_head};
use crate::error::{Error, Result};
use crate::sql::journal as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Val};
use credit::record::Instant;

/// A stamp as its row keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Entries under the head.
    pub size: u64,
    /// The head.
    pub head: Head,
    /// The authority's answer, DER.
    pub answer: Vec<u8>,
}

impl Store {
    /// Keeps a stamp of a head. One that has a stamp keeps it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn stamp_add(&self, size: u64, answer: &[u8], at: Instant) -> Result<()> {
        transact!(self, Write, "stamp_add", tx => {
            let values = [Val::count(size), Val::Bytes(answer), Val::Int(at.0)];
            tx.exec(sql::STAMP_NEW, &values).await.map(|_| ())
        })
    }

    /// Stamps of heads above a size, the smallest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn stamps(&self, above: u64, limit: u32) -> Result<Vec<Stamp>> {
        transact!(self, Read, "stamps", tx => {
            let values = [Val::count(above), Val::Int(limit.into())];
            let rows = tx.rows(sql::STAMPS, &values).await;
            rows.and_then(|rows| rows.iter().map(read_stamp).collect())
        })
    }

    /// The largest head that is stamped; none: 0.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn stamped(&self) -> Result<u64> {
        transact!(self, Read, "stamped", tx => {
            let row = tx.one(sql::STAMPED, &[]).await;
            row.map(|row| row.and_then(|row| row.opt_int(0)).unwrap_or(0).unsigned_abs())
        })
    }
}

fn read_stamp(row: &Row) -> Result<Stamp> {
    let head = read_head(row)?;
    Ok(Stamp {
        size: head.size,
        head,
        answer: row.opt_blob(2).ok_or(Error::Corrupt { what: "stamp" })?,
    })
}

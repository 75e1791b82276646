//! SQLite: a bounded pool of connections, and a transaction on one of them.
//!
//! Calls run inline: a short read through another thread costs three times the read itself.

use super::row::{Cell, Row};
use super::value::Val;
use super::{Bulk, Each};
use crate::error::{Error, Result};
use crate::sql::schema::{SQLITE_DURABLE, SQLITE_SLICE};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections that take turns. The writing pool has exactly one.
pub(crate) struct LitePool {
    idle: Mutex<Vec<Connection>>,
    turns: Arc<Semaphore>,
}

impl LitePool {
    pub(crate) fn new(connections: Vec<Connection>) -> Arc<LitePool> {
        Arc::new(LitePool {
            turns: Arc::new(Semaphore::new(connections.len())),
            idle: Mutex::new(connections),
        })
    }

    /// Waits for a turn and begins a transaction: `BEGIN IMMEDIATE` to write, so that two
    /// processes meet at the start and not half way.
    ///
    /// `durable` decides what a commit means: on the disk, or safe from the death of the process.
    pub(crate) async fn begin(
        self: &Arc<Self>,
        begin: &'static str,
        durable: bool,
    ) -> Result<LiteConn> {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .map_err(|_| Error::Conflict("the store is closed"))?;
        let conn = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
            .ok_or(Error::Conflict("the store is closed"))?;
        let lease = LiteConn {
            conn: Some(conn),
            pool: Arc::clone(self),
            open: false,
            _turn: turn,
        };
        lease.start(begin, durable)
    }

    fn put_back(&self, conn: Connection) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(conn);
    }
}

/// A transaction on a connection of a pool; the connection goes back when it is dropped.
pub(crate) struct LiteConn {
    conn: Option<Connection>,
    pool: Arc<LitePool>,
    open: bool,
    _turn: OwnedSemaphorePermit,
}

impl LiteConn {
    fn start(mut self, begin: &'static str, durable: bool) -> Result<LiteConn> {
        if begin != "BEGIN DEFERRED" {
            let level = if durable {
                SQLITE_DURABLE
            } else {
                SQLITE_SLICE
            };
            self.conn()?.execute_batch(level)?;
        }
        self.conn()?.prepare_cached(begin)?.execute([])?;
        self.open = true;
        Ok(self)
    }

    fn conn(&mut self) -> Result<&mut Connection> {
        self.conn
            .as_mut()
            .ok_or(Error::Conflict("the store is closed"))
    }

    pub(super) fn rows(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Vec<Row>> {
        let mut statement = self.conn()?.prepare_cached(&numbered(sql))?;
        let mut out = Vec::new();
        collect(&mut statement, params, None, &mut out)?;
        Ok(out)
    }

    pub(super) fn one(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Option<Row>> {
        let mut statement = self.conn()?.prepare_cached(&numbered(sql))?;
        let width = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(params))?;
        match rows.next()? {
            Some(row) => Ok(Some(read_row(row, width, None)?)),
            None => Ok(None),
        }
    }

    pub(super) fn exec(&mut self, sql: &str, params: &[Val<'_>]) -> Result<u64> {
        let mut statement = self.conn()?.prepare_cached(&numbered(sql))?;
        let changed = statement.execute(rusqlite::params_from_iter(params))?;
        Ok(changed as u64)
    }

    pub(super) fn bulk(&mut self, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
        let (width, mut left, mut changed) = (bulk.columns.len(), values, 0);
        if let Some(text) = bulk.lite_many_text().filter(|_| left.len() >= many(width)) {
            let mut statement = self.conn()?.prepare_cached(text)?;
            while let Some((rows, rest)) = left.split_at_checked(many(width)) {
                changed += statement.execute(rusqlite::params_from_iter(rows))? as u64;
                left = rest;
            }
        }
        let mut statement = self.conn()?.prepare_cached(bulk.lite_text())?;
        for row in left.chunks_exact(width) {
            changed += statement.execute(rusqlite::params_from_iter(row))? as u64;
        }
        Ok(changed)
    }

    pub(super) fn each(&mut self, each: &Each, keys: &[Val<'_>]) -> Result<Vec<Row>> {
        let mut statement = self.conn()?.prepare_cached(each.lite_text())?;
        let mut out = Vec::new();
        for (key, number) in keys.chunks_exact(each.columns.len()).zip(1_i64..) {
            collect(&mut statement, key, Some(number), &mut out)?;
        }
        Ok(out)
    }

    #[cfg(test)]
    pub(super) fn prepare(&mut self, sql: &str) -> Result<()> {
        self.conn()?.prepare(&numbered(sql))?;
        Ok(())
    }

    /// Runs a script of several statements (migrations only).
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        Ok(self.conn()?.execute_batch(sql)?)
    }

    pub(super) fn commit(mut self) -> Result<()> {
        self.conn()?.prepare_cached("COMMIT")?.execute([])?;
        self.open = false;
        Ok(())
    }
}

impl Drop for LiteConn {
    /// Undoes what was not committed. Where even that fails the connection is not used again, and
    /// SQLite undoes it when the connection closes.
    fn drop(&mut self) {
        let Some(conn) = self.conn.take() else { return };
        let clean = !self.open || conn.is_autocommit() || conn.execute_batch("ROLLBACK").is_ok();
        if clean {
            self.pool.put_back(conn);
        } else {
            tracing::error!("a connection could not roll back and was closed");
        }
    }
}

/// Values that one statement takes.
fn many(width: usize) -> usize {
    width * Bulk::LITE_ROWS
}

/// SQLite takes `$1` for a name and numbers names by their first appearance; `?1` is a number.
pub(super) fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn collect(
    statement: &mut Statement<'_>,
    params: &[Val<'_>],
    number: Option<i64>,
    out: &mut Vec<Row>,
) -> Result<()> {
    let width = statement.column_count();
    let mut rows = statement.query(rusqlite::params_from_iter(params))?;
    while let Some(row) = rows.next()? {
        out.push(read_row(row, width, number)?);
    }
    Ok(())
}

fn read_row(row: &rusqlite::Row<'_>, width: usize, number: Option<i64>) -> Result<Row> {
    let mut cells = Vec::with_capacity(width);
    for place in 0..width {
        let cell = match (place, number) {
            (0, Some(number)) => Cell::Int(number),
            _ => read_cell(row.get_ref(place)?)?,
        };
        cells.push(cell);
    }
    Ok(Row(cells))
}

fn read_cell(value: ValueRef<'_>) -> Result<Cell> {
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Text(text) => Cell::Text(
            std::str::from_utf8(text)
                .map_err(|_| Error::Corrupt { what: "text" })?
                .to_owned(),
        ),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(Error::Corrupt { what: "number" }),
    })
}

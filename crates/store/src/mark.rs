//! A mark of what is committed, so that a rendered answer may be used again while nothing changed.

use crate::error::{Cause, Error, Result};
use crate::sql::schema::{MARK_POSTGRES, MARK_SQLITE};
use crate::store::{Seat, Store};
use std::sync::PoisonError;

/// What was committed when the mark was read. Two equal marks of one [`Store`] say that no
/// transaction was committed in between, by this process or another; marks of two stores, or of
/// two runs of a program, say nothing about each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mark(Seen);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Seen {
    Lite(i64),
    Pg(Box<str>),
}

impl Store {
    /// Reads the mark: about 2 µs on SQLite, one round trip on PostgreSQL. Read it before the data
    /// that it is to vouch for; data read later are at least as new.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn data_version(&self) -> Result<Mark> {
        match &self.seat {
            Seat::Lite { mark, .. } => {
                let conn = mark.lock().unwrap_or_else(PoisonError::into_inner);
                let mut statement = conn.prepare_cached(MARK_SQLITE)?;
                let number = statement.query_row([], |row| row.get(0))?;
                Ok(Mark(Seen::Lite(number)))
            }
            Seat::Pg { app, .. } => {
                let client = app
                    .get()
                    .await
                    .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
                let statement = client.prepare_cached(MARK_POSTGRES).await?;
                let row = client.query_one(&statement, &[]).await?;
                let text: String = row.try_get(0)?;
                Ok(Mark(Seen::Pg(text.into())))
            }
        }
    }
}

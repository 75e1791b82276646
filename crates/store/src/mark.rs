//! A mark of what is committed, so that a rendered answer may be used again while nothing changed.

use crate::error::Result;
use crate::sql::schema::MARK_SQLITE;
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
    /// Reads the mark: about 2 µs on SQLite, one round trip on PostgreSQL, which all share who ask
    /// while another is under way. Read it before the data that it is to vouch for; data read later
    /// are at least as new.
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
            Seat::Pg { marks, .. } => Ok(Mark(Seen::Pg(marks.read().await?))),
        }
    }
}

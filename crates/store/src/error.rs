//! What can go wrong in the store. The outer message says how to go on; the cause is for the log.
//! Neither carries a value of any row.

use crate::grant::LookFault;
use deadpool_postgres::{HookError, PoolError};
use std::fmt;

/// Result of a store operation.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the store cannot be understood.
    #[error("the store address must be sqlite:PATH or postgres://USER@HOST/DATABASE")]
    Address,
    /// The engine cannot be reached or opened.
    #[error("the {engine} store cannot be opened; check that it exists, runs and may be used")]
    Open {
        /// Which engine.
        engine: Engine,
        /// Why.
        #[source]
        cause: Box<Cause>,
    },
    /// The schema is older than this program.
    #[error("the store has schema {found}, this program needs {wanted}; run `gongxin migrate`")]
    SchemaOld {
        /// Version found.
        found: u32,
        /// Version of this program.
        wanted: u32,
    },
    /// The schema is newer than this program, or not ours at all.
    #[error(
        "the store has schema {found}, this program knows {wanted} at most; install a newer gongxin"
    )]
    SchemaUnknown {
        /// Version found.
        found: u32,
        /// Version of this program.
        wanted: u32,
    },
    /// A migration that was applied reads differently now.
    #[error("migration {0} was changed after it was applied; restore its text and add a new one")]
    MigrationChanged(u32),
    /// Others held the rows through every try.
    #[error("the store is busy; try `{transaction}` again in a moment")]
    Busy {
        /// Name of the transaction.
        transaction: &'static str,
        /// The last refusal.
        #[source]
        cause: Box<Cause>,
    },
    /// The connection to the database was lost, and did not come back for some seconds.
    #[error("the database does not answer; when it runs again, send the same once more")]
    Gone(#[source] Box<Cause>),
    /// There is no room for what was to be written; nothing of it was.
    #[error(
        "the disk of the store is full and nothing was written; make room, then send the same once more"
    )]
    Full(#[source] Box<Cause>),
    /// The engine refused or broke.
    #[error("the store failed; the cause is in the log")]
    Engine(#[source] Box<Cause>),
    /// A stored value cannot be read back.
    #[error("a stored {what} cannot be read; restore it from a backup")]
    Corrupt {
        /// Which column.
        what: &'static str,
    },
    /// A write contradicts what stands there.
    #[error("{0}")]
    Conflict(&'static str),
    /// Another writer changed what this one had read: the transaction runs again.
    #[error("the store is busy; try again in a moment")]
    Raced,
    /// Another full list of the same supplier and theme is being applied.
    #[error("another full list of this source is being applied; send this one when it is done")]
    SourceTaken,
    /// The officer who sent a snapshot cannot confirm what it removes.
    #[error("who sent the list cannot confirm it; another officer must")]
    SameOfficer,
    /// A cursor that this store did not give.
    #[error("the page cursor is not one of ours; begin at the first page")]
    Cursor,
    /// A look under a grant that is not allowed; nothing of it was written.
    #[error(transparent)]
    Look(LookFault),
    /// No token is left: the next one comes after so many microseconds. Told to nobody as an error.
    #[error("too many looks; wait a moment")]
    Wait(i64),
    /// Somebody looked at a fact of which nobody is to hold a copy untold. Told to nobody as an error.
    #[error("somebody looked in between; make the move again")]
    Looked,
    /// There is no such row.
    #[error("there is no such {0} in the store")]
    NotFound(&'static str),
}

/// What an engine said.
#[derive(Debug, thiserror::Error)]
pub enum Cause {
    /// SQLite.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL.
    #[error(transparent)]
    Postgres(#[from] tokio_postgres::Error),
    /// The pool of PostgreSQL connections.
    #[error(transparent)]
    Pool(#[from] deadpool_postgres::PoolError),
    /// The file system.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

impl From<rusqlite::Error> for Error {
    fn from(cause: rusqlite::Error) -> Error {
        Error::Engine(Box::new(cause.into()))
    }
}

impl From<tokio_postgres::Error> for Error {
    fn from(cause: tokio_postgres::Error) -> Error {
        Error::Engine(Box::new(cause.into()))
    }
}

impl Error {
    /// Whether the same transaction may succeed when it is run again: serialization failures
    /// (40001), deadlocks (40P01), unique violations of two racing writers (23505), a busy file.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Error::Raced => true,
            Error::Engine(cause) => match cause.as_ref() {
                Cause::Sqlite(cause) => matches!(
                    cause.sqlite_error_code(),
                    Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked)
                ),
                Cause::Postgres(cause) => state(cause, &["40001", "40P01", "23505"]),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether the database went away or is not there yet: it is shut down (57P01, 57P02), starts
    /// (57P03), or the connection broke.
    pub(crate) fn is_gone(&self) -> bool {
        const STATES: [&str; 3] = ["57P01", "57P02", "57P03"];
        let lost = |cause: &tokio_postgres::Error| {
            let broken = std::error::Error::source(cause)
                .is_some_and(|source| source.downcast_ref::<std::io::Error>().is_some());
            cause.is_closed() || broken || state(cause, &STATES)
        };
        match self {
            Error::Engine(cause) => match cause.as_ref() {
                Cause::Postgres(cause)
                | Cause::Pool(
                    PoolError::Backend(cause)
                    // A new connection is cut while its session is being set.
                    | PoolError::PostCreateHook(HookError::Backend(cause)),
                ) => lost(cause),
                _ => false,
            },
            _ => false,
        }
    }

    /// The same with the outer message that fits its cause; `transaction` is what was tried.
    pub(crate) fn outer(self, transaction: &'static str) -> Error {
        let full = match &self {
            Error::Engine(cause) => match cause.as_ref() {
                Cause::Sqlite(cause) => {
                    cause.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
                }
                Cause::Postgres(cause) => state(cause, &["53100"]),
                _ => false,
            },
            _ => false,
        };
        let (gone, busy) = (self.is_gone(), self.is_transient());
        match self {
            Error::Engine(cause) if full => Error::Full(cause),
            Error::Engine(cause) if gone => Error::Gone(cause),
            Error::Engine(cause) if busy => Error::Busy { transaction, cause },
            Error::Raced => Error::Busy {
                transaction,
                cause: Box::new(Cause::Other("rows changed under every try".to_owned())),
            },
            other => other,
        }
    }
}

fn state(cause: &tokio_postgres::Error, states: &[&str]) -> bool {
    cause
        .code()
        .is_some_and(|state| states.contains(&state.code()))
}

/// The engine under a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, bundled, one file.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        })
    }
}

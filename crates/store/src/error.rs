//! What can go wrong in the store. The outer message says how to go on; the cause is for the log.
//! Neither carries a value of any row.

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
                Cause::Sqlite(rusqlite::Error::SqliteFailure(failure, _)) => matches!(
                    failure.code,
                    rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked
                ),
                Cause::Postgres(cause) => cause
                    .code()
                    .is_some_and(|state| matches!(state.code(), "40001" | "40P01" | "23505")),
                _ => false,
            },
            _ => false,
        }
    }
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

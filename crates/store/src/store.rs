//! The store: opened by its address, with named transactions that run again when they must.

use crate::address::StoreUrl;
use crate::error::{Engine, Error, Result};
use crate::look::Looks;
use crate::metrics::{Metrics, TransactionCount};
use crate::tx::{LitePool, PgConn, Tx};
use crate::{lite, migrate, pg};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Tries of one transaction before its caller is told that the store is busy. Two writers that
/// meet at every try settle after two; eight leave room for many.
const TRIES: u32 = 8;

/// The first pause before a database that went away is asked again; each further one is twice as
/// long, so that all tries together wait some six seconds for a restart.
const PAUSE: Duration = Duration::from_millis(50);

/// A store of facts on SQLite or PostgreSQL.
pub struct Store {
    pub(crate) seat: Seat,
    pub(crate) metrics: Metrics,
    pub(crate) opened: Openings,
}

/// What the lock opened of this store in this process, and how far that is settled.
#[derive(Default)]
pub(crate) struct Openings {
    pub(crate) tally: policy::Tally,
    /// The process's number, once something was settled.
    pub(crate) run: std::sync::OnceLock<[u8; 16]>,
    /// Rows that were settled.
    pub(crate) next: std::sync::atomic::AtomicI64,
}

/// The connections of one engine.
pub(crate) enum Seat {
    Lite {
        path: std::path::PathBuf,
        writer: Arc<LitePool>,
        readers: Arc<LitePool>,
        /// Asked for nothing but whether others committed; see `mark`.
        mark: Mutex<rusqlite::Connection>,
    },
    Pg {
        app: deadpool_postgres::Pool,
        owner: deadpool_postgres::Pool,
        /// Asked for nothing but whether others committed; see `mark`.
        marks: pg::Marks,
        /// Turns of those who sort names into their index.
        sorting: Arc<Semaphore>,
        /// Public look-ups that travel together; see `look`.
        looks: Looks,
    },
}

/// What a transaction needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Want {
    /// A consistent view; nothing is written.
    Read,
    /// An interactive write: durable before it is acknowledged.
    Write,
    /// A slice of a bulk load: survives the death of the process; its submission's receipt is
    /// what is acknowledged, and that is durable with all slices before it. Also what can be made
    /// again from what is durable.
    Slice,
}

impl Store {
    /// Opens a store. An empty SQLite file is made where there is none; nothing is migrated.
    ///
    /// # Errors
    /// [`Error::Open`] when the engine cannot be reached.
    pub async fn open(url: &StoreUrl) -> Result<Store> {
        let seat = match url {
            StoreUrl::Sqlite(path) => lite::open(path)?,
            StoreUrl::Postgres(text) => pg::open(text).await?,
        };
        Ok(Store {
            seat,
            metrics: Metrics::default(),
            opened: Openings::default(),
        })
    }

    /// The engine under it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.seat {
            Seat::Lite { .. } => Engine::Sqlite,
            Seat::Pg { .. } => Engine::Postgres,
        }
    }

    /// Brings the schema up to this program's; names the migrations that ran.
    ///
    /// # Errors
    /// [`Error::MigrationChanged`] when an applied migration was edited since.
    pub async fn migrate(&self) -> Result<Vec<String>> {
        let done = migrate::run(self).await?;
        self.check_schema().await?;
        Ok(done)
    }

    /// Refuses a schema that is older or newer than this program's.
    ///
    /// # Errors
    /// [`Error::SchemaOld`] and [`Error::SchemaUnknown`], which say how to go on.
    pub async fn check_schema(&self) -> Result<()> {
        let mut tx = self.begin(Want::Read).await?;
        let checked = migrate::check(&mut tx).await;
        tx.roll_back().await;
        checked
    }

    /// Counters by name of transaction.
    #[must_use]
    pub fn transactions(&self) -> BTreeMap<&'static str, TransactionCount> {
        self.metrics.read()
    }

    /// Lets the engine learn how the data lie; run it after bulk loads.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn analyze(&self) -> Result<()> {
        let done = match &self.seat {
            Seat::Lite { path, .. } => lite::analyze(path),
            Seat::Pg { owner, .. } => pg::analyze(owner).await,
        };
        self.metrics.add("analyze", |count| match done {
            Ok(()) => count.committed += 1,
            Err(_) => count.failed += 1,
        });
        done
    }

    /// Leaves no deleted row behind in the engine's files, as far as it can tell: after an erasure.
    ///
    /// # Errors
    /// What the engine says.
    pub(crate) async fn scrub(&self) -> Result<()> {
        match &self.seat {
            Seat::Lite { path, .. } => lite::scrub(path),
            Seat::Pg { owner, .. } => pg::scrub(owner).await,
        }
    }

    /// Has new names sorted into their index, where that is a step of its own.
    pub(crate) fn names_sort(&self) {
        if let Seat::Pg { owner, sorting, .. } = &self.seat {
            pg::sort_names(owner, sorting);
        }
    }

    pub(crate) async fn begin(&self, want: Want) -> Result<Tx> {
        match &self.seat {
            Seat::Lite {
                writer, readers, ..
            } => match want {
                Want::Read => Ok(Tx::Lite(readers.begin("BEGIN DEFERRED", false).await?)),
                Want::Write => Ok(Tx::Lite(writer.begin("BEGIN IMMEDIATE", true).await?)),
                Want::Slice => Ok(Tx::Lite(writer.begin("BEGIN IMMEDIATE", false).await?)),
            },
            Seat::Pg { app, .. } => {
                let begin = match want {
                    Want::Read => pg::BEGIN_READ,
                    Want::Write => pg::BEGIN_WRITE,
                    Want::Slice => pg::BEGIN_SLICE,
                };
                Ok(Tx::Pg(PgConn::begin(app, begin, want == Want::Read).await?))
            }
        }
    }

    /// A transaction that may change the schema.
    pub(crate) async fn begin_migration(&self) -> Result<Tx> {
        match &self.seat {
            Seat::Lite { path, .. } => {
                let pool = LitePool::new(vec![lite::owner(path)?]);
                Ok(Tx::Lite(pool.begin("BEGIN EXCLUSIVE", true).await?))
            }
            Seat::Pg { owner, .. } => Ok(Tx::Pg(PgConn::begin(owner, "BEGIN", false).await?)),
        }
    }

    /// Commits or rolls back. `None` means: run the whole transaction again.
    pub(crate) async fn settle<T>(
        &self,
        name: &'static str,
        tx: Tx,
        outcome: Result<T>,
        tries: &mut u32,
    ) -> Option<Result<T>> {
        // A connection that breaks while a write is committed leaves open whether it was.
        let again = outcome.is_err() || tx.reads();
        let outcome = match outcome {
            Ok(value) => tx.commit().await.map(|()| value),
            Err(error) => {
                tx.roll_back().await;
                Err(error)
            }
        };
        match outcome {
            Ok(value) => {
                self.metrics.add(name, |count| count.committed += 1);
                Some(Ok(value))
            }
            Err(error) if error.is_transient() || (again && error.is_gone()) => {
                self.again(name, error, tries).await.map(Err)
            }
            Err(error) => Some(Err(self.failed(name, error))),
        }
    }

    /// What to do when a transaction did not begin: a database that went away is waited for, but a
    /// file that stayed locked was waited for long enough.
    pub(crate) async fn unbegun(
        &self,
        name: &'static str,
        error: Error,
        tries: &mut u32,
    ) -> Option<Error> {
        if error.is_gone() {
            return self.again(name, error, tries).await;
        }
        Some(self.failed(name, error))
    }

    /// `None` while there are tries left.
    async fn again(&self, name: &'static str, error: Error, tries: &mut u32) -> Option<Error> {
        *tries += 1;
        if *tries >= TRIES {
            return Some(self.failed(name, error));
        }
        self.metrics.add(name, |count| count.retried += 1);
        tracing::debug!(transaction = name, tries = *tries, "run again");
        if error.is_gone() {
            tokio::time::sleep(PAUSE * (1 << (*tries - 1))).await;
        }
        None
    }

    fn failed(&self, name: &'static str, error: Error) -> Error {
        self.metrics.add(name, |count| count.failed += 1);
        error.outer(name)
    }
}

/// Runs a named transaction, again when it must: `transact!(store, Write, "name", tx => body)`,
/// where the body is an expression of type `Result<T>` that awaits nothing but `tx`.
macro_rules! transact {
    ($store:expr, $want:ident, $name:literal, $tx:ident => $body:expr) => {{
        let mut tries = 0;
        loop {
            let mut $tx = match $store.begin($crate::store::Want::$want).await {
                Ok(tx) => tx,
                Err(error) => match $store.unbegun($name, error, &mut tries).await {
                    Some(error) => break Err(error),
                    None => continue,
                },
            };
            let outcome = $body;
            if let Some(settled) = $store.settle($name, $tx, outcome, &mut tries).await {
                break settled;
            }
        }
    }};
}
pub(crate) use transact;

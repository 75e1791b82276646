//! Opening PostgreSQL: a pool that runs under the role without rights over history, and another
//! for the owner, who migrates.

use crate::error::{Cause, Engine, Error, Result};
use crate::look::Looks;
use crate::sql;
use crate::store::Seat;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod};
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_postgres::{Config, NoTls};

/// Connections that serve; a primary of a city has hundreds, of which one process takes few.
const CONNECTIONS: usize = 16;

/// Connections that carry public look-ups. Two keep two processors at work, and the fewer there
/// are, the more look-ups share a round trip.
const LOOKERS: usize = 2;

/// A consistent view; nothing is written.
pub(crate) const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// What is committed is on the disk.
pub(crate) const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";

/// What is committed is visible at once and on the disk with the next durable commit, at the latest.
pub(crate) const BEGIN_SLICE: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off";

/// Who may sort names: one at work, and one that waits for it and so sees all that came before.
const SORTERS: usize = 2;

/// Askers that may wait for one reading of the mark: more than requests are served at once.
const ASKERS: usize = 4_096;

pub(crate) async fn open(text: &str) -> Result<Seat> {
    let config: Config = text.parse().map_err(|_| Error::Address)?;
    let app = pool(&config, CONNECTIONS, true)?;
    let owner = pool(&config, 1, false)?;
    let client = owner.get().await.map_err(|cause| Error::Open {
        engine: Engine::Postgres,
        cause: Box::new(Cause::Pool(cause)),
    })?;
    drop(client);
    let marks = Marks::start(pool(&config, 1, true)?);
    Ok(Seat::Pg {
        app,
        owner,
        marks,
        sorting: Arc::new(Semaphore::new(SORTERS)),
        looks: Looks::start(pool(&config, LOOKERS, true)?, LOOKERS),
    })
}

/// Reads the mark for all who ask. One reading runs at a time on a connection of its own; whoever
/// asks meanwhile shares the next one, which begins after every one of them has asked. So the
/// promise is that of a reading for each, and a thousand askers cost the server no more than one:
/// each with a query of its own, sixteen backends fought for the processors with the server itself,
/// and the slowest answers took 40 ms.
pub(crate) struct Marks {
    ask: mpsc::Sender<Asker>,
}

type Asker = oneshot::Sender<Result<Box<str>>>;

impl Marks {
    /// Starts the reader, which ends with the last of its askers.
    fn start(pool: Pool) -> Marks {
        let (ask, asked) = mpsc::channel(ASKERS);
        tokio::spawn(answer(pool, asked));
        Marks { ask }
    }

    /// The mark of a reading that begins after this was called.
    pub(crate) async fn read(&self) -> Result<Box<str>> {
        const CLOSED: Error = Error::Conflict("the store is closed");
        let (tell, told) = oneshot::channel();
        self.ask.send(tell).await.map_err(|_| CLOSED)?;
        told.await.map_err(|_| CLOSED)?
    }
}

async fn answer(pool: Pool, mut asked: mpsc::Receiver<Asker>) {
    let mut askers: Vec<Asker> = Vec::new();
    while asked.recv_many(&mut askers, ASKERS).await > 0 {
        match read_mark(&pool).await {
            // An asker that went away needs no answer.
            Ok(mark) => askers
                .drain(..)
                .for_each(|one| drop(one.send(Ok(mark.clone())))),
            Err(error) => {
                let said = error_words(&error);
                let failed = || Error::Engine(Box::new(Cause::Other(said.clone())));
                askers
                    .drain(..)
                    .for_each(|one| drop(one.send(Err(failed()))));
            }
        }
    }
}

/// What the engine said, for each of many logs.
fn error_words(error: &Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

async fn read_mark(pool: &Pool) -> Result<Box<str>> {
    let client = pool
        .get()
        .await
        .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
    let statement = client.prepare_cached(sql::schema::MARK_POSTGRES).await?;
    let row = client.query_one(&statement, &[]).await?;
    let text: String = row.try_get(0)?;
    Ok(text.into())
}

fn pool(config: &Config, size: usize, guarded: bool) -> Result<Pool> {
    let manager = Manager::from_config(
        config.clone(),
        NoTls,
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    let mut builder = Pool::builder(manager).max_size(size);
    if guarded {
        builder = builder.post_create(Hook::async_fn(|client, _| {
            Box::pin(async move { take_role(client).await.map_err(HookError::Backend) })
        }));
    }
    builder.build().map_err(|cause| Error::Open {
        engine: Engine::Postgres,
        cause: Box::new(Cause::Other(cause.to_string())),
    })
}

/// Gives up the owner's rights where the migration made the role for it.
async fn take_role(
    client: &mut deadpool_postgres::ClientWrapper,
) -> std::result::Result<(), tokio_postgres::Error> {
    if client.query_opt(sql::schema::ROLE, &[]).await?.is_some() {
        client.batch_execute(sql::schema::SET_ROLE).await?;
    }
    Ok(())
}

/// Sorts the tokens that wait beside the index of names into it, on a connection of its own, so that
/// the next slice does not wait for it. Where it cannot be done (another owner), the server does it
/// at its own limit.
pub(crate) fn sort_names(owner: &Pool, turns: &Arc<Semaphore>) {
    let Ok(turn) = Arc::clone(turns).try_acquire_owned() else {
        return;
    };
    let owner = owner.clone();
    tokio::spawn(async move {
        if let Ok(client) = owner.get().await
            && let Err(cause) = client.batch_execute(sql::schema::SORT_NAMES).await
        {
            tracing::debug!(%cause, "tokens of names wait for the server");
        }
        drop(turn);
    });
}

pub(crate) async fn analyze(owner: &Pool) -> Result<()> {
    let client = owner
        .get()
        .await
        .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
    client.batch_execute("ANALYZE").await?;
    Ok(())
}

/// Takes deleted rows out of the pages, where the role may; else the server does it in its turn.
pub(crate) async fn scrub(owner: &Pool) -> Result<()> {
    let client = owner
        .get()
        .await
        .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
    if let Err(cause) = client.batch_execute(sql::schema::SCRUB_POSTGRES).await {
        tracing::debug!(%cause, "deleted rows wait for the server");
    }
    Ok(())
}

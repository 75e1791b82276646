//! Look-ups that travel together. PostgreSQL spends more on a message than on the rows it finds, so
//! whoever asks while the lines are busy waits in a queue, and the next free line takes all that
//! wait. Nobody waits for others to come: a look-up that finds a line free goes alone.
//!
//! Each journey is one snapshot that begins after every one of its look-ups was asked, so the
//! promise is that of a transaction for each.

use crate::error::Result;
use crate::pg::BEGIN_READ;
use crate::tx::{PgConn, Tx};
use credit::identifier::Identifier;
use credit::record::Facts;
use deadpool_postgres::Pool;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc, oneshot};

/// Look-ups of one journey: the rows of more would hold the first of them up.
const TOGETHER: usize = 32;

/// Look-ups that may wait: more than requests are served at once.
const ASKERS: usize = 4_096;

/// The queue before the lines.
pub(crate) struct Looks {
    ask: mpsc::Sender<Asker>,
}

struct Asker {
    identifier: Identifier,
    tell: oneshot::Sender<Option<Facts>>,
}

type Queue = Arc<Mutex<mpsc::Receiver<Asker>>>;

impl Looks {
    /// Starts so many lines, which end with the last of their askers.
    pub(crate) fn start(pool: Pool, lines: usize) -> Looks {
        let (ask, asked) = mpsc::channel(ASKERS);
        let queue = Arc::new(Mutex::new(asked));
        for _ in 0..lines {
            tokio::spawn(line(pool.clone(), Arc::clone(&queue)));
        }
        Looks { ask }
    }

    /// What is held on the holder of an identifier; `None` where the journey failed, and whoever
    /// asked should look alone.
    pub(super) async fn ask(&self, identifier: &Identifier) -> Option<Option<Facts>> {
        let (tell, told) = oneshot::channel();
        let asker = Asker {
            identifier: identifier.clone(),
            tell,
        };
        self.ask.send(asker).await.ok()?;
        told.await.ok()
    }
}

async fn line(pool: Pool, queue: Queue) {
    let mut askers: Vec<Asker> = Vec::with_capacity(TOGETHER);
    while queue.lock().await.recv_many(&mut askers, TOGETHER).await > 0 {
        match journey(&pool, &askers).await {
            // An asker that went away needs no answer.
            Ok(all) => askers
                .drain(..)
                .zip(all)
                .for_each(|(asker, facts)| drop(asker.tell.send(facts))),
            Err(cause) => {
                tracing::debug!(%cause, "look-ups go on one by one");
                askers.clear();
            }
        }
    }
}

async fn journey(pool: &Pool, askers: &[Asker]) -> Result<Vec<Option<Facts>>> {
    let identifiers: Vec<&Identifier> = askers.iter().map(|asker| &asker.identifier).collect();
    let mut tx = Tx::Pg(PgConn::begin(pool, BEGIN_READ, true).await?);
    let held = super::held_by(&mut tx, &identifiers).await?;
    tx.commit().await?;
    Ok(held)
}

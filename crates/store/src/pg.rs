//! Opening PostgreSQL: a pool that runs under the role without rights over history, and another
//! for the owner, who migrates.

use crate::error::{Cause, Engine, Error, Result};
use crate::sql;
use crate::store::Seat;
use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::{Config, NoTls};

/// Connections that serve; a primary of a city has hundreds, of which one process takes few.
const CONNECTIONS: usize = 16;

pub(crate) async fn open(text: &str) -> Result<Seat> {
    let config: Config = text.parse().map_err(|_| Error::Address)?;
    let app = pool(&config, CONNECTIONS, true)?;
    let owner = pool(&config, 1, false)?;
    let client = owner.get().await.map_err(|cause| Error::Open {
        engine: Engine::Postgres,
        cause: Box::new(Cause::Pool(cause)),
    })?;
    drop(client);
    Ok(Seat::Pg { app, owner })
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

pub(crate) async fn analyze(owner: &Pool) -> Result<()> {
    let client = owner
        .get()
        .await
        .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
    client.batch_execute("ANALYZE").await?;
    Ok(())
}

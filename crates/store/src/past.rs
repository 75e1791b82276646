//! What a store knows of its own past, against which a start is held: editions of themes that rows came
//! in under, and the newest time that was written down.

use crate::error::Result;
use crate::sql::submission as sql;
use crate::store::{Store, transact};
use credit::record::Instant;

impl Store {
    /// Themes and editions that submissions came in under, in their order.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn editions(&self) -> Result<Vec<(String, String)>> {
        transact!(self, Read, "editions", tx => {
            let rows = tx.rows(sql::EDITIONS, &[]).await;
            rows.and_then(|rows| rows.iter().map(|row| {
                Ok((row.text(0, "theme")?.to_owned(), row.text(1, "edition")?.to_owned()))
            }).collect())
        })
    }

    /// The newest time among submissions and heads of the journal; `None` in a new store.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn newest(&self) -> Result<Option<Instant>> {
        transact!(self, Read, "newest", tx => {
            match tx.one(sql::NEWEST_RECEIVED, &[]).await {
                Ok(received) => tx.one(sql::NEWEST_HEAD, &[]).await.map(|head| {
                    let at = |row: Option<crate::tx::Row>| row.and_then(|row| row.opt_int(0));
                    at(received).max(at(head)).map(Instant)
                }),
                Err(error) => Err(error),
            }
        })
    }
}

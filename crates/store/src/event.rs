//! Events: what happened, written in the transaction in which it happened.

use crate::error::Result;
use crate::sql::event as sql;
use crate::tx::{Tx, Val};
use credit::record::Instant;

/// Adds an event; its place in the order comes later.
pub(crate) async fn add(
    tx: &mut Tx,
    id: &str,
    kind: &'static str,
    at: Instant,
    leaf: &[u8; 32],
) -> Result<()> {
    let values = [
        Val::Text(id),
        Val::Text(kind),
        Val::Int(at.0),
        Val::Bytes(leaf),
    ];
    tx.exec(sql::NEW, &values).await?;
    tx.exec(sql::PENDING, &[Val::Text(id)]).await?;
    Ok(())
}

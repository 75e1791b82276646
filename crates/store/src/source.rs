//! Small numbers for suppliers and themes, and a memory of them, since they never change.

use crate::error::{Error, Result};
use crate::sql::submission as sql;
use crate::tx::{Tx, Val};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// A supplier's theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) supplier: String,
    pub(crate) theme: String,
}

/// Sources met so far, by number. A few thousand at most: suppliers × themes.
#[derive(Default)]
pub(crate) struct Sources(Mutex<HashMap<i64, Arc<Source>>>);

impl Sources {
    /// The source of a number.
    pub(crate) async fn of(&self, tx: &mut Tx, number: i64) -> Result<Arc<Source>> {
        let known = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&number)
            .cloned();
        if let Some(source) = known {
            return Ok(source);
        }
        let row = tx
            .one(sql::SOURCE, &[Val::Int(number)])
            .await?
            .ok_or(Error::Corrupt { what: "source" })?;
        let source = Arc::new(Source {
            supplier: row.text(0, "supplier")?.to_owned(),
            theme: row.text(1, "theme")?.to_owned(),
        });
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(number, Arc::clone(&source));
        Ok(source)
    }
}

/// The number of a source, made on first sight.
pub(crate) async fn number(tx: &mut Tx, supplier: &str, theme: &str) -> Result<i64> {
    let names = [Val::Text(supplier), Val::Text(theme)];
    if let Some(row) = tx.one(sql::SOURCE_NUMBER, &names).await? {
        return row.int(0, "source");
    }
    let next = tx.one(sql::SOURCE_NEXT, &[]).await?.unwrap_or_default();
    let number = next.int(0, "source")?;
    tx.exec(sql::SOURCE_NEW, &[Val::Int(number), names[0], names[1]])
        .await?;
    Ok(number)
}

//! Small numbers for suppliers and themes.

use crate::error::Result;
use crate::sql::submission as sql;
use crate::tx::{Tx, Val};

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

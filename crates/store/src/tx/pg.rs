//! PostgreSQL: a transaction on a pooled connection, with `unnest` and `COPY … BINARY` in bulk.

use super::row::{Cell, Row};
use super::value::{Val, day_text};
use super::{Bulk, Each, Kind};
use crate::error::{Cause, Error, Result};
use deadpool_postgres::{Object, Pool};
use futures_util::pin_mut;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

/// A transaction on a connection of the pool. A connection that was neither committed nor rolled
/// back is closed, never given back with an open transaction.
pub(crate) struct PgConn {
    client: Option<Object>,
    open: bool,
}

/// A column of a batch, as an array parameter.
enum Array<'a> {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<std::borrow::Cow<'a, str>>>),
    Bytes(Vec<Option<&'a [u8]>>),
}

impl PgConn {
    pub(crate) async fn begin(pool: &Pool, begin: &'static str) -> Result<PgConn> {
        let client = pool
            .get()
            .await
            .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
        let mut conn = PgConn {
            client: Some(client),
            open: true,
        };
        conn.client()?.batch_execute(begin).await?;
        Ok(conn)
    }

    fn client(&mut self) -> Result<&mut Object> {
        self.client
            .as_mut()
            .ok_or(Error::Conflict("the store is closed"))
    }

    pub(super) async fn rows(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Vec<Row>> {
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await?;
        let bound: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        let rows = client.query(&statement, &bound).await?;
        rows.iter().map(read_row).collect()
    }

    pub(super) async fn exec(&mut self, sql: &str, params: &[Val<'_>]) -> Result<u64> {
        let client = self.client()?;
        let statement = client.prepare_cached(sql).await?;
        let bound: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        Ok(client.execute(&statement, &bound).await?)
    }

    pub(super) async fn bulk(&mut self, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
        if let Some(table) = bulk.copy {
            return self.copy(table, bulk, values).await;
        }
        let arrays = arrays(bulk.columns, values);
        let client = self.client()?;
        let statement = client.prepare_cached(bulk.pg_text()).await?;
        Ok(client.execute(&statement, &bound(&arrays)).await?)
    }

    pub(super) async fn each(&mut self, each: &Each, keys: &[Val<'_>]) -> Result<Vec<Row>> {
        let arrays = arrays(each.columns, keys);
        let client = self.client()?;
        let statement = client.prepare_cached(each.pg_text()).await?;
        let rows = client.query(&statement, &bound(&arrays)).await?;
        rows.iter().map(read_row).collect()
    }

    /// Rows of history never conflict, so they go straight into their table.
    async fn copy(&mut self, table: &str, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
        let names: Vec<&str> = bulk.columns.iter().map(|(name, _)| *name).collect();
        let kinds: Vec<Type> = bulk
            .columns
            .iter()
            .map(|(_, kind)| match kind {
                Kind::Int => Type::INT8,
                Kind::Text => Type::TEXT,
                Kind::Bytes => Type::BYTEA,
            })
            .collect();
        let text = format!("COPY {table} ({}) FROM STDIN BINARY", names.join(", "));
        let sink = self.client()?.copy_in(&text).await?;
        let writer = BinaryCopyInWriter::new(sink, &kinds);
        pin_mut!(writer);
        for row in values.chunks_exact(bulk.columns.len()) {
            writer.as_mut().write_raw(row.iter()).await?;
        }
        Ok(writer.finish().await?)
    }

    #[cfg(test)]
    pub(super) async fn prepare(&mut self, sql: &str) -> Result<()> {
        self.client()?.prepare(sql).await?;
        Ok(())
    }

    /// Runs a script of several statements (migrations only).
    pub(crate) async fn script(&mut self, sql: &str) -> Result<()> {
        Ok(self.client()?.batch_execute(sql).await?)
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        self.client()?.batch_execute("COMMIT").await?;
        self.open = false;
        Ok(())
    }

    pub(super) async fn roll_back(mut self) {
        if let Ok(client) = self.client() {
            self.open = client.batch_execute("ROLLBACK").await.is_err();
        }
    }
}

impl Drop for PgConn {
    fn drop(&mut self) {
        if let Some(client) = self.client.take()
            && self.open
        {
            drop(Object::take(client));
        }
    }
}

fn arrays<'a>(columns: &[(&str, Kind)], values: &[Val<'a>]) -> Vec<Array<'a>> {
    let width = columns.len();
    let column = |place: usize| values.iter().skip(place).step_by(width).copied();
    columns
        .iter()
        .enumerate()
        .map(|(place, (_, kind))| match kind {
            Kind::Int => Array::Int(column(place).map(Val::as_int).collect()),
            Kind::Bytes => Array::Bytes(column(place).map(Val::as_bytes).collect()),
            Kind::Text => Array::Text(
                column(place)
                    .map(|value| match value {
                        Val::Text(text) => Some(text.into()),
                        Val::Day(day) => Some(day_text(day).into()),
                        _ => None,
                    })
                    .collect(),
            ),
        })
        .collect()
}

fn bound<'b>(arrays: &'b [Array<'_>]) -> Vec<&'b (dyn ToSql + Sync)> {
    arrays
        .iter()
        .map(|array| match array {
            Array::Int(column) => column as &(dyn ToSql + Sync),
            Array::Text(column) => column as _,
            Array::Bytes(column) => column as _,
        })
        .collect()
}

fn read_row(row: &tokio_postgres::Row) -> Result<Row> {
    let mut cells = Vec::with_capacity(row.len());
    for (place, column) in row.columns().iter().enumerate() {
        let cell = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(place)?.map(Cell::Int),
            Type::INT4 => row
                .try_get::<_, Option<i32>>(place)?
                .map(|number| Cell::Int(number.into())),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(place)?.map(Cell::Bytes),
            _ => row.try_get::<_, Option<String>>(place)?.map(Cell::Text),
        };
        cells.push(cell.unwrap_or(Cell::Null));
    }
    Ok(Row(cells))
}

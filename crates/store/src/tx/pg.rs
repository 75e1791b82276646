//! PostgreSQL: a transaction on a pooled connection, with `unnest` and `COPY … BINARY` in bulk.
//!
//! Round trips cost more than statements: `BEGIN` travels with the first statement, statements that
//! do not wait for each other travel together, and the end of a reading transaction is not awaited.

use super::row::{Cell, Row};
use super::value::{Val, day_text};
use super::{Bulk, Each, Kind};
use crate::error::{Cause, Error, Result};
use deadpool_postgres::{Object, Pool};
use futures_util::future::{join, try_join_all};
use futures_util::pin_mut;
use std::future::{Future, poll_fn};
use std::task::Poll;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

/// A transaction on a connection of the pool. A connection that was neither committed nor rolled
/// back is closed, never given back with an open transaction.
pub(crate) struct PgConn {
    client: Option<Object>,
    /// The text that begins it, until a statement takes it along.
    begin: Option<&'static str>,
    /// Whether it only reads, so that nothing depends on how it ends.
    reads: bool,
    open: bool,
}

/// Rows that are not worth a copy: beginning one costs a round trip, some hundred microseconds, in
/// which the server inserts so many.
const FEW_ROWS: usize = 64;

/// A column of a batch, as an array parameter.
enum Array<'a> {
    Int(Vec<Option<i64>>),
    Text(Vec<Option<std::borrow::Cow<'a, str>>>),
    Bytes(Vec<Option<&'a [u8]>>),
}

impl PgConn {
    pub(crate) async fn begin(pool: &Pool, begin: &'static str, reads: bool) -> Result<PgConn> {
        let client = pool
            .get()
            .await
            .map_err(|cause| Error::Engine(Box::new(Cause::Pool(cause))))?;
        Ok(PgConn {
            client: Some(client),
            begin: Some(begin),
            reads,
            open: false,
        })
    }

    pub(super) fn reads(&self) -> bool {
        self.reads
    }

    /// The connection, and what begins the transaction where nothing was sent yet.
    fn client(&mut self) -> Result<(&Object, Option<&'static str>)> {
        let client = self
            .client
            .as_ref()
            .ok_or(Error::Conflict("the store is closed"))?;
        let begin = self.begin.take();
        self.open |= begin.is_some();
        Ok((client, begin))
    }

    pub(super) async fn rows(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Vec<Row>> {
        let (client, begin) = self.client()?;
        let bound: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        after(client, begin, query(client, sql, &bound)).await
    }

    /// Sends all statements before it waits for the first answer.
    pub(super) async fn rows_of(&mut self, asked: &[(&str, &[Val<'_>])]) -> Result<Vec<Vec<Row>>> {
        let (client, begin) = self.client()?;
        let all = asked.iter().map(|(sql, params)| async move {
            let bound: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
            query(client, sql, &bound).await
        });
        after(client, begin, try_join_all(all)).await
    }

    pub(super) async fn exec(&mut self, sql: &str, params: &[Val<'_>]) -> Result<u64> {
        let (client, begin) = self.client()?;
        let bound: Vec<&(dyn ToSql + Sync)> = params.iter().map(|value| value as _).collect();
        after(client, begin, execute(client, sql, &bound)).await
    }

    pub(super) async fn bulk(&mut self, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
        let (client, begin) = self.client()?;
        after(client, begin, write(client, bulk, values)).await
    }

    /// Sends all writes before it waits for the first answer.
    pub(super) async fn bulks(&mut self, writes: &[(&Bulk, &[Val<'_>])]) -> Result<Vec<u64>> {
        let (client, begin) = self.client()?;
        let all = writes
            .iter()
            .map(|(bulk, values)| write(client, bulk, values));
        after(client, begin, try_join_all(all)).await
    }

    pub(super) async fn copy(
        &mut self,
        table: &str,
        bulk: &Bulk,
        values: &[Val<'_>],
    ) -> Result<u64> {
        let (client, begin) = self.client()?;
        after(client, begin, copy(client, table, bulk, values)).await
    }

    pub(super) async fn each(&mut self, asked: &Each, keys: &[Val<'_>]) -> Result<Vec<Row>> {
        let (client, begin) = self.client()?;
        after(client, begin, each(client, asked, keys)).await
    }

    /// Sends all questions before it waits for the first answer.
    pub(super) async fn gather(&mut self, asked: &[(&Each, &[Val<'_>])]) -> Result<Vec<Vec<Row>>> {
        let (client, begin) = self.client()?;
        let all = asked.iter().map(|(asked, keys)| each(client, asked, keys));
        after(client, begin, try_join_all(all)).await
    }

    #[cfg(test)]
    pub(super) async fn prepare(&mut self, sql: &str) -> Result<()> {
        let (client, begin) = self.client()?;
        after(client, begin, async { Ok(client.prepare(sql).await?) }).await?;
        Ok(())
    }

    /// Runs a script of several statements (migrations only).
    pub(crate) async fn script(&mut self, sql: &str) -> Result<()> {
        let (client, begin) = self.client()?;
        after(client, begin, async {
            Ok(client.batch_execute(sql).await?)
        })
        .await
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        let Some(client) = self.client.as_ref().filter(|_| self.open) else {
            return Ok(());
        };
        if self.reads {
            send_only(client.batch_execute("COMMIT")).await?;
        } else {
            client.batch_execute("COMMIT").await?;
        }
        self.open = false;
        Ok(())
    }

    pub(super) async fn roll_back(mut self) {
        if let Some(client) = self.client.as_ref().filter(|_| self.open) {
            self.open = client.batch_execute("ROLLBACK").await.is_err();
        }
    }
}

/// Sends what begins the transaction and the question behind it, then waits for both.
async fn after<T>(
    client: &Object,
    begin: Option<&'static str>,
    question: impl Future<Output = Result<T>>,
) -> Result<T> {
    let Some(begin) = begin else {
        return question.await;
    };
    // `join` asks the first future first, so that its text is sent first.
    let (begun, answer) = join(client.batch_execute(begin), question).await;
    begun?;
    answer
}

/// Sends a statement and leaves its answer to the connection, which answers in the order of
/// questions: whoever uses the connection next is served after it.
async fn send_only(
    statement: impl Future<Output = std::result::Result<(), tokio_postgres::Error>>,
) -> Result<()> {
    pin_mut!(statement);
    let sent = poll_fn(|context| {
        Poll::Ready(match statement.as_mut().poll(context) {
            Poll::Ready(done) => done,
            Poll::Pending => Ok(()),
        })
    });
    Ok(sent.await?)
}

async fn query(client: &Object, sql: &str, bound: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>> {
    let statement = client.prepare_cached(sql).await?;
    let rows = client.query(&statement, bound).await?;
    rows.iter().map(read_row).collect()
}

async fn execute(client: &Object, sql: &str, bound: &[&(dyn ToSql + Sync)]) -> Result<u64> {
    let statement = client.prepare_cached(sql).await?;
    Ok(client.execute(&statement, bound).await?)
}

/// One key is bound as it is, many as arrays; without a key nothing is asked.
async fn each(client: &Object, each: &Each, keys: &[Val<'_>]) -> Result<Vec<Row>> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    if keys.len() == each.columns.len() {
        let bound: Vec<&(dyn ToSql + Sync)> = keys.iter().map(|value| value as _).collect();
        return query(client, each.pg_one_text(), &bound).await;
    }
    let arrays = arrays(each.columns, keys);
    query(client, each.pg_text(), &bound(&arrays)).await
}

/// Many rows that cannot conflict are copied; few cost less as arrays, which need no answer before
/// the rows are sent.
async fn write(client: &Object, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
    if values.is_empty() {
        return Ok(0);
    }
    let many = values.len() > FEW_ROWS * bulk.columns.len();
    if let Some(table) = bulk.copy.filter(|_| many) {
        return copy(client, table, bulk, values).await;
    }
    let arrays = arrays(bulk.columns, values);
    execute(client, bulk.pg_text(), &bound(&arrays)).await
}

/// Rows that cannot conflict go straight into their table.
async fn copy(client: &Object, table: &str, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
    let kinds: Vec<Type> = bulk
        .columns
        .iter()
        .map(|(_, kind)| match kind {
            Kind::Int => Type::INT8,
            Kind::Text => Type::TEXT,
            Kind::Bytes => Type::BYTEA,
            Kind::Words => Type::TEXT_ARRAY,
        })
        .collect();
    let text = format!("COPY {table} ({}) FROM STDIN BINARY", bulk.names());
    let statement = client.prepare_cached(&text).await?;
    let sink = client.copy_in(&statement).await?;
    let writer = BinaryCopyInWriter::new(sink, &kinds);
    pin_mut!(writer);
    for row in values.chunks_exact(bulk.columns.len()) {
        writer.as_mut().write_raw(row.iter()).await?;
    }
    Ok(writer.finish().await?)
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
            Kind::Text | Kind::Words => Array::Text(
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

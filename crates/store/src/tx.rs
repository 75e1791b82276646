//! The seam between the engines: a transaction with `rows`, `one`, `exec` and `bulk`.
//!
//! Statements are written once, with `$1…$n`, in the SQL that both engines understand. A body
//! awaits nothing but its `Tx`; on SQLite every call is done inline before it returns.

mod lite;
mod pg;
mod row;
mod value;

pub(crate) use lite::{LiteConn, LitePool};
pub(crate) use pg::PgConn;
pub(crate) use row::Row;
pub(crate) use value::Val;

use crate::error::{Engine, Result};
use std::sync::OnceLock;

/// An open transaction. Dropped without [`Tx::commit`], it leaves nothing behind.
pub(crate) enum Tx {
    /// On SQLite.
    Lite(LiteConn),
    /// On PostgreSQL.
    Pg(PgConn),
}

impl Tx {
    pub(crate) fn engine(&self) -> Engine {
        match self {
            Tx::Lite(_) => Engine::Sqlite,
            Tx::Pg(_) => Engine::Postgres,
        }
    }

    /// All rows of a query. Queries are bounded by a `LIMIT` or by their keys.
    pub(crate) async fn rows(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Vec<Row>> {
        match self {
            Tx::Lite(conn) => conn.rows(sql, params),
            Tx::Pg(conn) => conn.rows(sql, params).await,
        }
    }

    /// The rows of several statements in one round trip: none may depend on another's answer.
    pub(crate) async fn rows_of(&mut self, asked: &[(&str, &[Val<'_>])]) -> Result<Vec<Vec<Row>>> {
        match self {
            Tx::Lite(conn) => asked
                .iter()
                .map(|(sql, params)| conn.rows(sql, params))
                .collect(),
            Tx::Pg(conn) => conn.rows_of(asked).await,
        }
    }

    /// The first row of a query, if there is one.
    pub(crate) async fn one(&mut self, sql: &str, params: &[Val<'_>]) -> Result<Option<Row>> {
        match self {
            Tx::Lite(conn) => conn.one(sql, params),
            Tx::Pg(conn) => Ok(conn.rows(sql, params).await?.into_iter().next()),
        }
    }

    /// Runs a statement and tells how many rows it changed.
    pub(crate) async fn exec(&mut self, sql: &str, params: &[Val<'_>]) -> Result<u64> {
        match self {
            Tx::Lite(conn) => conn.exec(sql, params),
            Tx::Pg(conn) => conn.exec(sql, params).await,
        }
    }

    /// Writes many rows of one table; `values` holds them one after another. Tells how many rows
    /// were inserted or changed.
    pub(crate) async fn bulk(&mut self, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
        if values.is_empty() {
            return Ok(0);
        }
        tracing::trace!(statement = bulk.name, cells = values.len(), "bulk");
        match self {
            Tx::Lite(conn) => conn.bulk(bulk, values),
            Tx::Pg(conn) => conn.bulk(bulk, values).await,
        }
    }

    /// Several writes of different tables in one round trip: none may depend on another. Tells of each
    /// how many rows were inserted or changed.
    pub(crate) async fn bulks(&mut self, writes: &[(&Bulk, &[Val<'_>])]) -> Result<Vec<u64>> {
        match self {
            Tx::Lite(conn) => writes
                .iter()
                .map(|(bulk, values)| conn.bulk(bulk, values))
                .collect(),
            Tx::Pg(conn) => conn.bulks(writes).await,
        }
    }

    /// The same for rows that are not expected to stand: PostgreSQL copies them into the table that
    /// the statement is named after. One that stands after all ends the transaction with a transient
    /// error, and its next try must use [`Tx::bulk`].
    pub(crate) async fn bulk_new(&mut self, bulk: &Bulk, values: &[Val<'_>]) -> Result<u64> {
        match self {
            Tx::Pg(conn) if !values.is_empty() => conn.copy(bulk.name, bulk, values).await,
            _ => self.bulk(bulk, values).await,
        }
    }

    /// Rows of one query for each of many keys, in the order of the keys: the statement's first
    /// column is the number of the key (from 1), which PostgreSQL takes from `ORDINALITY`.
    pub(crate) async fn each(&mut self, each: &Each, keys: &[Val<'_>]) -> Result<Vec<Row>> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        tracing::trace!(statement = each.name, cells = keys.len(), "each");
        match self {
            Tx::Lite(conn) => conn.each(each, keys),
            Tx::Pg(conn) => conn.each(each, keys).await,
        }
    }

    /// Several such queries, each with its own keys, in one round trip: none may depend on
    /// another's answer. A query without keys has no rows.
    pub(crate) async fn gather(&mut self, asked: &[(&Each, &[Val<'_>])]) -> Result<Vec<Vec<Row>>> {
        match self {
            Tx::Lite(conn) => asked
                .iter()
                .map(|(each, keys)| conn.each(each, keys))
                .collect(),
            Tx::Pg(conn) => conn.gather(asked).await,
        }
    }

    /// Has the engine read a statement without running it.
    #[cfg(test)]
    pub(crate) async fn prepare(&mut self, sql: &str) -> Result<()> {
        match self {
            Tx::Lite(conn) => conn.prepare(sql),
            Tx::Pg(conn) => conn.prepare(sql).await,
        }
    }

    /// Whether nothing depends on how it ends.
    pub(crate) fn reads(&self) -> bool {
        matches!(self, Tx::Pg(conn) if conn.reads())
    }

    pub(crate) async fn commit(self) -> Result<()> {
        match self {
            Tx::Lite(conn) => conn.commit(),
            Tx::Pg(conn) => conn.commit().await,
        }
    }

    pub(crate) async fn roll_back(self) {
        match self {
            Tx::Lite(conn) => drop(conn),
            Tx::Pg(conn) => conn.roll_back().await,
        }
    }
}

/// The type of a column, of which there are three; words are a list of them on PostgreSQL alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BLOB` or `BYTEA`.
    Bytes,
    /// Words joined by spaces: `TEXT[]` in a copy.
    Words,
}

impl Kind {
    fn pg(self) -> &'static str {
        match self {
            Kind::Int => "bigint",
            Kind::Text | Kind::Words => "text",
            Kind::Bytes => "bytea",
        }
    }

    fn pg_array(self) -> &'static str {
        match self {
            Kind::Int => "bigint[]",
            Kind::Text | Kind::Words => "text[]",
            Kind::Bytes => "bytea[]",
        }
    }
}

/// A statement that writes many rows: prepared once and run for each row on SQLite, fed from
/// arrays (or `COPY`, where nothing can conflict) on PostgreSQL.
pub(crate) struct Bulk {
    /// Its name in logs and in the list of statements.
    pub(crate) name: &'static str,
    /// Columns of a row of values.
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// The statement, with `{rows}` where the rows come from.
    pub(crate) text: &'static str,
    /// Table for `COPY … FROM STDIN BINARY` on PostgreSQL; `None` runs `text` over `unnest`.
    pub(crate) copy: Option<&'static str>,
    lite: OnceLock<String>,
    lite_many: OnceLock<Option<String>>,
    pg: OnceLock<String>,
}

impl Bulk {
    /// Rows that one statement takes on SQLite: beginning and ending it costs about what a row does.
    pub(crate) const LITE_ROWS: usize = 16;

    pub(crate) const fn new(
        name: &'static str,
        columns: &'static [(&'static str, Kind)],
        text: &'static str,
        copy: Option<&'static str>,
    ) -> Bulk {
        Bulk {
            name,
            columns,
            text,
            copy,
            lite: OnceLock::new(),
            lite_many: OnceLock::new(),
            pg: OnceLock::new(),
        }
    }

    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }

    /// `{rows}` becomes `SELECT $1 AS a, $2 AS b`, so that `ON CONFLICT` and filters read alike.
    pub(crate) fn lite_text(&self) -> &str {
        self.lite.get_or_init(|| {
            let list: Vec<String> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
            self.text
                .replace("{columns}", &self.names())
                .replace("{values}", &format!("VALUES ({})", list.join(", ")))
                .replace("{rows}", &lite_rows(self.columns))
        })
    }

    /// The same for [`Bulk::LITE_ROWS`] rows, where the statement takes plain values.
    pub(crate) fn lite_many_text(&self) -> Option<&str> {
        let made = self.lite_many.get_or_init(|| {
            let row = format!("({})", vec!["?"; self.columns.len()].join(", "));
            let rows = vec![row.as_str(); Bulk::LITE_ROWS].join(", ");
            let text = self.text.replace("{columns}", &self.names());
            text.contains("{values}")
                .then(|| text.replace("{values}", &format!("VALUES {rows}")))
        });
        made.as_deref()
    }

    /// `{rows}` becomes `unnest($1::bytea[], …) AS given(a, b)`.
    pub(crate) fn pg_text(&self) -> &str {
        self.pg.get_or_init(|| {
            let rows = pg_rows(self.columns);
            self.text
                .replace("{columns}", &self.names())
                .replace("{values}", &format!("SELECT {} FROM {rows}", self.names()))
                .replace("{rows}", &rows)
        })
    }
}

/// A query run for each of many keys, by point reads on SQLite and in one statement on PostgreSQL.
pub(crate) struct Each {
    /// Its name in the list of statements.
    pub(crate) name: &'static str,
    /// Columns of a key.
    pub(crate) columns: &'static [(&'static str, Kind)],
    /// The statement: `{n}` is the key's number, `{rows}` the keys as table `given`.
    pub(crate) text: &'static str,
    lite: OnceLock<String>,
    pg: OnceLock<String>,
    pg_one: OnceLock<String>,
}

impl Each {
    pub(crate) const fn new(
        name: &'static str,
        columns: &'static [(&'static str, Kind)],
        text: &'static str,
    ) -> Each {
        Each {
            name,
            columns,
            text,
            lite: OnceLock::new(),
            pg: OnceLock::new(),
            pg_one: OnceLock::new(),
        }
    }

    /// One key at a time: its number is put in front of each row by the seam, and ordering by it
    /// is void.
    pub(crate) fn lite_text(&self) -> &str {
        self.lite.get_or_init(|| {
            self.text
                .replace("{n}", "0")
                .replace("{rows}", &lite_rows(self.columns))
                .replace("ORDER BY given.n, ", "ORDER BY ")
                .replace("ORDER BY given.n", "")
        })
    }

    pub(crate) fn pg_text(&self) -> &str {
        self.pg.get_or_init(|| {
            let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
            let rows = format!(
                "unnest({}) WITH ORDINALITY AS given({}, n)",
                pg_arrays(self.columns),
                names.join(", ")
            );
            self.text.replace("{n}", "given.n").replace("{rows}", &rows)
        })
    }

    /// For a single key, which PostgreSQL compares as it stands: a look-up asks for one subject,
    /// and arrays cost it a function scan in each statement.
    pub(crate) fn pg_one_text(&self) -> &str {
        self.pg_one.get_or_init(|| {
            let keys: Vec<String> = self
                .columns
                .iter()
                .enumerate()
                .map(|(place, (name, kind))| format!("${}::{} AS {name}", place + 1, kind.pg()))
                .collect();
            let rows = format!("(SELECT {}) AS given", keys.join(", "));
            self.text
                .replace("{n}", "1::bigint")
                .replace("{rows}", &rows)
                .replace("ORDER BY given.n, ", "ORDER BY ")
                .replace("ORDER BY given.n", "")
        })
    }
}

fn lite_rows(columns: &[(&str, Kind)]) -> String {
    let list: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(place, (name, _))| format!("?{} AS {name}", place + 1))
        .collect();
    format!("(SELECT {}) AS given", list.join(", "))
}

fn pg_arrays(columns: &[(&str, Kind)]) -> String {
    let list: Vec<String> = columns
        .iter()
        .enumerate()
        .map(|(place, (_, kind))| format!("${}::{}", place + 1, kind.pg_array()))
        .collect();
    list.join(", ")
}

fn pg_rows(columns: &[(&str, Kind)]) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    format!(
        "unnest({}) AS given({})",
        pg_arrays(columns),
        names.join(", ")
    )
}

//! Parameters: integers, texts, bytes and days, bound to either engine without copying.

use jiff::civil::Date;
use rusqlite::types::{ToSql as LiteToSql, ToSqlOutput, ValueRef};
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{IsNull, ToSql as PgToSql, Type, accepts, to_sql_checked};

/// A value to bind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Val<'a> {
    /// No value.
    Null,
    /// A `BIGINT`.
    Int(i64),
    /// A `TEXT`.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// A civil day, stored as `YYYY-MM-DD`.
    Day(Date),
}

impl<'a> Val<'a> {
    pub(crate) fn opt_text(text: Option<&'a str>) -> Val<'a> {
        text.map_or(Val::Null, Val::Text)
    }

    pub(crate) fn opt_bytes(bytes: Option<&'a [u8]>) -> Val<'a> {
        bytes.map_or(Val::Null, Val::Bytes)
    }

    /// A count; counts beyond `i64` do not occur (`credit::limits::ROWS`).
    pub(crate) fn count(number: u64) -> Val<'a> {
        Val::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }

    pub(crate) fn flag(set: bool) -> Val<'a> {
        Val::Int(i64::from(set))
    }

    pub(super) fn as_int(self) -> Option<i64> {
        match self {
            Val::Int(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn as_bytes(self) -> Option<&'a [u8]> {
        match self {
            Val::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// A day as ten ASCII characters, for any year a register may hold.
pub(super) fn day_text(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

impl LiteToSql for Val<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match *self {
            Val::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Val::Int(number) => ToSqlOutput::Borrowed(ValueRef::Integer(number)),
            Val::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Val::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Val::Day(day) => ToSqlOutput::Owned(rusqlite::types::Value::Text(day_text(day))),
        })
    }
}

impl PgToSql for Val<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match *self {
            Val::Null => Ok(IsNull::Yes),
            Val::Int(number) => PgToSql::to_sql(&number, kind, out),
            Val::Text(words) if *kind == Type::TEXT_ARRAY => {
                let words: Vec<&str> = words.split_ascii_whitespace().collect();
                PgToSql::to_sql(&words, kind, out)
            }
            Val::Text(text) => PgToSql::to_sql(&text, kind, out),
            Val::Bytes(bytes) => PgToSql::to_sql(&bytes, kind, out),
            Val::Day(day) => PgToSql::to_sql(&day_text(day), kind, out),
        }
    }

    accepts!(INT8, TEXT, VARCHAR, BYTEA, TEXT_ARRAY);
    to_sql_checked!();
}

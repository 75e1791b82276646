//! Opening SQLite: one writer, some readers, and the authorizer that keeps history as it is.

use crate::error::{Cause, Engine, Error, Result};
use crate::sql;
use crate::store::Seat;
use crate::tx::LitePool;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

/// Reading connections: one for each of the few threads that serve; 8 MiB of cache each.
const READERS: usize = 4;
/// Prepared statements kept by a connection: the store has about a hundred.
const STATEMENTS: usize = 128;
/// How long a writer waits for another process's slice; slices take milliseconds.
const WAIT: Duration = Duration::from_secs(10);
/// Pause before the write-ahead log is asked for again, and how often it is: ten seconds together.
const PAUSE: Duration = Duration::from_millis(10);
const PAUSES: u32 = 1_000;

pub(crate) fn open(path: &Path) -> Result<Seat> {
    let writer = guarded(owner(path)?)?;
    let readers = (0..READERS)
        .map(|_| reader(path))
        .collect::<Result<Vec<_>>>()?;
    Ok(Seat::Lite {
        path: path.to_owned(),
        writer: LitePool::new(vec![writer]),
        readers: LitePool::new(readers),
        mark: Mutex::new(reader(path)?),
    })
}

/// A connection that may change the schema.
pub(crate) fn owner(path: &Path) -> Result<Connection> {
    let conn = Connection::open(path).map_err(cannot_open)?;
    conn.busy_timeout(WAIT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    log_ahead(&conn).map_err(cannot_open)?;
    conn.execute_batch(sql::schema::SQLITE_WRITER)
        .map_err(cannot_open)?;
    Ok(conn)
}

/// Turns the write-ahead log on. Programs that open one new file at the same moment meet here, and
/// `SQLite` refuses all but one at once: its own waiting does not cover a change of the log, because a
/// reader that waits to write could wait for ever. So it is asked for again, a bounded number of times.
fn log_ahead(conn: &Connection) -> rusqlite::Result<()> {
    let mut tries = 0;
    loop {
        match conn.execute_batch(sql::schema::SQLITE_LOG) {
            Err(error) if tries < PAUSES && is_locked(&error) => std::thread::sleep(PAUSE),
            done => return done,
        }
        tries += 1;
    }
}

fn is_locked(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    let code = error.sqlite_error_code();
    matches!(code, Some(DatabaseBusy | DatabaseLocked))
}

fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(cannot_open)?;
    conn.busy_timeout(WAIT)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS);
    conn.execute_batch(sql::schema::SQLITE_READER)?;
    Ok(conn)
}

/// Puts the authorizer on: history is insert-only and the schema stays as migrations left it.
fn guarded(mut conn: Connection) -> Result<Connection> {
    conn.authorizer(Some(|context: AuthContext<'_>| authorize(&context.action)))?;
    Ok(conn)
}

fn authorize(action: &AuthAction<'_>) -> Authorization {
    let allowed = match action {
        AuthAction::Delete { table_name } | AuthAction::Update { table_name, .. } => {
            !sql::HISTORY.contains(table_name) && *table_name != "schema_version"
        }
        AuthAction::DropTable { .. }
        | AuthAction::DropIndex { .. }
        | AuthAction::DropVtable { .. }
        | AuthAction::AlterTable { .. }
        | AuthAction::CreateTable { .. }
        | AuthAction::CreateTrigger { .. }
        | AuthAction::CreateTempTrigger { .. }
        | AuthAction::CreateView { .. }
        | AuthAction::CreateTempView { .. }
        | AuthAction::Attach { .. } => false,
        AuthAction::Pragma {
            pragma_name,
            pragma_value,
        } => pragma_value.is_none() || *pragma_name == "synchronous",
        _ => true,
    };
    if allowed {
        Authorization::Allow
    } else {
        Authorization::Deny
    }
}

/// Gathers statistics on a connection of its own; the guarded one may not touch their table.
pub(crate) fn analyze(path: &Path) -> Result<()> {
    let conn = owner(path)?;
    conn.execute_batch("PRAGMA analysis_limit = 1000; ANALYZE;")?;
    Ok(())
}

/// Empties the write-ahead log, where nobody reads from it just now; else the next checkpoint does.
pub(crate) fn scrub(path: &Path) -> Result<()> {
    let conn = owner(path)?;
    conn.query_row(sql::schema::SCRUB_SQLITE, [], |_| Ok(()))?;
    Ok(())
}

fn cannot_open(cause: rusqlite::Error) -> Error {
    Error::Open {
        engine: Engine::Sqlite,
        cause: Box::new(Cause::Sqlite(cause)),
    }
}

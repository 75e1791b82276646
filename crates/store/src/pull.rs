//! Files that are pulled from suppliers: how each source stands, and what came of each try. What is
//! pulled becomes a submission like any other; here stands only when it is asked for.

use crate::error::Result;
use crate::sql::pull as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::SubmissionId;
use jiff::civil::Date;

/// Sources that are listed: a site's file has 256 at most; × 4 for those that were taken out of it.
const LISTED: i64 = 1_024;

/// How a source stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullState {
    /// What the source called the last file taken.
    pub tag: Option<String>,
    /// SHA-256 of that file.
    pub digest: Option<[u8; 32]>,
    /// The day on which it was taken.
    pub taken_on: Option<Date>,
    /// It is not asked before.
    pub next_at: Instant,
    /// Tries in a row that failed.
    pub failures: u32,
    /// The first of them.
    pub failing_since: Option<Instant>,
}

/// A try that was made, and how its source stands after it.
#[derive(Clone, Copy, Debug)]
pub struct PullDone<'a> {
    /// Name of the source.
    pub code: &'a str,
    /// Whose file it is.
    pub supplier: &'a str,
    /// Of which theme.
    pub theme: &'a str,
    /// Which host is asked.
    pub host: &'a str,
    /// How it stands now.
    pub state: &'a PullState,
    /// When it was tried.
    pub at: Instant,
    /// `taken`, `same`, or why it failed.
    pub outcome: &'a str,
    /// The submission that it became.
    pub submission: Option<SubmissionId>,
}

/// A try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullTry {
    /// When.
    pub at: Instant,
    /// `taken`, `same`, or why it failed.
    pub outcome: String,
    /// The submission that it became.
    pub submission: Option<SubmissionId>,
}

/// A source in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRow {
    /// Its name.
    pub code: String,
    /// Whose file it is.
    pub supplier: String,
    /// Of which theme.
    pub theme: String,
    /// Which host is asked.
    pub host: String,
    /// It is not asked before.
    pub next_at: Instant,
    /// Tries in a row that failed.
    pub failures: u32,
    /// The last try.
    pub last: Option<PullTry>,
}

impl Store {
    /// How a source stands; none before its first try.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn pull_state(&self, code: &str) -> Result<Option<PullState>> {
        transact!(self, Read, "pull_state", tx => {
            let row = tx.one(sql::STATE, &[Val::Text(code)]).await;
            row.and_then(|row| row.map(|row| state(&row)).transpose())
        })
    }

    /// Keeps what came of a try.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn pull_done(&self, done: &PullDone<'_>) -> Result<()> {
        transact!(self, Write, "pull_done", tx => write(&mut tx, done).await)
    }

    /// Sources of a supplier, or of all, each with its last try.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn pulls(&self, supplier: Option<&str>) -> Result<Vec<PullRow>> {
        let asked = [Val::Text(supplier.unwrap_or_default()), Val::Int(LISTED)];
        transact!(self, Read, "pulls", tx => {
            let rows = tx.rows(sql::LIST, &asked).await;
            rows.and_then(|rows| rows.iter().map(listed).collect())
        })
    }

    /// The last tries of a source, newest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn pull_tries(&self, code: &str, limit: usize) -> Result<Vec<PullTry>> {
        let asked = [Val::Text(code), Val::count(limit as u64)];
        transact!(self, Read, "pull_tries", tx => {
            let rows = tx.rows(sql::TRIES, &asked).await;
            rows.and_then(|rows| rows.iter().map(|row| tried(row, 0)).collect())
        })
    }
}

async fn write(tx: &mut Tx, done: &PullDone<'_>) -> Result<()> {
    let state = done.state;
    let values = [
        Val::Text(done.code),
        Val::Text(done.supplier),
        Val::Text(done.theme),
        Val::Text(done.host),
        Val::opt_text(state.tag.as_deref()),
        Val::opt_bytes(state.digest.as_ref().map(<[u8; 32]>::as_slice)),
        state.taken_on.map_or(Val::Null, Val::Day),
        Val::Int(state.next_at.0),
        Val::Int(state.failures.into()),
        state.failing_since.map_or(Val::Null, |at| Val::Int(at.0)),
    ];
    tx.exec(sql::SET, &values).await?;
    let submission = done.submission.as_ref().map(|id| id.0.as_slice());
    let values = [
        Val::Text(done.code),
        Val::Int(done.at.0),
        Val::Text(done.outcome),
        Val::opt_bytes(submission),
    ];
    tx.exec(sql::TRY_NEW, &values).await.map(drop)
}

fn state(row: &Row) -> Result<PullState> {
    Ok(PullState {
        tag: row.opt_text(0).map(str::to_owned),
        digest: row.opt_bytes(1, "digest")?,
        taken_on: row.opt_day(2, "day")?,
        next_at: Instant(row.int(3, "instant")?),
        failures: row.small(4, "count")?,
        failing_since: row.opt_int(5).map(Instant),
    })
}

fn listed(row: &Row) -> Result<PullRow> {
    let text = |place| row.text(place, "source").map(str::to_owned);
    let last = match row.opt_int(6) {
        Some(_) => Some(tried(row, 6)?),
        None => None,
    };
    Ok(PullRow {
        code: text(0)?,
        supplier: text(1)?,
        theme: text(2)?,
        host: text(3)?,
        next_at: Instant(row.int(4, "instant")?),
        failures: row.small(5, "count")?,
        last,
    })
}

fn tried(row: &Row, place: usize) -> Result<PullTry> {
    Ok(PullTry {
        at: Instant(row.int(place, "instant")?),
        outcome: row.text(place + 1, "outcome")?.to_owned(),
        submission: row.opt_bytes(place + 2, "submission id")?.map(SubmissionId),
    })
}

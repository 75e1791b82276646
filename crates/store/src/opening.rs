//! What the lock opened in this process, settled with the store: rows that are only added, each an entry of
//! the journal, to be compared with the looks that were written down. And looks that were refused, counted
//! without anybody's data.

use crate::error::Result;
use crate::sql::opening as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::tally::Opened;
use policy::{Counter, Officer, Permit, Sealed};
use seal::Digest;
use std::sync::atomic::Ordering;

/// Rows of a page of an audit: a hundred bytes each.
const PAGE: i64 = 4_096;
/// Rows of a term that are listed: three purposes, thirty-one days and some hundred processes.
const LISTED: i64 = 10_000;

/// Openings of one process on one day for one purpose, as they were settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The process and the number of the row within it; the cursor of the next page.
    pub key: ([u8; 16], i64),
    /// The day of the looks.
    pub day: String,
    /// Code of the purpose.
    pub purpose: String,
    /// Seals that were broken.
    pub opened: u64,
    /// When it was settled, in microseconds.
    pub at: i64,
}

impl Settled {
    /// Its event in the journal.
    #[must_use]
    pub fn event(&self) -> String {
        format!("opening:{}:{}", SubjectId(self.key.0), self.key.1)
    }

    /// What its event commits to: number, day, purpose and count, in this order.
    #[must_use]
    pub fn content(&self) -> Digest {
        let (seq, opened) = (self.key.1.to_string(), self.opened.to_string());
        let body = [seq.as_str(), &self.day, &self.purpose, &opened].join("\u{1f}");
        seal::commit(&self.key.0, body.as_bytes())
    }
}

/// What one process opened on one day for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayOpenings {
    /// The day.
    pub day: String,
    /// The process.
    pub run: [u8; 16],
    /// Code of the purpose.
    pub purpose: String,
    /// Seals that were broken.
    pub opened: u64,
}

/// Looks of an officer that were refused for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLooks {
    /// For which agency.
    pub agency: String,
    /// The account's mark.
    pub officer: String,
    /// A short code.
    pub why: String,
    /// How often.
    pub times: u64,
}

impl Store {
    /// Seals what a look that was written down at an instant read, counted.
    pub(crate) fn sealed<T>(&self, permit: &Permit, inner: T, at: Instant) -> Sealed<T> {
        Sealed::counted(permit, inner, self.counter(at.day()))
    }

    /// A counter of this store's openings, for a seal.
    #[must_use]
    pub fn counter(&self, day: Date) -> Counter {
        self.opened.tally.on(day)
    }

    /// Writes down what was opened since the last time, under the number of this process: the first one
    /// given. Tells how many openings that were. What cannot be written waits for the next time.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn openings_settle(&self, run: [u8; 16], at: Instant) -> Result<u64> {
        let taken = self.opened.tally.take();
        if taken.is_empty() {
            return Ok(0);
        }
        let run = *self.opened.run.get_or_init(|| run);
        let row = |one: &Opened| Settled {
            key: (run, self.opened.next.fetch_add(1, Ordering::Relaxed) + 1),
            day: one.day.to_string(),
            purpose: one.purpose.code().to_owned(),
            opened: one.count,
            at: at.0,
        };
        let rows: Vec<Settled> = taken.iter().map(row).collect();
        let done = transact!(self, Write, "openings_settle", tx => settle(&mut tx, &rows).await);
        if done.is_err() {
            self.opened.tally.put_back(&taken);
        }
        done.map(|()| taken.iter().map(|one| one.count).sum())
    }

    /// Settled openings after one, in the order of process and number.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_openings(&self, after: ([u8; 16], i64)) -> Result<Vec<Settled>> {
        let values = [Val::Bytes(&after.0), Val::Int(after.1), Val::Int(PAGE)];
        transact!(self, Read, "audit_openings", tx => {
            let rows = tx.rows(sql::AFTER, &values).await;
            rows.and_then(|rows| rows.iter().map(settled).collect())
        })
    }

    /// What each process opened on each day of a term, newest day first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn openings_of(&self, first: Date, last: Date) -> Result<Vec<DayOpenings>> {
        let asked = [Val::Day(first), Val::Day(last), Val::Int(LISTED)];
        transact!(self, Read, "openings_of", tx => {
            let rows = tx.rows(sql::OF_DAYS, &asked).await;
            rows.and_then(|rows| rows.iter().map(of_day).collect())
        })
    }

    /// How many looks were written down on each day between two instants.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn looks_written(&self, from: Instant, to: Instant) -> Result<Vec<(Date, u64)>> {
        let asked = [Val::Int(from.0), Val::Int(to.0)];
        transact!(self, Read, "looks_written", tx => {
            let rows = tx.rows(sql::WRITTEN, &asked).await;
            rows.and_then(|rows| rows.iter().map(written).collect())
        })
    }

    /// Counts a look that was refused.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn look_refuse(&self, officer: &Officer, why: &str, day: Date) -> Result<()> {
        let values = [
            Val::Day(day),
            Val::Text(officer.agency()),
            Val::Text(officer.name()),
            Val::Text(why),
        ];
        transact!(self, Write, "look_refuse", tx => {
            tx.exec(sql::REFUSED, &values).await.map(|_| ())
        })
    }

    /// Looks of a term that were refused, the most first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn looks_refused(&self, first: Date, last: Date) -> Result<Vec<RefusedLooks>> {
        let asked = [Val::Day(first), Val::Day(last), Val::Int(LISTED)];
        transact!(self, Read, "looks_refused", tx => {
            let rows = tx.rows(sql::REFUSALS, &asked).await;
            rows.and_then(|rows| rows.iter().map(refused).collect())
        })
    }
}

async fn settle(tx: &mut Tx, rows: &[Settled]) -> Result<()> {
    for one in rows {
        let values = [
            Val::Bytes(&one.key.0),
            Val::Int(one.key.1),
            Val::Text(&one.day),
            Val::Text(&one.purpose),
            Val::count(one.opened),
            Val::Int(one.at),
        ];
        tx.exec(sql::NEW, &values).await?;
        let (id, content) = (one.event(), one.content());
        crate::event::add(tx, &id, "opening", Instant(one.at), &content.0).await?;
    }
    Ok(())
}

fn settled(row: &Row) -> Result<Settled> {
    Ok(Settled {
        key: (row.bytes(0, "run id")?, row.int(1, "number of a row")?),
        day: row.text(2, "day")?.to_owned(),
        purpose: row.text(3, "purpose")?.to_owned(),
        opened: row.count(4, "count")?,
        at: row.int(5, "instant")?,
    })
}

fn of_day(row: &Row) -> Result<DayOpenings> {
    Ok(DayOpenings {
        day: row.text(0, "day")?.to_owned(),
        run: row.bytes(1, "run id")?,
        purpose: row.text(2, "purpose")?.to_owned(),
        opened: row.count(3, "count")?,
    })
}

fn written(row: &Row) -> Result<(Date, u64)> {
    let day = Instant(row.int(0, "day")?.saturating_mul(86_400_000_000)).day();
    Ok((day, row.count(1, "count")?))
}

fn refused(row: &Row) -> Result<RefusedLooks> {
    let text = |place| row.text(place, "refused looks").map(str::to_owned);
    Ok(RefusedLooks {
        agency: text(0)?,
        officer: text(1)?,
        why: text(2)?,
        times: row.count(3, "count")?,
    })
}

//! What a supplier sent and what waits for it, in sums: for deadlines and for its list of things to do.

use crate::error::Result;
use crate::sql::submission as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Val};
use credit::record::Instant;
use credit::subject::SubmissionId;
use jiff::civil::Date;

/// Submissions looked at for deadlines: two a working hour for a year and a quarter, and room.
const REPORTS: u64 = 8_192;
/// Suppliers at most: a province has some thousand agencies.
const SUPPLIERS: u64 = 16_384;
/// Submissions with unmended rows that are listed.
const UNMENDED: u64 = 10;

/// Something that a supplier sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentReport {
    /// Code of the theme.
    pub theme: String,
    /// The day it states.
    pub stated_on: Date,
    /// When it came.
    pub received_at: Instant,
    /// A nil report's period.
    pub nil: Option<(Date, Date)>,
}

/// A submission with rejected rows that nobody mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmended {
    /// Its id.
    pub id: SubmissionId,
    /// Its number.
    pub number: u64,
    /// Code of the theme.
    pub theme: String,
    /// When it came.
    pub received_at: Instant,
    /// How many rows.
    pub rows: u64,
}

/// Facts that wait for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSum {
    /// Code of the theme.
    pub theme: String,
    /// Code of the reason.
    pub reason: String,
    /// How many.
    pub facts: u64,
    /// Since when the oldest waits.
    pub since: Instant,
}

impl Store {
    /// What a supplier sent since an instant, newest first: what counts as a report.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn supplier_reports(
        &self,
        supplier: &str,
        since: Instant,
    ) -> Result<Vec<SentReport>> {
        let asked = [Val::Text(supplier), Val::Int(since.0), Val::count(REPORTS)];
        transact!(self, Read, "supplier_reports", tx => {
            let rows = tx.rows(sql::REPORTS, &asked).await;
            rows.and_then(|rows| rows.iter().map(report).collect())
        })
    }

    /// The themes that a supplier ever sent, with the instant of the first time.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn supplier_themes(&self, supplier: &str) -> Result<Vec<(String, Instant)>> {
        transact!(self, Read, "supplier_themes", tx => {
            let rows = tx.rows(sql::FIRST_REPORTS, &[Val::Text(supplier)]).await;
            rows.and_then(|rows| rows.iter().map(first).collect())
        })
    }

    /// Suppliers that ever sent anything.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn suppliers_known(&self) -> Result<Vec<String>> {
        transact!(self, Read, "suppliers_known", tx => {
            let rows = tx.rows(sql::SUPPLIERS, &[Val::count(SUPPLIERS)]).await;
            rows.and_then(|rows| rows.iter().map(|row| row.text(0, "supplier").map(str::to_owned)).collect())
        })
    }

    /// The newest submissions of a supplier with rejected rows that nobody mended.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn supplier_unmended(&self, supplier: &str, since: Instant) -> Result<Vec<Unmended>> {
        let asked = [Val::Text(supplier), Val::Int(since.0), Val::count(UNMENDED)];
        transact!(self, Read, "supplier_unmended", tx => {
            let rows = tx.rows(sql::UNMENDED, &asked).await;
            rows.and_then(|rows| rows.iter().map(unmended).collect())
        })
    }

    /// Facts of a supplier that wait, by theme and reason.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn supplier_held(&self, supplier: &str) -> Result<Vec<HeldSum>> {
        transact!(self, Read, "supplier_held", tx => {
            let rows = tx.rows(sql::HELD_SUMS, &[Val::Text(supplier)]).await;
            rows.and_then(|rows| rows.iter().map(held).collect())
        })
    }
}

fn report(row: &Row) -> Result<SentReport> {
    let nil = row.opt_day(3, "day")?.zip(row.opt_day(4, "day")?);
    Ok(SentReport {
        theme: row.text(0, "theme")?.to_owned(),
        stated_on: row.day(1, "day")?,
        received_at: Instant(row.int(2, "instant")?),
        nil,
    })
}

fn first(row: &Row) -> Result<(String, Instant)> {
    Ok((
        row.text(0, "theme")?.to_owned(),
        Instant(row.int(1, "instant")?),
    ))
}

fn unmended(row: &Row) -> Result<Unmended> {
    Ok(Unmended {
        id: SubmissionId(row.bytes(0, "submission id")?),
        number: row.count(1, "submission number")?,
        theme: row.text(2, "theme")?.to_owned(),
        received_at: Instant(row.int(3, "instant")?),
        rows: row.count(4, "count")?,
    })
}

fn held(row: &Row) -> Result<HeldSum> {
    Ok(HeldSum {
        theme: row.text(0, "theme")?.to_owned(),
        reason: row.text(1, "reason")?.to_owned(),
        facts: row.count(2, "count")?,
        since: Instant(row.int(3, "instant")?),
    })
}

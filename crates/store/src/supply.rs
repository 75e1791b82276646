//! The supplier's desk: submissions, rejected rows, quality figures.

use crate::error::{Error, Result};
use crate::page::{Page, number};
use crate::plan::Counts;
use crate::slice::counts;
use crate::sql::submission as sql;
use crate::store::{Store, transact};
use crate::submission::{frame, mode_of};
use crate::tx::{Row, Tx, Val};
use credit::catalog::Mode;
use credit::record::Instant;
use credit::subject::SubmissionId;
use jiff::civil::Date;

/// How a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its slices are being applied, or it was broken off and can be resumed.
    Open,
    /// Its absences wait for a second officer.
    Waiting,
    /// It is finished.
    Done,
}

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its id.
    pub id: SubmissionId,
    /// Its number: 1, 2, 3 …
    pub number: u64,
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// Its edition.
    pub theme_version: String,
    /// Delta or snapshot.
    pub mode: Mode,
    /// The day it states.
    pub date: Date,
    /// Name of the file as sent.
    pub file_name: String,
    /// When it began.
    pub received_at: Instant,
    /// How it stands.
    pub standing: Standing,
    /// When its receipt was written.
    pub finished_at: Option<Instant>,
    /// Rows of the file, once it is finished.
    pub rows: Option<u64>,
    /// What became of its rows; nothing before it is finished.
    pub counts: Counts,
    /// The receipt as stored.
    pub receipt: Option<String>,
}

/// A rejected row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectRow {
    /// Row of the file.
    pub row: u64,
    /// Of a natural person: nothing of it was kept.
    pub personal: bool,
    /// What is wrong, JSON.
    pub faults: String,
    /// The row as sent, JSON.
    pub cells: Option<String>,
    /// A later submission mended it.
    pub mended: bool,
    /// The first submission that did.
    pub mended_in: Option<SubmissionId>,
    /// How often a row that mends it arrived.
    pub mended_times: u64,
}

/// What a row that mends a rejected one found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mended {
    /// Nothing had mended it before.
    First,
    /// It had been mended already; the earlier row stays named.
    Again,
}

/// Figures of one supplier's theme over a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quality {
    /// Code of the theme.
    pub theme: String,
    /// Submissions.
    pub submissions: u64,
    /// Rows sent.
    pub rows: u64,
    /// What became of them.
    pub counts: Counts,
    /// Rows that said something else than what was in force.
    pub corrections: u64,
}

impl Store {
    /// One submission.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn submission(&self, id: &SubmissionId) -> Result<Option<Submission>> {
        transact!(self, Read, "submission", tx => {
            let row = tx.one(sql::ONE, &[Val::Bytes(&id.0)]).await;
            row.and_then(|row| row.map(|row| submission(&row)).transpose())
        })
    }

    /// The Merkle roots of a submission's slices, in their order: over the salted commitments of
    /// the versions that each of them wrote.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the submission.
    pub async fn submission_roots(&self, id: &SubmissionId) -> Result<Vec<[u8; 32]>> {
        transact!(self, Read, "submission_roots", tx => roots(&mut tx, id).await)
    }

    /// Submissions of a supplier or of all, newest first.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn submissions(
        &self,
        supplier: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Submission>> {
        let before = number(after, i64::MAX)?;
        transact!(self, Read, "submissions", tx => {
            page(&mut tx, before, supplier.unwrap_or_default(), "", limit).await
        })
    }

    /// Rejected rows of a submission, in the order of its file.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours; [`Error::NotFound`] without the submission.
    pub async fn rejects(
        &self,
        id: &SubmissionId,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<RejectRow>> {
        let after = number(after, -1)?;
        transact!(self, Read, "rejects", tx => rejects(&mut tx, id, after, limit).await)
    }

    /// Notes that a submission brought the mended row of a rejected one.
    ///
    /// # Errors
    /// [`Error::NotFound`] without either submission or the rejected row.
    pub async fn reject_mended(
        &self,
        of: &SubmissionId,
        row: u64,
        by: &SubmissionId,
    ) -> Result<Mended> {
        transact!(self, Write, "reject_mended", tx => mended(&mut tx, of, row, by).await)
    }

    /// Figures of a supplier by theme, over submissions that state days of a period.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn supplier_quality(
        &self,
        supplier: &str,
        from: Date,
        to: Date,
    ) -> Result<Vec<Quality>> {
        let asked = [Val::Text(supplier), Val::Day(from), Val::Day(to)];
        transact!(self, Read, "supplier_quality", tx => {
            let rows = tx.rows(sql::QUALITY, &asked).await;
            rows.and_then(|rows| rows.iter().map(quality).collect())
        })
    }
}

/// A page of submissions, newest first; `state` may be empty for any.
pub(crate) async fn page(
    tx: &mut Tx,
    before: i64,
    supplier: &str,
    state: &str,
    limit: usize,
) -> Result<Page<Submission>> {
    let asked = [
        Val::Int(before),
        Val::Text(supplier),
        Val::Text(state),
        Val::count(limit as u64 + 1),
    ];
    let rows = tx.rows(sql::PAGE, &asked).await?;
    let rows = rows.iter().map(submission).collect::<Result<Vec<_>>>()?;
    Ok(Page::cut(rows, limit, |last| last.number.to_string()))
}

async fn rejects(
    tx: &mut Tx,
    id: &SubmissionId,
    after: i64,
    limit: usize,
) -> Result<Page<RejectRow>> {
    let frame = frame(tx, id).await?;
    let asked = [
        Val::Int(frame.number),
        Val::Int(after),
        Val::count(limit as u64 + 1),
    ];
    let rows = tx.rows(sql::REJECTS, &asked).await?;
    let rows = rows.iter().map(reject).collect::<Result<Vec<_>>>()?;
    Ok(Page::cut(rows, limit, |last| last.row.to_string()))
}

async fn roots(tx: &mut Tx, id: &SubmissionId) -> Result<Vec<[u8; 32]>> {
    let frame = frame(tx, id).await?;
    let rows = tx.rows(sql::ROOTS, &[Val::Int(frame.number)]).await?;
    rows.iter().map(|row| row.bytes(0, "root")).collect()
}

async fn mended(tx: &mut Tx, of: &SubmissionId, row: u64, by: &SubmissionId) -> Result<Mended> {
    let (of, by) = (frame(tx, of).await?.number, frame(tx, by).await?.number);
    let key = [Val::Int(of), Val::count(row)];
    let stands = tx
        .one(sql::REJECT_MENDED, &key)
        .await?
        .ok_or(Error::NotFound("rejected row"))?;
    let first = stands.opt_int(0).unwrap_or(by);
    let times = stands.opt_int(1).unwrap_or(0);
    let outcome = if stands.opt_int(0).is_some_and(|first| first != by) {
        Mended::Again
    } else {
        Mended::First
    };
    // The row's own slice may have found it by its record already: that is the same arrival.
    if stands.opt_int(0) != Some(by) {
        let values = [key[0], key[1], Val::Int(first), Val::Int(times + 1)];
        tx.exec(sql::REJECT_MEND, &values).await?;
    }
    Ok(outcome)
}

fn reject(row: &Row) -> Result<RejectRow> {
    Ok(RejectRow {
        row: row.count(0, "row number")?,
        personal: row.flag(1, "flag")?,
        faults: row.text(2, "faults")?.to_owned(),
        cells: row.opt_text(3).map(str::to_owned),
        mended: row.opt_bytes::<16>(4, "submission id")?.is_some(),
        mended_in: row.opt_bytes(4, "submission id")?.map(SubmissionId),
        mended_times: row.opt_int(5).map_or(0, |times| times.unsigned_abs()),
    })
}

fn submission(row: &Row) -> Result<Submission> {
    let rows = row.opt_int(11).and_then(|rows| u64::try_from(rows).ok());
    Ok(Submission {
        number: row.count(0, "submission number")?,
        id: SubmissionId(row.bytes(1, "submission id")?),
        supplier: row.text(2, "supplier")?.to_owned(),
        theme: row.text(3, "theme")?.to_owned(),
        theme_version: row.text(4, "edition")?.to_owned(),
        mode: mode_of(row.text(5, "mode")?)?,
        date: row.day(6, "day")?,
        file_name: row.text(7, "file name")?.to_owned(),
        received_at: Instant(row.int(8, "instant")?),
        standing: match row.text(9, "state")? {
            "open" => Standing::Open,
            "waiting" => Standing::Waiting,
            "done" => Standing::Done,
            _ => return Err(Error::Corrupt { what: "state" }),
        },
        finished_at: row.opt_int(10).map(Instant),
        rows,
        receipt: row.opt_text(12).map(str::to_owned),
        counts: match rows {
            Some(_) => counts(row, 13)?,
            None => Counts::default(),
        },
    })
}

fn quality(row: &Row) -> Result<Quality> {
    let counts = counts(row, 3)?;
    Ok(Quality {
        theme: row.text(0, "theme")?.to_owned(),
        submissions: row.count(1, "count")?,
        rows: row.count(2, "count")?,
        corrections: row.count(9, "count")?,
        counts,
    })
}

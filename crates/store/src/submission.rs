//! Submissions: begun once, resumed by their slices, finished with a receipt.

use crate::cause::{self, NewCause};
use crate::error::{Error, Result};
use crate::gate;
use crate::plan::Counts;
use crate::source;
use crate::sql::submission as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::catalog::Mode;
use credit::record::Instant;
use credit::subject::SubmissionId;
use jiff::civil::Date;

/// A submission that begins.
#[derive(Clone, Debug)]
pub struct NewSubmission {
    /// Keyed digest of supplier, theme, mode, date and file.
    pub id: SubmissionId,
    /// Code of the theme.
    pub theme: String,
    /// Its edition.
    pub theme_version: String,
    /// Code of the supplier.
    pub supplier: String,
    /// Delta or snapshot.
    pub mode: Mode,
    /// The day it states.
    pub date: Date,
    /// Digest of the file.
    pub file_digest: [u8; 32],
    /// Name of the file as sent.
    pub file_name: String,
    /// When it began.
    pub received_at: Instant,
    /// The officer who sends it, as given at the desk.
    pub sent_by: Option<String>,
    /// Why it is made, where it is no ordinary file.
    pub cause: Option<NewCause>,
}

/// How far a submission is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmissionState {
    /// It begins now.
    New,
    /// It had begun: so many slices are applied and are skipped.
    Resumed {
        /// Applied slices.
        slices: u32,
    },
    /// It was finished: its receipt.
    Done {
        /// The receipt as stored.
        receipt: String,
    },
}

/// The end of a submission.
#[derive(Clone, Debug)]
pub struct Finish {
    /// What became of its rows.
    pub counts: Counts,
    /// Rows of the file.
    pub rows: u64,
    /// The signed receipt.
    pub receipt: String,
    /// When.
    pub finished_at: Instant,
    /// A snapshot's absences wait for a second officer.
    pub waiting: bool,
}

/// What one submission is to its slices.
pub(crate) struct Frame {
    pub(crate) number: i64,
    pub(crate) source: i64,
    /// The source of who sent it: its own, or that of the platform above which returned it.
    pub(crate) sender: i64,
    pub(crate) stated_on: Date,
    pub(crate) open: bool,
    /// A full list, not changes.
    pub(crate) snapshot: bool,
    /// Waits for a second officer.
    pub(crate) waiting: bool,
    pub(crate) sent_by: Option<String>,
    /// A second officer confirmed what it removes.
    pub(crate) confirmed: bool,
}

impl Store {
    /// Keeps a catalogue bundle under its digest; one that is there stays as it is.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn catalog_put(&self, digest: &str, body: &str) -> Result<()> {
        transact!(self, Write, "catalog_put", tx => {
            tx.exec(sql::BUNDLE_NEW, &[Val::Text(digest), Val::Text(body)]).await.map(|_| ())
        })
    }

    /// A catalogue bundle by its digest.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn catalog_get(&self, digest: &str) -> Result<Option<String>> {
        transact!(self, Read, "catalog_get", tx => {
            tx.one(sql::BUNDLE, &[Val::Text(digest)])
                .await
                .map(|row| row.and_then(|row| row.opt_text(0).map(str::to_owned)))
        })
    }

    /// Begins a submission, or tells how far it is.
    ///
    /// # Errors
    /// [`Error::SourceTaken`] while another full list of its source is being applied.
    pub async fn submission_begin(&self, new: &NewSubmission) -> Result<SubmissionState> {
        transact!(self, Write, "submission_begin", tx => begin(&mut tx, new, None).await)
    }

    /// Begins the submission of one source's rows within a file that a platform above returned, or
    /// tells how far it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the file's own submission; [`Error::SourceTaken`] while a full
    /// list of the source is being applied.
    pub async fn submission_begin_returned(
        &self,
        new: &NewSubmission,
        within: &SubmissionId,
    ) -> Result<SubmissionState> {
        transact!(self, Write, "submission_begin", tx => begin(&mut tx, new, Some(within)).await)
    }

    /// Finishes a submission with its receipt; what is finished stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it never began.
    pub async fn submission_finish(&self, id: &SubmissionId, finish: &Finish) -> Result<()> {
        transact!(self, Write, "submission_finish", tx => end(&mut tx, id, finish).await)
    }
}

async fn begin(
    tx: &mut Tx,
    new: &NewSubmission,
    within: Option<&SubmissionId>,
) -> Result<SubmissionState> {
    if let Some(row) = tx.one(sql::STATE, &[Val::Bytes(&new.id.0)]).await? {
        let state = state(tx, &row).await?;
        if matches!(state, SubmissionState::Resumed { .. }) {
            let frame = frame(tx, &new.id).await?;
            gate::pass(tx, &frame, &new.id, new.received_at).await?;
        }
        return Ok(state);
    }
    let source = source::number(tx, &new.supplier, &new.theme).await?;
    let next = tx.one(sql::NEXT, &[]).await?.unwrap_or_default();
    let values = [
        Val::Int(next.int(0, "submission number")?),
        Val::Bytes(&new.id.0),
        Val::Int(source),
        Val::Text(&new.theme_version),
        Val::Text(mode_code(new.mode)),
        Val::Day(new.date),
        Val::Text(&new.file_name),
        Val::Bytes(&new.file_digest),
        Val::Int(new.received_at.0),
        Val::opt_text(new.sent_by.as_deref()),
        match within {
            Some(within) => Val::Int(frame(tx, within).await?.number),
            None => Val::Null,
        },
    ];
    tx.exec(sql::NEW, &values).await?;
    let frame = frame(tx, &new.id).await?;
    if let Some(cause) = &new.cause {
        cause::add(tx, frame.number, cause, new.received_at).await?;
    }
    gate::pass(tx, &frame, &new.id, new.received_at).await?;
    Ok(SubmissionState::New)
}

async fn state(tx: &mut Tx, row: &Row) -> Result<SubmissionState> {
    if let Some(receipt) = row.opt_text(2) {
        let receipt = receipt.to_owned();
        return Ok(SubmissionState::Done { receipt });
    }
    let number = row.int(0, "submission number")?;
    let slices = tx.one(sql::SLICES, &[Val::Int(number)]).await?;
    let slices = slices.unwrap_or_default().small(0, "count of slices")?;
    Ok(SubmissionState::Resumed { slices })
}

async fn end(tx: &mut Tx, id: &SubmissionId, finish: &Finish) -> Result<()> {
    let frame = frame(tx, id).await?;
    if !frame.open {
        return Ok(());
    }
    let counts = &finish.counts;
    let values = [
        Val::Int(frame.number),
        Val::Text(if finish.waiting { "waiting" } else { "done" }),
        Val::Int(finish.finished_at.0),
        Val::count(finish.rows),
        Val::count(counts.accepted),
        Val::count(counts.rejected),
        Val::count(counts.held),
        Val::count(counts.unchanged),
        Val::count(counts.late),
        Val::count(counts.removed),
        Val::Text(&finish.receipt),
    ];
    tx.exec(sql::FINISH, &values).await?;
    gate::leave(tx, &frame, id).await?;
    let leaf = seal::sha256(finish.receipt.as_bytes());
    crate::event::add(
        tx,
        &format!("receipt:{id}"),
        "receipt",
        finish.finished_at,
        &leaf.0,
    )
    .await
}

/// The frame of a submission.
pub(crate) async fn frame(tx: &mut Tx, id: &SubmissionId) -> Result<Frame> {
    let row = tx
        .one(sql::FRAME, &[Val::Bytes(&id.0)])
        .await?
        .ok_or(Error::NotFound("submission"))?;
    Ok(Frame {
        number: row.int(0, "submission number")?,
        source: row.int(1, "source")?,
        stated_on: row.day(2, "day")?,
        open: row.text(3, "state")? == "open",
        waiting: row.text(3, "state")? == "waiting",
        snapshot: mode_of(row.text(4, "mode")?)? == Mode::Snapshot,
        sent_by: row.opt_text(5).map(str::to_owned),
        confirmed: row.opt_text(6).is_some(),
        sender: row.int(7, "source")?,
    })
}

pub(crate) fn mode_code(mode: Mode) -> &'static str {
    match mode {
        Mode::Delta => "delta",
        Mode::Snapshot => "snapshot",
    }
}

pub(crate) fn mode_of(code: &str) -> Result<Mode> {
    match code {
        "delta" => Ok(Mode::Delta),
        "snapshot" => Ok(Mode::Snapshot),
        _ => Err(Error::Corrupt { what: "mode" }),
    }
}

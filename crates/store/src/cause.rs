//! Why a submission that is no ordinary file was made: a correction with its document, a recall, its
//! undoing, a nil report. Written in the transaction in which the submission begins.

use crate::error::{Error, Result};
use crate::slice::change;
use crate::sql::cause as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::{Change, Instant};
use credit::subject::{RecordId, SubmissionId};
use jiff::civil::Date;

/// Causes of one submission or fact that are listed: nobody recalls and restores more often.
const LISTED: u64 = 256;
/// Rows of a page of an audit: some kilobytes each, with the receipt.
const AUDITED: i64 = 1_024;

/// What kind of submission it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CauseKind {
    /// A fact is corrected, with reason and document (R43).
    Correction,
    /// What was sent in error is taken back.
    Recall,
    /// A recall is taken back.
    Undo,
    /// There is nothing to report for a period.
    Nil,
}

impl CauseKind {
    /// The code in the store and in receipts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            CauseKind::Correction => "correction",
            CauseKind::Recall => "recall",
            CauseKind::Undo => "undo",
            CauseKind::Nil => "nil",
        }
    }

    fn parse(code: &str) -> Option<CauseKind> {
        use CauseKind::{Correction, Nil, Recall, Undo};
        [Correction, Recall, Undo, Nil]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A cause to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCause {
    /// What kind.
    pub kind: CauseKind,
    /// Recall, undo: the submission that is taken back.
    pub of: Option<SubmissionId>,
    /// Correction, recall of one fact: its record.
    pub record: Option<RecordId>,
    /// Recall of one row.
    pub row: Option<u64>,
    /// Correction: the version that was in force.
    pub seq: Option<u32>,
    /// Why, as its officer wrote it.
    pub reason: String,
    /// The correcting document, JSON.
    pub document: Option<String>,
    /// Nil: first and last day of the period.
    pub period: Option<(Date, Date)>,
    /// Who.
    pub officer: String,
}

/// A cause on file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The submission that it made.
    pub submission: SubmissionId,
    /// Whether that submission was finished; a recall that was broken off goes on.
    pub finished: bool,
    /// When.
    pub made_at: Instant,
    /// Of a recall: it was undone.
    pub undone: bool,
    /// What it says.
    pub what: NewCause,
}

/// A cause beside the receipt that commits to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CauseProof {
    /// Number of the submission; the cursor of the next page.
    pub number: i64,
    /// The cause.
    pub cause: Cause,
    /// The receipt as stored; none before the submission is finished.
    pub receipt: Option<String>,
}

impl Store {
    /// The cause of a submission; none for an ordinary file.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn submission_cause(&self, id: &SubmissionId) -> Result<Option<Cause>> {
        transact!(self, Read, "submission_cause", tx => {
            let row = tx.one(sql::ONE, &[Val::Bytes(&id.0)]).await;
            row.and_then(|row| row.map(|row| cause(&row)).transpose())
        })
    }

    /// What was done about a submission (recalls, and undoings of it), oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn causes_of_submission(&self, id: &SubmissionId) -> Result<Vec<Cause>> {
        self.causes(sql::OF_SUBMISSION, &id.0).await
    }

    /// What was done about one fact (corrections, recalls), oldest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn causes_of_record(&self, id: &RecordId) -> Result<Vec<Cause>> {
        self.causes(sql::OF_RECORD, &id.0).await
    }

    /// Causes after a number of a submission, for an audit.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn audit_causes(&self, after: i64) -> Result<Vec<CauseProof>> {
        let asked = [Val::Int(after), Val::Int(AUDITED)];
        transact!(self, Read, "audit_causes", tx => {
            let rows = tx.rows(sql::AUDIT, &asked).await;
            rows.and_then(|rows| rows.iter().map(proof).collect())
        })
    }

    /// The last version's number of a supplier's record, and what its version in force says.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn record_state(
        &self,
        supplier: &str,
        theme: &str,
        record: &RecordId,
    ) -> Result<Option<(u32, Change)>> {
        let asked = [Val::Text(supplier), Val::Text(theme), Val::Bytes(&record.0)];
        transact!(self, Read, "record_state", tx => {
            let row = tx.one(sql::STATE, &asked).await;
            row.and_then(|row| row.map(|row| state(&row)).transpose())
        })
    }

    async fn causes(&self, statement: &'static str, id: &[u8; 16]) -> Result<Vec<Cause>> {
        transact!(self, Read, "causes", tx => {
            let rows = tx.rows(statement, &[Val::Bytes(id), Val::count(LISTED)]).await;
            rows.and_then(|rows| rows.iter().map(cause).collect())
        })
    }
}

fn proof(row: &Row) -> Result<CauseProof> {
    Ok(CauseProof {
        number: row.int(14, "submission number")?,
        cause: cause(row)?,
        receipt: row.opt_text(15).map(str::to_owned),
    })
}

fn state(row: &Row) -> Result<(u32, Change)> {
    Ok((row.small(0, "version number")?, change(row, 1)?))
}

/// Writes the cause of a submission that begins.
pub(crate) async fn add(tx: &mut Tx, number: i64, new: &NewCause, at: Instant) -> Result<()> {
    let (from, to) = (new.period.map(|one| one.0), new.period.map(|one| one.1));
    let values = [
        Val::Int(number),
        Val::Text(new.kind.code()),
        Val::opt_bytes(new.of.as_ref().map(|id| id.0.as_slice())),
        Val::opt_bytes(new.record.as_ref().map(|id| id.0.as_slice())),
        new.row.map_or(Val::Null, Val::count),
        new.seq.map_or(Val::Null, |seq| Val::Int(seq.into())),
        Val::Text(&new.reason),
        Val::opt_text(new.document.as_deref()),
        from.map_or(Val::Null, Val::Day),
        to.map_or(Val::Null, Val::Day),
        Val::Text(&new.officer),
        Val::Int(at.0),
    ];
    tx.exec(sql::NEW, &values).await.map(|_| ())
}

fn cause(row: &Row) -> Result<Cause> {
    let kind = CauseKind::parse(row.text(2, "kind")?).ok_or(Error::Corrupt { what: "kind" })?;
    let period = match (row.opt_text(9), row.opt_text(10)) {
        (Some(_), Some(_)) => Some((row.day(9, "day")?, row.day(10, "day")?)),
        _ => None,
    };
    Ok(Cause {
        submission: SubmissionId(row.bytes(0, "submission id")?),
        finished: row.text(1, "state")? != "open",
        made_at: Instant(row.int(12, "instant")?),
        undone: row.int(13, "count")? > 0,
        what: NewCause {
            kind,
            of: row.opt_bytes(3, "submission id")?.map(SubmissionId),
            record: row.opt_bytes(4, "record id")?.map(RecordId),
            row: row.opt_int(5).map(i64::unsigned_abs),
            seq: row.opt_int(6).and_then(|seq| u32::try_from(seq).ok()),
            reason: row.text(7, "reason")?.to_owned(),
            document: row.opt_text(8).map(str::to_owned),
            period,
            officer: row.text(11, "officer")?.to_owned(),
        },
    })
}

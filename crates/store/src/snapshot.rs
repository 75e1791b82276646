//! What is absent from a full snapshot: counted, then removed in slices of its submission, so that
//! a removal that was broken off goes on where it stopped.

use crate::error::{Error, Result};
use crate::gate;
use crate::plan::{Head, NewHead, NewVersion, SlicePlan, StopUse};
use crate::slice::apply_own;
use crate::sql::{snapshot as sql, submission as submission_sql};
use crate::store::{Store, transact};
use crate::submission::{Frame, frame};
use crate::supply::page;
use crate::tx::{Row, Tx, Val};
use credit::limits::{PAGE_ROWS, SLICE_ROWS};
use credit::record::{Change, Instant};
use credit::subject::{RecordId, SubjectId, SubmissionId};
use credit::text::name_form;
use jiff::civil::Date;
use policy::Officer;

/// What a snapshot leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Rows in force before it, within its scopes.
    pub earlier: u64,
    /// Of them absent from it.
    pub absent: u64,
}

/// A snapshot whose absences wait for a second officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingSnapshot {
    /// Its submission.
    pub id: SubmissionId,
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// The day it states.
    pub date: Date,
    /// When it was received.
    pub received_at: Instant,
    /// What it leaves out, as of now.
    pub absent: Absent,
}

impl Store {
    /// Counts what a snapshot leaves out. Rejected and held rows count as present.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the submission.
    pub async fn snapshot_absent(&self, id: &SubmissionId) -> Result<Absent> {
        transact!(self, Read, "snapshot_absent", tx => absent(&mut tx, id).await)
    }

    /// Removes what a snapshot leaves out; tells how many. `nonce` salts their commitments; whoever looked
    /// at them is told in the same transactions.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the submission; [`Error::Conflict`] while nobody has confirmed
    /// what waits; [`Error::SourceTaken`] while another full list is being applied.
    pub async fn snapshot_remove(
        &self,
        id: &SubmissionId,
        stop: Option<&StopUse>,
        at: Instant,
        nonce: [u8; 16],
    ) -> Result<u64> {
        let mut removed = 0;
        let mut after = [0_u8; 16];
        loop {
            let last = transact!(self, Slice, "snapshot_remove", tx => {
                remove_slice(&mut tx, (id, stop), at, &nonce, &after).await
            })?;
            let Some((record, count)) = last else {
                return Ok(removed);
            };
            removed += count;
            after = record.0;
        }
    }

    /// Snapshots whose absences wait, newest first.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn snapshots_waiting(&self) -> Result<Vec<WaitingSnapshot>> {
        transact!(self, Read, "snapshots_waiting", tx => waiting(&mut tx).await)
    }

    /// Notes which officer confirmed a snapshot's absences, before they are removed. Confirming
    /// again goes on with what the first officer confirmed.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it does not wait; [`Error::SameOfficer`] when the officer sent it;
    /// [`Error::SourceTaken`] while another full list of its source is being applied.
    pub async fn snapshot_confirm(
        &self,
        id: &SubmissionId,
        officer: &Officer,
        at: Instant,
    ) -> Result<()> {
        transact!(self, Write, "snapshot_confirm", tx => confirm(&mut tx, id, officer, at).await)
    }

    /// Closes a snapshot whose confirmed absences are removed; tells how many they are.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it does not wait, or nobody confirmed it.
    pub async fn snapshot_close(&self, id: &SubmissionId, at: Instant) -> Result<u64> {
        transact!(self, Write, "snapshot_close", tx => close(&mut tx, id, at).await)
    }
}

async fn absent(tx: &mut Tx, id: &SubmissionId) -> Result<Absent> {
    let frame = frame(tx, id).await?;
    let asked = [
        Val::Int(frame.source),
        Val::Int(frame.number),
        Val::Day(frame.stated_on),
    ];
    let count = |row: Option<Row>| row.unwrap_or_default().count(0, "count");
    let absent = count(tx.one(sql::ABSENT_COUNT, &asked).await?)?;
    let present = count(tx.one(sql::PRESENT_COUNT, &asked[..2]).await?)?;
    let fresh = count(tx.one(submission_sql::FRESH, &asked[1..2]).await?)?;
    Ok(Absent {
        earlier: (absent + present).saturating_sub(fresh),
        absent,
    })
}

/// Removes up to a slice of absent records; tells the last of them and how many.
async fn remove_slice(
    tx: &mut Tx,
    (id, stop): (&SubmissionId, Option<&StopUse>),
    at: Instant,
    nonce: &[u8; 16],
    after: &[u8; 16],
) -> Result<Option<(RecordId, u64)>> {
    let frame = frame(tx, id).await?;
    if frame.waiting && !frame.confirmed {
        return Err(Error::Conflict("absences that wait are confirmed first"));
    }
    gate::pass(tx, &frame, id, at).await?;
    let asked = [
        Val::Int(frame.source),
        Val::Int(frame.number),
        Val::Day(frame.stated_on),
        Val::Bytes(after),
        Val::count(SLICE_ROWS as u64),
    ];
    let rows = tx.rows(sql::ABSENT, &asked).await?;
    let mut plan = SlicePlan::default();
    let mut heads = Vec::with_capacity(rows.len());
    let mut leaves = seal::merkle::Builder::new();
    for row in &rows {
        let leaf = remove(&mut plan, &mut heads, row, &frame, id, nonce)?;
        leaves.append(leaf);
    }
    let Some((last, _)) = heads.last() else {
        return Ok(None);
    };
    let last = *last;
    plan.counts.removed = heads.len() as u64;
    plan.root = leaves.root().0;
    plan.stop = stop.cloned();
    apply_own(tx, id, &frame, at, &plan, &heads).await?;
    Ok(Some((last, heads.len() as u64)))
}

/// Plans the removal of one record and gives the leaf of its commitment.
fn remove(
    plan: &mut SlicePlan,
    heads: &mut Vec<(RecordId, Head)>,
    row: &Row,
    frame: &Frame,
    id: &SubmissionId,
    nonce: &[u8; 16],
) -> Result<seal::Digest> {
    let record = RecordId(row.bytes(0, "record id")?);
    let head = Head {
        subject: SubjectId(row.bytes(1, "subject id")?),
        seq: row.small(2, "version number")?,
        digest: [0; 32],
        change: Change::Stated,
        held: row.flag(3, "flag")?,
        stated_on: row.day(5, "day")?,
        seen_in: *id,
    };
    let mut salt = [0; 16];
    let digest = seal::commit(nonce, &record.0);
    salt.copy_from_slice(&digest.0[..16]);
    let leaf = seal::commit(&salt, &record.0);
    plan.versions.push(NewVersion {
        subject: head.subject,
        record,
        seq: head.seq + 1,
        stated_on: frame.stated_on,
        change: Change::Removed,
        digest: [0; 32],
        leaf: leaf.0,
        salt,
        body: None,
        document: None,
        severity: None,
        late: false,
        held: None,
        row: 0,
    });
    plan.heads.push(NewHead {
        record,
        subject: head.subject,
        seq: head.seq + 1,
        digest: [0; 32],
        change: Change::Removed,
        held: false,
        stated_on: frame.stated_on,
        scope: row.text(4, "scope")?.to_owned(),
    });
    heads.push((record, head));
    Ok(leaf)
}

async fn waiting(tx: &mut Tx) -> Result<Vec<WaitingSnapshot>> {
    let submissions = page(tx, i64::MAX, "", "waiting", PAGE_ROWS).await?;
    let mut waiting = Vec::new();
    for one in submissions.rows {
        waiting.push(WaitingSnapshot {
            absent: absent(tx, &one.id).await?,
            id: one.id,
            supplier: one.supplier,
            theme: one.theme,
            date: one.date,
            received_at: one.received_at,
        });
    }
    Ok(waiting)
}

async fn confirm(tx: &mut Tx, id: &SubmissionId, officer: &Officer, at: Instant) -> Result<()> {
    let frame = frame(tx, id).await?;
    if !frame.waiting {
        return Err(Error::NotFound("waiting snapshot"));
    }
    let same = |sender: &String| name_form(sender) == name_form(officer.name());
    if frame.sent_by.as_ref().is_some_and(same) {
        return Err(Error::SameOfficer);
    }
    gate::pass(tx, &frame, id, at).await?;
    let by = format!("{} · {}", officer.name(), officer.agency());
    let values = [Val::Bytes(&id.0), Val::Text(&by), Val::Int(at.0)];
    if tx.exec(submission_sql::CONFIRM, &values).await? == 0 {
        return Ok(());
    }
    let leaf = seal::commit(&id.0, by.as_bytes());
    crate::event::add(tx, &format!("confirm:{id}"), "confirm", at, &leaf.0).await
}

async fn close(tx: &mut Tx, id: &SubmissionId, at: Instant) -> Result<u64> {
    let frame = frame(tx, id).await?;
    gate::pass(tx, &frame, id, at).await?;
    let removed = tx
        .one(submission_sql::REMOVED, &[Val::Int(frame.number)])
        .await?
        .unwrap_or_default()
        .count(0, "count")?;
    let values = [Val::Bytes(&id.0), Val::count(removed)];
    if tx.exec(submission_sql::CONFIRMED, &values).await? == 0 {
        return Err(Error::NotFound("waiting snapshot"));
    }
    gate::leave(tx, &frame, id).await?;
    Ok(removed)
}

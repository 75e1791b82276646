//! What a submission said is taken back, in slices: each record that nobody has stated since is marked
//! as recalled, and what stood before is in force again. Undoing a recall is the same move, one step
//! further back. Nothing is deleted; clocks of documents stay as they are.

use crate::error::{Error, Result};
use crate::gate;
use crate::plan::{Head, NewHead, NewHold, NewVersion, SlicePlan, StopUse};
use crate::slice::{apply_own, change, place};
use crate::sql::{cause as sql, submission as submission_sql};
use crate::store::{Store, transact};
use crate::submission::{Frame, frame};
use crate::tx::{Row, Tx, Val};
use credit::clock::Severity;
use credit::limits::SLICE_ROWS;
use credit::record::{Change, Instant};
use credit::subject::{DocumentId, RecordId, SubjectId, SubmissionId};
use jiff::civil::Date;

/// What is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// All that a submission said, or one row of it.
    Submission(SubmissionId, Option<u64>),
    /// What an earlier recall did.
    Recall(SubmissionId),
    /// One fact altogether, whichever submissions stated it.
    Record(RecordId),
}

/// What became of the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Facts that are no more in force as they were stated.
    pub recalled: u64,
    /// Facts of which an earlier statement is in force again.
    pub restored: u64,
    /// Of them facts that wait again.
    pub held: u64,
}

/// A version of a record with its content.
struct Past {
    seq: u32,
    submission: i64,
    row: u64,
    stated_on: Date,
    change: Change,
    digest: [u8; 32],
    document: Option<DocumentId>,
    severity: Option<Severity>,
    late: bool,
    held: Option<String>,
    moved_from: Option<SubjectId>,
    body: Option<String>,
}

/// What one slice of a recall works on.
struct Move<'m> {
    id: &'m SubmissionId,
    back: Back,
    stop: Option<&'m StopUse>,
    at: Instant,
    nonce: &'m [u8; 16],
}

impl Store {
    /// Takes back, as the submission `id`, which has begun; tells what became of the records.
    /// `nonce` salts their commitments; whoever looked at them is told in the same transactions. Broken
    /// off, it goes on when it is called again.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the submission; [`Error::SourceTaken`] while a full list of the
    /// source is being applied.
    pub async fn take_back(
        &self,
        id: &SubmissionId,
        back: Back,
        stop: Option<&StopUse>,
        at: Instant,
        nonce: [u8; 16],
    ) -> Result<TakenBack> {
        let step = Move {
            id,
            back,
            stop,
            at,
            nonce: &nonce,
        };
        let mut total = TakenBack::default();
        let mut after = [0_u8; 16];
        loop {
            let done = transact!(self, Slice, "take_back", tx => {
                slice(&mut tx, &step, &after).await
            })?;
            let Some((last, one)) = done else {
                return Ok(total);
            };
            total.recalled += one.recalled;
            total.restored += one.restored;
            total.held += one.held;
            if matches!(back, Back::Record(_)) {
                return Ok(total);
            }
            after = last.0;
        }
    }
}

/// Takes a slice of records back; tells the last of them, and what became of them.
async fn slice(
    tx: &mut Tx,
    step: &Move<'_>,
    after: &[u8; 16],
) -> Result<Option<(RecordId, TakenBack)>> {
    let own = frame(tx, step.id).await?;
    gate::pass(tx, &own, step.id, step.at).await?;
    let (heads, of) = heads(tx, step, &own, after).await?;
    let Some((last, ..)) = heads.last() else {
        return Ok(None);
    };
    let last = *last;
    let pasts = versions(tx, &heads).await?;
    let mut plan = SlicePlan::default();
    let mut before = Vec::with_capacity(heads.len());
    let mut leaves = seal::merkle::Builder::new();
    let mut done = TakenBack::default();
    for ((record, head, scope), past) in heads.into_iter().zip(pasts) {
        let Some(lines) = lines(tx, step.back, &of, (record, &head), &past).await? else {
            continue;
        };
        let draft = Draft {
            step,
            record,
            head: &head,
            scope: &scope,
        };
        draft.write(&lines, &mut plan, &mut leaves, &mut done);
        before.push((record, head));
    }
    if before.is_empty() {
        return Ok(Some((last, done)));
    }
    plan.counts.removed = done.recalled;
    plan.counts.accepted = done.restored - done.held;
    plan.counts.held = done.held;
    plan.root = leaves.root().0;
    plan.stop = step.stop.cloned();
    apply_own(tx, step.id, &own, step.at, &plan, &before).await?;
    Ok(Some((last, done)))
}

type Held = (RecordId, Head, String);

/// The records that may be taken back, by the order of their ids, and the numbers of the submissions
/// whose versions go: the one itself first, then the earlier recalls of it and what undid them.
async fn heads(
    tx: &mut Tx,
    step: &Move<'_>,
    own: &Frame,
    after: &[u8; 16],
) -> Result<(Vec<Held>, Vec<i64>)> {
    let (rows, of) = match step.back {
        Back::Record(record) => {
            let key = [Val::Int(own.source), Val::Bytes(&record.0)];
            let row = tx.one(sql::HEAD, &key).await?;
            (row.into_iter().collect(), Vec::new())
        }
        Back::Submission(of, _) | Back::Recall(of) => {
            let of = frame(tx, &of).await?;
            if of.source != own.source {
                return Err(Error::NotFound("submission of the same source"));
            }
            let asked = [
                Val::Int(own.source),
                Val::Int(of.number),
                Val::Bytes(after),
                Val::count(SLICE_ROWS as u64),
            ];
            let mut numbers = vec![of.number];
            if matches!(step.back, Back::Submission(..)) {
                for row in tx.rows(sql::CHAIN, &asked[1..2]).await? {
                    numbers.extend([row.opt_int(0), row.opt_int(1)].into_iter().flatten());
                }
            }
            (tx.rows(sql::HEADS, &asked).await?, numbers)
        }
    };
    let heads = rows.iter().map(|row| held(row, step.id));
    Ok((heads.collect::<Result<_>>()?, of))
}

fn held(row: &Row, id: &SubmissionId) -> Result<Held> {
    let head = Head {
        subject: SubjectId(row.bytes(1, "subject id")?),
        seq: row.small(2, "version number")?,
        digest: row.bytes(3, "digest")?,
        change: change(row, 4)?,
        held: row.flag(5, "flag")?,
        stated_on: row.day(6, "day")?,
        seen_in: *id,
    };
    let record = RecordId(row.bytes(0, "record id")?);
    Ok((record, head, row.text(7, "scope")?.to_owned()))
}

/// The versions of each record at its present mention, oldest first.
async fn versions(tx: &mut Tx, heads: &[Held]) -> Result<Vec<Vec<Past>>> {
    let keys = heads
        .iter()
        .flat_map(|(record, head, _)| [Val::Bytes(&head.subject.0), Val::Bytes(&record.0)]);
    let keys: Vec<Val<'_>> = keys.collect();
    let mut found: Vec<Vec<Past>> = heads.iter().map(|_| Vec::new()).collect();
    for row in tx.each(&sql::VERSIONS, &keys).await? {
        if let Some(slot) = found.get_mut(place(&row)?) {
            slot.push(past(&row)?);
        }
    }
    Ok(found)
}

fn past(row: &Row) -> Result<Past> {
    let severity = row
        .opt_text(8)
        .map(|code| Severity::parse(code).ok_or(Error::Corrupt { what: "severity" }));
    Ok(Past {
        seq: row.small(1, "version number")?,
        submission: row.int(2, "submission number")?,
        row: row.count(3, "row number")?,
        stated_on: row.day(4, "day")?,
        change: change(row, 5)?,
        digest: row.bytes(6, "digest")?,
        document: row.opt_bytes(7, "document id")?.map(DocumentId),
        severity: severity.transpose()?,
        late: row.flag(9, "flag")?,
        held: row.opt_text(10).map(str::to_owned),
        moved_from: row.opt_bytes(11, "subject id")?.map(SubjectId),
        body: row.opt_text(12).map(str::to_owned),
    })
}

/// What is written about a record.
struct Lines {
    /// The fact is marked as recalled where it stands.
    mark: bool,
    /// An earlier statement is in force again, there or at the mention that had it before.
    restored: Option<(SubjectId, Past)>,
}

/// What taking back means for one record; `None` where a later statement stands, or where the
/// submission said nothing of its own about it.
async fn lines(
    tx: &mut Tx,
    back: Back,
    of: &[i64],
    record: (RecordId, &Head),
    past: &[Past],
) -> Result<Option<Lines>> {
    let (record, head) = record;
    if matches!(back, Back::Record(_)) {
        let stands = head.change == Change::Stated;
        return Ok(stands.then_some(Lines {
            mark: true,
            restored: None,
        }));
    }
    let (own, earlier): (Vec<&Past>, Vec<&Past>) =
        past.iter().partition(|one| of.contains(&one.submission));
    if own.last().is_none_or(|last| last.seq != head.seq) {
        return Ok(None);
    }
    let stated = own.iter().filter(|one| of.first() == Some(&one.submission));
    let rows: Vec<u64> = stated.map(|one| one.row).collect();
    if matches!(back, Back::Submission(_, Some(row)) if !rows.contains(&row)) {
        return Ok(None);
    }
    let before = match own.iter().find_map(|one| one.moved_from) {
        Some(from) => moved_from(tx, from, record, of).await?,
        None => in_force(earlier).map(|one| (head.subject, again(one))),
    };
    let restored = before.filter(|(_, one)| one.change == Change::Stated && one.body.is_some());
    let mark = matches!(back, Back::Submission(..));
    if !mark && restored.is_none() {
        return Ok(None);
    }
    Ok(Some(Lines { mark, restored }))
}

/// The statement that stood at another mention before the record moved.
async fn moved_from(
    tx: &mut Tx,
    from: SubjectId,
    record: RecordId,
    of: &[i64],
) -> Result<Option<(SubjectId, Past)>> {
    let keys = [Val::Bytes(&from.0), Val::Bytes(&record.0)];
    let rows = tx.each(&sql::VERSIONS, &keys).await?;
    let past = rows.iter().map(past).collect::<Result<Vec<_>>>()?;
    let earlier = past
        .iter()
        .filter(|one| !of.contains(&one.submission))
        .collect();
    Ok(in_force(earlier).map(|one| (from, again(one))))
}

/// Of some versions the one in force, as [`credit::record::Record::at`] has it.
fn in_force(versions: Vec<&Past>) -> Option<&Past> {
    versions
        .into_iter()
        .max_by_key(|one| (one.stated_on, one.seq))
}

fn again(one: &Past) -> Past {
    Past {
        held: one.held.clone(),
        body: one.body.clone(),
        ..*one
    }
}

/// One record's new versions.
struct Draft<'d> {
    step: &'d Move<'d>,
    record: RecordId,
    head: &'d Head,
    scope: &'d str,
}

impl Draft<'_> {
    fn write(
        &self,
        lines: &Lines,
        plan: &mut SlicePlan,
        leaves: &mut seal::merkle::Builder,
        done: &mut TakenBack,
    ) {
        let mut seq = self.head.seq;
        let mut subject = self.head.subject;
        let leaving = lines
            .restored
            .as_ref()
            .is_some_and(|(to, _)| *to != subject);
        // Where the record goes back to another mention, it closes here.
        if lines.mark || leaving {
            seq += 1;
            let change = if lines.mark {
                Change::Recalled
            } else {
                Change::Moved
            };
            plan.versions
                .push(self.version(seq, subject, change, None, leaves));
            done.recalled += u64::from(lines.mark);
        }
        let mut stands = (Change::Recalled, [0; 32], false);
        if let Some((to, past)) = &lines.restored {
            seq += 1;
            subject = *to;
            let version = self.version(seq, subject, Change::Stated, Some(past), leaves);
            stands = (Change::Stated, past.digest, version.held.is_some());
            if let Some(reason) = &version.held {
                plan.holds.push(NewHold {
                    record: self.record,
                    subject,
                    seq,
                    row: 0,
                    reason: reason.clone(),
                });
            }
            done.restored += 1;
            done.held += u64::from(stands.2);
            plan.versions.push(version);
        }
        let (change, digest, held) = stands;
        plan.heads.push(NewHead {
            record: self.record,
            subject,
            seq,
            digest,
            change,
            held,
            stated_on: self.head.stated_on,
            scope: self.scope.to_owned(),
        });
    }

    /// A version for the day of the one that was in force, so that it takes its place.
    fn version(
        &self,
        seq: u32,
        subject: SubjectId,
        change: Change,
        past: Option<&Past>,
        leaves: &mut seal::merkle::Builder,
    ) -> NewVersion {
        let mut salt = [0; 16];
        let key = [self.record.0.as_slice(), &seq.to_be_bytes()].concat();
        let digest = seal::commit(self.step.nonce, &key);
        salt.copy_from_slice(&digest.0[..16]);
        let body = past.and_then(|one| one.body.clone());
        let leaf = match &body {
            Some(body) => seal::commit(&salt, body.as_bytes()),
            None => seal::commit(&salt, &self.record.0),
        };
        leaves.append(leaf);
        NewVersion {
            subject,
            record: self.record,
            seq,
            stated_on: self.head.stated_on,
            change,
            digest: past.map_or([0; 32], |one| one.digest),
            leaf: leaf.0,
            salt,
            body,
            document: past.and_then(|one| one.document),
            severity: past.and_then(|one| one.severity),
            late: past.is_some_and(|one| one.late),
            held: past.and_then(|one| one.held.clone()),
            row: 0,
        }
    }
}

impl Store {
    /// What the slices of a recall did, for its receipt: recalled, restored, waiting.
    ///
    /// # Errors
    /// [`Error::NotFound`] without the submission.
    pub async fn taken_back(&self, id: &SubmissionId) -> Result<TakenBack> {
        transact!(self, Read, "taken_back", tx => taken(&mut tx, id).await)
    }
}

async fn taken(tx: &mut Tx, id: &SubmissionId) -> Result<TakenBack> {
    let frame = frame(tx, id).await?;
    let row = tx
        .one(submission_sql::SLICE_SUMS, &[Val::Int(frame.number)])
        .await?;
    let row = row.unwrap_or_default();
    let (accepted, held) = (row.count(0, "count")?, row.count(1, "count")?);
    Ok(TakenBack {
        recalled: row.count(2, "count")?,
        restored: accepted + held,
        held,
    })
}

//! Reads of jobs: one theme's facts on many subjects, sealed batch by batch for one permit.
//!
//! That a job began is written in the transaction of its first read, so that one which is broken off
//! has left its trace; what it read is written when it ends, from the count that the lock kept.

use crate::error::{Error, Result};
use crate::facts;
use crate::slice::roots;
use crate::sql::job as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;
use policy::{JobAccount, JobPermit, OrganisationFacts, SealedBatch};

/// Mentions of one batch: with some ten records of about 2 kB each a subject, 250 × 20 kB = 5 MB.
const BATCH: usize = 250;

/// A batch and where the next one begins; nowhere at the end.
#[derive(Debug)]
pub struct JobPage {
    /// The facts, sealed for the job.
    pub batch: SealedBatch,
    /// Where to go on.
    pub next: Option<JobCursor>,
}

/// A place in a job's order of subjects. Only a page of the job gives one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobCursor(SubjectId);

impl Store {
    /// The next organisations of a job with all that is held on them, grouped by subject. Without a
    /// cursor the job begins, which is written down in the same transaction.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a permit begins twice, or goes on without having begun.
    pub async fn job_facts(
        &self,
        permit: &JobPermit,
        after: Option<JobCursor>,
        now: Instant,
    ) -> Result<JobPage> {
        match after {
            None => transact!(self, Write, "job_first", tx => first(&mut tx, permit, now).await),
            Some(JobCursor(after)) => transact!(self, Read, "job_facts", tx => {
                later(&mut tx, permit, after).await
            }),
        }
    }

    /// Writes down that a job began which reads by other ways than [`Store::job_facts`].
    ///
    /// # Errors
    /// [`Error::Conflict`] when its permit began before.
    pub async fn job_begin(&self, permit: &JobPermit, now: Instant) -> Result<()> {
        transact!(self, Write, "job_begin", tx => begin(&mut tx, permit, now).await)
    }

    /// Writes down what a job read, once.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it had never begun, or has ended already.
    pub async fn job_end(&self, account: &JobAccount, now: Instant) -> Result<()> {
        transact!(self, Write, "job_end", tx => end(&mut tx, account, now).await)
    }
}

async fn first(tx: &mut Tx, permit: &JobPermit, now: Instant) -> Result<JobPage> {
    begin(tx, permit, now).await?;
    page(tx, permit, &[]).await
}

async fn begin(tx: &mut Tx, permit: &JobPermit, now: Instant) -> Result<()> {
    let mut account = permit.account();
    (account.subjects, account.records) = (0, 0);
    write(tx, "begun", &account, now).await
}

async fn later(tx: &mut Tx, permit: &JobPermit, after: SubjectId) -> Result<JobPage> {
    begun(tx, &permit.id()).await?;
    page(tx, permit, &after.0).await
}

async fn end(tx: &mut Tx, account: &JobAccount, now: Instant) -> Result<()> {
    begun(tx, &account.permit).await?;
    write(tx, "ended", account, now).await
}

async fn begun(tx: &mut Tx, permit: &[u8; 16]) -> Result<()> {
    match tx.one(sql::BEGUN, &[Val::Bytes(permit)]).await? {
        Some(_) => Ok(()),
        None => Err(Error::Conflict("a job that never began reads nothing")),
    }
}

async fn write(tx: &mut Tx, step: &'static str, account: &JobAccount, now: Instant) -> Result<()> {
    let items = account.items.join(" ");
    let values = [
        Val::Bytes(&account.permit),
        Val::Text(step),
        Val::Int(now.0),
        Val::Text(account.purpose.code()),
        Val::Text(&account.theme),
        Val::Text(&items),
        Val::Text(account.officer.name()),
        Val::Text(account.officer.agency()),
        Val::Int(account.expires.0),
        Val::count(account.subjects),
        Val::count(account.records),
    ];
    if tx.exec(sql::NEW, &values).await? == 0 {
        return Err(Error::Conflict(
            "a job's permit is used once; ask for a new one",
        ));
    }
    let body = [
        step,
        account.purpose.code(),
        &account.theme,
        &items,
        account.officer.name(),
        account.officer.agency(),
        &account.subjects.to_string(),
        &account.records.to_string(),
    ]
    .join("\u{1f}");
    let leaf = seal::commit(&account.permit, body.as_bytes());
    let id = format!("job:{}:{step}", SubjectId(account.permit));
    crate::event::add(tx, &id, "job", now, &leaf.0).await
}

/// Subjects are met at their root, whichever of their mentions bears the facts.
async fn page(tx: &mut Tx, permit: &JobPermit, after: &[u8]) -> Result<JobPage> {
    let asked = [
        Val::Bytes(after),
        Val::Text(permit.theme()),
        Val::count(BATCH as u64 + 1),
    ];
    let mut found = Vec::with_capacity(BATCH + 1);
    for row in tx.rows(sql::ROOTS_WITH, &asked).await? {
        found.push(SubjectId(row.bytes(0, "subject id")?));
    }
    let more = found.len() > BATCH;
    found.truncate(BATCH);
    let moved = roots(tx, &found).await?;
    let mut subjects = Vec::with_capacity(found.len());
    for id in &found {
        if moved.get(id).is_some_and(|(_, root)| root != id) {
            continue;
        }
        let facts = facts::read(tx, *id, None).await?;
        subjects.extend(facts.and_then(OrganisationFacts::of));
    }
    Ok(JobPage {
        batch: SealedBatch::new(permit, subjects),
        next: found.last().copied().filter(|_| more).map(JobCursor),
    })
}

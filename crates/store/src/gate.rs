//! One full list of a source at a time. What a snapshot lacks is removed, so nobody else may write
//! records of the same supplier and theme between its first slice and that decision.
//!
//! The gate is a lease on the source. A snapshot holds it from its begin to its end and renews it
//! with every slice; a submission of changes passes while nobody holds it, and every slice of either
//! kind touches the row, so that on PostgreSQL, too, none is half way when a snapshot begins. A
//! snapshot that was broken off lets others in when its lease has run out.

use crate::error::{Engine, Error, Result};
use crate::sql::event as sql;
use crate::submission::Frame;
use crate::tx::{Tx, Val};
use credit::record::Instant;
use credit::subject::{SubjectId, SubmissionId};
use std::collections::BTreeSet;

/// How long a snapshot that stopped keeps others out, in microseconds: 5 minutes. A slice takes
/// seconds, counting what a list of ten million rows lacks about a minute.
const TIME: i64 = 300_000_000;

/// Rows over which the locks of subjects are spread: looks at subjects of one row go one by one, for the
/// milliseconds that each takes.
const STRIPES: u8 = 64;

/// Lets looks at a subject and moves that end one of its facts go one by one, so that whoever sees the fact
/// is among those who are told. Before what they read is read. `SQLite` writes one by one anyhow.
pub(crate) async fn one_by_one(tx: &mut Tx, subject: SubjectId) -> Result<()> {
    each_by_one(tx, [subject]).await
}

/// The same for many subjects, always in the same order, so that two who want many never wait in a circle.
pub(crate) async fn each_by_one(
    tx: &mut Tx,
    subjects: impl IntoIterator<Item = SubjectId>,
) -> Result<()> {
    if tx.engine() == Engine::Sqlite {
        return Ok(());
    }
    let stripes = subjects.into_iter().map(|one| one.0[0] % STRIPES);
    for stripe in stripes.collect::<BTreeSet<u8>>() {
        let name = format!("looks:{stripe}");
        let key = [Val::Text(&name), Val::Int(0)];
        tx.exec(sql::LEASE_FREE, &key[..1]).await?;
        tx.exec(sql::LEASE_PASS, &key).await?;
    }
    Ok(())
}

/// The lease of one source.
fn name(source: i64) -> String {
    format!("source:{source}")
}

/// Lets a slice of a submission pass: a snapshot takes or renews the lease.
pub(crate) async fn pass(tx: &mut Tx, frame: &Frame, id: &SubmissionId, at: Instant) -> Result<()> {
    let name = name(frame.source);
    let holder = id.to_string();
    let passed = if frame.snapshot {
        let values = [
            Val::Text(&name),
            Val::Text(&holder),
            Val::Int(at.0.saturating_add(TIME)),
            Val::Int(at.0),
        ];
        tx.exec(sql::LEASE_TAKE, &values).await?
    } else {
        let key = [Val::Text(&name)];
        tx.exec(sql::LEASE_FREE, &key).await?;
        let values = [key[0], Val::Int(at.0)];
        tx.exec(sql::LEASE_PASS, &values).await?
    };
    if passed == 0 {
        return Err(Error::SourceTaken);
    }
    Ok(())
}

/// Gives the lease back, where this submission holds it.
pub(crate) async fn leave(tx: &mut Tx, frame: &Frame, id: &SubmissionId) -> Result<()> {
    let name = name(frame.source);
    let holder = id.to_string();
    tx.exec(sql::LEASE_LEAVE, &[Val::Text(&name), Val::Text(&holder)])
        .await?;
    Ok(())
}

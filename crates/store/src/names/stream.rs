//! What the derived index of names is made from and checked against: names of organisations in
//! the order in which they were written, and the mention behind a hit. People and individual businesses are
//! filtered in the statements (rights 7); nothing here reads facts.

use super::NameHit;
use crate::error::{Error, Result};
use crate::sql::name as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::subject::{SubjectId, SubjectKind};

/// A name in comparison form and the number of the mention that bears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRow {
    /// Number of the mention: its submission in the upper half.
    pub mention: i64,
    /// The name in comparison form.
    pub form: String,
}

/// A submission and whether it may still bring names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameSource {
    /// Its number: 1, 2, 3 …
    pub submission: i64,
    /// Whether its receipt is written.
    pub done: bool,
}

/// How far the names of one submission were read: the last number of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamesRead {
    /// Of mentions, which bring their first names.
    pub mention: i64,
    /// Of names that mentions on file took later.
    pub later: i64,
}

impl NamesRead {
    /// Before the first name of a submission. Its numbers lie between this and the next
    /// submission's.
    #[must_use]
    pub fn before(submission: i64) -> NamesRead {
        let first = (submission << 32) - 1;
        NamesRead {
            mention: first,
            later: first,
        }
    }
}

impl Store {
    /// Names that a submission brought and that were not read yet, at most `limit` of new mentions
    /// and as many later ones; and how far that is.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_stream(
        &self,
        submission: i64,
        read: NamesRead,
        limit: usize,
    ) -> Result<(Vec<NameRow>, NamesRead)> {
        transact!(self, Read, "names_stream", tx => stream(&mut tx, submission, read, limit).await)
    }

    /// Submissions from a number on, at most `limit`. What was written before later names had
    /// numbers is of submission 0.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_sources(&self, from: i64, limit: usize) -> Result<Vec<NameSource>> {
        let stored = transact!(self, Read, "names_sources", tx => {
            let values = [Val::Int(from), Val::count(limit as u64)];
            let rows = tx.rows(sql::STREAM_SUBMISSIONS, &values).await;
            rows.and_then(|rows| rows.iter().map(source).collect::<Result<Vec<_>>>())
        })?;
        let old = NameSource {
            submission: 0,
            done: true,
        };
        let before = (from <= 0).then_some(old);
        Ok(before.into_iter().chain(stored).collect())
    }

    /// The organisations behind hits of the derived index, each by mention and the name that was
    /// found; `None` for one that is not (or no longer) on file under that name.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_behind(&self, hits: &[NameRow]) -> Result<Vec<Option<NameHit>>> {
        transact!(self, Read, "names_behind", tx => behind(&mut tx, hits).await)
    }
}

async fn stream(
    tx: &mut Tx,
    submission: i64,
    mut read: NamesRead,
    limit: usize,
) -> Result<(Vec<NameRow>, NamesRead)> {
    let (end, limit) = (Val::Int((submission + 1) << 32), Val::count(limit as u64));
    let mut names = Vec::new();
    for row in tx
        .rows(sql::STREAM, &[Val::Int(read.mention), end, limit])
        .await?
    {
        read.mention = row.int(0, "mention number")?;
        names.push(name_row(&row)?);
    }
    for row in tx
        .rows(sql::STREAM_LATER, &[Val::Int(read.later), end, limit])
        .await?
    {
        read.later = row.int(2, "name number")?;
        names.push(name_row(&row)?);
    }
    Ok((names, read))
}

async fn behind(tx: &mut Tx, hits: &[NameRow]) -> Result<Vec<Option<NameHit>>> {
    let keys = hits
        .iter()
        .flat_map(|hit| [Val::Int(hit.mention), Val::Text(&hit.form)]);
    let keys: Vec<Val<'_>> = keys.collect();
    let mut found: Vec<Option<NameHit>> = vec![None; hits.len()];
    for row in tx.each(&sql::NAMED, &keys).await? {
        let place = crate::slice::place(&row)?;
        let (Some(slot), Some(asked)) = (found.get_mut(place), hits.get(place)) else {
            continue;
        };
        let name = if row.text(4, "name")? == asked.form {
            Some(row.text(3, "name")?)
        } else {
            row.opt_text(5)
        };
        if let Some(name) = name {
            *slot = Some(NameHit {
                subject: SubjectId(row.bytes(1, "subject id")?),
                kind: SubjectKind::parse(row.text(2, "kind")?)
                    .ok_or(Error::Corrupt { what: "kind" })?,
                name: name.to_owned(),
                identifier: crate::slice::identifier(&row, 6)?,
            });
        }
    }
    let mentions: Vec<SubjectId> = found.iter().flatten().map(|hit| hit.subject).collect();
    let roots = crate::slice::roots(tx, &mentions).await?;
    for hit in found.iter_mut().flatten() {
        if let Some((_, root)) = roots.get(&hit.subject) {
            hit.subject = *root;
        }
    }
    Ok(found)
}

fn name_row(row: &Row) -> Result<NameRow> {
    Ok(NameRow {
        mention: row.int(0, "mention number")?,
        form: row.text(1, "name")?.to_owned(),
    })
}

fn source(row: &Row) -> Result<NameSource> {
    Ok(NameSource {
        submission: row.int(0, "submission number")?,
        done: row.text(1, "state")? == "done",
    })
}

//! What the derived index of names is made from and checked against: names of organisations in
//! the order of their mentions, and the mention behind a hit. People and individual businesses are
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

impl NameSource {
    /// The numbers that its mentions can have lie between these two, both excluded.
    #[must_use]
    pub fn mentions(&self) -> (i64, i64) {
        ((self.submission << 32) - 1, (self.submission + 1) << 32)
    }
}

/// A page of names besides the first ones, and where the next begins.
pub type LaterNames = (Vec<NameRow>, Option<(SubjectId, String)>);

impl Store {
    /// Names of mentions whose numbers lie between two, both excluded, at most `limit`.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_stream(
        &self,
        after: i64,
        before: i64,
        limit: usize,
    ) -> Result<Vec<NameRow>> {
        transact!(self, Read, "names_stream", tx => {
            let values = [Val::Int(after), Val::Int(before), Val::count(limit as u64)];
            let rows = tx.rows(sql::STREAM, &values).await;
            rows.and_then(|rows| rows.iter().map(|row| name_row(row, 0, 1)).collect())
        })
    }

    /// Names that mentions bore besides their first, former ones included.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_stream_later(
        &self,
        after: Option<&(SubjectId, String)>,
        limit: usize,
    ) -> Result<LaterNames> {
        transact!(self, Read, "names_stream_later", tx => later(&mut tx, after, limit).await)
    }

    /// Submissions from a number on, at most `limit`.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_sources(&self, from: i64, limit: usize) -> Result<Vec<NameSource>> {
        transact!(self, Read, "names_sources", tx => {
            let values = [Val::Int(from), Val::count(limit as u64)];
            let rows = tx.rows(sql::STREAM_SUBMISSIONS, &values).await;
            rows.and_then(|rows| rows.iter().map(source).collect())
        })
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

async fn later(
    tx: &mut Tx,
    after: Option<&(SubjectId, String)>,
    limit: usize,
) -> Result<LaterNames> {
    let nothing = (SubjectId([0; 16]), String::new());
    let (subject, form) = after.unwrap_or(&nothing);
    let values = [
        Val::Bytes(&subject.0),
        Val::Text(form),
        Val::count(limit as u64),
    ];
    let rows = tx.rows(sql::STREAM_LATER, &values).await?;
    let mut next = None;
    if let Some(last) = rows.last().filter(|_| rows.len() == limit) {
        let subject = SubjectId(last.bytes(0, "subject id")?);
        next = Some((subject, last.text(1, "name")?.to_owned()));
    }
    let names = rows
        .iter()
        .map(|row| name_row(row, 2, 1))
        .collect::<Result<_>>()?;
    Ok((names, next))
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

fn name_row(row: &Row, mention: usize, form: usize) -> Result<NameRow> {
    Ok(NameRow {
        mention: row.int(mention, "mention number")?,
        form: row.text(form, "name")?.to_owned(),
    })
}

fn source(row: &Row) -> Result<NameSource> {
    Ok(NameSource {
        submission: row.int(0, "submission number")?,
        done: row.text(1, "state")? == "done",
    })
}

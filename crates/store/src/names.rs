//! Finding organisations by name: exact and prefix by an ordered index, parts of a name by our own
//! tokens (pairs of Chinese characters, triples of others). No person is ever found by name
//! (rights 7): people and individual businesses are filtered here, and waiting mentions have no
//! tokens and no identifier to lead anywhere.

mod stream;
mod token;

pub use stream::{NameRow, NameSource, NamesRead};

use crate::error::{Engine, Error, Result};
use crate::plan::SlicePlan;
use crate::sql::name as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::identifier::Identifier;
use credit::limits::PAGE_ROWS;
use credit::subject::{SubjectId, SubjectKind};
use credit::text::name_form;
use std::collections::HashSet;

/// Candidates read for one page of a search by parts: tokens may match out of order, so some are
/// dropped; 20 pages' worth keeps the read under a few milliseconds.
const CANDIDATES: usize = PAGE_ROWS * 20;

/// A search for organisations.
#[derive(Clone, Debug)]
pub struct NameQuery {
    /// What the reader typed.
    pub text: String,
    /// Where the last page ended.
    pub after: Option<NameCursor>,
    /// Hits wanted; at most [`PAGE_ROWS`].
    pub limit: usize,
}

/// Where a page of names ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameCursor {
    /// Among names that begin with the text: comparison form and mention of the last hit.
    Prefix(String, SubjectId),
    /// Among names that hold it elsewhere: number of the last mention looked at.
    Part(i64),
}

/// An organisation found by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameHit {
    /// The root of its mentions.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// The name that was found.
    pub name: String,
    /// Its strongest identifier.
    pub identifier: Option<Identifier>,
}

/// A page of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamePage {
    /// Hits: names that begin with the text first.
    pub hits: Vec<NameHit>,
    /// Where the next page begins; none at the end.
    pub next: Option<NameCursor>,
}

impl Store {
    /// Finds organisations whose name begins with a text or holds it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn names_find(&self, query: &NameQuery) -> Result<NamePage> {
        let form = name_form(&query.text);
        if form.is_empty() {
            return Ok(NamePage::default());
        }
        let limit = query.limit.clamp(1, PAGE_ROWS);
        transact!(self, Read, "names_find", tx => {
            find(&mut tx, &form, query.after.as_ref(), limit).await
        })
    }
}

async fn find(
    tx: &mut Tx,
    form: &str,
    after: Option<&NameCursor>,
    limit: usize,
) -> Result<NamePage> {
    let mut page = NamePage::default();
    let from = match after {
        Some(NameCursor::Part(number)) => *number,
        Some(NameCursor::Prefix(last, subject)) => {
            prefix(tx, form, (last, subject.0), limit, &mut page).await?;
            0
        }
        None => {
            prefix(tx, form, ("", [0; 16]), limit, &mut page).await?;
            0
        }
    };
    if page.next.is_none() {
        parts(tx, form, from, limit, &mut page).await?;
    }
    root_hits(tx, &mut page).await?;
    Ok(page)
}

async fn prefix(
    tx: &mut Tx,
    form: &str,
    after: (&str, [u8; 16]),
    limit: usize,
    page: &mut NamePage,
) -> Result<()> {
    let end = format!("{form}\u{10FFFF}");
    let values = [
        Val::Text(form),
        Val::Text(&end),
        Val::Text(after.0),
        Val::Bytes(&after.1),
        Val::count(limit as u64),
    ];
    let rows = tx.rows(sql::PREFIX, &values).await?;
    for row in &rows {
        page.hits.push(hit(row)?);
    }
    if let Some(last) = rows.last().filter(|_| rows.len() == limit) {
        let subject = SubjectId(last.bytes(0, "subject id")?);
        let form = last.text(3, "name")?.to_owned();
        page.next = Some(NameCursor::Prefix(form, subject));
    }
    Ok(())
}

/// Names that hold the text, but do not begin with it: candidates by token, each checked again.
async fn parts(
    tx: &mut Tx,
    form: &str,
    from: i64,
    limit: usize,
    page: &mut NamePage,
) -> Result<()> {
    let Some((statement, tokens)) = token::query(form, tx.engine()) else {
        return Ok(());
    };
    let values = [
        Val::Text(&tokens),
        Val::Int(from),
        Val::count(CANDIDATES as u64),
    ];
    let rows = tx.rows(statement, &values).await?;
    let full = rows.len() == CANDIDATES;
    let mut last = None;
    for row in &rows {
        if page.hits.len() >= limit {
            page.next = last.map(NameCursor::Part).or(Some(NameCursor::Part(from)));
            return Ok(());
        }
        last = Some(row.int(6, "mention number")?);
        let name = row.text(3, "name")?;
        if name.contains(form) && !name.starts_with(form) {
            page.hits.push(hit(row)?);
        }
    }
    if full {
        page.next = last.map(NameCursor::Part);
    }
    Ok(())
}

fn hit(row: &Row) -> Result<NameHit> {
    Ok(NameHit {
        subject: SubjectId(row.bytes(0, "subject id")?),
        kind: SubjectKind::parse(row.text(1, "kind")?).ok_or(Error::Corrupt { what: "kind" })?,
        name: row.text(2, "name")?.to_owned(),
        identifier: crate::slice::identifier(row, 4)?,
    })
}

/// Mentions of one subject are one hit, under its root.
async fn root_hits(tx: &mut Tx, page: &mut NamePage) -> Result<()> {
    let mentions: Vec<SubjectId> = page.hits.iter().map(|hit| hit.subject).collect();
    let roots = crate::slice::roots(tx, &mentions).await?;
    let mut met = HashSet::new();
    page.hits.retain_mut(|hit| {
        if let Some((_, root)) = roots.get(&hit.subject) {
            hit.subject = *root;
        }
        met.insert(hit.subject)
    });
    Ok(())
}

/// Adds the names of new mentions to the index. `written` holds the rows of `mention` as given;
/// where not all of them were new, those that stood before are told by their number and left out.
pub(crate) async fn index(
    tx: &mut Tx,
    plan: &SlicePlan,
    written: &[Val<'_>],
    all_new: bool,
) -> Result<()> {
    let searched: HashSet<&[u8]> = plan
        .mentions
        .iter()
        .filter(|mention| mention.kind.is_organisation() && !mention.waiting)
        .map(|mention| mention.subject.0.as_slice())
        .collect();
    let width = crate::sql::slice::MENTIONS.columns.len();
    let mut rows: Vec<(&[u8], i64, String)> = Vec::new();
    for row in written.chunks_exact(width) {
        if let (Some(Val::Bytes(id)), Some(Val::Int(number)), Some(Val::Text(form))) =
            (row.first(), row.get(1), row.get(4))
            && searched.contains(id)
        {
            rows.push((id, *number, token::of(form)));
        }
    }
    if !all_new {
        let stored = stored_numbers(tx, &rows).await?;
        let mut stored = stored.into_iter();
        rows.retain(|row| stored.next() == Some(row.1));
    }
    put(tx, &rows).await
}

/// The numbers under which mentions stand.
async fn stored_numbers(tx: &mut Tx, rows: &[(&[u8], i64, String)]) -> Result<Vec<i64>> {
    let subjects: Vec<Val<'_>> = rows.iter().map(|row| Val::Bytes(row.0)).collect();
    let mut stored = vec![0; rows.len()];
    for row in tx.each(&sql::NUMBERS, &subjects).await? {
        if let Some(slot) = stored.get_mut(crate::slice::place(&row)?) {
            *slot = row.int(1, "mention number")?;
        }
    }
    Ok(stored)
}

async fn put(tx: &mut Tx, rows: &[(&[u8], i64, String)]) -> Result<()> {
    let mut values = Vec::with_capacity(rows.len() * 3);
    let engine = tx.engine();
    for (id, number, tokens) in rows {
        if engine == Engine::Postgres {
            values.push(Val::Bytes(id));
        }
        values.extend([Val::Int(*number), Val::Text(tokens)]);
    }
    match engine {
        Engine::Sqlite => tx.bulk(&sql::TOKENS_SQLITE, &values).await?,
        Engine::Postgres => tx.bulk(&sql::TOKENS_POSTGRES, &values).await?,
    };
    Ok(())
}

//! What waits for a person: questions of identity and held versions. What a decision does to the
//! mentions themselves stands in `membership`.

use crate::error::{Error, Result};
use crate::membership::{By, LATER};
use crate::names;
use crate::page::{Page, instant_and_id};
use crate::plan::{Namesake, NewMention, SlicePlan};
use crate::slice::{namesake, place};
use crate::sql::{case as sql, membership as membership_sql, subject as subject_sql};
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::record::Instant;
use credit::subject::{RecordId, SubjectId, SubjectKind, SubmissionId};
use policy::Officer;

/// A question of identity that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The mention that waits.
    pub mention: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// The name as the row has it.
    pub name: String,
    /// The record that raised it.
    pub record: RecordId,
    /// Row of the file.
    pub row: u64,
    /// The submission.
    pub submission: SubmissionId,
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// Code of the reason.
    pub reason: String,
    /// When it was asked.
    pub asked_at: Instant,
    /// Who it may be.
    pub candidates: Vec<Namesake>,
}

/// A version that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldFact {
    /// Its mention.
    pub subject: SubjectId,
    /// Its record.
    pub record: RecordId,
    /// Its number.
    pub seq: u32,
    /// Code of the reason.
    pub reason: String,
    /// Row of the file.
    pub row: u64,
    /// The submission.
    pub submission: SubmissionId,
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// When its clock started.
    pub opened_at: Instant,
}

impl Store {
    /// Open questions of identity, oldest first.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn questions(&self, after: Option<&str>, limit: usize) -> Result<Page<Question>> {
        let (at, id) = instant_and_id(after)?;
        transact!(self, Read, "questions", tx => questions(&mut tx, at, &id, limit).await)
    }

    /// Versions that wait, oldest first, of one supplier or of all.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn holds(
        &self,
        supplier: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<HeldFact>> {
        let (at, ids) = instant_and_id(after)?;
        transact!(self, Read, "holds", tx => {
            holds(&mut tx, supplier.unwrap_or_default(), at, &ids, limit).await
        })
    }
}

/// An officer as history names one.
pub(crate) fn officer_text(officer: &Officer) -> String {
    format!("{} · {}", officer.name(), officer.agency())
}

async fn questions(tx: &mut Tx, at: i64, id: &[u8], limit: usize) -> Result<Page<Question>> {
    let asked = [Val::Int(at), Val::Bytes(id), Val::count(limit as u64 + 1)];
    questions_of(tx, sql::QUESTIONS, &asked, limit).await
}

/// A page of questions by a statement that reads the columns of `QUESTIONS`.
pub(crate) async fn questions_of(
    tx: &mut Tx,
    statement: &str,
    asked: &[Val<'_>],
    limit: usize,
) -> Result<Page<Question>> {
    let rows = tx.rows(statement, asked).await?;
    let mut questions = Vec::with_capacity(rows.len());
    for row in &rows {
        let candidates = candidates(tx, row.text(4, "candidates")?).await?;
        questions.push(question(row, candidates)?);
    }
    Ok(Page::cut(questions, limit, |last| {
        format!("{}.{}", last.asked_at.0, last.mention)
    }))
}

fn question(row: &Row, candidates: Vec<Namesake>) -> Result<Question> {
    Ok(Question {
        mention: SubjectId(row.bytes(0, "subject id")?),
        record: RecordId(row.bytes(1, "record id")?),
        row: row.count(2, "row number")?,
        reason: row.text(3, "reason")?.to_owned(),
        asked_at: Instant(row.int(5, "instant")?),
        submission: SubmissionId(row.bytes(6, "submission id")?),
        supplier: row.text(7, "supplier")?.to_owned(),
        theme: row.text(8, "theme")?.to_owned(),
        name: row.text(9, "name")?.to_owned(),
        kind: SubjectKind::parse(row.text(10, "kind")?).ok_or(Error::Corrupt { what: "kind" })?,
        candidates,
    })
}

async fn candidates(tx: &mut Tx, text: &str) -> Result<Vec<Namesake>> {
    let ids: Vec<SubjectId> = text.split(' ').filter_map(SubjectId::parse).collect();
    let keys: Vec<Val<'_>> = ids.iter().map(|id| Val::Bytes(&id.0)).collect();
    let rows = tx.each(&subject_sql::BEARERS, &keys).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        // The row's first column numbers its key; the rest is a namesake.
        if ids.get(place(&row)?).is_some() {
            found.push(namesake(&row)?);
        }
    }
    Ok(found)
}

/// Closes a question: it is answered, its facts have effect, and a mention that is a subject of
/// its own is found by name.
pub(crate) async fn answered(
    tx: &mut Tx,
    mention: SubjectId,
    same: Option<SubjectId>,
    by: &By<'_>,
) -> Result<()> {
    let asked = tx.one(sql::QUESTION, &[Val::Bytes(&mention.0)]).await?;
    let reason = asked.unwrap_or_default().text(1, "reason")?.to_owned();
    let key = [Val::Bytes(&mention.0), Val::Int(by.at.0)];
    if tx.exec(sql::QUESTION_DONE, &key).await? == 0 {
        return Err(Error::Raced);
    }
    let before = tx.one(membership_sql::OWN_BEFORE, &key).await?;
    let indexed = before.unwrap_or_default().int(0, "count")? > 0 || reason == LATER;
    let officer = officer_text(by.officer);
    let values = [
        key[0],
        key[1],
        Val::opt_bytes(same.as_ref().map(|id| id.0.as_slice())),
        Val::Text(&officer),
        Val::Text(by.reason),
    ];
    tx.exec(sql::ANSWER_NEW, &values).await?;
    release(tx, mention, by.at).await?;
    if same.is_none() && !indexed {
        own_name(tx, mention).await?;
    }
    Ok(())
}

/// The versions that waited for the answer have effect from now on.
async fn release(tx: &mut Tx, mention: SubjectId, at: Instant) -> Result<()> {
    for row in tx.rows(sql::UNCLEAR, &[Val::Bytes(&mention.0)]).await? {
        let record: [u8; 16] = row.bytes(0, "record id")?;
        let head = [
            Val::Int(row.int(2, "source")?),
            Val::Bytes(&record),
            Val::Bytes(&mention.0),
            Val::Int(row.int(1, "version number")?),
        ];
        tx.exec(sql::HEAD_FREE, &head).await?;
    }
    let key = [Val::Bytes(&mention.0), Val::Int(at.0)];
    tx.exec(sql::UNCLEAR_DONE, &key).await?;
    Ok(())
}

/// A mention that is a subject of its own is found by name from now on.
async fn own_name(tx: &mut Tx, mention: SubjectId) -> Result<()> {
    let key = [Val::Bytes(&mention.0)];
    let Some(row) = tx
        .each(&subject_sql::MENTION, &key)
        .await?
        .into_iter()
        .next()
    else {
        return Err(Error::NotFound("mention"));
    };
    // A mention with an identifier never waited: its name stands in the index already.
    if crate::slice::identifier(&row, 4)?.is_some() {
        return Ok(());
    }
    let kind = SubjectKind::parse(row.text(1, "kind")?).ok_or(Error::Corrupt { what: "kind" })?;
    let name = row.text(2, "name")?;
    let form = credit::text::name_form(name);
    let number = row.int(6, "mention number")?;
    let plan = SlicePlan {
        mentions: vec![NewMention {
            subject: mention,
            kind,
            name: name.to_owned(),
            name_form: form.clone(),
            waiting: false,
        }],
        ..SlicePlan::default()
    };
    let written = [
        Val::Bytes(&mention.0),
        Val::Int(number),
        Val::Text(kind.code()),
        Val::Text(name),
        Val::Text(&form),
        Val::Null,
        Val::Null,
        Val::Null,
    ];
    names::index(tx, &plan, &written, true).await
}

async fn holds(
    tx: &mut Tx,
    supplier: &str,
    at: i64,
    ids: &[u8],
    limit: usize,
) -> Result<Page<HeldFact>> {
    let (subject, record) = ids.split_at_checked(16).unwrap_or((&[], &[]));
    let asked = [
        Val::Text(supplier),
        Val::Int(at),
        Val::Bytes(subject),
        Val::Bytes(record),
        Val::count(limit as u64 + 1),
    ];
    let rows = tx.rows(sql::HOLDS, &asked).await?;
    let rows = rows.iter().map(held).collect::<Result<Vec<_>>>()?;
    Ok(Page::cut(rows, limit, |last| {
        format!("{}.{}{}", last.opened_at.0, last.subject, last.record)
    }))
}

fn held(row: &Row) -> Result<HeldFact> {
    Ok(HeldFact {
        subject: SubjectId(row.bytes(0, "subject id")?),
        record: RecordId(row.bytes(1, "record id")?),
        seq: row.small(2, "version number")?,
        reason: row.text(3, "reason")?.to_owned(),
        row: row.count(4, "row number")?,
        opened_at: Instant(row.int(5, "instant")?),
        submission: SubmissionId(row.bytes(6, "submission id")?),
        supplier: row.text(7, "supplier")?.to_owned(),
        theme: row.text(8, "theme")?.to_owned(),
    })
}

//! Questions of identity: the queue with its filters, answers that decide, and answers taken back.

use super::apply::{self, Deed};
use super::{Arrange, By, DecisionId, Moved, Verdict};
use crate::case::{self, Question};
use crate::error::{Error, Result};
use crate::page::{Page, instant_and_id};
use crate::sql::{case as case_sql, membership as sql};
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;

/// Which open questions are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueAsk {
    /// Code of the theme; every one without.
    pub theme: Option<String>,
    /// Code of the supplier; every one without.
    pub supplier: Option<String>,
    /// Asked at this instant or before; every one without.
    pub until: Option<Instant>,
    /// Where the last page ended.
    pub after: Option<String>,
}

/// Open questions of one theme and supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueKind {
    /// Code of the theme.
    pub theme: String,
    /// Code of the supplier.
    pub supplier: String,
    /// How many.
    pub open: u64,
}

impl Store {
    /// Open questions, oldest first.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn question_queue(&self, ask: &QueueAsk, limit: usize) -> Result<Page<Question>> {
        let (at, id) = instant_and_id(ask.after.as_deref())?;
        transact!(self, Read, "question_queue", tx => {
            let asked = [
                Val::Int(at),
                Val::Bytes(&id),
                Val::count(limit as u64 + 1),
                Val::Text(ask.theme.as_deref().unwrap_or_default()),
                Val::Text(ask.supplier.as_deref().unwrap_or_default()),
                Val::Int(ask.until.map_or(i64::MAX, |until| until.0)),
            ];
            case::questions_of(&mut tx, sql::QUEUE, &asked, limit).await
        })
    }

    /// How many questions are open, by theme and supplier.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn question_kinds(&self) -> Result<Vec<QueueKind>> {
        transact!(self, Read, "question_kinds", tx => kinds(&mut tx).await)
    }
}

async fn kinds(tx: &mut Tx) -> Result<Vec<QueueKind>> {
    let rows = tx.rows(sql::QUEUE_KINDS, &[]).await?;
    rows.iter()
        .map(|row| {
            Ok(QueueKind {
                theme: row.text(0, "theme")?.to_owned(),
                supplier: row.text(1, "supplier")?.to_owned(),
                open: row.count(2, "count")?,
            })
        })
        .collect()
}

/// Answers a question by deciding on the mention and its candidates.
pub(super) async fn answer(
    tx: &mut Tx,
    id: DecisionId,
    mention: SubjectId,
    same: Option<SubjectId>,
    by: &By<'_>,
    arrange: &mut Arrange<'_>,
) -> Result<Moved> {
    let Some(row) = tx
        .one(case_sql::QUESTION, &[Val::Bytes(&mention.0)])
        .await?
    else {
        return Ok(Moved::Unknown);
    };
    let candidates: Vec<SubjectId> = row
        .text(0, "candidates")?
        .split(' ')
        .filter_map(SubjectId::parse)
        .collect();
    if same.is_some_and(|same| !candidates.contains(&same)) {
        return Ok(Moved::Unknown);
    }
    // That a mention is itself says that it is none of the others.
    let (verdict, others) = match same.filter(|same| *same != mention) {
        Some(same) => (Verdict::Same, vec![same]),
        None => (Verdict::Different, candidates),
    };
    let pairs = others.into_iter().filter(|one| *one != mention);
    let deed = Deed {
        id,
        verdict,
        pairs: pairs.map(|other| (mention, other)).collect(),
        question: Some(mention),
    };
    let moved = apply::decide(tx, &deed, by, arrange).await?;
    if let Moved::Done(_) = moved {
        let joined = (verdict == Verdict::Same).then_some(same).flatten();
        case::answered(tx, mention, joined, by).await?;
    }
    Ok(moved)
}

/// Opens the question of an undone answer again; the facts that it had set free wait again.
pub(super) async fn ask_again(tx: &mut Tx, mention: SubjectId, answered: Instant) -> Result<()> {
    let key = [Val::Bytes(&mention.0), Val::Int(answered.0)];
    if tx.exec(sql::QUESTION_AGAIN, &key).await? == 0 {
        return Err(Error::Conflict(
            "the question was asked and answered again since; undo the later answer first",
        ));
    }
    for row in tx.rows(sql::ANSWERED_HOLDS, &key).await? {
        let record: [u8; 16] = row.bytes(0, "record id")?;
        let head = [
            Val::Int(row.int(2, "source")?),
            Val::Bytes(&record),
            Val::Bytes(&mention.0),
            Val::Int(row.int(1, "version number")?),
        ];
        tx.exec(sql::HEAD_HELD, &head).await?;
    }
    tx.exec(sql::HOLDS_AGAIN, &key).await?;
    Ok(())
}

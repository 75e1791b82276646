//! The fact that comes of a case: whether its supplier stated it through the one door, resting on the
//! document that the case named; and, for that door, the cases that have not come so far.

use super::read::{self, CaseCard};
use super::{NewCase, Rules};
use crate::error::{Error, Result};
use crate::slice::change;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::subject::{members, root};
use crate::tx::{Row, Tx, Val};
use credit::case::{Applied, Need};
use credit::identifier::Identifier;
use credit::record::Change;
use credit::subject::{DocumentId, RecordId, SubjectId};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Whom a row speaks of, as far as a slice knows.
#[derive(Clone, Copy, Debug)]
pub struct Whose<'a> {
    /// Its mention.
    pub mention: SubjectId,
    /// The identifiers that it gives.
    pub identifiers: &'a [Identifier],
}

/// A case of a subject that an agency answers, with the documents of its moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// The case.
    pub card: CaseCard,
    /// The move that named a document, and the digests under which a fact may know that; the last of each.
    pub documents: Vec<(u32, Vec<DocumentId>)>,
}

impl Store {
    /// The cases of a kind that an agency answers, of each of some rows.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_of_rows(
        &self,
        (kind, supplier): (&str, &str),
        rows: &[Whose<'_>],
    ) -> Result<Vec<Vec<OpenCase>>> {
        transact!(self, Read, "cases_of_rows", tx => {
            of_rows(&mut tx, (kind, supplier), rows).await
        })
    }
}

async fn of_rows(
    tx: &mut Tx,
    (kind, supplier): (&str, &str),
    rows: &[Whose<'_>],
) -> Result<Vec<Vec<OpenCase>>> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let identifiers: Vec<&Identifier> = row.identifiers.iter().collect();
        let holders = crate::slice::holders(tx, &identifiers).await?;
        let mut roots: BTreeSet<SubjectId> = holders.into_iter().flatten().collect();
        roots.insert(root(tx, row.mention).await?);
        let mut cases = Vec::new();
        for root in roots {
            for one in members(tx, root).await? {
                let asked = [Val::Bytes(&one.0), Val::Text(kind), Val::Text(supplier)];
                let rows = tx.rows(sql::OF_KIND, &asked).await?;
                for card in read::cards(tx, &rows).await? {
                    let documents = documents(tx, &card).await?;
                    cases.push(OpenCase { card, documents });
                }
            }
        }
        found.push(cases);
    }
    Ok(found)
}

async fn documents(tx: &mut Tx, card: &CaseCard) -> Result<Vec<(u32, Vec<DocumentId>)>> {
    let mut found = Vec::new();
    for step in &card.steps {
        let named = document(tx, card, step.seq).await?;
        if !named.is_empty() {
            found.push((step.seq, named));
        }
    }
    Ok(found)
}

/// The digests of the document that a move named; none once what was said is erased.
async fn document(tx: &mut Tx, card: &CaseCard, seq: u32) -> Result<Vec<DocumentId>> {
    let key = [
        Val::Bytes(&card.subject.0),
        Val::Bytes(&card.id.0),
        Val::Int(seq.into()),
    ];
    let Some(row) = tx.one(sql::BODY, &key).await? else {
        return Ok(Vec::new());
    };
    let body: serde_json::Value =
        serde_json::from_str(row.text(0, "body")?).map_err(|_| Error::Corrupt { what: "body" })?;
    let ids = body["documents"].as_array().into_iter().flatten();
    Ok(ids
        .filter_map(|id| DocumentId::parse(id.as_str()?))
        .collect())
}

/// Whether the fact that a move needs is there: stated since the move before and in force, or ended.
pub(super) async fn is_stated(
    tx: &mut Tx,
    card: &CaseCard,
    applied: &Applied<'_>,
    rules: Rules<'_>,
) -> Result<bool> {
    let ended = applied.one.needs(Need::Gone);
    if !ended && !applied.one.needs(Need::Fact) {
        return Ok(true);
    }
    let Some(seq) = rules.kind.document_step(&card.steps) else {
        return Ok(false);
    };
    let named = document(tx, card, seq).await?;
    let key = [Val::Bytes(&card.subject.0), Val::Bytes(&card.id.0)];
    let moved = tx.one(sql::MOVED, &key).await?.unwrap_or_default();
    let moved = moved.int(0, "instant")?;
    for (mention, record) in records(tx, card, &named, rules.themes).await? {
        let key = [Val::Bytes(&mention.0), Val::Bytes(&record.0)];
        let row = tx.one(sql::NEWEST, &key).await?.unwrap_or_default();
        let stands = change(&row, 0)? == Change::Stated;
        let since = row.int(1, "instant")? >= moved;
        let fits = if ended {
            !stands
        } else {
            stands && since && row.opt_text(2).is_none()
        };
        if fits {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Records of the case's subject that rest on one of some documents, of its supplier and of some themes.
async fn records(
    tx: &mut Tx,
    card: &CaseCard,
    documents: &[DocumentId],
    themes: &[String],
) -> Result<Vec<(SubjectId, RecordId)>> {
    let root = root(tx, card.subject).await?;
    let mut found = Vec::new();
    for one in members(tx, root).await? {
        for document in documents {
            let asked = [
                Val::Bytes(&one.0),
                Val::Bytes(&document.0),
                Val::Text(&card.supplier),
            ];
            let rows = tx.rows(sql::OF_DOCUMENT, &asked).await?;
            let of_theme = |row: &&Row| {
                let theme = row.text(1, "theme");
                theme.is_ok_and(|theme| themes.iter().any(|one| one == theme))
            };
            for row in rows.iter().filter(of_theme) {
                found.push((one, RecordId(row.bytes(0, "record id")?)));
            }
        }
    }
    Ok(found)
}

/// Whether the fact that a case is to be about has already made what such a case makes, or is on the way to
/// it: one fact grounds one.
pub(super) async fn was_made(
    tx: &mut Tx,
    subject: SubjectId,
    new: &NewCase<'_>,
    rules: Rules<'_>,
) -> Result<bool> {
    let root = root(tx, subject).await?;
    for one in members(tx, root).await? {
        let asked = [
            Val::Bytes(&one.0),
            Val::Text(&rules.kind.code),
            Val::Text(new.supplier),
        ];
        let rows = tx.rows(sql::OF_KIND, &asked).await?;
        let cards = read::cards(tx, &rows).await?;
        let same = cards.iter().filter(|card| card.record == new.record);
        if same
            .into_iter()
            .any(|card| rules.kind.has_made(&card.steps))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The last day on which no case of a kind is opened about a subject, where a move of an earlier one says so
/// and that day has not passed.
pub(super) async fn barred(
    tx: &mut Tx,
    subject: SubjectId,
    rules: Rules<'_>,
    today: Date,
) -> Result<Option<Date>> {
    let mut moves = rules.kind.moves.iter();
    if moves.all(|one| one.bars.is_none()) {
        return Ok(None);
    }
    let mut last = None;
    let root = root(tx, subject).await?;
    for one in members(tx, root).await? {
        let asked = [Val::Bytes(&one.0), Val::Text(&rules.kind.code)];
        let rows = tx.rows(sql::OF_ONE_KIND, &asked).await?;
        for card in read::cards(tx, &rows).await? {
            last = last.max(rules.kind.barred_until(&card.steps));
        }
    }
    Ok(last.filter(|until| today <= *until))
}

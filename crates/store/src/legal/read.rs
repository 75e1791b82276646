//! Cases as they are read: the bare moves, from which everything is computed; and everything that was
//! said, sealed.

use super::NewMove;
use crate::error::{Error, Result};
use crate::facts;
use crate::slice::place;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::subject::{log, members};
use crate::tx::{Row, Tx, Val};
use credit::case::{AttachedFile, Attachment, CaseFile, CaseId, History, Party, Step, Told};
use credit::limits::CASES_OF_SUBJECT;
use credit::record::Instant;
use credit::subject::{RecordId, SubjectId};
use policy::{Access, OfCaseList, OfOwnFile, Permit, Sealed};
use std::collections::BTreeMap;

/// A case without what was said in it: ids, codes and days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseCard {
    /// Its id.
    pub id: CaseId,
    /// The mention that has the fact.
    pub subject: SubjectId,
    /// Code of the kind.
    pub kind: String,
    /// Edition of its table.
    pub version: String,
    /// The fact that it is about.
    pub record: Option<RecordId>,
    /// Its theme; empty without a fact.
    pub theme: String,
    /// The agency that answers.
    pub supplier: String,
    /// The area whose rules it follows.
    pub area: String,
    /// When it was opened.
    pub opened_at: Instant,
    /// Its moves, oldest first.
    pub steps: Vec<Step>,
}

/// A subject's own cases, newest first.
#[derive(Debug)]
pub struct OwnCases(pub Vec<CaseCard>);

impl OfOwnFile for OwnCases {}
impl OfCaseList for OwnCases {}

impl Store {
    /// A case, by its id.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn case(&self, id: CaseId) -> Result<Option<CaseCard>> {
        transact!(self, Read, "case", tx => card(&mut tx, id).await)
    }

    /// The cases of the permit's subject, newest first, sealed. The look is written down.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_own(&self, permit: &Permit, at: Instant) -> Result<Sealed<OwnCases>> {
        let access = permit.access();
        let cards = transact!(self, Write, "cases_own", tx => {
            own(&mut tx, permit.subject(), access.as_ref(), at).await
        })?;
        Ok(self.sealed(permit, OwnCases(cards), at))
    }

    /// Everything on a case of the permit's subject, sealed. The look is written down. `None`: the
    /// subject has no such case.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn case_file(
        &self,
        permit: &Permit,
        id: CaseId,
        at: Instant,
    ) -> Result<Option<Sealed<CaseFile>>> {
        let access = permit.access();
        let file = transact!(self, Write, "case_file", tx => {
            file(&mut tx, permit.subject(), id, access.as_ref(), at).await
        })?;
        Ok(file.map(|file| self.sealed(permit, file, at)))
    }

    /// A file that was attached to a move, sealed. The look is written down. `None`: there is none, or it
    /// was erased.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn case_attachment(
        &self,
        permit: &Permit,
        (id, seq, number): (CaseId, u32, u32),
        at: Instant,
    ) -> Result<Option<Sealed<AttachedFile>>> {
        let access = permit.access();
        let found = transact!(self, Write, "case_attachment", tx => {
            attached(&mut tx, permit.subject(), (id, seq, number), access.as_ref(), at).await
        })?;
        Ok(found.map(|file| self.sealed(permit, file, at)))
    }

    /// Whether an account made a move of a case for the supplier or the centre.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn case_had_part(&self, id: CaseId, officer: &str) -> Result<bool> {
        let asked = [Val::Bytes(&id.0), Val::Text(officer)];
        transact!(self, Read, "case_had_part", tx => {
            tx.one(sql::HAD_PART, &asked).await.map(|row| row.is_some())
        })
    }

    /// Whether a move that stands there is one that somebody makes again: the same move by the same
    /// account with the same words and files. What was said stays inside.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn case_repeats(&self, id: CaseId, seq: u32, again: &NewMove<'_>) -> Result<bool> {
        let asked = [Val::Bytes(&id.0), Val::Int(seq.into())];
        let made = transact!(self, Read, "case_repeats", tx => tx.one(sql::MADE, &asked).await)?;
        let Some(row) = made else { return Ok(false) };
        let version = again.version.map(i64::from);
        Ok(row.text(0, "move")? == again.what
            && row.text(1, "officer")? == again.officer
            && row.opt_int(2) == version
            && row.opt_text(3) == Some(again.body))
    }

    /// Cases that an agency answers, by the instant at which they were opened, with the place of the next
    /// page: for counting what was missed.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cases_of_supplier(
        &self,
        supplier: &str,
        (since, after): (Instant, CaseId),
        limit: usize,
    ) -> Result<Vec<CaseCard>> {
        let asked = [
            Val::Text(supplier),
            Val::Int(since.0),
            Val::Bytes(&after.0),
            Val::count(limit as u64),
        ];
        transact!(self, Read, "cases_of_supplier", tx => {
            match tx.rows(sql::OF_SUPPLIER, &asked).await {
                Ok(rows) => cards(&mut tx, &rows).await,
                Err(error) => Err(error),
            }
        })
    }
}

/// One case with its moves.
pub(super) async fn card(tx: &mut Tx, id: CaseId) -> Result<Option<CaseCard>> {
    let rows = tx.rows(sql::CASE, &[Val::Bytes(&id.0)]).await?;
    Ok(cards(tx, &rows).await?.pop())
}

/// Cases of rows, with their moves.
pub(super) async fn cards(tx: &mut Tx, rows: &[Row]) -> Result<Vec<CaseCard>> {
    let cards = rows
        .iter()
        .map(|row| card_of(row, [0, 1, 2, 3, 4, 5, 6, 7, 8]));
    let mut cards: Vec<CaseCard> = cards.collect::<Result<_>>()?;
    if cards.is_empty() {
        return Ok(cards);
    }
    let keys: Vec<([u8; 16], [u8; 16])> =
        cards.iter().map(|one| (one.subject.0, one.id.0)).collect();
    let keys: Vec<Val<'_>> = keys
        .iter()
        .flat_map(|(subject, case)| [Val::Bytes(subject), Val::Bytes(case)])
        .collect();
    for row in tx.each(&sql::STEPS, &keys).await? {
        if let Some(card) = cards.get_mut(place(&row)?) {
            card.steps.push(step(&row, 1)?);
        }
    }
    Ok(cards)
}

/// A case of a row: subject, case, kind, edition, record, theme, supplier, area, instant.
pub(super) fn card_of(row: &Row, at: [usize; 9]) -> Result<CaseCard> {
    let [
        subject,
        case,
        kind,
        version,
        record,
        theme,
        supplier,
        area,
        opened,
    ] = at;
    Ok(CaseCard {
        id: CaseId(row.bytes(case, "case id")?),
        subject: SubjectId(row.bytes(subject, "subject id")?),
        kind: row.text(kind, "kind")?.to_owned(),
        version: row.text(version, "edition")?.to_owned(),
        record: row.opt_bytes(record, "record id")?.map(RecordId),
        theme: row.text(theme, "theme")?.to_owned(),
        supplier: row.text(supplier, "supplier")?.to_owned(),
        area: row.text(area, "area")?.to_owned(),
        opened_at: Instant(row.int(opened, "instant")?),
        steps: Vec::new(),
    })
}

/// A move of a row that has number, code, party and instant from a column on.
pub(crate) fn step(row: &Row, from: usize) -> Result<Step> {
    Ok(Step {
        seq: row.small(from, "number of a move")?,
        what: row.text(from + 1, "move")?.to_owned(),
        by: party(row, from + 2)?,
        on: Instant(row.int(from + 3, "instant")?).day(),
    })
}

pub(super) fn party(row: &Row, at: usize) -> Result<Party> {
    Party::parse(row.text(at, "party")?).ok_or(Error::Corrupt { what: "party" })
}

async fn note(tx: &mut Tx, access: Option<&Access>, at: Instant) -> Result<()> {
    match access {
        Some(access) => log(tx, access, at).await,
        None => Err(Error::Conflict(
            "a case is read under a permit that is logged",
        )),
    }
}

async fn own(
    tx: &mut Tx,
    subject: SubjectId,
    access: Option<&Access>,
    at: Instant,
) -> Result<Vec<CaseCard>> {
    note(tx, access, at).await?;
    let mut rows = Vec::new();
    for one in members(tx, subject).await? {
        let asked = [Val::Bytes(&one.0), Val::count(CASES_OF_SUBJECT as u64)];
        rows.extend(tx.rows(sql::OF_SUBJECT, &asked).await?);
    }
    let mut cards = cards(tx, &rows).await?;
    cards.sort_by_key(|one| std::cmp::Reverse((one.opened_at, one.id)));
    Ok(cards)
}

/// A case of a subject, as it is one today; another's is one that there is not.
async fn of_subject(tx: &mut Tx, subject: SubjectId, id: CaseId) -> Result<Option<CaseCard>> {
    let Some(card) = card(tx, id).await? else {
        return Ok(None);
    };
    let own = members(tx, subject).await?.contains(&card.subject);
    Ok(own.then_some(card))
}

async fn file(
    tx: &mut Tx,
    subject: SubjectId,
    id: CaseId,
    access: Option<&Access>,
    at: Instant,
) -> Result<Option<CaseFile>> {
    let Some(card) = of_subject(tx, subject, id).await? else {
        return Ok(None);
    };
    note(tx, access, at).await?;
    let facts = facts::read(tx, subject, None).await?;
    let mut facts = facts.ok_or(Error::Corrupt { what: "case" })?;
    facts.records.retain(|one| Some(one.id) == card.record);
    let told = told(tx, &card).await?;
    Ok(Some(CaseFile {
        history: History {
            id: card.id,
            kind: card.kind,
            version: card.version,
            steps: card.steps,
        },
        subject: card.subject,
        record: card.record,
        theme: card.theme,
        supplier: card.supplier,
        area: card.area,
        opened_at: card.opened_at,
        told,
        facts,
    }))
}

/// What was said with each move, and what was attached.
async fn told(tx: &mut Tx, card: &CaseCard) -> Result<Vec<Told>> {
    let key = [Val::Bytes(&card.subject.0), Val::Bytes(&card.id.0)];
    let mut files: BTreeMap<u32, Vec<Attachment>> = BTreeMap::new();
    for row in tx.rows(sql::FILES, &key).await? {
        let of = files.entry(row.small(0, "number of a move")?).or_default();
        of.push(Attachment {
            number: row.small(1, "number of a file")?,
            name: row.opt_text(5).map(str::to_owned),
            media: row.text(2, "media")?.to_owned(),
            size: row.count(3, "size")?,
            digest: row.bytes(4, "digest")?,
        });
    }
    let mut told = Vec::new();
    for row in tx.rows(sql::SAID, &key).await? {
        let seq = row.small(0, "number of a move")?;
        told.push(Told {
            seq,
            at: Instant(row.int(1, "instant")?),
            officer: row.text(2, "officer")?.to_owned(),
            version: row.opt_int(3).and_then(|seq| u32::try_from(seq).ok()),
            said: said(row.opt_text(4))?,
            files: files.remove(&seq).unwrap_or_default(),
        });
    }
    Ok(told)
}

/// Fields and texts of a body; none after erasure.
fn said(body: Option<&str>) -> Result<Vec<(String, String)>> {
    let Some(body) = body else {
        return Ok(Vec::new());
    };
    let corrupt = Error::Corrupt { what: "body" };
    let body: serde_json::Value = serde_json::from_str(body).map_err(|_| corrupt)?;
    let said = body["said"].as_object().into_iter().flatten();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    Ok(said
        .map(|(name, value)| (name.clone(), text(value)))
        .collect())
}

async fn attached(
    tx: &mut Tx,
    subject: SubjectId,
    (id, seq, number): (CaseId, u32, u32),
    access: Option<&Access>,
    at: Instant,
) -> Result<Option<AttachedFile>> {
    let Some(card) = of_subject(tx, subject, id).await? else {
        return Ok(None);
    };
    let key = [
        Val::Bytes(&card.subject.0),
        Val::Bytes(&id.0),
        Val::Int(seq.into()),
        Val::Int(number.into()),
    ];
    let Some(row) = tx.one(sql::FILE, &key).await? else {
        return Ok(None);
    };
    note(tx, access, at).await?;
    Ok(Some(AttachedFile {
        case: id,
        media: row.text(0, "media")?.to_owned(),
        name: row.text(1, "name")?.to_owned(),
        content: row.opt_blob(2).unwrap_or_default(),
    }))
}

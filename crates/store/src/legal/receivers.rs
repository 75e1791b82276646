//! Who holds a fact that is not good any more: agencies that looked at it under a grant. They are found and
//! told in the transaction of the move, or of the slice, that says so, and each says once that it stopped using
//! the fact. What a supplier changes or ends without a case stands under the id of the fact and the number of
//! the version in place of those of a case and its move.

mod audit;
mod ended;

pub use audit::ReceiverProof;
pub(crate) use ended::ended;

use super::read::CaseCard;
use crate::error::{Error, Result};
use crate::facts;
use crate::notice::NewNotice;
use crate::page::Page;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::subject::{members, root};
use crate::tx::{Row, Tx, Val};
use credit::case::CaseId;
use credit::record::Instant;
use credit::subject::{DocumentId, SubjectId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Different looks at one mention that are read: an agency looks for some cases a year, at some sets of
/// items; × 100 agencies × 20 years.
const LOOKS: u64 = 100_000;
/// Numbers of own cases that an agency is told, by which it finds where the fact was used.
const NUMBERS: usize = 50;
/// Agencies that are counted: a province has some hundreds.
const AGENCIES: u64 = 10_000;

/// An agency that is told, with the notice that tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receiver {
    /// Code of the agency.
    pub agency: String,
    /// The notice.
    pub notice: NewNotice,
}

/// What an agency was told, and whether it acknowledged it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The case; without one the fact.
    pub case: CaseId,
    /// The move; without a case the version.
    pub seq: u32,
    /// Code of the agency that was told.
    pub agency: String,
    /// Numbers of its own cases under which it looked.
    pub looks: Vec<String>,
    /// When it was told.
    pub told_at: Instant,
    /// By when it must have acknowledged.
    pub due: Date,
    /// When it did.
    pub given_at: Option<Instant>,
    /// Code of the move; without a case what the version says.
    pub what: String,
    /// Code of the kind of case; empty without one.
    pub kind: String,
    /// Its edition; empty without one.
    pub version: String,
    /// The fact's theme.
    pub theme: String,
    /// Who stated the fact.
    pub supplier: String,
}

/// What is asked of the receipts.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReceiptAsk<'a> {
    /// Of one agency.
    pub agency: Option<&'a str>,
    /// Only what was not acknowledged.
    pub open: bool,
    /// Due by that day.
    pub until: Option<Date>,
}

/// How an agency acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptCount {
    /// Code of the agency.
    pub agency: String,
    /// Told.
    pub told: u64,
    /// Acknowledged.
    pub given: u64,
    /// Not acknowledged, and the day has passed.
    pub overdue: u64,
}

impl Store {
    /// Agencies that hold the fact of a case, or others that rest on its document.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn case_receivers(&self, card: &CaseCard) -> Result<Vec<String>> {
        let found = transact!(self, Read, "case_receivers", tx => holders(&mut tx, card).await)?;
        Ok(found.into_keys().collect())
    }

    /// What agencies were told, by the day by which they must acknowledge it.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn receipts(
        &self,
        ask: ReceiptAsk<'_>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Receipt>> {
        let (day, case, seq, agency) = cursor(after)?;
        let asked = [
            Val::Text(ask.agency.unwrap_or_default()),
            Val::Int(ask.open.into()),
            Val::Day(ask.until.unwrap_or(Date::MAX)),
            Val::Text(&day),
            Val::Bytes(&case.0),
            Val::Int(seq),
            Val::Text(&agency),
            Val::count(limit as u64 + 1),
        ];
        let rows = transact!(self, Read, "receipts", tx => tx.rows(sql::RECEIVERS, &asked).await)?;
        let rows = rows.iter().map(receipt).collect::<Result<Vec<_>>>()?;
        Ok(Page::cut(rows, limit, |last| {
            format!("{}.{}.{}.{}", last.due, last.case, last.seq, last.agency)
        }))
    }

    /// How agencies acknowledged what they were told; of one agency or of each.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn receipts_counted(
        &self,
        agency: Option<&str>,
        today: Date,
    ) -> Result<Vec<ReceiptCount>> {
        let agency = agency.unwrap_or_default();
        let asked = [Val::Day(today), Val::Text(agency), Val::count(AGENCIES)];
        let rows = transact!(self, Read, "receipts_counted", tx => {
            tx.rows(sql::RECEIVERS_COUNTED, &asked).await
        })?;
        let each = rows.iter().map(|row| {
            Ok(ReceiptCount {
                agency: row.text(0, "agency")?.to_owned(),
                told: row.count(1, "count")?,
                given: row.count(2, "count")?,
                overdue: row.count(3, "count")?,
            })
        });
        each.collect()
    }

    /// Writes that an agency stopped using a fact. What was acknowledged before stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the agency was told no such thing.
    pub async fn receipt_give(
        &self,
        (case, seq, agency): (CaseId, u32, &str),
        officer: &str,
        at: Instant,
    ) -> Result<()> {
        transact!(self, Write, "receipt_give", tx => {
            give(&mut tx, (case, seq, agency), officer, at).await
        })
    }
}

fn cursor(after: Option<&str>) -> Result<(String, CaseId, i64, String)> {
    let Some(after) = after else {
        return Ok((String::new(), CaseId([0; 16]), 0, String::new()));
    };
    let mut parts = after.splitn(4, '.');
    let mut next = || parts.next().ok_or(Error::Cursor);
    let day: Date = next()?.parse().map_err(|_| Error::Cursor)?;
    let case = CaseId::parse(next()?).ok_or(Error::Cursor)?;
    let seq = next()?.parse().map_err(|_| Error::Cursor)?;
    Ok((day.to_string(), case, seq, next()?.to_owned()))
}

fn receipt(row: &Row) -> Result<Receipt> {
    let text = |at: usize, what| row.text(at, what).map(str::to_owned);
    Ok(Receipt {
        case: CaseId(row.bytes(0, "case id")?),
        seq: row.small(1, "number of a move")?,
        agency: text(2, "agency")?,
        looks: row.text(3, "looks")?.lines().map(str::to_owned).collect(),
        told_at: Instant(row.int(4, "instant")?),
        due: row.day(5, "day")?,
        given_at: row.opt_int(6).map(Instant),
        what: text(7, "move")?,
        kind: text(8, "kind")?,
        version: text(9, "edition")?,
        theme: text(10, "theme")?,
        supplier: text(11, "supplier")?,
    })
}

/// Agencies with the numbers of their cases.
type Holders = BTreeMap<String, BTreeSet<String>>;

/// Agencies that hold the fact, with the numbers of their cases. Whoever stated it is none of them.
async fn holders(tx: &mut Tx, card: &CaseCard) -> Result<Holders> {
    let Some(record) = card.record else {
        return Ok(Holders::new());
    };
    let subject = root(tx, card.subject).await?;
    let Some(facts) = facts::read(tx, subject, None).await? else {
        return Ok(Holders::new());
    };
    let document = |one: &credit::record::Record| -> Option<DocumentId> {
        let mut clocks = one
            .versions
            .iter()
            .rev()
            .filter_map(|version| version.document);
        clocks.next().map(|clock| clock.id)
    };
    let own = facts.records.iter().find(|one| one.id == record);
    let rests_on = own.and_then(document);
    let touched = facts
        .records
        .iter()
        .filter(|one| one.id == record || (rests_on.is_some() && document(one) == rests_on));
    let (mut themes, mut since) = (BTreeSet::new(), Instant(i64::MAX));
    for one in touched {
        themes.insert(format!("{}/", one.theme));
        let known = one.versions.first().map(|version| version.known_at);
        since = since.min(known.unwrap_or(since));
    }
    let members = members(tx, subject).await?;
    looked(tx, &members, (since, &themes), &card.supplier).await
}

/// Agencies that looked at some themes (`penalty/`) of mentions since an instant, with the numbers of their
/// cases; all but whoever stated the fact.
async fn looked(
    tx: &mut Tx,
    members: &[SubjectId],
    (since, themes): (Instant, &BTreeSet<String>),
    supplier: &str,
) -> Result<Holders> {
    let mut found = Holders::new();
    for one in members {
        let asked = [Val::Bytes(&one.0), Val::Int(since.0), Val::count(LOOKS)];
        for row in tx.rows(sql::LOOKED, &asked).await? {
            let agency = row.text(0, "agency")?;
            let mut items = row.opt_text(1).unwrap_or_default().split(' ');
            let touches = items.any(|item| themes.iter().any(|theme| item.starts_with(theme)));
            if touches && agency != supplier {
                let numbers = found.entry(agency.to_owned()).or_default();
                numbers.insert(row.text(2, "case number")?.to_owned());
            }
        }
    }
    Ok(found)
}

/// Tells everybody who holds the fact, save whom the version that the move names told already. False where
/// somebody looked since the notices were made.
pub(super) async fn tell(
    tx: &mut Tx,
    card: &CaseCard,
    (seq, version, due): (u32, Option<u32>, Date),
    (told, at): (&[Receiver], Instant),
) -> Result<bool> {
    for (agency, numbers) in holders(tx, card).await? {
        if let Some((record, version)) = card.record.zip(version) {
            let key = [
                Val::Bytes(&record.0),
                Val::Int(version.into()),
                Val::Text(&agency),
            ];
            if tx.one(sql::RECEIVER, &key).await?.is_some() {
                continue;
            }
        }
        let Some(one) = told.iter().find(|one| one.agency == agency) else {
            return Ok(false);
        };
        let which = (card.subject, card.id, seq);
        note(tx, which, (&agency, &numbers), (at, due)).await?;
        crate::notice::add(tx, &one.notice, at.day()).await?;
    }
    Ok(true)
}

/// Writes that an agency is told, with the event that commits to it.
async fn note(
    tx: &mut Tx,
    (subject, case, seq): (SubjectId, CaseId, u32),
    (agency, numbers): (&str, &BTreeSet<String>),
    (at, due): (Instant, Date),
) -> Result<()> {
    let numbers: Vec<&str> = numbers.iter().take(NUMBERS).map(String::as_str).collect();
    let looks = numbers.join("\n");
    let values = [
        Val::Bytes(&subject.0),
        Val::Bytes(&case.0),
        Val::Int(seq.into()),
        Val::Text(agency),
        Val::Text(&looks),
        Val::Int(at.0),
        Val::Day(due),
    ];
    tx.exec(sql::RECEIVER_NEW, &values).await?;
    let (event, content) = audit::told((case, seq, agency), &looks, due);
    crate::event::add(tx, &event, audit::KIND, at, &content.0).await
}

async fn give(
    tx: &mut Tx,
    (case, seq, agency): (CaseId, u32, &str),
    officer: &str,
    at: Instant,
) -> Result<()> {
    let asked = [Val::Bytes(&case.0), Val::Int(seq.into()), Val::Text(agency)];
    let row = tx.one(sql::RECEIVER, &asked).await?;
    let row = row.ok_or(Error::NotFound("receiver"))?;
    let subject: [u8; 16] = row.bytes(0, "subject id")?;
    let values = [
        Val::Bytes(&subject),
        asked[0],
        asked[1],
        asked[2],
        Val::Int(at.0),
        Val::Text(officer),
    ];
    if tx.exec(sql::RECEIPT_NEW, &values).await? == 0 {
        return Ok(());
    }
    let (event, content) = audit::stopped((case, seq, agency), officer);
    crate::event::add(tx, &event, audit::KIND, at, &content.0).await
}

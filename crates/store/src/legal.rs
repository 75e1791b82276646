//! Cases on legal clocks. Each move is one transaction with its event, its notices and the row of the
//! queue; whether it is lawful is asked there, of the table and of the moves as they stand there
//! ([`credit::case`]), so that of two moves at once one is made and the other is told.

mod audit;
mod made;
mod queue;
mod read;
mod receivers;
mod search;
mod twins;

pub use audit::CaseProof;
pub use made::{OpenCase, Whose};
pub use queue::{QueueAsk, Queued};
pub(crate) use read::step;
pub use read::{CaseCard, OwnCases};
pub(crate) use receivers::ended;
pub use receivers::{Receipt, ReceiptAsk, ReceiptCount, Receiver, ReceiverProof};
pub use search::OpenedAsk;
pub use twins::{Twin, TwinAsk};

use crate::error::{Error, Result};
use crate::gate;
use crate::notice::NewNotice;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::subject::{members, root};
use crate::tx::{Tx, Val};
use credit::calendar::Calendar;
use credit::case::{Applied, CaseId, Kind, Need, Party, Refusal, Said};
use credit::limits::CASES_OF_SUBJECT;
use credit::record::{Change, Instant};
use credit::subject::{RecordId, SubjectId};
use jiff::civil::Date;

/// A case that is to be opened.
#[derive(Clone, Copy, Debug)]
pub struct NewCase<'a> {
    /// Its id, unpredictable.
    pub id: CaseId,
    /// The subject, as it is one today.
    pub subject: SubjectId,
    /// The fact that it is about, if it is about one.
    pub record: Option<RecordId>,
    /// The fact's theme; empty without one.
    pub theme: &'a str,
    /// The agency that answers.
    pub supplier: &'a str,
    /// The area whose rules it follows.
    pub area: &'a str,
}

/// A file that is attached. That it holds nothing active was looked at before.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Its name as sent.
    pub name: String,
    /// What it was found to be.
    pub media: &'static str,
    /// SHA-256.
    pub digest: [u8; 32],
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A move that somebody wants to make.
#[derive(Clone, Copy, Debug)]
pub struct NewMove<'a> {
    /// Its code.
    pub what: &'a str,
    /// For whom.
    pub by: Party,
    /// Who, as histories name accounts.
    pub officer: &'a str,
    /// The ground or reason that was chosen.
    pub choice: Option<&'a str>,
    /// What it brings.
    pub brings: &'a [Need],
    /// Fields and texts, canonical JSON, with the digests of the files.
    pub body: &'a str,
    /// Salt of the commitment to that.
    pub salt: [u8; 16],
    /// The version of the fact that it names.
    pub version: Option<u32>,
    /// What is attached.
    pub files: &'a [NewFile],
    /// Whom it is told.
    pub notices: &'a [NewNotice],
    /// Who holds the fact and is told to stop using it, where the move says so.
    pub receivers: &'a [Receiver],
    /// When.
    pub at: Instant,
}

/// The table and the working days by which a move is judged.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The table.
    pub kind: &'a Kind,
    /// The working days.
    pub calendar: &'a Calendar,
    /// Codes of the themes of the fact that comes of such a case ([`Kind::makes`]).
    pub themes: &'a [String],
}

/// What became of a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseMoved {
    /// It was made; its number.
    Done(u32),
    /// The table does not allow it.
    Refused(Refusal),
    /// Somebody else moved the case in between; nothing was written.
    Raced,
    /// A case of the kind about this fact is open already.
    Open(CaseId),
    /// The version that it names is not what the move needs.
    NotVersion,
    /// The supplier did not state the fact that comes of the case, or its end.
    NotFact,
    /// Somebody looked at the fact in between, and is to be told as well; nothing was written.
    Looked,
    /// An earlier case of the kind bars another one to this day (a false commitment).
    Barred(Date),
    /// The subject has as many cases as one may have.
    Full,
}

impl Store {
    /// Opens a case with its first move.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the subject has no such fact.
    pub async fn case_open(
        &self,
        new: &NewCase<'_>,
        first: &NewMove<'_>,
        rules: Rules<'_>,
    ) -> Result<CaseMoved> {
        transact!(self, Write, "case_open", tx => open(&mut tx, new, first, rules).await)
    }

    /// Moves a case, if its last move is still the one that was seen.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such case.
    pub async fn case_move(
        &self,
        case: CaseId,
        seen: u32,
        next: &NewMove<'_>,
        rules: Rules<'_>,
    ) -> Result<CaseMoved> {
        let made = transact!(self, Write, "case_move", tx => {
            moved(&mut tx, case, seen, next, rules).await
        });
        match made {
            Err(Error::Looked) => Ok(CaseMoved::Looked),
            made => made,
        }
    }
}

async fn open(
    tx: &mut Tx,
    new: &NewCase<'_>,
    first: &NewMove<'_>,
    rules: Rules<'_>,
) -> Result<CaseMoved> {
    let subject = match new.record {
        Some(record) => bearer(tx, new.subject, record).await?,
        None => new.subject,
    };
    let count = tx.one(sql::COUNT, &[Val::Bytes(&subject.0)]).await?;
    let count = count.unwrap_or_default().count(0, "count")?;
    if count >= CASES_OF_SUBJECT as u64 {
        return Ok(CaseMoved::Full);
    }
    let applied = match judge(rules, &[], first) {
        Ok(applied) => applied,
        Err(why) => return Ok(CaseMoved::Refused(why)),
    };
    if applied.one.once && made::was_made(tx, subject, new, rules).await? {
        return Ok(CaseMoved::Refused(Refusal::Twice));
    }
    let row = CaseCard {
        id: new.id,
        subject,
        kind: rules.kind.code.clone(),
        version: rules.kind.version.clone(),
        record: new.record,
        theme: new.theme.to_owned(),
        supplier: new.supplier.to_owned(),
        area: new.area.to_owned(),
        opened_at: first.at,
        steps: Vec::new(),
    };
    if let Some(until) = made::barred(tx, subject, rules, first.at.day()).await? {
        return Ok(CaseMoved::Barred(until));
    }
    if let Some(other) = queue::take(tx, &row, &applied, rules, first.at.day()).await? {
        return Ok(CaseMoved::Open(other));
    }
    let values = [
        Val::Bytes(&row.subject.0),
        Val::Bytes(&row.id.0),
        Val::Text(&row.kind),
        Val::Text(&row.version),
        Val::opt_bytes(row.record.as_ref().map(|id| id.0.as_slice())),
        Val::Text(&row.theme),
        Val::Text(&row.supplier),
        Val::Text(&row.area),
        Val::Int(row.opened_at.0),
    ];
    tx.exec(sql::NEW, &values).await?;
    write(tx, &row, &applied, first).await
}

async fn moved(
    tx: &mut Tx,
    case: CaseId,
    seen: u32,
    next: &NewMove<'_>,
    rules: Rules<'_>,
) -> Result<CaseMoved> {
    let card = read::card(tx, case).await?.ok_or(Error::NotFound("case"))?;
    if card.kind != rules.kind.code || card.version != rules.kind.version {
        return Err(Error::Conflict("a case is moved by its own table"));
    }
    if card.steps.last().map(|step| step.seq) != Some(seen) {
        return Ok(CaseMoved::Raced);
    }
    let applied = match judge(rules, &card.steps, next) {
        Ok(applied) => applied,
        Err(why) => return Ok(CaseMoved::Refused(why)),
    };
    if !names_version(tx, &card, &applied, next).await? {
        return Ok(CaseMoved::NotVersion);
    }
    if !made::is_stated(tx, &card, &applied, rules).await? {
        return Ok(CaseMoved::NotFact);
    }
    if applied.one.receivers.is_some() {
        let subject = root(tx, card.subject).await?;
        gate::one_by_one(tx, subject).await?;
    }
    let done = write(tx, &card, &applied, next).await?;
    if matches!(done, CaseMoved::Done(_)) {
        queue::set(tx, &card, &applied).await?;
        if let Some(days) = applied.one.receivers {
            let due = rules.calendar.add_working_days(next.at.day(), days);
            let which = (applied.step.seq, next.version, due);
            if !receivers::tell(tx, &card, which, (next.receivers, next.at)).await? {
                // What was written so far goes with the transaction.
                return Err(Error::Looked);
            }
        }
    }
    Ok(done)
}

fn judge<'k>(
    rules: Rules<'k>,
    steps: &[credit::case::Step],
    next: &NewMove<'_>,
) -> std::result::Result<Applied<'k>, Refusal> {
    let said = Said {
        choice: next.choice,
        brings: next.brings,
    };
    let (kind, today) = (rules.kind, next.at.day());
    kind.apply(steps, next.what, next.by, &said, today, rules.calendar)
}

/// The mention of a subject that has a record.
async fn bearer(tx: &mut Tx, subject: SubjectId, record: RecordId) -> Result<SubjectId> {
    let root = root(tx, subject).await?;
    for one in members(tx, root).await? {
        let asked = [Val::Bytes(&one.0), Val::Bytes(&record.0)];
        if tx.one(sql::HEAD, &asked).await?.is_some() {
            return Ok(one);
        }
    }
    Err(Error::NotFound("record"))
}

/// Whether the version that a move names is one that came after the case was opened and says what the
/// move says: the supplier's correction as it stands now, or the row that took the fact back.
async fn names_version(
    tx: &mut Tx,
    card: &CaseCard,
    applied: &Applied<'_>,
    next: &NewMove<'_>,
) -> Result<bool> {
    let corrects = applied.one.needs(Need::Version);
    if !corrects && !applied.one.needs(Need::Removal) {
        return Ok(next.version.is_none());
    }
    let (Some(record), Some(seq)) = (card.record, next.version) else {
        return Ok(false);
    };
    let key = [
        Val::Bytes(&card.subject.0),
        Val::Bytes(&record.0),
        Val::Int(seq.into()),
    ];
    let Some(row) = tx.one(sql::VERSION, &key).await? else {
        return Ok(false);
    };
    let change = crate::slice::change(&row, 0)?;
    let later = row.int(1, "instant")? >= card.opened_at.0;
    if !corrects {
        let gone = matches!(change, Change::Removed | Change::Recalled | Change::Moved);
        return Ok(later && gone);
    }
    let head = tx.one(sql::HEAD, &key[..2]).await?.unwrap_or_default();
    let newest = head.small(0, "version number")? == seq;
    let stands = change == Change::Stated && row.opt_text(2).is_none();
    Ok(later && newest && stands)
}

/// Writes a move, what was said, its files, its event and whom it is told.
async fn write(
    tx: &mut Tx,
    card: &CaseCard,
    applied: &Applied<'_>,
    next: &NewMove<'_>,
) -> Result<CaseMoved> {
    let leaf = seal::commit(&next.salt, next.body.as_bytes());
    let step = &applied.step;
    let (subject, case) = (Val::Bytes(&card.subject.0), Val::Bytes(&card.id.0));
    let seq = Val::Int(step.seq.into());
    let values = [
        subject,
        case,
        seq,
        Val::Text(&step.what),
        Val::Text(step.by.code()),
        Val::Int(next.at.0),
        Val::Text(next.officer),
        next.version.map_or(Val::Null, |seq| Val::Int(seq.into())),
        Val::Bytes(&leaf.0),
    ];
    if tx.exec(sql::MOVE_NEW, &values).await? == 0 {
        return Ok(CaseMoved::Raced);
    }
    let body = [
        subject,
        case,
        seq,
        Val::Bytes(&next.salt),
        Val::Text(next.body),
    ];
    tx.exec(sql::BODY_NEW, &body).await?;
    for (number, file) in (1..).zip(next.files) {
        let number = Val::Int(number);
        let key = [subject, case, seq, number];
        let size = Val::count(file.content.len() as u64);
        let row = [Val::Text(file.media), size, Val::Bytes(&file.digest)];
        tx.exec(sql::FILE_NEW, &[key.as_slice(), &row].concat())
            .await?;
        let row = [Val::Text(&file.name), Val::Bytes(&file.content)];
        tx.exec(sql::FILE_BODY_NEW, &[key.as_slice(), &row].concat())
            .await?;
    }
    let content = audit::content(card, step, next.officer, next.version, &leaf);
    let event = format!("case:{}:{}", card.id, step.seq);
    crate::event::add(tx, &event, "case", next.at, &content.0).await?;
    crate::grade::stale(tx, std::iter::once(card.subject)).await?;
    for notice in next.notices {
        crate::notice::add(tx, notice, next.at.day()).await?;
    }
    Ok(CaseMoved::Done(step.seq))
}

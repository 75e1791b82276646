//! A fact that its supplier stated is corrected with reason and document (R43): the supplier reads its
//! own facts on one subject, which is a look like any other and is written down; the corrected row goes
//! through the one door as a submission that names what it corrects. Both values stay.

use crate::error::{Error, Result};
use crate::ingest::{self, Receipt, Rehearsed, Request};
use crate::office::Office;
use crate::{lookup, report};
use credit::catalog::Theme;
use credit::lang::Lang;
use credit::record::Change;
use credit::subject::RecordId;
use jiff::civil::Date;
use policy::{CaseNumber, Entry, Officer, Permit, Publication};
use serde_json::{Value, json};
use std::sync::Arc;
use store::{CauseKind, NewCause, RejectRow};
use views::history::History;

pub use store::SubmissionCause;

/// Characters of each part of a document: the longest official name of an organ has about 60.
const PART_CHARS: usize = 120;

/// Whose facts are read, by whom, and why.
#[derive(Clone, Debug)]
pub struct Look<'a> {
    /// The supplier whose own facts are read.
    pub supplier: &'a str,
    /// The theme.
    pub theme: &'a str,
    /// Any identifier of the subject.
    pub code: &'a str,
    /// The officer, as histories name accounts.
    pub officer: &'a str,
    /// The case or matter for which it is read.
    pub case: &'a str,
}

/// A fact of the supplier's own.
#[derive(Clone, Debug)]
pub struct OwnFact {
    /// Its record.
    pub record: RecordId,
    /// The number of its last version: what a correction corrects.
    pub version: u32,
    /// The edition under which it was accepted.
    pub theme: Arc<Theme>,
    /// Item code and value, as far as they may be shown again.
    pub values: Vec<(String, String)>,
    /// It is in force or waits; what was removed or taken back is stated anew instead.
    pub stands: bool,
    /// Its versions, newest first, with what changed.
    pub history: Option<History>,
    /// What was done about it: corrections and recalls, oldest first.
    pub causes: Vec<SubmissionCause>,
}

/// The correcting document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    /// What kind of document: 更正决定书, 复议决定书, 判决书 ….
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its day, `YYYY-MM-DD`.
    pub day: String,
    /// The organ that issued it.
    pub organ: String,
}

/// A correction.
pub struct Correction {
    /// One row of the theme, the whole fact as it should read.
    pub request: Request,
    /// The record and version that the officer saw; without them whatever is on file now.
    pub seen: Option<(RecordId, u32)>,
    /// Why, in the officer's words.
    pub reason: String,
    /// The document that grounds it.
    pub paper: Paper,
}

/// What became of a correction.
pub enum Corrected {
    /// It was sent: its receipt.
    Sent(Box<Receipt>),
    /// Its row would be rejected; nothing was stored.
    Rejected(RejectRow),
}

/// The supplier's own facts on a subject in one theme. The look is written down in the same
/// transaction.
///
/// # Errors
/// [`Error::Request`] for a code or case that is none; [`Error::NotFound`] for an unknown subject.
pub async fn own_facts(office: &Office, look: &Look<'_>, lang: Lang) -> Result<Vec<OwnFact>> {
    let read = || {
        Ok((
            Officer::parse(look.officer, look.supplier)?,
            CaseNumber::parse(look.case)?,
        ))
    };
    let (officer, case) = read().map_err(|_: policy::NotAccepted| {
        Error::request(
            "请写明查阅事由或者案号，不超过 120 字。",
            "Name the matter or case number for which you look, in at most 120 characters.",
            "Укажите основание или номер дела, не длиннее 120 знаков.",
        )
    })?;
    let subject = lookup::find(office, look.code).await?;
    let permit = Permit::supply(office.nonce(), subject, officer, case);
    let dossier = report::open(office, permit, None).await?;
    let mut facts = Vec::new();
    for entry in dossier
        .entries()
        .iter()
        .filter(|entry| entry.theme.code == look.theme)
    {
        let history = views::history::history(&office.catalog, &dossier, entry.record, lang);
        let causes = office.store.causes_of_record(&entry.record).await?;
        facts.push(own_fact(entry, history, causes));
    }
    Ok(facts)
}

fn own_fact(entry: &Entry, history: Option<History>, causes: Vec<SubmissionCause>) -> OwnFact {
    let past = entry.history.iter().map(|past| past.version).max();
    let values = entry.values.iter().filter_map(|(ix, shown)| {
        let item = entry.theme.items.get(*ix)?;
        Some((item.code.clone(), shown.plain()?.to_owned()))
    });
    let gone =
        |change: Change| matches!(change, Change::Removed | Change::Recalled | Change::Moved);
    let later = entry
        .history
        .iter()
        .filter(|past| past.version > entry.version);
    let ended = later
        .max_by_key(|past| past.version)
        .is_some_and(|past| gone(past.change));
    OwnFact {
        record: entry.record,
        version: past.unwrap_or(0).max(entry.version),
        theme: Arc::clone(&entry.theme),
        values: values.collect(),
        stands: !ended && entry.publication != Publication::Moved,
        history,
        causes,
    }
}

/// Corrects a fact. The row must be of a fact that the supplier has on file and that stands; its
/// natural key cannot change (such a fact is taken back and stated anew). The same correction of the same
/// version, in the same words and on the ground of the same document, is one: sent again, whenever that
/// is, it answers with its receipt and changes nothing.
///
/// # Errors
/// [`Error::Request`] for a reason or document that is not complete, for a fact that is not on file or
/// was changed meanwhile; as [`ingest::submit`] else.
pub async fn correct(office: &Office, correction: Correction) -> Result<Corrected> {
    let Correction {
        mut request,
        seen,
        reason,
        paper,
    } = correction;
    let reason = ingest::reason(&reason)?;
    let document = document(office, &paper)?;
    let record = match ingest::rehearse(office, request.clone()).await? {
        Rehearsed::Rejected(row) => return Ok(Corrected::Rejected(row)),
        Rehearsed::Empty | Rehearsed::Several => return Err(one_row()),
        Rehearsed::Taken { record, .. } => record,
    };
    let supplier = request.supplier.clone().unwrap_or_default();
    let state = office
        .store
        .record_state(&supplier, &request.theme, &record)
        .await?;
    let (version, change) = state.ok_or_else(not_on_file)?;
    if seen.is_some_and(|(seen, _)| seen != record) {
        return Err(key_changed());
    }
    let seen = seen.map_or(version, |(_, seen)| seen);
    let cause = NewCause {
        kind: CauseKind::Correction,
        of: None,
        record: Some(record),
        row: None,
        seq: Some(seen),
        reason,
        document: Some(document),
        period: None,
        officer: request.told.officer.clone().unwrap_or_default(),
    };
    if seen != version {
        // Whoever lost the answer asks again; one that was broken off goes on.
        let before = made_before(office, &cause).await?.ok_or_else(meanwhile)?;
        if before.finished {
            let receipt = ingest::repeat(office, &before.submission, &request.file).await?;
            return Ok(Corrected::Sent(Box::new(receipt.ok_or_else(meanwhile)?)));
        }
    } else if change != Change::Stated {
        return Err(not_on_file());
    }
    request.told.cause = Some(cause);
    let receipt = ingest::submit(office, request, Arc::new(ingest::Quiet)).await?;
    Ok(Corrected::Sent(Box::new(receipt)))
}

/// The same correction, in the same words, where it was made before.
async fn made_before(office: &Office, cause: &NewCause) -> Result<Option<SubmissionCause>> {
    let record = cause.record.unwrap_or(RecordId([0; 16]));
    let causes = office.store.causes_of_record(&record).await?;
    Ok(causes.into_iter().find(|one| one.what == *cause))
}

/// The document as it is kept.
fn document(office: &Office, paper: &Paper) -> Result<String> {
    let fits = |text: &str| {
        let text = text.trim();
        let printable = !text.chars().any(char::is_control);
        printable
            && (1..=PART_CHARS).contains(&text.chars().count())
            && credit::content::personal_numbers(text).is_empty()
    };
    let day: Option<Date> = paper.day.trim().parse().ok();
    let day = day.filter(|day| *day <= office.today());
    let whole = [&paper.kind, &paper.number, &paper.organ]
        .into_iter()
        .all(|part| fits(part));
    let Some(day) = day.filter(|_| whole) else {
        return Err(Error::request(
            "请写明更正依据的文书：种类、文号、日期（不晚于今天）和机关，每项不超过 120 字。",
            "Name the correcting document: its kind, number, day (not after today) and organ, each of at most 120 characters.",
            "Укажите документ-основание: вид, номер, дату (не позже сегодняшней) и орган, каждое не длиннее 120 знаков.",
        ));
    };
    let body = json!({
        "kind": paper.kind.trim(),
        "number": paper.number.trim(),
        "day": day.to_string(),
        "organ": paper.organ.trim(),
    });
    Ok(credit::canon::value(&body))
}

/// Reads a document that is kept with a cause.
#[must_use]
pub fn paper(cause: &SubmissionCause) -> Option<Paper> {
    let body: Value = serde_json::from_str(cause.what.document.as_deref()?).ok()?;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    Some(Paper {
        kind: text("kind"),
        number: text("number"),
        day: text("day"),
        organ: text("organ"),
    })
}

fn one_row() -> Error {
    Error::request(
        "更正文件应当只有一行：更正后的整条信息。多条信息请逐条更正。",
        "The file of a correction has one row: the whole fact as it should read. Correct several facts one by one.",
        "В файле исправления одна строка: запись целиком, как она должна выглядеть. Несколько записей исправляйте по одной.",
    )
}

fn not_on_file() -> Error {
    Error::request(
        "本单位没有这条有效的信息，不能更正。请核对主体代码和文书号；已撤回的信息请重新填报。",
        "Your agency has no such fact in force, so it cannot be corrected. Check the subject's code and the document number; what was taken back is stated anew.",
        "У вашего органа нет такой действующей записи, исправить её нельзя. Проверьте код субъекта и номер документа; отозванное вносится заново.",
    )
}

fn key_changed() -> Error {
    Error::request(
        "更正不能改变识别这条信息的项目（主体、文书号等）。请先撤回原信息，再重新填报。",
        "A correction cannot change what identifies the fact (subject, document number and the like). Take the fact back and state it anew.",
        "Исправление не может менять то, по чему запись опознаётся (субъект, номер документа и т. п.). Отзовите запись и внесите её заново.",
    )
}

fn meanwhile() -> Error {
    Error::request(
        "这条信息在您查看之后已有变化，请重新打开后再更正。",
        "The fact changed after you looked at it; open it again and correct it then.",
        "Запись изменилась после просмотра; откройте её снова и исправьте.",
    )
}

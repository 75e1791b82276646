//! What was sent in error is taken back: a whole file within its window, one row or one fact at any
//! time, and a recall itself. Each is a submission with a receipt; facts leave every view with it, what
//! stood before is in force again, and the history keeps all of it. Clocks of legal documents are not
//! touched, so that sending again restarts nothing (rights 9).

use super::file::{File, Told};
use super::pass::{Applied, Scan, Tally};
use super::receipt::{self, Finished, Receipt};
use super::snapshot::Removal;
use super::terms::{self, Request, Terms};
use crate::error::{Error, Result};
use crate::ids;
use crate::office::{Office, date_of};
use credit::catalog::Mode;
use credit::record::Instant;
use credit::subject::{RecordId, SubmissionId};
use store::{
    Back, CauseKind, Counts, NewCause, Standing, Submission, SubmissionCause, SubmissionState,
};

/// Times that one file may be sent, recalled and sent again; nobody needs more.
const AGAIN: usize = 64;

/// Characters of a reason: some lines.
const REASON_CHARS: usize = 500;

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// All that a submission said.
    Submission(SubmissionId),
    /// One row of it.
    Row(SubmissionId, u64),
    /// One fact, whichever submissions stated it: supplier, theme, record.
    Record(String, String, RecordId),
    /// A recall.
    Undo(SubmissionId),
}

/// A recall as it is asked for.
#[derive(Clone, Debug)]
pub struct Recall {
    /// What.
    pub what: What,
    /// Why, in the officer's words.
    pub reason: String,
    /// Who, as histories name accounts.
    pub officer: String,
}

/// What a move needs to know before it begins.
pub(super) struct Ground {
    pub(super) supplier: String,
    pub(super) theme: String,
    /// What is taken back; nothing for a nil report.
    pub(super) back: Option<Back>,
    pub(super) cause: NewCause,
    pub(super) id: SubmissionId,
}

/// Takes back what was sent in error, and answers with the receipt. The caller has asked whether the
/// officer may act for the supplier. Broken off, the same call goes on.
///
/// # Errors
/// [`Error::Request`] for a reason that is empty or names a person's number, for a whole file beyond
/// its window, and for what is taken back or restored already; [`Error::NotFound`] without it.
pub async fn recall(office: &Office, recall: Recall) -> Result<Receipt> {
    let reason = reason(&recall.reason)?;
    let ground = ground(office, &recall, reason).await?;
    perform(office, ground).await
}

/// Makes a submission of a move in place of a file.
pub(super) async fn perform(office: &Office, ground: Ground) -> Result<Receipt> {
    let started_at = office.now();
    let terms = settle(office, &ground)?;
    let format = ground.cause.kind.code();
    let scan = Scan::of_move(format, terms.file.digest().map_err(unread)?);
    let catalog = &office.catalog.digest;
    office
        .store
        .catalog_put(catalog, &terms.theme.digest)
        .await?;
    let new = super::announced(&terms, &scan, ground.id, &ground.supplier, started_at);
    if let SubmissionState::Done { receipt } = office.store.submission_begin(&new).await? {
        return receipt::repeated(&receipt);
    }
    let applied = apply(office, &ground, &terms).await?;
    let finished = Finished {
        id: ground.id,
        terms: &terms,
        scan: &scan,
        applied: &applied,
        removal: Removal::None,
        started_at,
    };
    receipt::finish(office, finished).await
}

/// What the move did, as counts of a receipt.
async fn apply(office: &Office, ground: &Ground, terms: &Terms) -> Result<Applied> {
    let store = &office.store;
    if let Some(back) = ground.back {
        let stop = super::stop_use(office, &terms.theme, &ground.supplier, true);
        let (stop, nonce) = (stop.as_ref(), office.nonce());
        store
            .take_back(&ground.id, back, stop, office.now(), nonce)
            .await?;
    }
    let taken = store.taken_back(&ground.id).await?;
    Ok(Applied {
        total: Counts {
            accepted: taken.restored - taken.held,
            held: taken.held,
            removed: taken.recalled,
            ..Counts::default()
        },
        tally: Tally {
            rows: taken.restored,
            ..Tally::default()
        },
        parts: Vec::new(),
    })
}

fn unread(cause: std::io::Error) -> Error {
    Error::inner("the recall could not be read", cause)
}

/// A reason that may be kept: it says something, and names nobody's number.
///
/// # Errors
/// [`Error::Request`].
pub(crate) fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    let printable = !text.chars().any(char::is_control);
    let fits = printable && (1..=REASON_CHARS).contains(&text.chars().count());
    if fits && credit::content::personal_numbers(text).is_empty() {
        return Ok(text.to_owned());
    }
    Err(Error::request(
        "请写明原因，不超过 500 字，不要写个人的证件、电话或账户号码。",
        "Give the reason in at most 500 characters, without anybody's identity, telephone or account number.",
        "Укажите причину не длиннее 500 знаков, без личных номеров документов, телефонов и счетов.",
    ))
}

async fn ground(office: &Office, recall: &Recall, reason: String) -> Result<Ground> {
    let cause = NewCause {
        kind: CauseKind::Recall,
        of: None,
        record: None,
        row: None,
        seq: None,
        reason,
        document: None,
        period: None,
        officer: recall.officer.clone(),
    };
    match &recall.what {
        What::Submission(id) => of_submission(office, *id, None, cause).await,
        What::Row(id, row) => of_submission(office, *id, Some(*row), cause).await,
        What::Undo(id) => of_recall(office, *id, cause).await,
        What::Record(supplier, theme, record) => {
            let done = office.store.causes_of_record(record).await?;
            let serial = serial(&done, |one| one.kind == CauseKind::Recall);
            Ok(Ground {
                supplier: supplier.clone(),
                theme: theme.clone(),
                back: Some(Back::Record(*record)),
                id: ids::recall(&office.site_key, "record", &record.0, serial),
                cause: NewCause {
                    record: Some(*record),
                    ..cause
                },
            })
        }
    }
}

/// The number of a move: one more than those that ended, so that one that was broken off goes on.
fn serial(done: &[SubmissionCause], like: impl Fn(&NewCause) -> bool) -> u64 {
    let ended = done.iter().filter(|one| one.finished && like(&one.what));
    ended.count() as u64
}

async fn of_submission(
    office: &Office,
    id: SubmissionId,
    row: Option<u64>,
    cause: NewCause,
) -> Result<Ground> {
    let one = office.store.submission(&id).await?.ok_or(Error::NotFound)?;
    if one.standing != Standing::Done
        || office
            .store
            .submission_cause(&id)
            .await?
            .is_some_and(|cause| cause.what.kind != CauseKind::Correction)
    {
        return Err(not_to_recall());
    }
    if office
        .catalog
        .supplier(&one.supplier)
        .is_some_and(|known| known.relays)
    {
        return Err(not_to_recall());
    }
    if office.store.person_brought(&id, row).await? {
        return Err(of_persons());
    }
    let done = office.store.causes_of_submission(&id).await?;
    if row.is_none() {
        in_window(office, &one)?;
        if is_recalled(&done) {
            return Err(Error::request(
                "这份报送已经撤回。",
                "This submission was taken back already.",
                "Эта подача уже отозвана.",
            ));
        }
    }
    let serial = serial(&done, |one| one.row == row);
    let what = row.map_or_else(|| "submission".to_owned(), |row| format!("row {row}"));
    Ok(Ground {
        supplier: one.supplier,
        theme: one.theme,
        back: Some(Back::Submission(id, row)),
        id: ids::recall(&office.site_key, &what, &id.0, serial),
        cause: NewCause {
            of: Some(id),
            row,
            ..cause
        },
    })
}

/// What stands sealed under a person's own key is not put back by a recall: its earlier versions are
/// read by nobody but the person. A recall that left it in force would say what is not true.
fn of_persons() -> Error {
    Error::request(
        "其中有自然人信息，不能由此撤回。其余各行请逐行撤回；自然人信息请用变更文件更正或者移除，或者请信用中心依决定删除。",
        "There are facts on natural persons in it, which are not taken back this way. Take the other rows back one by one; a person's facts are corrected or removed by a file of changes, or erased by the credit centre on a decision.",
        "Здесь есть сведения о физических лицах, их так не отзывают. Остальные строки отзовите по одной; сведения о лицах исправляют или снимают файлом изменений либо стирает кредитный центр по решению.",
    )
}

async fn of_recall(office: &Office, id: SubmissionId, cause: NewCause) -> Result<Ground> {
    let one = office.store.submission(&id).await?.ok_or(Error::NotFound)?;
    let own = office.store.submission_cause(&id).await?;
    let own = own.filter(|own| own.what.kind == CauseKind::Recall && own.finished);
    let own = own.ok_or_else(not_to_recall)?;
    let done = office.store.causes_of_submission(&id).await?;
    if done.iter().any(|one| one.finished) {
        return Err(Error::request(
            "这次撤回已经取消。",
            "This recall was undone already.",
            "Этот отзыв уже отменён.",
        ));
    }
    Ok(Ground {
        supplier: one.supplier,
        theme: one.theme,
        back: Some(Back::Recall(id)),
        id: ids::recall(&office.site_key, "undo", &id.0, 0),
        cause: NewCause {
            kind: CauseKind::Undo,
            of: Some(id),
            record: own.what.record,
            row: own.what.row,
            ..cause
        },
    })
}

fn not_to_recall() -> Error {
    Error::request(
        "这份报送不能撤回：它还没有处理完，或者不是本单位报送的普通文件。",
        "This submission cannot be taken back: it is not finished, or it is no ordinary file of its supplier.",
        "Эту подачу нельзя отозвать: она не завершена или не является обычным файлом поставщика.",
    )
}

/// Whether a whole submission is taken back now: its last recall was not undone.
fn is_recalled(done: &[SubmissionCause]) -> bool {
    let whole = |one: &&SubmissionCause| {
        one.finished && one.what.row.is_none() && one.what.kind == CauseKind::Recall
    };
    done.iter()
        .rev()
        .find(whole)
        .is_some_and(|last| !last.undone)
}

/// A whole file is taken back within so many working days; later its facts are corrected singly.
fn in_window(office: &Office, one: &Submission) -> Result<()> {
    let catalog = &office.catalog;
    let received = date_of(one.received_at);
    let days = catalog.supply.recall_days(office.today());
    let last = catalog.calendar.add_working_days(received, days);
    if office.today() <= last {
        return Ok(());
    }
    Err(Error::request(
        format!("整份撤回的期限是收到后 {days} 个工作日，已于 {last} 届满。请逐条更正或者撤回。"),
        format!(
            "A whole file may be taken back within {days} working days of its arrival; that ended on {last}. Correct or take back its facts singly."
        ),
        format!(
            "Целую подачу можно отозвать в течение {days} рабочих дней после получения; срок истёк {last}. Исправляйте или отзывайте записи по одной."
        ),
    ))
}

/// The terms of a move: today's edition of the theme, no rows.
fn settle(office: &Office, ground: &Ground) -> Result<Terms> {
    let cause = &ground.cause;
    let words = credit::canon::object(&[
        ("kind", cause.kind.code()),
        ("submission", &ground.id.to_string()),
    ]);
    let name = format!("{}.json", cause.kind.code());
    terms::settle(
        office,
        Request {
            theme: ground.theme.clone(),
            supplier: Some(ground.supplier.clone()),
            mode: Some(Mode::Delta),
            date: None,
            file: File::bytes(&name, words.into_bytes()),
            told: Told {
                officer: Some(cause.officer.clone()),
                cause: Some(cause.clone()),
                ..Told::default()
            },
        },
    )
}

/// Begins a submission. One that was taken back as a whole and is sent again is another one.
pub(super) async fn begin(
    office: &Office,
    terms: &Terms,
    scan: &Scan,
    id: SubmissionId,
    started_at: Instant,
) -> Result<(SubmissionId, SubmissionState)> {
    let mut id = id;
    for _ in 0..AGAIN {
        let new = super::announced(terms, scan, id, &terms.supplier.code, started_at);
        let state = office.store.submission_begin(&new).await?;
        if !matches!(state, SubmissionState::Done { .. }) {
            return Ok((id, state));
        }
        let done = office.store.causes_of_submission(&id).await?;
        if !is_recalled(&done) {
            return Ok((id, state));
        }
        id = ids::again(&office.site_key, &id, done.len() as u64);
    }
    Err(Error::request(
        "同一份文件撤回后重报的次数太多，请联系信用中心。",
        "The same file was taken back and sent again too often; ask the credit centre.",
        "Один и тот же файл отзывался и подавался слишком много раз; обратитесь в кредитный центр.",
    ))
}

#[cfg(test)]
mod tests {
    use super::reason;

    #[test]
    fn a_reason_says_something_and_names_nobodys_number() {
        assert_eq!(reason("  重复报送 ").ok().as_deref(), Some("重复报送"));
        for bad in [
            "",
            "  ",
            "a\u{7}b",
            "11010519491231002X 的信息有误",
            &"长".repeat(501),
        ] {
            assert!(reason(bad).is_err(), "{bad}");
        }
    }
}

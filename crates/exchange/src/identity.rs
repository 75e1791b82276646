//! Who is who, decided by people: two subjects are the same or different, with an officer, a reason
//! and a date, above any score, and each of it can be taken back.
//!
//! A new fact never changes a decision: where the two disagree a question opens (`questions`).

mod arrange;
mod evidence;

pub use arrange::arrange;
pub use evidence::{Evidence, Holding, Piece, Side, evidence};
pub use policy::Officer;
pub use store::{Card, Decision, DecisionId, Page, Verdict};

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::identifier::Identifier;
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::people::Action;
use credit::subject::SubjectId;
use jiff::civil::Date;
use store::{By, Moved};

/// What a decision did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The decision.
    pub id: DecisionId,
    /// Subjects whose views changed; none where the subjects stood so already.
    pub touched: Vec<SubjectId>,
}

/// Who decides in the name of an account, which must itself be allowed to.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn decider(who: &Acting) -> Result<Officer> {
    who.officer(who.home(Action::QuestionDecide)?)
}

/// Decides on two subjects, each told by any identifier of an organisation or by its id.
///
/// # Errors
/// [`Error::Request`] without a reason, for one and the same mention, or where decisions in force
/// stand against it; [`Error::NotFound`] where one of the two is not on file.
pub async fn decide(
    office: &Office,
    verdict: Verdict,
    pair: (&str, &str),
    officer: &Officer,
    reason: &str,
) -> Result<Done> {
    let reason = reasoned(reason)?;
    let left = mention(office, pair.0).await?;
    let right = mention(office, pair.1).await?;
    if left == right {
        return Err(Error::request(
            "两个代码指向同一条记录的主体，无需判定。请给出两个不同的主体。",
            "Both stand for one and the same entry. Give two different subjects.",
            "Оба кода указывают на одну и ту же запись. Укажите два разных субъекта.",
        ));
    }
    let id = DecisionId(office.nonce());
    let by = By {
        officer,
        reason,
        at: office.now(),
    };
    let moved = office
        .store
        .decide(id, verdict, &[(left, right)], &by, &mut arrange)
        .await?;
    done(id, moved)
}

/// Takes a decision back.
///
/// # Errors
/// [`Error::Request`] without a reason; [`Error::NotFound`] for a decision that is not in force.
pub async fn undo(
    office: &Office,
    id: DecisionId,
    officer: &Officer,
    reason: &str,
) -> Result<Done> {
    let by = By {
        officer,
        reason: reasoned(reason)?,
        at: office.now(),
    };
    let moved = office
        .store
        .decision_undo(id, &by, &mut arrange)
        .await
        .map_err(conflict)?;
    done(id, moved)
}

/// Decisions, newest first, those taken back included.
///
/// # Errors
/// [`Error::Request`] for a cursor that is not ours.
pub async fn decisions(office: &Office, after: Option<&str>) -> Result<Page<Decision>> {
    Ok(office.store.decisions(after, PAGE_ROWS).await?)
}

/// The mention behind a code or an id, whatever subject it belongs to.
///
/// # Errors
/// [`Error::Request`] for a text that is no identifier; [`Error::NotFound`] where none holds it.
pub async fn mention(office: &Office, code: &str) -> Result<SubjectId> {
    if let Some(id) = SubjectId::parse(code.trim()) {
        return Ok(id);
    }
    let parsed = Identifier::detect(code).map_err(|fault| {
        let text = |lang| fault.message(lang);
        Error::request(text(Lang::Zh), text(Lang::En), text(Lang::Ru))
    })?;
    if parsed.identifier.is_personal() {
        return Err(Error::NotFound);
    }
    let found = office.store.identifier_mention(&parsed.identifier).await?;
    found.ok_or(Error::NotFound)
}

/// The subject behind a code or an id as it was known at the end of a past day.
///
/// # Errors
/// As [`mention`].
pub(crate) async fn subject_then(office: &Office, code: &str, day: Date) -> Result<SubjectId> {
    let mention = mention(office, code).await?;
    let known = crate::office::end_of_day(day);
    Ok(office.store.subject_root_at(mention, known).await?)
}

/// A reason is given and printable in a line.
pub(crate) fn reasoned(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    let sound = !reason.is_empty()
        && reason.chars().count() <= 500
        && !reason.chars().any(char::is_control);
    if sound {
        return Ok(reason);
    }
    Err(Error::request(
        "请写明理由，一行，不超过 500 字。",
        "Give the reason in one line of at most 500 characters.",
        "Укажите причину одной строкой, не длиннее 500 знаков.",
    ))
}

/// What became of a move, for whoever asked for it.
pub(crate) fn done(id: DecisionId, moved: Moved) -> Result<Done> {
    match moved {
        Moved::Done(touched) => Ok(Done { id, touched }),
        Moved::Unknown => Err(Error::NotFound),
        Moved::Refused(against) => {
            let ids: Vec<String> = against.iter().take(8).map(ToString::to_string).collect();
            let ids = ids.join(", ");
            Err(Error::request(
                format!("与仍然有效的判定相矛盾：{ids}。请先撤销其中有误的一条，再作判定。"),
                format!("Decisions in force stand against it: {ids}. Undo the wrong one first."),
                format!(
                    "Этому противоречат действующие решения: {ids}. Сначала отмените ошибочное."
                ),
            ))
        }
    }
}

/// A conflict of the store is the officer's to resolve here.
fn conflict(cause: store::Error) -> Error {
    match cause {
        store::Error::Conflict(_) => Error::request(
            "该问题之后又有新的答复，请先撤销较晚的答复。",
            "The question was answered again since; undo the later answer first.",
            "На вопрос с тех пор ответили снова; сначала отмените более поздний ответ.",
        ),
        cause => Error::from(cause),
    }
}

//! "Who is this?" below the threshold: a person decides, by name and with a reason.

use crate::error::Result;
use crate::identity::{self, DecisionId, Done};
use crate::office::Office;
use credit::subject::SubjectId;
use policy::Officer;
use store::By;

pub use store::{Namesake, Page, Question, QueueAsk, QueueKind};

/// A person's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The row speaks of this candidate.
    Same(SubjectId),
    /// It speaks of none of them.
    NotSame,
}

/// Open questions, oldest first.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn open(office: &Office, after: Option<&str>) -> Result<Page<Question>> {
    Ok(office
        .store
        .questions(after, credit::limits::PAGE_ROWS)
        .await?)
}

/// Open questions of a theme, a supplier or an age, oldest first.
///
/// # Errors
/// [`Error::Request`](crate::Error::Request) for a cursor that is not ours.
pub async fn queue(office: &Office, ask: &QueueAsk) -> Result<Page<Question>> {
    Ok(office
        .store
        .question_queue(ask, credit::limits::CANDIDATES)
        .await?)
}

/// How many questions are open, by theme and supplier.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn kinds(office: &Office) -> Result<Vec<QueueKind>> {
    Ok(office.store.question_kinds().await?)
}

/// Answers a question: a decision of its own, which can be taken back.
///
/// # Errors
/// [`Error::Request`](crate::Error::Request) without a reason or where decisions in force stand against the answer;
/// [`Error::NotFound`](crate::Error::NotFound) when it is not open or the candidate is none of its own.
pub async fn answer(
    office: &Office,
    mention: SubjectId,
    answer: Answer,
    officer: &Officer,
    reason: &str,
) -> Result<Done> {
    let by = By {
        officer,
        reason: identity::reasoned(reason)?,
        at: office.now(),
    };
    let same = match answer {
        Answer::Same(subject) => Some(subject),
        Answer::NotSame => None,
    };
    let id = DecisionId(office.nonce());
    let moved = office
        .store
        .question_decide(id, mention, same, &by, &mut identity::arrange)
        .await?;
    identity::done(id, moved)
}

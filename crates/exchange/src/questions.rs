//! "Who is this?" below the threshold: a person decides, by name and with a reason.

use crate::error::{Error, Result};
use crate::office::Office;
use credit::subject::SubjectId;
use policy::Officer;

pub use store::{Namesake, Page, Question};

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
/// [`Error::Store`].
pub async fn open(office: &Office, after: Option<&str>) -> Result<Page<Question>> {
    Ok(office
        .store
        .questions(after, credit::limits::PAGE_ROWS)
        .await?)
}

/// Answers a question.
///
/// # Errors
/// [`Error::Request`] without a reason; [`Error::NotFound`] when it is not open or the candidate is
/// none of its own.
pub async fn answer(
    office: &Office,
    mention: SubjectId,
    answer: Answer,
    officer: &Officer,
    reason: &str,
) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Error::request(
            "请写明理由。",
            "Give the reason.",
            "Укажите причину.",
        ));
    }
    let same = match answer {
        Answer::Same(subject) => Some(subject),
        Answer::NotSame => None,
    };
    let found = office
        .store
        .question_answer(
            &mention,
            same.as_ref(),
            officer,
            reason.trim(),
            office.now(),
        )
        .await?;
    if found { Ok(()) } else { Err(Error::NotFound) }
}

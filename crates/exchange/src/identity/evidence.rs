//! What a clerk sees side by side: the mention that waits and those it may be. Names, numbers, days
//! and counts; never what the records say.

use crate::error::Result;
use crate::office::Office;
use credit::subject::SubjectId;
use store::{Card, Question};

/// One side of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// What is known of it.
    pub card: Card,
    /// Whether its subject is the waiting mention's own.
    pub own: bool,
}

/// A question with what is known of both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The question.
    pub question: Question,
    /// The mention that waits.
    pub asked: Option<Card>,
    /// Whom it may be, in the order of the question.
    pub candidates: Vec<Side>,
}

/// Reads the evidence of a question.
///
/// # Errors
/// [`crate::Error::Store`].
pub async fn evidence(office: &Office, question: Question) -> Result<Evidence> {
    let asked = office.store.cards(&[question.mention]).await?.pop();
    let mut candidates = Vec::with_capacity(question.candidates.len());
    for one in &question.candidates {
        for card in office.store.cards(&[one.subject]).await? {
            let own = asked
                .as_ref()
                .is_some_and(|own| own.subject == card.subject);
            candidates.push(Side { card, own });
        }
    }
    Ok(Evidence {
        question,
        asked,
        candidates,
    })
}

/// Cards of subjects that organisations' codes or ids name, for the command line.
///
/// # Errors
/// [`crate::Error::Store`].
pub async fn cards(office: &Office, mentions: &[SubjectId]) -> Result<Vec<Card>> {
    Ok(office.store.cards(mentions).await?)
}

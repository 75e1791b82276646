//! Erasure by decision of a named account, and its replay onto a restored copy of the store.

use super::{Number, ring};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::Acting;
use credit::content;
use credit::people::Action;
use credit::subject::SubjectId;
use std::collections::HashSet;
use store::{Erased, Erasure};

/// Longest reason, in characters: the number of a decision and what it is called.
const REASON_CHARS: usize = 200;

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    /// Persons who stood in the restored copy and are erased now.
    pub erased: u64,
    /// Erasures of persons of whom that copy held nothing.
    pub nothing: u64,
}

/// Erases what is held on a person. `note` writes the list beside the store, and comes first: an erasure
/// that was begun is finished by the next replay, and none that was done can be missed by one.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Request`] without a reason, where the reason holds a person's number,
/// and where sealed storage is not open.
pub async fn erase(
    office: &Office,
    who: &Acting,
    number: &Number,
    reason: &str,
    note: impl FnOnce(&Erasure) -> Result<()>,
) -> Result<Erased> {
    who.home(Action::PersonErase)?;
    let ring = ring(office)?;
    let erasure = Erasure {
        subject: number.id(&ring),
        at: office.now(),
        by: Some(who.account),
        reason: one_line(reason)?,
    };
    note(&erasure)?;
    Ok(office.store.person_erase(&erasure).await?)
}

fn one_line(reason: &str) -> Result<String> {
    let reason = reason.trim();
    let printable = !reason.chars().any(char::is_control);
    let good = !reason.is_empty() && printable && reason.chars().count() <= REASON_CHARS;
    if good && content::personal_numbers(reason).is_empty() {
        return Ok(reason.to_owned());
    }
    Err(Error::request(
        "请写明删除决定的文号和名称（不超过200字，不得含证件号码、电话）。",
        "Give the number of the decision to erase and what it is called (at most 200 characters, no identity or telephone number in it).",
        "Укажите номер и название решения об удалении (не более 200 знаков, без номеров документов и телефонов).",
    ))
}

/// Erasures of a list that the store does not know: it is a copy from before them. And those of the
/// store that the list does not know, which belong on it.
///
/// # Errors
/// [`Error::Store`] when the store failed.
pub async fn missed(office: &Office, list: &[Erasure]) -> Result<(Vec<Erasure>, Vec<Erasure>)> {
    let stored = office.store.person_erasures().await?;
    let known: HashSet<SubjectId> = stored.iter().map(|one| one.subject).collect();
    let listed: HashSet<SubjectId> = list.iter().map(|one| one.subject).collect();
    let missed = list.iter().filter(|one| !known.contains(&one.subject));
    let missed = missed.cloned().collect();
    let unlisted = stored
        .into_iter()
        .filter(|one| !listed.contains(&one.subject));
    Ok((missed, unlisted.collect()))
}

/// Erases anew what the store does not know to be erased.
///
/// # Errors
/// [`Error::Store`] when the store failed; the same call goes on where it stopped.
pub async fn replay(office: &Office, missed: &[Erasure]) -> Result<Replayed> {
    let mut replayed = Replayed::default();
    for one in missed {
        match office.store.person_erase(one).await? {
            Erased::Done => replayed.erased += 1,
            Erased::Nothing => replayed.nothing += 1,
            Erased::Before => {}
        }
    }
    Ok(replayed)
}

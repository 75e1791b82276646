//! What comes of a case: about which facts one is opened, and which facts the one door does not take in while
//! somebody is heard (R12, R13).
//!
//! A listing is decided in its case and nowhere else. The row that comes of it enters by the same door as every
//! other; until its decision was served that door refuses it, whatever file, form or machine brings it.

use crate::error::{Error, Result};
use crate::office::Office;
use credit::case::{Kept, Kind};
use credit::catalog::{Class, Theme};
use credit::subject::DocumentId;
use policy::{Entry, Publication};
use std::collections::BTreeSet;
use store::{CaseWhose, OpenCase};

/// Codes of the themes of the fact that comes of a kind of case.
pub(super) fn themes(office: &Office, kind: &Kind) -> Vec<String> {
    let themes = office.catalog.themes.iter();
    let made = themes.filter(|theme| kind.makes.contains(&theme.class));
    let codes: BTreeSet<String> = made.map(|theme| theme.code.clone()).collect();
    codes.into_iter().collect()
}

/// Whether a case of a kind may be about a fact: of its classes of themes, and for one that lists somebody a
/// fact that has effect.
///
/// # Errors
/// [`Error::Request`].
pub(super) fn suits(kind: &Kind, entry: &Entry) -> Result<()> {
    if !kind.of.is_empty() && !kind.of.contains(&entry.theme.class) {
        return Err(Error::request(
            "这类案件不适用于这条信息。",
            "A case of this kind is not about a fact of this kind.",
            "Дело этого вида не заводится о таком сведении.",
        ));
    }
    let over = matches!(
        entry.publication,
        Publication::Repaired | Publication::Suspended
    );
    if over && kind.makes.contains(&Class::SeriousList) {
        return Err(Error::request(
            "这条信息已修复或者暂停展示，不能作为列入的依据。",
            "The fact is repaired or its showing suspended: no listing rests on it.",
            "Сведение восстановлено или его показ приостановлен: внесение на нём не основывают.",
        ));
    }
    Ok(())
}

/// Which rows the door does not take in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// It is open.
    Open,
    /// Somebody is heard: only a fact that rests on one of these documents, or that is on file already.
    Only(Vec<DocumentId>),
    /// Promises under these numbers: nothing that says they were broken, which was not found in their cases.
    Kept(Vec<(DocumentId, Kept)>),
}

impl Door {
    /// Whether a fact with a document is taken in: whether it is on file already, and its value of an item.
    pub(crate) fn takes<'v>(
        &self,
        document: Option<&DocumentId>,
        known: bool,
        value: impl Fn(&str) -> Option<&'v str>,
    ) -> bool {
        let is = |one: &DocumentId| document == Some(one);
        match self {
            Door::Open => true,
            Door::Only(these) => known || these.iter().any(is),
            Door::Kept(these) => !these.iter().any(|(one, kept)| {
                is(one) && value(&kept.item).is_some_and(|said| kept.is_broken(said))
            }),
        }
    }
}

/// For each of some rows of a theme whether the door takes it in: not while an open case of the supplier may
/// still put the subject on a list, save what the decision says once it was served; and of a promise that was
/// made here no breach that was not found in its case.
///
/// # Errors
/// [`Error::Store`]; [`Error::Inner`] for a case whose table cannot be read.
pub(crate) async fn doors(
    office: &Office,
    (theme, supplier): (&Theme, &str),
    rows: &[CaseWhose<'_>],
) -> Result<Vec<Door>> {
    let mut doors = vec![Door::Open; rows.len()];
    if !matches!(theme.class, Class::SeriousList | Class::Promise) {
        return Ok(doors);
    }
    let kinds = office.catalog.cases.iter();
    let kinds = kinds.filter(|kind| kind.makes.contains(&theme.class));
    let codes: BTreeSet<&str> = kinds.map(|kind| kind.code.as_str()).collect();
    for code in codes {
        let found = office.store.cases_of_rows((code, supplier), rows).await?;
        for (door, cases) in doors.iter_mut().zip(found) {
            for case in &cases {
                shut(office, door, case)?;
            }
        }
    }
    Ok(doors)
}

/// What a case does to the door.
fn shut(office: &Office, door: &mut Door, case: &OpenCase) -> Result<()> {
    let kind = super::kind(office, &case.card)?;
    let steps = &case.card.steps;
    let standing = kind.standing(steps, office.today(), &office.catalog.calendar);
    let broken = |cause| Error::inner("the moves of a case do not follow from its table", cause);
    let standing = standing.map_err(broken)?;
    if let Some(kept) = &kind.kept {
        let last = kind.document_step(steps);
        let named = case.documents.iter().filter(|(seq, _)| Some(*seq) == last);
        let named = named.flat_map(|(_, ids)| ids.iter().map(|id| (*id, kept.clone())));
        match door {
            _ if standing.state.admits => {}
            Door::Kept(these) => these.extend(named),
            _ => *door = Door::Kept(named.collect()),
        }
        return Ok(());
    }
    if standing.is_over() || kind.has_made(steps) {
        return Ok(());
    }
    let last = kind.document_step(steps).filter(|_| standing.state.admits);
    let mut documents = case.documents.iter();
    let named = documents.find(|(seq, _)| Some(*seq) == last);
    let named = named.map(|(_, ids)| ids.clone()).unwrap_or_default();
    match door {
        Door::Only(these) => these.extend(named),
        Door::Open | Door::Kept(_) => *door = Door::Only(named),
    }
    Ok(())
}

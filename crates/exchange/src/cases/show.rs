//! Reading a case: through a permit for the subject's own file, or for work on this very case. Each read
//! is written down, and stands among the looks that the subject sees.

use super::{kind, known, parties};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::session::Actor;
use crate::people::{Acting, mandate};
use credit::case::{AttachedFile, CaseFile, CaseId, Kind, Miss, Move, Party, Step};
use credit::limits::PAGE_ROWS;
use credit::people::{Action, MyAction};
use jiff::civil::Date;
use policy::{Dossier, Mismatch, Permit};
use std::sync::Arc;
use store::{CaseCard, Page};

/// Where a case stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Code of the state.
    pub state: String,
    /// Since when.
    pub since: Date,
    /// The last day for whoever has the next move.
    pub due: Option<Date>,
    /// The last day of the whole case, where a law names one.
    pub due_in_all: Option<Date>,
    /// Who has the next move.
    pub who: Option<Party>,
    /// The deadline comes soon.
    pub soon: bool,
    /// It has passed.
    pub overdue: bool,
    /// The clock stands still.
    pub paused: bool,
    /// The case is over.
    pub over: bool,
    /// Deadlines that were not kept.
    pub missed: Vec<Miss>,
}

/// Where a case stands, by its moves and its table.
pub(super) fn standing(office: &Office, kind: &Kind, steps: &[Step]) -> Result<Standing> {
    let today = office.today();
    let broken = |cause| Error::inner("the moves of a case do not follow from its table", cause);
    let found = kind.standing(steps, today, &office.catalog.calendar);
    let found = found.map_err(broken)?;
    Ok(Standing {
        state: found.state.code.clone(),
        since: found.since,
        due: found.due,
        due_in_all: found.due_in_all,
        who: found.who,
        soon: found.warn_on.is_some_and(|day| day <= today),
        overdue: found.is_overdue(),
        paused: found.is_paused(),
        over: found.is_over(),
        missed: found.missed,
    })
}

/// A case with everything that whoever reads it may see and do.
pub struct Shown {
    /// The case.
    pub file: CaseFile,
    /// The fact that it is about.
    pub dossier: Dossier,
    /// Its table.
    pub kind: Arc<Kind>,
    /// Where it stands.
    pub standing: Standing,
    /// The moves that the reader may make now.
    pub open: Vec<Move>,
}

/// The cases of the subject of one's own mandate, newest first, with where they stand.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] as [`mandate::mine`].
pub async fn own(office: &Office, actor: &Actor, own: &str) -> Result<Vec<OwnLine>> {
    let permit = own_permit(office, actor, own).await?;
    let sealed = office.store.cases_own(&permit, office.now()).await?;
    let cards = permit.open_own(sealed)?.0;
    let each = cards.into_iter().map(|card| {
        let kind = Arc::clone(kind(office, &card)?);
        let standing = standing(office, &kind, &card.steps)?;
        Ok((card, kind, standing))
    });
    each.collect()
}

/// A case with its table and where it stands today.
pub type OwnLine = (CaseCard, Arc<Kind>, Standing);

/// A page of what [`own`] gives.
///
/// # Errors
/// As [`own`]; [`Error::Request`] for a cursor that is not ours.
pub async fn own_page(
    office: &Office,
    actor: &Actor,
    mandate: &str,
    after: Option<&str>,
) -> Result<Page<OwnLine>> {
    let mut rows = own(office, actor, mandate).await?;
    if let Some(after) = after {
        let last = rows
            .iter()
            .position(|(card, ..)| card.id.to_string() == after);
        let last = last.ok_or(store::Error::Cursor)?;
        rows.drain(..=last);
    }
    let more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    let last = rows.last().filter(|_| more);
    Ok(Page {
        next: last.map(|(card, ..)| card.id.to_string()),
        rows,
    })
}

/// What is on file on the subject of one's own mandate: the facts of which a case may be about.
///
/// # Errors
/// As [`own`].
pub async fn own_facts(office: &Office, actor: &Actor, own: &str) -> Result<Dossier> {
    let permit = own_permit(office, actor, own).await?;
    crate::report::open(office, permit, None).await
}

/// A case of the subject of one's own mandate.
///
/// # Errors
/// As [`own`]; [`Error::NotFound`] for another subject's case.
pub async fn own_case(office: &Office, actor: &Actor, own: &str, id: &str) -> Result<Shown> {
    let permit = own_permit(office, actor, own).await?;
    let id = CaseId::parse(id).ok_or(Error::NotFound)?;
    opened(office, permit, id, &[Party::Subject]).await
}

/// A file that was attached to a case of the subject of one's own mandate.
///
/// # Errors
/// As [`own_case`].
pub async fn attachment_own(
    office: &Office,
    actor: &Actor,
    own: &str,
    (id, seq, number): (&str, u32, u32),
) -> Result<AttachedFile> {
    let permit = own_permit(office, actor, own).await?;
    let id = CaseId::parse(id).ok_or(Error::NotFound)?;
    attached(office, permit, (id, seq, number)).await
}

/// A case that an account of the desk may know of.
///
/// # Errors
/// [`Error::Forbidden`] for an account that may know of none; [`Error::NotFound`].
pub async fn show(office: &Office, who: &Acting, id: &str) -> Result<Shown> {
    let card = known(office, who, id).await?;
    let permit = work_permit(office, who, &card).await?;
    opened(office, permit, card.id, &parties(who, &card)).await
}

/// A file that was attached to a case, for an account of the desk.
///
/// # Errors
/// As [`show`].
pub async fn attachment(
    office: &Office,
    who: &Acting,
    (id, seq, number): (&str, u32, u32),
) -> Result<AttachedFile> {
    let card = known(office, who, id).await?;
    let permit = work_permit(office, who, &card).await?;
    attached(office, permit, (card.id, seq, number)).await
}

async fn own_permit(office: &Office, actor: &Actor, own: &str) -> Result<Permit> {
    let own = mandate::mine(office, actor, own, MyAction::Cases).await?;
    let (officer, ground) = crate::my::ground(actor, &own)?;
    let subject = office.store.subject_root(own.subject).await?;
    Ok(Permit::own(office.nonce(), subject, officer, ground))
}

async fn work_permit(office: &Office, who: &Acting, card: &CaseCard) -> Result<Permit> {
    let reach = who.reach(Action::LegalList);
    let agency = match reach.agencies() {
        Some(_) => card.supplier.as_str(),
        None => who.home(Action::LegalList)?,
    };
    let officer = who.officer(agency)?;
    let subject = office.store.subject_root(card.subject).await?;
    Permit::case_work(office.nonce(), subject, officer, card.id)
        .map_err(|cause| Error::inner("a case cannot be named", cause))
}

async fn opened(office: &Office, permit: Permit, id: CaseId, parties: &[Party]) -> Result<Shown> {
    let sealed = office.store.case_file(&permit, id, office.now()).await?;
    let sealed = sealed.ok_or(Error::NotFound)?;
    let opened = permit.open_case(sealed, &office.catalog, office.as_of(None));
    let (file, dossier) = opened.map_err(|mismatch| match mismatch {
        Mismatch::NotPublic => Error::NotFound,
        other => other.into(),
    })?;
    let history = &file.history;
    let table = office.catalog.case_edition(&history.kind, &history.version);
    let table = table.ok_or(Error::NotFound)?;
    let (today, calendar) = (office.today(), &office.catalog.calendar);
    let mut open: Vec<Move> = Vec::new();
    for party in parties {
        for one in table.open_moves(&history.steps, *party, today, calendar) {
            if !open.contains(one) {
                open.push(one.clone());
            }
        }
    }
    Ok(Shown {
        standing: standing(office, table, &history.steps)?,
        kind: Arc::clone(table),
        open,
        file,
        dossier,
    })
}

async fn attached(
    office: &Office,
    permit: Permit,
    what: (CaseId, u32, u32),
) -> Result<AttachedFile> {
    let now = office.now();
    let sealed = office.store.case_attachment(&permit, what, now).await?;
    Ok(permit.open_attachment(sealed.ok_or(Error::NotFound)?)?)
}

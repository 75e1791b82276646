//! Opening a case: by the subject through its portal, or at the service window by a named officer.

use super::saying::{self, Saying};
use super::{conditions, done, tell};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::session::Actor;
use crate::people::{Acting, mandate};
use crate::{lookup, report};
use credit::case::{CaseId, Kind, Move, Need, Party};
use credit::identifier::{Identifier, System};
use credit::people::{Action, MyAction};
use credit::subject::{RecordId, SubjectId};
use policy::{CaseNumber, Dossier, Officer};
use std::sync::Arc;
use store::{CaseCard, CaseRules, NewCase, NewMove};

/// What is filed.
#[derive(Clone, Debug, Default)]
pub struct Filing {
    /// Code of the kind: `objection`, `appeal`.
    pub kind: String,
    /// The record that it is about.
    pub record: String,
    /// What is said.
    pub saying: Saying,
}

/// Files a case on a fact of the subject of one's own mandate.
///
/// # Errors
/// [`Error::NotFound`] for a mandate or a fact that is not one's own; [`Error::Forbidden`] for a clerk
/// without that task; [`Error::Request`] for what is missing or cannot be taken.
pub async fn file_own(office: &Office, actor: &Actor, own: &str, filing: Filing) -> Result<CaseId> {
    let own = mandate::mine(office, actor, own, MyAction::Cases).await?;
    let (officer, ground) = crate::my::ground(actor, &own)?;
    let subject = office.store.subject_root(own.subject).await?;
    let dossier = report::own_dossier(office, subject, officer.clone(), ground).await?;
    open(office, &dossier, (&officer, Party::Subject), filing).await
}

/// Files a case at the service window, where a named officer saw who asks for it.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] for a code that nobody holds; as [`file_own`].
pub async fn file_at_window(
    office: &Office,
    who: &Acting,
    code: &str,
    filing: Filing,
) -> Result<CaseId> {
    let officer = who.officer(who.home(Action::LegalHandle)?)?;
    let subject = lookup::find(office, code).await?;
    let ground = CaseNumber::parse("window").map_err(|cause| Error::inner("a ground", cause))?;
    let dossier = report::own_dossier(office, subject, officer.clone(), ground).await?;
    open(office, &dossier, (&officer, Party::Centre), filing).await
}

async fn open(
    office: &Office,
    dossier: &Dossier,
    (officer, party): (&Officer, Party),
    filing: Filing,
) -> Result<CaseId> {
    let record = RecordId::parse(&filing.record).ok_or(Error::NotFound)?;
    let mut entries = dossier.entries().iter();
    let entry = entries.find(|entry| entry.record == record);
    let entry = entry.ok_or(Error::NotFound)?;
    if !dossier.subject().kind.is_organisation() {
        return Err(Error::NotFound);
    }
    let area = area(office, &entry.supplier, &entry.theme.jurisdiction);
    let (kind, opening) = table(office, &filing.kind, &area)?;
    let id = fresh(office);
    let said = saying::read(office, filing.saying)?;
    if opening.needs(Need::Commitment) {
        conditions::met(office, entry, opening, &said.brings)?;
    }
    let subject = dossier.subject().id;
    let new = NewCase {
        id,
        subject,
        record: Some(record),
        theme: &entry.theme.code,
        supplier: &entry.supplier,
        area: &area,
    };
    let notices = tell::of(office, &card(&new, kind, office), opening).await?;
    let first = NewMove {
        what: &opening.code,
        by: party,
        officer: officer.name(),
        choice: said.choice.as_deref(),
        brings: &said.brings,
        body: &said.body,
        salt: office.nonce(),
        version: None,
        files: &said.files,
        notices: &notices,
        at: office.now(),
    };
    let rules = CaseRules {
        kind,
        calendar: &office.catalog.calendar,
    };
    done(office.store.case_open(&new, &first, rules).await?)?;
    Ok(id)
}

/// The kind of case that is in force today in an area, and the move that opens one.
fn table<'o>(office: &'o Office, code: &str, area: &str) -> Result<(&'o Arc<Kind>, &'o Move)> {
    let kind = office.catalog.case_kind(code, area, office.today());
    let opening = kind.and_then(|kind| {
        let mut moves = kind.moves.iter();
        Some((kind, moves.find(|one| one.opens())?))
    });
    opening.ok_or_else(|| {
        Error::request(
            "没有这一类案件。",
            "There is no such kind of case.",
            "Такого вида дел нет.",
        )
    })
}

/// The area whose rules a fact's cases follow: its supplier's, else that of its theme.
pub(super) fn area(office: &Office, supplier: &str, jurisdiction: &str) -> String {
    let listed = office
        .catalog
        .supplier(supplier)
        .map(|one| one.area.clone());
    // An authority that is in no list is known by its own unified code, which holds its area.
    let coded = || {
        let code = Identifier::parse(System::Uscc, supplier).ok()?;
        code.identifier.value().get(2..8).map(str::to_owned)
    };
    let listed = listed.filter(|area| area != "CN");
    listed
        .or_else(coded)
        .unwrap_or_else(|| jurisdiction.to_owned())
}

/// An id under which work on the case can stand among looks: as hexadecimal digits it must not read as a
/// citizen's number, which one in some hundred millions does.
fn fresh(office: &Office) -> CaseId {
    let mut id = CaseId(office.nonce());
    for _ in 0..8 {
        if CaseNumber::parse(&format!("case:{id}")).is_ok() {
            break;
        }
        id = CaseId(office.nonce());
    }
    id
}

fn card(new: &NewCase<'_>, kind: &Kind, office: &Office) -> CaseCard {
    CaseCard {
        id: new.id,
        subject: SubjectId(new.subject.0),
        kind: kind.code.clone(),
        version: kind.version.clone(),
        record: new.record,
        theme: new.theme.to_owned(),
        supplier: new.supplier.to_owned(),
        area: new.area.to_owned(),
        opened_at: office.now(),
        steps: Vec::new(),
    }
}

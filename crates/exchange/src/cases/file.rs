//! Opening a case: by the subject through its portal, or at the service window by a named officer.

use super::saying::{self, Saying};
use super::{conditions, done, made, tell};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::session::Actor;
use crate::people::{Acting, mandate};
use crate::{lookup, report};
use credit::case::{CaseId, Kind, Move, Need, Party};
use credit::identifier::{Identifier, System};
use credit::people::{Action, MyAction};
use credit::subject::{RecordId, SubjectId};
use policy::{CaseNumber, Dossier, Officer, Permit};
use std::sync::Arc;
use store::{CaseCard, CaseMoved, CaseRules, NewCase, NewMove};

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
    let filed = file_own_once(office, actor, own, "", filing).await?;
    Ok(filed.id)
}

/// What became of a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The case.
    pub id: CaseId,
    /// It was filed before under the same key, and nothing was written now.
    pub again: bool,
}

/// Files a case as [`file_own`], once under a key of the sender's own choice: sent again with the same
/// words and files it is the case that was opened. Without a key each sending is another one.
///
/// # Errors
/// As [`file_own`]; [`Error::Request`] for a key that is too long, or was used for something else.
pub async fn file_own_once(
    office: &Office,
    actor: &Actor,
    own: &str,
    key: &str,
    filing: Filing,
) -> Result<Filed> {
    let own = mandate::mine(office, actor, own, MyAction::Cases).await?;
    let (officer, ground) = crate::my::ground(actor, &own)?;
    let subject = office.store.subject_root(own.subject).await?;
    let dossier = report::own_dossier(office, subject, officer.clone(), ground).await?;
    let id = numbered(office, &officer, key)?;
    open(office, &dossier, (&officer, Party::Subject), (id, filing)).await
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
    let id = (fresh(office), false);
    let filed = open(office, &dossier, (&officer, Party::Centre), (id, filing)).await?;
    Ok(filed.id)
}

/// Files a case on a fact that the agency itself stated: for its officer, who names the subject by a code.
///
/// # Errors
/// [`Error::Forbidden`] for an account that does not answer for the agency's theme; [`Error::NotFound`] for a
/// code that nobody holds and for a fact that is not the agency's own; as [`file_own`].
pub async fn file_by_supplier(
    office: &Office,
    who: &Acting,
    (supplier, code): (&str, &str),
    filing: Filing,
) -> Result<CaseId> {
    let dossier = supplied(office, who, (supplier, code)).await?;
    let mut entries = dossier.entries().iter();
    let entry = entries.find(|entry| entry.record.to_string() == filing.record);
    let theme = &entry.ok_or(Error::NotFound)?.theme.code;
    if !who.reach(Action::LegalAnswer).covers(supplier, theme) {
        return Err(Error::Forbidden);
    }
    let officer = who.officer(supplier)?;
    let id = (fresh(office), false);
    let filed = open(office, &dossier, (&officer, Party::Supplier), (id, filing)).await?;
    Ok(filed.id)
}

/// What an agency itself stated about a subject: the facts on which it may open a case. The look is written
/// down.
///
/// # Errors
/// [`Error::Forbidden`] for an account that does not answer for the agency; [`Error::NotFound`] for a code
/// that nobody holds.
pub async fn supplied(
    office: &Office,
    who: &Acting,
    (supplier, code): (&str, &str),
) -> Result<Dossier> {
    who.may(Action::LegalAnswer, supplier)?;
    let officer = who.officer(supplier)?;
    let subject = lookup::find(office, code).await?;
    let ground = CaseNumber::parse("cases").map_err(|cause| Error::inner("a ground", cause))?;
    let permit = Permit::supply(office.nonce(), subject, officer, ground);
    report::open(office, permit, None).await
}

async fn open(
    office: &Office,
    dossier: &Dossier,
    (officer, party): (&Officer, Party),
    ((id, keyed), filing): ((CaseId, bool), Filing),
) -> Result<Filed> {
    let record = RecordId::parse(&filing.record).ok_or(Error::NotFound)?;
    let mut entries = dossier.entries().iter();
    let entry = entries.find(|entry| entry.record == record);
    let entry = entry.ok_or(Error::NotFound)?;
    if !dossier.subject().kind.is_organisation() {
        return Err(Error::NotFound);
    }
    let area = area(office, &entry.supplier, &entry.theme.jurisdiction);
    let (kind, opening) = table(office, &filing.kind, &area)?;
    made::suits(kind, entry)?;
    let said = saying::read(office, filing.saying, &entry.supplier)?;
    let new = NewCase {
        id,
        subject: dossier.subject().id,
        record: Some(record),
        theme: &entry.theme.code,
        supplier: &entry.supplier,
        area: &area,
    };
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
        notices: &[],
        receivers: &[],
        at: office.now(),
    };
    if keyed && let Some(there) = office.store.case(id).await? {
        return repeated(office, (&there, &first), (kind, &new)).await;
    }
    if opening.needs(Need::Commitment) {
        conditions::met(office, entry, opening, &said.brings)?;
    }
    let notices = tell::of(office, &card(&new, kind, office), opening).await?;
    let first = NewMove {
        notices: &notices,
        ..first
    };
    let themes = made::themes(office, kind);
    let rules = CaseRules {
        kind,
        themes: &themes,
        calendar: &office.catalog.calendar,
    };
    let moved = office.store.case_open(&new, &first, rules).await?;
    // Of two sendings of one filing at once the later finds the earlier one open.
    if keyed && moved == CaseMoved::Open(id) {
        let there = office.store.case(id).await?.ok_or(Error::NotFound)?;
        return repeated(office, (&there, &first), (kind, &new)).await;
    }
    done(moved)?;
    Ok(Filed { id, again: false })
}

/// A filing under a key that was used before: the same one, or a mistake of the sender's.
pub(super) async fn repeated(
    office: &Office,
    (there, first): (&CaseCard, &NewMove<'_>),
    (kind, new): (&Kind, &NewCase<'_>),
) -> Result<Filed> {
    let with = there.record == new.record && there.supplier == new.supplier;
    let about = there.kind == kind.code && with;
    if about && office.store.case_repeats(there.id, 1, first).await? {
        return Ok(Filed {
            id: there.id,
            again: true,
        });
    }
    Err(Error::request(
        "这个编号（key）已用于另一份申请。请为新的申请换一个编号。",
        "This key was used for another filing. Choose another one for a new filing.",
        "Этот ключ уже использован для другого заявления. Для нового выберите другой.",
    ))
}

/// Characters of a sender's key: a UUID has 36.
const KEY_CHARS: usize = 64;

/// The id of a case under a sender's key, and whether there is one.
pub(super) fn numbered(office: &Office, officer: &Officer, key: &str) -> Result<(CaseId, bool)> {
    if key.is_empty() {
        return Ok((fresh(office), false));
    }
    let sound = |one: char| one.is_ascii_alphanumeric() || "._-".contains(one);
    if key.len() > KEY_CHARS || !key.chars().all(sound) {
        return Err(Error::request(
            format!("编号（key）为 1 至 {KEY_CHARS} 位字母、数字或 . _ -。"),
            format!("A key has 1 to {KEY_CHARS} letters, digits or . _ -."),
            format!("Ключ: от 1 до {KEY_CHARS} латинских букв, цифр или . _ -."),
        ));
    }
    // As with fresh ids: one that reads as a citizen's number is passed over, always in the same way.
    let one = |turn: u8| {
        let parts: [&[u8]; 3] = [officer.name().as_bytes(), key.as_bytes(), &[turn]];
        CaseId(office.site_key.keyed16("legal-case", &parts))
    };
    let mut tried = (0..8).map(one);
    let sound = tried.find(|id| CaseNumber::parse(&format!("case:{id}")).is_ok());
    Ok((sound.unwrap_or_else(|| one(8)), true))
}

/// The kind of case that is in force today in an area, and the move that opens one.
pub(super) fn table<'o>(
    office: &'o Office,
    code: &str,
    area: &str,
) -> Result<(&'o Arc<Kind>, &'o Move)> {
    let kind = office.catalog.case_kind(code, area, office.today());
    let opening = kind.and_then(|kind| {
        let mut moves = kind.moves.iter();
        Some((kind, moves.find(|one| one.opens())?))
    });
    opening.ok_or_else(|| {
        Error::request(
            "没有这一类案件，请从列表中选择。",
            "There is no such kind of case; choose one of the list.",
            "Такого вида дел нет; выберите вид из списка.",
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
pub(super) fn fresh(office: &Office) -> CaseId {
    let mut id = CaseId(office.nonce());
    for _ in 0..8 {
        if CaseNumber::parse(&format!("case:{id}")).is_ok() {
            break;
        }
        id = CaseId(office.nonce());
    }
    id
}

pub(super) fn card(new: &NewCase<'_>, kind: &Kind, office: &Office) -> CaseCard {
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

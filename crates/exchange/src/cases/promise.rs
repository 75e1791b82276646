//! Promises: made by a subject's representative to an agency that may accept them. A promise is a case about no
//! fact yet; its row enters through the one door once the agency accepted it.

use super::file::{Filed, card, numbered, repeated, table};
use super::saying::{self, Saying};
use super::{done, file, made, tell};
use crate::error::{Error, Result};
use crate::ingest;
use crate::office::Office;
use crate::people::mandate;
use crate::people::session::Actor;
use crate::report;
use credit::case::{CaseId, Kind, Party};
use credit::catalog::{Class, Supplier, Theme};
use credit::people::MyAction;
use credit::subject::SubjectId;
use policy::{Entry, Permit, Publication};
use std::sync::Arc;
use store::{CaseMoved, CaseRules, NewCase, NewMove};

/// What is promised to whom.
#[derive(Clone, Debug, Default)]
pub struct Promising {
    /// Code of the kind: `promise`, `notice-promise`.
    pub kind: String,
    /// Code of the agency that is to accept it.
    pub agency: String,
    /// What is said.
    pub saying: Saying,
}

/// The kinds of promise that are in force today for the whole nation.
#[must_use]
pub fn promises(office: &Office) -> Vec<Arc<Kind>> {
    let today = office.today();
    let kinds = office.catalog.cases.iter();
    let own = kinds.filter(|kind| kind.makes.contains(&Class::Promise));
    let own = own.filter(|kind| kind.is_effective(today) && kind.covers("CN").is_some());
    own.cloned().collect()
}

/// Makes a promise for the subject of one's own mandate.
///
/// # Errors
/// [`Error::NotFound`] for a mandate that is not one's own; [`Error::Forbidden`] for a clerk without that task;
/// [`Error::Request`] for what is missing, and for an agency that accepts no promises.
pub async fn promise_own(
    office: &Office,
    actor: &Actor,
    own: &str,
    promising: Promising,
) -> Result<CaseId> {
    let made = promise_own_once(office, actor, own, "", promising).await?;
    Ok(made.id)
}

/// Makes a promise as [`promise_own`], once under a key of the sender's own choice, as filings are.
///
/// # Errors
/// As [`promise_own`]; [`Error::Request`] for a key that is too long, or was used for something else.
pub async fn promise_own_once(
    office: &Office,
    actor: &Actor,
    own: &str,
    key: &str,
    promising: Promising,
) -> Result<Filed> {
    let own = mandate::mine(office, actor, own, MyAction::Cases).await?;
    let (officer, _) = crate::my::ground(actor, &own)?;
    let subject = office.store.subject_root(own.subject).await?;
    let (theme, supplier) = acceptor(office, &promising.agency)?;
    let area = file::area(office, &supplier.code, &theme.jurisdiction);
    let (kind, opening) = table(office, &promising.kind, &area)?;
    if !kind.makes.contains(&theme.class) {
        return Err(Error::NotFound);
    }
    let said = saying::read(office, promising.saying, &supplier.code)?;
    let (id, keyed) = numbered(office, &officer, key)?;
    let new = NewCase {
        id,
        subject,
        record: None,
        theme: &theme.code,
        supplier: &supplier.code,
        area: &area,
    };
    let notices = tell::of(office, &card(&new, kind, office), opening).await?;
    let first = NewMove {
        what: &opening.code,
        by: Party::Subject,
        officer: officer.name(),
        choice: said.choice.as_deref(),
        brings: &said.brings,
        body: &said.body,
        salt: office.nonce(),
        version: None,
        files: &said.files,
        notices: &notices,
        receivers: &[],
        at: office.now(),
    };
    if keyed && let Some(there) = office.store.case(id).await? {
        return repeated(office, (&there, &first), (kind, &new)).await;
    }
    let themes = made::themes(office, kind);
    let rules = CaseRules {
        kind,
        themes: &themes,
        calendar: &office.catalog.calendar,
    };
    let moved = office.store.case_open(&new, &first, rules).await?;
    // Of two sendings of one promise at once the later finds the earlier one open.
    if keyed && moved == CaseMoved::Open(id) {
        let there = office.store.case(id).await?.ok_or(Error::NotFound)?;
        return repeated(office, (&there, &first), (kind, &new)).await;
    }
    done(moved)?;
    Ok(Filed { id, again: false })
}

/// The theme of promises, and the agency that states rows of it.
fn acceptor(office: &Office, agency: &str) -> Result<(Arc<Theme>, Supplier)> {
    let today = office.today();
    let mut themes = office.catalog.themes.iter();
    let theme = themes.find(|one| one.class == Class::Promise && one.is_effective(today));
    let found = theme.and_then(|theme| {
        let supplier = ingest::may_state(office, theme, agency.trim())?;
        Some((Arc::clone(theme), supplier))
    });
    found.ok_or_else(|| {
        Error::request(
            "该单位不受理承诺。请选择受理单位，或者填写其统一社会信用代码。",
            "That agency accepts no promises. Choose one, or give its unified code.",
            "Этот орган не принимает обязательств. Выберите орган или укажите его единый код.",
        )
    })
}

/// Whether nothing public on a subject excludes it: no listing in force and no broken promise. A repaired one is
/// public to nobody and excludes nobody.
pub(super) async fn is_eligible(office: &Office, kind: &Kind, subject: SubjectId) -> Result<bool> {
    let root = office.store.subject_root(subject).await?;
    match report::open(office, Permit::public(root), None).await {
        Ok(dossier) => Ok(!dossier.entries().iter().any(|entry| excludes(kind, entry))),
        Err(Error::NotFound) => Ok(true),
        Err(error) => Err(error),
    }
}

fn excludes(kind: &Kind, entry: &Entry) -> bool {
    let public = matches!(entry.publication, Publication::Public { .. });
    let broken = || {
        let kept = kind.kept.as_ref()?;
        let said = entry.value(entry.theme.item(&kept.item)?)?.plain()?;
        Some(kept.is_broken(said))
    };
    match entry.theme.class {
        Class::SeriousList => public,
        Class::Promise => public && broken() == Some(true),
        _ => false,
    }
}

//! A subject's own view of what is held about it: its file, who looked and why, and everything to
//! take away. Each begins with a mandate of whoever acts, and there is no other way in.

mod reports;

pub use reports::{Change, Mine, reports};

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::mandate;
use crate::people::session::Actor;
use crate::persons;
use crate::report::{self, Ask};
use crate::sharing::{self, Look};
use credit::catalog::Catalog;
use credit::lang::Lang;
use credit::people::{AccountId, Mandate, MyAction};
use policy::{CaseNumber, Dossier, Officer};
use std::sync::Arc;
use views::export::{self, Form};
use views::report::Report;

/// The subject's own report, an organisation's or a natural person's, through the lock for its own purpose; the look is written down.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] as [`mandate::mine`].
pub async fn file(office: &Office, actor: &Actor, own: &str, ask: &Ask) -> Result<Report> {
    let own = mandate::mine(office, actor, own, MyAction::File).await?;
    let (officer, case) = ground(actor, &own)?;
    if own.is_own() {
        return persons::report(office, own.subject, (officer, case), ask).await;
    }
    report::own(office, &own.subject.to_string(), officer, case, ask).await
}

/// A look at the subject, told to the subject.
#[derive(Clone, Debug)]
pub struct Told {
    /// Who looked, why, when and at what.
    pub look: Look,
    /// It was one who acts for the subject itself.
    pub own: bool,
}

/// Who looked, newest first. Reading it is a look at the subject's own file, too.
///
/// # Errors
/// As [`file`]; [`Error::Request`] for a cursor that is not ours.
pub async fn looks(
    office: &Office,
    actor: &Actor,
    own: &str,
    after: Option<&str>,
    lang: Lang,
) -> Result<store::Page<Told>> {
    let own = mandate::mine(office, actor, own, MyAction::Looks).await?;
    let subject = office.store.subject_root(own.subject).await?;
    let page = sharing::looks(office, subject, ground(actor, &own)?, after, lang).await?;
    let acting = office.store.mandates_for(own.subject).await?;
    let is_own = |look: &Look| {
        let account = look.officer.strip_prefix("account:");
        let account = account.and_then(AccountId::parse);
        account.is_some_and(|id| acting.iter().any(|one| one.account == id))
    };
    let rows = page.rows.into_iter();
    Ok(store::Page {
        rows: rows
            .map(|look| Told {
                own: is_own(&look),
                look,
            })
            .collect(),
        next: page.next,
    })
}

/// Everything on file, a piece at a time.
pub struct Export {
    catalog: Arc<Catalog>,
    dossier: Dossier,
    form: Form,
    lang: Lang,
    /// The next piece: 0 is the head.
    next: usize,
}

impl Iterator for Export {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let at = self.next;
        self.next += 1;
        let entries = self.dossier.entries();
        if at == 0 {
            return Some(export::head(&self.dossier, self.form, self.lang));
        }
        if let Some(entry) = entries.get(at - 1) {
            let first = at == 1;
            return Some(export::entry(
                &self.catalog,
                entry,
                self.form,
                self.lang,
                first,
            ));
        }
        (at == entries.len() + 1).then(|| export::tail(self.form).to_owned())
    }
}

/// Opens everything on file for its subject; the look is written down.
///
/// # Errors
/// As [`file`].
pub async fn export(
    office: &Office,
    actor: &Actor,
    own: &str,
    form: Form,
    lang: Lang,
) -> Result<Export> {
    let own = mandate::mine(office, actor, own, MyAction::Export).await?;
    let (officer, case) = ground(actor, &own)?;
    let dossier = if own.is_own() {
        persons::dossier(office, own.subject, (officer, case), None).await?
    } else {
        let subject = office.store.subject_root(own.subject).await?;
        report::own_dossier(office, subject, officer, case).await?
    };
    Ok(Export {
        catalog: Arc::clone(&office.catalog),
        dossier,
        form,
        lang,
        next: 0,
    })
}

/// Who looks at its own file, and on what ground: the mandate stands in place of a case.
pub(crate) fn ground(actor: &Actor, own: &Mandate) -> Result<(Officer, CaseNumber)> {
    let inner = |cause: policy::NotAccepted| Error::inner("a mandate cannot be named", cause);
    let officer = actor.officer()?;
    let case = CaseNumber::parse(&format!("mandate:{}", own.id)).map_err(inner)?;
    Ok((officer, case))
}

//! A subject's own view of what is held about it: its file, who looked and why, and everything to
//! take away. Each begins with a mandate of whoever acts, and there is no other way in.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::people::session::Actor;
use crate::people::{self, mandate};
use crate::report::{self, Ask};
use credit::catalog::Catalog;
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::people::{AccountId, Mandate, MyAction};
use policy::{CaseNumber, Dossier, Officer, Purpose};
use std::sync::Arc;
use views::export::{self, Form};
use views::report::Report;

/// The subject's own report, through the lock for its own purpose; the look is written down.
///
/// # Errors
/// [`Error::NotFound`] and [`Error::Forbidden`] as [`mandate::mine`].
pub async fn file(office: &Office, actor: &Actor, own: &str, ask: &Ask) -> Result<Report> {
    let own = mandate::mine(office, actor, own, MyAction::File).await?;
    let (officer, case) = ground(actor, &own)?;
    report::own(office, &own.subject.to_string(), officer, case, ask).await
}

/// A look at the subject, told to the subject.
#[derive(Clone, Debug)]
pub struct Look {
    /// When, in microseconds since 1970.
    pub at: i64,
    /// Why; none for a purpose that this program does not know.
    pub purpose: Option<Purpose>,
    /// The code of the purpose.
    pub purpose_code: String,
    /// Who: a person's name, or an account whose person was erased.
    pub who: String,
    /// Code or name of the agency.
    pub agency: String,
    /// For which case.
    pub case: String,
    /// It was one who acts for the subject itself.
    pub own: bool,
}

/// Who looked, newest first.
///
/// # Errors
/// As [`file`]; [`Error::Request`] for a cursor that is not ours.
pub async fn looks(
    office: &Office,
    actor: &Actor,
    own: &str,
    after: Option<&str>,
) -> Result<store::Page<Look>> {
    let own = mandate::mine(office, actor, own, MyAction::Looks).await?;
    let page = office.store.looks(own.subject, after, PAGE_ROWS).await?;
    let acting = office.store.mandates_for(own.subject).await?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for look in page.rows {
        let account = look.officer.strip_prefix("account:");
        let account = account.and_then(AccountId::parse);
        rows.push(Look {
            at: look.at.0,
            purpose: Purpose::parse(&look.purpose),
            purpose_code: look.purpose,
            who: match account {
                Some(id) => named(office, id).await?,
                None => look.officer,
            },
            agency: look.agency,
            case: look.case,
            own: account.is_some_and(|id| acting.iter().any(|one| one.account == id)),
        });
    }
    Ok(store::Page {
        rows,
        next: page.next,
    })
}

/// The person behind an account; the account's number once the person was erased.
async fn named(office: &Office, id: AccountId) -> Result<String> {
    match people::get(office, id).await {
        Ok(account) => Ok(account
            .person
            .map_or_else(|| id.to_string(), |one| one.name)),
        Err(Error::NotFound) => Ok(id.to_string()),
        Err(error) => Err(error),
    }
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
    let subject = office.store.subject_root(own.subject).await?;
    let dossier = report::own_dossier(office, subject, officer, case).await?;
    Ok(Export {
        catalog: Arc::clone(&office.catalog),
        dossier,
        form,
        lang,
        next: 0,
    })
}

/// Who looks at its own file, and on what ground: the mandate stands in place of a case.
fn ground(actor: &Actor, own: &Mandate) -> Result<(Officer, CaseNumber)> {
    let inner = |cause: policy::NotAccepted| Error::inner("a mandate cannot be named", cause);
    let officer = actor.officer()?;
    let case = CaseNumber::parse(&format!("mandate:{}", own.id)).map_err(inner)?;
    Ok((officer, case))
}

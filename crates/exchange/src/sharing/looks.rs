//! "Who looked at me": every look at a subject's facts that are not public, for the subject itself.

use crate::error::Result;
use crate::lookup;
use crate::office::Office;
use crate::people::{self, Acting};
use crate::report::at_window;
use credit::grant::{GrantId, Items};
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectId;
use policy::{CaseNumber, Officer, Permit, Purpose};
use std::collections::BTreeMap;
use store::{LookRow, Page};

/// A look, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The event under which the journal has it: `access:…`. `gongxin journal prove` proves it.
    pub event: String,
    /// When.
    pub at: Instant,
    /// Code of the purpose.
    pub purpose: String,
    /// What that is.
    pub purpose_title: String,
    /// Code of the agency.
    pub agency: String,
    /// Its name.
    pub agency_title: String,
    /// Who looked, as histories name it: an account by its number.
    pub officer: String,
    /// The officer's own name; none once the person was erased, and for a machine.
    pub officer_name: Option<String>,
    /// For which case.
    pub case: String,
    /// Under which grant; none for the subject's own file.
    pub grant: Option<GrantId>,
    /// Which items could be seen, under a grant; empty for the subject's own file, which shows all.
    pub items: Vec<LookItem>,
}

impl Look {
    /// Who looked, for people to read: a name, or an account's number once its person was erased.
    #[must_use]
    pub fn who(&self) -> &str {
        let number = || self.officer.strip_prefix("account:");
        self.officer_name
            .as_deref()
            .or_else(number)
            .unwrap_or(&self.officer)
    }
}

/// An item that a look could see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookItem {
    /// `THEME/ITEM`.
    pub code: String,
    /// Title of the theme.
    pub theme: String,
    /// Title of the item.
    pub title: String,
}

/// A page of the looks at a subject, newest first. Reading it is itself a look at the subject's own
/// file, by the officer who hands it out or the account that acts for the subject; it is written down,
/// and shown from the next reading on.
///
/// # Errors
/// [`Error::Request`](crate::Error::Request) for a cursor that is not ours.
pub async fn looks(
    office: &Office,
    subject: SubjectId,
    (officer, case): (Officer, CaseNumber),
    after: Option<&str>,
    lang: Lang,
) -> Result<Page<Look>> {
    let permit = Permit::own(office.nonce(), subject, officer, case);
    let sealed = office
        .store
        .subject_looks(&permit, office.now(), after, PAGE_ROWS)
        .await?;
    let page = permit.open_own(sealed)?;
    // A page has few officers: each is asked for once.
    let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
    for row in &page.rows {
        if !names.contains_key(&row.officer) {
            let name = name(office, &row.officer).await?;
            names.insert(row.officer.clone(), name);
        }
    }
    let rows = page.rows.into_iter();
    Ok(Page {
        rows: rows.map(|row| told(office, row, &names, lang)).collect(),
        next: page.next,
    })
}

/// The same at the service window, by the subject's code, handed out by an officer who may.
///
/// # Errors
/// [`Error::Forbidden`](crate::Error::Forbidden); [`Error::NotFound`](crate::Error::NotFound) for a
/// code that nobody holds; as [`looks`].
pub async fn looks_at_window(
    office: &Office,
    who: &Acting,
    (code, case): (&str, &str),
    after: Option<&str>,
    lang: Lang,
) -> Result<Page<Look>> {
    let (officer, case) = at_window(who, case)?;
    let subject = lookup::find(office, code).await?;
    looks(office, subject, (officer, case), after, lang).await
}

fn told(
    office: &Office,
    row: LookRow,
    names: &BTreeMap<String, Option<String>>,
    lang: Lang,
) -> Look {
    let catalog = &office.catalog;
    let purpose = catalog.purposes.iter().find(|one| one.code == row.purpose);
    let purpose_title = match (purpose, Purpose::parse(&row.purpose)) {
        (Some(purpose), _) => purpose.title.get(lang).to_owned(),
        (None, Some(own)) => own.title(lang).to_owned(),
        (None, None) => row.purpose.clone(),
    };
    let agency = catalog.supplier(&row.agency);
    let agency_title = agency.map_or(row.agency.as_str(), |one| one.title.get(lang));
    let permit: String = row
        .permit
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Look {
        event: format!("access:{permit}"),
        at: row.at,
        purpose_title,
        agency_title: agency_title.to_owned(),
        officer_name: names.get(&row.officer).cloned().flatten(),
        items: row
            .items
            .map(|items| titles(office, &items, lang))
            .unwrap_or_default(),
        purpose: row.purpose,
        agency: row.agency,
        officer: row.officer,
        case: row.case,
        grant: row.grant,
    }
}

/// The person behind an account's mark, for the subject's own file.
async fn name(office: &Office, mark: &str) -> Result<Option<String>> {
    let Some(id) = mark.strip_prefix("account:").and_then(AccountId::parse) else {
        return Ok(None);
    };
    match people::get(office, id).await {
        Ok(account) => Ok(account.person.map(|person| person.name)),
        Err(crate::Error::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn titles(office: &Office, items: &Items, lang: Lang) -> Vec<LookItem> {
    let title = |(theme, item): (&str, &str)| {
        let edition = office.catalog.edition(theme, "");
        let found = edition.and_then(|edition| edition.items.get(edition.item(item)?));
        LookItem {
            code: format!("{theme}/{item}"),
            theme: edition
                .map_or(theme, |edition| edition.title.get(lang))
                .to_owned(),
            title: found.map_or(item, |found| found.title.get(lang)).to_owned(),
        }
    };
    items.pairs().map(title).collect()
}

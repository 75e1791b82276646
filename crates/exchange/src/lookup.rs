//! Look-up by code or by name: organisations only, public items only, nothing written.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::report;
use credit::identifier::Identifier;
use credit::lang::Lang;
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::{Dossier, Permit};
use views::lookup::Lookup;

pub use crate::names::{Names, by_name};

/// How fresh an answer is: what was committed when it was begun, and the day it was decided for.
/// An answer made after this was read may be given again while it reads the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    mark: store::Mark,
    today: Date,
}

/// Reads how fresh an answer begun now is.
///
/// # Errors
/// [`Error::Store`] when the store failed.
pub async fn fresh(office: &Office) -> Result<Fresh> {
    let today = office.today();
    let mark = office.store.data_version().await?;
    Ok(Fresh { mark, today })
}

/// Finds a subject by any identifier of an organisation, or by its 32-digit id.
///
/// # Errors
/// [`Error::Request`] when the text is no such identifier, with what is wrong with it;
/// [`Error::NotFound`] when it is one but nothing is on file.
pub async fn find(office: &Office, code: &str) -> Result<SubjectId> {
    match asked(code)? {
        Asked::Id(id) => Ok(office.store.subject_root(id).await?),
        Asked::Code(identifier) => office
            .store
            .subject_find(&identifier)
            .await?
            .ok_or(Error::NotFound),
    }
}

/// Finds many subjects, each by any identifier of an organisation or by its id, in two round trips;
/// nothing where the text is neither, or nobody holds the code. An id that is on no file is found all
/// the same: what is read of it tells.
///
/// # Errors
/// [`Error::Store`].
pub(crate) async fn find_all(office: &Office, texts: &[String]) -> Result<Vec<Option<SubjectId>>> {
    let read: Vec<Option<Asked>> = texts.iter().map(|text| asked(text).ok()).collect();
    let mut meaning = store::Meaning::default();
    for one in read.iter().flatten() {
        match one {
            Asked::Id(id) => meaning.ids.push(*id),
            Asked::Code(code) => meaning.codes.push(code),
        }
    }
    let meant = office.store.subjects_meant(&meaning).await?;
    let (mut roots, mut holders) = (meant.roots.into_iter(), meant.holders.into_iter());
    let found = read.iter().map(|one| match one.as_ref()? {
        Asked::Id(_) => roots.next(),
        Asked::Code(_) => holders.next().flatten(),
    });
    Ok(found.collect())
}

/// What a reader names a subject by.
enum Asked {
    Id(SubjectId),
    Code(Identifier),
}

fn asked(code: &str) -> Result<Asked> {
    if let Some(id) = SubjectId::parse(code.trim()) {
        return Ok(Asked::Id(id));
    }
    let parsed = Identifier::detect(code).map_err(|fault| {
        let text = |lang| Identifier::explain(code, fault, lang);
        Error::request(text(Lang::Zh), text(Lang::En), text(Lang::Ru))
    })?;
    if parsed.identifier.is_personal() {
        return Err(Error::NotFound);
    }
    Ok(Asked::Code(parsed.identifier))
}

/// What is public about a subject, in short. A code is found and read in one transaction.
///
/// # Errors
/// As [`find`]; and [`Error::NotFound`] for anyone who is not an organisation.
pub async fn by_code(office: &Office, code: &str, lang: Lang) -> Result<Lookup> {
    match asked(code)? {
        Asked::Id(id) => by_id(office, office.store.subject_root(id).await?, lang).await,
        Asked::Code(identifier) => {
            let found = office.store.subject_public(&identifier).await?;
            let (permit, sealed) = found.ok_or(Error::NotFound)?;
            brief(office, &report::unseal(office, permit, sealed, None)?, lang)
        }
    }
}

/// What is public about a subject of a known id.
///
/// # Errors
/// As [`by_code`].
pub async fn by_id(office: &Office, id: SubjectId, lang: Lang) -> Result<Lookup> {
    let dossier = report::open(office, Permit::public(id), None).await?;
    brief(office, &dossier, lang)
}

fn brief(office: &Office, dossier: &Dossier, lang: Lang) -> Result<Lookup> {
    if !dossier.subject().kind.is_organisation() {
        return Err(Error::NotFound);
    }
    Ok(views::lookup::lookup(&office.catalog, dossier, lang))
}

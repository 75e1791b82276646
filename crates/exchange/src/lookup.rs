//! Look-up by code or by name: organisations only, public items only, nothing written.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::report;
use credit::identifier::Identifier;
use credit::lang::Lang;
use credit::limits::PAGE_ROWS;
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::Permit;
use store::{NameCursor, NameHit, NameQuery};
use views::lookup::Lookup;

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
    if let Some(id) = SubjectId::parse(code.trim()) {
        return Ok(office.store.subject_root(id).await?);
    }
    let parsed = Identifier::detect(code).map_err(|fault| {
        let text = |lang| Identifier::explain(code, fault, lang);
        Error::request(text(Lang::Zh), text(Lang::En), text(Lang::Ru))
    })?;
    if parsed.identifier.is_personal() {
        return Err(Error::NotFound);
    }
    office
        .store
        .subject_find(&parsed.identifier)
        .await?
        .ok_or(Error::NotFound)
}

/// What is public about a subject, in short.
///
/// # Errors
/// As [`find`]; and [`Error::NotFound`] for anyone who is not an organisation.
pub async fn by_code(office: &Office, code: &str, lang: Lang) -> Result<Lookup> {
    let id = find(office, code).await?;
    by_id(office, id, lang).await
}

/// What is public about a subject of a known id.
///
/// # Errors
/// As [`by_code`].
pub async fn by_id(office: &Office, id: SubjectId, lang: Lang) -> Result<Lookup> {
    let dossier = report::open(office, Permit::public(id), None).await?;
    if !dossier.subject().kind.is_organisation() {
        return Err(Error::NotFound);
    }
    Ok(views::lookup::lookup(&office.catalog, &dossier, lang))
}

/// A page of organisations whose name is, begins with or contains the text.
#[derive(Clone, Debug)]
pub struct Names {
    /// The hits, best first.
    pub hits: Vec<NameHit>,
    /// Where the next page begins, if there is one; opaque.
    pub next: Option<String>,
}

/// Looks organisations up by name. Natural persons, individual businesses and the names of
/// representatives are in no index behind this door.
///
/// # Errors
/// [`Error::Request`] for an empty or one-character text or a cursor that is not ours.
pub async fn by_name(office: &Office, text: &str, after: Option<&str>) -> Result<Names> {
    if credit::text::name_form(text).chars().count() < 2 {
        return Err(Error::request(
            "请至少输入名称中的两个字，或完整的统一社会信用代码。",
            "Give at least two characters of the name, or a whole unified social credit code.",
            "Введите не менее двух знаков наименования или полный единый код.",
        ));
    }
    let query = NameQuery {
        text: text.to_owned(),
        after: after.map(read_cursor).transpose()?,
        limit: PAGE_ROWS,
    };
    let page = office.store.names_find(&query).await?;
    let next = page.next.as_ref().map(write_cursor);
    Ok(Names {
        hits: page.hits,
        next,
    })
}

fn write_cursor(cursor: &NameCursor) -> String {
    match cursor {
        NameCursor::Prefix(form, subject) => format!("p{subject}{form}"),
        NameCursor::Part(number) => format!("n{number}"),
    }
}

fn read_cursor(text: &str) -> Result<NameCursor> {
    let prefix = |rest: &str| {
        let (subject, form) = rest.split_at_checked(32)?;
        Some(NameCursor::Prefix(
            form.to_owned(),
            SubjectId::parse(subject)?,
        ))
    };
    let cursor = match (text.strip_prefix('p'), text.strip_prefix('n')) {
        (Some(rest), _) => prefix(rest),
        (_, Some(number)) => number.parse().ok().map(NameCursor::Part),
        _ => None,
    };
    cursor.ok_or_else(|| {
        Error::request(
            "翻页位置无效，请从第一页重新查询。",
            "The page mark is not valid; search again from the first page.",
            "Отметка страницы неверна; начните поиск с первой страницы.",
        )
    })
}

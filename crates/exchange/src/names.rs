//! Looking organisations up by name. What the index finds is checked again before it is shown: a
//! subject of which nothing is public, or a name that only waiting facts tell, is no hit, and
//! neither a page's length nor its mark tells that there was one.

use crate::error::{Error, Result};
use crate::office::Office;
use crate::report;
use credit::limits::PAGE_ROWS;
use credit::subject::SubjectId;
use credit::text::name_form;
use policy::Dossier;
use seal::SiteKey;
use store::{NameCursor, NameHit, NameQuery};

/// Reads of the index for one page. A page is full after one where nothing is hidden; 40 of them
/// look at 2,000 names, some tens of milliseconds, before the reader is asked to go on.
const READS: usize = 40;
/// Length of the part of a mark that proves it ours, in bytes.
const PROOF: usize = 16;

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
    refuse_short(text)?;
    let after = match after {
        Some(mark) => Some(read_mark(&office.site_key, mark).ok_or_else(foreign_mark)?),
        None => None,
    };
    let mut reads = READS;
    let (hits, next) = page(office, text, after, PAGE_ROWS, &mut reads).await?;
    // A further page is offered only where there is a further hit.
    let next = match next {
        Some(cursor) if reads > 0 => {
            let ahead = page(office, text, Some(cursor.clone()), 1, &mut reads).await?;
            (!ahead.0.is_empty() || ahead.1.is_some()).then_some(cursor)
        }
        next => next,
    };
    Ok(Names {
        hits,
        next: next.map(|cursor| write_mark(&office.site_key, &cursor)),
    })
}

/// Refuses a text of fewer than two characters.
pub(crate) fn refuse_short(text: &str) -> Result<()> {
    if name_form(text).chars().count() < 2 {
        return Err(Error::request(
            "请至少输入名称中的两个字，或完整的统一社会信用代码。",
            "Give at least two characters of the name, or a whole unified social credit code.",
            "Введите не менее двух знаков наименования или полный единый код.",
        ));
    }
    Ok(())
}

/// Up to so many hits that the public may see, and where the index goes on after them.
async fn page(
    office: &Office,
    text: &str,
    mut after: Option<NameCursor>,
    wanted: usize,
    reads: &mut usize,
) -> Result<(Vec<NameHit>, Option<NameCursor>)> {
    let mut hits: Vec<NameHit> = Vec::new();
    while *reads > 0 {
        *reads -= 1;
        let query = NameQuery {
            text: text.to_owned(),
            after: after.take(),
            // Never more than are wanted, so that the index stops where the page does.
            limit: wanted - hits.len(),
        };
        let found = office.store.names_find(&query).await?;
        let mut new = found.hits;
        new.retain(|hit| hits.iter().all(|one| one.subject != hit.subject));
        hits.extend(shown(office, new).await?.into_iter().flatten());
        after = found.next;
        if after.is_none() || hits.len() >= wanted {
            break;
        }
    }
    Ok((hits, after))
}

/// Hits as the public may see them, in their order and in one reading of the store: nothing where
/// the subject is not known to the public, or not by that name.
///
/// # Errors
/// [`Error::Store`].
pub(crate) async fn shown(office: &Office, hits: Vec<NameHit>) -> Result<Vec<Option<NameHit>>> {
    let subjects: Vec<SubjectId> = hits.iter().map(|hit| hit.subject).collect();
    let read = office.store.subjects_public(&subjects).await?;
    let mut shown = Vec::with_capacity(hits.len());
    for (hit, read) in hits.into_iter().zip(read) {
        let opened = read.map(|(permit, sealed)| report::unseal(office, permit, sealed, None));
        shown.push(match opened.transpose() {
            Ok(dossier) => dossier.and_then(|dossier| told(hit, &dossier)),
            Err(Error::NotFound) => None,
            Err(error) => return Err(error),
        });
    }
    Ok(shown)
}

/// The hit with what the dossier tells of it.
fn told(mut hit: NameHit, dossier: &Dossier) -> Option<NameHit> {
    let subject = dossier.subject();
    let form = name_form(&hit.name);
    let mut names = std::iter::once(&subject.name).chain(&subject.other_names);
    if !names.any(|name| name_form(name) == form) {
        return None;
    }
    let is_told = |identifier: &_| subject.identifiers.contains(identifier);
    hit.identifier = hit.identifier.filter(is_told);
    Some(hit)
}

pub(crate) fn foreign_mark() -> Error {
    Error::request(
        "翻页位置无效，请从第一页重新查询。",
        "The page mark is not valid; search again from the first page.",
        "Отметка страницы неверна; начните поиск с первой страницы.",
    )
}

fn write_mark(key: &SiteKey, cursor: &NameCursor) -> String {
    seal_mark(
        key,
        &match cursor {
            NameCursor::Prefix(form, subject) => format!("p{subject}{form}"),
            NameCursor::Part(number) => format!("n{number}"),
        },
    )
}

/// The mark of a page: the index's cursor, which may name what the reader must not see, veiled
/// under a key of the site. The proof in front is a keyed digest of the cursor and the seed of the
/// veil, so that equal cursors give equal marks and no other mark is taken for ours.
pub(crate) fn seal_mark(key: &SiteKey, text: &str) -> String {
    let proof = key.keyed16("names/mark", &[text.as_bytes()]);
    let veiled = veil(key, &proof, text.as_bytes());
    let bytes = proof.iter().chain(&veiled);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

fn read_mark(key: &SiteKey, mark: &str) -> Option<NameCursor> {
    let text = open_mark(key, mark)?;
    if let Some(number) = text.strip_prefix('n') {
        return number.parse().ok().map(NameCursor::Part);
    }
    let (subject, form) = text.strip_prefix('p')?.split_at_checked(32)?;
    let subject = SubjectId::parse(subject)?;
    Some(NameCursor::Prefix(form.to_owned(), subject))
}

/// What a mark of ours says; `None` for any other.
pub(crate) fn open_mark(key: &SiteKey, mark: &str) -> Option<String> {
    let digits = mark.as_bytes().chunks(2);
    let bytes: Option<Vec<u8>> = digits
        .map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok())
        .collect();
    let bytes = bytes?;
    let (proof, veiled) = bytes.split_at_checked(PROOF)?;
    let text = String::from_utf8(veil(key, proof, veiled)).ok()?;
    (key.keyed16("names/mark", &[text.as_bytes()]) == proof).then_some(text)
}

/// Puts the veil on or takes it off.
fn veil(key: &SiteKey, proof: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for (number, block) in (0_u64..).zip(bytes.chunks(32)) {
        let stream = key.keyed32("names/veil", &[proof, &number.to_be_bytes()]);
        out.extend(block.iter().zip(stream).map(|(byte, veil)| byte ^ veil));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_comes_back_tells_nothing_and_cannot_be_made_up() {
        let key = SiteKey::from_bytes([7; 32]);
        let cursors = [
            NameCursor::Prefix(
                "甲市不可见的很长的名称有限责任公司".repeat(4),
                SubjectId([3; 16]),
            ),
            NameCursor::Part(i64::MAX),
        ];
        for cursor in cursors {
            let mark = write_mark(&key, &cursor);
            assert_eq!(read_mark(&key, &mark).as_ref(), Some(&cursor));
            assert_eq!(write_mark(&key, &cursor), mark);
            let subject: String = SubjectId([3; 16]).to_string();
            assert!(!mark.contains(&subject) && !mark.contains("e794b2"));
            let other = SiteKey::from_bytes([8; 32]);
            assert_eq!(read_mark(&other, &mark), None);
            for at in 0..mark.len() {
                let mut forged = mark.clone().into_bytes();
                forged[at] = if forged[at] == b'0' { b'1' } else { b'0' };
                let forged = String::from_utf8(forged).unwrap_or_default();
                assert_eq!(read_mark(&key, &forged), None, "{at}");
            }
        }
        for text in ["", "p", "n1", "é", "00", &"0".repeat(33)] {
            assert_eq!(read_mark(&key, text), None, "{text}");
        }
    }
}

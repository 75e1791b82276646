//! One page of a search: the index says which names, the store says who bears them, `policy` says
//! what the public may see of each.

use super::{Kind, Names, Query};
use crate::error::{Error, Result};
use crate::names;
use crate::office::Office;
use credit::limits::PAGE_ROWS;
use resolve::search::Cursor;
use std::collections::HashSet;
use std::ops::Range;
use store::{NameHit, NameRow};

/// Pages of the index that are read for one page of hits at most: of names that the public may not
/// see, 2,000 are passed over before the reader is asked to go on.
const READS: usize = 40;

/// A page of organisations.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The hits, best first.
    pub hits: Vec<FoundHit>,
    /// Where the next page begins, if there is one; opaque.
    pub next: Option<String>,
    /// The index is being made: names with slips and pinyin are not found yet.
    pub rebuilding: bool,
}

/// An organisation and how it was found.
#[derive(Clone, Debug)]
pub struct FoundHit {
    /// Who it is, as the public may see it.
    pub hit: NameHit,
    /// How its name matches.
    pub kind: Kind,
    /// Slips that were forgiven.
    pub edits: u8,
    /// Characters of the comparison form that match; empty where only the store was asked.
    pub matched: Vec<Range<usize>>,
}

impl FoundHit {
    /// The name as it is written, in pieces, each with whether it is what was asked for.
    #[must_use]
    pub fn pieces(&self) -> Vec<(String, bool)> {
        let mut pieces: Vec<(String, bool)> = Vec::new();
        let mut at = 0;
        for one in self.hit.name.chars() {
            // Characters that the comparison form drops belong to what stands before them.
            let wide = credit::text::name_form(one.encode_utf8(&mut [0; 4]))
                .chars()
                .count();
            let same = match wide {
                0 => pieces.last().is_some_and(|(_, same)| *same),
                _ => self.matched.iter().any(|range| range.contains(&at)),
            };
            at += wide;
            match pieces.last_mut() {
                Some((text, before)) if *before == same => text.push(one),
                _ => pieces.push((one.to_string(), same)),
            }
        }
        pieces
    }
}

/// Looks organisations up by name. Without an index, or while it is being made, the store's own
/// tables answer: exact names, beginnings and parts.
///
/// # Errors
/// As [`crate::lookup::by_name`].
pub async fn by_name(
    office: &Office,
    index: Option<&Names>,
    text: &str,
    after: Option<&str>,
) -> Result<Found> {
    names::refuse_short(text)?;
    let ready = index.filter(|names| names.is_ready());
    // A mark of the other kind of page goes on where it began.
    let ours =
        after.is_none_or(|mark| names::open_mark(&office.site_key, mark).is_some_and(is_ours));
    if let Some(names) = ready.filter(|_| ours) {
        match indexed(office, names, text, after).await {
            Err(Error::Inner { what, cause }) => {
                tracing::warn!(what, %cause, "names are found without the index");
                names.forget();
                if after.is_some() {
                    return Err(names::foreign_mark());
                }
            }
            found => return found,
        }
    }
    let page = crate::lookup::by_name(office, text, after).await?;
    let form = credit::text::name_form(text);
    Ok(Found {
        hits: page
            .hits
            .into_iter()
            .map(|hit| literal(hit, &form))
            .collect(),
        next: page.next,
        rebuilding: index.is_some() && ready.is_none(),
    })
}

fn is_ours(mark: String) -> bool {
    mark.starts_with('i')
}

/// A hit of the store's own tables.
fn literal(hit: NameHit, form: &str) -> FoundHit {
    let name = credit::text::name_form(&hit.name);
    let kind = if name == form {
        Kind::Exact
    } else if name.starts_with(form) {
        Kind::Prefix
    } else {
        Kind::Part
    };
    FoundHit {
        hit,
        kind,
        edits: 0,
        matched: Vec::new(),
    }
}

async fn indexed(office: &Office, names: &Names, text: &str, after: Option<&str>) -> Result<Found> {
    let mut query = Query::new(text, PAGE_ROWS);
    if let Some(mark) = after {
        let cursor = names::open_mark(&office.site_key, mark);
        let cursor = cursor
            .as_deref()
            .and_then(|mark| Cursor::parse(mark.strip_prefix('i')?));
        query.after = Some(cursor.ok_or_else(names::foreign_mark)?);
    }
    let mut found = Found::default();
    let (mut met, mut end) = (HashSet::new(), None);
    for _ in 0..READS {
        let page = search(names, query.clone()).await?;
        let rows: Vec<NameRow> = page.hits.iter().map(row).collect();
        let behind = office.store.names_behind(&rows).await?;
        let both = page.hits.into_iter().zip(behind);
        let new = both.filter_map(|(hit, behind)| {
            Some((hit, behind.filter(|behind| met.insert(behind.subject))?))
        });
        let (found_at, new): (Vec<_>, Vec<_>) = new.unzip();
        let shown = names::shown(office, new).await?;
        for (hit, shown) in found_at.into_iter().zip(shown) {
            let Some(shown) = shown else { continue };
            // A further page is offered only where there is a further hit.
            if found.hits.len() == PAGE_ROWS {
                found.next = Some(mark(office, end.as_ref()));
                return Ok(found);
            }
            end = Some(hit.place.clone());
            found.hits.push(FoundHit {
                hit: shown,
                kind: hit.kind,
                edits: hit.edits,
                matched: hit.matched,
            });
        }
        query.after = page.next;
        if query.after.is_none() {
            return Ok(found);
        }
    }
    let further = if found.hits.len() == PAGE_ROWS {
        end
    } else {
        query.after
    };
    found.next = Some(mark(office, further.as_ref()));
    Ok(found)
}

fn row(hit: &super::Hit) -> NameRow {
    NameRow {
        mention: hit.key.cast_signed(),
        form: hit.form.clone(),
    }
}

/// A page of the index is read where waiting for the disk holds up nobody.
async fn search(names: &Names, query: Query) -> Result<super::Page> {
    let index = names.state().index;
    let page = tokio::task::spawn_blocking(move || index.search(&query)).await;
    let page = page.map_err(|cause| Error::inner(UNREADABLE, cause))?;
    page.map_err(|cause| Error::inner(UNREADABLE, cause))
}

const UNREADABLE: &str = "the index of names could not be read";

fn mark(office: &Office, cursor: Option<&Cursor>) -> String {
    let text = cursor.map(ToString::to_string).unwrap_or_default();
    names::seal_mark(&office.site_key, &format!("i{text}"))
}

//! Candidates for matching: organisations whose names are near a text. Nothing here is checked
//! against what the public may know: whoever asks opens each of them before it is told.

use super::{Names, Page, Query};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::limits::PAGE_ROWS;
use store::{NameHit, NameQuery, NameRow};

/// Texts that are searched for at once: 32 × 50 names are looked up in the store together.
const TOGETHER: usize = 32;

/// Organisations whose name is, holds or nearly is each of many texts, best first, a page of each at
/// most. Without an index, or while it is being made, the store's own tables answer, which forgive
/// no slips.
pub(crate) async fn near(
    office: &Office,
    index: Option<&Names>,
    texts: &[&str],
) -> Result<Vec<Vec<NameHit>>> {
    let mut found = Vec::with_capacity(texts.len());
    let ready = index.filter(|names| names.is_ready());
    for part in texts.chunks(TOGETHER) {
        let rows = match ready {
            Some(names) => indexed(names, part).await?,
            None => None,
        };
        match rows {
            Some(rows) => found.extend(behind(office, rows).await?),
            None => {
                for text in part {
                    found.push(stored(office, text).await?);
                }
            }
        }
    }
    Ok(found)
}

/// What the index finds; nothing where it cannot be read.
async fn indexed(names: &Names, texts: &[&str]) -> Result<Option<Vec<Vec<NameRow>>>> {
    let index = names.state().index;
    let queries: Vec<Query> = texts
        .iter()
        .map(|text| Query::new(text, PAGE_ROWS))
        .collect();
    let pages = tokio::task::spawn_blocking(move || {
        let pages = queries.iter().map(|query| index.search(query));
        pages.collect::<std::io::Result<Vec<_>>>()
    });
    let pages = pages
        .await
        .map_err(|cause| Error::inner("the index of names could not be read", cause))?;
    match pages {
        Ok(pages) => Ok(Some(pages.into_iter().map(rows).collect())),
        Err(cause) => {
            tracing::warn!(%cause, "names are matched without the index");
            Ok(None)
        }
    }
}

fn rows(page: Page) -> Vec<NameRow> {
    let hits = page.hits.into_iter();
    hits.map(|hit| NameRow {
        mention: hit.key.cast_signed(),
        form: hit.form,
    })
    .collect()
}

/// Who bears the names that were found, all of them looked up together.
async fn behind(office: &Office, rows: Vec<Vec<NameRow>>) -> Result<Vec<Vec<NameHit>>> {
    let lengths: Vec<usize> = rows.iter().map(Vec::len).collect();
    let all: Vec<NameRow> = rows.into_iter().flatten().collect();
    let mut behind = office.store.names_behind(&all).await?.into_iter();
    let each = lengths
        .into_iter()
        .map(|length| behind.by_ref().take(length).flatten().collect());
    Ok(each.collect())
}

async fn stored(office: &Office, text: &str) -> Result<Vec<NameHit>> {
    let query = NameQuery {
        text: text.to_owned(),
        after: None,
        limit: PAGE_ROWS,
    };
    Ok(office.store.names_find(&query).await?.hits)
}

//! Candidates for matching: organisations whose names are near a text. Nothing here is checked
//! against what the public may know: whoever asks opens each of them before it is told.

use super::{Names, Query};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::limits::PAGE_ROWS;
use store::{NameHit, NameQuery, NameRow};

/// Organisations whose name is, holds or nearly is a text, best first, a page at most. Without an
/// index, or while it is being made, the store's own tables answer, which forgive no slips.
pub(crate) async fn near(
    office: &Office,
    index: Option<&Names>,
    text: &str,
) -> Result<Vec<NameHit>> {
    let Some(names) = index.filter(|names| names.is_ready()) else {
        return stored(office, text).await;
    };
    let (index, query) = (names.state().index, Query::new(text, PAGE_ROWS));
    let page = tokio::task::spawn_blocking(move || index.search(&query)).await;
    let page =
        match page.map_err(|cause| Error::inner("the index of names could not be read", cause))? {
            Ok(page) => page,
            Err(cause) => {
                tracing::warn!(%cause, "names are matched without the index");
                return stored(office, text).await;
            }
        };
    let rows: Vec<NameRow> = page
        .hits
        .into_iter()
        .map(|hit| NameRow {
            mention: hit.key.cast_signed(),
            form: hit.form,
        })
        .collect();
    let behind = office.store.names_behind(&rows).await?;
    Ok(behind.into_iter().flatten().collect())
}

async fn stored(office: &Office, text: &str) -> Result<Vec<NameHit>> {
    let query = NameQuery {
        text: text.to_owned(),
        after: None,
        limit: PAGE_ROWS,
    };
    Ok(office.store.names_find(&query).await?.hits)
}

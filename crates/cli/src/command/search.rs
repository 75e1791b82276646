//! `gongxin search TEXT`: organisations by name, as the public finds them; and
//! `gongxin search --names FILE --queries FILE`: the same search over plain lists.

mod list;

use crate::args::Search;
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use exchange::search::{Followed, Names, by_name};
use std::path::Path;

/// The folder of the index of names, beside the store.
pub(crate) fn folder(data: &Path) -> std::path::PathBuf {
    data.join("names")
}

/// Searches plain lists.
pub(super) fn lists(ask: &Search, lang: credit::lang::Lang) -> Result<Exit, Failure> {
    list::run(ask, lang)
}

/// One page of organisations: code, how it was found, name.
pub(super) fn run(desk: &Desk, ask: &Search) -> Result<Exit, Failure> {
    let Some(query) = &ask.text else {
        return Err(Failure::usage(text::SEARCH_WHAT, &[]));
    };
    let found = desk.runtime.block_on(async {
        // What the server keeps is read and followed, not written: two writers would only do the
        // same work twice.
        let names = Names::reading(&folder(&desk.data));
        while names.follow(&desk.office).await? != Followed::Added(0) {}
        by_name(&desk.office, Some(&names), query, None).await
    });
    let found = found.map_err(|error| Failure::of(error, desk.lang))?;
    if found.hits.is_empty() {
        return Err(Failure::of(exchange::Error::NotFound, desk.lang));
    }
    for one in found.hits.iter().take(ask.limit) {
        let code = one.hit.identifier.as_ref().map_or("-", |code| code.value());
        out::line(&format!("{code}\t{}\t{}", one.kind.code(), one.hit.name))?;
    }
    Ok(Exit::Done)
}

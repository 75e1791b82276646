//! Files that are pulled from a supplier: each source, what came of the last try, and when it is asked
//! again. The address stands in the site's own file and not here.

use super::{supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::pull::{self, PullRow};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    supplier: String,
}

struct Row {
    code: String,
    host: String,
    supplier: String,
    theme: String,
    tried: String,
    outcome: String,
    failures: u64,
    /// The submission that the last try became.
    submission: String,
    next: String,
}

#[derive(Template)]
#[template(path = "supply/pulls.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let action = Action::SubmissionList;
    let supplier = match clerk.scope(action, &ask.supplier) {
        Ok(supplier) => supplier,
        Err(error) => return page::error(&reader, &error),
    };
    let reach = clerk.actor.reach(action);
    let found = match pull::pulls(&site.office, supplier.as_deref()).await {
        Ok(found) => found,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let found = found.iter();
    let found = found.filter(|one| reach.covers(&one.supplier, &one.theme));
    let page = Page {
        rows: found.map(|one| row(&site, one, &f)).collect(),
        f: &f,
        clerk: &clerk,
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn row(site: &Site, one: &PullRow, f: &Frame) -> Row {
    let catalog = &site.office.catalog;
    let last = one.last.as_ref();
    Row {
        code: one.code.clone(),
        host: one.host.clone(),
        supplier: supplier_title(catalog, &one.supplier, f.t.lang),
        theme: theme_title(catalog, &one.theme, f.t.lang),
        tried: last.map(|last| page::moment(last.at.0)).unwrap_or_default(),
        outcome: last
            .map(|last| f.t.get(&format!("pull-{}", last.outcome)))
            .unwrap_or_default(),
        failures: one.failures.into(),
        submission: last
            .and_then(|last| last.submission)
            .map(|id| id.to_string())
            .unwrap_or_default(),
        next: page::moment(one.next_at.0),
    }
}

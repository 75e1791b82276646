//! Submissions, newest first, of one supplier or of all.

use super::{Choice, agencies, supplier_title, theme_title, todo};
use crate::Site;
use crate::desk::{Clerk, is_all};
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::supply::{self, Standing, Submission};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    supplier: String,
    after: Option<String>,
}

struct Row {
    id: String,
    number: u64,
    received: String,
    theme: String,
    supplier: String,
    date: String,
    standing: String,
    accepted: u64,
    rejected: u64,
    held: u64,
    unchanged: u64,
}

#[derive(Template)]
#[template(path = "supply/overview.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    supplier: &'a str,
    /// Every agency may be chosen at once.
    all: bool,
    suppliers: Vec<Choice>,
    /// What the agency has to do, where one is shown.
    todo: Option<Vec<todo::Line>>,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let supplier = match clerk.scope(Action::SubmissionList, &ask.supplier) {
        Ok(supplier) => supplier,
        Err(error) => return page::error(&reader, &error),
    };
    let reach = clerk.actor.reach(Action::SubmissionList);
    let after = crate::cursor::after(ask.after.as_deref());
    let page = match supply::submissions(&site.office, supplier.as_deref(), after.as_deref()).await
    {
        Ok(page) => page,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let catalog = &site.office.catalog;
    let shown = supplier.as_deref().unwrap_or_default();
    let todo = match todo::of(&site, &clerk, supplier.as_deref(), &f).await {
        Ok(todo) => todo,
        Err(error) => return page::error(&reader, &error),
    };
    let seen = |one: &&Submission| reach.covers(&one.supplier, &one.theme);
    let rows = page.rows.iter().filter(seen);
    let page = Page {
        f: &f,
        clerk: &clerk,
        supplier: shown,
        all: is_all(&reach),
        suppliers: agencies(catalog, &reach, shown, reader.lang),
        todo,
        rows: rows.map(|one| row(&site, one, &f)).collect(),
        next: crate::cursor::next(page.next.as_deref()),
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn row(site: &Site, one: &Submission, f: &Frame) -> Row {
    let catalog = &site.office.catalog;
    Row {
        id: one.id.to_string(),
        number: one.number,
        received: page::moment(one.received_at.0),
        theme: theme_title(catalog, &one.theme, f.t.lang),
        supplier: supplier_title(catalog, &one.supplier, f.t.lang),
        date: one.date.to_string(),
        standing: f.t.get(match one.standing {
            Standing::Open => "standing-open",
            Standing::Waiting => "standing-waiting",
            Standing::Done => "standing-done",
        }),
        accepted: one.counts.accepted,
        rejected: one.counts.rejected,
        held: one.counts.held,
        unchanged: one.counts.unchanged,
    }
}

//! Facts that wait: why, since when, and by when their source is asked to answer.

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
use exchange::office::date_of;
use exchange::supply::{self, HeldFact};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    supplier: String,
    after: Option<String>,
}

struct Row {
    submission: String,
    row: u64,
    theme: String,
    supplier: String,
    reason: String,
    since: String,
    ask_by: String,
    answer_by: String,
}

#[derive(Template)]
#[template(path = "supply/holds.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    supplier: String,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let after = crate::cursor::after(ask.after.as_deref());
    let supplier = match clerk.scope(Action::HoldList, &ask.supplier) {
        Ok(supplier) => supplier,
        Err(error) => return page::error(&reader, &error),
    };
    let reach = clerk.actor.reach(Action::HoldList);
    let page = match supply::holds(&site.office, supplier.as_deref(), after.as_deref()).await {
        Ok(page) => page,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let page = Page {
        f: &f,
        clerk: &clerk,
        supplier: ask.supplier.clone(),
        rows: page
            .rows
            .iter()
            .filter(|held| reach.covers(&held.supplier, &held.theme))
            .map(|held| row(&site, held, &f))
            .collect(),
        next: crate::cursor::next(page.next.as_deref()),
    };
    page::answer(StatusCode::OK, &f, &page)
}

fn row(site: &Site, held: &HeldFact, f: &Frame) -> Row {
    let catalog = &site.office.catalog;
    let since = date_of(held.opened_at);
    let clock = catalog.hold(&held.reason);
    let by = |days: Option<u16>| {
        days.map(|days| catalog.calendar.add_working_days(since, days).to_string())
            .unwrap_or_default()
    };
    Row {
        submission: held.submission.to_string(),
        row: held.row,
        theme: theme_title(catalog, &held.theme, f.t.lang),
        supplier: supplier_title(catalog, &held.supplier, f.t.lang),
        reason: clock.map_or_else(
            || held.reason.clone(),
            |clock| clock.title.get(f.t.lang).to_owned(),
        ),
        since: since.to_string(),
        ask_by: by(clock.map(|clock| clock.ask_within)),
        answer_by: by(clock.map(|clock| clock.answer_within)),
    }
}

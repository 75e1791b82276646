//! Grants that an agency asked for or was asked for, newest first.

use super::agency;
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use exchange::Error;
use exchange::sharing::{self, GrantRow};
use jiff::civil::Date;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    agency: Option<String>,
    after: Option<String>,
}

struct Row {
    id: String,
    asker: String,
    supplier: String,
    state: &'static str,
    over: bool,
    late: bool,
    due: String,
    until: String,
    asked: String,
}

#[derive(Template)]
#[template(path = "sharing/list.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
    agency: String,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    match made(&site, &reader, &clerk, &ask).await {
        Ok(response) => response,
        Err(error) => page::error(&reader, &error),
    }
}

async fn made(site: &Site, reader: &Reader, clerk: &Clerk, ask: &Ask) -> Result<Response, Error> {
    let who = clerk.actor.acting();
    let after = crate::cursor::after(ask.after.as_deref());
    let asked = ask.agency.as_deref();
    let found = sharing::grants(&site.office, &who, asked, after.as_deref()).await?;
    let f = Frame::new(reader);
    let today = site.office.today();
    let page = Page {
        clerk,
        rows: found
            .rows
            .iter()
            .map(|one| row(site, one, &f, today))
            .collect(),
        agency: asked.unwrap_or_default().to_owned(),
        next: crate::cursor::next(found.next.as_deref()),
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

fn row(site: &Site, one: &GrantRow, f: &Frame, today: Date) -> Row {
    let (grant, catalog) = (&one.grant, &site.office.catalog);
    let until = grant.granted.as_ref().map(|terms| terms.until.to_string());
    Row {
        id: grant.id.to_string(),
        asker: agency(catalog, &grant.asker, &f.t),
        supplier: agency(catalog, &grant.supplier, &f.t),
        state: grant.state.title(f.t.lang),
        over: grant.has_run_out(today),
        late: grant.is_late(today),
        due: grant.due.map(|day| day.to_string()).unwrap_or_default(),
        until: until.unwrap_or_default(),
        asked: page::moment(one.asked_at.0),
    }
}

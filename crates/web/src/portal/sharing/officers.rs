//! For the auditor: how often officers looked in a month, and whose looks stand out.

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
use exchange::sharing::{self, OfficerMonth};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    month: Option<String>,
}

struct Row {
    officer: String,
    agency: String,
    looks: u64,
    median: String,
    peers: u64,
    stands_out: bool,
}

#[derive(Template)]
#[template(path = "sharing/officers.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    month: String,
    rows: Vec<Row>,
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
    let month = ask.month.as_deref();
    let found = sharing::officers_of_month(&site.office, &who, month).await?;
    let f = Frame::new(reader);
    let today = site.office.today().to_string();
    let month = month.filter(|month| !month.is_empty());
    let page = Page {
        clerk,
        month: month
            .unwrap_or(today.get(..7).unwrap_or_default())
            .to_owned(),
        rows: found.iter().map(|one| row(site, one, &f)).collect(),
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

fn row(site: &Site, one: &OfficerMonth, f: &Frame) -> Row {
    Row {
        officer: one.officer.clone(),
        agency: agency(&site.office.catalog, &one.agency, &f.t),
        looks: one.looks,
        median: one
            .median
            .map(|median| median.to_string())
            .unwrap_or_default(),
        peers: one.peers as u64,
        stands_out: one.stands_out,
    }
}

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
use exchange::sharing::{self, DayCount, DayOpenings, OfficerMonth, RefusedLooks};
use policy::Purpose;
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
    days: Vec<Day>,
    refused: Vec<Refused>,
}

/// What was opened on a day beside what was written down.
struct Day {
    day: String,
    opened: u64,
    written: u64,
    /// Each process: its number's beginning, the purpose, openings.
    runs: Vec<(String, String, u64)>,
    wrong: bool,
}

/// Looks that were refused.
struct Refused {
    officer: String,
    agency: String,
    why: String,
    times: u64,
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
    let days = sharing::openings(&site.office, &who, month).await?;
    let refused = sharing::refused(&site.office, &who, month).await?;
    let f = Frame::new(reader);
    let today = site.office.today().to_string();
    let month = month.filter(|month| !month.is_empty());
    let page = Page {
        clerk,
        month: month
            .unwrap_or(today.get(..7).unwrap_or_default())
            .to_owned(),
        rows: found.iter().map(|one| row(site, one, &f)).collect(),
        days: days.iter().map(|one| day(one, &f)).collect(),
        refused: refused.iter().map(|one| turned(site, one, &f)).collect(),
        f: &f,
    };
    Ok(page::answer(StatusCode::OK, &f, &page))
}

fn day(one: &DayCount, f: &Frame) -> Day {
    let run = |one: &DayOpenings| {
        let number: String = one.run.iter().map(|byte| format!("{byte:02x}")).collect();
        let short = number.get(..8).unwrap_or_default().to_owned();
        let purpose = Purpose::parse(&one.purpose);
        let purpose = purpose.map_or(one.purpose.as_str(), |known| known.title(f.t.lang));
        (short, purpose.to_owned(), one.opened)
    };
    Day {
        day: one.day.to_string(),
        opened: one.opened,
        written: one.written,
        runs: one.runs.iter().map(run).collect(),
        wrong: one.is_wrong(),
    }
}

fn turned(site: &Site, one: &RefusedLooks, f: &Frame) -> Refused {
    Refused {
        officer: one.officer.clone(),
        agency: agency(&site.office.catalog, &one.agency, &f.t),
        why: f.t.get(&format!("refused-{}", one.why)),
        times: one.times,
    }
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

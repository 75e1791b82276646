//! Reports that were issued on the subject: how each stands today, and what changed since.

use super::{Bar, opened};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use credit::people::MyAction;
use exchange::Error;
use exchange::my::{Change, Mine};

struct Row {
    number: String,
    on: String,
    purpose: String,
    valid: bool,
    changes: Vec<String>,
}

#[derive(Template)]
#[template(path = "my/reports.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    rows: Vec<Row>,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let f = Frame::new(&reader);
    page::made(&reader, &f, made(&site, &clerk, &f, &id).await)
}

async fn made<'a>(
    site: &Site,
    clerk: &'a Clerk,
    f: &'a Frame,
    id: &str,
) -> Result<Page<'a>, Error> {
    let (office, actor) = (&site.office, &clerk.actor);
    let (_, bar) = opened(site, clerk, f, (id, MyAction::File, "my-reports")).await?;
    let reports = exchange::my::reports(office, actor, id).await?;
    Ok(Page {
        f,
        clerk,
        bar,
        rows: reports.into_iter().map(|one| row(f, one)).collect(),
    })
}

fn row(f: &Frame, one: Mine) -> Row {
    let valid = one.changes.is_none();
    let mut changes: Vec<String> = one
        .changes
        .into_iter()
        .flatten()
        .map(|change| told(f, change))
        .collect();
    if !valid && changes.is_empty() {
        changes.push(f.t.get("my-change-other"));
    }
    Row {
        number: one.number,
        on: one.on.to_string(),
        purpose: one.purpose.title(f.t.lang).to_owned(),
        valid,
        changes,
    }
}

fn told(f: &Frame, change: Change) -> String {
    match change {
        Change::Who => f.t.get("my-change-who"),
        Change::Added(count) => f.t.count("my-change-added", count),
        Change::Left(count) => f.t.count("my-change-left", count),
        Change::Changed(count) => f.t.count("my-change-changed", count),
    }
}

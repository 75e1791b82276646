//! Snapshots whose absences wait: a second officer, whose account is not the sender's, confirms.

use super::{supplier_title, theme_title};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::Error;
use exchange::snapshots::{self, WaitingSnapshot};

struct Row {
    id: String,
    theme: String,
    supplier: String,
    date: String,
    received: String,
    absent: u64,
    earlier: u64,
    own: bool,
    /// The account may confirm it, as far as its appointments go.
    mine: bool,
}

#[derive(Template)]
#[template(path = "supply/snapshots.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    rows: Vec<Row>,
}

pub(super) async fn get(clerk: Clerk, State(site): State<Site>, reader: Reader) -> Response {
    let reach = clerk.actor.reach(Action::SnapshotList);
    if reach.is_nothing() {
        return page::error(&reader, &Error::Forbidden);
    }
    let waiting = match snapshots::waiting(&site.office).await {
        Ok(waiting) => waiting,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let rows = waiting
        .iter()
        .filter(|one| reach.covers(&one.supplier, &one.theme))
        .map(|one| row(&site, &clerk, one, &f))
        .collect();
    page::answer(
        StatusCode::OK,
        &f,
        &Page {
            f: &f,
            clerk: &clerk,
            rows,
        },
    )
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    if !clerk.can(Action::SnapshotConfirm.code()) {
        return page::error(&reader, &Error::Forbidden);
    }
    let Some(id) = SubmissionId::parse(&id) else {
        return page::error(&reader, &Error::NotFound);
    };
    let allowed = match snapshots::waiting(&site.office).await {
        Ok(waiting) => waiting
            .iter()
            .find(|one| one.id == id)
            .ok_or(Error::NotFound)
            .and_then(|one| clerk.may(Action::SnapshotConfirm, &one.supplier, &one.theme)),
        Err(error) => Err(error),
    };
    if let Err(error) = allowed {
        return page::error(&reader, &error);
    }
    if is_own(&site, &clerk, &id) {
        let text = Frame::new(&reader).t.get("snapshot-own");
        return page::message(StatusCode::FORBIDDEN, &reader, "problem-request", &text);
    }
    let officer = &clerk.officer;
    match snapshots::confirm(&site.office, &id, officer.name(), officer.agency()).await {
        Ok(_) => Redirect::to(&format!("/supply/submissions/{id}")).into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

/// Whether the officer sent the snapshot, as far as this process knows.
fn is_own(site: &Site, clerk: &Clerk, id: &SubmissionId) -> bool {
    site.desk
        .jobs
        .sender(id)
        .is_some_and(|sender| sender.name() == clerk.officer.name())
}

fn row(site: &Site, clerk: &Clerk, one: &WaitingSnapshot, f: &Frame) -> Row {
    let catalog = &site.office.catalog;
    Row {
        id: one.id.to_string(),
        theme: theme_title(catalog, &one.theme, f.t.lang),
        supplier: supplier_title(catalog, &one.supplier, f.t.lang),
        date: one.date.to_string(),
        received: page::moment(one.received_at.0),
        absent: one.absent.absent,
        earlier: one.absent.earlier,
        own: is_own(site, clerk, &one.id),
        mine: clerk
            .may(Action::SnapshotConfirm, &one.supplier, &one.theme)
            .is_ok(),
    }
}

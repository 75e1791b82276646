//! One case at the desk: its history, and the steps that the account may take.

use super::files;
use super::form::{self, Sent};
use super::letter;
use super::view::{self, View};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::Fault;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::Action;
use exchange::{Error, cases};

#[derive(Template)]
#[template(path = "cases/one.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    view: View,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let shown = show(&site, &reader, &clerk, &id, (Sent::default(), None)).await;
    shown.unwrap_or_else(|error| page::error(&reader, &error))
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    id: &str,
    (sent, wrong): (Sent, Option<&Error>),
) -> Result<Response, Error> {
    let shown = cases::show(&site.office, &clerk.actor.acting(), id).await?;
    let f = Frame::new(reader);
    let path = format!("/cases/{}", shown.file.history.id);
    let fault = wrong.map(|error| Fault::new("steps", error.message(reader.lang)));
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = Page {
        view: view::view(site, &f, &shown, &path, sent),
        faults: fault.into_iter().collect(),
        clerk,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    if clerk.actor.reach(Action::LegalList).is_nothing() {
        return page::error(&reader, &Error::Forbidden);
    }
    let mut sent = match form::read(&site, request).await {
        Ok(sent) => sent,
        Err(error) => return page::error(&reader, &error),
    };
    let saying = sent.saying();
    let seen = sent.field("seen").parse().unwrap_or(0);
    let who = clerk.actor.acting();
    let made = cases::act(&site.office, &who, &id, (sent.field("move"), seen), saying).await;
    match made {
        Ok(_) => Redirect::to(&format!("/cases/{id}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let shown = show(&site, &reader, &clerk, &id, (sent, Some(&error))).await;
            shown.unwrap_or_else(|error| page::error(&reader, &error))
        }
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn get_file(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, seq, number)): Path<(String, u32, u32)>,
) -> Response {
    let who = clerk.actor.acting();
    match cases::attachment(&site.office, &who, (&id, seq, number)).await {
        Ok(file) => files::answer(file),
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn get_letter(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, seq)): Path<(String, u32)>,
) -> Response {
    let shown = cases::show(&site.office, &clerk.actor.acting(), &id).await;
    letter::answer(&site, &reader, shown, seq).await
}

//! One of a subject's cases: its history, and the steps that are the subject's.

use super::super::{Bar, bar};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::cases::files;
use crate::portal::cases::form::{self, Sent};
use crate::portal::cases::letter;
use crate::portal::cases::view::{self, View};
use crate::portal::supply::Fault;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::people::MyAction;
use exchange::people::mandate;
use exchange::{Error, cases};

#[derive(Template)]
#[template(path = "my/case.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    faults: Vec<Fault>,
    view: View,
}

pub(in crate::portal::my) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(path): Path<(String, String)>,
) -> Response {
    let shown = show(&site, &reader, &clerk, &path, (Sent::default(), None)).await;
    shown.unwrap_or_else(|error| page::error(&reader, &error))
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    (id, case): &(String, String),
    (sent, wrong): (Sent, Option<&Error>),
) -> Result<Response, Error> {
    let (f, office, actor) = (Frame::new(reader), &site.office, &clerk.actor);
    let own = mandate::mine(office, actor, id, MyAction::Cases).await?;
    let shown = cases::own_case(office, actor, id, case).await?;
    let path = format!("/my/{id}/cases/{}", shown.file.history.id);
    let fault = wrong.map(|error| Fault::new("steps", error.message(reader.lang)));
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = Page {
        bar: bar(site, &f, &own, "my-cases").await?,
        view: view::view(site, &f, &shown, &path, sent),
        faults: fault.into_iter().collect(),
        clerk,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

pub(in crate::portal::my) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(path): Path<(String, String)>,
    request: Request,
) -> Response {
    let (office, actor) = (&site.office, &clerk.actor);
    let (id, case) = (path.0.as_str(), path.1.as_str());
    // Before the body is read: to others there is no such address.
    if let Err(error) = mandate::mine(office, actor, id, MyAction::Cases).await {
        return page::error(&reader, &error);
    }
    let mut sent = match form::read(&site, request).await {
        Ok(sent) => sent,
        Err(error) => return page::error(&reader, &error),
    };
    let saying = sent.saying();
    let seen = sent.field("seen").parse().unwrap_or(0);
    let what = (sent.field("move"), seen);
    match cases::act_own(office, actor, (id, case), what, saying).await {
        Ok(_) => Redirect::to(&format!("/my/{id}/cases/{case}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let shown = show(&site, &reader, &clerk, &path, (sent, Some(&error))).await;
            shown.unwrap_or_else(|error| page::error(&reader, &error))
        }
        Err(error) => page::error(&reader, &error),
    }
}

pub(in crate::portal::my) async fn get_file(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, case, seq, number)): Path<(String, String, u32, u32)>,
) -> Response {
    let what = (case.as_str(), seq, number);
    match cases::attachment_own(&site.office, &clerk.actor, &id, what).await {
        Ok(file) => files::answer(file),
        Err(error) => page::error(&reader, &error),
    }
}

pub(in crate::portal::my) async fn get_letter(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((id, case, seq)): Path<(String, String, u32)>,
) -> Response {
    let shown = cases::own_case(&site.office, &clerk.actor, &id, &case).await;
    letter::answer(&site, &reader, shown, seq).await
}

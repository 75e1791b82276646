//! The form by which a subject files a case on one of its facts.

use super::super::{Bar, bar};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::cases::filing::Filing;
use crate::portal::cases::form;
use crate::portal::cases::view::{self, Choice};
use crate::portal::supply::{Fault, field};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::case::Party;
use credit::people::MyAction;
use exchange::people::mandate;
use exchange::{Error, cases};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(in crate::portal::my) struct Ask {
    #[serde(default)]
    record: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "my/case_new.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    faults: Vec<Fault>,
    filing: Filing,
    records: Vec<Choice>,
    sent: &'a [(String, String)],
}

impl Page<'_> {
    /// What was typed, to be kept when something is wrong with it.
    fn typed(&self, name: &str) -> &str {
        field(self.sent, name)
    }
}

pub(in crate::portal::my) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let fields = [("record", ask.record), ("kind", ask.kind)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    let shown = show(&site, &reader, &clerk, &id, (&fields, None)).await;
    shown.unwrap_or_else(|error| page::error(&reader, &error))
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    id: &str,
    (sent, wrong): (&[(String, String)], Option<&Error>),
) -> Result<Response, Error> {
    let (f, office) = (Frame::new(reader), &site.office);
    let own = mandate::mine(office, &clerk.actor, id, MyAction::Cases).await?;
    let dossier = cases::own_facts(office, &clerk.actor, id).await?;
    let facts = views::lookup::lookup(&office.catalog, &dossier, f.t.lang);
    let fault = wrong.map(|error| Fault::new("kind", error.message(reader.lang)));
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = Page {
        bar: bar(site, &f, &own, "my-cases").await?,
        faults: fault.into_iter().collect(),
        filing: Filing::of(site, Party::Subject, sent, f.t.lang),
        records: view::facts(facts, field(sent, "record")),
        sent,
        clerk,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

pub(in crate::portal::my) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (office, actor) = (&site.office, &clerk.actor);
    // Before the body is read: to others there is no such address.
    if let Err(error) = mandate::mine(office, actor, &id, MyAction::Cases).await {
        return page::error(&reader, &error);
    }
    let mut sent = match form::read(&site, request).await {
        Ok(sent) => sent,
        Err(error) => return page::error(&reader, &error),
    };
    let filing = sent.filing();
    match cases::file_own(office, actor, &id, filing).await {
        Ok(case) => Redirect::to(&format!("/my/{id}/cases/{case}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let shown = show(&site, &reader, &clerk, &id, (&sent.fields, Some(&error))).await;
            shown.unwrap_or_else(|error| page::error(&reader, &error))
        }
        Err(error) => page::error(&reader, &error),
    }
}

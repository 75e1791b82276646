//! The service window: a named officer files a case for a subject that came in person. The fact is chosen
//! from what is public about it; what is not public its own file shows.

use super::filing::Filing;
use super::form;
use super::view::{self, Choice};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, field};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::case::Party;
use credit::people::Action;
use exchange::{Error, cases, lookup};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    code: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "cases/window.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    code: &'a str,
    subject: String,
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

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    if let Err(error) = clerk.must(Action::LegalHandle) {
        return page::error(&reader, &error);
    }
    let fields = [("kind".to_owned(), ask.kind)];
    show(&site, &reader, &clerk, ask.code.trim(), (&fields, None)).await
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    code: &str,
    (sent, wrong): (&[(String, String)], Option<String>),
) -> Response {
    let f = Frame::new(reader);
    let mut faults: Vec<Fault> = wrong
        .into_iter()
        .map(|text| Fault::new("kind", text))
        .collect();
    let mut page = Page {
        clerk,
        code,
        subject: String::new(),
        filing: Filing::of(site, Party::Centre, sent, f.t.lang),
        records: Vec::new(),
        faults: Vec::new(),
        sent,
        f: &f,
    };
    if !code.is_empty() {
        match lookup::by_code(&site.office, code, f.t.lang).await {
            Ok(found) => {
                page.subject.clone_from(&found.who.name);
                page.records = view::facts(found, field(sent, "record"));
            }
            Err(error @ (Error::NotFound | Error::Request(_))) => {
                faults.push(Fault::new("code", error.message(reader.lang)));
            }
            Err(error) => return page::error(reader, &error),
        }
    }
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page.faults = faults;
    page::answer(status, &f, &page)
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
    request: Request,
) -> Response {
    if let Err(error) = clerk.must(Action::LegalHandle) {
        return page::error(&reader, &error);
    }
    let mut sent = match form::read(&site, request).await {
        Ok(sent) => sent,
        Err(error) => return page::error(&reader, &error),
    };
    let filing = sent.filing();
    let (who, code) = (clerk.actor.acting(), ask.code.trim());
    match cases::file_at_window(&site.office, &who, code, filing).await {
        Ok(id) => Redirect::to(&format!("/cases/{id}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let told = error.message(reader.lang);
            show(&site, &reader, &clerk, code, (&sent.fields, Some(told))).await
        }
        Err(error) => page::error(&reader, &error),
    }
}

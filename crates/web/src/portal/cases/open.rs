//! An agency opens a case on a fact that it stated itself: a listing, or the remedy of a wrong one. Opening
//! decides nothing.

use super::filing::Filing;
use super::form;
use super::view::{self, Choice};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, field, supplier_title};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::case::Party;
use credit::people::Action;
use exchange::Error;
use exchange::cases;
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    agency: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    kind: String,
}

#[derive(Template)]
#[template(path = "cases/open.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    agencies: Vec<Choice>,
    agency: &'a str,
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
    if clerk.actor.reach(Action::LegalAnswer).is_nothing() {
        return page::error(&reader, &Error::Forbidden);
    }
    let fields = [("kind".to_owned(), ask.kind.clone())];
    let shown = show(&site, &reader, &clerk, &ask, (&fields, None)).await;
    shown.unwrap_or_else(|error| page::error(&reader, &error))
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    ask: &Ask,
    (sent, wrong): (&[(String, String)], Option<String>),
) -> Result<Response, Error> {
    let f = Frame::new(reader);
    let lang = f.t.lang;
    let told = wrong.into_iter();
    let mut faults: Vec<Fault> = told.map(|text| Fault::new("kind", text)).collect();
    let (mut subject, mut records) = (String::new(), Vec::new());
    let code = ask.code.trim();
    if !code.is_empty() {
        match own(site, clerk, ask, (sent, &f)).await {
            Ok((name, facts)) => (subject, records) = (name, facts),
            Err(error @ (Error::NotFound | Error::Request(_))) => {
                faults.push(Fault::new("code", error.message(reader.lang)));
            }
            Err(error) => return Err(error),
        }
    }
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = Page {
        agencies: agencies(site, clerk, &ask.agency, &f),
        agency: &ask.agency,
        filing: Filing::of(site, Party::Supplier, sent, lang),
        subject,
        records,
        faults,
        clerk,
        code,
        sent,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

/// What the agency stated about a subject: its name, and the facts to choose from.
async fn own(
    site: &Site,
    clerk: &Clerk,
    ask: &Ask,
    (sent, f): (&[(String, String)], &Frame),
) -> Result<(String, Vec<Choice>), Error> {
    let (office, who) = (&site.office, clerk.actor.acting());
    let about = (ask.agency.as_str(), ask.code.trim());
    let dossier = cases::supplied(office, &who, about).await?;
    let found = views::lookup::lookup(&office.catalog, &dossier, f.t.lang);
    let name = found.who.name.clone();
    Ok((name, view::facts(found, field(sent, "record"))))
}

/// The agencies for which the account answers.
fn agencies(site: &Site, clerk: &Clerk, chosen: &str, f: &Frame) -> Vec<Choice> {
    let reach = clerk.actor.reach(Action::LegalAnswer);
    let own = reach.agencies().unwrap_or_default().into_iter();
    own.map(|code| Choice {
        title: organ(site, code, f),
        chosen: code == chosen,
        code: code.to_owned(),
    })
    .collect()
}

/// The name of an agency; of one that is in no list, that it is, with its code.
fn organ(site: &Site, code: &str, f: &Frame) -> String {
    let catalog = &site.office.catalog;
    match catalog.supplier(code) {
        Some(_) => supplier_title(catalog, code, f.t.lang),
        None => f.t.one("case-organ-unlisted", "code", code),
    }
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
    request: Request,
) -> Response {
    let who = clerk.actor.acting();
    if let Err(error) = who.may(Action::LegalAnswer, &ask.agency) {
        return page::error(&reader, &error);
    }
    let mut sent = match form::read(&site, request).await {
        Ok(sent) => sent,
        Err(error) => return page::error(&reader, &error),
    };
    let filing = sent.filing();
    let about = (ask.agency.as_str(), ask.code.trim());
    match cases::file_by_supplier(&site.office, &who, about, filing).await {
        Ok(id) => Redirect::to(&format!("/cases/{id}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let told = Some(error.message(reader.lang));
            let shown = show(&site, &reader, &clerk, &ask, (&sent.fields, told)).await;
            shown.unwrap_or_else(|error| page::error(&reader, &error))
        }
        Err(error) => page::error(&reader, &error),
    }
}

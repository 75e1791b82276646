//! The service window: a named officer sees a document of a subject's legal representative and
//! records its kind. No number of it is asked for, and no copy is kept.

mod consent;
mod person;

use super::people::{link, name_of};
use super::supply::{Fault, fault_of, field, own_pages_only};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Form;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use credit::people::{Action, Mandate, MandateId, document, documents};
use exchange::people::{self, By, Person, mandate};
use exchange::{Error, lookup};
use serde::Deserialize;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/window", get(window).post(post_record))
        .route("/window/person", get(person::get).post(person::post))
        .route("/window/person/contact", post(person::post_contact))
        .route("/window/consent", get(consent::get).post(consent::post))
        .route("/window/consent/withdraw", post(consent::post_withdraw))
        .route("/window/{subject}/{mandate}/end", post(post_end))
        .layer(middleware::from_fn(own_pages_only))
}

#[derive(Debug, Default, Deserialize)]
struct Ask {
    #[serde(default)]
    code: String,
}

struct Row {
    id: String,
    name: String,
    role: &'static str,
    document: &'static str,
    from: String,
    until: String,
    holds: bool,
    representative: bool,
}

/// The subject at the window.
struct Subject {
    id: String,
    name: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "window/page.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    code: &'a str,
    subject: Option<Subject>,
    documents: Vec<(&'static str, &'static str)>,
    fields: &'a [(String, String)],
    link: String,
    done: bool,
}

impl Page<'_> {
    fn fault(&self, field: &str) -> Option<&str> {
        fault_of(&self.faults, field)
    }

    /// What was typed, to be kept when something is wrong with it.
    fn typed(&self, name: &str) -> &str {
        field(self.fields, name)
    }
}

async fn window(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    if let Err(error) = clerk.must(Action::MandateList) {
        return page::error(&reader, &error);
    }
    let told = Told::default();
    show(&site, &reader, &clerk, ask.code.trim(), told).await
}

async fn post_record(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let code = ask.code.trim();
    match recorded(&site, &clerk, code, &fields).await {
        Ok(made) => {
            let secret = made.link.as_ref();
            let link = secret.map(|secret| link(&site, &headers, secret));
            let told = Told {
                link: link.unwrap_or_default(),
                done: true,
                ..Told::default()
            };
            show(&site, &reader, &clerk, code, told).await
        }
        Err(error @ Error::Request(_)) => {
            let told = Told {
                faults: vec![Fault::new("login", error.message(reader.lang))],
                fields: &fields,
                ..Told::default()
            };
            show(&site, &reader, &clerk, code, told).await
        }
        Err(error) => page::error(&reader, &error),
    }
}

/// Records what the form tells.
async fn recorded(
    site: &Site,
    clerk: &Clerk,
    code: &str,
    fields: &[(String, String)],
) -> Result<mandate::Recorded, Error> {
    clerk.must(Action::MandateRecord)?;
    let shown = mandate::Shown {
        subject: code,
        person: Person {
            login: field(fields, "login").to_owned(),
            name: field(fields, "name").to_owned(),
        },
        document: field(fields, "document"),
        until: match field(fields, "until") {
            "" => None,
            day => Some(super::report_day(day)?),
        },
    };
    mandate::record(&site.office, &shown, by(clerk, fields)).await
}

async fn post_end(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path((subject, one)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    let made = async {
        clerk.must(Action::MandateRecord)?;
        let one = MandateId::parse(&one).ok_or(Error::NotFound)?;
        mandate::end(&site.office, &subject, one, by(&clerk, &fields)).await
    };
    match made.await {
        Ok(()) => Redirect::to(&format!("/window?code={subject}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let told = Told {
                faults: vec![Fault::new("code", error.message(reader.lang))],
                ..Told::default()
            };
            show(&site, &reader, &clerk, &subject, told).await
        }
        Err(error) => page::error(&reader, &error),
    }
}

fn by<'f>(clerk: &Clerk, fields: &'f [(String, String)]) -> By<'f> {
    By {
        account: Some(clerk.actor.account),
        reason: field(fields, "reason"),
    }
}

/// What a page says besides its subject.
#[derive(Default)]
struct Told<'a> {
    faults: Vec<Fault>,
    fields: &'a [(String, String)],
    link: String,
    done: bool,
}

async fn show(
    site: &Site,
    reader: &Reader,
    clerk: &Clerk,
    code: &str,
    mut told: Told<'_>,
) -> Response {
    let f = Frame::new(reader);
    let subject = match subject(site, &f, code).await {
        Ok(subject) => subject,
        Err(error @ (Error::NotFound | Error::Request(_))) => {
            told.faults = vec![Fault::new("code", error.message(reader.lang))];
            None
        }
        Err(error) => return page::error(reader, &error),
    };
    if subject.is_none() {
        // Only the first field is on the page then.
        for fault in &mut told.faults {
            fault.field = "code";
        }
    }
    let status = if told.faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = Page {
        f: &f,
        clerk,
        faults: told.faults,
        code,
        subject,
        documents: documents()
            .map(|one| (one.code, one.title(reader.lang)))
            .collect(),
        fields: told.fields,
        link: told.link,
        done: told.done,
    };
    page::answer(status, &f, &page)
}

async fn subject(site: &Site, f: &Frame, code: &str) -> Result<Option<Subject>, Error> {
    if code.is_empty() {
        return Ok(None);
    }
    let office = &site.office;
    let found = lookup::by_code(office, code, f.t.lang).await?;
    let id = found.who.id.to_string();
    let mut rows = Vec::new();
    for one in mandate::of_subject(office, &id).await? {
        let account = people::get(office, one.account).await?;
        rows.push(row(site, f, &one, name_of(&account)));
    }
    Ok(Some(Subject {
        name: found.who.name,
        id,
        rows,
    }))
}

fn row(site: &Site, f: &Frame, one: &Mandate, name: String) -> Row {
    let lang = f.t.lang;
    let shown = one.document.as_deref();
    let document = shown.and_then(document);
    Row {
        id: one.id.to_string(),
        name,
        role: one.role.title(lang),
        document: document.map_or("", |each| each.title(lang)),
        from: one.from.to_string(),
        until: one.until.to_string(),
        holds: one.holds(site.office.today()),
        representative: one.under.is_none(),
    }
}

//! The centre's search over cases, an agency's over its own; the same table as a file; and, for an officer of
//! the centre with a matter, the cases of one subject. No address holds a subject's number: that is posted.

mod ask;
mod file;

pub(super) use file::{get_csv, get_xlsx};

use super::list::{self, Row};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::{Fault, agencies};
use crate::reader::Reader;
use ask::Ask;
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::Error;
use exchange::cases::{self, Found};
use serde::Deserialize;

/// A choice of the form: code, title, chosen.
struct Choice {
    code: String,
    title: String,
    chosen: bool,
}

/// A case that was found.
struct Hit {
    row: Row,
    opened: String,
    decided: String,
}

#[derive(Template)]
#[template(path = "cases/search.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    faults: Vec<Fault>,
    ask: &'a Ask,
    kinds: Vec<Choice>,
    states: Vec<Choice>,
    agencies: Vec<Choice>,
    hits: Vec<Hit>,
    /// They are the cases of the one subject that was asked for.
    of_one: bool,
    matter: &'a str,
    next: String,
    /// Addresses of the files; empty where nobody may take one out.
    csv: String,
    xlsx: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let who = clerk.actor.acting();
    if who.reach(Action::LegalList).is_nothing() {
        return page::error(&reader, &Error::Forbidden);
    }
    let f = Frame::new(&reader);
    let mut page = blank(&site, &clerk, &f, &ask);
    let status = match found(&site, &clerk, &ask, &f, &mut page).await {
        Ok(()) => StatusCode::OK,
        Err(error @ Error::Request(_)) => {
            let field = ask.fault();
            page.faults
                .push(Fault::new(field, error.message(reader.lang)));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => return page::error(&reader, &error),
    };
    page::answer(status, &f, &page)
}

/// Puts what was found on the page, with the address of the next one and those of the files.
async fn found(
    site: &Site,
    clerk: &Clerk,
    ask: &Ask,
    f: &Frame,
    page: &mut Page<'_>,
) -> Result<(), Error> {
    let who = clerk.actor.acting();
    let after = crate::cursor::after(ask.after.as_deref());
    let search = ask.search()?;
    let found = cases::search(&site.office, &who, &search, after.as_deref()).await?;
    page.hits = hits(site, &found.rows, f);
    let next = crate::cursor::next(found.next.as_deref());
    if !next.is_empty() {
        page.next = ask.address("/cases/search", &[("after", &next)]);
    }
    if clerk.can("legal-export") {
        page.csv = ask.address("/cases/search.csv", &[]);
        page.xlsx = ask.address("/cases/search.xlsx", &[]);
    }
    Ok(())
}

/// Whose cases are looked for, and why.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Whose {
    #[serde(default)]
    code: String,
    #[serde(default)]
    matter: String,
}

pub(super) async fn post(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Form(whose): Form<Whose>,
) -> Response {
    let who = clerk.actor.acting();
    let (code, matter) = (whose.code.trim(), whose.matter.trim());
    let found = cases::of_subject(&site.office, &who, code, matter).await;
    let f = Frame::new(&reader);
    let ask = Ask::default();
    let mut page = blank(&site, &clerk, &f, &ask);
    page.matter = matter;
    page.of_one = true;
    let status = match found {
        Ok(found) => {
            page.hits = hits(&site, &found, &f);
            StatusCode::OK
        }
        Err(error @ (Error::Request(_) | Error::NotFound)) => {
            page.faults
                .push(Fault::new("code", error.message(reader.lang)));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error) => return page::error(&reader, &error),
    };
    page::answer(status, &f, &page)
}

/// The page with its forms and nothing found yet.
fn blank<'a>(site: &Site, clerk: &'a Clerk, f: &'a Frame, ask: &'a Ask) -> Page<'a> {
    let reach = clerk.actor.reach(Action::LegalList);
    let own = agencies(&site.office.catalog, &reach, &ask.agency, f.t.lang);
    let own = own.into_iter().map(|one| Choice {
        code: one.code,
        title: one.title,
        chosen: one.chosen,
    });
    Page {
        clerk,
        faults: Vec::new(),
        kinds: ask::kinds(site, ask, f.t.lang),
        states: ask::states(site, ask, f),
        agencies: own.collect(),
        hits: Vec::new(),
        of_one: false,
        matter: "",
        next: String::new(),
        csv: String::new(),
        xlsx: String::new(),
        ask,
        f,
    }
}

fn hits(site: &Site, found: &[Found], f: &Frame) -> Vec<Hit> {
    let day = |day: jiff::civil::Date| day.to_string();
    let each = found.iter().map(|one| Hit {
        row: list::row(site, &one.line, f),
        opened: exchange::office::date_of(one.line.card.opened_at).to_string(),
        decided: one.decided.map(day).unwrap_or_default(),
    });
    each.collect()
}

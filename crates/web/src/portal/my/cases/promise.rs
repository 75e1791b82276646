//! The form by which a subject makes a promise to an agency.

use super::super::{Bar, bar};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::cases::form;
use crate::portal::cases::view::{self, Choice};
use crate::portal::supply::{Fault, field};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use credit::case::{Kind, Move};
use credit::lang::Lang;
use credit::people::MyAction;
use exchange::Error;
use exchange::cases::{self, Promising};
use exchange::people::mandate;
use std::sync::Arc;

/// A kind of promise, with what to know before.
struct Offered {
    code: String,
    title: String,
    about: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "my/promise.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    faults: Vec<Fault>,
    kinds: Vec<Offered>,
    agencies: Vec<Choice>,
    choices: Vec<Choice>,
    opens: Vec<Choice>,
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
) -> Response {
    let shown = show(&site, &reader, &clerk, &id, (&[], None)).await;
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
    let fault = wrong.map(|error| Fault::new("kind", error.message(reader.lang)));
    let status = match fault {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let lang = f.t.lang;
    let kinds = cases::promises(office);
    let page = Page {
        bar: bar(site, &f, &own, "my-cases").await?,
        faults: fault.into_iter().collect(),
        choices: choices(&kinds, field(sent, "choice"), lang),
        kinds: kinds
            .iter()
            .map(|kind| offered(kind, field(sent, "kind"), lang))
            .collect(),
        agencies: agencies(site, lang),
        opens: opens(site, field(sent, "promise-open"), lang),
        sent,
        clerk,
        f: &f,
    };
    Ok(page::answer(status, &f, &page))
}

fn offered(kind: &Kind, chosen: &str, lang: Lang) -> Offered {
    Offered {
        title: kind.title.get(lang).to_owned(),
        about: kind.about.get(lang).to_owned(),
        chosen: kind.code == chosen,
        code: kind.code.clone(),
    }
}

/// The kinds of promise of the standard, and those beside it, each once.
fn choices(kinds: &[Arc<Kind>], chosen: &str, lang: Lang) -> Vec<Choice> {
    let moves = kinds.iter().flat_map(|kind| &kind.moves);
    let opening: Vec<Move> = moves.filter(|one| one.opens()).cloned().collect();
    view::choices(&opening, lang, chosen)
}

fn agencies(site: &Site, lang: Lang) -> Vec<Choice> {
    let all = site.office.catalog.suppliers.iter();
    all.map(|one| Choice {
        code: one.code.clone(),
        title: one.title.get(lang).to_owned(),
        chosen: false,
    })
    .collect()
}

/// Who may see it: the code set of the standard.
fn opens(site: &Site, chosen: &str, lang: Lang) -> Vec<Choice> {
    let set = site.office.catalog.code_set("promise-open");
    let values = set.map(|set| set.values.as_slice()).unwrap_or_default();
    values
        .iter()
        .map(|one| Choice {
            code: one.value.clone(),
            title: one.title.get(lang).to_owned(),
            chosen: one.value == chosen,
        })
        .collect()
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
    let promising = Promising {
        saying: sent.saying(),
        kind: sent.field("kind").to_owned(),
        agency: sent.field("agency").to_owned(),
    };
    match cases::promise_own(office, actor, &id, promising).await {
        Ok(case) => Redirect::to(&format!("/my/{id}/cases/{case}")).into_response(),
        Err(error @ Error::Request(_)) => {
            let shown = show(&site, &reader, &clerk, &id, (&sent.fields, Some(&error))).await;
            shown.unwrap_or_else(|error| page::error(&reader, &error))
        }
        Err(error) => page::error(&reader, &error),
    }
}

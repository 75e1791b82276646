//! Who looked at the subject: when, why, who, of which agency, for which case.

use super::{Bar, bar};
use crate::Site;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::portal::supply::supplier_title;
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::MyAction;
use exchange::Error;
use exchange::my::Look;
use exchange::people::mandate;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    after: Option<String>,
}

struct Row {
    at: String,
    purpose: String,
    who: String,
    agency: String,
    case: String,
    own: bool,
}

#[derive(Template)]
#[template(path = "my/looks.html")]
struct Page<'a> {
    f: &'a Frame,
    clerk: &'a Clerk,
    bar: Bar,
    rows: Vec<Row>,
    next: String,
}

pub(super) async fn get(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    match made(&site, &clerk, &f, &id, &ask).await {
        Ok(page) => page::answer(StatusCode::OK, &f, &page),
        Err(error) => page::error(&reader, &error),
    }
}

async fn made<'a>(
    site: &Site,
    clerk: &'a Clerk,
    f: &'a Frame,
    id: &str,
    ask: &Ask,
) -> Result<Page<'a>, Error> {
    let (office, actor) = (&site.office, &clerk.actor);
    let own = mandate::mine(office, actor, id, MyAction::Looks).await?;
    let after = crate::cursor::after(ask.after.as_deref());
    let page = exchange::my::looks(office, actor, id, after.as_deref()).await?;
    Ok(Page {
        f,
        clerk,
        bar: bar(site, f, &own, "my-looks").await?,
        rows: page.rows.iter().map(|look| row(site, look, f)).collect(),
        next: crate::cursor::next(page.next.as_deref()),
    })
}

fn row(site: &Site, look: &Look, f: &Frame) -> Row {
    let lang = f.t.lang;
    let catalog = &site.office.catalog;
    let purpose = look.purpose.map(|purpose| purpose.title(lang).to_owned());
    // A look for a duty has its purpose from the catalogue.
    let duty = || {
        let mut known = catalog.purposes.iter();
        let found = known.find(|one| one.code == look.purpose_code)?;
        Some(found.title.get(lang).to_owned())
    };
    Row {
        at: page::moment(look.at),
        purpose: purpose
            .or_else(duty)
            .unwrap_or_else(|| look.purpose_code.clone()),
        who: look.who.clone(),
        agency: supplier_title(catalog, &look.agency, lang),
        case: look.case.clone(),
        own: look.own,
    }
}

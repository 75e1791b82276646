//! Who looked at the subject: when, why, who, of which agency, for which case; as a page, and as JSON for
//! the subject's own programs.

use super::{Bar, bar};
use crate::Site;
use crate::api::v1::MyLooks;
use crate::desk::Clerk;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use credit::people::MyAction;
use exchange::Error;
use exchange::my::Told;
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
    /// Themes with the items of each that could be seen; none: the whole file.
    items: Vec<(String, Vec<String>)>,
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
    let page = exchange::my::looks(office, actor, id, after.as_deref(), f.t.lang).await?;
    Ok(Page {
        f,
        clerk,
        bar: bar(site, f, &own, "my-looks").await?,
        rows: page.rows.into_iter().map(row).collect(),
        next: crate::cursor::next(page.next.as_deref()),
    })
}

/// The same for programs: a page of looks, newest first, and where the next one begins.
pub(super) async fn get_json(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    Query(ask): Query<Ask>,
) -> Response {
    let (office, actor) = (&site.office, &clerk.actor);
    let after = crate::cursor::after(ask.after.as_deref());
    match exchange::my::looks(office, actor, &id, after.as_deref(), reader.lang).await {
        Ok(page) => Json(MyLooks::of(page.rows, page.next.as_deref())).into_response(),
        Err(error) => page::error(&reader, &error),
    }
}

fn row(Told { look, own }: Told) -> Row {
    let mut items: Vec<(String, Vec<String>)> = Vec::new();
    for item in &look.items {
        match items.last_mut().filter(|(theme, _)| *theme == item.theme) {
            Some((_, titles)) => titles.push(item.title.clone()),
            None => items.push((item.theme.clone(), vec![item.title.clone()])),
        }
    }
    Row {
        at: page::moment(look.at.0),
        who: look.who().to_owned(),
        purpose: look.purpose_title,
        agency: look.agency_title,
        case: look.case,
        items,
        own,
    }
}

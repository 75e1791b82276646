//! The announcements in force, newest first.

use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::limits::PAGE_ROWS;
use exchange::announcements::{self, Announcement};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Ask {
    after: Option<String>,
}

/// An announcement in a list.
pub(in crate::portal) struct Item {
    pub(in crate::portal) id: String,
    pub(in crate::portal) title: String,
    /// The language of the title, where it is not the page's; empty where it is.
    pub(in crate::portal) lang: &'static str,
    pub(in crate::portal) from: String,
    pub(in crate::portal) until: String,
}

#[derive(Template)]
#[template(path = "announcements/list.html")]
struct Page<'a> {
    f: &'a Frame,
    items: Vec<Item>,
    next: String,
}

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Response {
    let f = Frame::new(&reader);
    let after = crate::cursor::after(ask.after.as_deref());
    let found = announcements::in_force(&site.office, after.as_deref(), PAGE_ROWS).await;
    let made = found.map(|found| Page {
        f: &f,
        items: found.rows.iter().map(|one| item(one, &f)).collect(),
        next: crate::cursor::next(found.next.as_deref()),
    });
    let mut response = page::made(&reader, &f, made);
    if response.status() == StatusCode::OK {
        fresh(&mut response);
    }
    response
}

/// What is withdrawn or over is not to be shown by whoever kept the page.
pub(super) fn fresh(response: &mut Response) {
    let no_store = axum::http::HeaderValue::from_static("no-cache");
    let headers = response.headers_mut();
    headers.insert(axum::http::header::CACHE_CONTROL, no_store);
}

/// An announcement in a list, in the reader's language or in Chinese.
pub(in crate::portal) fn item(one: &Announcement, f: &Frame) -> Item {
    let read = one.read_in(f.t.lang);
    Item {
        id: one.id.to_string(),
        title: one.title.get(read).to_owned(),
        lang: if read == f.t.lang { "" } else { read.tag() },
        from: one.from.to_string(),
        until: one.until.to_string(),
    }
}

//! One announcement; of one that was withdrawn within its days that, when and why.

use super::list::{Item, fresh, item};
use crate::Site;
use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use exchange::announcements::{self, Announcement};

#[derive(Template)]
#[template(path = "announcements/one.html")]
struct Page<'a> {
    f: &'a Frame,
    item: Item,
    paragraphs: Vec<&'a str>,
    published: String,
    /// When and why it was withdrawn.
    withdrawn: Option<(String, &'a str)>,
}

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let found = match announcements::one(&site.office, &id).await {
        Ok(found) => found,
        Err(error) => return page::error(&reader, &error),
    };
    let f = Frame::new(&reader);
    let mut response = page::answer(StatusCode::OK, &f, &made(&found, &f));
    fresh(&mut response);
    response
}

fn made<'a>(found: &'a Announcement, f: &'a Frame) -> Page<'a> {
    let text = found.text.get(found.read_in(f.t.lang));
    let withdrawn = found.withdrawn.as_ref();
    let lines = text.lines().map(str::trim);
    Page {
        item: item(found, f),
        // What was withdrawn is not read any more.
        paragraphs: match withdrawn {
            Some(_) => Vec::new(),
            None => lines.filter(|line| !line.is_empty()).collect(),
        },
        published: page::moment(found.published_at.0),
        withdrawn: withdrawn.map(|why| (page::moment(why.at.0), why.reason.as_str())),
        f,
    }
}

//! 应用清单: none is loaded yet, and the page says so, and where the law's own lists are published.

use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "list_empty.html")]
struct Page<'a> {
    f: &'a Frame,
    title: String,
    about: String,
    why: String,
    published: String,
}

pub(super) async fn get_applications(reader: Reader) -> Response {
    let f = Frame::new(&reader);
    let text = |part: &str| f.t.get(&format!("list-applications-{part}"));
    let page = Page {
        f: &f,
        title: text("title"),
        about: text("about"),
        why: text("empty"),
        published: text("published"),
    };
    page::answer(StatusCode::OK, &f, &page)
}

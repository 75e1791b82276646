//! 应用清单 and 行为清单: none is loaded yet, and the pages say so, and where the law's own lists
//! are published.

use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "list_empty.html")]
struct Page<'a> {
    f: &'a Frame,
    which: &'a str,
    title: String,
    about: String,
    why: String,
    published: String,
}

pub(super) async fn get_applications(reader: Reader) -> Response {
    show(&reader, "applications")
}

pub(super) async fn get_measures(reader: Reader) -> Response {
    show(&reader, "measures")
}

fn show(reader: &Reader, which: &str) -> Response {
    let f = Frame::new(reader);
    let text = |part: &str| f.t.get(&format!("list-{which}-{part}"));
    let page = Page {
        f: &f,
        which,
        title: text("title"),
        about: text("about"),
        why: text("empty"),
        published: text("published"),
    };
    page::answer(StatusCode::OK, &f, &page)
}

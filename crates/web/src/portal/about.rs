//! What this site is, how to object and repair, and what it never does.

use crate::page::{self, Frame};
use crate::reader::Reader;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;

#[derive(Template)]
#[template(path = "about.html")]
struct About<'a> {
    f: &'a Frame,
}

pub(crate) async fn get(reader: Reader) -> Response {
    let f = Frame::new(&reader);
    page::answer(StatusCode::OK, &f, &About { f: &f })
}

//! Nothing is at this address.

use crate::page::{self, Frame};
use crate::reader::Reader;
use axum::http::StatusCode;
use axum::response::Response;

pub(crate) async fn get(reader: Reader) -> Response {
    let text = Frame::new(&reader).t.get("missing-page");
    page::message(StatusCode::NOT_FOUND, &reader, "problem-not-found", &text)
}

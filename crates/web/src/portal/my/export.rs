//! Everything on file about the subject, as JSON or CSV, written as it is read.

use crate::Site;
use crate::desk::Clerk;
use crate::page;
use crate::reader::Reader;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::convert::Infallible;
use views::export::Form;

pub(super) async fn get_json(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let head = ("application/json", "attachment; filename=\"export.json\"");
    answer(&site, &clerk, &reader, &id, Form::Json, head).await
}

pub(super) async fn get_csv(
    clerk: Clerk,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Response {
    let head = (
        "text/csv; charset=utf-8",
        "attachment; filename=\"export.csv\"",
    );
    answer(&site, &clerk, &reader, &id, Form::Csv, head).await
}

async fn answer(
    site: &Site,
    clerk: &Clerk,
    reader: &Reader,
    id: &str,
    form: Form,
    (kind, name): (&'static str, &'static str),
) -> Response {
    let made = exchange::my::export(&site.office, &clerk.actor, id, form, reader.lang).await;
    match made {
        Ok(export) => {
            let pieces = stream::iter(export.map(Ok::<String, Infallible>));
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, Body::from_stream(pieces)).into_response()
        }
        Err(error) => page::error(reader, &error),
    }
}

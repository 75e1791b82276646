//! The Reconciliation Service API, version 0.2, under `/api/v1/reconcile`: what OpenRefine and its
//! kin speak. A manifest, batches of queries, suggestions, previews and data extension.
//!
//! Everybody may ask from anywhere: answers carry `Access-Control-Allow-Origin: *`, and a `callback`
//! wraps them as JSONP where the protocol still knows it. Organisations only, public names and
//! codes only.

mod extend;
pub(super) mod get;
mod manifest;
pub(super) mod post;
mod preview;
mod query;
mod suggest;

use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get as on_get;
use credit::lang::Lang;
use credit::limits::MATCH_BYTES;
use credit::subject::SubjectKind;
use serde_json::{Value, json};

/// Longest name of a JSONP function.
const CALLBACK: usize = 64;

pub(super) fn routes() -> Router<Site> {
    Router::new()
        .route("/reconcile", on_get(get::get).post(post::post))
        .route("/reconcile/suggest/{what}", on_get(suggest::get))
        .route("/reconcile/properties", on_get(extend::get_properties))
        .route("/reconcile/preview/{id}", on_get(preview::get))
        .layer(DefaultBodyLimit::max(MATCH_BYTES))
        .layer(middleware::from_fn(from_anywhere))
}

/// Answers the browser's question before a cross-origin request, and opens every answer to it.
async fn from_anywhere(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
        (
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Content-Type, Accept-Language",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Answers with JSON, or with a call of the asker's function.
fn answer(value: &Value, callback: Option<&str>, lang: Lang) -> Result<Response, Problem> {
    let body = value.to_string();
    let Some(name) = callback else {
        let kind = (header::CONTENT_TYPE, "application/json");
        return Ok(([kind], body).into_response());
    };
    let first = |one: char| one.is_ascii_alphabetic() || one == '_' || one == '$';
    let sound = name.len() <= CALLBACK
        && name.starts_with(first)
        && name
            .chars()
            .all(|one| first(one) || one.is_ascii_digit() || one == '.');
    if !sound {
        return Err(Problem::known(StatusCode::BAD_REQUEST, "callback", lang));
    }
    // A comment in front keeps the answer from being read as another kind of file.
    let kind = (header::CONTENT_TYPE, "text/javascript; charset=utf-8");
    Ok(([kind], format!("/**/{name}({body});")).into_response())
}

/// A query that is no JSON of the protocol's shape.
fn misread(reader: &Reader) -> Problem {
    Problem::known(StatusCode::BAD_REQUEST, "reconcile", reader.lang)
}

/// Kinds of organisation, the general type first.
fn types(lang: Lang) -> Vec<(&'static str, String)> {
    let any = match lang {
        Lang::Zh => "法人和非法人组织",
        Lang::En => "organisation",
        Lang::Ru => "организация",
    };
    let kinds = SubjectKind::ALL
        .into_iter()
        .filter(|kind| kind.is_organisation());
    std::iter::once((ORGANISATION, any.to_owned()))
        .chain(kinds.map(|kind| (kind.code(), kind.title(lang).to_owned())))
        .collect()
}

/// The type of them all.
const ORGANISATION: &str = "organisation";

/// A type as the protocol writes it.
fn type_json(kind: SubjectKind, lang: Lang) -> Value {
    json!({"id": kind.code(), "name": kind.title(lang)})
}

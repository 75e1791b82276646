//! Errors that the framework answers by itself (a bad query, a body too large, no such method) come
//! as bare text: here they become problems for machines and pages for people.

use crate::page;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// The request headers that a later answer needs.
pub(super) fn kept(headers: &HeaderMap) -> HeaderMap {
    let mut kept = HeaderMap::new();
    for name in [header::ACCEPT_LANGUAGE, header::COOKIE] {
        if let Some(value) = headers.get(&name) {
            kept.insert(name, value.clone());
        }
    }
    kept
}

/// Whether an answer is an error that none of our handlers worded.
pub(super) fn is_foreign(response: &Response, path: &str) -> bool {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) {
        return false;
    }
    let machine =
        path.starts_with("/healthz") || path.starts_with("/readyz") || path.starts_with("/metrics");
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let ours = kind.starts_with("application/problem+json") || kind.starts_with("text/html");
    !machine && (!ours || (kind.starts_with("text/html") && is_api(path)))
}

/// The same error in our words; what the framework said may quote the request and is dropped.
pub(super) fn mended(response: Response, path: &str, reader: &Reader) -> Response {
    let status = response.status();
    let kind = match status.as_u16() {
        404 => "not-found",
        405 => "method",
        408 => "timeout",
        413 => "too-large",
        415 => "media-type",
        503 => "unavailable",
        400..=499 => "request",
        _ => "internal",
    };
    let t = crate::text::Texts { lang: reader.lang };
    let detail = t.get(&format!("problem-{kind}-detail"));
    let mut answer = if is_api(path) {
        Problem::new(status, kind, detail)
            .at(reader.lang)
            .into_response()
    } else {
        page::message(status, reader, &format!("problem-{kind}"), &detail)
    };
    if let Some(allow) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    answer
}

/// Whether an address belongs to machines.
pub(super) fn is_api(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

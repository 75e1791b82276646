//! The suppliers' desk: files go in, receipts and rejected rows come back, and what waits for a
//! person is decided by name. Every page asks for a session, and for what its account may do.

mod correct;
mod fact;
mod form;
mod holds;
mod mend;
mod nil;
mod overview;
mod pulls;
mod quality;
mod questions;
mod recall;
mod receipt;
mod rejects;
mod running;
mod snapshots;
mod submit;
mod todo;

pub(crate) use receipt::signed;

use crate::Site;
use crate::desk::same_origin;
use crate::page;
use crate::reader::Reader;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use credit::catalog::Catalog;
use credit::lang::Lang;
use credit::limits::{FORM_BYTES, UPLOAD_BYTES};
use credit::people::Reach;

pub(super) fn routes() -> Router<Site> {
    let upload = get(submit::get)
        .post(submit::post)
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES + FORM_BYTES));
    let fact = get(fact::get)
        .post(fact::post)
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    let correct = get(correct::get)
        .post(correct::post)
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    Router::new()
        .route("/supply", get(overview::get))
        .route("/supply/fact", fact)
        .route("/supply/nil", get(nil::get).post(nil::post))
        .route("/supply/correct", correct)
        .route("/supply/submit", upload)
        .route("/supply/running/{job}", get(running::get))
        .route("/supply/submissions/{id}", get(receipt::get))
        .route(
            "/supply/submissions/{id}/receipt.json",
            get(receipt::get_json),
        )
        .route(
            "/supply/submissions/{id}/recall",
            get(recall::get).post(recall::post),
        )
        .route("/supply/submissions/{id}/rejects", get(rejects::get))
        .route(
            "/supply/submissions/{id}/rejects.csv",
            get(rejects::get_csv),
        )
        .route(
            "/supply/submissions/{id}/rejects.xlsx",
            get(rejects::get_xlsx),
        )
        .route(
            "/supply/submissions/{id}/rejects/{row}",
            get(mend::get).post(mend::post),
        )
        .route("/supply/holds", get(holds::get))
        .route("/supply/pulls", get(pulls::get))
        .route("/supply/snapshots", get(snapshots::get))
        .route("/supply/snapshots/{id}", post(snapshots::post))
        .route("/supply/questions", get(questions::get))
        .route("/supply/questions/{mention}", post(questions::post))
        .route("/supply/decisions/{id}/undo", post(questions::post_undo))
        .route("/supply/quality", get(quality::get))
        .layer(middleware::from_fn(own_pages_only))
}

/// Refuses a form that did not come from a page of this site, and keeps the desk's pages out of
/// caches that others share.
pub(super) async fn own_pages_only(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    if changes && !same_origin(request.headers()) {
        let reader = Reader::of(request.uri(), request.headers());
        let text = crate::text::Texts { lang: reader.lang }.get("problem-origin-detail");
        return page::message(StatusCode::FORBIDDEN, &reader, "problem-origin", &text);
    }
    let mut response = next.run(request).await;
    let private = axum::http::HeaderValue::from_static("private, no-store");
    response
        .headers_mut()
        .insert(axum::http::header::CACHE_CONTROL, private);
    response
}

/// The newest title of a theme; its code where the catalogue has it no more.
pub(super) fn theme_title(catalog: &Catalog, code: &str, lang: Lang) -> String {
    let theme = catalog.themes.iter().rev().find(|theme| theme.code == code);
    theme.map_or_else(|| code.to_owned(), |theme| theme.title.get(lang).to_owned())
}

/// The name of a supplier; its code where the catalogue does not name it.
pub(super) fn supplier_title(catalog: &Catalog, code: &str, lang: Lang) -> String {
    catalog.supplier(code).map_or_else(
        || code.to_owned(),
        |supplier| supplier.title.get(lang).to_owned(),
    )
}

/// An entry of a list to choose from.
pub(super) struct Choice {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) chosen: bool,
}

/// The agencies that an account reaches; all of the catalogue where nothing limits it.
pub(super) fn agencies(catalog: &Catalog, reach: &Reach, chosen: &str, lang: Lang) -> Vec<Choice> {
    let all = || {
        catalog
            .suppliers
            .iter()
            .map(|one| one.code.as_str())
            .collect()
    };
    reach
        .agencies()
        .unwrap_or_else(all)
        .into_iter()
        .map(|code| Choice {
            code: code.to_owned(),
            title: supplier_title(catalog, code, lang),
            chosen: code == chosen,
        })
        .collect()
}

/// A field of a form that was sent, trimmed; empty where it is absent.
pub(super) fn field<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map_or("", |(_, value)| value.trim())
}

/// Something to change in a form: which field, and what.
pub(super) struct Fault {
    pub(super) field: &'static str,
    pub(super) text: String,
}

impl Fault {
    pub(super) fn new(field: &'static str, text: String) -> Fault {
        Fault { field, text }
    }
}

/// The words for one field, if something is wrong with it.
pub(super) fn fault_of<'f>(faults: &'f [Fault], field: &str) -> Option<&'f str> {
    faults
        .iter()
        .find(|fault| fault.field == field)
        .map(|fault| fault.text.as_str())
}

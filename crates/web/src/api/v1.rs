//! Version 1 of the API. One verb a file, each with its wire types, its handler and its words for
//! the description.
//!
//! Reads of public facts are open to everyone; what belongs to the suppliers' desk asks for a machine:
//! a signature (RFC 9421), or a key in `Authorization: Bearer`. Errors are RFC 9457 problems, cursors are opaque, reads carry
//! an `ETag`.

mod index_get;
mod openapi_get;
mod rejects_get;
mod report_get;
mod report_pdf_get;
mod schema_get;
mod subject_get;
mod subjects_get;
mod submission_get;
mod submissions_get;
mod submissions_post;
mod template_get;
mod theme_get;
mod themes_get;
mod wire;

use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use credit::limits::UPLOAD_BYTES;
use credit::people::Action;
use exchange::people::Actor;
use serde::Serialize;

pub use openapi_get::description;

pub(super) fn routes() -> Router<Site> {
    let submissions = get(submissions_get::list_submissions)
        .post(submissions_post::create_submission)
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES));
    Router::new()
        .route("/", get(index_get::get_index))
        .route("/openapi.json", get(openapi_get::get_openapi))
        .route("/subjects", get(subjects_get::list_subjects))
        .route("/subjects/{code}", get(subject_get::get_subject))
        .route("/subjects/{code}/report", get(report_get::get_report))
        .route(
            "/subjects/{code}/report.pdf",
            get(report_pdf_get::get_report_pdf),
        )
        .route("/themes", get(themes_get::list_themes))
        .route("/themes/{code}", get(theme_get::get_theme))
        .route("/themes/{code}/schema", get(schema_get::get_theme_schema))
        .route(
            "/themes/{code}/template",
            get(template_get::get_theme_template),
        )
        .route("/submissions", submissions)
        .route("/submissions/{id}", get(submission_get::get_submission))
        .route("/submissions/{id}/rejects", get(rejects_get::list_rejects))
}

/// Answers with a wire value as JSON and its ETag.
fn answer(site: &Site, headers: &HeaderMap, reader: &Reader, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => crate::etag::answer(site, headers, reader.lang, "application/json", body),
        Err(cause) => {
            let error = exchange::Error::inner("an answer could not be written", cause);
            axum::response::IntoResponse::into_response(Problem::of(&error, reader.lang))
        }
    }
}

/// Refuses a submission that the machine may not know of: to it there is none.
fn sees(
    actor: &Actor,
    action: Action,
    one: &exchange::supply::Submission,
) -> Result<(), exchange::Error> {
    if actor.reach(action).covers(&one.supplier, &one.theme) {
        Ok(())
    } else {
        Err(exchange::Error::NotFound)
    }
}

/// A cursor as it was given out; one that is not ours is refused where it is read.
fn cursor(after: Option<&str>) -> Option<String> {
    after.map(|after| crate::cursor::open(after).unwrap_or_default())
}

//! Version 1 of the API. One verb a file, each with its wire types, its handler and its words for
//! the description.
//!
//! Reads of public facts are open to everyone; what belongs to the suppliers' desk asks for a machine:
//! a signature (RFC 9421), or a key in `Authorization: Bearer`. Errors are RFC 9457 problems, cursors are opaque, reads carry
//! an `ETag`.

mod case_wire;
mod cases_post;
mod consents_post;
mod corrections_post;
mod due_get;
mod grant_get;
mod grant_moves_post;
mod grants_get;
mod grants_post;
mod index_get;
mod legal_case_get;
mod legal_cases_get;
mod legal_file_get;
mod legal_moves_post;
mod look_audit_get;
mod lookups_post;
mod my_case_get;
mod my_cases_get;
mod my_cases_post;
mod my_facts_get;
mod my_file_get;
mod my_get;
mod my_looks_get;
mod my_moves_post;
mod nil_post;
mod openapi_get;
mod own_facts_post;
mod recall_post;
mod receipts_get;
mod receipts_post;
mod rejects_get;
mod report_get;
mod report_pdf_get;
mod report_post;
mod schema_get;
mod standing_get;
mod subject_get;
mod subjects_get;
mod submission_get;
mod submissions_get;
mod submissions_post;
mod template_get;
mod theme_get;
mod themes_get;
mod undo_post;
mod wire;

pub(crate) use my_looks_get::MyLooks;

use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use credit::limits::{FORM_BYTES, UPLOAD_BYTES};
use credit::people::Action;
use exchange::people::Actor;
use serde::Serialize;
use wire::Coded;

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
        .route(
            "/subjects/{code}/report",
            get(report_get::get_report).post(report_post::issue_report),
        )
        .route("/reports/{number}", get(standing_get::get_standing))
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
        .merge(sharing())
        .merge(corrections())
        .merge(cases())
        .route("/submissions", submissions)
        .route("/nil-reports", post(nil_post::create_nil_report))
        .route("/due", get(due_get::list_due))
        .route("/submissions/{id}", get(submission_get::get_submission))
        .route("/submissions/{id}/rejects", get(rejects_get::list_rejects))
        .route(
            "/submissions/{id}/recall",
            post(recall_post::recall_submission),
        )
        .route("/submissions/{id}/undo", post(undo_post::undo_recall))
}

/// What agencies share under grants.
fn sharing() -> Router<Site> {
    let cases = post(cases_post::load_cases).layer(DefaultBodyLimit::max(FORM_BYTES));
    let grants = get(grants_get::list_grants)
        .post(grants_post::ask_for_grant)
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    let moves = post(grant_moves_post::move_grant).layer(DefaultBodyLimit::max(FORM_BYTES));
    Router::new()
        .route("/grants", grants)
        .route("/grants/{id}", get(grant_get::get_grant))
        .route("/grants/{id}/moves", moves)
        .route("/look-audit", get(look_audit_get::audit_looks))
        .route("/lookups", post(lookups_post::create_lookup))
        .route(
            "/receipts",
            get(receipts_get::list_receipts).post(receipts_post::give_receipt),
        )
        .route("/consents", post(consents_post::present_consent))
        .route("/cases", cases)
}

/// Cases on legal clocks: for a supplier's system, and for one that acts for a subject.
fn cases() -> Router<Site> {
    let limit = || DefaultBodyLimit::max(UPLOAD_BYTES + FORM_BYTES);
    Router::new()
        .route("/legal-cases", get(legal_cases_get::list_legal_cases))
        .route("/legal-cases/{id}", get(legal_case_get::get_legal_case))
        .route(
            "/legal-cases/{id}/moves",
            post(legal_moves_post::move_legal_case).layer(limit()),
        )
        .route(
            "/legal-cases/{id}/files/{seq}/{number}",
            get(legal_file_get::get_legal_file),
        )
        .route("/my", get(my_get::list_mandates))
        .route("/my/{mandate}/facts", get(my_facts_get::list_my_facts))
        .route("/my/{mandate}/looks", get(my_looks_get::list_my_looks))
        .route(
            "/my/{mandate}/cases",
            get(my_cases_get::list_my_cases)
                .post(my_cases_post::file_my_case)
                .layer(limit()),
        )
        .route("/my/{mandate}/cases/{id}", get(my_case_get::get_my_case))
        .route(
            "/my/{mandate}/cases/{id}/moves",
            post(my_moves_post::move_my_case).layer(limit()),
        )
        .route(
            "/my/{mandate}/cases/{id}/files/{seq}/{number}",
            get(my_file_get::get_my_file),
        )
}

/// What a supplier stated is read again and corrected.
fn corrections() -> Router<Site> {
    Router::new()
        .route("/own-facts", post(own_facts_post::read_own_facts))
        .route("/corrections", post(corrections_post::create_correction))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
}

/// The supplier for which a machine acts: the one asked for, else its own agency.
fn whose(
    actor: &Actor,
    action: Action,
    asked: Option<&str>,
    theme: &str,
) -> Result<String, exchange::Error> {
    let asked = asked.filter(|code| !code.is_empty());
    let supplier = asked.unwrap_or_else(|| actor.agency());
    if actor.reach(action).covers(supplier, theme) {
        Ok(supplier.to_owned())
    } else {
        Err(exchange::Error::Forbidden)
    }
}

/// An officer whom a machine names, who must be allowed to do it as well.
async fn named_officer(
    site: &Site,
    action: Action,
    name: &str,
    (agency, theme): (&str, &str),
) -> Result<policy::Officer, exchange::Error> {
    let who = exchange::people::named(&site.office, name).await?;
    who.may_all(action, agency, std::iter::once(theme))?;
    who.officer(agency)
}

/// Answers with a wire value as JSON that nobody keeps: what is not public, once asked for.
fn private(reader: &Reader, value: &impl Serialize) -> Response {
    let body = match serde_json::to_vec(value) {
        Ok(body) => body,
        Err(cause) => {
            let error = exchange::Error::inner("an answer could not be written", cause);
            return Problem::of(&error, reader.lang).into_response();
        }
    };
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CONTENT_LANGUAGE, reader.lang.tag()),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    (headers, body).into_response()
}

/// Answers with a wire value as JSON and its ETag.
fn answer(site: &Site, headers: &HeaderMap, reader: &Reader, value: &impl Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(body) => crate::etag::answer(site, headers, reader.lang, "application/json", body),
        Err(cause) => {
            let error = exchange::Error::inner("an answer could not be written", cause);
            Problem::of(&error, reader.lang).into_response()
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

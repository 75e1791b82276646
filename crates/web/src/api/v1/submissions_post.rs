//! `POST /api/v1/submissions`: a file goes in, its receipt comes back.

use crate::Site;
use crate::desk::{Jobs, Machine};
use crate::problem::Problem;
use crate::reader::Reader;
use axum::body::Bytes;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use credit::catalog::Mode;
use credit::people::Action;
use exchange::ingest::{File, Receipt, Told};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

/// Under which terms the file comes.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Code of the theme.
    theme: String,
    /// Code of the supplier; without it the machine's own agency.
    supplier: Option<String>,
    /// `delta` or `snapshot`; without it as the theme says.
    mode: Option<String>,
    /// The day for which the rows are stated; without it today.
    #[param(format = Date)]
    date: Option<String>,
    /// The file's name: a hint for its form.
    name: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/submissions", operation_id = "create_submission", tag = "submissions",
    params(Ask), security(("desk" = [])),
    request_body(description = "The file as it is: CSV, TSV, XLSX, XLS, ODS, JSON, NDJSON or XML, \
        also packed with gzip; at most 64 MiB", content_type = "application/octet-stream"),
    responses(
        (status = 201, description = "The signed receipt; the submission's address stands in `Location`",
            body = serde_json::Value),
        (status = 200, description = "The same file was submitted before: its receipt",
            body = serde_json::Value),
        (status = 202, description = "Still under way; the same request later brings the receipt",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 400, description = "Theme, supplier, mode or date do not fit",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not send that theme for that supplier",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than 64 MiB",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 422, description = "The file cannot be read as a whole; nothing of it was stored",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 503, description = "Too many files are under way",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn create_submission(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
    request: Request,
) -> Result<Response, Problem> {
    let lang = reader.lang;
    let agency = ask.supplier.as_deref().filter(|code| !code.is_empty());
    let supplier = agency.unwrap_or_else(|| actor.agency()).to_owned();
    let reach = actor.reach(Action::SubmissionCreate);
    if !reach.covers(&supplier, &ask.theme) {
        return Err(Problem::of(&exchange::Error::Forbidden, lang));
    }
    let mark = actor.officer().map_err(|error| Problem::of(&error, lang))?;
    let mark = mark.name().to_owned();
    // The seat comes before the body, so that memory holds no more uploads than are allowed.
    let busy = || Problem::known(StatusCode::SERVICE_UNAVAILABLE, "busy", lang);
    let seat = site.desk.jobs.seat().ok_or_else(busy)?;
    let request_terms =
        terms(ask).ok_or_else(|| Problem::known(StatusCode::BAD_REQUEST, "request", lang))?;
    let body = match Bytes::from_request(request, &site).await {
        Ok(body) => body,
        Err(refused) => return Ok(refused.into_response()),
    };
    let mut request = request_terms(body.to_vec());
    request.supplier = Some(supplier);
    request.told.officer = Some(mark);
    match Jobs::run(&site, request, seat).await {
        Some(Ok(receipt)) => Ok(receipt_answer(&receipt)),
        Some(Err(error)) => Err(Problem::of(&error, lang)),
        None => Err(Problem::known(StatusCode::ACCEPTED, "running", lang)),
    }
}

/// The request but for its bytes; `None` when mode or date are not understood.
fn terms(ask: Ask) -> Option<impl FnOnce(Vec<u8>) -> exchange::ingest::Request> {
    let mode = match ask.mode.as_deref() {
        None | Some("") => None,
        Some("delta") => Some(Mode::Delta),
        Some("snapshot") => Some(Mode::Snapshot),
        Some(_) => return None,
    };
    let date: Option<Date> = match ask.date.as_deref() {
        None | Some("") => None,
        Some(text) => Some(text.parse().ok()?),
    };
    Some(move |bytes| exchange::ingest::Request {
        theme: ask.theme,
        supplier: ask.supplier,
        mode,
        date,
        file: File::bytes(ask.name.as_deref().unwrap_or("upload"), bytes),
        told: Told::default(),
    })
}

/// A receipt as an answer, with its submission's address.
pub(super) fn receipt_answer(receipt: &Receipt) -> Response {
    let status = if receipt.repeated {
        StatusCode::OK
    } else {
        StatusCode::CREATED
    };
    let at = format!("/api/v1/submissions/{}", receipt.id);
    let kind = "application/json".to_owned();
    (
        status,
        [(header::CONTENT_TYPE, kind), (header::LOCATION, at)],
        crate::portal::signed(receipt),
    )
        .into_response()
}

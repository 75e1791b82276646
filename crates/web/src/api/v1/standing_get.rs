//! `GET /api/v1/reports/{number}`: whether an issued report still says what is true today.

use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{Extensions, HeaderMap, header};
use axum::response::{IntoResponse, Response};
use exchange::report::standing::{self, Standing};
use serde::Serialize;
use utoipa::ToSchema;

/// How an issued report stands today.
#[derive(Serialize, ToSchema)]
#[schema(as = Standing)]
pub(super) struct Wire {
    /// Whether today's report would state the same facts. What has changed is told to nobody here.
    valid: bool,
    /// The number printed on it.
    number: String,
    /// The day on which it was issued.
    #[schema(format = Date)]
    issued_on: String,
    /// The organisation's name; only while it is valid.
    name: Option<String>,
    /// Its first code; only while it is valid.
    code: Option<String>,
    /// How many entries it prints; only while it is valid.
    entries: Option<usize>,
}

#[utoipa::path(get, path = "/api/v1/reports/{number}", operation_id = "get_standing", tag = "reports",
    params(("number" = String, Path,
        description = "The number to verify by: 32 hexadecimal digits, in groups or not")),
    responses(
        (status = 200, description = "How it stands", body = Wire),
        (status = 404, description = "There is no report to verify under this number",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 429, description = "Too many within a minute; `Retry-After` says when to come again",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_standing(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let rate = &site.limits.verify;
    if let Err(later) = rate.api(&site, &reader, &headers, &extensions) {
        return Ok(*later);
    }
    let floor = tokio::time::sleep(crate::portal::VERIFY_FLOOR);
    let standing = standing::by_number(&site.office, &number).await;
    floor.await;
    let standing = standing.map_err(|error| Problem::of(&error, reader.lang))?;
    let stored = [(header::CACHE_CONTROL, "no-store")];
    Ok((stored, Json(wire(standing))).into_response())
}

fn wire(standing: Standing) -> Wire {
    match standing {
        Standing::Valid(valid) => Wire {
            valid: true,
            number: valid.number,
            issued_on: valid.on.to_string(),
            name: Some(valid.name),
            code: valid.code,
            entries: Some(valid.entries),
        },
        Standing::NotAnyMore { number, on } => Wire {
            valid: false,
            number,
            issued_on: on.to_string(),
            name: None,
            code: None,
            entries: None,
        },
    }
}

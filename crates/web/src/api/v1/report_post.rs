//! `POST /api/v1/subjects/{code}/report`: a signed copy of the public report.

use crate::Site;
use crate::portal::{issued_file, report_ask};
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, RawQuery, State};
use axum::http::{Extensions, HeaderMap};
use axum::response::Response;

#[utoipa::path(post, path = "/api/v1/subjects/{code}/report", operation_id = "issue_report", tag = "subjects",
    params(("code" = String, Path, description = "Any code of the organisation, or its id"),
        super::report_get::Ask),
    responses(
        (status = 200, description = "The signed file, to be kept byte for byte: the report and, in \
            `signature`, a compact JWS (EdDSA) over it. Asked again on the same day with the same facts, it \
            is the same file", body = serde_json::Value, content_type = "application/json"),
        (status = 400, description = "The code or the query is not understood",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is public under this code",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 429, description = "Too many within a minute; `Retry-After` says when to come again",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn issue_report(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    extensions: Extensions,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let rate = &site.limits.issue;
    if let Err(later) = rate.api(&site, &reader, &headers, &extensions) {
        return Ok(*later);
    }
    let problem = |error| Problem::of(&error, reader.lang);
    let ask = report_ask(reader.lang, &query.unwrap_or_default()).map_err(problem)?;
    let issued = exchange::report::issue::public(&site.office, &code, &ask).await;
    Ok(issued_file(&issued.map_err(problem)?))
}

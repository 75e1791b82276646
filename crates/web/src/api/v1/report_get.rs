//! `GET /api/v1/subjects/{code}/report`: the public credit information report, as JSON or PDF.

use crate::Site;
use crate::portal::report_ask;
use crate::problem::Problem;
use crate::reader::{self, Reader};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use utoipa::IntoParams;

/// What of the report is asked. All are optional.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(
    dead_code,
    reason = "describes the query; it is read as text, because `theme` repeats"
)]
pub(super) struct Ask {
    /// Content as known at the end of that day; what may be shown is decided today.
    #[param(format = Date)]
    as_of: Option<String>,
    /// Only facts decided from that day on.
    #[param(format = Date)]
    from: Option<String>,
    /// Only facts decided up to that day.
    #[param(format = Date)]
    to: Option<String>,
    /// Only these themes; may be repeated.
    theme: Option<Vec<String>>,
}

#[utoipa::path(get, path = "/api/v1/subjects/{code}/report", operation_id = "get_report", tag = "subjects",
    params(("code" = String, Path, description = "Any code of the organisation, or its id"), Ask),
    responses(
        (status = 200, description = "The report; its shape is docs/schemas/report-1.json. With \
            `Accept: application/pdf` the same as PDF", body = serde_json::Value),
        (status = 400, description = "The code or the query is not understood",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is public under this code",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_report(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    if reader::header(&headers, header::ACCEPT).starts_with("application/pdf") {
        return super::report_pdf_get::answer(&site, &reader, &code, &query).await;
    }
    let problem = |error| Problem::of(&error, reader.lang);
    let ask = report_ask(reader.lang, &query).map_err(problem)?;
    let report = exchange::report::public(&site.office, &code, &ask)
        .await
        .map_err(problem)?;
    let body = views::report::json(&report);
    Ok(crate::etag::answer(
        &site,
        &headers,
        reader.lang,
        "application/json",
        body,
    ))
}

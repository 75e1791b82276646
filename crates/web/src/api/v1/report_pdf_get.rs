//! `GET /api/v1/subjects/{code}/report.pdf`: the report to print and keep.

use crate::Site;
use crate::portal::report_ask;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

#[utoipa::path(get, path = "/api/v1/subjects/{code}/report.pdf", operation_id = "get_report_pdf",
    tag = "subjects",
    params(("code" = String, Path, description = "Any code of the organisation, or its id"),
        super::report_get::Ask),
    responses(
        (status = 200, description = "The report", content_type = "application/pdf"),
        (status = 400, description = "The code or the query is not understood",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is public under this code",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 503, description = "The server has no Chinese font",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_report_pdf(
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    answer(&site, &reader, &code, &query.unwrap_or_default()).await
}

pub(super) async fn answer(
    site: &Site,
    reader: &Reader,
    code: &str,
    query: &str,
) -> Result<Response, Problem> {
    let Some(typesetter) = site.typesetter.clone() else {
        let text = crate::text::Texts { lang: reader.lang }.get("report-no-font");
        return Err(
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", text).at(reader.lang),
        );
    };
    let problem = |error| Problem::of(&error, reader.lang);
    let ask = report_ask(reader.lang, query).map_err(problem)?;
    let report = exchange::report::public(&site.office, code, &ask)
        .await
        .map_err(problem)?;
    let name = format!("inline; filename=\"{}.pdf\"", report.number);
    let made = tokio::task::spawn_blocking(move || typesetter.report(&report)).await;
    let broken = |cause: Box<dyn std::error::Error + Send + Sync>| {
        problem(exchange::Error::inner("a PDF could not be made", cause))
    };
    let bytes = made
        .map_err(|cause| broken(cause.into()))?
        .map_err(|cause| broken(cause.into()))?;
    let kind = "application/pdf".to_owned();
    Ok((
        [
            (header::CONTENT_TYPE, kind),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}

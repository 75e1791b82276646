//! `GET /api/v1/themes/{code}/schema`: a theme as Frictionless Table Schema.

use super::answer;
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

#[utoipa::path(get, path = "/api/v1/themes/{code}/schema", operation_id = "get_theme_schema", tag = "catalogue",
    params(("code" = String, Path, description = "Code of the theme")),
    responses(
        (status = 200, description = "A Table Schema (specs.frictionlessdata.io)", body = serde_json::Value),
        (status = 404, description = "There is no such theme",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_theme_schema(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let theme =
        crate::portal::theme_edition(&site.office.catalog, &code, None, site.office.today())
            .ok_or_else(|| Problem::of(&exchange::Error::NotFound, reader.lang))?;
    let schema = credit::catalog::frictionless::export(theme, reader.lang);
    Ok(answer(&site, &headers, &reader, &schema))
}

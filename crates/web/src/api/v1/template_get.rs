//! `GET /api/v1/themes/{code}/template`: the workbook that an agency fills in.

use crate::Site;
use crate::portal::XLSX;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

#[utoipa::path(get, path = "/api/v1/themes/{code}/template", operation_id = "get_theme_template",
    tag = "catalogue",
    params(("code" = String, Path, description = "Code of the theme")),
    responses(
        (status = 200, description = "A workbook to fill in",
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 404, description = "There is no such theme",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_theme_template(
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let theme =
        crate::portal::theme_edition(&site.office.catalog, &code, None, site.office.today())
            .ok_or_else(|| problem(exchange::Error::NotFound))?;
    let bytes = exchange::browse::template(theme, reader.lang).map_err(problem)?;
    let name = format!("attachment; filename=\"{}.xlsx\"", theme.code);
    Ok((
        [
            (header::CONTENT_TYPE, XLSX.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}

//! A theme as files: the workbook to fill in, and its Table Schema.

use crate::Site;
use crate::page;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

/// The media type of a workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(super) async fn get_template(
    State(site): State<Site>,
    reader: Reader,
    Path(code): Path<String>,
) -> Response {
    let Some(theme) = super::edition(&site.office.catalog, &code, None, site.office.today()) else {
        return page::error(&reader, &exchange::Error::NotFound);
    };
    match exchange::browse::template(theme, reader.lang) {
        Ok(bytes) => {
            let name = format!("attachment; filename=\"{}.xlsx\"", theme.code);
            let kind = XLSX.to_owned();
            (
                [
                    (header::CONTENT_TYPE, kind),
                    (header::CONTENT_DISPOSITION, name),
                ],
                bytes,
            )
                .into_response()
        }
        Err(error) => page::error(&reader, &error),
    }
}

pub(super) async fn get_schema(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Response {
    let Some(theme) = super::edition(&site.office.catalog, &code, None, site.office.today()) else {
        return page::error(&reader, &exchange::Error::NotFound);
    };
    let schema = credit::catalog::frictionless::export(theme, reader.lang);
    let body = serde_json::to_string_pretty(&schema).unwrap_or_default();
    crate::etag::answer(&site, &headers, reader.lang, "application/json", body)
}

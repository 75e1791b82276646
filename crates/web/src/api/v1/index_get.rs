//! `GET /api/v1`: where things are.

use super::answer;
use crate::Site;
use crate::reader::Reader;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

/// Where things are.
#[derive(Serialize, ToSchema)]
pub(super) struct Index {
    /// Version of the program.
    program: &'static str,
    /// Digest of the catalogue in force.
    catalogue: String,
    /// The description of this API.
    openapi: &'static str,
    /// Addresses, as templates.
    addresses: &'static [&'static str],
}

/// Every address, as a template.
const ADDRESSES: &[&str] = &[
    "/api/v1/openapi.json",
    "/api/v1/match",
    "/api/v1/reconcile",
    "/api/v1/reports/{number}",
    "/api/v1/subjects?name={name}&after={cursor}",
    "/api/v1/subjects/{code}",
    "/api/v1/subjects/{code}/report",
    "/api/v1/subjects/{code}/report.pdf",
    "/api/v1/themes",
    "/api/v1/themes/{code}",
    "/api/v1/themes/{code}/schema",
    "/api/v1/themes/{code}/template",
    "/api/v1/submissions",
    "/api/v1/submissions/{id}",
    "/api/v1/submissions/{id}/rejects",
    "/api/v1/submissions/{id}/recall",
    "/api/v1/submissions/{id}/undo",
    "/api/v1/nil-reports",
    "/api/v1/own-facts",
    "/api/v1/corrections",
    "/api/v1/due",
    "/api/v1/grants",
    "/api/v1/grants/{id}",
    "/api/v1/grants/{id}/moves",
    "/api/v1/look-audit",
    "/api/v1/lookups",
    "/api/v1/consents",
    "/api/v1/receipts?agency={agency}&after={cursor}",
    "/api/v1/cases",
    "/api/v1/legal-cases?agency={agency}&after={cursor}",
    "/api/v1/legal-cases/{id}",
    "/api/v1/legal-cases/{id}/files/{seq}/{number}",
    "/api/v1/legal-cases/{id}/moves",
    "/api/v1/my",
    "/api/v1/my/{mandate}/cases",
    "/api/v1/my/{mandate}/cases/{id}",
    "/api/v1/my/{mandate}/cases/{id}/files/{seq}/{number}",
    "/api/v1/my/{mandate}/cases/{id}/moves",
    "/api/v1/my/{mandate}/facts",
    "/api/v1/my/{mandate}/looks?after={cursor}",
];

#[utoipa::path(get, path = "/api/v1", operation_id = "get_index", tag = "about",
    responses((status = 200, description = "Where things are", body = Index)))]
pub(super) async fn get_index(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
) -> Response {
    let index = Index {
        program: site.office.program,
        catalogue: site.office.catalog.digest.clone(),
        openapi: "/api/v1/openapi.json",
        addresses: ADDRESSES,
    };
    answer(&site, &headers, &reader, &index)
}

//! `GET /api/v1/reconcile`: the manifest, or a batch in the address.

use super::{answer, extend, manifest, query};
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;

/// What is asked.
#[derive(Debug, Deserialize)]
pub(in crate::api) struct Ask {
    queries: Option<String>,
    extend: Option<String>,
    callback: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/reconcile", operation_id = "get_reconcile", tag = "match",
    params(
        ("queries" = Option<String>, Query, description = "A batch of reconciliation queries, JSON"),
        ("extend" = Option<String>, Query, description = "A data extension query, JSON"),
        ("callback" = Option<String>, Query, description = "Name of a JSONP function"),
    ),
    responses(
        (status = 200, description = "The manifest of the Reconciliation Service API 0.2, or the \
            answers to the batch", content_type = "application/json"),
        (status = 400, description = "No query of the protocol's shape",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than 100 queries or ids",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(in crate::api) async fn get(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let value = match (&ask.queries, &ask.extend) {
        (Some(text), _) => query::batch(&site, &reader, text).await?,
        (None, Some(text)) => extend::extend(State(site), &reader, text).await?,
        (None, None) => manifest::manifest(&headers, reader.lang),
    };
    answer(&value, ask.callback.as_deref(), reader.lang)
}

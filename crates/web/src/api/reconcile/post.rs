//! `POST /api/v1/reconcile`: a batch or a data extension in a form field.

use super::{answer, extend, misread, query};
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use serde::Deserialize;

/// What is asked: one of the two fields.
#[derive(Debug, Deserialize)]
pub(in crate::api) struct Ask {
    queries: Option<String>,
    extend: Option<String>,
}

#[utoipa::path(post, path = "/api/v1/reconcile", operation_id = "reconcile_subjects", tag = "match",
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
        description = "`queries` or `extend`, each JSON of the Reconciliation Service API 0.2"),
    responses(
        (status = 200, description = "The answers by the names of the queries", content_type = "application/json"),
        (status = 400, description = "No query of the protocol's shape",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than 100 queries or ids",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(in crate::api) async fn post(
    State(site): State<Site>,
    reader: Reader,
    form: Result<Form<Ask>, FormRejection>,
) -> Result<Response, Problem> {
    let Ok(Form(ask)) = form else {
        return Err(misread(&reader));
    };
    let value = match (&ask.queries, &ask.extend) {
        (Some(text), _) => query::batch(&site, &reader, text).await?,
        (None, Some(text)) => extend::extend(State(site), &reader, text).await?,
        (None, None) => return Err(misread(&reader)),
    };
    answer(&value, None, reader.lang)
}

//! `POST /api/v1/submissions/{id}/undo`: a recall is taken back itself.

use super::recall_post::{own, take_back};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use exchange::ingest::What;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UndoAsk {
    /// Why the recall is undone; without anybody's identity, telephone or account number.
    #[schema(max_length = 500)]
    reason: String,
}

#[utoipa::path(post, path = "/api/v1/submissions/{id}/undo", operation_id = "undo_recall", tag = "submissions",
    params(("id" = String, Path, description = "The recall's own submission, 32 hexadecimal digits")),
    security(("desk" = [])), request_body = UndoAsk,
    responses(
        (status = 201, description = "The signed receipt; `accepted` counts the facts that are in force again",
            body = serde_json::Value),
        (status = 200, description = "It was undone before: the receipt of that", body = serde_json::Value),
        (status = 400, description = "The reason is missing, or it is no recall that stands",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such submission",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn undo_recall(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    ask: Result<Json<UndoAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let id = own(&site, &actor, &id).await;
    let id = id.map_err(|error| Problem::of(&error, reader.lang))?;
    let bad = |_| Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(bad)?;
    take_back(&site, &actor, What::Undo(id), ask.reason, &reader).await
}

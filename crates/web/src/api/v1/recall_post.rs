//! `POST /api/v1/submissions/{id}/recall`: what was sent in error is taken back.

use super::sees;
use super::submissions_post::receipt_answer;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use credit::subject::SubmissionId;
use exchange::Error;
use exchange::ingest::{self, Recall, What};
use exchange::people::Actor;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why, and what of it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecallAsk {
    /// Why it was an error; without anybody's identity, telephone or account number.
    #[schema(max_length = 500)]
    reason: String,
    /// Only this row of the file; without it the whole submission, within its days.
    row: Option<u64>,
}

#[utoipa::path(post, path = "/api/v1/submissions/{id}/recall", operation_id = "recall_submission", tag = "submissions",
    params(("id" = String, Path, description = "The submission to take back, 32 hexadecimal digits")),
    security(("desk" = [])), request_body = RecallAsk,
    responses(
        (status = 201, description = "The signed receipt of the recall; `removed` counts the facts",
            body = serde_json::Value),
        (status = 200, description = "The same recall was made before: its receipt", body = serde_json::Value),
        (status = 400, description = "The reason is missing, the days are over, or it was taken back already",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such submission",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn recall_submission(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    ask: Result<Json<RecallAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let id = own(&site, &actor, &id).await;
    let id = id.map_err(|error| Problem::of(&error, reader.lang))?;
    let bad = |_| Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(bad)?;
    let what = ask
        .row
        .map_or(What::Submission(id), |row| What::Row(id, row));
    take_back(&site, &actor, what, ask.reason, &reader).await
}

/// A submission that the machine may take back; to it there is no other.
pub(super) async fn own(site: &Site, actor: &Actor, id: &str) -> Result<SubmissionId, Error> {
    let id = SubmissionId::parse(id).ok_or(Error::NotFound)?;
    let submission = exchange::supply::submission(&site.office, &id).await?;
    sees(actor, Action::SubmissionRecall, &submission)?;
    Ok(id)
}

/// Makes the move and answers with its receipt.
pub(super) async fn take_back(
    site: &Site,
    actor: &Actor,
    what: What,
    reason: String,
    reader: &Reader,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let officer = actor.officer().map_err(problem)?.name().to_owned();
    let recall = Recall {
        what,
        reason,
        officer,
    };
    let receipt = ingest::recall(&site.office, recall)
        .await
        .map_err(problem)?;
    Ok(receipt_answer(&receipt))
}

//! `GET /api/v1/submissions/{id}`: one submission and its signed receipt.

use super::wire::SubmissionWire;
use super::{answer, sees};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit::people::Action;
use credit::subject::SubmissionId;
use serde::Serialize;
use utoipa::ToSchema;

/// A submission with its receipt.
#[derive(Serialize, ToSchema)]
pub(super) struct SubmissionFull {
    /// The submission.
    #[serde(flatten)]
    submission: SubmissionWire,
    /// The receipt's canonical JSON, as it was signed; `null` before it is finished.
    receipt: Option<String>,
    /// Compact JWS over that JSON.
    signature: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/submissions/{id}", operation_id = "get_submission", tag = "submissions",
    params(("id" = String, Path, description = "Its id, 32 hexadecimal digits")), security(("desk" = [])),
    responses(
        (status = 200, description = "The submission", body = SubmissionFull),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such submission",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_submission(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let id = SubmissionId::parse(&id).ok_or_else(|| problem(exchange::Error::NotFound))?;
    let submission = exchange::supply::submission(&site.office, &id)
        .await
        .map_err(problem)?;
    sees(&actor, Action::SubmissionRead, &submission).map_err(problem)?;
    let receipt = match submission.receipt {
        Some(_) => Some(
            exchange::ingest::receipt(&site.office, &id)
                .await
                .map_err(problem)?,
        ),
        None => None,
    };
    let full = SubmissionFull {
        submission: SubmissionWire::from(&submission),
        receipt: receipt.as_ref().map(|receipt| receipt.json.clone()),
        signature: receipt.map(|receipt| receipt.signature),
    };
    Ok(answer(&site, &headers, &reader, &full))
}

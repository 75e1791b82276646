//! `POST /api/v1/receipts`: an agency says that it stopped using a fact, in the name of its officer.

use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::Response;
use exchange::{cases, people};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is acknowledged.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiptAsk {
    /// The case, 32 hexadecimal digits.
    case: String,
    /// Number of the move.
    number: u32,
    /// Code of the agency.
    agency: String,
    /// The officer who says so: the name to sign in with, or `account:ID`.
    officer: String,
}

/// What was acknowledged.
#[derive(Serialize, ToSchema)]
pub(super) struct Acknowledged {
    /// The case.
    case: String,
    /// Number of the move.
    number: u32,
}

#[utoipa::path(post, path = "/api/v1/receipts", operation_id = "give_receipt", tag = "sharing",
    security(("desk" = [])), request_body = ReceiptAsk,
    responses(
        (status = 200, description = "It is acknowledged, now or before", body = Acknowledged),
        (status = 400, description = "The request is not understood, or the officer's account is not in use",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine or officer may not speak for that agency",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The agency was told no such thing, or there is no such officer",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn give_receipt(
    Machine(machine): Machine,
    State(site): State<Site>,
    reader: Reader,
    ask: Result<Json<ReceiptAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let bad = |_| Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(bad)?;
    let officer = people::named(&site.office, &ask.officer).await;
    let who = (&machine.acting(), &officer.map_err(problem)?);
    let what = (ask.case.as_str(), ask.number, ask.agency.as_str());
    cases::acknowledge_by(&site.office, who, what)
        .await
        .map_err(problem)?;
    let (case, number) = (ask.case, ask.number);
    Ok(private(&reader, &Acknowledged { case, number }))
}

//! `POST /api/v1/nil-reports`: there is nothing to report for a period.

use super::submissions_post::receipt_answer;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::Response;
use credit::people::Action;
use exchange::ingest::{self, Nil};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

/// Of what, and for when, there is nothing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NilAsk {
    /// Code of the theme.
    theme: String,
    /// Code of the supplier; without it the machine's own agency.
    supplier: Option<String>,
    /// First day of the period.
    #[schema(format = Date)]
    from: String,
    /// Its last day, which has passed.
    #[schema(format = Date)]
    to: String,
}

#[utoipa::path(post, path = "/api/v1/nil-reports", operation_id = "create_nil_report", tag = "submissions",
    security(("desk" = [])), request_body = NilAsk,
    responses(
        (status = 201, description = "The signed receipt; the period counts as reported", body = serde_json::Value),
        (status = 200, description = "The same was reported before: its receipt", body = serde_json::Value),
        (status = 400, description = "The period is none of the theme's, has not ended, or is not empty",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not send that theme for that supplier",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn create_nil_report(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    ask: Result<Json<NilAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let bad = || Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(|_| bad())?;
    let agency = ask.supplier.filter(|code| !code.is_empty());
    let supplier = agency.unwrap_or_else(|| actor.agency().to_owned());
    if !actor
        .reach(Action::SubmissionCreate)
        .covers(&supplier, &ask.theme)
    {
        return Err(problem(exchange::Error::Forbidden));
    }
    let day = |text: &str| text.parse::<Date>().map_err(|_| bad());
    let nil = Nil {
        period: (day(&ask.from)?, day(&ask.to)?),
        officer: actor.officer().map_err(problem)?.name().to_owned(),
        theme: ask.theme,
        supplier,
    };
    let receipt = ingest::nil(&site.office, nil).await.map_err(problem)?;
    Ok(receipt_answer(&receipt))
}

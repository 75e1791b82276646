//! `GET /api/v1/legal-cases`: the cases that wait, by their last day, for a supplier's system.

use super::case_wire::CaseLine;
use super::{cursor, private};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::response::Response;
use credit::case::Party;
use exchange::cases::{self, Desk};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Code of the agency; without it the machine's own.
    agency: Option<String>,
    /// Only those in which this party has the next move: `subject`, `supplier`, `centre`, `authority`.
    who: Option<String>,
    /// Only those whose deadline has passed.
    overdue: Option<bool>,
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub(super) struct LegalCases {
    /// By their last day.
    cases: Vec<CaseLine>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/legal-cases", operation_id = "list_legal_cases", tag = "cases",
    params(Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "A page of cases that wait for somebody", body = LegalCases),
        (status = 400, description = "The cursor is none of ours, or a value cannot be read",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not see that agency's cases",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_legal_cases(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let seen = Desk {
        agency: ask.agency.as_deref().unwrap_or_default(),
        who: ask.who.as_deref().and_then(Party::parse),
        overdue: ask.overdue.unwrap_or(false),
    };
    let after = cursor(ask.after.as_deref());
    let page = cases::queue(&site.office, &actor.acting(), seen, after.as_deref()).await;
    let page = page.map_err(|error| Problem::of(&error, reader.lang))?;
    let rows = page.rows.iter();
    let cases = rows.map(|one| CaseLine::of(&one.card, &one.kind, &one.standing, reader.lang));
    let cases = LegalCases {
        cases: cases.collect(),
        next: page.next.as_deref().map(crate::cursor::seal),
    };
    Ok(private(&reader, &cases))
}

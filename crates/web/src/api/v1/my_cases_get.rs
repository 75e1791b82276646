//! `GET /api/v1/my/{mandate}/cases`: the cases of the subject of one's own mandate, newest first.

use super::case_wire::CaseLine;
use super::{cursor, private};
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use exchange::cases;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub(super) struct MyCases {
    /// Newest first.
    cases: Vec<CaseLine>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/my/{mandate}/cases", operation_id = "list_my_cases", tag = "my",
    params(("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits"), Ask),
    security(("desk" = [])),
    responses(
        (status = 200, description = "A page of cases; the look is written down", body = MyCases),
        (status = 400, description = "The cursor is none of ours",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The mandate does not have the task `cases`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_my_cases(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(mandate): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let after = cursor(ask.after.as_deref());
    let page = cases::own_page(&site.office, &actor, &mandate, after.as_deref()).await;
    let page = page.map_err(|error| Problem::of(&error, reader.lang))?;
    let rows = page.rows.iter();
    let cases = rows.map(|(card, kind, standing)| CaseLine::of(card, kind, standing, reader.lang));
    let cases = MyCases {
        cases: cases.collect(),
        next: page.next.as_deref().map(crate::cursor::seal),
    };
    Ok(private(&reader, &cases))
}

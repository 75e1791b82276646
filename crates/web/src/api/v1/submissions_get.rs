//! `GET /api/v1/submissions`: submissions, newest first.

use super::wire::SubmissionWire;
use super::{answer, cursor};
use crate::Site;
use crate::desk::{Machine, scope};
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit::people::Action;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Only those of one supplier; without it those of the machine's own agency.
    supplier: Option<String>,
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of submissions.
#[derive(Serialize, ToSchema)]
pub(super) struct Submissions {
    /// Newest first.
    submissions: Vec<SubmissionWire>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
}

#[utoipa::path(get, path = "/api/v1/submissions", operation_id = "list_submissions", tag = "submissions",
    params(Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "A page of submissions", body = Submissions),
        (status = 400, description = "The cursor is none of ours",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not see that supplier's submissions",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_submissions(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let asked = ask.supplier.as_deref().unwrap_or_default();
    let supplier = scope(&actor, Action::SubmissionList, asked).map_err(problem)?;
    let reach = actor.reach(Action::SubmissionList);
    let after = cursor(ask.after.as_deref());
    let office = &site.office;
    let page = exchange::supply::submissions(office, supplier.as_deref(), after.as_deref())
        .await
        .map_err(problem)?;
    let page = Submissions {
        submissions: page
            .rows
            .iter()
            .filter(|one| reach.covers(&one.supplier, &one.theme))
            .map(SubmissionWire::from)
            .collect(),
        next: page.next.as_deref().map(crate::cursor::seal),
    };
    Ok(answer(&site, &headers, &reader, &page))
}

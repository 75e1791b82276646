//! `GET /api/v1/due`: what an agency owes by when.

use super::answer;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use credit::people::Action;
use exchange::due::{self, DueStanding};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Code of the supplier; without it the machine's own agency.
    supplier: Option<String>,
}

/// A period that is owed.
#[derive(Serialize, ToSchema)]
pub(super) struct DueWire {
    /// Code of the theme.
    theme: String,
    /// First day of the period.
    #[schema(format = Date)]
    from: String,
    /// Its last day.
    #[schema(format = Date)]
    to: String,
    /// The last day on which it is reported in time.
    #[schema(format = Date)]
    due: String,
    /// `open`, or `missed` once that day has passed.
    standing: &'static str,
}

/// The periods of an agency that are due or were missed in the last days, by deadline.
#[derive(Serialize, ToSchema)]
pub(super) struct DueList {
    /// Code of the supplier.
    supplier: String,
    /// The periods.
    due: Vec<DueWire>,
}

#[utoipa::path(get, path = "/api/v1/due", operation_id = "list_due", tag = "submissions",
    params(Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "What is due, by deadline", body = DueList),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine does not act for that supplier",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_due(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let asked = ask.supplier.as_deref().unwrap_or_default();
    let scope = crate::desk::scope(&actor, Action::SubmissionList, asked).map_err(problem)?;
    let supplier = scope.unwrap_or_else(|| actor.agency().to_owned());
    let reach = actor.reach(Action::SubmissionList);
    let to_do = due::to_do(&site.office, &supplier).await.map_err(problem)?;
    let own = to_do
        .owed
        .iter()
        .filter(|one| reach.covers(&supplier, &one.theme));
    let list = DueList {
        due: own
            .map(|one| DueWire {
                theme: one.theme.clone(),
                from: one.period.from.to_string(),
                to: one.period.to.to_string(),
                due: one.period.due.to_string(),
                standing: match one.standing {
                    DueStanding::Missed => "missed",
                    DueStanding::OnTime | DueStanding::Late | DueStanding::Open => "open",
                },
            })
            .collect(),
        supplier,
    };
    Ok(answer(&site, &headers, &reader, &list))
}

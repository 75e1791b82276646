//! `GET /api/v1/grants/{id}`: a grant, what happened to it, and how often it was used.

use super::grants_get::GrantWire;
use super::private;
use super::wire::instant;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::response::Response;
use credit::grant::GrantId;
use exchange::sharing::{self, GrantStep};
use serde::Serialize;
use utoipa::ToSchema;

/// A grant with its history.
#[derive(Serialize, ToSchema)]
pub(super) struct GrantFull {
    /// The grant.
    #[serde(flatten)]
    grant: GrantWire,
    /// Looks today.
    used_today: u64,
    /// Looks in all.
    used_in_all: u64,
    /// What happened, oldest first.
    steps: Vec<StepWire>,
}

/// A step.
#[derive(Serialize, ToSchema)]
pub(super) struct StepWire {
    /// `ask`, `rule`, `grant`, `refuse`, `dispute`, `escalate`, `overrule`, `uphold`, `withdraw`, `end`.
    what: &'static str,
    /// Where it led.
    state: &'static str,
    /// For whom: `asker`, `supplier`, `authority`, `rule`.
    party: &'static str,
    /// When, RFC 3339.
    at: Option<String>,
    /// The account that did it.
    by: String,
    /// Why.
    reason: String,
    /// By when the next move was due.
    #[schema(format = Date)]
    due: Option<String>,
}

impl From<&GrantStep> for StepWire {
    fn from(step: &GrantStep) -> StepWire {
        StepWire {
            what: step.what.code(),
            state: step.state.code(),
            party: step.party.code(),
            at: instant(step.at),
            by: format!("account:{}", step.by),
            reason: step.reason.clone(),
            due: step.due.map(|day| day.to_string()),
        }
    }
}

#[utoipa::path(get, path = "/api/v1/grants/{id}", operation_id = "get_grant", tag = "sharing",
    params(("id" = String, Path, description = "Its id, 32 hexadecimal digits")), security(("desk" = [])),
    responses(
        (status = 200, description = "The grant", body = GrantFull),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may see no grants",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such grant of the machine's agency",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_grant(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let id = GrantId::parse(&id).ok_or_else(|| problem(exchange::Error::NotFound))?;
    let full = sharing::grant(&site.office, &actor.acting(), id)
        .await
        .map_err(problem)?;
    let wire = GrantFull {
        grant: GrantWire::of(&full.grant, site.office.today()),
        used_today: full.used.0,
        used_in_all: full.used.1,
        steps: full.steps.iter().map(StepWire::from).collect(),
    };
    Ok(private(&reader, &wire))
}

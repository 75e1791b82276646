//! `GET /api/v1/look-audit`: what an auditor asks of a month: officers whose looks stand out, looks that
//! were refused, and openings beside looks. For a system whose account is appointed as auditor.

use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::response::Response;
use exchange::sharing::{self, DayCount, OfficerMonth, RefusedLooks};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// The month, such as `2026-11`; without it this one.
    month: Option<String>,
}

/// A month as its auditor sees it; nothing of any subject is in it.
#[derive(Serialize, ToSchema)]
pub(super) struct LookAudit {
    /// Officers who looked under grants, the most looks first.
    officers: Vec<OfficerWire>,
    /// Looks that were refused, the most first.
    refused: Vec<RefusedWire>,
    /// Openings at the lock beside looks that were written down, newest day first.
    days: Vec<DayWire>,
}

/// An officer of the month.
#[derive(Serialize, ToSchema)]
pub(super) struct OfficerWire {
    /// The account: `account:ID`.
    officer: String,
    /// Code of the agency.
    agency: String,
    /// Looks under grants.
    looks: u64,
    /// Median of the peers' looks; `null` where they are too few.
    median: Option<u64>,
    /// How many peers that were.
    peers: usize,
    /// Whether the looks stand out, by the catalogue's figures of the month.
    stands_out: bool,
}

/// Looks of an officer that were refused for one reason.
#[derive(Serialize, ToSchema)]
pub(super) struct RefusedWire {
    /// The account: `account:ID`.
    officer: String,
    /// Code of the agency.
    agency: String,
    /// Why: `over`, `purpose`, `items`, `volume`, `case-unknown`, `pace` and the like.
    why: String,
    /// How often.
    times: u64,
}

/// A day.
#[derive(Serialize, ToSchema)]
pub(super) struct DayWire {
    /// The day.
    #[schema(format = Date)]
    day: String,
    /// Seals that the lock broke, as processes wrote it down.
    opened: u64,
    /// Looks that were written down.
    written: u64,
    /// More was opened than written down: somebody looked around the platform.
    opened_more: bool,
}

impl From<OfficerMonth> for OfficerWire {
    fn from(one: OfficerMonth) -> OfficerWire {
        OfficerWire {
            officer: one.officer,
            agency: one.agency,
            looks: one.looks,
            median: one.median,
            peers: one.peers,
            stands_out: one.stands_out,
        }
    }
}

impl From<RefusedLooks> for RefusedWire {
    fn from(one: RefusedLooks) -> RefusedWire {
        RefusedWire {
            officer: one.officer,
            agency: one.agency,
            why: one.why,
            times: one.times,
        }
    }
}

impl From<DayCount> for DayWire {
    fn from(one: DayCount) -> DayWire {
        DayWire {
            day: one.day.to_string(),
            opened_more: one.is_wrong(),
            opened: one.opened,
            written: one.written,
        }
    }
}

#[utoipa::path(get, path = "/api/v1/look-audit", operation_id = "audit_looks", tag = "sharing",
    params(Ask), security(("desk" = [])),
    responses(
        (status = 200, description = "The month", body = LookAudit),
        (status = 400, description = "It is no month",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine is no auditor's",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn audit_looks(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let (office, who) = (&site.office, actor.acting());
    let month = ask.month.as_deref();
    let officers = sharing::officers_of_month(office, &who, month).await;
    let refused = sharing::refused(office, &who, month).await;
    let days = sharing::openings(office, &who, month).await;
    let audit = LookAudit {
        officers: each(officers.map_err(problem)?),
        refused: each(refused.map_err(problem)?),
        days: each(days.map_err(problem)?),
    };
    Ok(private(&reader, &audit))
}

fn each<T, W: From<T>>(rows: Vec<T>) -> Vec<W> {
    rows.into_iter().map(W::from).collect()
}

//! `POST /api/v1/cases`: an agency's own register of cases, by which the numbers of looks are confirmed.

use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{FromRequest, Query, Request, State};
use axum::response::{IntoResponse, Response};
use exchange::sharing;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Whose cases.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Code of the agency; without it the machine's own.
    agency: Option<String>,
}

/// What was loaded.
#[derive(Serialize, ToSchema)]
pub(super) struct Cases {
    /// Cases read.
    cases: usize,
}

#[utoipa::path(post, path = "/api/v1/cases", operation_id = "load_cases", tag = "sharing",
    params(Ask), security(("desk" = [])),
    request_body(description = "CSV in UTF-8 with the header `case_no,opened_on,closed_on,code`; the last \
        two may be empty. New cases are added, known ones may be closed; of the code a keyed digest is \
        kept. At most 4 MiB", content_type = "text/csv"),
    responses(
        (status = 200, description = "What was loaded", body = Cases),
        (status = 400, description = "A line cannot be read; nothing was loaded",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may not load that agency's cases",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than 4 MiB",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn load_cases(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Query(ask): Query<Ask>,
    request: Request,
) -> Result<Response, Problem> {
    let body = match String::from_request(request, &site).await {
        Ok(body) => body,
        Err(refused) => return Ok(refused.into_response()),
    };
    let (office, agency) = (&site.office, ask.agency.as_deref());
    let loaded = sharing::load_cases(office, &actor.acting(), agency, &body).await;
    let loaded = loaded.map_err(|error| Problem::of(&error, reader.lang))?;
    Ok(private(
        &reader,
        &Cases {
            cases: loaded.cases,
        },
    ))
}

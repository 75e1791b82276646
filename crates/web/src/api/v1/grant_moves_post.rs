//! `POST /api/v1/grants/{id}/moves`: a grant is answered, disputed, put before the authority above, taken
//! back or ended, in the name of an officer.

use super::grants_post::{GrantState, day};
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::grant::{GrantId, GrantMove, Items};
use exchange::Error;
use exchange::people;
use exchange::sharing::{self, Narrower};
use serde::Deserialize;
use utoipa::ToSchema;

/// A move, and for one that grants how much less than was asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveAsk {
    /// `grant`, `refuse`, `dispute`, `escalate`, `overrule`, `uphold`, `withdraw` or `end`.
    #[serde(rename = "move")]
    what: String,
    /// Why, in a line.
    #[schema(max_length = 500)]
    reason: String,
    /// The officer who decides: the name to sign in with, or `account:ID`, of an account that may.
    officer: String,
    /// Grant only these items, as `THEME/ITEM`; without it all that were asked for.
    items: Option<Vec<String>>,
    /// Grant only these purposes.
    purposes: Option<Vec<String>>,
    /// Grant until that day only.
    #[schema(format = Date)]
    until: Option<String>,
    /// Grant so many looks in a day only.
    per_day: Option<u32>,
    /// Grant so many looks in all only.
    in_all: Option<u32>,
}

#[utoipa::path(post, path = "/api/v1/grants/{id}/moves", operation_id = "move_grant", tag = "sharing",
    params(("id" = String, Path, description = "Its id, 32 hexadecimal digits")),
    security(("desk" = [])), request_body = MoveAsk,
    responses(
        (status = 200, description = "Where the grant stands now", body = GrantState),
        (status = 400, description = "The reason is missing, it is too early, or more than was asked for",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine or officer may not, or the grant stands where there is no such move",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such grant of the machine's agency, or no such officer",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn move_grant(
    Machine(machine): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    ask: Result<Json<MoveAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let bad = || Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(|_| bad())?;
    let id = GrantId::parse(&id).ok_or_else(|| problem(Error::NotFound))?;
    let what = GrantMove::parse(&ask.what).ok_or_else(bad)?;
    let narrower = narrower(&ask).ok_or_else(bad)?;
    let officer = people::named(&site.office, &ask.officer)
        .await
        .map_err(problem)?;
    let who = (&machine.acting(), &officer);
    let moved = sharing::act_by(&site.office, who, id, what, &narrower, &ask.reason);
    let state = moved.await.map_err(problem)?.code();
    let id = id.to_string();
    Ok(private(&reader, &GrantState { id, state }))
}

/// How much less than was asked for; `None` where the items or the day cannot be read.
fn narrower(ask: &MoveAsk) -> Option<Narrower> {
    let items = match &ask.items {
        Some(items) => Some(Items::parse(&items.join(" ")).ok()?),
        None => None,
    };
    Some(Narrower {
        items,
        purposes: ask
            .purposes
            .as_ref()
            .map(|all| all.iter().cloned().collect()),
        until: day(ask.until.as_deref())?,
        per_day: ask.per_day,
        in_all: ask.in_all,
    })
}

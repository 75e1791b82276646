//! `POST /api/v1/grants`: an agency asks another for items of its themes, in the name of its officer.

use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use exchange::people;
use exchange::sharing::{self, NewAsk};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantAsk {
    /// The agency that asks; without it the machine's own.
    agency: Option<String>,
    /// Code of the agency whose facts they are; `*` for every supplier of themes that the rule shares.
    supplier: String,
    /// Items, as `THEME/ITEM`.
    items: Vec<String>,
    /// Codes of purposes.
    purposes: Vec<String>,
    /// Kinds of subject.
    kinds: Vec<String>,
    /// The law by which it is needed, with its article.
    #[schema(max_length = 240)]
    basis: String,
    /// The statutory power over people.
    #[serde(default)]
    power: String,
    /// Number of the impact assessment.
    #[serde(default)]
    impact: String,
    /// Units whose officers may use it; none: all.
    #[serde(default)]
    units: Vec<String>,
    /// Areas in which a subject must be registered; none: all.
    #[serde(default)]
    areas: Vec<String>,
    /// The first day; without it today.
    #[schema(format = Date)]
    from: Option<String>,
    /// The last day; without it as late as may be.
    #[schema(format = Date)]
    until: Option<String>,
    /// Looks in a day at most.
    per_day: u32,
    /// Looks in all at most.
    in_all: u32,
    /// Why, in a line.
    #[schema(max_length = 500)]
    reason: String,
    /// A number of the sender's own for this request: sent again it is the grant that was asked for, and no
    /// second one. Without it each sending is another request.
    #[serde(default)]
    #[schema(max_length = 64)]
    key: String,
    /// The officer who asks: the name to sign in with, or `account:ID`, of an account that may ask for
    /// the agency.
    officer: String,
}

/// Where a grant stands.
#[derive(Serialize, ToSchema)]
pub(super) struct GrantState {
    /// Its id, 32 hexadecimal digits.
    pub(super) id: String,
    /// `asked`, `granted`, `refused`, `disputed`, `escalated`, `denied`, `withdrawn` or `ended`.
    pub(super) state: &'static str,
}

#[utoipa::path(post, path = "/api/v1/grants", operation_id = "ask_for_grant", tag = "sharing",
    security(("desk" = [])), request_body = GrantAsk,
    responses(
        (status = 200, description = "It was asked for before under the same key; its address stands in `Location`",
            body = GrantState),
        (status = 201, description = "It was asked for, or granted by rule; its address stands in `Location`",
            body = GrantState),
        (status = 400, description = "The catalogue has no such item or purpose, something is missing, or the key
            was used for another request; the detail says what",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine or officer may not ask for that agency",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "There is no such officer",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn ask_for_grant(
    Machine(machine): Machine,
    State(site): State<Site>,
    reader: Reader,
    ask: Result<Json<GrantAsk>, JsonRejection>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let bad = || Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let Json(ask) = ask.map_err(|_| bad())?;
    let officer = people::named(&site.office, &ask.officer)
        .await
        .map_err(problem)?;
    let (agency, key) = (ask.agency.clone(), ask.key.clone());
    let who = (&machine.acting(), &officer);
    let new = asked(ask).ok_or_else(bad)?;
    let once = (agency.as_deref(), key.as_str());
    let sent = sharing::ask_by(&site.office, who, once, &new).await;
    let sent = sent.map_err(problem)?;
    let (id, state) = (sent.id.to_string(), sent.state.code());
    let at = HeaderValue::from_str(&format!("/api/v1/grants/{id}"));
    let mut response = private(&reader, &GrantState { id, state });
    if !sent.again {
        *response.status_mut() = StatusCode::CREATED;
    }
    if let Ok(at) = at {
        response.headers_mut().insert(header::LOCATION, at);
    }
    Ok(response)
}

/// What is asked for; `None` where a day is none.
fn asked(ask: GrantAsk) -> Option<NewAsk> {
    Some(NewAsk {
        from: day(ask.from.as_deref())?,
        until: day(ask.until.as_deref())?,
        supplier: ask.supplier,
        items: ask.items.join(" "),
        purposes: ask.purposes,
        kinds: ask.kinds,
        basis: ask.basis,
        power: ask.power,
        impact: ask.impact,
        units: ask.units,
        areas: ask.areas,
        per_day: ask.per_day,
        in_all: ask.in_all,
        reason: ask.reason,
    })
}

/// A day that may be left out; `None` for what is no day.
pub(super) fn day(text: Option<&str>) -> Option<Option<Date>> {
    match text {
        None => Some(None),
        Some(text) => text.parse().ok().map(Some),
    }
}

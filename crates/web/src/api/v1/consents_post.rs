//! `POST /api/v1/consents`: a system of an agency presents a natural person's consent before it looks, and
//! is told what it allows and how it stands. The number stands in the body, never in an address.

use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::Json;
use axum::extract::{FromRequest, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use exchange::Error;
use exchange::consent::{self, Consent};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is presented.
// No `Debug`: whoever has the number may show the consent.
#[derive(Deserialize, ToSchema)]
pub(super) struct ConsentAsk {
    /// The number, 32 hexadecimal digits in groups or not, or the link that the picture holds.
    consent: String,
}

/// How a consent stands, and what it allows. Nothing of whose it is.
#[derive(Serialize, ToSchema)]
pub(super) struct ConsentStanding {
    /// `live`, `over`, `used` or `withdrawn`; `unknown` where none was given to the agency under this number.
    standing: &'static str,
    /// What it allows; `null` where it is unknown.
    scope: Option<ConsentScope>,
}

/// What a consent allows: a look names just this.
#[derive(Serialize, ToSchema)]
pub(super) struct ConsentScope {
    /// Code of the agency that may look.
    agency: String,
    /// Code of the purpose.
    purpose: String,
    /// The items, as `THEME/ITEM`; a look sees what grant and consent share of them.
    items: Vec<String>,
    /// Number of the case.
    case: String,
    /// It is good for one look.
    once: bool,
    /// Its last day.
    #[schema(format = Date)]
    until: String,
}

impl ConsentStanding {
    fn of(found: Option<Consent>, site: &Site) -> ConsentStanding {
        let Some(found) = found else {
            return ConsentStanding {
                standing: "unknown",
                scope: None,
            };
        };
        let standing = found.standing(site.office.today()).code();
        let scope = found.scope;
        let items = scope.items.pairs();
        ConsentStanding {
            standing,
            scope: Some(ConsentScope {
                items: items
                    .map(|(theme, item)| format!("{theme}/{item}"))
                    .collect(),
                agency: scope.agency,
                purpose: scope.purpose,
                case: scope.case,
                once: scope.once,
                until: scope.until.to_string(),
            }),
        }
    }
}

#[utoipa::path(post, path = "/api/v1/consents", operation_id = "present_consent", tag = "sharing",
    request_body = ConsentAsk, security(("desk" = [])),
    responses(
        (status = 200, description = "How it stands and what it allows; nothing of whose it is, and no look",
            body = ConsentStanding),
        (status = 400, description = "The body cannot be read",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine looks nobody up",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn present_consent(
    Machine(machine): Machine,
    State(site): State<Site>,
    reader: Reader,
    request: Request,
) -> Result<Response, Problem> {
    let problem = |error: Error| Problem::of(&error, reader.lang);
    let known = |_| Problem::known(StatusCode::BAD_REQUEST, "request", reader.lang);
    let body = Json::<ConsentAsk>::from_request(request, &site).await;
    let Json(asked) = body.map_err(known)?;
    let found = consent::presented(&site.office, &machine.acting(), &asked.consent).await;
    let found = found.map_err(problem)?;
    Ok(private(&reader, &ConsentStanding::of(found, &site)))
}

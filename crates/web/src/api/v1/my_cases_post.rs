//! `POST /api/v1/my/{mandate}/cases`: an objection, an application for repair or an appeal is filed for the
//! subject of one's own mandate.

use super::case_wire::{CaseForm, CaseSeen};
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::portal::cases::form;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use credit::people::MyAction;
use exchange::cases::{self, Filing};
use exchange::people::mandate;

#[utoipa::path(post, path = "/api/v1/my/{mandate}/cases", operation_id = "file_my_case", tag = "my",
    params(("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits")),
    security(("desk" = [])),
    request_body(content = CaseForm, content_type = "multipart/form-data",
        description = "`kind`, `record`, a `key` and what the first move must bring"),
    responses(
        (status = 201, description = "It was filed; its address stands in `Location`", body = CaseSeen),
        (status = 200, description = "It was filed before under the same key", body = CaseSeen),
        (status = 400, description = "Something is missing, a file is refused, one of the kind about this fact is \
            open, or the key was used for something else; the detail says what",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The mandate does not have the task `cases`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate, or the subject no such fact",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than the limit of an upload",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn file_my_case(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(own): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let office = &site.office;
    // Before the body is read: to others there is no such address.
    mandate::mine(office, &actor, &own, MyAction::Cases)
        .await
        .map_err(problem)?;
    let mut sent = form::read(&site, request).await.map_err(problem)?;
    let filing = Filing {
        saying: sent.saying(),
        kind: sent.field("kind").to_owned(),
        record: sent.field("record").to_owned(),
    };
    let filed = cases::file_own_once(office, &actor, &own, sent.field("key"), filing).await;
    let filed = filed.map_err(problem)?;
    let id = filed.id.to_string();
    let at = HeaderValue::from_str(&format!("/api/v1/my/{own}/cases/{id}"));
    let mut response = private(&reader, &CaseSeen { id, seen: 1 });
    if !filed.again {
        *response.status_mut() = StatusCode::CREATED;
    }
    if let Ok(at) = at {
        response.headers_mut().insert(header::LOCATION, at);
    }
    Ok(response)
}

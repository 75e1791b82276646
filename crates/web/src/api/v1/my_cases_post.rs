//! `POST /api/v1/my/{mandate}/cases`: an objection, an application for repair or an appeal is filed, or a promise
//! made to an agency, for the subject of one's own mandate.

use super::case_wire::{CaseForm, CaseSeen};
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::portal::cases::form::{self, Sent};
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use credit::people::MyAction;
use exchange::Error;
use exchange::cases::{self, Filed, Filing, Promising};
use exchange::people::{Actor, mandate};

#[utoipa::path(post, path = "/api/v1/my/{mandate}/cases", operation_id = "file_my_case", tag = "my",
    params(("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits")),
    security(("desk" = [])),
    request_body(content = CaseForm, content_type = "multipart/form-data",
        description = "`kind`, a `key` and what the first move must bring; and `record`, the fact that it is about, \
            or, for a promise, `agency` and no `record`"),
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
    let filed = filed(&site, &actor, &own, &mut sent)
        .await
        .map_err(problem)?;
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

/// A case about a fact; of what names an agency and no fact, a promise to it.
async fn filed(site: &Site, actor: &Actor, own: &str, sent: &mut Sent) -> Result<Filed, Error> {
    let saying = sent.saying();
    let text = |name: &str| sent.field(name).to_owned();
    let (kind, key) = (text("kind"), text("key"));
    let (record, agency) = (text("record"), text("agency"));
    if record.is_empty() && !agency.is_empty() {
        let promising = Promising {
            kind,
            agency,
            saying,
        };
        return cases::promise_own_once(&site.office, actor, own, &key, promising).await;
    }
    let filing = Filing {
        kind,
        record,
        saying,
    };
    cases::file_own_once(&site.office, actor, own, &key, filing).await
}

//! `POST /api/v1/my/{mandate}/cases/{id}/moves`: a case of the subject of one's own mandate is moved: completed,
//! taken back, put before the authority above.

use super::case_wire::{CaseForm, CaseSeen};
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::portal::cases::form;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use credit::people::MyAction;
use exchange::cases;
use exchange::people::mandate;

#[utoipa::path(post, path = "/api/v1/my/{mandate}/cases/{id}/moves", operation_id = "move_my_case", tag = "my",
    params(
        ("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits"),
        ("id" = String, Path, description = "The case, 32 hexadecimal digits"),
    ),
    security(("desk" = [])),
    request_body(content = CaseForm, content_type = "multipart/form-data",
        description = "`move`, `seen` and what the move must bring"),
    responses(
        (status = 200, description = "The move was made, now or before", body = CaseSeen),
        (status = 400, description = "The table does not allow it, something is missing, a file is refused, \
            or somebody else moved the case; the detail says what",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The mandate does not have the task `cases`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate, the subject no such case, or the case no such move",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than the limit of an upload",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn move_my_case(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path((own, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let office = &site.office;
    // Before the body is read: to others there is no such address.
    mandate::mine(office, &actor, &own, MyAction::Cases)
        .await
        .map_err(problem)?;
    let mut sent = form::read(&site, request).await.map_err(problem)?;
    let saying = sent.saying();
    let seen = sent.field("seen").parse().unwrap_or(0);
    let what = (sent.field("move"), seen);
    let seen = cases::act_own(office, &actor, (&own, &id), what, saying).await;
    let seen = seen.map_err(problem)?;
    Ok(private(&reader, &CaseSeen { id, seen }))
}

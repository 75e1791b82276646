//! `POST /api/v1/legal-cases/{id}/moves`: a supplier's system moves a case for the supplier, in the name of
//! its officer.

use super::case_wire::{CaseForm, CaseSeen};
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::portal::cases::form;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use credit::people::Action;
use exchange::{Error, cases, people};

#[utoipa::path(post, path = "/api/v1/legal-cases/{id}/moves", operation_id = "move_legal_case", tag = "cases",
    params(("id" = String, Path, description = "Its id, 32 hexadecimal digits")),
    security(("desk" = [])),
    request_body(content = CaseForm, content_type = "multipart/form-data",
        description = "`move`, `seen`, `officer` and what the move must bring"),
    responses(
        (status = 200, description = "The move was made, now or before", body = CaseSeen),
        (status = 400, description = "The table does not allow it, something is missing, a file is refused, \
            or somebody else moved the case; the detail says what",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "Machine or officer may not answer for that supplier, or the move is another party's",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine's agency has no such case, the case no such move, or there is no such officer",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than the limit of an upload",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn move_legal_case(
    Machine(machine): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    let acting = machine.acting();
    if acting.reach(Action::LegalAnswer).is_nothing() {
        return Err(problem(Error::Forbidden));
    }
    let mut sent = form::read(&site, request).await.map_err(problem)?;
    let saying = sent.saying();
    let seen = sent.field("seen").parse().unwrap_or(0);
    let officer = people::named(&site.office, sent.field("officer")).await;
    let who = (&acting, &officer.map_err(problem)?);
    let what = (sent.field("move"), seen);
    let seen = cases::act_by(&site.office, who, &id, what, saying).await;
    let seen = seen.map_err(problem)?;
    Ok(private(&reader, &CaseSeen { id, seen }))
}

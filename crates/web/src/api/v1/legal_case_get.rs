//! `GET /api/v1/legal-cases/{id}`: one case, for the system of the supplier that answers. The look is
//! written down for the subject to see.

use super::case_wire::CaseWhole;
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::response::Response;
use exchange::cases;

#[utoipa::path(get, path = "/api/v1/legal-cases/{id}", operation_id = "get_legal_case", tag = "cases",
    params(("id" = String, Path, description = "Its id, 32 hexadecimal digits")),
    security(("desk" = [])),
    responses(
        (status = 200, description = "The case; the look is written down for the subject to see", body = CaseWhole),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may see no cases",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine's agency has no such case",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_legal_case(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let shown = cases::show(&site.office, &actor.acting(), &id).await;
    let shown = shown.map_err(|error| Problem::of(&error, reader.lang))?;
    let whole = CaseWhole::of(&site.office.catalog, &shown, reader.lang);
    Ok(private(&reader, &whole))
}

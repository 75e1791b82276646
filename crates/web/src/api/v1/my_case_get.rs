//! `GET /api/v1/my/{mandate}/cases/{id}`: one case of the subject of one's own mandate.

use super::case_wire::CaseWhole;
use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::response::Response;
use exchange::cases;

#[utoipa::path(get, path = "/api/v1/my/{mandate}/cases/{id}", operation_id = "get_my_case", tag = "my",
    params(
        ("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits"),
        ("id" = String, Path, description = "The case, 32 hexadecimal digits"),
    ),
    security(("desk" = [])),
    responses(
        (status = 200, description = "The case; the look is written down", body = CaseWhole),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The mandate does not have the task `cases`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate, or the subject no such case",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_my_case(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path((mandate, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let shown = cases::own_case(&site.office, &actor, &mandate, &id).await;
    let shown = shown.map_err(|error| Problem::of(&error, reader.lang))?;
    let whole = CaseWhole::of(&site.office.catalog, &shown, reader.lang);
    Ok(private(&reader, &whole))
}

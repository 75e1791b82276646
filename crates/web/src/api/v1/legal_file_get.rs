//! `GET /api/v1/legal-cases/{id}/files/{seq}/{number}`: a file that was attached to a move.

use crate::Site;
use crate::desk::Machine;
use crate::portal::cases::files;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::response::Response;
use exchange::cases;

#[utoipa::path(get, path = "/api/v1/legal-cases/{id}/files/{seq}/{number}", operation_id = "get_legal_file",
    tag = "cases",
    params(
        ("id" = String, Path, description = "The case, 32 hexadecimal digits"),
        ("seq" = u32, Path, description = "Number of the move"),
        ("number" = u32, Path, description = "Number of the file within the move"),
    ),
    security(("desk" = [])),
    responses(
        (status = 200, description = "The file, to be kept and not to be opened in a page; the look is written down",
            content((Vec<u8> = "application/pdf"), (Vec<u8> = "image/png"), (Vec<u8> = "image/jpeg"))),
        (status = 400, description = "A number is none",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The machine may see no cases",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine's agency has no such case, or the case no such file",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_legal_file(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path((id, seq, number)): Path<(String, u32, u32)>,
) -> Result<Response, Problem> {
    let file = cases::attachment(&site.office, &actor.acting(), (&id, seq, number)).await;
    let file = file.map_err(|error| Problem::of(&error, reader.lang))?;
    Ok(files::answer(file))
}

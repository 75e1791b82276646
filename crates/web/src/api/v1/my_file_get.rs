//! `GET /api/v1/my/{mandate}/cases/{id}/files/{seq}/{number}`: a file that was attached to a case of the
//! subject of one's own mandate.

use crate::Site;
use crate::desk::Machine;
use crate::portal::cases::files;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::response::Response;
use exchange::cases;

#[utoipa::path(get, path = "/api/v1/my/{mandate}/cases/{id}/files/{seq}/{number}", operation_id = "get_my_file",
    tag = "my",
    params(
        ("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits"),
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
        (status = 403, description = "The mandate does not have the task `cases`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate, the subject no such case, or the case no such file",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_my_file(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path((own, id, seq, number)): Path<(String, String, u32, u32)>,
) -> Result<Response, Problem> {
    let file = cases::attachment_own(&site.office, &actor, &own, (&id, seq, number)).await;
    let file = file.map_err(|error| Problem::of(&error, reader.lang))?;
    Ok(files::answer(file))
}

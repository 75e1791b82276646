//! `GET /api/v1/my`: the mandates by which a machine acts for subjects.

use super::private;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::State;
use axum::response::Response;
use exchange::people::mandate;
use serde::Serialize;
use utoipa::ToSchema;

/// The mandates of a machine.
#[derive(Serialize, ToSchema)]
pub(super) struct Mandates {
    /// Those in force today.
    mandates: Vec<MandateWire>,
}

/// A mandate.
#[derive(Serialize, ToSchema)]
pub(super) struct MandateWire {
    /// Its id, 32 hexadecimal digits.
    id: String,
    /// The subject's id, 32 hexadecimal digits.
    subject: String,
    /// Codes of the tasks; `cases`: to file cases and act in them.
    tasks: Vec<String>,
    /// The last day.
    #[schema(format = Date)]
    until: String,
}

#[utoipa::path(get, path = "/api/v1/my", operation_id = "list_mandates", tag = "my",
    security(("desk" = [])),
    responses(
        (status = 200, description = "Mandates in force; none for a machine of an agency", body = Mandates),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_mandates(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
) -> Result<Response, Problem> {
    let held = mandate::held(&site.office, &actor).await;
    let held = held.map_err(|error| Problem::of(&error, reader.lang))?;
    let mandates = held.into_iter().map(|one| MandateWire {
        id: one.id.to_string(),
        subject: one.subject.to_string(),
        until: one.until.to_string(),
        tasks: one.tasks,
    });
    let mandates = Mandates {
        mandates: mandates.collect(),
    };
    Ok(private(&reader, &mandates))
}

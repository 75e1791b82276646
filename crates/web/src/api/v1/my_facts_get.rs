//! `GET /api/v1/my/{mandate}/facts`: the facts on the subject of one's own mandate, of which a case may be.

use super::private;
use super::wire::Coded;
use crate::Site;
use crate::desk::Machine;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::response::Response;
use exchange::cases;
use serde::Serialize;
use utoipa::ToSchema;
use views::lookup::LookupLine;

/// Facts on a subject.
#[derive(Serialize, ToSchema)]
pub(super) struct MyFacts {
    /// The most recent of each section of the report.
    facts: Vec<MyFact>,
}

/// A fact.
#[derive(Serialize, ToSchema)]
pub(super) struct MyFact {
    /// Its record, 32 hexadecimal digits: what a case names.
    record: String,
    /// Code of its theme.
    theme: String,
    /// The theme's title.
    title: String,
    /// A document number or first content.
    headline: Option<String>,
    /// The supplier's name.
    source: String,
    /// The day that places it in time.
    #[schema(format = Date)]
    dated: String,
    /// Whether the public sees it.
    publication: Coded,
    /// Marks that are seen before the content.
    marks: Vec<Coded>,
}

impl From<LookupLine> for MyFact {
    fn from(line: LookupLine) -> MyFact {
        MyFact {
            record: line.record.to_string(),
            publication: Coded::from(&line.publication),
            marks: line.marks.iter().map(Coded::from).collect(),
            dated: line.dated.to_string(),
            theme: line.theme,
            title: line.title,
            headline: line.headline,
            source: line.source,
        }
    }
}

#[utoipa::path(get, path = "/api/v1/my/{mandate}/facts", operation_id = "list_my_facts", tag = "my",
    params(("mandate" = String, Path, description = "The mandate, 32 hexadecimal digits")),
    security(("desk" = [])),
    responses(
        (status = 200, description = "What is on file; the look is written down", body = MyFacts),
        (status = 401, description = "A machine's key is missing, wrong or over",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 403, description = "The mandate does not have the task `cases`",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "The machine has no such mandate",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_my_facts(
    Machine(actor): Machine,
    State(site): State<Site>,
    reader: Reader,
    Path(mandate): Path<String>,
) -> Result<Response, Problem> {
    let dossier = cases::own_facts(&site.office, &actor, &mandate).await;
    let dossier = dossier.map_err(|error| Problem::of(&error, reader.lang))?;
    let found = views::lookup::lookup(&site.office.catalog, &dossier, reader.lang);
    let lines = found.sections.into_iter().flat_map(|section| section.lines);
    let facts = MyFacts {
        facts: lines.map(MyFact::from).collect(),
    };
    Ok(private(&reader, &facts))
}

//! `GET /api/v1/subjects`: organisations by name.

use super::wire::Code;
use super::{answer, cursor};
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// The name, or at least two characters of it.
    name: String,
    /// Where the last page ended.
    after: Option<String>,
}

/// A page of organisations.
#[derive(Serialize, ToSchema)]
pub(super) struct Subjects {
    /// Names that are the text or hold it first, then those that are near it.
    subjects: Vec<Hit>,
    /// Where the next page begins; `null` at the end.
    next: Option<String>,
    /// The index of names is being made: names with slips and pinyin are not found yet.
    rebuilding: bool,
}

/// An organisation found by name.
#[derive(Serialize, ToSchema)]
pub(super) struct Hit {
    /// Its id, 32 hexadecimal digits.
    id: String,
    /// The name that was found.
    name: String,
    /// Its kind.
    kind: &'static str,
    /// Its strongest identifier.
    code: Option<Code>,
    /// How it was found: exact, prefix, part, one-edit, two-edits or pinyin.
    matched: &'static str,
    /// Slips that were forgiven: characters added, left out, replaced or swapped.
    edits: u8,
}

#[utoipa::path(get, path = "/api/v1/subjects", operation_id = "list_subjects", tag = "subjects", params(Ask),
    responses(
        (status = 200, description = "A page of organisations", body = Subjects),
        (status = 400, description = "The text is too short or the cursor is not ours",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn list_subjects(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let after = cursor(ask.after.as_deref());
    let names = exchange::search::by_name(
        &site.office,
        site.names.as_ref(),
        &ask.name,
        after.as_deref(),
    )
    .await
    .map_err(|error| Problem::of(&error, reader.lang))?;
    let subjects = names
        .hits
        .into_iter()
        .map(|found| (found.kind.code(), found.edits, found.hit));
    let subjects = subjects.map(|(matched, edits, hit)| Hit {
        matched,
        edits,
        id: hit.subject.to_string(),
        code: hit.identifier.as_ref().map(Code::from),
        kind: hit.kind.code(),
        name: hit.name,
    });
    let page = Subjects {
        subjects: subjects.collect(),
        next: names.next.as_deref().map(crate::cursor::seal),
        rebuilding: names.rebuilding,
    };
    Ok(answer(&site, &headers, &reader, &page))
}

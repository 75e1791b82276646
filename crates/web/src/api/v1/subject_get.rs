//! `GET /api/v1/subjects/{code}`: what is public about an organisation, in short.

use super::wire::{Code, Coded};
use crate::Site;
use crate::etag::Tagged;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Serialize;
use utoipa::ToSchema;
use views::lookup::{Lookup, LookupLine, LookupSection};

/// An organisation at a glance.
#[derive(Serialize, ToSchema)]
pub(super) struct Subject {
    /// Its id, 32 hexadecimal digits; stable, and an address of its own.
    id: String,
    /// Its kind.
    kind: &'static str,
    /// The current name.
    name: String,
    /// Former and other names, newest first.
    other_names: Vec<String>,
    /// Identifiers, strongest first.
    codes: Vec<Code>,
    /// The day for which this was decided.
    #[schema(format = Date)]
    today: String,
    /// The ten sections of the report, empty ones too.
    sections: Vec<Section>,
}

/// A section at a glance.
#[derive(Serialize, ToSchema)]
pub(super) struct Section {
    /// Its stable code.
    code: &'static str,
    /// Its title.
    title: String,
    /// Facts found; the most recent fifty are listed.
    found: usize,
    /// One line a fact.
    facts: Vec<Fact>,
}

/// A fact at a glance.
#[derive(Serialize, ToSchema)]
pub(super) struct Fact {
    /// Its record, 32 hexadecimal digits.
    record: String,
    /// Code of its theme.
    theme: String,
    /// Title of its theme.
    title: String,
    /// A document number or first content.
    headline: Option<String>,
    /// Who supplies it.
    source: String,
    /// The day that places it in time.
    #[schema(format = Date)]
    dated: String,
    /// Its state by its own dates.
    state: Coded,
    /// Publicity ends by itself at the latest on this day.
    #[schema(format = Date)]
    public_until: Option<String>,
    /// Marks to be seen before the content.
    marks: Vec<Coded>,
}

impl From<Lookup> for Subject {
    fn from(lookup: Lookup) -> Subject {
        Subject {
            id: lookup.who.id.to_string(),
            kind: lookup.who.kind.code(),
            codes: lookup.who.identifiers.iter().map(Code::from).collect(),
            name: lookup.who.name,
            other_names: lookup.who.other_names,
            today: lookup.at.today.to_string(),
            sections: lookup.sections.into_iter().map(section).collect(),
        }
    }
}

fn section(section: LookupSection) -> Section {
    Section {
        code: section.code,
        title: section.title,
        found: section.found,
        facts: section.lines.into_iter().map(fact).collect(),
    }
}

fn fact(line: LookupLine) -> Fact {
    Fact {
        record: line.record.to_string(),
        state: Coded::from(&line.state),
        marks: line.marks.iter().map(Coded::from).collect(),
        theme: line.theme,
        title: line.title,
        headline: line.headline,
        source: line.source,
        dated: line.dated.to_string(),
        public_until: line.public_until.map(|day| day.to_string()),
    }
}

#[utoipa::path(get, path = "/api/v1/subjects/{code}", operation_id = "get_subject", tag = "subjects",
    params(("code" = String, Path, description = "Unified social credit code, organisation code, \
            15-digit registration number, old tax number, LEI, or the subject's id")),
    responses(
        (status = 200, description = "What is public about it", body = Subject),
        (status = 308, description = "The id was merged into another; its address stands in `Location`"),
        (status = 400, description = "This is no code of an organisation",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 404, description = "Nothing is public under this code",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(super) async fn get_subject(
    State(site): State<Site>,
    reader: Reader,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let problem = |error| Problem::of(&error, reader.lang);
    // Read before the data: what is committed from here on makes another mark.
    let fresh = exchange::lookup::fresh(&site.office)
        .await
        .map_err(problem)?;
    if let Some(kept) = site.kept.get(&fresh, reader.lang, &code) {
        return Ok(kept.answer(&headers));
    }
    let lookup = exchange::lookup::by_code(&site.office, &code, reader.lang)
        .await
        .map_err(problem)?;
    if let Some(moved) = moved(&code, &lookup) {
        return Ok(Redirect::permanent(&format!("/api/v1/subjects/{moved}")).into_response());
    }
    let body = serde_json::to_vec(&Subject::from(lookup)).map_err(|cause| {
        problem(exchange::Error::inner(
            "an answer could not be written",
            cause,
        ))
    })?;
    let made = Tagged::new(&site, reader.lang, "application/json", body.into());
    site.kept.put(&fresh, reader.lang, &code, &made);
    Ok(made.answer(&headers))
}

/// The subject's own id where an id was asked that was merged into it. Codes answer where they are.
fn moved(asked: &str, found: &Lookup) -> Option<String> {
    let asked = credit::subject::SubjectId::parse(asked)?;
    (asked != found.who.id).then(|| found.who.id.to_string())
}

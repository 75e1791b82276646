//! `POST /api/v1/match`: which organisation on file is meant? Queries and answers have the shape that
//! users of yente know: `{"queries": {"q1": {"schema": "Company", "properties": {…}}}}`.
//!
//! Organisations only. A query for a person is refused as a whole, before anything is looked up.

use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query as Params, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use credit::identifier::System;
use credit::limits::{MATCH_BYTES, MATCH_QUERIES, MATCH_RESULTS};
use credit::subject::SubjectKind;
use exchange::matching::{self, Match, Query, Terms};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Router<Site> {
    Router::new().route(
        "/match",
        post(match_subjects).layer(DefaultBodyLimit::max(MATCH_BYTES)),
    )
}

/// How results are chosen.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::api) struct Ask {
    /// Results of each query at most: 1 to 50, 5 without.
    limit: Option<usize>,
    /// The score from which a result counts as a match: 0 to 1, 0.7 without.
    threshold: Option<f64>,
    /// Results below this score are left out: 0 to 1, 0.5 without.
    cutoff: Option<f64>,
}

/// A batch of queries.
#[derive(Deserialize, ToSchema)]
pub(super) struct Batch {
    /// Up to 100 queries by a name of the asker's own.
    queries: BTreeMap<String, Example>,
}

/// What the asker has of one organisation.
#[derive(Deserialize, Serialize, ToSchema)]
pub(super) struct Example {
    /// `Company`, `Organization`, `PublicBody` or `LegalEntity`; a person's is refused.
    schema: String,
    /// Values by property: `name`, `alias`, `previousName`, `uscCode`, `registrationNumber`,
    /// `idNumber`, `taxNumber`, `leiCode`. Others are passed over.
    properties: BTreeMap<String, Values>,
}

/// One value or several.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Values {
    /// Several.
    Many(Vec<String>),
    /// One.
    One(String),
}

/// Answers by the asker's names of the queries.
#[derive(Serialize, ToSchema)]
pub(super) struct Answers {
    /// One answer a query.
    responses: BTreeMap<String, Answer>,
    /// Results of each query at most.
    limit: usize,
}

/// The answer to one query.
#[derive(Serialize, ToSchema)]
pub(super) struct Answer {
    /// 200, or 400 for a query that says nothing.
    status: u16,
    /// Organisations that may be meant, best first.
    results: Vec<Found>,
    /// How many.
    total: Total,
    /// The query as it was read.
    query: Example,
}

/// A count of results.
#[derive(Serialize, ToSchema)]
pub(super) struct Total {
    /// How many are given.
    value: usize,
    /// `eq`: exactly so many reach the cutoff; `gte`: the limit cut them off.
    relation: &'static str,
}

/// An organisation that may be meant.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// Its id, 32 hexadecimal digits.
    id: String,
    /// Its current name.
    caption: String,
    /// `Company`, `Organization` or `PublicBody`.
    schema: &'static str,
    /// Its public names and codes.
    properties: BTreeMap<&'static str, Vec<String>>,
    /// 0 to 1.
    score: f64,
    /// Whether the score reaches the threshold and the evidence allows it.
    #[serde(rename = "match")]
    same: bool,
    /// What the score rests on, 0 to 1 each.
    features: BTreeMap<&'static str, f64>,
    /// The same in words.
    explanations: BTreeMap<&'static str, Explanation>,
}

/// What one feature says.
#[derive(Serialize, ToSchema)]
pub(super) struct Explanation {
    /// Its part of the score.
    score: f64,
    /// In words, in the reader's language.
    detail: String,
}

#[utoipa::path(post, path = "/api/v1/match", operation_id = "match_subjects", tag = "match",
    params(Ask), request_body = Batch,
    responses(
        (status = 200, description = "Answers by the names of the queries", body = Answers),
        (status = 400, description = "The body is no batch of queries",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 413, description = "More than 100 queries",
            body = crate::problem::Wire, content_type = "application/problem+json"),
        (status = 422, description = "A query asks for a person, or for a schema that is not known here",
            body = crate::problem::Wire, content_type = "application/problem+json"),
    ))]
pub(in crate::api) async fn match_subjects(
    State(site): State<Site>,
    reader: Reader,
    Params(ask): Params<Ask>,
    body: Bytes,
) -> Result<Response, Problem> {
    let batch: Batch = serde_json::from_slice(&body)
        .map_err(|_| Problem::known(StatusCode::BAD_REQUEST, "match", reader.lang))?;
    refuse(&batch, &reader)?;
    let terms = terms(&ask, &reader);
    let queries: Vec<(Query, Terms)> = batch
        .queries
        .values()
        .map(|example| (query(example), terms))
        .collect();
    let problem = |error| Problem::of(&error, reader.lang);
    let found = matching::find_all(&site.office, site.names.as_ref(), &queries).await;
    let answers = batch.queries.into_iter().zip(found.map_err(problem)?);
    let responses = answers.map(|((name, example), found)| {
        let answer = answer(example, found, &terms).map_err(problem)?;
        Ok((name, answer))
    });
    let answers = Answers {
        responses: responses.collect::<Result<_, Problem>>()?,
        limit: terms.limit,
    };
    Ok(Json(answers).into_response())
}

fn terms(ask: &Ask, reader: &Reader) -> Terms {
    let plain = Terms::default();
    let part = |given: Option<f64>, plain: f64| {
        given
            .filter(|part| part.is_finite())
            .map_or(plain, |part| part.clamp(0.0, 1.0))
    };
    Terms {
        limit: ask.limit.unwrap_or(plain.limit).clamp(1, MATCH_RESULTS),
        threshold: part(ask.threshold, plain.threshold),
        cutoff: part(ask.cutoff, plain.cutoff),
        lang: reader.lang,
    }
}

/// Refuses a batch that is too long, or asks for anybody but organisations.
fn refuse(batch: &Batch, reader: &Reader) -> Result<(), Problem> {
    if batch.queries.len() > MATCH_QUERIES {
        return Err(Problem::known(
            StatusCode::PAYLOAD_TOO_LARGE,
            "match-many",
            reader.lang,
        ));
    }
    let foreign = batch
        .queries
        .values()
        .any(|one| kinds(&one.schema).is_none());
    if foreign {
        return Err(Problem::known(
            StatusCode::UNPROCESSABLE_ENTITY,
            "match-schema",
            reader.lang,
        ));
    }
    Ok(())
}

/// Kinds of organisation that a schema stands for; none for a person's and for unknown ones. An
/// asker's `Company` is often our public institution, so only a public body narrows the search.
fn kinds(schema: &str) -> Option<&'static [SubjectKind]> {
    match schema {
        "Company" | "Organization" | "LegalEntity" => Some(&[]),
        "PublicBody" => Some(&[
            SubjectKind::GovernmentAgency,
            SubjectKind::PublicInstitution,
            SubjectKind::OtherOrganisation,
        ]),
        _ => None,
    }
}

fn answer(
    example: Example,
    given: exchange::error::Result<Vec<Match>>,
    terms: &Terms,
) -> exchange::error::Result<Answer> {
    let (status, matches) = match given {
        Ok(matches) => (200, matches),
        Err(exchange::Error::Request(_)) => (400, Vec::new()),
        Err(error) => return Err(error),
    };
    let full = matches.len() >= terms.limit;
    let results: Vec<Found> = matches.into_iter().map(found).collect();
    Ok(Answer {
        status,
        total: Total {
            value: results.len(),
            relation: if full { "gte" } else { "eq" },
        },
        results,
        query: example,
    })
}

fn query(example: &Example) -> Query {
    let mut query = Query {
        kinds: kinds(&example.schema).unwrap_or_default().to_vec(),
        ..Query::default()
    };
    for (property, values) in &example.properties {
        let into = match property.as_str() {
            "name" | "alias" | "previousName" | "weakAlias" => &mut query.names,
            "uscCode" | "registrationNumber" | "idNumber" | "taxNumber" | "leiCode" => {
                &mut query.codes
            }
            _ => continue,
        };
        match values {
            Values::Many(values) => into.extend(values.iter().cloned()),
            Values::One(value) => into.push(value.clone()),
        }
    }
    query
}

fn found(one: Match) -> Found {
    let features = one.features.iter().map(|part| (part.id, part.value));
    let explanations = one.features.iter().map(|part| {
        let explanation = Explanation {
            score: part.value,
            detail: part.text.clone(),
        };
        (part.id, explanation)
    });
    Found {
        id: one.subject.to_string(),
        schema: schema(one.kind),
        features: features.collect(),
        explanations: explanations.collect(),
        properties: properties(&one),
        caption: one.name,
        score: one.score,
        same: one.same,
    }
}

fn schema(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Enterprise => "Company",
        SubjectKind::GovernmentAgency => "PublicBody",
        _ => "Organization",
    }
}

fn properties(one: &Match) -> BTreeMap<&'static str, Vec<String>> {
    let mut properties = BTreeMap::from([
        ("name", vec![one.name.clone()]),
        ("country", vec!["cn".to_owned()]),
    ]);
    if !one.other_names.is_empty() {
        properties.insert("previousName", one.other_names.clone());
    }
    for code in &one.identifiers {
        let property = match code.system() {
            System::Uscc => "uscCode",
            System::Lei => "leiCode",
            System::TaxNo => "taxNumber",
            System::RegNo => "registrationNumber",
            _ => "idNumber",
        };
        let values = properties.entry(property).or_default();
        values.push(code.value().to_owned());
    }
    properties
}

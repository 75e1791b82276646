//! `GET /api/v1/reconcile/suggest/{what}`: entities, types and properties while somebody types.

use super::{answer, extend, query, types};
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::limits::PAGE_ROWS;
use exchange::matching;
use serde::Deserialize;
use serde_json::{Value, json};

/// Suggestions of one answer: as many as fit below a field.
const SUGGESTIONS: usize = 10;

/// What was typed.
#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    prefix: Option<String>,
    cursor: Option<usize>,
    callback: Option<String>,
}

pub(super) async fn get(
    State(site): State<Site>,
    reader: Reader,
    Path(what): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let typed = ask.prefix.as_deref().unwrap_or_default().trim().to_owned();
    let from = ask.cursor.unwrap_or(0).min(PAGE_ROWS);
    let result = match what.as_str() {
        "entity" => entities(&site, &reader, &typed).await?,
        "type" => titled(types(reader.lang), &typed),
        "property" => titled(extend::properties(reader.lang), &typed),
        _ => {
            return Err(Problem::known(
                StatusCode::NOT_FOUND,
                "not-found",
                reader.lang,
            ));
        }
    };
    let page: Vec<Value> = result.into_iter().skip(from).take(SUGGESTIONS).collect();
    answer(
        &json!({"result": page}),
        ask.callback.as_deref(),
        reader.lang,
    )
}

/// Organisations of a code, or whose name begins with or holds what was typed.
async fn entities(site: &Site, reader: &Reader, typed: &str) -> Result<Vec<Value>, Problem> {
    let problem = |error: &exchange::Error| Problem::of(error, reader.lang);
    let by_code = matching::one(&site.office, typed).await;
    if let Some(one) = by_code.map_err(|error| problem(&error))? {
        return Ok(vec![json!({
            "id": one.subject.to_string(),
            "name": one.name,
            "description": query::describe(&one),
            "notable": [super::type_json(one.kind, reader.lang)],
        })]);
    }
    let names = match exchange::names::by_name(&site.office, typed, None).await {
        Ok(names) => names.hits,
        // Too short to tell anything yet.
        Err(exchange::Error::Request(_)) => Vec::new(),
        Err(error) => return Err(problem(&error)),
    };
    let mut found = Vec::with_capacity(names.len());
    for hit in names {
        let code = hit.identifier.as_ref().map(|code| code.value());
        found.push(json!({
            "id": hit.subject.to_string(),
            "name": hit.name,
            "description": code.unwrap_or_default(),
            "notable": [super::type_json(hit.kind, reader.lang)],
        }));
    }
    Ok(found)
}

/// Entries whose id or title begins with or holds what was typed.
fn titled(all: Vec<(&'static str, String)>, typed: &str) -> Vec<Value> {
    let typed = typed.to_lowercase();
    let holds = |text: &str| text.to_lowercase().contains(&typed);
    all.into_iter()
        .filter(|(id, name)| holds(id) || holds(name))
        .map(|(id, name)| json!({"id": id, "name": name}))
        .collect()
}

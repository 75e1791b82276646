//! Data extension: columns of public identity for subjects that were reconciled.

use super::misread;
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use credit::identifier::System;
use credit::lang::Lang;
use credit::limits::MATCH_QUERIES;
use exchange::matching::{self, Match};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Properties that can be fetched: codes of each system, kind, names.
const PROPERTIES: [&str; 7] = [
    "uscc",
    "org-code",
    "reg-no",
    "tax-no",
    "lei",
    "kind",
    "other-names",
];

/// Which properties are proposed.
#[derive(Debug, Deserialize)]
pub(super) struct Ask {
    #[serde(rename = "type")]
    kind: Option<String>,
    limit: Option<usize>,
    callback: Option<String>,
}

/// Every property with its title.
pub(super) fn properties(lang: Lang) -> Vec<(&'static str, String)> {
    let texts = crate::text::Texts { lang };
    let title = |id: &str| texts.get(&format!("reconcile-property-{id}"));
    PROPERTIES.into_iter().map(|id| (id, title(id))).collect()
}

pub(super) async fn get_properties(
    reader: Reader,
    Query(ask): Query<Ask>,
) -> Result<Response, Problem> {
    let limit = ask.limit.unwrap_or(PROPERTIES.len());
    let found: Vec<Value> = properties(reader.lang)
        .into_iter()
        .take(limit)
        .map(|(id, name)| json!({"id": id, "name": name}))
        .collect();
    let kind = ask.kind.as_deref().unwrap_or(super::ORGANISATION);
    let value = json!({"type": kind, "limit": limit, "properties": found});
    super::answer(&value, ask.callback.as_deref(), reader.lang)
}

/// Answers a data extension: the text of the field `extend`.
pub(super) async fn extend(
    State(site): State<Site>,
    reader: &Reader,
    text: &str,
) -> Result<Value, Problem> {
    let (ids, wanted) = read(text).ok_or_else(|| misread(reader))?;
    if ids.len() > MATCH_QUERIES {
        return Err(Problem::known(
            StatusCode::PAYLOAD_TOO_LARGE,
            "match-many",
            reader.lang,
        ));
    }
    let titles = properties(reader.lang);
    let meta: Vec<Value> = titles
        .iter()
        .filter(|(id, _)| wanted.iter().any(|one| one == id))
        .map(|(id, name)| json!({"id": id, "name": name}))
        .collect();
    let found = matching::known(&site.office, &ids).await;
    let found = found.map_err(|error| Problem::of(&error, reader.lang))?;
    let mut rows = Map::new();
    for (id, found) in ids.into_iter().zip(found) {
        let mut row = Map::new();
        for property in &wanted {
            let values = found.as_ref().map(|one| values(one, property, reader.lang));
            row.insert(property.clone(), Value::Array(values.unwrap_or_default()));
        }
        rows.insert(id, Value::Object(row));
    }
    Ok(json!({"meta": meta, "rows": rows}))
}

fn read(text: &str) -> Option<(Vec<String>, Vec<String>)> {
    let value: Value = serde_json::from_str(text).ok()?;
    let texts = |list: &Value, of: fn(&Value) -> Option<&str>| -> Option<Vec<String>> {
        let list = list.as_array()?.iter();
        list.map(|one| of(one).map(str::to_owned)).collect()
    };
    let ids = texts(value.get("ids")?, Value::as_str)?;
    let wanted = texts(value.get("properties")?, |one| one.get("id")?.as_str())?;
    let known = |one: &String| PROPERTIES.contains(&one.as_str());
    wanted.iter().all(known).then_some((ids, wanted))
}

fn values(one: &Match, property: &str, lang: Lang) -> Vec<Value> {
    if property == "kind" {
        return vec![json!({"id": one.kind.code(), "name": one.kind.title(lang)})];
    }
    if property == "other-names" {
        return one
            .other_names
            .iter()
            .map(|name| json!({"str": name}))
            .collect();
    }
    let system = System::parse(property);
    let codes = one
        .identifiers
        .iter()
        .filter(|code| Some(code.system()) == system);
    codes.map(|code| json!({"str": code.value()})).collect()
}

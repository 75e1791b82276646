//! Batches of reconciliation queries.

use super::{ORGANISATION, misread, type_json};
use crate::Site;
use crate::problem::Problem;
use crate::reader::Reader;
use axum::http::StatusCode;
use credit::limits::{MATCH_QUERIES, MATCH_RESULTS};
use credit::subject::SubjectKind;
use exchange::matching::{self, Match, Query, Terms};
use serde_json::{Map, Value, json};

/// Answers a batch: the text of the field `queries`.
pub(super) async fn batch(site: &Site, reader: &Reader, text: &str) -> Result<Value, Problem> {
    let batch: Map<String, Value> = serde_json::from_str(text).map_err(|_| misread(reader))?;
    if batch.len() > MATCH_QUERIES {
        return Err(Problem::known(
            StatusCode::PAYLOAD_TOO_LARGE,
            "match-many",
            reader.lang,
        ));
    }
    let asked: Vec<(String, One)> = batch
        .into_iter()
        .map(|(name, query)| Some((name, read(&query)?)))
        .collect::<Option<_>>()
        .ok_or_else(|| misread(reader))?;
    let (names, asked): (Vec<String>, Vec<One>) = asked.into_iter().unzip();
    let mut answers = Map::new();
    for (name, found) in names.into_iter().zip(find(site, reader, asked).await?) {
        let certain = certain(&found);
        let result: Vec<Value> = found
            .iter()
            .enumerate()
            .map(|(place, one)| result(one, certain && place == 0, reader))
            .collect();
        answers.insert(name, json!({"result": result}));
    }
    Ok(Value::Object(answers))
}

/// One query, read.
struct One {
    query: Query,
    limit: usize,
    /// Types that are no kinds of ours were asked, and none that is.
    foreign: bool,
}

/// Reads a query; none where it has not the protocol's shape.
fn read(value: &Value) -> Option<One> {
    let map = value.as_object()?;
    let known = ["query", "type", "limit", "properties", "type_strict"];
    if !map.keys().all(|key| known.contains(&key.as_str())) {
        return None;
    }
    let mut query = Query::default();
    if let Some(text) = map.get("query") {
        query.names.push(text.as_str()?.to_owned());
    }
    for property in map
        .get("properties")
        .map_or(Some(&Vec::new()), Value::as_array)?
    {
        hint(&mut query, property)?;
    }
    // A code may stand where a name is asked for.
    if let Some(text) = map.get("query").and_then(Value::as_str)
        && credit::identifier::Identifier::detect(text).is_ok()
    {
        query.codes.push(text.to_owned());
    }
    if query
        .names
        .iter()
        .chain(&query.codes)
        .all(|text| text.trim().is_empty())
    {
        return None;
    }
    let limit = match map.get("limit") {
        Some(limit) => usize::try_from(limit.as_f64()?.clamp(1.0, 1e6) as u64).ok()?,
        None => Terms::default().limit,
    };
    let foreign = kinds(&mut query, map.get("type"))?;
    Some(One {
        query,
        limit: limit.min(MATCH_RESULTS),
        foreign,
    })
}

/// Narrows a query to the asked types; tells whether only unknown ones were asked.
fn kinds(query: &mut Query, asked: Option<&Value>) -> Option<bool> {
    let types: Vec<&str> = match asked {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(one)) => vec![one],
        Some(many) => many
            .as_array()?
            .iter()
            .map(Value::as_str)
            .collect::<Option<_>>()?,
    };
    let any = types.contains(&ORGANISATION);
    let known: Vec<SubjectKind> = types
        .iter()
        .filter_map(|code| SubjectKind::parse(code))
        .filter(|kind| kind.is_organisation())
        .collect();
    let foreign = !any && known.is_empty() && types.iter().any(|one| !one.is_empty());
    if !any {
        query.kinds = known;
    }
    Some(foreign)
}

/// Takes the values of a property: codes and further names; others say nothing here.
fn hint(query: &mut Query, property: &Value) -> Option<()> {
    let pid = property.get("pid")?.as_str()?;
    let given = property.get("v")?;
    let values: Vec<&Value> = match given {
        Value::Array(many) => many.iter().collect(),
        one => vec![one],
    };
    for value in values {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Bool(_) => continue,
            Value::Object(entity) => entity.get("id")?.as_str()?.to_owned(),
            Value::Null | Value::Array(_) => return None,
        };
        match pid {
            "code" | "uscc" | "org-code" | "reg-no" | "tax-no" | "lei" => query.codes.push(text),
            "name" | "other-names" => query.names.push(text),
            _ => {}
        }
    }
    Some(())
}

/// Finds what each query may mean; nothing for those of foreign types.
async fn find(site: &Site, reader: &Reader, asked: Vec<One>) -> Result<Vec<Vec<Match>>, Problem> {
    let foreign: Vec<bool> = asked.iter().map(|one| one.foreign).collect();
    let queries: Vec<(Query, Terms)> = asked
        .into_iter()
        .filter(|one| !one.foreign)
        .map(|one| {
            let terms = Terms {
                limit: one.limit,
                cutoff: 0.1,
                lang: reader.lang,
                ..Terms::default()
            };
            (one.query, terms)
        })
        .collect();
    let problem = |error| Problem::of(&error, reader.lang);
    let found = matching::find_all(&site.office, site.names.as_ref(), &queries).await;
    let mut found = found.map_err(problem)?.into_iter();
    let each = foreign.into_iter().map(|foreign| match foreign {
        true => Ok(Vec::new()),
        false => found
            .next()
            .unwrap_or_else(|| Ok(Vec::new()))
            .map_err(problem),
    });
    each.collect()
}

/// Whether the first result is certain: the only one that is called the same.
fn certain(found: &[Match]) -> bool {
    found.first().is_some_and(|one| one.same) && found.iter().filter(|one| one.same).count() == 1
}

/// A result; scores are of 100 in this protocol.
fn result(one: &Match, certain: bool, reader: &Reader) -> Value {
    let features: Vec<Value> = one
        .features
        .iter()
        .map(|part| json!({"id": part.id, "value": part.value}))
        .collect();
    json!({
        "id": one.subject.to_string(),
        "name": one.name,
        "description": describe(one),
        "type": [type_json(one.kind, reader.lang)],
        "score": (one.score * 1000.0).round() / 10.0,
        "match": certain,
        "features": features,
    })
}

/// The strongest code, then the reasons.
pub(super) fn describe(one: &Match) -> String {
    let code = one.identifiers.first().map(|code| code.value());
    match (code, one.why.as_str()) {
        (Some(code), "") => code.to_owned(),
        (Some(code), why) => format!("{code} · {why}"),
        (None, why) => why.to_owned(),
    }
}

//! The published schema and the bytes agree: every member is described, every description is used.

use crate::sample::{CATALOG, Outcome, ask, own, penalty, registration, today};
use credit::lang::Lang;
use jiff::civil::date;
use serde_json::Value;

const SCHEMA: &str = include_str!("../../../../docs/schemas/report-1.json");

/// The few keywords that the schema uses; any other is a fault of the schema.
fn check(schema: &Value, root: &Value, value: &Value, path: &str) -> Result<(), String> {
    let rules = schema.as_object().ok_or(format!("{path}: no schema"))?;
    for (keyword, rule) in rules {
        match keyword.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "properties" => {}
            "additionalProperties" => {}
            "$ref" => {
                let name = rule.as_str().and_then(|at| at.strip_prefix("#/$defs/"));
                let target = name.and_then(|name| root["$defs"].get(name));
                check(
                    target.ok_or(format!("{path}: dangling {rule}"))?,
                    root,
                    value,
                    path,
                )?;
            }
            "type" => is_type(rule, value)
                .then_some(())
                .ok_or(format!("{path}: {value}"))?,
            "const" => (rule == value)
                .then_some(())
                .ok_or(format!("{path}: {value}"))?,
            "enum" => {
                let known = rule.as_array().is_some_and(|all| all.contains(value));
                known.then_some(()).ok_or(format!("{path}: {value}"))?;
            }
            "required" if value.is_null() => {}
            "required" => members(schema, value, path)?,
            "items" => {
                for (n, one) in value.as_array().into_iter().flatten().enumerate() {
                    check(rule, root, one, &format!("{path}[{n}]"))?;
                }
            }
            other => return Err(format!("{path}: keyword {other} is not read")),
        }
    }
    if value.is_null() {
        return Ok(());
    }
    for (name, rule) in schema["properties"].as_object().into_iter().flatten() {
        check(rule, root, &value[name], &format!("{path}.{name}"))?;
    }
    Ok(())
}

fn is_type(rule: &Value, value: &Value) -> bool {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    rule == name
        || rule
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == name))
}

/// Closed objects: the members are exactly those described, and all of them are required.
fn members(schema: &Value, value: &Value, path: &str) -> Result<(), String> {
    let described = |of: &Value| -> Vec<String> {
        let mut names: Vec<String> = of
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect();
        names.sort();
        names
    };
    let mut required: Vec<String> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    required.sort();
    let (given, properties) = (described(value), described(&schema["properties"]));
    if schema["additionalProperties"] != Value::Bool(false) || required != properties {
        return Err(format!("{path}: the schema leaves members open"));
    }
    (given == properties)
        .then_some(())
        .ok_or(format!("{path}: {given:?} is not {properties:?}"))
}

#[test]
fn reports_keep_to_the_published_schema() -> Outcome {
    let schema: Value = serde_json::from_str(SCHEMA)?;
    let mut held = penalty(3, date(2026, 6, 1));
    held.versions[0].held = Some("not-final".to_owned());
    for records in [
        Vec::new(),
        vec![registration(), penalty(2, date(2026, 6, 1)), held],
    ] {
        let dossier = own(records, today())?;
        for lang in Lang::ALL {
            let made = views::report::json(&views::report(&CATALOG, &dossier, &ask(lang)));
            check(&schema, &schema, &serde_json::from_str(&made)?, "report")?;
        }
    }
    Ok(())
}

#[test]
fn the_check_itself_can_fail() -> Outcome {
    let schema: Value = serde_json::from_str(SCHEMA)?;
    let made = views::report(
        &CATALOG,
        &own(vec![registration()], today())?,
        &ask(Lang::Zh),
    );
    let good = views::report::tree(&made);
    for spoil in ["number", "sections", "at"] {
        let mut bad = good.clone();
        if let Some(members) = bad.as_object_mut() {
            members.remove(spoil);
        }
        assert!(check(&schema, &schema, &bad, "report").is_err(), "{spoil}");
    }
    let mut bad = good.clone();
    bad["sections"][0]["entries"][0]["extra"] = true.into();
    assert!(check(&schema, &schema, &bad, "report").is_err());
    Ok(())
}

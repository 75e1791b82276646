//! Themes as Frictionless Table Schema (specs.frictionlessdata.io), so that an agency can check a
//! file with tools of its own before sending it, and so that a foreign schema can become a draft.
//!
//! What the standard has no word for (all three languages, the natural key; role, exposure, code set
//! and aliases of a field) stands under the key `gongxin`; other tools ignore it and keep it.

mod draft;

pub use draft::{ImportError, import};

use super::model::{Item, ItemIx, ItemKind, KeyPart, Required, Role, Theme};
use super::words;
use crate::lang::{Lang, Text};
use serde_json::{Map, Value, json};

/// The subject as a part of a natural key, as theme files write it.
const SUBJECT: &str = "@subject";

/// The theme as a Table Schema whose titles are in one language.
#[must_use]
pub fn export(theme: &Theme, lang: Lang) -> Value {
    let fields: Vec<Value> = theme
        .items
        .iter()
        .map(|item| field(theme, item, lang))
        .collect();
    let missing: Vec<&str> = std::iter::once("")
        .chain(theme.empty.iter().map(String::as_str))
        .collect();
    let mut schema = json!({
        "name": theme.code,
        "title": theme.title.get(lang),
        "description": theme.about.get(lang),
        "version": theme.version,
        "fields": fields,
        "missingValues": missing,
        "gongxin": head(theme),
    });
    let key = primary_key(theme);
    if let Some(object) = schema.as_object_mut().filter(|_| !key.is_empty()) {
        object.insert("primaryKey".to_owned(), json!(key));
    }
    schema
}

/// What the standard cannot say of the whole: texts in every language, and the natural key, of which
/// the subject is a part whatever column names it.
fn head(theme: &Theme) -> Value {
    let code = |ix: &ItemIx| theme.items.get(*ix).map(|item| item.code.as_str());
    let key: Vec<&str> = theme
        .key
        .iter()
        .filter_map(|part| match part {
            KeyPart::Subject => Some(SUBJECT),
            KeyPart::Item(ix) => code(ix),
        })
        .collect();
    json!({
        "title": text(&theme.title),
        "about": text(&theme.about),
        "key": key,
    })
}

/// The standard allows only required fields in a key: where a part may be empty, or the subject may
/// be named instead of numbered, no key is stated rather than a wrong one.
fn primary_key(theme: &Theme) -> Vec<&str> {
    let subject = theme.item_with(Role::SubjectIdentifier);
    let mut key = Vec::new();
    for part in &theme.key {
        let ix = match part {
            KeyPart::Subject => subject,
            KeyPart::Item(ix) => Some(*ix),
        };
        match ix.and_then(|ix| theme.items.get(ix)) {
            Some(item) if matches!(item.required, Required::Yes) => key.push(item.code.as_str()),
            _ => return Vec::new(),
        }
    }
    key
}

fn field(theme: &Theme, item: &Item, lang: Lang) -> Value {
    let mut constraints = Map::new();
    if matches!(item.required, Required::Yes) {
        constraints.insert("required".to_owned(), json!(true));
    }
    if let Some(format) = &item.format {
        constraints.insert("pattern".to_owned(), json!(bare_pattern(format.as_str())));
    }
    let kind = match &item.kind {
        ItemKind::Text(length) => {
            constraints.insert("maxLength".to_owned(), json!(length));
            "string"
        }
        ItemKind::Date => "date",
        ItemKind::Integer => "integer",
        ItemKind::Decimal { .. } => "number",
        ItemKind::Code { set, many } => {
            let values: Vec<&str> = set
                .values
                .iter()
                .map(|value| value.value.as_str())
                .collect();
            let name = if *many { "pattern" } else { "enum" };
            let rule = if *many {
                json!(several(&values))
            } else {
                json!(values)
            };
            constraints.insert(name.to_owned(), rule);
            "string"
        }
        ItemKind::Identifier(_) => "string",
    };
    // A pattern on a number is no constraint of the standard: the text form is lost there.
    if matches!(kind, "integer" | "number" | "date") {
        constraints.remove("pattern");
    }
    json!({
        "name": item.code,
        "title": item.title.get(lang),
        "type": kind,
        "constraints": constraints,
        "gongxin": extra(theme, item),
    })
}

/// Several values of a code set, joined with `;`.
fn several(values: &[&str]) -> String {
    let one: Vec<String> = values.iter().map(|value| regex::escape(value)).collect();
    let one = one.join("|");
    format!("({one})(;({one}))*")
}

/// The pattern as the theme's author wrote it: the anchors are added when a theme is built.
fn bare_pattern(pattern: &str) -> &str {
    pattern
        .strip_prefix("^(?:")
        .and_then(|rest| rest.strip_suffix(")$"))
        .unwrap_or(pattern)
}

/// What the standard cannot say.
fn extra(theme: &Theme, item: &Item) -> Value {
    let mut extra = Map::new();
    let mut put = |key: &str, value: Value| extra.insert(key.to_owned(), value);
    put("title", text(&item.title));
    put("role", json!(words::word(words::ROLES, item.role)));
    put(
        "exposure",
        json!(words::word(words::EXPOSURES, item.exposure)),
    );
    put("aliases", json!(item.aliases));
    put("personal", json!(item.personal));
    put("free_text", json!(item.free_text));
    if let Some(mask) = item.mask {
        put("mask", json!([mask.left, mask.right]));
    }
    if let Some(format) = &item.format {
        put("format", json!(bare_pattern(format.as_str())));
    }
    if let Required::When(rule) = &item.required {
        put("required_when", json!(rule.source));
    }
    if let Some(consent) = item.consent.and_then(|ix| theme.items.get(ix)) {
        put("consent_item", json!(consent.code));
    }
    match &item.kind {
        ItemKind::Decimal {
            digits,
            scale,
            unit,
        } => {
            put("digits", json!(digits));
            put("scale", json!(scale));
            put("unit", json!(unit));
        }
        ItemKind::Code { set, many } => {
            put("set", json!(set.code));
            put("many", json!(many));
        }
        ItemKind::Identifier(system) => {
            put(
                "identifier",
                json!(system.map_or("any", |system| system.code())),
            );
        }
        _ => {}
    }
    Value::Object(extra)
}

fn text(text: &Text) -> Value {
    json!({ "zh": text.zh, "en": text.en, "ru": text.ru })
}

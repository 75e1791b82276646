//! From a Table Schema to the draft of a theme.
//!
//! A schema knows columns; it does not know a law, a supplier, a term. Those are left as blanks that
//! the checker refuses one by one, so that a draft can never be loaded by mistake.

use super::SUBJECT;
use serde_json::Value;
use std::fmt::Write as _;

/// Why a schema gave no draft.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No list of fields.
    #[error(
        "the schema has no \"fields\": export it as a Table Schema (a JSON object with \"fields\")"
    )]
    NoFields,
    /// A field without a name.
    #[error("field {0} has no \"name\": give each field a name")]
    NoName(usize),
}

/// The draft of a theme, as the text of a catalogue file.
///
/// # Errors
/// If the value is no Table Schema.
pub fn import(schema: &Value) -> Result<String, ImportError> {
    let fields = schema
        .get("fields")
        .and_then(Value::as_array)
        .filter(|fields| !fields.is_empty())
        .ok_or(ImportError::NoFields)?;
    let mut items = String::new();
    let mut rules = String::new();
    let mut names = Vec::new();
    for (position, field) in fields.iter().enumerate() {
        let name = word(field, "name").ok_or(ImportError::NoName(position + 1))?;
        let code = item_code(name, position);
        item(&mut items, field, &code, name);
        bounds(&mut rules, field, &code);
        names.push((name, code));
    }
    let mut draft = head(schema, &names);
    draft.push_str(&items);
    draft.push_str(&rules);
    Ok(draft)
}

/// Everything above the items. `_` writes to a string cannot fail.
fn head(schema: &Value, names: &[(&str, String)]) -> String {
    let code: String = word(schema, "name")
        .unwrap_or_default()
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let code = if code.trim_matches('-').is_empty() {
        "draft".to_owned()
    } else {
        code
    };
    let own = schema.get("gongxin").unwrap_or(&Value::Null);
    let key: Vec<String> = key_names(schema, own)
        .into_iter()
        .filter_map(|name| match name {
            SUBJECT => Some(SUBJECT),
            name => names
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, code)| code.as_str()),
        })
        .map(quote)
        .collect();
    let empty: Vec<String> = schema
        .get("missingValues")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .filter(|value| !value.is_empty())
        .map(quote)
        .collect();
    let mut draft = String::new();
    draft.push_str(
        "# Draft made from a Table Schema. What the schema cannot know is blank, and the\n",
    );
    draft.push_str("# checker refuses each blank until a person has filled it from a source.\n\n");
    let _ = writeln!(draft, "code = {}", quote(&code));
    let version = word(schema, "version").unwrap_or("draft").to_lowercase();
    let _ = writeln!(draft, "version = {}", quote(&version));
    draft.push_str("valid_from = 9999-12-31\njurisdiction = \"\"\nlayer = \"\"\nclass = \"\"\nsection = \"\"\n");
    draft.push_str("suppliers = []\nsubject_kinds = []\npublic = false\n");
    let _ = writeln!(draft, "empty = [{}]", empty.join(", "));
    let _ = writeln!(draft, "key = [{}]\n", key.join(", "));
    for (table, key) in [("title", "title"), ("about", "description")] {
        let text = word(schema, key).unwrap_or_default();
        let (zh, en, ru) = languages(own.get(table), text);
        let (zh, en, ru) = (quote(zh), quote(en), quote(ru));
        let _ = writeln!(draft, "[{table}]\nzh = {zh}\nen = {en}\nru = {ru}\n");
    }
    draft.push_str("[[basis]]\nlaw = \"\"\nrank = \"\"\nverified = false\n\n");
    draft.push_str("[reporting]\nfrequency = { zh = \"\", en = \"\", ru = \"\" }\n\n");
    draft.push_str("[submission]\nmode = \"delta\"\n");
    draft
}

/// A text in Chinese, English and Russian: our own three, else the one that a schema has, which is
/// Chinese unless it has no Chinese letter.
fn languages<'v>(own: Option<&'v Value>, text: &'v str) -> (&'v str, &'v str, &'v str) {
    let own = own.unwrap_or(&Value::Null);
    match (word(own, "zh"), word(own, "en"), word(own, "ru")) {
        (Some(zh), Some(en), Some(ru)) => (zh, en, ru),
        _ if text.is_ascii() => ("", text, ""),
        _ => (text, "", ""),
    }
}

/// Names of the key's parts: of our own, which may name the subject, else of the standard's.
fn key_names<'v>(schema: &'v Value, own: &'v Value) -> Vec<&'v str> {
    match own.get("key").or_else(|| schema.get("primaryKey")) {
        Some(Value::String(name)) => vec![name.as_str()],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Item codes are variables of rules: a name in another script becomes an alias.
fn item_code(name: &str, position: usize) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.len() <= 64 {
        name.to_owned()
    } else {
        format!("ITEM_{}", position + 1)
    }
}

fn item(draft: &mut String, field: &Value, code: &str, name: &str) {
    let own = field.get("gongxin").unwrap_or(&Value::Null);
    let _ = writeln!(draft, "\n[[items]]\ncode = {}", quote(code));
    draft.push_str(&title(field, own, name));
    draft.push_str(&kind(field, own));
    let constraints = field.get("constraints").unwrap_or(&Value::Null);
    if constraints.get("required").and_then(Value::as_bool) == Some(true) {
        draft.push_str("required = true\n");
    }
    if let Some(format) = format_of(constraints, own) {
        let _ = writeln!(draft, "format = {}", quote(&format));
    }
    for key in ["required_when", "role", "exposure", "consent_item"] {
        if let Some(value) = word(own, key) {
            let _ = writeln!(draft, "{key} = {}", quote(value));
        }
    }
    for key in ["personal", "free_text"] {
        if own.get(key).and_then(Value::as_bool) == Some(true) {
            let _ = writeln!(draft, "{key} = true");
        }
    }
    if let Some(mask) = own.get("mask").filter(|mask| mask.is_array()) {
        let _ = writeln!(draft, "mask = {mask}");
    }
    let mut aliases: Vec<String> = own
        .get("aliases")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(quote)
        .collect();
    if name != code && word(field, "title").is_some_and(|title| title != name) {
        aliases.push(quote(name));
    }
    if !aliases.is_empty() {
        let _ = writeln!(draft, "aliases = [{}]", aliases.join(", "));
    }
}

fn title(field: &Value, own: &Value, name: &str) -> String {
    let text = word(field, "title").unwrap_or(name);
    let (zh, en, ru) = languages(own.get("title"), text);
    let (zh, en, ru) = (quote(zh), quote(en), quote(ru));
    format!("title = {{ zh = {zh}, en = {en}, ru = {ru} }}\n")
}

/// The type. A list of values becomes a code set only where the schema names ours; a foreign list
/// becomes a format, which loses the titles and nothing else.
fn kind(field: &Value, own: &Value) -> String {
    if let Some(set) = word(own, "set") {
        let many = own.get("many").and_then(Value::as_bool) == Some(true);
        let many = if many { "many = true\n" } else { "" };
        return format!("type = \"code\"\nset = {}\n{many}", quote(set));
    }
    if let Some(system) = word(own, "identifier") {
        let system = if system == "any" {
            String::new()
        } else {
            format!("system = {}\n", quote(system))
        };
        return format!("type = \"identifier\"\n{system}");
    }
    match word(field, "type").unwrap_or("string") {
        "date" | "datetime" => "type = \"date\"\n".to_owned(),
        "integer" | "year" => "type = \"integer\"\n".to_owned(),
        "number" => {
            let of = |key: &str, plain: u64| own.get(key).and_then(Value::as_u64).unwrap_or(plain);
            let mut text = format!(
                "type = \"decimal\"\ndigits = {}\nscale = {}\n",
                of("digits", 18),
                of("scale", 6)
            );
            if let Some(unit) = word(own, "unit") {
                let _ = writeln!(text, "unit = {}", quote(unit));
            }
            text
        }
        _ => {
            let length = field
                .pointer("/constraints/maxLength")
                .and_then(Value::as_u64)
                .unwrap_or(4000);
            format!("type = \"text\"\nlength = {length}\n")
        }
    }
}

fn format_of(constraints: &Value, own: &Value) -> Option<String> {
    if let Some(format) = word(own, "format") {
        return Some(format.to_owned());
    }
    if word(own, "set").is_some() {
        return None;
    }
    if let Some(pattern) = word(constraints, "pattern") {
        return Some(pattern.to_owned());
    }
    let values = constraints.get("enum")?.as_array()?;
    let values: Vec<String> = values
        .iter()
        .filter_map(Value::as_str)
        .map(regex::escape)
        .collect();
    (!values.is_empty()).then(|| values.join("|"))
}

/// `minimum` and `maximum` become rules.
fn bounds(draft: &mut String, field: &Value, code: &str) {
    for (key, sign, zh, en, ru) in [
        ("minimum", ">=", "不得小于", "is at least", "не меньше"),
        ("maximum", "<=", "不得大于", "is at most", "не больше"),
    ] {
        let Some(bound) = field.pointer(&format!("/constraints/{key}")) else {
            continue;
        };
        let holds = match (word(field, "type").unwrap_or("string"), bound) {
            ("date" | "datetime", Value::String(day)) => {
                format!("{code} == \"\" || {code} {sign} {}", quote(day))
            }
            ("integer" | "number" | "year", bound) => {
                let Some(number) = bound.as_f64().or_else(|| bound.as_str()?.parse().ok()) else {
                    continue;
                };
                format!("{code} == null || {code} {sign} {number:?}")
            }
            _ => continue,
        };
        let shown = bound
            .as_str()
            .map_or_else(|| bound.to_string(), str::to_owned);
        let _ = writeln!(
            draft,
            "\n[[rules]]\ncode = {}\nholds = {}\nmessage = {{ zh = {}, en = {}, ru = {} }}",
            quote(&format!("{code}-{key}")),
            quote(&holds),
            quote(&format!("{code} {zh} {shown}。")),
            quote(&format!("{code} {en} {shown}.")),
            quote(&format!("{code} {ru} {shown}.")),
        );
    }
}

fn word<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// A TOML string on one line.
fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

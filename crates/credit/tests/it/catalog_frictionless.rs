//! Table Schema: what goes out is valid, what comes in is a draft that cannot be loaded by mistake.

use super::catalog::{load, shipped};
use crate::python::Package;
use credit::catalog::frictionless::{ImportError, export, import};
use credit::catalog::{Catalog, Grade, ItemKind, Required, Theme, check};
use credit::lang::Lang;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

#[test]
fn every_theme_comes_back_the_same() {
    let catalog = load();
    assert!(catalog.themes.len() >= 15);
    for theme in &catalog.themes {
        for lang in Lang::ALL {
            let schema = export(theme, lang);
            let draft = import(&schema).unwrap();
            let again = filled(&draft, theme);
            same_items(theme, &again);
            assert_eq!((&theme.title, &theme.about), (&again.title, &again.about));
            assert_eq!(theme.key, again.key, "{}", theme.code);
            assert_eq!(schema, export(&again, lang), "{}", theme.code);
            assert_eq!(schema.to_string(), export(&again, lang).to_string());
        }
    }
}

/// A draft loaded after its blanks are filled.
fn filled(draft: &str, theme: &Theme) -> Arc<Theme> {
    let filled = fill(draft);
    let mut files = shipped();
    // What refers to shipped themes goes with them.
    let refers = ["themes/", "measures/", "models/"];
    files.retain(|(path, _)| !refers.iter().any(|folder| path.starts_with(folder)));
    files.push(("themes/draft.toml".to_owned(), filled.clone()));
    let again = Catalog::load(&files)
        .unwrap_or_else(|findings| panic!("{} {filled}\n{findings:#?}", theme.code));
    Arc::clone(&again.themes[0])
}

/// Fills the blanks of a draft as a person would, but with a neutral class: only items matter here.
fn fill(draft: &str) -> String {
    draft
        .replace("jurisdiction = \"\"", "jurisdiction = \"CN\"")
        .replace("layer = \"\"", "layer = \"national\"")
        .replace("class = \"\"", "class = \"other\"")
        .replace("section = \"\"", "section = \"other\"")
        .replace("suppliers = []", "suppliers = [\"samr\"]")
        .replace("subject_kinds = []", "subject_kinds = [\"enterprise\"]")
        .replace(
            "frequency = { zh = \"\", en = \"\", ru = \"\" }",
            "frequency = { zh = \"x\", en = \"x\", ru = \"x\" }",
        )
        .replace("law = \"\"\nrank = \"\"", "law = \"x\"\nrank = \"law\"")
        .replace(
            "[reporting]",
            "[sharing]\nclass = \"unconditional\"\n\n[reporting]",
        )
}

fn same_items(one: &Theme, other: &Theme) {
    assert_eq!(one.items.len(), other.items.len());
    assert_eq!(one.empty, other.empty);
    for (a, b) in one.items.iter().zip(&other.items) {
        let name = format!("{} {}", one.code, a.code);
        assert_eq!(
            (&a.code, &a.title, &a.aliases),
            (&b.code, &b.title, &b.aliases),
            "{name}"
        );
        assert_eq!(
            (a.role, a.exposure, a.mask),
            (b.role, b.exposure, b.mask),
            "{name}"
        );
        assert_eq!(
            (a.personal, a.free_text),
            (b.personal, b.free_text),
            "{name}"
        );
        assert_eq!((&a.kind, a.consent), (&b.kind, b.consent), "{name}");
        let format = |item: &credit::catalog::Item| {
            item.format.as_ref().map(|regex| regex.as_str().to_owned())
        };
        assert_eq!(format(a), format(b), "{name}");
        assert_eq!(required(a), required(b), "{name}");
    }
}

fn required(item: &credit::catalog::Item) -> String {
    match &item.required {
        Required::No => "no".to_owned(),
        Required::Yes => "yes".to_owned(),
        Required::When(rule) => rule.source.clone(),
    }
}

#[test]
fn a_foreign_schema_becomes_a_draft_that_is_refused() {
    let schema = json!({
        "name": "Water Users",
        "title": "Water users",
        "missingValues": ["", "-"],
        "primaryKey": "id",
        "fields": [
            { "name": "id", "type": "string", "constraints": { "required": true, "pattern": "[0-9]{6}" } },
            { "name": "用水量", "type": "number", "constraints": { "minimum": 0 } },
            { "name": "kind", "type": "string", "constraints": { "enum": ["a", "b.c"] } },
            { "name": "since", "type": "date", "constraints": { "minimum": "2020-01-01" } },
            { "name": "note", "type": "string", "constraints": { "maxLength": 99 } }
        ]
    });
    let draft = import(&schema).unwrap();
    let files = [("themes/d.toml".to_owned(), draft.clone())];
    let findings = check(&files);
    let rules: Vec<&str> = findings
        .iter()
        .map(|finding| finding.rule.as_str())
        .collect();
    for blank in ["C03", "C06", "C07", "C10", "C11", "C14"] {
        assert!(
            rules.contains(&blank),
            "{blank} is missing: {findings:#?}\n{draft}"
        );
    }
    assert!(
        !rules.contains(&"C01") && !rules.contains(&"C02") && !rules.contains(&"C34"),
        "{findings:#?}"
    );
    for line in [
        "format = \"[0-9]{6}\"",
        "format = \"a|b\\\\.c\"",
        "length = 99",
        "code = \"ITEM_2\"",
        "key = [\"id\"]",
        "empty = [\"-\"]",
        "holds = \"ITEM_2 == null || ITEM_2 >= 0.0\"",
    ] {
        assert!(draft.contains(line), "{line} in\n{draft}");
    }
    assert!(Catalog::load(&files).is_err());
}

#[test]
fn what_is_no_schema_is_refused() {
    assert_eq!(import(&json!({})), Err(ImportError::NoFields));
    assert_eq!(import(&json!({ "fields": [] })), Err(ImportError::NoFields));
    assert_eq!(
        import(&json!({ "fields": [{}] })),
        Err(ImportError::NoName(1))
    );
}

#[test]
fn nothing_in_a_schema_breaks_out_of_its_quotes() {
    let evil = "x\"\n[[basis]]\nlaw = \"free\" # \\ \u{7} 名";
    let draft = import(&json!({
        "name": evil, "title": evil, "description": evil, "missingValues": [evil],
        "fields": [{ "name": evil, "title": evil, "type": evil, "constraints": { "pattern": evil } }]
    }))
    .unwrap();
    let read: toml::Table = draft
        .parse()
        .unwrap_or_else(|error| panic!("{error}\n{draft}"));
    assert_eq!(read["basis"].as_array().map(Vec::len), Some(1), "{draft}");
}

/// Reads schemas, finds fault with none, and writes each as the package holds it.
const READER: &str = "
import json, sys
from frictionless import Schema
for line in sys.stdin:
    schema = Schema.from_descriptor(json.loads(line))
    print(json.dumps(schema.to_descriptor()))
";

/// Another project's program reads our schemas, and what it writes is the same theme.
#[test]
fn frictionless_accepts_our_schemas_and_keeps_what_is_ours() {
    let package = Package {
        folder: "frictionless",
        variable: "GONGXIN_FRICTIONLESS_PYTHON",
        pinned: "frictionless==5.18.1",
        import: "import frictionless",
    };
    let Some(python) = package.python() else {
        return;
    };
    let catalog = load();
    let schemas: Vec<Value> = catalog
        .themes
        .iter()
        .map(|theme| export(theme, Lang::En))
        .collect();
    let mut child = Command::new(python)
        .args(["-c", READER])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let lines: String = schemas.iter().map(|schema| format!("{schema}\n")).collect();
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(written.lines().count(), schemas.len());
    for (line, schema) in written.lines().zip(&schemas) {
        let theirs: Value = serde_json::from_str(line).unwrap();
        assert_eq!(import(&theirs).unwrap(), import(schema).unwrap());
    }
}

proptest! {
    /// Texts with whatever signs come through the draft as they were.
    #[test]
    fn any_text_comes_back(zh in "\\PC{1,20}", en in any::<String>(), ru in "[ -~а-я\\\\\"\\n\\t]{1,20}") {
        let own = json!({ "zh": zh, "en": en, "ru": ru });
        let draft = import(&json!({
            "name": "x", "gongxin": { "title": own, "about": own, "key": ["@subject", "a"] },
            "fields": [{ "name": "a", "gongxin": { "title": own, "aliases": [zh] } }]
        })).unwrap();
        let read: toml::Table = draft.parse().unwrap();
        let wanted = toml::Value::try_from(&own).unwrap();
        prop_assert_eq!(&read["title"], &wanted);
        prop_assert_eq!(&read["about"], &wanted);
        prop_assert_eq!(&read["items"][0]["title"], &wanted);
        prop_assert_eq!(read["items"][0]["aliases"][0].as_str(), Some(zh.as_str()));
        prop_assert_eq!(read["key"].as_array().map(Vec::len), Some(2));
    }
}

#[test]
fn exported_types_and_constraints() {
    let catalog = load();
    let penalty = catalog
        .themes
        .iter()
        .rfind(|theme| theme.code == "penalty")
        .unwrap();
    let schema = export(penalty, Lang::Zh);
    let field = |name: &str| -> &Value {
        let fields = schema["fields"].as_array().unwrap();
        fields.iter().find(|field| field["name"] == name).unwrap()
    };
    assert_eq!(
        field("CF_WSH")["constraints"],
        json!({ "required": true, "maxLength": 128 })
    );
    assert_eq!(field("CF_JDRQ")["type"], "date");
    assert_eq!(field("CF_NR_FK")["type"], "number");
    assert_eq!(
        field("CF_XDR_LB")["constraints"]["enum"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert!(
        field("CF_CFLB")["constraints"]["pattern"]
            .as_str()
            .unwrap()
            .starts_with("(警告|")
    );
    assert!(
        penalty
            .items
            .iter()
            .any(|item| matches!(item.kind, ItemKind::Identifier(_)))
    );
    assert!(
        check(&shipped())
            .iter()
            .all(|finding| finding.severity == Grade::Warning)
    );
}

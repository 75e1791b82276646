//! The Reconciliation Service API 0.2 from outside: every answer has the shape that the protocol's
//! schemas ask for, and what is no query is a problem.

use crate::html;
use crate::site::{Answer, NUMBER, ORDINARY, PERSON, TestSite};
use axum::body::Body;
use serde_json::{Value, json};
use std::process::Command;

/// Our reading of the protocol's schemas, in a small subset of JSON Schema: `type`, `required`,
/// `properties`, `items`, `holds` (a part of a text), `each` (values of an object), `only`.
fn fits(value: &Value, schema: &Value, at: &str) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{at}: {what}: {value}"));
    let is = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    };
    if !is {
        return wrong("another type");
    }
    for key in schema["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().unwrap_or_default()).is_none() {
            return wrong(&format!("no {key}"));
        }
    }
    if let Some(part) = schema["holds"].as_str()
        && !value.as_str().is_some_and(|text| text.contains(part))
    {
        return wrong("a part is missing");
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(found) = value.get(key) {
            fits(found, inner, &format!("{at}/{key}"))?;
        }
    }
    if schema["only"] == true {
        let known = |key: &String| schema["properties"].get(key).is_some();
        if value.as_object().is_some_and(|map| !map.keys().all(known)) {
            return wrong("a key too many");
        }
    }
    if let Some(each) = schema.get("each") {
        for (key, found) in value.as_object().into_iter().flatten() {
            fits(found, each, &format!("{at}/{key}"))?;
        }
    }
    if let Some(items) = schema.get("items") {
        for (place, found) in value.as_array().into_iter().flatten().enumerate() {
            fits(found, items, &format!("{at}/{place}"))?;
        }
    }
    Ok(())
}

fn must_fit(value: &Value, schema: &Value) {
    if let Err(wrong) = fits(value, schema, "") {
        panic!("{wrong}");
    }
}

fn text() -> Value {
    json!({"type": "string"})
}

fn entry() -> Value {
    json!({"type": "object", "required": ["id", "name"],
        "properties": {"id": text(), "name": text(), "description": text()}})
}

fn manifest_schema() -> Value {
    let service =
        json!({"type": "object", "properties": {"service_url": text(), "service_path": text()}});
    json!({
        "type": "object",
        "required": ["versions", "name", "identifierSpace", "schemaSpace"],
        "properties": {
            "versions": {"type": "array", "items": text()}, "name": text(),
            "identifierSpace": text(), "schemaSpace": text(), "documentation": text(),
            "serviceVersion": text(), "logo": text(),
            "view": {"type": "object", "required": ["url"], "properties": {"url": {"type": "string", "holds": "{{id}}"}}},
            "defaultTypes": {"type": "array", "items": entry()},
            "suggest": {"type": "object", "each": service.clone()},
            "preview": {"type": "object", "required": ["url", "width", "height"], "properties": {
                "url": {"type": "string", "holds": "{{id}}"}, "width": {"type": "integer"}, "height": {"type": "integer"}}},
            "extend": {"type": "object", "properties": {"propose_properties": service, "property_settings": {"type": "array"}}},
        }
    })
}

fn results_schema() -> Value {
    json!({"type": "object", "each": {"type": "object", "required": ["result"], "properties": {"result": {
    "type": "array", "items": {"type": "object", "required": ["id", "name", "score"], "properties": {
        "id": text(), "name": text(), "description": text(), "score": {"type": "number"},
        "match": {"type": "boolean"}, "type": {"type": "array", "items": entry()},
        "features": {"type": "array", "items": {"type": "object", "properties": {"id": text(), "value": {"type": "number"}}}},
    }}}}}})
}

fn extension_schema() -> Value {
    json!({"type": "object", "required": ["meta", "rows"], "properties": {
        "meta": {"type": "array", "items": entry()},
        "rows": {"type": "object", "each": {"type": "object", "each": {"type": "array", "items": {
            "type": "object", "only": true, "properties": {"id": text(), "name": text(), "str": text()}}}}}}})
}

fn suggestions_schema() -> Value {
    json!({"type": "object", "required": ["result"], "properties": {"result": {"type": "array", "items": entry()}}})
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn post(site: &TestSite, field: &str, value: &Value) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let form = format!("{field}={}", encoded(&value.to_string()));
    site.send(
        "POST",
        "/api/v1/reconcile?lang=en",
        &headers,
        Body::from(form),
    )
    .await
}

fn open(answer: &Answer) {
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "*",
        "{}",
        answer.body
    );
}

#[test]
fn the_schemas_refuse_what_the_protocol_refuses() {
    let good = json!({"q": {"result": [{"id": "a", "name": "b", "score": 1.5}]}});
    must_fit(&good, &results_schema());
    for bad in [
        json!({"q": []}),
        json!({"q": {}}),
        json!({"q": {"result": [{"id": "a", "name": "b"}]}}),
        json!({"q": {"result": [{"id": 1, "name": "b", "score": 1}]}}),
        json!({"q": {"result": [{"id": "a", "name": "b", "score": "1"}]}}),
    ] {
        assert!(fits(&bad, &results_schema(), "").is_err(), "{bad}");
    }
    let extra = json!({"meta": [], "rows": {"a": {"p": [{"str": "x", "more": 1}]}}});
    assert!(fits(&extra, &extension_schema(), "").is_err());
    assert!(fits(&json!({"versions": ["0.2"]}), &manifest_schema(), "").is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_manifest_says_what_there_is_and_where() {
    let site = TestSite::new().await;
    let headers = [
        ("host", "credit.example:8443"),
        ("x-forwarded-proto", "https"),
    ];
    let answer = site.get_with("/api/v1/reconcile", &headers).await;
    open(&answer);
    let manifest = answer.json();
    must_fit(&manifest, &manifest_schema());
    assert_eq!(manifest["versions"], json!(["0.2"]));
    let at = "https://credit.example:8443/api/v1/reconcile";
    assert_eq!(manifest["suggest"]["entity"]["service_url"], at);
    assert_eq!(
        manifest["preview"]["url"],
        format!("{at}/preview/{{{{id}}}}")
    );
    let forged = site
        .get_with("/api/v1/reconcile", &[("host", "a\"b<c>")])
        .await;
    assert!(
        !forged.body.contains("<c>"),
        "a host that is none is not repeated"
    );
    let called = site.get("/api/v1/reconcile?callback=jQuery.cb_1").await;
    assert!(called.body.starts_with("/**/jQuery.cb_1({") && called.body.ends_with("});"));
    assert!(called.header("content-type").starts_with("text/javascript"));
    for name in ["alert(1)", "a;b", "1a", "", &"a".repeat(65)] {
        let refused = site
            .get(&format!("/api/v1/reconcile?callback={}", encoded(name)))
            .await;
        assert_eq!(refused.status, 400, "{name}");
        open(&refused);
    }
    let asked = site
        .send(
            "OPTIONS",
            "/api/v1/reconcile",
            &[("origin", "https://x.example")],
            Body::empty(),
        )
        .await;
    assert_eq!(asked.status, 204);
    open(&asked);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches_are_answered_by_form_and_by_address() {
    let site = TestSite::new().await;
    let known = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let name = known["name"].as_str().expect("a name");
    let batch = json!({
        "q0": {"query": name},
        "q1": {"query": "别的名字", "properties": [{"pid": "uscc", "v": ORDINARY}]},
        "q2": {"query": name, "type": "enterprise", "limit": 1, "type_strict": "should"},
        "q3": {"query": name, "type": ["government-agency"]},
        "q4": {"query": name, "type": "Q43229"},
        "q5": {"properties": [{"pid": "code", "v": [{"id": ORDINARY}, true]}]},
        "q6": {"query": ORDINARY, "type": "organisation"},
        "q7": {"query": PERSON},
        "q8": {"query": NUMBER, "properties": [{"pid": "code", "v": NUMBER}]},
    });
    let answer = post(&site, "queries", &batch).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    open(&answer);
    let found = answer.json();
    must_fit(&found, &results_schema());
    for key in ["q0", "q1", "q2", "q5", "q6"] {
        let first = &found[key]["result"][0];
        assert_eq!(first["id"], known["id"], "{key}: {found}");
        assert_eq!(first["match"], true, "{key}: {first}");
        assert!(first["score"].as_f64() > Some(70.0), "{key}");
    }
    for key in ["q3", "q4", "q7", "q8"] {
        assert_eq!(found[key]["result"], json!([]), "{key}");
    }
    let path = format!(
        "/api/v1/reconcile?lang=en&queries={}",
        encoded(&batch.to_string())
    );
    assert_eq!(site.get(&path).await.json(), found, "the same by address");
    let called = site.get(&format!("{path}&callback=cb")).await;
    assert!(called.body.starts_with("/**/cb("));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_query_is_a_problem() {
    let site = TestSite::new().await;
    let many: serde_json::Map<String, Value> = (0..101)
        .map(|n| (format!("q{n}"), json!({"query": "云汀"})))
        .collect();
    for (field, value, status) in [
        ("queries", json!({"q": {}}), 400),
        ("queries", json!({"q": {"query": 7}}), 400),
        ("queries", json!({"q": {"query": "a", "more": 1}}), 400),
        ("queries", json!({"q": {"query": " "}}), 400),
        (
            "queries",
            json!({"q": {"query": "a", "properties": [{"v": 1}]}}),
            400,
        ),
        ("queries", json!([{"query": "a"}]), 400),
        ("queries", json!("x"), 400),
        ("queries", json!(many), 413),
        ("extend", json!({"ids": ["a"]}), 400),
        ("extend", json!({"ids": "a", "properties": []}), 400),
        (
            "extend",
            json!({"ids": [], "properties": [{"id": "income"}]}),
            400,
        ),
        (
            "extend",
            json!({"ids": vec!["a"; 101], "properties": []}),
            413,
        ),
        ("other", json!({}), 400),
    ] {
        let refused = post(&site, field, &value).await;
        assert_eq!(refused.status, status, "{field} {value}: {}", refused.body);
        assert_eq!(refused.header("content-type"), "application/problem+json");
        open(&refused);
    }
    assert_eq!(site.get("/api/v1/reconcile?queries=%7B").await.status, 400);
    assert_eq!(
        site.get("/api/v1/reconcile/suggest/nothing").await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn suggestions_previews_and_columns() {
    let site = TestSite::new().await;
    let known = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let id = known["id"].as_str().expect("an id");
    let suggest = |what: &str, prefix: &str| {
        format!(
            "/api/v1/reconcile/suggest/{what}?lang=en&prefix={}",
            encoded(prefix)
        )
    };
    for (what, prefix, least) in [
        ("entity", "云汀", 2),
        ("entity", ORDINARY, 1),
        ("type", "", 5),
        ("type", "enter", 1),
        ("property", "code", 2),
    ] {
        let answer = site.get(&suggest(what, prefix)).await;
        open(&answer);
        must_fit(&answer.json(), &suggestions_schema());
        let found = answer.json()["result"].as_array().map_or(0, Vec::len);
        assert!(found >= least && found <= 10, "{what} {prefix}: {found}");
    }
    for nothing in [PERSON, NUMBER, "云", ""] {
        let answer = site.get(&suggest("entity", nothing)).await.json();
        assert_eq!(answer["result"], json!([]), "{nothing}");
    }
    let preview = site
        .get(&format!("/api/v1/reconcile/preview/{id}?lang=en"))
        .await;
    html::check("preview", &preview.body);
    assert!(
        preview.body.contains(ORDINARY)
            && preview
                .body
                .contains(known["name"].as_str().expect("a name"))
    );
    assert!(
        preview
            .header("content-security-policy")
            .contains("frame-ancestors *")
    );
    assert_eq!(
        site.get(&format!("/api/v1/reconcile/preview/{}", "0".repeat(32)))
            .await
            .status,
        404
    );
    let proposed = site
        .get("/api/v1/reconcile/properties?type=enterprise&limit=3")
        .await
        .json();
    assert_eq!(proposed["properties"].as_array().map(Vec::len), Some(3));
    let nobody = "0".repeat(32);
    let ask = json!({"ids": [id, nobody, NUMBER], "properties": [{"id": "uscc"}, {"id": "kind"}, {"id": "lei"}]});
    let extended = post(&site, "extend", &ask).await.json();
    must_fit(&extended, &extension_schema());
    assert_eq!(extended["rows"][id]["uscc"], json!([{"str": ORDINARY}]));
    assert_eq!(extended["rows"][id]["kind"][0]["id"], "enterprise");
    for unknown in [nobody.as_str(), NUMBER] {
        assert_eq!(
            extended["rows"][unknown],
            json!({"uscc": [], "kind": [], "lei": []})
        );
    }
    assert_eq!(extended["meta"].as_array().map(Vec::len), Some(3));
}

/// A client that others wrote, pinned, in the cache of the tests.
const CLIENT: &str = "reconciler==0.2.2";

/// Reconciles a column of names, with the codes as a property, as that client's users do.
const SCRIPT: &str = "
import sys
import pandas as pd
from reconciler import reconcile
table = pd.DataFrame({'name': [sys.argv[2]], 'code': [sys.argv[3]]})
found = reconcile(table['name'], type_id='enterprise', property_mapping={'uscc': table['code']},
                  reconciliation_endpoint=sys.argv[1])
row = found.iloc[0]
assert row['id'] == sys.argv[4] and bool(row['match']) and row['type_id'] == 'enterprise', found
";

fn python() -> Option<std::path::PathBuf> {
    let cache = std::env::var_os("GONGXIN_CACHE")?;
    let venv = std::path::Path::new(&cache).join("reconcile-client");
    let python = venv.join("bin/python");
    if !python.is_file() {
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&venv)
            .status()
            .ok()?;
        if !made.success() {
            return None;
        }
    }
    let pip = Command::new(&python)
        .args(["-m", "pip", "install", "-q", CLIENT])
        .status()
        .ok()?;
    pip.success().then_some(python)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_of_others_reads_the_service() {
    let Some(python) = tokio::task::spawn_blocking(python).await.expect("ended") else {
        println!(
            "skipped: set GONGXIN_CACHE to a folder, with Python and its registry at hand, to try {CLIENT}"
        );
        return;
    };
    let site = TestSite::new().await;
    let known = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let text = |key: &str| known[key].as_str().expect("a text").to_owned();
    let (name, id) = (text("name"), text("id"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let at = format!(
        "http://{}/api/v1/reconcile",
        listener.local_addr().expect("an address")
    );
    tokio::spawn(web::serve(
        listener,
        site.site.clone(),
        std::future::pending(),
    ));
    let run = move || {
        Command::new(python)
            .args(["-c", SCRIPT, &at, &name, ORDINARY, &id])
            .output()
    };
    let output = tokio::task::spawn_blocking(run)
        .await
        .expect("ended")
        .expect("run");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

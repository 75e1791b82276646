//! The invariants of `rights.md` as somebody outside would try to break them: over HTTP, and over what
//! the sources offer. Which test stands for which is listed in `docs/rights-tests.md`.

use crate::site::{NUMBER, ORDINARY, TestSite};
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

/// Names that a verdict on somebody would have.
const VERDICTS: [&str; 16] = [
    "grade",
    "rating",
    "rank",
    "ranking",
    "level",
    "stars",
    "points",
    "verdict",
    "good",
    "bad",
    "trustworthy",
    "risk",
    "tier",
    "class",
    "warning",
    "trust",
];

/// Every name of a member below a value.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                found.insert(name.clone());
                names(member, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_01_no_answer_calls_a_subject_good_or_bad() {
    let site = TestSite::new().await;
    for path in ["", "/report"] {
        let answer = site
            .get(&format!("/api/v1/subjects/{ORDINARY}{path}"))
            .await;
        let mut found = BTreeSet::new();
        names(&answer.json(), &mut found);
        for verdict in VERDICTS.iter().chain(&["score"]) {
            assert!(!found.contains(*verdict), "{path} has a member `{verdict}`");
        }
    }
    // The words that people would use, on the page of a firm with a penalty and an abnormal entry.
    let page = site.get(&format!("/search?q={ORDINARY}")).await;
    let at = page.header("location").to_owned();
    for (lang, words) in [
        ("zh", ["信用良好", "信用差", "黑名单", "老赖"]),
        (
            "en",
            ["good credit", "bad credit", "blacklist", "untrustworthy"],
        ),
        (
            "ru",
            [
                "хорошая репутация",
                "плохая репутация",
                "чёрный список",
                "неблагонадёж",
            ],
        ),
    ] {
        for page in ["", "/report"] {
            let body = site
                .get(&format!("{at}{page}?lang={lang}"))
                .await
                .body
                .to_lowercase();
            for word in words {
                assert!(!body.contains(word), "{lang}{page}: {word}");
            }
        }
    }
}

#[test]
fn invariant_02_no_interface_offers_a_score_of_a_person() {
    let api: Value = serde_json::from_str(&web::api::v1::description()).expect("JSON");
    for (path, verbs) in api["paths"].as_object().expect("paths") {
        let mut found = BTreeSet::new();
        names(verbs, &mut found);
        let text = verbs.to_string();
        for word in ["credit score", "social score", "ranking", "grade of"] {
            assert!(!text.to_lowercase().contains(word), "{path}: {word}");
        }
        for part in path.split('/') {
            let forbidden = [
                "people",
                "persons",
                "score",
                "scores",
                "grade",
                "rank",
                "subscribe",
                "watch",
            ];
            assert!(!forbidden.contains(&part), "{path}");
        }
    }
    // What is matched is named as what it is: the likeness of names, of organisations only.
    let schemas = api["components"]["schemas"].as_object().expect("schemas");
    for (name, schema) in schemas {
        let mut found = BTreeSet::new();
        names(schema, &mut found);
        if found.contains("score") {
            let text = schema.to_string();
            // A part of a match, which tells what one feature adds.
            let part = name == "Explanation";
            assert!(
                part || text.contains("alike") || text.contains("match"),
                "{name} has a score of what? {text}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_02_persons_are_neither_matched_nor_counted_nor_listed() {
    let site = TestSite::new().await;
    let body = |schema: &str| {
        serde_json::json!({ "queries": { "q": { "schema": schema, "properties": { "idNumber": [NUMBER], "name": ["欧阳梓萱"] } } } }).to_string()
    };
    let kind = [("content-type", "application/json")];
    for schema in ["Person", "Thing", "Human"] {
        let sent = axum::body::Body::from(body(schema));
        let answer = site.send("POST", "/api/v1/match", &kind, sent).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{schema}");
    }
    let sent = axum::body::Body::from(body("Company"));
    let answer = site.send("POST", "/api/v1/match", &kind, sent).await;
    assert_eq!(
        answer.json()["responses"]["q"]["results"],
        serde_json::json!([])
    );
    let reports = format!("/api/v1/subjects/{NUMBER}/report");
    for (method, path) in [("GET", reports.as_str()), ("POST", reports.as_str())] {
        let answer = site
            .send(method, path, &[], axum::body::Body::empty())
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {path}");
        assert!(!answer.body.contains(NUMBER));
    }
}

#[test]
fn invariant_04_nothing_here_applies_a_measure_or_a_listing_by_itself() {
    // There is no address that applies one: a restriction would need its place in the catalogue first.
    for route in crate::routes::routes_of_the_sources() {
        for word in [
            "measure",
            "restrict",
            "blacklist",
            "punish",
            "list/add",
            "grade",
        ] {
            let shown = route == "/catalog/measures";
            assert!(shown || !route.contains(word), "{route}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_12_an_outage_is_unavailable_and_never_clean_or_bad() {
    let site = TestSite::without_schema().await;
    let number = "0".repeat(32);
    for path in [
        format!("/api/v1/subjects/{ORDINARY}"),
        format!("/api/v1/subjects/{ORDINARY}/report"),
        format!("/api/v1/reports/{number}"),
        format!("/verify/R/{number}"),
        format!("/subjects/{ORDINARY}/report"),
        format!("/search?q={ORDINARY}"),
    ] {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        for clean in [
            "\"found\":0",
            "\"valid\"",
            "查询期内无相关信息",
            "没有这份报告",
        ] {
            assert!(!answer.body.contains(clean), "{path} says {clean}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_12_every_fact_has_its_source_and_how_to_contest_it() {
    let site = TestSite::new().await;
    let report = site
        .get(&format!("/api/v1/subjects/{ORDINARY}/report?lang=en"))
        .await
        .json();
    let rights: Vec<&str> = report["rights"]
        .as_array()
        .expect("rights")
        .iter()
        .filter_map(|right| right["code"].as_str())
        .collect();
    assert_eq!(rights, ["object", "repair"]);
    assert!(
        report["versions"]["catalogue"]
            .as_str()
            .is_some_and(|digest| digest.len() >= 32)
    );
    let mut entries = 0;
    for section in report["sections"].as_array().expect("sections") {
        for entry in section["entries"].as_array().expect("entries") {
            entries += 1;
            for member in [
                "/source/title",
                "/theme/edition",
                "/known_at",
                "/stated_on",
                "/record",
            ] {
                let told = entry
                    .pointer(member)
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                assert!(!told.is_empty(), "{member} of {entry}");
            }
        }
    }
    assert!(entries >= 1, "{entries}");
}

//! `POST /api/v1/match`: codes decide, names are compared, nobody but organisations is matched.

use crate::site::{Answer, HOSTILE_CODE, NUMBER, ORDINARY, PERSON, TestSite};
use axum::body::Body;
use serde_json::{Value, json};

async fn ask(site: &TestSite, query: &str, batch: &Value) -> Answer {
    let headers = [("content-type", "application/json")];
    let path = format!("/api/v1/match?lang=en{query}");
    site.send("POST", &path, &headers, Body::from(batch.to_string()))
        .await
}

fn one(properties: &Value) -> Value {
    json!({"queries": {"q": {"schema": "Company", "properties": properties}}})
}

/// The results of a batch of one.
async fn results(site: &TestSite, query: &str, properties: &Value) -> Vec<Value> {
    let answer = ask(site, query, &one(properties)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let body = answer.json();
    let response = &body["responses"]["q"];
    let results = response["results"].as_array().expect("results").clone();
    assert_eq!(response["total"]["value"], results.len(), "{body}");
    results
}

/// A code, the name and the id of a firm on file.
async fn firm(site: &TestSite) -> (String, String) {
    let known = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let text = |key: &str| known[key].as_str().expect("a text").to_owned();
    (text("id"), text("name"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_decides_and_two_codes_outweigh_a_name() {
    let site = TestSite::new().await;
    let (id, name) = firm(&site).await;
    for code in [
        ORDINARY.to_owned(),
        ORDINARY.to_lowercase(),
        ORDINARY[8..17].to_owned(),
    ] {
        for property in ["uscCode", "registrationNumber"] {
            let found = results(&site, "", &json!({"name": "别的名字", property: [code]})).await;
            assert_eq!(found[0]["id"], id, "{code}");
            assert_eq!(
                (found[0]["score"].as_f64(), found[0]["match"].as_bool()),
                (Some(1.0), Some(true))
            );
            assert_eq!(found[0]["features"]["same-code"], 1.0);
            let why = found[0]["explanations"]["same-code"]["detail"].as_str();
            assert!(why.is_some_and(|why| why.contains("exactly the same")));
        }
    }
    let other = json!({"name": [name], "uscCode": "91110000MA00000152"});
    assert!(
        results(&site, "", &other).await.is_empty(),
        "another valid code, the same name"
    );
    let shown = results(&site, "&cutoff=0", &other).await;
    let same = shown
        .iter()
        .find(|one| one["id"] == id.as_str())
        .expect("below the cutoff");
    assert!(
        same["score"].as_f64() <= Some(0.05) && same["match"] == false,
        "{same}"
    );
    // A code that is none says nothing: the name is left.
    let found = results(
        &site,
        "",
        &json!({"name": name, "uscCode": "91110000MA00000153"}),
    )
    .await;
    assert_eq!(found[0]["id"], id);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_matched_with_reasons_best_first() {
    let site = TestSite::new().await;
    let (id, name) = firm(&site).await;
    let found = results(&site, "", &json!({"name": [name]})).await;
    assert_eq!(found[0]["id"], id);
    assert_eq!(found[0]["caption"], name);
    assert_eq!(found[0]["schema"], "Company");
    assert_eq!(found[0]["match"], true);
    assert_eq!(found[0]["properties"]["uscCode"], json!([ORDINARY]));
    let scores: Vec<f64> = found
        .iter()
        .filter_map(|one| one["score"].as_f64())
        .collect();
    assert!(scores.windows(2).all(|two| two[0] >= two[1]), "{scores:?}");
    let wide: String = name.chars().flat_map(|one| [one, '\u{3000}']).collect();
    assert_eq!(
        results(&site, "", &json!({"name": wide})).await[0]["id"],
        id,
        "spaces say nothing"
    );
    let strict = results(
        &site,
        "&threshold=1.0&cutoff=0.2&limit=1",
        &json!({"name": [name]}),
    )
    .await;
    assert_eq!(strict.len(), 1);
    let body = ask(
        &site,
        "&limit=2",
        &json!({"queries": {
            "a": {"schema": "Company", "properties": {"name": "云汀"}},
            "b": {"schema": "PublicBody", "properties": {"name": [name.clone()]}},
            "c": {"schema": "Organization", "properties": {"country": "cn"}},
        }}),
    )
    .await
    .json();
    assert_eq!(body["limit"], 2);
    assert_eq!(
        body["responses"]["b"]["results"],
        json!([]),
        "a firm is no public body"
    );
    assert_eq!(body["responses"]["c"]["status"], 400, "it says nothing");
    assert!(
        body["responses"]["a"]["results"]
            .as_array()
            .is_some_and(|found| found.len() <= 2)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_but_organisations_is_matched() {
    let site = TestSite::new().await;
    for properties in [
        json!({"name": PERSON}),
        json!({"name": [PERSON], "idNumber": NUMBER}),
        json!({"idNumber": NUMBER}),
        json!({"name": "91110000MA0000015Y", "uscCode": "92110000MA0000015Y"}),
    ] {
        let found = results(&site, "&cutoff=0&limit=50", &properties).await;
        assert!(found.is_empty(), "{properties}: {found:?}");
    }
    let of_firm = results(&site, "", &json!({"uscCode": HOSTILE_CODE})).await;
    assert!(
        !Value::from(of_firm).to_string().contains(PERSON),
        "its representative"
    );
    for schema in ["Person", "Thing", "", "company"] {
        let batch = json!({"queries": {"q": {"schema": schema, "properties": {"name": "云汀"}}}});
        let refused = ask(&site, "", &batch).await;
        assert_eq!(refused.status, 422, "{schema}");
        assert_eq!(refused.header("content-type"), "application/problem+json");
        assert_eq!(refused.json()["type"], "/problems/match-schema");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches_have_limits_and_errors_are_problems() {
    let site = TestSite::new().await;
    let query = json!({"schema": "Company", "properties": {"name": "云汀"}});
    let many: serde_json::Map<String, Value> =
        (0..101).map(|n| (n.to_string(), query.clone())).collect();
    let long = "云".repeat(256);
    for (batch, status) in [
        (json!({"queries": many}), 413),
        (json!({"queries": []}), 400),
        (json!({"queries": {"q": {}}}), 400),
        (
            json!({"queries": {"q": {"schema": "Company", "properties": {"name": 1}}}}),
            400,
        ),
        (json!([]), 400),
        (json!({}), 400),
    ] {
        let refused = ask(&site, "", &batch).await;
        assert_eq!(refused.status, status, "{}", refused.body);
        assert_eq!(refused.header("content-type"), "application/problem+json");
    }
    for batch in [
        one(&json!({"name": long})),
        one(&json!({"name": vec!["云汀"; 17]})),
    ] {
        let answer = ask(&site, "", &batch).await.json();
        assert_eq!(answer["responses"]["q"]["status"], 400, "{answer}");
    }
    for odd in ["&limit=0", "&limit=999999", "&cutoff=-1", "&threshold=7"] {
        assert_eq!(
            ask(&site, odd, &one(&json!({"name": "云汀"}))).await.status,
            200,
            "{odd}"
        );
    }
    let wrong = ask(&site, "&limit=x", &one(&json!({"name": "云汀"}))).await;
    assert!(wrong.status.is_client_error());
    let big = "x".repeat(3 << 20);
    let refused = site
        .send("POST", "/api/v1/match", &[], Body::from(big))
        .await;
    assert_eq!(refused.status, 413);
    assert_eq!(site.get("/api/v1/match").await.status, 405);
}

//! Corrections by machines: own facts are read for a named officer and a case, a fact is corrected with a
//! document, and what may not be corrected is refused in words that say how to go on.

use crate::site::{Answer, ORDINARY, ORGAN, TestSite, appointment};
use axum::body::Body;
use credit::people::Role;
use serde_json::{Value, json};

async fn post(site: &TestSite, key: &str, path: &str, body: &Value) -> Answer {
    let headers = [
        ("authorization", key),
        ("content-type", "application/json"),
        ("accept-language", "en"),
    ];
    let body = Body::from(body.to_string());
    site.send("POST", path, &headers, body).await
}

fn own(case: &str, officer: &str) -> Value {
    json!({
        "theme": "penalty", "supplier": ORGAN, "code": ORDINARY, "case": case, "officer": officer,
    })
}

fn correction(fact: &Value, text: &str) -> Value {
    let mut values = fact["values"].clone();
    values["CF_NR"] = text.into();
    json!({
        "theme": "penalty", "supplier": ORGAN, "record": fact["record"], "version": fact["version"],
        "values": values, "reason": "changed on review", "officer": "li.test",
        "document": {
            "kind": "复议决定书", "number": "云府复〔2026〕3号", "day": "2026-11-20", "organ": "云汀市人民政府",
        },
    })
}

async fn fact(site: &TestSite, key: &str) -> Value {
    let read = post(site, key, "/api/v1/own-facts", &own("更正 7", "li.test")).await;
    assert_eq!(read.status, 200, "{}", read.body);
    assert_eq!(read.header("cache-control"), "private, no-store");
    read.json()["facts"][0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_corrects_with_a_document_and_once() {
    let site = TestSite::new().await;
    site.enter("Li").await;
    let key = format!("Bearer {}", site.code);
    let before = fact(&site, &key).await;
    assert_eq!(
        (&before["version"], &before["stands"]),
        (&1.into(), &true.into())
    );
    let asked = correction(&before, "警告（已更正）");
    let sent = post(&site, &key, "/api/v1/corrections", &asked).await;
    assert_eq!(sent.status, 201, "{}", sent.body);
    assert!(
        !sent.body.contains("changed on review"),
        "a receipt carries no words"
    );
    let again = post(&site, &key, "/api/v1/corrections", &asked).await;
    assert_eq!(again.status, 200, "the same is one: {}", again.body);
    assert_eq!(again.header("location"), sent.header("location"));
    let after = fact(&site, &key).await;
    assert_eq!(after["version"], 2);
    assert_eq!(after["values"]["CF_NR"], "警告（已更正）");
    assert_eq!(after["versions"][0]["changed"], json!(["CF_NR"]));
    assert_eq!(after["causes"][0]["kind"], "correction");
    assert_eq!(
        after["causes"][0]["document"]["number"],
        "云府复〔2026〕3号"
    );
    let late = correction(&before, "又一次");
    let late = post(&site, &key, "/api/v1/corrections", &late).await;
    assert_eq!(late.status, 400, "{}", late.body);
    assert!(
        late.body.contains("changed after you looked"),
        "{}",
        late.body
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_not_be_corrected_is_refused_and_changes_nothing() {
    let site = TestSite::new().await;
    site.enter("Li").await;
    let reader = appointment(Role::Reader, ORGAN);
    let link = site.link_of("only.reader", &[reader]).await;
    site.enter_by(&link).await;
    let key = format!("Bearer {}", site.code);
    let before = fact(&site, &key).await;
    let good = correction(&before, "警告（已更正）");
    let with = |path: &[&str], value: Value| {
        let mut other = good.clone();
        let mut at = &mut other;
        for part in path {
            at = &mut at[*part];
        }
        *at = value;
        other
    };
    for (body, status, kind) in [
        (with(&["reason"], "".into()), 400, "request"),
        (
            with(&["reason"], "11010519491231002X".into()),
            400,
            "request",
        ),
        (with(&["document", "number"], "".into()), 400, "request"),
        (
            with(&["document", "day"], "2027-01-01".into()),
            400,
            "request",
        ),
        (with(&["document", "more"], 1.into()), 400, "request"),
        (with(&["record"], "0".repeat(32).into()), 400, "request"),
        (with(&["record"], "x".into()), 400, "request"),
        (with(&["version"], 7.into()), 400, "request"),
        (with(&["values", "NOBODY"], "x".into()), 400, "request"),
        (with(&["theme"], "nothing".into()), 400, "request"),
        (with(&["supplier"], "no-agency".into()), 403, "forbidden"),
        (with(&["officer"], "only.reader".into()), 403, "forbidden"),
        (with(&["officer"], "machine.test".into()), 400, "request"),
        (with(&["officer"], "nobody.here".into()), 404, "not-found"),
        (
            with(&["values", "CF_JDRQ"], "yesterday".into()),
            422,
            "rejected",
        ),
        (json!([]), 400, "request"),
    ] {
        let answer = post(&site, &key, "/api/v1/corrections", &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let told = answer.json();
        assert_eq!(told["type"], format!("/problems/{kind}"), "{told}");
        assert!(!answer.body.contains("11010519491231002X"));
        assert_eq!(told["faults"].is_array(), kind == "rejected", "{told}");
    }
    for body in [
        own("", "li.test"),
        own("c", "only.reader"),
        own("c", "nobody.here"),
    ] {
        let answer = post(&site, &key, "/api/v1/own-facts", &body).await;
        assert!(
            matches!(answer.status.as_u16(), 400 | 403 | 404),
            "{}",
            answer.body
        );
    }
    assert_eq!(
        post(&site, "Bearer x", "/api/v1/corrections", &good)
            .await
            .status,
        401
    );
    assert_eq!(fact(&site, &key).await["version"], 1, "nothing changed");
}

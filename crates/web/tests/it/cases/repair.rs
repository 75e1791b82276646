//! A repair over HTTP: applied for too early, told at once what is missing, applied for again, granted, and
//! then gone from every page and answer but the firm's own file.

use super::{PROOF, act, representative, send};
use crate::html;
use crate::site::{ORDINARY as FIRM, TestSite};
use axum::http::StatusCode;

/// The number of the penalty's document.
const DOCUMENT: &str = "云市监罚〔2026〕301号";
/// From noon of 2026-11-22 to noon of 2026-12-15, when the shortest term has passed.
const DAYS: i64 = 23;

/// The record of the penalty.
async fn record(site: &TestSite) -> String {
    let report = site
        .get(&format!("/api/v1/subjects/{FIRM}/report"))
        .await
        .json();
    let entries = report["sections"].as_array().into_iter().flatten();
    let entries = entries.flat_map(|section| section["entries"].as_array().into_iter().flatten());
    let mut entries = entries.filter(|entry| entry.to_string().contains(DOCUMENT));
    let record = entries.next().and_then(|entry| entry["record"].as_str());
    record.expect("a penalty").to_owned()
}

/// What third parties read, by address. Where nothing else is public of the firm they are told that there
/// is no such subject.
async fn third_parties(site: &TestSite, subject: &str) -> Vec<(String, String)> {
    let mut read = Vec::new();
    for at in [
        subject.to_owned(),
        format!("{subject}/report"),
        format!("{subject}/report?as_of=2026-11-22"),
        format!("/api/v1/subjects/{FIRM}"),
        format!("/api/v1/subjects/{FIRM}/report"),
        format!("/api/v1/subjects/{FIRM}/report?as_of=2026-11-22"),
    ] {
        let body = site.get(&at).await.body;
        read.push((at, body));
    }
    read
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_11_a_repair_is_told_once_what_it_lacks_then_granted_then_seen_by_nobody_else() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, FIRM, "rep.one").await;
    let record = record(&site).await;
    let subject = site.get(&format!("/subjects/{FIRM}")).await;
    let subject = subject.header("location").to_owned();
    let at = format!("/my/{own}/cases/new?lang=en");
    let fields = [
        ("kind", "repair"),
        ("record", record.as_str()),
        ("choice", "fulfilled"),
        ("reason", "the fine is paid and the advertisement is gone"),
    ];
    let early = send(&site, &at, &cookie, &fields, None).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check(&at, &early.body);
    for told in [
        "2026-12-14",
        "an attachment",
        "the credit commitment",
        "the fine is paid",
    ] {
        assert!(early.body.contains(told), "{told}: {}", early.body);
    }
    site.clock.advance(DAYS * 86_400 * 1_000_000);
    let cookie = site.enter_by(&site.link_of("rep.one", &[]).await).await;
    let whole: Vec<(&str, &str)> = fields.into_iter().chain([("commitment", "yes")]).collect();
    let filed = send(&site, &at, &cookie, &whole, Some(PROOF)).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
    let id = filed.header("location").rsplit('/').next().expect("a case");
    for (at, body) in third_parties(&site, &subject).await {
        let listed = body.contains(DOCUMENT) || body.contains("penalty");
        assert!(listed, "still public: {at}");
    }
    let li = site.enter("Li").await;
    for (what, seen, reason) in [("accept", "1", ""), ("repair", "2", "checked: all is done")] {
        let made = act(&site, &li, id, what, seen, reason).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{what}: {}", made.body);
    }
    for (at, body) in third_parties(&site, &subject).await {
        for word in [DOCUMENT, "repaired", "已修复"] {
            assert!(!body.contains(word), "{word} at {at}");
        }
    }
    let file = format!("/my/{own}?lang=en");
    let file = site.get_with(&file, &[("cookie", &cookie)]).await.body;
    assert!(file.contains(DOCUMENT), "{file}");
    assert!(file.contains("Repaired: no longer published"), "{file}");
}

//! A submission is taken back by page and by API, and the recall undone; periods are reported as empty.

use crate::html;
use crate::site::{ORDINARY, TestSite};
use axum::body::Body;
use axum::http::StatusCode;

async fn facts(site: &TestSite) -> usize {
    let report = site
        .get(&format!("/api/v1/subjects/{ORDINARY}/report"))
        .await;
    if report.status == StatusCode::NOT_FOUND {
        // Nothing is public about the firm.
        return 0;
    }
    let report = report.json();
    let sections = report["sections"].as_array().expect("sections").iter();
    let all = sections.flat_map(|section| section["entries"].as_array().expect("entries"));
    all.filter(|entry| entry["theme"]["code"] == "penalty")
        .count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_submission_is_taken_back_by_page_and_the_recall_undone() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let before = facts(&site).await;
    assert!(before > 0, "the sample has a penalty of the firm");
    let penalty = site.receipts[1].id;
    let path = format!("/supply/submissions/{penalty}/recall");
    let page = site.get_with(&path, &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check("recall", &page.body);
    let empty = site.post(&path, &cookie, "reason=&row=x").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("href=\"#row\""), "{}", empty.body);
    let done = site.post(&path, &cookie, "reason=%E8%AF%AF%E6%8A%A5").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(facts(&site).await, 0, "at once");
    let recall = done.header("location").to_owned();
    let receipt = site.get_with(&recall, &[("cookie", &cookie)]).await;
    html::check("receipt", &receipt.body);
    assert!(receipt.body.contains("误报"), "{}", receipt.body);
    let own = site
        .get_with(
            &format!("/supply/submissions/{penalty}"),
            &[("cookie", &cookie)],
        )
        .await;
    assert!(own.body.contains(&recall), "it says what was done about it");
    assert!(!own.body.contains(&path), "and is not taken back twice");
    let undo = site
        .post(
            &format!("{recall}/recall"),
            &cookie,
            "reason=%E6%92%A4%E9%94%99",
        )
        .await;
    assert_eq!(undo.status, StatusCode::SEE_OTHER, "{}", undo.body);
    assert_eq!(facts(&site).await, before, "as it was");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_takes_back_and_reports_nothing() {
    let site = TestSite::new().await;
    let key = format!("Bearer {}", site.code);
    let headers = [
        ("authorization", key.as_str()),
        ("content-type", "application/json"),
    ];
    let post = async |path: &str, body: &str| {
        site.send("POST", path, &headers, Body::from(body.to_owned()))
            .await
    };
    let penalty = site.receipts[1].id;
    let path = format!("/api/v1/submissions/{penalty}/recall");
    for bad in [
        "",
        "{}",
        "{\"reason\":\"\"}",
        "{\"reason\":\"x\",\"more\":1}",
    ] {
        assert_eq!(
            post(&path, bad).await.status,
            StatusCode::BAD_REQUEST,
            "{bad}"
        );
    }
    let done = post(&path, "{\"reason\":\"sent twice\"}").await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.body);
    assert_eq!(facts(&site).await, 0);
    let id = done.json()["submission"]
        .as_str()
        .expect("an id")
        .to_owned();
    let undo = format!("/api/v1/submissions/{id}/undo");
    let undone = post(&undo, "{\"reason\":\"it was right\"}").await;
    assert_eq!(undone.status, StatusCode::CREATED, "{}", undone.body);
    assert!(facts(&site).await > 0);
    let zeros = format!("/api/v1/submissions/{}/recall", "0".repeat(32));
    assert_eq!(
        post(&zeros, "{\"reason\":\"x\"}").await.status,
        StatusCode::NOT_FOUND
    );
    let none = "{\"theme\":\"registration\",\"supplier\":\"tax\",\"from\":\"2026-11-20\",\"to\":\"2026-11-20\"}";
    let refused = post("/api/v1/nil-reports", none).await;
    assert_ne!(refused.status, StatusCode::CREATED, "not its theme");
    let due = site
        .get_with("/api/v1/due?supplier=samr", &[headers[0]])
        .await;
    assert_eq!(due.status, StatusCode::OK, "{}", due.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_page_tells_what_is_due_and_an_empty_day_is_reported() {
    let site = TestSite::new().await;
    // Sent on Sunday 2026-11-22; Monday's registrations are due on Tuesday, and it is Wednesday.
    site.clock.advance(3 * 86_400_000_000);
    let cookie = site.enter("Li").await;
    for lang in ["zh", "en", "ru"] {
        let page = site
            .get_with(
                &format!("/supply?supplier=samr&lang={lang}"),
                &[("cookie", &cookie)],
            )
            .await;
        html::check("overview", &page.body);
        assert!(
            page.body.contains("from=2026-11-23"),
            "{lang}: {}",
            page.body
        );
    }
    let path = "/supply/nil?theme=registration&supplier=samr&from=2026-11-23&to=2026-11-23";
    let page = site.get_with(path, &[("cookie", &cookie)]).await;
    html::check("nil", &page.body);
    let done = site.post(path, &cookie, "").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let after = site
        .get_with("/supply?supplier=samr", &[("cookie", &cookie)])
        .await;
    assert!(
        !after
            .body
            .contains("theme=registration&amp;supplier=samr&amp;from=2026-11-23"),
        "{}",
        after.body
    );
    let figures = site
        .get_with(
            "/supply/quality?supplier=samr&from=2026-11-01&to=2026-11-30",
            &[("cookie", &cookie)],
        )
        .await;
    html::check("quality", &figures.body);
}

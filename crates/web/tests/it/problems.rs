//! Each kind of problem once, from the outside: what is refused, with which status, in words.

use crate::html;
use crate::site::{Answer, TestSite};
use axum::body::{Body, Bytes};
use axum::http::StatusCode;
use credit::limits::{FORM_BYTES, RUNNING_SUBMISSIONS};
use std::convert::Infallible;
use std::time::Duration;

fn is_problem(answer: &Answer, status: StatusCode, kind: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let body = answer.json();
    assert_eq!(body["type"], format!("/problems/{kind}"), "{body}");
    assert!(
        body["detail"].as_str().is_some_and(|text| text.len() > 10),
        "{body}"
    );
}

/// A body that never comes.
fn never() -> Body {
    Body::from_stream(futures_util::stream::pending::<Result<Bytes, Infallible>>())
}

const UPLOAD: &str = "/api/v1/submissions?theme=registration&supplier=samr";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_all_seats_are_taken_the_next_file_is_sent_away_unread() {
    let site = std::sync::Arc::new(TestSite::new().await);
    let cookie = site.enter("Li").await;
    let bearer = format!("Bearer {}", site.code);
    let mut sitting: Vec<tokio::task::JoinHandle<()>> = Vec::new();
    for _ in 0..RUNNING_SUBMISSIONS {
        let (site, bearer) = (std::sync::Arc::clone(&site), bearer.clone());
        sitting.push(tokio::spawn(async move {
            let headers = [("authorization", bearer.as_str())];
            // The file below may hold the last seat for a moment: then it is asked for again.
            loop {
                let answer = site.send("POST", UPLOAD, &headers, never()).await;
                assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }));
    }
    let desk = [("authorization", bearer.as_str())];
    let mut refused = site.send("POST", UPLOAD, &desk, Body::from("x")).await;
    for _ in 0..100 {
        if refused.status == StatusCode::SERVICE_UNAVAILABLE {
            break;
        }
        // The others have not sat down yet.
        tokio::time::sleep(Duration::from_millis(20)).await;
        refused = site.send("POST", UPLOAD, &desk, Body::from("x")).await;
    }
    is_problem(&refused, StatusCode::SERVICE_UNAVAILABLE, "busy");
    let form = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=b"),
    ];
    let page = site.send("POST", "/supply/submit", &form, never()).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    html::check("busy", &page.body);
    for task in &sitting {
        task.abort();
    }
    for task in sitting {
        _ = task.await;
    }
    let taken = site.send("POST", UPLOAD, &desk, Body::from("x")).await;
    assert_ne!(
        taken.status,
        StatusCode::SERVICE_UNAVAILABLE,
        "a reader who goes away leaves a seat"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_do_not_fit_are_refused_in_words() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let here = ("sec-fetch-site", "same-origin");
    let clerk = ("cookie", cookie.as_str());
    let form = ("content-type", "application/x-www-form-urlencoded");
    let large = Body::from(vec![b'a'; FORM_BYTES + 1]);
    let answer = site
        .send("POST", "/account/enter", &[form, here, clerk], large)
        .await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    html::check("large form", &answer.body);
    for (kind, body, status) in [
        (
            "text/plain",
            "officer=A",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("application/json", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            "application/x-www-form-urlencoded",
            "%FF=%FF&=&&&",
            StatusCode::FORBIDDEN,
        ),
    ] {
        let headers = [("content-type", kind), here, clerk];
        let answer = site
            .send("POST", "/account/enter", &headers, Body::from(body))
            .await;
        assert_eq!(answer.status, status, "{kind}: {}", answer.body);
        html::check(kind, &answer.body);
    }
    for (kind, body) in [
        ("multipart/form-data", "--b--"),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"theme\"\r\n\r\nx",
        ),
        ("multipart/form-data; boundary=b", "no part at all"),
    ] {
        let headers = [("content-type", kind), here, clerk];
        let answer = site
            .send("POST", "/supply/submit", &headers, Body::from(body))
            .await;
        assert!(
            answer.status.is_client_error(),
            "{kind} {body}: {}",
            answer.status
        );
        html::check(kind, &answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_breaks_is_unavailable_and_says_nothing_of_itself() {
    let site = TestSite::without_schema().await;
    let ready = site.get("/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    let alive = site.get("/healthz").await;
    assert_eq!(alive.status, StatusCode::OK, "the process lives");
    let code = crate::site::ORDINARY;
    for path in [
        format!("/api/v1/subjects/{code}"),
        format!("/api/v1/subjects/{code}/report"),
        "/api/v1/subjects?name=%E4%BA%91%E6%B1%80".to_owned(),
    ] {
        let answer = site.get(&path).await;
        is_problem(&answer, StatusCode::SERVICE_UNAVAILABLE, "unavailable");
        assert!(
            !answer.body.to_lowercase().contains("sql"),
            "{}",
            answer.body
        );
    }
    for path in [
        "/".to_owned(),
        format!("/subjects/{code}"),
        format!("/search?q={code}"),
    ] {
        let page = site.get(&path).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        html::check(&path, &page.body);
        assert!(!page.body.to_lowercase().contains("sqlite"), "{path}");
    }
    assert_eq!(
        site.get("/catalog").await.status,
        StatusCode::OK,
        "the catalogue is inside the program"
    );
}

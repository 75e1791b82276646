//! The API: every address once, problems, cursors, ETags, languages, and its description.

use crate::site::{Answer, ORDINARY, TestSite, sample};
use axum::body::Body;
use axum::http::StatusCode;

fn problem(answer: &Answer, status: u16, kind: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    assert_eq!(
        answer.header("content-type"),
        "application/problem+json",
        "{}",
        answer.body
    );
    let body = answer.json();
    assert_eq!(body["type"], format!("/problems/{kind}"), "{body}");
    assert_eq!(body["status"], status);
    for member in ["title", "detail"] {
        let text = body[member].as_str().unwrap_or_default();
        assert!(
            !text.is_empty() && !text.starts_with("problem-"),
            "{member}: {body}"
        );
    }
    assert!(answer.header("x-request-id").starts_with('r'));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn errors_are_problems_the_frameworks_own_included() {
    let site = TestSite::new().await;
    for (path, status, kind) in [
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v2", 404, "not-found"),
        ("/api/v1/subjects", 400, "request"),
        ("/api/v1/subjects?name=x", 400, "request"),
        ("/api/v1/subjects?name=abc&after=zz", 400, "request"),
        ("/api/v1/subjects/91110000MA00000153", 400, "request"),
        ("/api/v1/subjects/91110000MA00000152", 404, "not-found"),
        (
            "/api/v1/subjects/00000000000000000000000000000000",
            404,
            "not-found",
        ),
        ("/api/v1/subjects/%FF", 400, "request"),
        ("/api/v1/themes/nothing", 404, "not-found"),
        ("/api/v1/submissions", 401, "unauthorised"),
        (
            "/api/v1/submissions/00000000000000000000000000000000/rejects",
            401,
            "unauthorised",
        ),
    ] {
        for lang in ["zh", "en", "ru"] {
            let answer = site.get_with(path, &[("accept-language", lang)]).await;
            problem(&answer, status, kind);
        }
    }
    problem(
        &site.send("PUT", "/api/v1/themes", &[], Body::empty()).await,
        405,
        "method",
    );
    let wrong = [("authorization", "Bearer 0000-0000-0000-0000")];
    problem(
        &site.get_with("/api/v1/submissions", &wrong).await,
        401,
        "unauthorised",
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_answer_and_know_their_etags() {
    let site = TestSite::new().await;
    let id = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json()["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    for path in [
        "/api/v1".to_owned(),
        "/api/v1/openapi.json".to_owned(),
        "/api/v1/subjects?name=%E4%BA%91%E6%B1%80".to_owned(),
        format!("/api/v1/subjects/{ORDINARY}"),
        format!("/api/v1/subjects/{id}"),
        format!("/api/v1/subjects/{id}/report?theme=penalty"),
        "/api/v1/themes".to_owned(),
        "/api/v1/themes/penalty".to_owned(),
        "/api/v1/themes/penalty/schema".to_owned(),
    ] {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} {}", answer.body);
        answer.json();
        let tag = answer.header("etag").to_owned();
        let again = site.get_with(&path, &[("if-none-match", &tag)]).await;
        assert_eq!(
            (again.status, again.body.as_str()),
            (StatusCode::NOT_MODIFIED, ""),
            "{path}"
        );
        let other = site
            .get_with(&path, &[("if-none-match", "\"other\"")])
            .await;
        assert_eq!(other.status, StatusCode::OK, "{path}");
    }
    let zh = site.get(&format!("/api/v1/subjects/{id}?lang=zh")).await;
    let ru = site.get(&format!("/api/v1/subjects/{id}?lang=ru")).await;
    assert_ne!(
        zh.header("etag"),
        ru.header("etag"),
        "languages are different answers"
    );
    assert!(
        site.get("/api/v1/themes/penalty/template")
            .await
            .body
            .starts_with("PK")
    );
    let pdf = site.get(&format!("/api/v1/subjects/{id}/report.pdf")).await;
    problem(&pdf, 503, "unavailable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_names_end_and_never_repeat() {
    let site = TestSite::new().await;
    let mut after = String::new();
    let mut ids = std::collections::BTreeSet::new();
    let mut pages = 0;
    loop {
        let page = site
            .get(&format!("/api/v1/subjects?name=%E4%BA%91%E6%B1%80{after}"))
            .await
            .json();
        for hit in page["subjects"].as_array().into_iter().flatten() {
            assert!(
                ids.insert(hit["id"].as_str().unwrap_or_default().to_owned()),
                "{hit} stands twice"
            );
        }
        pages += 1;
        assert!(pages < 10, "pages end");
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => break,
        }
    }
    assert!(ids.len() > 50 && pages > 1, "{} in {pages}", ids.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_goes_in_and_its_receipt_and_rejects_come_back() {
    let site = TestSite::new().await;
    let bearer = format!("Bearer {}", site.code);
    let desk = [("authorization", bearer.as_str())];
    let file = "企业名称,统一社会信用代码\n云汀试验有限公司,91110000MA00000152\n云汀错码有限公司,91110000MA00000153\n";
    let path = "/api/v1/submissions?theme=registration&supplier=samr&date=2026-11-20";
    let made = site.send("POST", path, &desk, Body::from(file)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let receipt = made.json();
    assert_eq!(receipt["rows"], 2, "{receipt}");
    assert!(
        receipt["signature"]
            .as_str()
            .is_some_and(|signature| signature.matches('.').count() == 2)
    );
    let at = made.header("location").to_owned();
    let again = site.send("POST", path, &desk, Body::from(file)).await;
    assert_eq!(again.status, StatusCode::OK, "the same file again");
    let full = site.get_with(&at, &desk).await.json();
    assert_eq!(full["state"], "done", "{full}");
    let rejects = site
        .get_with(&format!("{at}/rejects?lang=en"), &desk)
        .await
        .json();
    assert_eq!(
        rejects["rejects"].as_array().map(|rows| !rows.is_empty()),
        Some(true),
        "{rejects}"
    );
    assert!(
        rejects["rejects"][0]["faults"][0]["mend"]
            .as_str()
            .is_some_and(|text| text.len() > 5)
    );
    let list = site
        .get_with("/api/v1/submissions?supplier=samr", &desk)
        .await
        .json();
    assert_eq!(list["submissions"][0]["id"], full["id"], "newest first");
    for (query, status, kind) in [
        ("theme=nothing", 400, "request"),
        ("theme=registration&supplier=court", 400, "request"),
        ("theme=registration&mode=all", 400, "request"),
        ("theme=registration&date=tomorrow", 400, "request"),
        ("theme=registration&date=2999-01-01", 400, "request"),
    ] {
        let answer = site
            .send(
                "POST",
                &format!("/api/v1/submissions?{query}"),
                &desk,
                Body::from(file),
            )
            .await;
        problem(&answer, status, kind);
    }
    let nonsense = site
        .send("POST", path, &desk, Body::from(vec![0_u8; 100]))
        .await;
    problem(&nonsense, 422, "file");
    let large = site
        .send("POST", path, &desk, Body::from(vec![b'a'; (64 << 20) + 1]))
        .await;
    problem(&large, 413, "too-large");
    let closed = site.send("POST", path, &[], Body::from(file)).await;
    problem(&closed, 401, "unauthorised");
}

#[test]
fn the_committed_description_is_the_one_the_code_makes() {
    let made = web::api::v1::description();
    let path = testkit::data::workspace().join("docs/openapi-v1.json");
    if std::env::var_os("GONGXIN_WRITE_OPENAPI").is_some() {
        std::fs::write(&path, &made).expect("written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        made == committed,
        "docs/openapi-v1.json differs; write it with GONGXIN_WRITE_OPENAPI=1"
    );
    let api: serde_json::Value = serde_json::from_str(&made).expect("JSON");
    assert!(
        api["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    for (path, verbs) in api["paths"].as_object().expect("paths") {
        for (verb, operation) in verbs.as_object().expect("verbs") {
            let id = operation["operationId"].as_str().unwrap_or_default();
            assert!(
                id.contains('_'),
                "{verb} {path}: an operation is named verb_resource"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kept_look_up_shows_a_change_at_once() {
    let site = TestSite::new().await;
    let path = format!("/api/v1/subjects/{ORDINARY}");
    let first = site.get(&path).await;
    let kept = site.get(&path).await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(
        (&first.body, first.header("etag")),
        (&kept.body, kept.header("etag"))
    );
    let russian = site.get(&format!("{path}?lang=ru")).await;
    assert_ne!(russian.body, first.body, "each language is kept by itself");
    let known = [("if-none-match", first.header("etag"))];
    assert_eq!(
        site.get_with(&path, &known).await.status,
        StatusCode::NOT_MODIFIED
    );

    let text = sample("01-registration.csv");
    let row = text
        .lines()
        .find(|line| line.contains(ORDINARY))
        .expect("its registration");
    let file = format!("{}\n{row}\n", text.lines().next().unwrap_or_default());
    let receipt = site
        .take("registration", Some("samr"), "late.csv", file, None)
        .await;
    assert_eq!(receipt.counts.accepted, 1);
    let changed = site.get_with(&path, &known).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(
        changed.body.len() > first.body.len(),
        "the new fact is listed"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_names_every_address_that_is_described() {
    let site = TestSite::new().await;
    let described = site.get("/api/v1/openapi.json").await.json();
    let paths = described["paths"].as_object().cloned().unwrap_or_default();
    let index = site.get("/api/v1").await.json();
    let listed = index["addresses"].as_array().cloned().unwrap_or_default();
    let bare = |text: &str| text.split('?').next().unwrap_or_default().to_owned();
    let mut listed: Vec<String> = listed
        .iter()
        .filter_map(|one| one.as_str())
        .map(bare)
        .collect();
    let mut paths: Vec<String> = paths
        .keys()
        .filter(|path| *path != "/api/v1")
        .cloned()
        .collect();
    listed.sort();
    paths.sort();
    assert!(paths.len() > 10, "{paths:?}");
    assert_eq!(listed, paths);
}

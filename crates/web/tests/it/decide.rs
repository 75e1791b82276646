//! What a person decides at the desk: who a row without a code speaks of, and whether the absences
//! of a snapshot hold. Decisions need a name and a reason, take effect at once, and are made once.

use crate::html;
use crate::site::{ORDINARY, TestSite, sample};
use axum::body::Body;
use axum::http::StatusCode;
use std::time::Duration;

/// A row of an honour that names a firm and carries no code.
fn nameless(name: &str) -> String {
    format!(
        "企业名,守信信息名称,证书号,发证日期,颁证单位\n{name},守合同重信用,Z-1,2026-01-05,云汀市市场监督管理局\n"
    )
}

/// The first value after a mark in a page.
fn after<'b>(body: &'b str, mark: &str) -> &'b str {
    body.split_once(mark)
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or_else(|| panic!("{mark} in {body}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_answered_once_and_the_old_id_leads_on() {
    let site = TestSite::new().await;
    let known = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let (id, name) = (
        known["id"].as_str().unwrap(),
        known["name"].as_str().unwrap(),
    );
    let receipt = site
        .take("honour", None, "honour.csv", nameless(name), None)
        .await;
    assert_eq!(receipt.counts.held, 1, "{:?}", receipt.counts);
    let cookie = site.enter("Li").await;
    let list = site
        .get_with("/supply/questions?lang=en", &[("cookie", &cookie)])
        .await;
    html::check("questions", &list.body);
    let mention = after(&list.body, "action=\"/supply/questions/").to_owned();
    assert!(
        list.body.contains(&format!("value=\"{id}\"")),
        "the firm is a candidate"
    );
    let at = format!("/supply/questions/{mention}");
    let nobody = "0".repeat(32);
    for (form, status) in [
        (String::new(), StatusCode::BAD_REQUEST),
        ("answer=x&reason=same".to_owned(), StatusCode::BAD_REQUEST),
        (format!("answer={id}&reason=+"), StatusCode::BAD_REQUEST),
        (
            format!("answer={nobody}&reason=same"),
            StatusCode::NOT_FOUND,
        ),
    ] {
        let refused = site.post(&at, &cookie, &form).await;
        assert_eq!(refused.status, status, "{form}: {}", refused.body);
        html::check(&form, &refused.body);
    }
    let before = site
        .get(&format!("/api/v1/subjects/{ORDINARY}/report"))
        .await
        .body;
    assert!(
        !before.contains("守合同重信用"),
        "what waits is shown to nobody"
    );
    let form = format!("answer={id}&reason=%E5%90%8C%E4%B8%80%E5%9C%B0%E5%9D%80");
    let done = site.post(&at, &cookie, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let report = site
        .get(&format!("/api/v1/subjects/{ORDINARY}/report"))
        .await
        .body;
    assert!(
        report.contains("守合同重信用"),
        "the answer takes effect at once"
    );
    let again = site.post(&at, &cookie, &form).await;
    assert!(
        again.status.is_client_error(),
        "a question is answered once: {}",
        again.status
    );
    for path in ["/subjects/", "/api/v1/subjects/"] {
        let old = site.get(&format!("{path}{mention}")).await;
        assert_eq!(
            (old.status, old.header("location")),
            (
                StatusCode::PERMANENT_REDIRECT,
                format!("{path}{id}").as_str()
            ),
            "{path}: {}",
            old.body
        );
    }
}

/// Hands a snapshot in through the form, waits for its receipt and answers with its id.
async fn snapshot(site: &TestSite, cookie: &str, rows: &str) -> String {
    let mut body = String::new();
    for (name, value) in [
        ("theme", "abnormal"),
        ("supplier", "samr"),
        ("mode", "snapshot"),
    ] {
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str(&format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"s.csv\"\r\n\r\n{rows}\r\n--b--\r\n"
    ));
    let headers = [
        ("content-type", "multipart/form-data; boundary=b"),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie),
    ];
    let sent = site
        .send("POST", "/supply/submit", &headers, Body::from(body))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let running = sent.header("location").to_owned();
    for _ in 0..600 {
        let page = site.get_with(&running, &[("cookie", cookie)]).await;
        if let Some(id) = page.header("location").strip_prefix("/supply/submissions/") {
            return id.split('?').next().unwrap_or_default().to_owned();
        }
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the snapshot does not end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sent_a_snapshot_does_not_confirm_it() {
    let site = TestSite::new().await;
    let (li, wang) = (site.enter("Li").await, site.enter("Wang").await);
    // The waiting one of the fixture is settled first, so that it does not stand in the way.
    let first = site.receipts[3].id;
    let settled = site
        .post(&format!("/supply/snapshots/{first}"), &li, "")
        .await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.body);
    let rows: Vec<String> = sample("09-abnormal-august.csv")
        .lines()
        .take(6)
        .map(str::to_owned)
        .collect();
    let id = snapshot(&site, &li, &(rows.join("\n") + "\n")).await;
    let at = format!("/supply/snapshots/{id}");
    let page = site.get_with("/supply/snapshots", &[("cookie", &li)]).await;
    html::check("own snapshot", &page.body);
    assert!(page.body.contains(&id), "it waits: {}", page.body);
    assert!(
        !page.body.contains(&format!("action=\"{at}\"")),
        "no button for its sender"
    );
    let own = site.post(&at, &li, "").await;
    assert!(own.status.is_client_error(), "{}: {}", own.status, own.body);
    html::check("own snapshot refused", &own.body);
    let page = site
        .get_with("/supply/snapshots", &[("cookie", &wang)])
        .await;
    assert!(
        page.body.contains(&format!("action=\"{at}\"")),
        "a button for another"
    );
    let other = site.post(&at, &wang, "").await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.body);
}

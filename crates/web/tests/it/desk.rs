//! The desk: closed by default, accounts only, own pages only; a file goes
//! in, its rows are mended, a snapshot is confirmed by somebody else.

use crate::html;
use crate::site::TestSite;
use axum::body::Body;
use axum::http::StatusCode;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_passes_without_an_account() {
    let site = TestSite::new().await;
    let submission = site.receipts[1].id;
    for path in [
        "/supply".to_owned(),
        "/supply/submit".to_owned(),
        "/supply/holds".to_owned(),
        "/supply/questions".to_owned(),
        "/supply/snapshots".to_owned(),
        "/supply/quality".to_owned(),
        "/sharing".to_owned(),
        "/sharing/ask".to_owned(),
        "/sharing/lookup".to_owned(),
        "/sharing/officers".to_owned(),
        "/sharing/grants/abc".to_owned(),
        "/supply/running/abc".to_owned(),
        format!("/supply/submissions/{submission}"),
        format!("/supply/submissions/{submission}/receipt.json"),
        format!("/supply/submissions/{submission}/rejects"),
        format!("/supply/submissions/{submission}/rejects.csv"),
        format!("/supply/submissions/{submission}/rejects.xlsx"),
        format!("/supply/submissions/{submission}/rejects/2"),
    ] {
        let zeros = format!("desk={}", "0".repeat(64));
        for cookie in ["", "desk=", "desk=x.y.z.w", &zeros] {
            let answer = site.get_with(&path, &[("cookie", cookie)]).await;
            assert_eq!(
                (answer.status, answer.header("location")),
                (StatusCode::SEE_OTHER, "/account/enter"),
                "{path}"
            );
        }
    }
    let form = "login=A.b&password=0000-0000-0000-0000";
    let wrong = site.post("/account/enter", "", form).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    assert!(
        wrong.body.contains("href=\"#login\"") && wrong.body.contains("value=\"A.b\""),
        "the name is kept"
    );
    assert!(!wrong.body.contains("0000-0000"), "the password is not");
    html::check("enter", &wrong.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_cannot_be_changed_and_forms_come_from_here() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    assert_eq!(
        site.get_with("/supply", &[("cookie", &cookie)])
            .await
            .status,
        StatusCode::OK
    );
    let last = if cookie.ends_with('0') { "1" } else { "0" };
    let forged = format!("{}{last}", &cookie[..cookie.len() - 1]);
    assert_ne!(forged, cookie);
    assert_eq!(
        site.get_with("/supply", &[("cookie", &forged)])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    let form = ("content-type", "application/x-www-form-urlencoded");
    for origin in [
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.example"),
        ("accept", "*/*"),
    ] {
        let headers = [
            form,
            origin,
            ("cookie", cookie.as_str()),
            ("host", "credit.example"),
        ];
        let answer = site
            .send("POST", "/account/leave", &headers, Body::empty())
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin:?}");
    }
    let left = site.post("/account/leave", &cookie, "").await;
    assert!(left.header("set-cookie").contains("Max-Age=0"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_the_desk_is_sound() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let penalty = site.receipts[1].id;
    let [granted, asked] = site.shared().await;
    for lang in ["zh", "en", "ru"] {
        for path in [
            "/sharing?agency=tax".to_owned(),
            "/sharing/ask".to_owned(),
            "/sharing/ask?theme=registration".to_owned(),
            "/sharing/lookup".to_owned(),
            "/sharing/officers?month=2026-11".to_owned(),
            format!("/sharing/grants/{granted}"),
            format!("/sharing/grants/{asked}"),
            "/supply?supplier=samr".to_owned(),
            "/supply/submit?theme=penalty".to_owned(),
            "/supply/holds".to_owned(),
            "/supply/questions".to_owned(),
            "/supply/snapshots".to_owned(),
            "/supply/quality?supplier=samr&from=2026-01-01&to=2026-12-31".to_owned(),
            format!("/supply/submissions/{penalty}?repeated=1"),
            format!("/supply/submissions/{penalty}/rejects?"),
        ] {
            let between = if path.contains('?') { '&' } else { '?' };
            let answer = site
                .get_with(
                    &format!("{path}{between}lang={lang}"),
                    &[("cookie", &cookie)],
                )
                .await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            html::check(&path, &answer.body);
            assert_eq!(
                answer.header("cache-control"),
                "private, no-store",
                "{path}"
            );
        }
    }
    let receipt = site
        .get_with(
            &format!("/supply/submissions/{penalty}/receipt.json"),
            &[("cookie", &cookie)],
        )
        .await;
    assert_eq!(receipt.json()["theme"], "penalty");
    let csv = site
        .get_with(
            &format!("/supply/submissions/{penalty}/rejects.csv"),
            &[("cookie", &cookie)],
        )
        .await;
    assert!(csv.body.contains("〔"), "columns of ours");
    assert!(
        !csv.body.contains(crate::site::NUMBER),
        "nothing of a person is kept"
    );
}

const BORDER: &str = "border-of-parts";

fn multipart(fields: &[(&str, &str)], file: Option<(&str, &str)>) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--{BORDER}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    if let Some((name, text)) = file {
        body.push_str(&format!("--{BORDER}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n"));
    }
    body.push_str(&format!("--{BORDER}--\r\n"));
    body
}

async fn submit(
    site: &TestSite,
    cookie: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> crate::site::Answer {
    let kind = format!("multipart/form-data; boundary={BORDER}");
    let headers = [
        ("content-type", kind.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie),
    ];
    site.send(
        "POST",
        "/supply/submit",
        &headers,
        Body::from(multipart(fields, file)),
    )
    .await
}

/// Follows a running submission to where it leads.
async fn follow(site: &TestSite, cookie: &str, running: &str) -> String {
    for _ in 0..200 {
        let answer = site.get_with(running, &[("cookie", cookie)]).await;
        if answer.status == StatusCode::SEE_OTHER {
            return answer.header("location").to_owned();
        }
        html::check(running, &answer.body);
        assert!(answer.status.is_success(), "{}", answer.body);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the submission does not end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_submitted_and_a_row_mended_in_place() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let empty = submit(
        &site,
        &cookie,
        &[("theme", ""), ("supplier", "samr"), ("date", "2999-01-01")],
        None,
    )
    .await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("submit", &empty.body);
    for field in ["#theme", "#date", "#file"] {
        assert!(
            empty.body.contains(&format!("href=\"{field}\"")),
            "{field} is named"
        );
    }
    assert!(empty.body.contains("value=\"samr\""), "values are kept");

    let file = "企业名称,统一社会信用代码\n云汀试验有限公司,91110000MA00000152\n云汀错码有限公司,91110000MA00000153\n";
    let fields = [
        ("theme", "registration"),
        ("supplier", "samr"),
        ("mode", "delta"),
        ("date", "2026-11-20"),
    ];
    let sent = submit(&site, &cookie, &fields, Some(("new.csv", file))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let receipt = follow(&site, &cookie, sent.header("location")).await;
    let rejects = site
        .get_with(
            &format!("{receipt}/rejects?lang=en"),
            &[("cookie", &cookie)],
        )
        .await;
    html::check("rejects", &rejects.body);
    let mend = format!("{receipt}/rejects/3");
    let form = site.get_with(&mend, &[("cookie", &cookie)]).await;
    assert_eq!(form.status, StatusCode::OK, "{}", rejects.body);
    html::check(&mend, &form.body);
    assert!(
        form.body.contains("91110000MA00000153"),
        "the row as it came"
    );
    let inputs: Vec<&str> = form
        .body
        .split("name=\"c-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let code = *inputs
        .iter()
        .find(|code| {
            form.body.contains(&format!(
                "name=\"c-{code}\" type=\"text\" autocomplete=\"off\" value=\"91110000MA00000153\""
            ))
        })
        .expect("the code's field");
    let name = *inputs
        .iter()
        .find(|code| {
            form.body.contains(&format!(
                "name=\"c-{code}\" type=\"text\" autocomplete=\"off\" value=\"云汀错码有限公司\""
            ))
        })
        .expect("the name's field");
    let still = site
        .post(
            &mend,
            &cookie,
            &format!("c-{name}=A&c-{code}=91110000MA00000154"),
        )
        .await;
    assert_eq!(
        still.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        still.body
    );
    html::check("mend again", &still.body);
    let mended = format!(
        "c-{name}=%E4%BA%91%E6%B1%80%E6%94%B9%E7%A0%81%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8&c-{code}=91110000MA0000023W"
    );
    let done = site.post(&mend, &cookie, &mended).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let found = site.get("/api/v1/subjects/91110000MA0000023W").await;
    assert_eq!(
        found.status,
        StatusCode::OK,
        "the mended row is on file: {}",
        found.body
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snapshot_that_leaves_much_out_waits_for_another_officer() {
    let site = TestSite::new().await;
    assert!(
        site.receipts[3].waiting.is_some(),
        "half of the rows are absent"
    );
    let cookie = site.enter("Li").await;
    let id = site.receipts[3].id;
    let list = site
        .get_with("/supply/snapshots", &[("cookie", &cookie)])
        .await;
    html::check("snapshots", &list.body);
    assert!(list.body.contains(&id.to_string()), "{}", list.body);
    let done = site
        .post(&format!("/supply/snapshots/{id}"), &cookie, "")
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let again = site
        .post(&format!("/supply/snapshots/{id}"), &cookie, "")
        .await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it waits no more");
}

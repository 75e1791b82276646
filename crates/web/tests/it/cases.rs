//! Cases over HTTP: a subject objects on its page, every channel that shows the fact says so from that
//! instant, the desk answers, and the mark goes. Whoever is somebody else is told that there is nothing.

mod api;
mod console;
mod letters;
mod listing;
mod promise;
mod receipts;
mod repair;
mod story;

use crate::html;
use crate::site::{Answer, BY, HOSTILE_CODE as FIRM, ORDINARY as OTHER, TestSite, appointment};
use axum::body::Body;
use axum::http::StatusCode;
use credit::people::Role;
use exchange::people::{Person, mandate};

/// A representative: the cookie, and the mandate.
async fn representative(site: &TestSite, subject: &str, login: &str) -> (String, String) {
    let shown = mandate::Shown {
        subject,
        person: Person {
            login: login.to_owned(),
            name: format!("Person {login}"),
        },
        document: "resident-card",
        until: None,
    };
    let made = mandate::record(&site.site.office, &shown, BY).await;
    let link = site.link_of(login, &[]).await;
    let cookie = site.enter_by(&link).await;
    (cookie, made.expect("recorded").id.to_string())
}

/// A form with files, as a browser sends it.
async fn send(
    site: &TestSite,
    at: &str,
    cookie: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> Answer {
    let mut body = String::new();
    for (name, value) in fields {
        body +=
            &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    if let Some((name, text)) = file {
        body += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n"
        );
    }
    body += "--b--\r\n";
    let headers = [
        ("content-type", "multipart/form-data; boundary=b"),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie),
    ];
    site.send("POST", at, &headers, Body::from(body)).await
}

/// The record of the firm's registration.
async fn record(site: &TestSite) -> String {
    let report = site
        .get(&format!("/api/v1/subjects/{FIRM}/report"))
        .await
        .json();
    let entries = report["sections"].as_array().into_iter().flatten();
    let entries = entries.flat_map(|section| section["entries"].as_array().into_iter().flatten());
    let mut entries = entries.filter(|entry| entry["theme"]["code"] == "registration");
    let record = entries.next().and_then(|entry| entry["record"].as_str());
    record.expect("a registration").to_owned()
}

const PROOF: (&str, &str) = ("proof.pdf", "%PDF-1.4 << /Type /Catalog >>");

async fn object(site: &TestSite, (cookie, own): &(String, String)) -> String {
    let at = format!("/my/{own}/cases/new");
    let record = record(site).await;
    let fields = [
        ("kind", "objection"),
        ("record", record.as_str()),
        ("choice", "wrong"),
        ("reason", "the address is not ours"),
    ];
    let filed = send(site, &at, cookie, &fields, Some(PROOF)).await;
    assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.body);
    let to = filed.header("location");
    to.rsplit('/').next().expect("a case").to_owned()
}

async fn act(
    site: &TestSite,
    cookie: &str,
    id: &str,
    what: &str,
    seen: &str,
    reason: &str,
) -> Answer {
    let at = format!("/cases/{id}/moves");
    let fields = [("move", what), ("seen", seen), ("reason", reason)];
    send(site, &at, cookie, &fields, None).await
}

/// Every channel in which somebody reads the fact, by name.
async fn channels(
    site: &TestSite,
    own: &(String, String),
    grant: &str,
) -> Vec<(&'static str, String)> {
    let with = [("cookie", own.0.as_str())];
    let subject = site.get(&format!("/subjects/{FIRM}")).await;
    let subject = subject.header("location").to_owned();
    let li = site.enter("Li").await;
    let look = format!("grant={grant}&code={FIRM}&purpose=subsidy&case=2026-1&lang=en");
    let issue = format!("/api/v1/subjects/{FIRM}/report?lang=en");
    let signed = site.send("POST", &issue, &[], Body::empty());
    vec![
        ("page", site.get(&format!("{subject}?lang=en")).await.body),
        (
            "report",
            site.get(&format!("{subject}/report?lang=en")).await.body,
        ),
        (
            "api",
            site.get(&format!("/api/v1/subjects/{FIRM}?lang=en"))
                .await
                .body,
        ),
        (
            "api report",
            site.get(&format!("/api/v1/subjects/{FIRM}/report?lang=en"))
                .await
                .body,
        ),
        ("signed report", signed.await.body),
        (
            "own file",
            site.get_with(&format!("/my/{}?lang=en", own.1), &with)
                .await
                .body,
        ),
        (
            "own export",
            site.get_with(&format!("/my/{}/export.json?lang=en", own.1), &with)
                .await
                .body,
        ),
        (
            "own export as rows",
            site.get_with(&format!("/my/{}/export.csv?lang=en", own.1), &with)
                .await
                .body,
        ),
        (
            "look under a grant",
            site.post("/sharing/lookup?lang=en", &li, &look).await.body,
        ),
    ]
}

/// Whether something says that a fact is contested, in the language or code of its channel.
fn marked(body: &str) -> bool {
    let said = ["Under objection", "异议处理中", "\"contested\""];
    said.iter().any(|one| body.contains(one))
}

/// Invariant 10 (R21): a fact under objection says so wherever it is shown, from the very next read on, and
/// stops saying so with the move that settles it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_10_what_is_contested_says_so_in_every_channel() {
    let site = TestSite::new().await;
    let own = representative(&site, FIRM, "rep.one").await;
    site.enter("Li").await;
    let [grant, _] = site.shared().await;
    for (name, body) in channels(&site, &own, &grant).await {
        assert!(!marked(&body), "{name} before");
    }
    let id = object(&site, &own).await;
    for (name, body) in channels(&site, &own, &grant).await {
        assert!(marked(&body), "{name}: {body}");
    }
    let li = site.enter("Li").await;
    let forwarded = act(&site, &li, &id, "forward", "1", "").await;
    assert_eq!(
        forwarded.status,
        StatusCode::SEE_OTHER,
        "{}",
        forwarded.body
    );
    for (name, body) in channels(&site, &own, &grant).await {
        assert!(marked(&body), "{name} while it is checked");
    }
    let upheld = act(&site, &li, &id, "uphold", "2", "the register has it so").await;
    assert_eq!(upheld.status, StatusCode::SEE_OTHER, "{}", upheld.body);
    for (name, body) in channels(&site, &own, &grant).await {
        assert!(!marked(&body), "{name} once it is settled");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_cases_are_sound_and_say_what_to_do_next() {
    let site = TestSite::new().await;
    let own = representative(&site, FIRM, "rep.one").await;
    let (cookie, mandate) = &own;
    let id = object(&site, &own).await;
    let li = site.enter("Li").await;
    for lang in ["zh", "en", "ru"] {
        for (cookie, at) in [
            (cookie, format!("/my/{mandate}/cases")),
            (cookie, format!("/my/{mandate}/cases/new")),
            (cookie, format!("/my/{mandate}/cases/new?kind=repair")),
            (cookie, format!("/my/{mandate}/cases/{id}")),
            (&li, "/cases".to_owned()),
            (&li, "/cases/search".to_owned()),
            (&li, "/cases/statistics".to_owned()),
            (&li, format!("/cases/{id}")),
            (&li, format!("/cases/new?code={FIRM}")),
        ] {
            let between = if at.contains('?') { '&' } else { '?' };
            let at = format!("{at}{between}lang={lang}");
            let page = site.get_with(&at, &[("cookie", cookie.as_str())]).await;
            assert_eq!(page.status, StatusCode::OK, "{at}: {}", page.body);
            html::check(&at, &page.body);
            assert_eq!(page.header("cache-control"), "private, no-store", "{at}");
        }
    }
    // What is missing is said beside what was typed.
    let wrong = act(&site, &li, &id, "refuse", "1", "").await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.body
    );
    html::check("/cases/{id}", &wrong.body);
    let refused = act(&site, &li, &id, "refuse", "1", "beyond what is registered").await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
    // One that was seen before the last move is not made.
    let stale = act(&site, &li, &id, "ask-more", "1", "x").await;
    assert_eq!(
        stale.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        stale.body
    );
    let page = site
        .get_with(
            &format!("/my/{mandate}/cases/{id}?lang=en"),
            &[("cookie", cookie)],
        )
        .await;
    for told in [
        "beyond what is registered",
        "within sixty days",
        "proof.pdf",
        "ask for a review",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let file = format!("/my/{mandate}/cases/{id}/files/1/1");
    let file = site.get_with(&file, &[("cookie", cookie)]).await;
    assert_eq!(file.body, PROOF.1);
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert!(file.header("content-security-policy").contains("sandbox"));
    let active = [
        ("kind", "objection"),
        ("record", "x"),
        ("choice", "wrong"),
        ("reason", "typed before"),
    ];
    let at = format!("/my/{mandate}/cases/new");
    let refused = send(
        &site,
        &at,
        cookie,
        &active,
        Some(("a.pdf", "%PDF-1.4 /OpenAction")),
    )
    .await;
    assert!(
        matches!(refused.status.as_u16(), 404 | 422),
        "{}",
        refused.status
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anothers_case_is_not_found_at_any_address() {
    let site = TestSite::new().await;
    let one = representative(&site, FIRM, "rep.one").await;
    let two = representative(&site, OTHER, "rep.two").await;
    let id = object(&site, &one).await;
    let link = site
        .link_of("tax.officer", &[appointment(Role::SupplierOfficer, "tax")])
        .await;
    let tax = site.enter_by(&link).await;
    let reads = [("cookie", two.0.as_str())];
    for own in [&two.1, &one.1] {
        for end in ["", "/files/1/1"] {
            let at = format!("/my/{own}/cases/{id}{end}");
            assert_eq!(
                site.get_with(&at, &reads).await.status,
                StatusCode::NOT_FOUND,
                "{at}"
            );
        }
        let at = format!("/my/{own}/cases/{id}/moves");
        let moved = send(
            &site,
            &at,
            &two.0,
            &[("move", "take-back"), ("seen", "1")],
            None,
        )
        .await;
        assert_eq!(moved.status, StatusCode::NOT_FOUND, "{at}");
    }
    for end in ["", "/files/1/1"] {
        let at = format!("/cases/{id}{end}");
        let answer = site.get_with(&at, &[("cookie", tax.as_str())]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{at}");
        let answer = site.get_with(&at, &[("cookie", one.0.as_str())]).await;
        assert_eq!(
            answer.status,
            StatusCode::FORBIDDEN,
            "a representative is no officer: {at}"
        );
    }
    let moved = act(&site, &tax, &id, "uphold", "1", "x").await;
    assert_eq!(moved.status, StatusCode::NOT_FOUND);
    let own = site
        .get_with(
            &format!("/my/{}/cases/{id}", one.1),
            &[("cookie", one.0.as_str())],
        )
        .await;
    assert_eq!(own.status, StatusCode::OK);
}

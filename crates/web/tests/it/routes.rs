//! Every route with every method: the status that is documented, the headers that every answer has,
//! and a list of routes that cannot be incomplete, since it is compared with the sources.

mod rows;

use crate::site::{Answer, ORDINARY, TestSite};
use axum::body::Body;
use rows::ROWS;
use std::collections::BTreeSet;

/// A method, the headers it is sent with, and the status that answers.
type Asked<'a> = (&'a str, &'a [(&'a str, &'a str)], u16);

/// Routes that another room of tests walks through, with the file of that room.
const ELSEWHERE: &[(&str, &str)] = &[
    // A process of its own, the witness; the tests of `cli` ask it.
    ("/add-checkpoint", "journal.rs"),
    ("/account/leave", "desk.rs"),
    ("/api/v1/match", "matching.rs"),
    ("/api/v1/reconcile", "reconcile.rs"),
    ("/api/v1/reconcile/suggest/{what}", "reconcile.rs"),
    ("/api/v1/reconcile/properties", "reconcile.rs"),
    ("/api/v1/reconcile/preview/{id}", "reconcile.rs"),
    ("/supply/decisions/{id}/undo", "questions.rs"),
];

/// The routes that the sources name, with what they are nested under.
pub(crate) fn routes_of_the_sources() -> BTreeSet<String> {
    let source = testkit::data::workspace().join("crates/web/src");
    let mut found = BTreeSet::new();
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(&source).expect("below");
            let prefix = if below.starts_with("api") {
                "/api/v1"
            } else {
                ""
            };
            let text = std::fs::read_to_string(&path).expect("readable");
            for rest in text.split(".route(").skip(1) {
                let Some(name) = rest.trim_start().strip_prefix('"') else {
                    continue;
                };
                let name = name.split('"').next().unwrap_or_default();
                found.insert(format!("{prefix}{name}"));
            }
        }
    }
    found
}

#[test]
fn the_list_has_every_route_of_the_sources() {
    let listed: BTreeSet<String> = ROWS
        .iter()
        .map(|row| row.route)
        .chain(ELSEWHERE.iter().map(|(route, _)| *route))
        .map(str::to_owned)
        .collect();
    let sources = routes_of_the_sources();
    assert!(
        sources.len() > 40,
        "routes are found in the sources: {sources:?}"
    );
    let missing: Vec<_> = sources.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "add rows to ROWS in this file for {missing:?}"
    );
    let gone: Vec<_> = listed.difference(&sources).collect();
    assert!(gone.is_empty(), "no source names {gone:?}");
}

async fn fill(site: &TestSite, path: &str) -> String {
    let subject = site.get(&format!("/subjects/{ORDINARY}")).await;
    let subject = subject.header("location").replace("/subjects/", "");
    path.replace("{subject}", &subject)
        .replace("{code}", ORDINARY)
        .replace("{submission}", &site.receipts[0].id.to_string())
}

/// What no answer lacks, whatever it says.
fn guarded(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for part in [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{what}: {part} in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{what}: {policy}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(
        answer.header("permissions-policy").contains("camera=()"),
        "{what}"
    );
    assert!(answer.header("x-request-id").starts_with('r'), "{what}");
    assert!(
        answer.header("server").is_empty(),
        "{what}: says nothing of the program"
    );
    assert!(
        answer.header("access-control-allow-origin").is_empty(),
        "{what}: other sites read nothing"
    );
    if answer.header("content-type").starts_with("text/html") && answer.status != 308 {
        crate::html::check(what, &answer.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_answers_every_method_as_documented() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let bearer = format!("Bearer {}", site.code);
    let form = ("content-type", "application/x-www-form-urlencoded");
    let here = ("sec-fetch-site", "same-origin");
    let clerk = [
        form,
        here,
        ("cookie", cookie.as_str()),
        ("authorization", bearer.as_str()),
    ];
    let mut wrong = Vec::new();
    for row in ROWS {
        let path = fill(&site, row.path).await;
        let nobody = [form, here];
        let headers: [Asked<'_>; 8] = [
            ("GET", &nobody, row.open),
            ("HEAD", &nobody, row.open),
            ("GET", &clerk, row.desk),
            ("HEAD", &clerk, row.desk),
            ("POST", &clerk, row.post),
            ("PUT", &clerk, 405),
            ("DELETE", &clerk, 405),
            ("PATCH", &clerk, 405),
        ];
        for (method, headers, status) in headers {
            let answer = site.send(method, &path, headers, Body::empty()).await;
            let what = format!("{method} {path}");
            if answer.status != status {
                wrong.push(format!("{what}: {} instead of {status}", answer.status));
            }
            if method == "HEAD" {
                assert_eq!(answer.body, "", "{what} has no body");
            } else {
                guarded(&what, &answer);
            }
            if answer.status == 405 {
                assert!(
                    !answer.header("allow").is_empty(),
                    "{what} says what it takes"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_of_another_site_is_taken_anywhere() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let mut tried = 0;
    // What machines send bears no cookie that a browser would add by itself.
    for row in ROWS
        .iter()
        .filter(|row| row.post != 405 && !row.route.starts_with("/api/"))
    {
        let path = fill(&site, row.path).await;
        for from in [
            None,
            Some(("sec-fetch-site", "cross-site")),
            Some(("sec-fetch-site", "same-site")),
            Some(("origin", "https://evil.example")),
            Some(("origin", "null")),
        ] {
            let mut headers = vec![
                ("content-type", "application/x-www-form-urlencoded"),
                ("cookie", cookie.as_str()),
                ("host", "credit.example"),
            ];
            headers.extend(from);
            let answer = site.send("POST", &path, &headers, Body::empty()).await;
            assert_eq!(answer.status, 403, "{path} from {from:?}");
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
    let still = site.get_with("/account", &[("cookie", &cookie)]).await;
    assert_eq!(still.status, 200, "nothing ended the session");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cookies_are_secure_behind_tls_and_shut_to_script_always() {
    let plain = TestSite::new().await;
    let behind = TestSite::new().await.behind_tls();
    for (site, tls) in [(&plain, false), (&behind, true)] {
        let link = site.link("Li").await;
        let entered = site.post(&link, "", "").await;
        let left = site.post("/account/leave", "", "").await;
        let told = site.get("/?lang=ru&size=large").await;
        let mut seen = 0;
        for answer in [&entered, &left, &told] {
            for cookie in answer.headers.get_all("set-cookie") {
                let cookie = cookie.to_str().expect("ASCII");
                seen += 1;
                assert!(cookie.contains("HttpOnly"), "{cookie}");
                assert!(cookie.contains("SameSite="), "{cookie}");
                assert_eq!(cookie.contains("; Secure"), tls, "{cookie}");
                assert_eq!(
                    cookie.contains("desk="),
                    cookie.contains("SameSite=Strict"),
                    "{cookie}"
                );
            }
            assert_eq!(!answer.header("strict-transport-security").is_empty(), tls);
        }
        assert_eq!(seen, 4, "session, its end, language, size");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_outside_the_assets_is_served() {
    let site = TestSite::new().await;
    for path in [
        "/assets/",
        "/assets/none.css",
        "/assets/../Cargo.toml",
        "/assets/..%2fCargo.toml",
        "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/assets/..%5c..%5cCargo.toml",
        "/assets/%2fetc%2fpasswd",
        "/assets/site.css%00",
        "/assets/./site.css",
        "/assets/site.css/",
        "//assets/site.css",
        "/ASSETS/site.css",
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body);
        guarded(path, &answer);
        assert!(
            !answer.body.contains("[package]") && !answer.body.contains("root:"),
            "{path}"
        );
    }
}

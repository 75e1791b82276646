//! Attacks over HTTP: paths that climb, statements and headers in every parameter, fields that nobody
//! asked for, bodies without end. Refused, counted, and nothing is changed or told by them.

use crate::site::{NUMBER, ORDINARY, PERSON, TestSite};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::Value;

/// What climbs, ends, or names another place.
const CLIMBS: [&str; 10] = [
    "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%5c..%5cCargo.toml",
    "%2fetc%2fpasswd",
    "....//....//etc/passwd",
    "penalty%00.toml",
    "penalty%2f..%2f..%2fsuppliers",
    "file:%2f%2f%2fetc%2fpasswd",
    "http:%2f%2f127.0.0.1%2f",
    "0%2f..%2f..%2fsite.key",
];

/// What a statement, a header, a page or a template would take for its own.
const INJECTIONS: [&str; 12] = [
    "%27%20OR%20%271%27=%271",
    "%27;%20DROP%20TABLE%20submission;--",
    "1%20UNION%20SELECT%20sealed%20FROM%20report_body",
    "%22;%20UPDATE%20access%20SET%20officer=%27x%27;--",
    "%0d%0aX-Evil:%201%0d%0a%0d%0a%3Cscript%3Ealert(1)%3C/script%3E",
    "%0aSet-Cookie:%20desk=x",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "%7B%7B7*7%7D%7D",
    "%24%7B7*7%7D",
    "%25%00",
    "$1",
    "%EF%BF%BF%F0%9F%92%A3",
];

fn harmless(what: &str, answer: &crate::site::Answer) {
    assert!(
        !answer.status.is_server_error() || answer.status == 503,
        "{what}: {}",
        answer.status
    );
    for (name, value) in &answer.headers {
        assert_ne!(name.as_str(), "x-evil", "{what}");
        let value = value.to_str().unwrap_or_default();
        assert!(!value.contains("desk=x"), "{what}: {value}");
    }
    for secret in ["root:x:", "[package]", "[workspace]", PERSON, NUMBER] {
        assert!(!answer.body.contains(secret), "{what} tells {secret}");
    }
    // A name on file holds the tag itself: as JSON, which no browser takes for a page, it is a name.
    let json = answer.header("content-type").contains("json");
    let bare = json && answer.header("x-content-type-options") == "nosniff";
    assert!(
        bare || !answer.body.contains("<script>alert(1)"),
        "{what} tells a script"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_path_leaves_its_place() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let places = [
        ("/assets/", ""),
        ("/log/tile/", ""),
        ("/log/", ""),
        ("/catalog/themes/", ""),
        ("/catalog/themes/", "/template.xlsx"),
        ("/catalog/themes/", "/schema.json"),
        ("/api/v1/themes/", "/schema"),
        ("/api/v1/themes/", "/template"),
        ("/api/v1/subjects/", "/report"),
        ("/api/v1/reports/", ""),
        ("/verify/R/", ""),
        ("/subjects/", "/report.pdf"),
        ("/account/begin/", ""),
        ("/supply/submissions/", "/receipt.json"),
        ("/supply/submissions/", "/rejects.csv"),
        ("/supply/running/", ""),
    ];
    for (before, after) in places {
        for climb in CLIMBS {
            let path = format!("{before}{climb}{after}");
            let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
            harmless(&path, &answer);
            assert!(!answer.status.is_success(), "{path}: {}", answer.status);
        }
    }
}

/// Every address of the API's description with its parameters, path ones filled.
fn described() -> Vec<(String, Vec<String>)> {
    let api: Value = serde_json::from_str(&web::api::v1::description()).expect("JSON");
    let mut found = Vec::new();
    for (path, verbs) in api["paths"].as_object().expect("paths") {
        for verb in verbs.as_object().expect("verbs").values() {
            let names = verb["parameters"].as_array().into_iter().flatten();
            let names = names.filter(|one| one["in"] == "query");
            let names: Vec<String> = names
                .filter_map(|one| one["name"].as_str().map(str::to_owned))
                .collect();
            let path = path
                .replace("{code}", ORDINARY)
                .replace("{number}", "0")
                .replace("{id}", "0");
            found.push((path, names));
        }
    }
    found
}

/// Parameters of pages, which no description lists.
const PAGES: [(&str, &[&str]); 10] = [
    ("/", &["lang", "size"]),
    ("/search", &["q", "after", "lang"]),
    ("/verify", &["number"]),
    ("/catalog", &["q", "class", "supplier"]),
    ("/supply", &["supplier", "after", "state"]),
    ("/supply/holds", &["supplier", "after"]),
    ("/supply/snapshots", &["supplier", "after"]),
    ("/supply/questions", &["after", "kind", "q", "supplier"]),
    ("/supply/quality", &["supplier", "theme", "from", "to"]),
    ("/supply/submit", &["theme", "supplier", "mode", "date"]),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_parameter_reaches_a_statement_or_a_header() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let before = site
        .get(&format!("/api/v1/subjects/{ORDINARY}/report"))
        .await;
    let mut asked = described();
    let pages = PAGES.iter().map(|(path, names)| {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        ((*path).to_owned(), names)
    });
    asked.extend(pages);
    asked.push((
        format!("/api/v1/subjects/{ORDINARY}/report"),
        ["as_of", "from", "to", "theme"].map(str::to_owned).to_vec(),
    ));
    let mut tried = 0;
    for (path, names) in &asked {
        for name in names {
            for injection in INJECTIONS {
                let path = format!("{path}?{name}={injection}");
                let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
                harmless(&path, &answer);
                // This site has no font, and says so of a PDF whatever is asked.
                let no_font = path.contains("/report.pdf?");
                assert!(
                    no_font || answer.status != 503,
                    "{path}: the store was hurt"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 300, "{tried}");
    // In the path itself, and in headers that the site reads.
    for injection in INJECTIONS {
        for path in [
            "/subjects/",
            "/verify/R/",
            "/api/v1/subjects/",
            "/api/v1/themes/",
        ] {
            let path = format!("{path}{injection}");
            harmless(&path, &site.get(&path).await);
        }
        for name in [
            "cookie",
            "accept-language",
            "if-none-match",
            "host",
            "authorization",
            "x-forwarded-for",
        ] {
            let value = format!("desk={injection}; lang={injection}");
            let answer = site.get_with("/supply", &[(name, &value)]).await;
            harmless(name, &answer);
        }
    }
    let after = site
        .get(&format!("/api/v1/subjects/{ORDINARY}/report"))
        .await;
    assert_eq!(before.body, after.body, "nothing was changed");
}

/// Forms, with the fields that each reads.
const FORMS: [(&str, &[&str]); 6] = [
    ("/account/enter", &["login", "password"]),
    ("/account/code", &["code"]),
    ("/account/password", &["old", "new", "again"]),
    ("/supply/questions/{subject}", &["answer", "same", "reason"]),
    ("/supply/snapshots/{submission}", &["reason"]),
    (
        "/supply/submissions/{submission}/rejects/1",
        &["c0", "c1", "reason"],
    ),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_field_reaches_a_statement_or_a_header() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let subject = site.get(&format!("/subjects/{ORDINARY}")).await;
    let subject = subject.header("location").replace("/subjects/", "");
    let submission = site.receipts[0].id.to_string();
    for (path, names) in FORMS {
        let path = path
            .replace("{subject}", &subject)
            .replace("{submission}", &submission);
        for name in names {
            for injection in INJECTIONS {
                let answer = site
                    .post(&path, &cookie, &format!("{name}={injection}"))
                    .await;
                harmless(&path, &answer);
                assert_ne!(answer.status, 503, "{path} {name}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fields_that_nobody_asked_for_change_nothing() {
    let site = TestSite::new().await;
    let office = &site.site.office;
    let link = site
        .link_of(
            "plain.test",
            &[crate::site::appointment(
                credit::people::Role::SupplierOfficer,
                "samr",
            )],
        )
        .await;
    let cookie = site.enter_by(&link).await;
    let account = exchange::people::find(office, "plain.test")
        .await
        .expect("an account");
    let shown = format!("{account:?}");
    let more = "role=centre-clerk&role=administrator&agency=credit-centre&account_id=00&kind=machine&state=active&stage=full&until=2099-12-31&themes=&by_id=&is_admin=true&admin=1&supplier=court";
    for path in [
        "/account/password",
        "/account/leave-others",
        "/account/code",
        "/account/enrol",
        "/supply/submit",
        "/supply/questions/00000000000000000000000000000000",
    ] {
        let answer = site.post(path, &cookie, more).await;
        assert!(
            !answer.status.is_server_error(),
            "{path}: {}",
            answer.status
        );
    }
    let account = exchange::people::find(office, "plain.test")
        .await
        .expect("an account");
    assert_eq!(shown, format!("{account:?}"));
    // What it may not reach it reaches no better.
    for path in ["/supply/quality?supplier=court", "/supply?supplier=court"] {
        let answer = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_have_an_end() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let bearer = format!("Bearer {}", site.code);
    let large = vec![b'a'; credit::limits::FORM_BYTES + 1];
    for path in [
        "/account/enter",
        "/account/password",
        "/supply/questions/00000000000000000000000000000000",
        "/api/v1/match",
        "/api/v1/reconcile",
        &format!("/subjects/{ORDINARY}/report/issue"),
    ] {
        let headers = [
            (
                "content-type",
                if path.ends_with("match") {
                    "application/json"
                } else {
                    "application/x-www-form-urlencoded"
                },
            ),
            ("sec-fetch-site", "same-origin"),
            ("cookie", cookie.as_str()),
            ("authorization", bearer.as_str()),
        ];
        let answer = site
            .send("POST", path, &headers, Body::from(large.clone()))
            .await;
        assert!(
            answer.status.is_client_error() || answer.status.is_redirection(),
            "{path}: {}",
            answer.status
        );
        harmless(path, &answer);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_counted_by_kind_and_by_nothing_else() {
    let site = TestSite::new().await;
    site.get("/search?q=a&q=b").await;
    site.get("/api/v1/submissions").await;
    site.post(&format!("/subjects/{ORDINARY}/report/issue"), "", "evil=1")
        .await;
    let foreign = [("content-type", "application/x-www-form-urlencoded")];
    let issue = format!("/subjects/{ORDINARY}/report/issue");
    site.send("POST", &issue, &foreign, Body::from("x=1")).await;
    site.send("PUT", "/about", &[], Body::empty()).await;
    for _ in 0..31 {
        site.get("/verify/R/0").await;
    }
    let metrics = site.get("/metrics").await.body;
    for kind in ["malformed", "unauthorised", "forbidden", "method", "often"] {
        let none = format!("gongxin_http_refused_total{{kind=\"{kind}\"}} 0\n");
        let named = format!("gongxin_http_refused_total{{kind=\"{kind}\"}} ");
        assert!(
            metrics.contains(&named) && !metrics.contains(&none),
            "{kind}: {metrics}"
        );
    }
    assert!(!metrics.contains("evil") && !metrics.contains(ORDINARY));
}

//! Sharing over HTTP: a look by a machine for a named officer and by an officer at the page; what is
//! refused, and how; what the interface tells of grants.

use crate::site::{BY, HOSTILE_CODE, ORDINARY, TestSite, appointment};
use axum::body::Body;
use credit::people::{AccountKind, Role};
use exchange::people::{self, Person};

/// A machine's key, for an agency and role.
async fn key(site: &TestSite, login: &str, role: Role, agency: &str) -> String {
    let person = Person {
        login: login.to_owned(),
        name: "m".to_owned(),
    };
    let (office, to) = (&site.site.office, [appointment(role, agency)]);
    let made = people::add(office, AccountKind::Machine, &person, &to, BY).await;
    let key = people::machine::key(office, made.expect("an account").0, 9, BY).await;
    format!("Bearer {}", key.expect("a key").shown())
}

async fn post(site: &TestSite, key: &str, body: &serde_json::Value) -> crate::site::Answer {
    let headers = [
        ("authorization", key),
        ("content-type", "application/json"),
        ("accept-language", "en"),
    ];
    let body = Body::from(body.to_string());
    site.send("POST", "/api/v1/lookups", &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_looks_for_a_named_officer_and_both_must_be_of_the_agency() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let [grant, _] = site.shared().await;
    let tax = key(&site, "tax.gateway", Role::MachineClient, "tax").await;
    let asked = serde_json::json!({
        "grant": grant, "code": HOSTILE_CODE, "purpose": "subsidy", "case": "补1", "officer": "li.test",
    });
    let seen = post(&site, &tax, &asked).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    assert_eq!(seen.header("cache-control"), "private, no-store");
    let seen = seen.json();
    assert!(
        seen["event"]
            .as_str()
            .is_some_and(|event| event.starts_with("access:"))
    );
    let items = seen["facts"][0]["items"].as_array().expect("items");
    let codes: Vec<&str> = items
        .iter()
        .filter_map(|item| item["code"].as_str())
        .collect();
    assert_eq!(codes, ["ZCRQ", "ZCDZ"], "the two that were granted");
    assert!(
        seen["notice"]
            .as_str()
            .is_some_and(|text| text.contains("published"))
    );
    let with = |name: &str, value: &str| {
        let mut other = asked.clone();
        other[name] = value.into();
        other
    };
    let reader = site
        .link_of("only.reader", &[appointment(Role::Reader, "tax")])
        .await;
    site.enter_by(&reader).await;
    for (body, status) in [
        (with("purpose", "public-procurement"), 403),
        (with("purpose", "curiosity"), 400),
        (with("case", ""), 400),
        (with("code", "91990105MD0024050E"), 400),
        (with("code", "91110000MA00000152"), 404),
        (with("code", "11010519491231002X"), 403),
        (with("officer", "only.reader"), 403),
        (with("officer", "nobody.here"), 404),
        (with("officer", "tax.gateway"), 400),
        (with("grant", &"0".repeat(32)), 404),
        (with("grant", "x"), 404),
        (serde_json::json!({ "grant": grant }), 400),
        (serde_json::json!([]), 400),
    ] {
        let answer = post(&site, &tax, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(!answer.body.contains("11010519491231002X"));
    }
    let other = key(&site, "court.gateway", Role::MachineClient, "court").await;
    assert_eq!(
        post(&site, &other, &asked).await.status,
        404,
        "another agency's grant"
    );
    assert_eq!(post(&site, "Bearer x", &asked).await.status, 401);
    // What became of it, by the interface and on the page.
    let headers = [("authorization", tax.as_str())];
    let full = site
        .get_with(&format!("/api/v1/grants/{grant}"), &headers)
        .await
        .json();
    assert_eq!(
        (&full["state"], &full["in_force"], &full["used_today"]),
        (&"granted".into(), &true.into(), &1.into())
    );
    assert_eq!(full["steps"][1]["party"], "rule");
    let list = site
        .get_with("/api/v1/grants?agency=tax", &headers)
        .await
        .json();
    assert_eq!(list["grants"].as_array().map(Vec::len), Some(2));
    let foreign = [("authorization", other.as_str())];
    let hidden = site
        .get_with(&format!("/api/v1/grants/{grant}"), &foreign)
        .await;
    assert_eq!(hidden.status, 404);
    let form = format!("grant={grant}&purpose=subsidy&case=b2&code={HOSTILE_CODE}");
    let page = site.post("/sharing/lookup", &cookie, &form).await;
    assert_eq!(page.status, 200, "{}", page.body);
    crate::html::check("a look", &page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_too_often_is_told_when_to_come_again() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let [grant, _] = site.shared().await;
    let form = format!("grant={grant}&purpose=subsidy&case=b2&code={ORDINARY}");
    // The shipped figure: twenty in a minute. Refused looks take a token, too.
    for turn in 0..20 {
        let case = if turn % 2 == 0 { "b2" } else { "" };
        let form = form.replace("case=b2", &format!("case={case}"));
        let answer = site.post("/sharing/lookup", &cookie, &form).await;
        assert_ne!(answer.status, 429, "{turn}");
    }
    let tax = key(&site, "tax.gateway", Role::MachineClient, "tax").await;
    let asked = serde_json::json!({
        "grant": grant, "code": ORDINARY, "purpose": "subsidy", "case": "b2", "officer": "li.test",
    });
    let mut limited = None;
    for _ in 0..20 {
        let answer = post(&site, &tax, &asked).await;
        if answer.status == 429 {
            limited = Some(answer);
            break;
        }
    }
    let limited = limited.expect("a limit");
    let seconds: u64 = limited.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert_eq!(limited.json()["type"], "/problems/limit");
    let page = site.post("/sharing/lookup", &cookie, &form).await;
    assert_eq!(page.status, 429);
    assert!(!page.header("retry-after").is_empty());
    site.clock.advance(60_000_000);
    assert_eq!(
        site.post("/sharing/lookup", &cookie, &form).await.status,
        200
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_is_asked_for_and_answered_on_the_pages() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let wrong = site
        .post("/sharing/ask", &cookie, "theme=contract&agency=tax&basis=b")
        .await;
    assert_eq!(wrong.status, 422);
    crate::html::check("a form that is shown again", &wrong.body);
    assert!(wrong.body.contains("value=\"b\""), "what was typed is kept");
    let form = "theme=contract&agency=tax&supplier=public-resource&item=contract/HTBH&item=contract/HTJE\
        &purpose=subsidy&kind=enterprise&basis=law&per_day=9&in_all=9&reason=why";
    let asked = site.post("/sharing/ask", &cookie, form).await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let at = asked.header("location").to_owned();
    let page = site.get_with(&at, &[("cookie", &cookie)]).await;
    assert!(
        page.body.contains("value=\"grant\"") && page.body.contains("2026-12-04"),
        "{}",
        page.body
    );
    let none = site.post(&at, &cookie, "move=grant&reason=").await;
    assert_eq!(none.status, 400, "no reason");
    let less = "move=grant&item=contract/HTBH&purpose=subsidy&reason=enough";
    assert_eq!(site.post(&at, &cookie, less).await.status, 303);
    let page = site.get_with(&at, &[("cookie", &cookie)]).await;
    crate::html::check("a grant", &page.body);
    assert!(!page.body.contains("value=\"grant\""), "it was answered");
    assert_eq!(
        site.post(&at, &cookie, "move=rule&reason=x").await.status,
        403
    );
    assert_eq!(
        site.post(&at, &cookie, "move=nonsense&reason=x")
            .await
            .status,
        403
    );
    assert_eq!(
        site.post(&at, &cookie, "move=end&reason=done").await.status,
        303
    );
}

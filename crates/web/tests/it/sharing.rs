//! Sharing over HTTP: a look by a machine for a named officer and by an officer at the page; what is
//! refused, and how; what the interface tells of grants.

use crate::site::{BY, HOSTILE_CODE, ORDINARY, TestSite, appointment};
use axum::body::Body;
use credit::people::{AccountKind, Role};
use exchange::people::{self, Person};

/// A machine's key, for an agency and role.
pub(crate) async fn key(site: &TestSite, login: &str, role: Role, agency: &str) -> String {
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_defers_on_the_page_and_the_auditor_reads_it() {
    let site = TestSite::new().await;
    let officer = [appointment(Role::SharingOfficer, "tax")];
    let officer = site.link_of("defers.tax", &officer).await;
    let officer = site.enter_by(&officer).await;
    let page = site
        .get_with("/sharing/deferrals", &[("cookie", &officer)])
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    crate::html::check("deferrals", &page.body);
    let law = "%E4%B8%AA%E4%BA%BA%E4%BF%A1%E6%81%AF%E4%BF%9D%E6%8A%A4%E6%B3%95+18%E3%80%8135";
    let form = format!("agency=tax&case=T-1&law={law}&until=2026-12-01&reason=inquiry");
    for bad in [
        form.replace("2026-12-01", ""),
        form.replace("2026-12-01", "2028-01-01"),
        form.replace(law, "nothing"),
        form.replace("T-1", ""),
    ] {
        let refused = site.post("/sharing/deferrals", &officer, &bad).await;
        assert_eq!(refused.status, 422, "{bad}");
        crate::html::check("a form that is shown again", &refused.body);
        assert!(
            refused.body.contains("value=\"inquiry\""),
            "what was typed is kept"
        );
    }
    let foreign = form.replace("agency=tax", "agency=samr");
    let foreign = site.post("/sharing/deferrals", &officer, &foreign).await;
    assert_eq!(foreign.status, 403);
    let made = site.post("/sharing/deferrals", &officer, &form).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let auditor = [appointment(Role::Auditor, "credit-centre")];
    let auditor = site.link_of("reads.all", &auditor).await;
    let auditor = site.enter_by(&auditor).await;
    for lang in ["zh", "en", "ru"] {
        let at = format!("/sharing/deferrals?lang={lang}");
        let page = site.get_with(&at, &[("cookie", &auditor)]).await;
        crate::html::check("deferrals", &page.body);
        assert!(page.body.contains("T-1") && page.body.contains("2026-12-01"));
        assert!(
            !page
                .body
                .contains("<form method=\"post\" action=\"/sharing/deferrals\"")
        );
    }
    let denied = site.post("/sharing/deferrals", &auditor, &form).await;
    assert_eq!(denied.status, 403);
}

async fn send(
    site: &TestSite,
    key: &str,
    path: &str,
    body: &serde_json::Value,
) -> crate::site::Answer {
    let headers = [
        ("authorization", key),
        ("content-type", "application/json"),
        ("accept-language", "en"),
    ];
    let body = Body::from(body.to_string());
    site.send("POST", path, &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn grants_are_asked_for_answered_and_disputed_by_machines_for_officers() {
    let site = TestSite::new().await;
    for (login, agency) in [("asks.tax", "tax"), ("answers.pr", "public-resource")] {
        let link = [appointment(Role::SharingOfficer, agency)];
        let link = site.link_of(login, &link).await;
        site.enter_by(&link).await;
    }
    let tax = key(&site, "tax.gateway", Role::MachineClient, "tax").await;
    let supplier = key(&site, "pr.gateway", Role::MachineClient, "public-resource").await;
    let ask = serde_json::json!({
        "supplier": "public-resource", "items": ["contract/HTBH", "contract/HTJE"],
        "purposes": ["subsidy"], "kinds": ["enterprise"], "basis": "law", "per_day": 9, "in_all": 9,
        "reason": "why", "officer": "asks.tax",
    });
    let with = |name: &str, value: serde_json::Value| {
        let mut other = ask.clone();
        other[name] = value;
        other
    };
    for (body, status) in [
        (with("items", serde_json::json!(["contract/NONE"])), 400),
        (with("purposes", serde_json::json!([])), 400),
        (with("reason", "".into()), 400),
        (with("until", "soon".into()), 400),
        (with("more", 1.into()), 400),
        (with("agency", "samr".into()), 403),
        (with("officer", "answers.pr".into()), 403),
        (with("officer", "nobody.here".into()), 404),
    ] {
        let answer = send(&site, &tax, "/api/v1/grants", &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let asked = send(&site, &tax, "/api/v1/grants", &ask).await;
    assert_eq!(asked.status, 201, "{}", asked.body);
    assert_eq!(asked.json()["state"], "asked");
    let at = format!("{}/moves", asked.header("location"));
    let step = |what: &str, officer: &str| serde_json::json!({ "move": what, "reason": "because", "officer": officer });
    // Neither the machine nor the officer alone is enough, and nobody answers for another agency.
    for (gate, body, status) in [
        (&tax, step("refuse", "answers.pr"), 403),
        (&supplier, step("refuse", "asks.tax"), 403),
        (&tax, step("dispute", "asks.tax"), 400),
        (&tax, step("nonsense", "asks.tax"), 400),
        (&supplier, step("uphold", "answers.pr"), 403),
    ] {
        let answer = send(&site, gate, &at, &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
    }
    for (gate, what, officer, state) in [
        (&supplier, "refuse", "answers.pr", "refused"),
        (&tax, "dispute", "asks.tax", "disputed"),
        (&supplier, "escalate", "answers.pr", "escalated"),
    ] {
        let moved = send(&site, gate, &at, &step(what, officer)).await;
        assert_eq!(moved.status, 200, "{}", moved.body);
        assert_eq!(moved.json()["state"], state);
    }
    let again = send(&site, &tax, "/api/v1/grants", &ask).await;
    let at = format!("{}/moves", again.header("location"));
    let mut less = step("grant", "answers.pr");
    less["items"] = serde_json::json!(["contract/HTBH"]);
    less["per_day"] = 3.into();
    let given = send(&site, &supplier, &at, &less).await;
    assert_eq!(given.status, 200, "{}", given.body);
    let headers = [("authorization", tax.as_str())];
    let full = site
        .get_with(again.header("location"), &headers)
        .await
        .json();
    assert_eq!(
        full["granted"]["items"],
        serde_json::json!(["contract/HTBH"])
    );
    assert_eq!(
        (&full["granted"]["per_day"], &full["in_force"]),
        (&3.into(), &true.into())
    );
}

/// What is asked for again and again in these tests.
fn wanted(key: &str) -> serde_json::Value {
    serde_json::json!({
        "supplier": "public-resource", "items": ["contract/HTBH", "contract/HTJE"],
        "purposes": ["subsidy"], "kinds": ["enterprise"], "basis": "law", "per_day": 9, "in_all": 9,
        "reason": "why", "officer": "asks.tax", "key": key,
    })
}

/// The officers of an asker, a supplier and the authority above, and a key for the system of each.
async fn three(site: &TestSite) -> [String; 3] {
    let mut keys = Vec::new();
    for (login, role, machine, agency) in [
        ("asks.tax", Role::SharingOfficer, Role::MachineClient, "tax"),
        (
            "answers.pr",
            Role::SharingOfficer,
            Role::MachineClient,
            "public-resource",
        ),
        (
            "settles.centre",
            Role::CentreClerk,
            Role::CentreClerk,
            "credit-centre",
        ),
    ] {
        let link = site.link_of(login, &[appointment(role, agency)]).await;
        site.enter_by(&link).await;
        keys.push(key(site, &format!("{login}.gateway"), machine, agency).await);
    }
    keys.try_into().expect("three")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_for_a_grant_that_is_sent_again_makes_one_grant() {
    for site in TestSite::each().await {
        let [tax, supplier, _] = three(&site).await;
        let ask = async |body: &serde_json::Value| send(&site, &tax, "/api/v1/grants", body).await;
        let first = ask(&wanted("2026-17")).await;
        assert_eq!(first.status, 201, "{}", first.body);
        let at = first.header("location").to_owned();
        let again = ask(&wanted("2026-17")).await;
        assert_eq!((again.status.as_u16(), &again.body), (200, &first.body));
        assert_eq!(again.header("location"), at);
        // Whatever became of it meanwhile, and on a later day, whose days the request leaves open.
        let no = serde_json::json!({ "move": "refuse", "reason": "no", "officer": "answers.pr" });
        let refused = send(&site, &supplier, &format!("{at}/moves"), &no).await;
        assert_eq!(refused.status, 200, "{}", refused.body);
        site.clock.advance(2 * 86_400_000_000);
        let later = ask(&wanted("2026-17")).await;
        assert_eq!(later.status, 200, "{}", later.body);
        assert_eq!(later.json()["state"], "refused");
        // The same key for other words, one that is none; another key is another request.
        for (name, value, status) in [
            ("reason", "another".into(), 400),
            ("per_day", 8.into(), 400),
            ("items", serde_json::json!(["contract/HTBH"]), 400),
            ("until", "2026-12-31".into(), 400),
            ("key", "a b".into(), 400),
            ("key", "x".repeat(65).into(), 400),
            ("key", "2026-18".into(), 201),
            ("key", "".into(), 201),
        ] {
            let mut other = wanted("2026-17");
            other[name] = value;
            let answer = ask(&other).await;
            assert_eq!(answer.status, status, "{other}: {}", answer.body);
        }
        // Two that come at once are one.
        let body = wanted("2026-19");
        let (left, right) = tokio::join!(ask(&body), ask(&body));
        let mut codes = [left.status.as_u16(), right.status.as_u16()];
        codes.sort_unstable();
        assert_eq!(codes, [200, 201], "{} {}", left.body, right.body);
        assert_eq!(left.json()["id"], right.json()["id"]);
        let headers = [("authorization", tax.as_str())];
        let all = site.get_with("/api/v1/grants", &headers).await.json();
        assert_eq!(all["grants"].as_array().map(Vec::len), Some(4), "{all}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dispute_of_a_grant_is_decided_by_the_authority_above_through_the_api() {
    for site in TestSite::each().await {
        let [tax, supplier, centre] = three(&site).await;
        let step = |what: &str, officer: &str| serde_json::json!({ "move": what, "reason": "because", "officer": officer });
        for (decision, end) in [("overrule", "granted"), ("uphold", "denied")] {
            let asked = send(&site, &tax, "/api/v1/grants", &wanted(decision)).await;
            assert_eq!(asked.status, 201, "{}", asked.body);
            let at = asked.header("location").to_owned();
            let moves = format!("{at}/moves");
            let settle = step(decision, "settles.centre");
            for (gate, what, officer, state) in [
                (&supplier, "refuse", "answers.pr", "refused"),
                (&tax, "dispute", "asks.tax", "disputed"),
                (&tax, "escalate", "asks.tax", "escalated"),
            ] {
                // Nothing is decided above before it was put there.
                let early = send(&site, &centre, &moves, &settle).await;
                assert_eq!(early.status, 403, "{what}: {}", early.body);
                let moved = send(&site, gate, &moves, &step(what, officer)).await;
                assert_eq!(moved.status, 200, "{what}: {}", moved.body);
                assert_eq!(moved.json()["state"], state);
            }
            // By the authority's system for the authority's officer, and by no other pair.
            for (gate, officer, status) in [
                (&tax, "settles.centre", 403),
                (&supplier, "settles.centre", 403),
                (&centre, "asks.tax", 403),
                (&centre, "answers.pr", 403),
                (&centre, "nobody.here", 404),
            ] {
                let refused = send(&site, gate, &moves, &step(decision, officer)).await;
                assert_eq!(refused.status, status, "{officer}: {}", refused.body);
            }
            let mut silent = settle.clone();
            silent["reason"] = "".into();
            let refused = send(&site, &centre, &moves, &silent).await;
            assert_eq!(refused.status, 400, "no reason: {}", refused.body);
            let settled = send(&site, &centre, &moves, &settle).await;
            assert_eq!(settled.status, 200, "{}", settled.body);
            assert_eq!(settled.json()["state"], end);
            // Once: what was decided is decided, for all three.
            for (gate, what, officer) in [
                (&centre, decision, "settles.centre"),
                (&supplier, "refuse", "answers.pr"),
                (&tax, "dispute", "asks.tax"),
            ] {
                let over = send(&site, gate, &moves, &step(what, officer)).await;
                assert_eq!(over.status, 403, "{what}: {}", over.body);
            }
            // Each step is dated, with its party, its reason and the day by which the next was due.
            let headers = [("authorization", centre.as_str())];
            let full = site.get_with(&at, &headers).await.json();
            let steps = full["steps"].as_array().expect("steps");
            let told: Vec<(&str, &str, bool)> = steps
                .iter()
                .map(|one| {
                    assert!(one["at"].is_string() && one["reason"] != "", "{one}");
                    let text = |name: &str| one[name].as_str().unwrap_or_default();
                    (text("what"), text("party"), one["due"].is_string())
                })
                .collect();
            assert_eq!(
                told,
                [
                    ("ask", "asker", true),
                    ("refuse", "supplier", false),
                    ("dispute", "asker", true),
                    ("escalate", "asker", true),
                    (decision, "authority", false),
                ]
            );
            assert_eq!(full["in_force"], decision == "overrule", "{full}");
        }
        let office = &site.site.office;
        let found = exchange::journal::audit(&office.store).await;
        let found = found.expect("an audit").findings;
        assert!(found.is_empty(), "{found:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_auditors_system_reads_what_the_auditors_page_shows() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let [grant, _] = site.shared().await;
    let form = format!("grant={grant}&purpose=subsidy&case=b2&code={ORDINARY}");
    assert_eq!(
        site.post("/sharing/lookup", &cookie, &form).await.status,
        200
    );
    let other = form.replace("subsidy", "public-procurement");
    assert_eq!(
        site.post("/sharing/lookup", &cookie, &other).await.status,
        403
    );
    exchange::openings::settle(&site.site.office)
        .await
        .expect("settled");
    let auditor = key(&site, "audit.gateway", Role::Auditor, "credit-centre").await;
    let headers = [("authorization", auditor.as_str())];
    let month = site
        .get_with("/api/v1/look-audit?month=2026-11", &headers)
        .await;
    assert_eq!(month.status, 200, "{}", month.body);
    assert_eq!(month.header("cache-control"), "private, no-store");
    let month = month.json();
    assert_eq!(month["officers"][0]["looks"], 1);
    assert_eq!(
        (&month["refused"][0]["why"], &month["refused"][0]["times"]),
        (&"purpose".into(), &1.into())
    );
    let day = &month["days"][0];
    assert_eq!(
        (&day["opened"], &day["written"], &day["opened_more"]),
        (&1.into(), &1.into(), &false.into())
    );
    let wrong = site
        .get_with("/api/v1/look-audit?month=soon", &headers)
        .await;
    assert_eq!(wrong.status, 400);
    let tax = key(&site, "tax.gateway", Role::MachineClient, "tax").await;
    let refused = site
        .get_with("/api/v1/look-audit", &[("authorization", &tax)])
        .await;
    assert_eq!(refused.status, 403);
    for lang in ["zh", "en", "ru"] {
        let page = site
            .get_with(
                &format!("/sharing/officers?lang={lang}"),
                &[("cookie", &cookie)],
            )
            .await;
        assert_eq!(page.status, 200, "{}", page.body);
        crate::html::check("officers", &page.body);
        assert!(!page.body.contains(ORDINARY), "nothing of a subject");
    }
}

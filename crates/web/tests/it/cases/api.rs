//! Cases by the interface: an enterprise's own system objects, a supplier's answers; other machines are told
//! that there is nothing.

use super::{PROOF, act, record, representative};
use crate::site::{Answer, BY, HOSTILE_CODE as FIRM, ORDINARY, ORGAN, TestSite, appointment};
use axum::body::Body;
use axum::http::StatusCode;
use credit::people::{AccountKind, Role};
use exchange::people::{self, NewAppointment, Person};

/// A machine's header of authority.
pub(super) async fn machine(site: &TestSite, login: &str, to: &[NewAppointment]) -> String {
    let office = &site.site.office;
    let person = Person {
        login: login.to_owned(),
        name: "A system".to_owned(),
    };
    let made = people::add(office, AccountKind::Machine, &person, to, BY).await;
    let id = made.expect("an account").0;
    let key = people::machine::key(office, id, 9, BY).await;
    format!("Bearer {}", key.expect("a key").shown())
}

pub(super) async fn get(site: &TestSite, key: &str, at: &str) -> Answer {
    site.get_with(at, &[("authorization", key)]).await
}

async fn send(
    site: &TestSite,
    key: &str,
    at: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &str)>,
) -> Answer {
    let part = |name: &str, more: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let fields = fields.iter().map(|(name, value)| part(name, "", value));
    let mut body: String = fields.collect();
    if let Some((name, text)) = file {
        body += &part("file", &format!("; filename=\"{name}\""), text);
    }
    let headers = [
        ("content-type", "multipart/form-data; boundary=b"),
        ("authorization", key),
    ];
    let body = Body::from(body + "--b--\r\n");
    site.send("POST", at, &headers, body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn systems_object_and_answer_by_the_interface() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, FIRM, "rep.one").await;
    let firm = machine(&site, "firm.erp", &[]).await;
    let form = "name=ERP&login=firm.erp&reason=x&task=cases";
    let given = site.post(&format!("/my/{own}/clerks"), &cookie, form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let mandates = get(&site, &firm, "/api/v1/my").await.json();
    let mandate = mandates["mandates"][0]["id"].as_str().expect("a mandate");
    let at = format!("/api/v1/my/{mandate}/cases");
    let facts = get(&site, &firm, &format!("/api/v1/my/{mandate}/facts")).await;
    let record = record(&site).await;
    assert!(facts.body.contains(&record), "{}", facts.body);
    let fields = [
        ("kind", "objection"),
        ("record", record.as_str()),
        ("key", "2026-1"),
        ("choice", "wrong"),
        ("reason", "the address is not ours"),
    ];
    let active = ("x.pdf", "%PDF-1.4 << /OpenAction 1 0 R >>");
    let refused = send(&site, &firm, &at, &fields, Some(active)).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    let filed = send(&site, &firm, &at, &fields, Some(PROOF)).await;
    assert_eq!(filed.status, StatusCode::CREATED, "{}", filed.body);
    let one = filed.header("location").to_owned();
    let again = send(&site, &firm, &at, &fields, Some(PROOF)).await;
    assert_eq!((again.status, again.body), (StatusCode::OK, filed.body));
    let whole = get(&site, &firm, &one).await.json();
    assert_eq!(whole["case"]["state"], "filed");
    assert_eq!(
        whole["moves"][0]["said"]["reason"],
        "the address is not ours"
    );
    let file = get(&site, &firm, &format!("{one}/files/1/1")).await;
    assert_eq!(
        (file.header("content-type"), file.body.as_str()),
        ("application/pdf", PROOF.1)
    );
    let list = get(&site, &firm, &at).await.json();
    assert_eq!(
        (
            list["cases"].as_array().map(Vec::len),
            list["next"].is_null()
        ),
        (Some(1), true)
    );
    // Machines of others, and the desk's doors, are shut to it.
    let id = whole["case"]["id"].as_str().expect("an id").to_owned();
    let samr = machine(
        &site,
        "samr.gateway",
        &[appointment(Role::MachineClient, "samr")],
    )
    .await;
    let tax = machine(
        &site,
        "tax.gateway",
        &[appointment(Role::MachineClient, "tax")],
    )
    .await;
    let desk = format!("/api/v1/legal-cases/{id}");
    for (key, path, status) in [
        (&samr, &one, 404),
        (&tax, &desk, 404),
        (&firm, &desk, 403),
        (&samr, &desk, 200),
    ] {
        assert_eq!(
            get(&site, key, path).await.status.as_u16(),
            status,
            "{path}"
        );
    }
    let li = site.enter("Li").await;
    let forwarded = act(&site, &li, &id, "forward", "1", "").await;
    assert_eq!(
        forwarded.status,
        StatusCode::SEE_OTHER,
        "{}",
        forwarded.body
    );
    let queue = get(&site, &samr, "/api/v1/legal-cases?who=supplier")
        .await
        .json();
    assert_eq!(queue["cases"][0]["id"], id.as_str());
    let moves = format!("{desk}/moves");
    let answer = [
        ("move", "uphold"),
        ("seen", "2"),
        ("officer", "li.test"),
        ("reason", "the register has it so"),
    ];
    for _ in 0..2 {
        let upheld = send(&site, &samr, &moves, &answer, None).await;
        assert_eq!(upheld.status, StatusCode::OK, "{}", upheld.body);
        assert_eq!(upheld.json()["seen"], 3);
    }
    let nobody = send(&site, &samr, &moves, &answer[..2], None).await;
    assert_eq!(
        nobody.status,
        StatusCode::NOT_FOUND,
        "no officer: {}",
        nobody.body
    );
    let what = [("move", "ask-review"), ("seen", "3"), ("reason", "not so")];
    let asked = send(&site, &firm, &format!("{one}/moves"), &what, None).await;
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.body);
}

/// Every address of a mandate is shut to a machine without it, and to one with another task.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mandates_addresses_are_shut_to_every_other_machine() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, ORDINARY, "rep.one").await;
    let looks = machine(&site, "firm.looks", &[]).await;
    let form = "name=ERP&login=firm.looks&reason=x&task=looks";
    let given = site.post(&format!("/my/{own}/clerks"), &cookie, form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let mandates = get(&site, &looks, "/api/v1/my").await.json();
    let theirs = mandates["mandates"][0]["id"]
        .as_str()
        .expect("one")
        .to_owned();
    let agency = format!("Bearer {}", site.code);
    let id = "0".repeat(32);
    let mut wrong = Vec::new();
    for (key, mandate, status) in [
        (looks.as_str(), &theirs, 403),
        (looks.as_str(), &own, 404),
        (agency.as_str(), &theirs, 404),
        ("", &theirs, 401),
    ] {
        for (method, end) in [
            ("GET", "facts".to_owned()),
            ("GET", "cases".to_owned()),
            ("POST", "cases".to_owned()),
            ("GET", format!("cases/{id}")),
            ("POST", format!("cases/{id}/moves")),
            ("GET", format!("cases/{id}/files/1/1")),
        ] {
            let at = format!("/api/v1/my/{mandate}/{end}");
            let answer = site
                .send(method, &at, &[("authorization", key)], Body::empty())
                .await;
            if answer.status.as_u16() != status {
                wrong.push(format!("{method} {at}: {} and not {status}", answer.status));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// An enterprise's system reads who looked, page by page, by a mandate with that task and by no other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_system_reads_who_looked_at_its_enterprise() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, ORDINARY, "rep.one").await;
    let (_, other) = representative(&site, FIRM, "rep.two").await;
    let mut keys = Vec::new();
    for task in ["looks", "cases"] {
        let login = format!("firm.{task}");
        let key = machine(&site, &login, &[]).await;
        let form = format!("name=ERP&login={login}&reason=x&task={task}");
        let given = site
            .post(&format!("/my/{own}/clerks"), &cookie, &form)
            .await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        let mandates = get(&site, &key, "/api/v1/my").await.json();
        let id = mandates["mandates"][0]["id"].as_str().expect("one");
        keys.push((key, id.to_owned()));
    }
    let [(looks, mandate), (cases, theirs)] = &keys[..] else {
        panic!("two")
    };
    // More than a page of looks by an officer at the window.
    for number in 0..60 {
        site.clock.advance(1_000_000);
        let case = format!("2026-{number}");
        let window = exchange::report::window("Wang", "tax office", &case);
        let (officer, case) = window.expect("named");
        let ask = exchange::report::Ask::default();
        let seen = exchange::report::own(&site.site.office, ORDINARY, officer, case, &ask);
        seen.await.expect("a look");
    }
    // What is read now is newer than all of them.
    site.clock.advance(1_000_000);
    let at = format!("/api/v1/my/{mandate}/looks");
    let (mut cases_seen, mut next) = (Vec::new(), String::new());
    for _ in 0..4 {
        let page = get(&site, looks, &format!("{at}{next}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert_eq!(page.header("cache-control"), "private, no-store");
        let page = page.json();
        for one in page["looks"].as_array().expect("looks") {
            if one["own"] == false {
                assert_eq!(
                    (&one["officer"], &one["agency"]),
                    (&"Wang".into(), &"tax office".into())
                );
                assert!(
                    one["event"]
                        .as_str()
                        .is_some_and(|one| one.starts_with("access:"))
                );
                cases_seen.push(one["case"].as_str().expect("a case").to_owned());
            }
        }
        match page["next"].as_str() {
            Some(cursor) => next = format!("?after={cursor}"),
            None => break,
        }
    }
    assert_eq!(cases_seen.first().map(String::as_str), Some("2026-59"));
    assert_eq!(cases_seen.len(), 60, "each once: {cases_seen:?}");
    // Deny by default: another task, another's mandate, the representative's, none; a cursor that is none.
    let agency = format!("Bearer {}", site.code);
    for (key, mandate, end, status) in [
        (cases, theirs, "", 403),
        (cases, mandate, "", 404),
        (looks, &other, "", 404),
        (looks, &own, "", 404),
        (&agency, mandate, "", 404),
        (&String::new(), mandate, "", 401),
        (looks, mandate, "?after=zz", 400),
    ] {
        let path = format!("/api/v1/my/{mandate}/looks{end}");
        let answer = get(&site, key, &path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
    }
    // Reading was a look itself, and an ended mandate reads nothing.
    let again = get(&site, looks, &at).await.json();
    assert_eq!(again["looks"][0]["own"], true, "{again}");
    let end = format!("/my/{own}/clerks/{mandate}/end");
    let ended = site.post(&end, &cookie, "").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    assert_eq!(get(&site, looks, &at).await.status, StatusCode::NOT_FOUND);
}

/// A promise is made, sent again, accepted and kept by systems alone.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn systems_make_a_promise_once_and_accept_it() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, ORDINARY, "rep.one").await;
    site.enter("Li").await;
    let firm = machine(&site, "firm.erp", &[]).await;
    let form = "name=ERP&login=firm.erp&reason=x&task=cases";
    let given = site.post(&format!("/my/{own}/clerks"), &cookie, form).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let mandates = get(&site, &firm, "/api/v1/my").await.json();
    let mandate = mandates["mandates"][0]["id"].as_str().expect("a mandate");
    let at = format!("/api/v1/my/{mandate}/cases");
    let bare = [
        ("kind", "promise"),
        ("agency", ORGAN),
        ("key", "P-1"),
        ("choice", "voluntary"),
        ("reason", "sound advertising"),
        ("promise-content", "to check every advertisement"),
        ("promise-liability", "as the law says"),
    ];
    let without = send(&site, &firm, &at, &bare, None).await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST, "{}", without.body);
    let whole = [&bare[..], &[("promise-open", "可向社会公开")]].concat();
    let made = send(&site, &firm, &at, &whole, None).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let again = send(&site, &firm, &at, &whole, None).await;
    assert_eq!((again.status, &again.body), (StatusCode::OK, &made.body));
    // The same key with other words, or to another agency, is a mistake of the sender's.
    let mut other = whole.clone();
    other[4].1 = "other matters";
    let refused = send(&site, &firm, &at, &other, None).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    let mut other = whole.clone();
    other[1].1 = "nobody";
    let refused = send(&site, &firm, &at, &other, None).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.body);
    let list = get(&site, &firm, &at).await.json();
    assert_eq!(list["cases"].as_array().map(Vec::len), Some(1));
    let id = made.json()["id"].as_str().expect("an id").to_owned();
    let to = [appointment(Role::MachineClient, ORGAN)];
    let organ = machine(&site, "organ.gateway", &to).await;
    let desk = format!("/api/v1/legal-cases/{id}");
    let shown = get(&site, &organ, &desk).await.json();
    let said = &shown["moves"][0]["said"];
    assert_eq!(said["promise-content"], "to check every advertisement");
    let fields = [
        ("move", "accept"),
        ("seen", "1"),
        ("officer", "li.test"),
        ("document-kind", "信用承诺书"),
        ("document-number", "99010020261122000001"),
        ("document-day", "2026-11-22"),
        ("document-organ", "云汀市市场监督管理局"),
    ];
    let moves = format!("{desk}/moves");
    let accepted = send(&site, &organ, &moves, &fields, None).await;
    assert_eq!(accepted.status, StatusCode::OK, "{}", accepted.body);
    let whole = get(&site, &firm, made.header("location")).await.json();
    assert_eq!(whole["case"]["state"], "accepted");
}

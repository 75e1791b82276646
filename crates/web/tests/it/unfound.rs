//! Rights 7: no search, match, suggestion, preview or extension door knows the names of
//! representatives or the numbers of persons. Every such door is asked for every representative of
//! the fixture, and answers as for a name that nobody bears, in the same time.

use crate::site::{NUMBER, PERSON, TestSite, sample};
use axum::body::Body;
use exchange::search::{Followed, Names};
use serde_json::json;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A surname and names that stand in no file of the samples, of any length.
const NOBODY: [char; 4] = ['魃', '彧', '霱', '翀'];

/// Representatives of the fixture's registrations, and the one that it was given.
fn representatives() -> BTreeSet<String> {
    let registration = sample("01-registration.csv");
    let mut rows = registration.lines();
    let title = |line: &str| line.split(',').position(|title| title == "法人代表");
    let column = rows
        .next()
        .and_then(title)
        .expect("a column of representatives");
    let named = rows
        .take(60)
        .filter_map(|row| row.split(',').nth(column).map(str::to_owned));
    named
        .filter(|name| !name.is_empty())
        .chain([PERSON.to_owned()])
        .collect()
}

/// Somebody of as many characters whom nobody knows.
fn nobody(name: &str) -> String {
    name.chars().zip(NOBODY).map(|(_, one)| one).collect()
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// How a door is asked for a text.
type Asked = fn(&str) -> (&'static str, String, &'static str, String);

const FORM: &str = "application/x-www-form-urlencoded";

/// Every door behind which names or codes are looked for, and how its request is made.
const DOORS: [(&str, Asked); 15] = [
    ("search page", |text| {
        get(format!("/search?lang=en&q={}", encoded(text)))
    }),
    ("subject page", |text| {
        get(format!("/subjects/{}?lang=en", encoded(text)))
    }),
    ("report page", |text| {
        get(format!("/subjects/{}/report?lang=en", encoded(text)))
    }),
    ("API names", |text| {
        get(format!("/api/v1/subjects?lang=en&name={}", encoded(text)))
    }),
    ("API subject", |text| {
        get(format!("/api/v1/subjects/{}?lang=en", encoded(text)))
    }),
    ("API report", |text| {
        get(format!("/api/v1/subjects/{}/report?lang=en", encoded(text)))
    }),
    ("API PDF", |text| {
        get(format!(
            "/api/v1/subjects/{}/report.pdf?lang=en",
            encoded(text)
        ))
    }),
    ("match by name", |text| {
        let properties = json!({"name": [text], "alias": text, "previousName": text});
        matching(&properties)
    }),
    ("match by code", |text| {
        matching(&json!({"uscCode": text, "idNumber": text, "registrationNumber": text}))
    }),
    ("reconcile by address", |text| {
        let queries = json!({"q": {"query": text, "limit": 50}}).to_string();
        get(format!(
            "/api/v1/reconcile?lang=en&queries={}",
            encoded(&queries)
        ))
    }),
    ("reconcile by form", |text| {
        let hints = json!([{"pid": "other-names", "v": text}, {"pid": "code", "v": text}]);
        let queries = json!({"q": {"query": text, "properties": hints, "type": "organisation"}});
        form("queries", &queries)
    }),
    ("reconcile extension", |text| {
        let wanted = json!([{"id": "uscc"}, {"id": "other-names"}, {"id": "kind"}]);
        form("extend", &json!({"ids": [text], "properties": wanted}))
    }),
    ("suggest", |text| {
        get(format!(
            "/api/v1/reconcile/suggest/entity?lang=en&prefix={}",
            encoded(text)
        ))
    }),
    ("suggest a beginning", |text| {
        let some: String = text.chars().take(2).collect();
        get(format!(
            "/api/v1/reconcile/suggest/entity?lang=en&prefix={}",
            encoded(&some)
        ))
    }),
    ("preview", |text| {
        get(format!(
            "/api/v1/reconcile/preview/{}?lang=en",
            encoded(text)
        ))
    }),
];

fn get(path: String) -> (&'static str, String, &'static str, String) {
    ("GET", path, "", String::new())
}

fn matching(properties: &serde_json::Value) -> (&'static str, String, &'static str, String) {
    let batch = json!({"queries": {"q": {"schema": "LegalEntity", "properties": properties}}});
    let path = "/api/v1/match?lang=en&cutoff=0&limit=50".to_owned();
    ("POST", path, "application/json", batch.to_string())
}

fn form(field: &str, value: &serde_json::Value) -> (&'static str, String, &'static str, String) {
    let body = format!("{field}={}", encoded(&value.to_string()));
    ("POST", "/api/v1/reconcile?lang=en".to_owned(), FORM, body)
}

/// Status and body of an answer, in which what was asked for is put out of sight.
async fn ask(site: &TestSite, door: Asked, text: &str) -> (u16, String) {
    let (method, path, kind, body) = door(text);
    let headers = [("content-type", kind)];
    let answer = site.send(method, &path, &headers, Body::from(body)).await;
    let some: String = text.chars().take(2).collect();
    let mut said = answer.body;
    for asked in [text.to_owned(), encoded(text), encoded(&some)] {
        said = said.replace(&asked, "ASKED");
    }
    (answer.status.as_u16(), said)
}

/// The site, without the derived index and with it.
async fn sites() -> [(&'static str, TestSite); 2] {
    let plain = TestSite::new().await;
    let mut indexed = TestSite::new().await;
    let names = Names::in_memory();
    let office = &indexed.site.office;
    while names.follow(office).await.expect("followed") != Followed::Added(0) {}
    indexed.router = web::router(indexed.site.clone().with_names(names));
    [("tables", plain), ("index", indexed)]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_every_door_answers_for_a_representative_as_for_nobody() {
    let persons = representatives();
    assert!(persons.len() > 5, "{persons:?}");
    for (kind, site) in sites().await {
        for (door, asked) in DOORS {
            for person in &persons {
                let known = ask(&site, asked, person).await;
                let unknown = ask(&site, asked, &nobody(person)).await;
                assert_eq!(known, unknown, "{kind}, {door}: {person}");
            }
            // A citizen's number that is on file answers as any other number of that shape.
            let known = ask(&site, asked, NUMBER).await;
            let unknown = ask(&site, asked, "110105194912310011").await;
            assert_eq!(known.0, unknown.0, "{kind}, {door}: a number");
            assert!(!known.1.contains(NUMBER), "{kind}, {door}: {}", known.1);
        }
    }
}

/// The middle of some times, the known name's and the unknown one's taken in turn, so that what else
/// the machine does falls on both. The unknown one has the same characters in another order, which
/// nobody bears: what a character costs by itself (whether it has a pinyin, how common it is) falls on
/// both too.
async fn medians(site: &TestSite, door: Asked, person: &str) -> (Duration, Duration) {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let other: String = person.chars().rev().collect();
    for _ in 0..41 {
        for (text, times) in [(person, &mut known), (&other, &mut unknown)] {
            let begun = Instant::now();
            ask(site, door, text).await;
            times.push(begun.elapsed());
        }
    }
    let middle = |mut times: Vec<Duration>| {
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    };
    (middle(known), middle(unknown))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_and_in_the_same_time() {
    for (kind, site) in sites().await {
        for (door, asked) in DOORS {
            // A busy machine may disturb one comparison; a leak would show in each.
            let mut seen = Vec::new();
            let even = loop {
                let (known, unknown) = medians(&site, asked, PERSON).await;
                seen.push((known, unknown));
                let tolerance = known.max(unknown) / 4 + Duration::from_micros(100);
                if known.abs_diff(unknown) <= tolerance {
                    break true;
                }
                if seen.len() == 5 {
                    break false;
                }
            };
            assert!(even, "{kind}, {door}: {seen:?}");
        }
    }
}

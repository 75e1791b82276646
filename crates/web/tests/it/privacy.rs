//! Nobody reaches a person through a public door: not by name, number or code.

use crate::site::{HOSTILE_CODE, NUMBER, PERSON, TestSite};
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_public_door_shows_a_person() {
    let site = TestSite::new().await;
    let at = site
        .get(&format!("/search?q={HOSTILE_CODE}"))
        .await
        .header("location")
        .to_owned();
    let name = "%E6%AC%A7%E9%98%B3%E6%A2%93%E8%90%B1";
    let doors = [
        at.clone(),
        format!("{at}/report"),
        format!("/search?q={name}&lang=en"),
        format!("/search?q={NUMBER}"),
        format!("/api/v1/subjects?name={name}"),
        format!("/api/v1/subjects/{NUMBER}"),
        format!("/api/v1/subjects/{HOSTILE_CODE}"),
        format!("/api/v1/subjects/{HOSTILE_CODE}/report"),
        format!("/api/v1{at}"),
    ];
    for door in doors {
        let answer = site.get(&door).await;
        // What the reader typed may stand in the search box; nothing else of a person may.
        let body = answer
            .body
            .replace(&format!("value=\"{PERSON}\""), "")
            .replace(&format!("value=\"{NUMBER}\""), "");
        assert!(!body.contains(PERSON), "{door} shows the representative");
        assert!(!body.contains(NUMBER), "{door} shows a citizen's number");
    }
    let hits = site
        .get(&format!("/api/v1/subjects?name={name}"))
        .await
        .json();
    assert_eq!(hits["subjects"].as_array().map(Vec::len), Some(0), "{hits}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_of_an_individual_business_answers_like_an_unknown_one() {
    let site = TestSite::new().await;
    // 92…: an individual business; 91…: a firm that is not on file. Both codes are valid.
    let (business, unknown) = ("92110000MA0000015Y", "91110000MA00000152");
    for path in ["/api/v1/subjects/", "/subjects/", "/search?q="] {
        let one = site.get(&format!("{path}{business}")).await;
        let other = site.get(&format!("{path}{unknown}")).await;
        if path == "/api/v1/subjects/" && one.status == StatusCode::BAD_REQUEST {
            panic!("the code of the test is not valid: {}", one.body);
        }
        assert_eq!(one.status, other.status, "{path}");
        assert_eq!(
            one.body.replace(business, "CODE"),
            other.body.replace(unknown, "CODE"),
            "{path}"
        );
    }
}

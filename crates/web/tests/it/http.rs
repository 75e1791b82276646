//! What HTTP promises: what a reader already has is not sent again, what is large is packed, a
//! language that we do not speak is nobody's error, and a mark of a page is ours or refused.

use crate::site::{ORDINARY, TestSite};
use axum::body::Body;
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_reader_has_is_not_sent_again() {
    let site = TestSite::new().await;
    for path in [
        "/api/v1/themes".to_owned(),
        format!("/api/v1/subjects/{ORDINARY}"),
        format!("/api/v1/subjects/{ORDINARY}/report"),
        "/catalog/themes/penalty/schema.json".to_owned(),
        "/assets/site.css".to_owned(),
    ] {
        let first = site.get(&path).await;
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() > 10, "{path}: {tag}");
        for known in [
            tag.clone(),
            format!("W/{tag}"),
            format!("\"a\", {tag}, \"b\""),
            "*".to_owned(),
        ] {
            let again = site.get_with(&path, &[("if-none-match", &known)]).await;
            assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path} {known}");
            assert_eq!(
                (again.body.as_str(), again.header("etag")),
                ("", tag.as_str())
            );
            assert_eq!(
                again.header("content-language"),
                first.header("content-language")
            );
        }
        for other in ["", "\"\"", "garbage", "W/", tag.trim_matches('"')] {
            let again = site.get_with(&path, &[("if-none-match", other)]).await;
            assert_eq!(again.status, StatusCode::OK, "{path} {other:?}");
            assert_eq!(again.body, first.body, "{path}");
        }
        let head = site.send("HEAD", &path, &[], Body::empty()).await;
        assert_eq!(
            (head.status, head.header("etag")),
            (StatusCode::OK, tag.as_str()),
            "{path}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn large_answers_are_packed_and_small_ones_are_not() {
    let site = TestSite::new().await;
    for (path, packed) in [
        ("/api/v1/themes", true),
        ("/catalog", true),
        ("/assets/site.css", true),
        ("/healthz", false),
        ("/catalog/themes/penalty/template.xlsx", false),
    ] {
        let answer = site.get_with(path, &[("accept-encoding", "gzip")]).await;
        let encoding = answer.header("content-encoding");
        assert_eq!(encoding, if packed { "gzip" } else { "" }, "{path}");
        if packed {
            let vary = answer.headers.get_all("vary").iter();
            let vary: Vec<&str> = vary.filter_map(|value| value.to_str().ok()).collect();
            let vary = vary.join(", ").to_lowercase();
            assert!(vary.contains("accept-encoding"), "{path}: {vary}");
        }
        let plain = site.get(path).await;
        assert_eq!(
            plain.header("content-encoding"),
            "",
            "{path}: nobody asked for it"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_language_that_is_not_spoken_here_is_no_error() {
    let site = TestSite::new().await;
    for (path, accepts, cookie, lang) in [
        ("/", "", "", "zh"),
        ("/", "de, fr;q=0.5", "", "zh"),
        ("/", "tlh, en-GB;q=0.9, ru;q=0.1", "", "en"),
        ("/?lang=xx", "ru", "", "ru"),
        ("/?lang=", "en", "", "en"),
        ("/?lang=en&lang=ru", "", "", "en"),
        ("/?lang=EN", "ru", "", "ru"),
        ("/", "ru", "lang=en", "en"),
        ("/", "ru", "lang=<script>; size=huge", "ru"),
        ("/", ";;;,,,q=", "a=b=c; lang", "zh"),
        ("/?lang=zh%0d%0aset-cookie:x=1", "en", "", "en"),
    ] {
        let answer = site
            .get_with(path, &[("accept-language", accepts), ("cookie", cookie)])
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let said = answer.header("content-language");
        let other = if path == "/?lang=EN" { "en" } else { lang };
        assert!(
            said == lang || said == other,
            "{path} {accepts} {cookie}: {said}"
        );
        assert!(
            answer.body.contains(&format!("<html lang=\"{said}\"")),
            "{path}"
        );
        if path.contains("xx") || path == "/?lang=" {
            assert_eq!(
                answer.header("set-cookie"),
                "",
                "{path}: nothing to remember"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mark_of_a_page_is_ours_or_refused() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let bearer = format!("Bearer {}", site.code);
    let clerk = [
        ("cookie", cookie.as_str()),
        ("authorization", bearer.as_str()),
    ];
    let submission = site.receipts[1].id;
    let names = site
        .get("/api/v1/subjects?name=%E4%BA%91%E6%B1%80")
        .await
        .json();
    let of_names = names["next"].as_str().expect("a second page").to_owned();
    let lists = [
        "/search?q=%E4%BA%91%E6%B1%80&".to_owned(),
        "/api/v1/subjects?name=%E4%BA%91%E6%B1%80&".to_owned(),
        "/supply?".to_owned(),
        "/supply/holds?".to_owned(),
        "/supply/questions?".to_owned(),
        format!("/supply/submissions/{submission}/rejects?"),
        "/api/v1/submissions?".to_owned(),
        format!("/api/v1/submissions/{submission}/rejects?"),
    ];
    for list in &lists {
        for mark in [
            "zz",
            "f",
            "00",
            "ff",
            "ffffffff",
            "%00",
            "7e",
            &"61".repeat(3_000),
        ] {
            let answer = site.get_with(&format!("{list}after={mark}"), &clerk).await;
            assert_eq!(
                answer.status,
                StatusCode::BAD_REQUEST,
                "{list} {mark}: {}",
                answer.body
            );
        }
        // A mark of another list is refused, or understood as a place in this one; it never fails.
        let foreign = site
            .get_with(&format!("{list}after={of_names}"), &clerk)
            .await;
        assert!(
            matches!(foreign.status.as_u16(), 200 | 400),
            "{list}: {} {}",
            foreign.status,
            foreign.body
        );
    }
    // A mark of a search is only a place: with other words it leads to no one else's page.
    let elsewhere = format!("/api/v1/subjects?name=%E6%B3%93%E8%A1%A1&after={of_names}");
    let elsewhere = site.get(&elsewhere).await;
    assert!(
        matches!(elsewhere.status.as_u16(), 200 | 400),
        "{}",
        elsewhere.body
    );
    for hit in elsewhere.json()["subjects"]
        .as_array()
        .into_iter()
        .flatten()
    {
        assert!(
            hit["name"]
                .as_str()
                .is_some_and(|name| name.contains("泓衡")),
            "{hit}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_ends_with_its_day_and_a_forged_one_never_begins() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let secret = cookie.strip_prefix("desk=").expect("a session");
    for forged in [
        format!("desk={}", "0".repeat(64)),
        format!("desk={}", &secret[1..]),
        format!("desk={secret}0"),
        format!(
            "desk={}",
            secret
                .to_uppercase()
                .replace(|c: char| c.is_ascii_digit(), "A")
        ),
        format!("desk= {secret} x"),
        format!("Desk={secret}"),
        format!("xdesk={secret}"),
        format!("desk=\"{secret}\""),
        "desk=.....".to_owned(),
        format!("desk={}", "9".repeat(8_000)),
    ] {
        let answer = site.get_with("/supply", &[("cookie", &forged)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{forged}");
        assert_eq!(answer.header("location"), "/account/enter");
    }
    let among = format!("a=b; {cookie}; lang=en");
    let answer = site.get_with("/supply", &[("cookie", &among)]).await;
    assert_eq!(answer.status, StatusCode::OK, "among other cookies");
}

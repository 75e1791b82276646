//! A mistyped code is told what is wrong with it and what to enter, on the page and by the API, in
//! three languages; a period that runs backwards likewise.

use crate::html;
use crate::site::{ORDINARY, TestSite};
use axum::http::StatusCode;

/// What was typed, and what is said of it in Chinese, English and Russian.
const SLIPS: [(&str, [&str; 3]); 7] = [
    (
        "91990105MD0024050E",
        [
            "校验位不符",
            "check digit of these 18",
            "Контрольный знак этих 18",
        ],
    ),
    (
        "9199010SMD0024050D",
        [
            "第 8 位是字母 S",
            "Character 8 is the letter S",
            "Знак 8 — буква S",
        ],
    ),
    (
        "91990105MDO024050D",
        ["可能应为 0", "It may be 0", "Возможно, это 0"],
    ),
    (
        "91990105MD0024050",
        [
            "输入了 17 位",
            "17 characters were entered",
            "Введено знаков: 17",
        ],
    ),
    (
        "91990105MD0024050D1",
        [
            "输入了 19 位",
            "19 characters were entered",
            "Введено знаков: 19",
        ],
    ),
    (
        "110000000000001",
        ["旧税务登记号", "old tax number", "прежний налоговый номер"],
    ),
    (
        "12345678-0",
        [
            "组织机构代码的校验位不符",
            "of this organisation code does not fit",
            "кода организации не сходится",
        ],
    ),
];

const ENTER: [&str; 3] = ["18 位统一社会信用代码", "18 characters", "18 знаков"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mistyped_code_is_explained_at_every_door() {
    let site = TestSite::new().await;
    for (typed, words) in SLIPS {
        for (ix, lang) in ["zh", "en", "ru"].into_iter().enumerate() {
            let page = site.get(&format!("/search?q={typed}&lang={lang}")).await;
            assert_eq!(
                page.status,
                StatusCode::BAD_REQUEST,
                "{typed}: {}",
                page.body
            );
            html::check(typed, &page.body);
            for words in [words[ix], ENTER[ix]] {
                assert!(
                    page.body.contains(words),
                    "{typed} {lang}: {words} in {}",
                    page.body
                );
            }
            assert!(
                page.body.contains("aria-invalid=\"true\"") && page.body.contains("id=\"q-error\""),
                "the field is marked"
            );
            for path in ["/subjects/", "/api/v1/subjects/"] {
                let answer = site.get(&format!("{path}{typed}?lang={lang}")).await;
                assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}{typed}");
                let said = answer.body.replace("&#39;", "'");
                assert!(said.contains(words[ix]), "{path}{typed} {lang}: {said}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_read_however_it_is_written() {
    let site = TestSite::new().await;
    let at = site.get(&format!("/search?q={ORDINARY}")).await;
    let at = at.header("location").to_owned();
    assert!(at.starts_with("/subjects/"), "{at}");
    for written in [
        "91990105md0024050d",
        "+91990105MD0024050D+",
        "91990105-MD0024050-D",
        "9199+0105+MD00+2405+0D",
        "%EF%BC%99%EF%BC%91%EF%BC%99%EF%BC%99%EF%BC%90%EF%BC%91%EF%BC%90%EF%BC%95MD0024050D",
    ] {
        let found = site.get(&format!("/search?q={written}")).await;
        assert_eq!(
            (found.status, found.header("location")),
            (StatusCode::SEE_OTHER, at.as_str()),
            "{written}: {}",
            found.body
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_period_that_runs_backwards_is_refused_with_both_days() {
    let site = TestSite::new().await;
    let at = site.get(&format!("/subjects/{ORDINARY}")).await;
    let at = at.header("location").to_owned();
    let cookie = site.enter("Li").await;
    let period = "from=2026-11-02&to=2026-11-01";
    for (lang, words) in [
        ("zh", "晚于截止日"),
        ("en", "is after the last"),
        ("ru", "позже последнего"),
    ] {
        for path in [
            format!("{at}/report?{period}&lang={lang}"),
            format!("/api/v1{at}/report?{period}&lang={lang}"),
            format!("/api/v1/subjects/{ORDINARY}/report?{period}&lang={lang}"),
            format!("/supply/quality?supplier=samr&{period}&lang={lang}"),
        ] {
            let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(
                answer.status,
                StatusCode::BAD_REQUEST,
                "{path}: {}",
                answer.body
            );
            assert!(answer.body.contains(words), "{path}: {}", answer.body);
            assert!(
                answer.body.contains("2026-11-02") && answer.body.contains("2026-11-01"),
                "{path}"
            );
        }
    }
    let one_day = site
        .get(&format!("{at}/report?from=2026-11-01&to=2026-11-01"))
        .await;
    assert_eq!(one_day.status, StatusCode::OK, "a period of one day is one");
    let vague = site
        .get_with(
            "/supply/quality?supplier=samr&from=tomorrow",
            &[("cookie", &cookie)],
        )
        .await;
    assert_eq!(vague.status, StatusCode::BAD_REQUEST, "no day is guessed");
}

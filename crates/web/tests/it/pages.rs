//! Every page once, in three languages, checked for structure.

use crate::html;
use crate::site::{HOSTILE_CODE, ORDINARY, TestSite};
use axum::http::StatusCode;

const OPEN: [&str; 14] = [
    "/",
    "/announcements",
    "/about",
    "/search?q=%E4%BA%91%E6%B1%80",
    "/search?q=x",
    "/search?q=9199010MD00100119",
    "/catalog",
    "/catalog?q=%E5%A4%84%E7%BD%9A&class=penalty&supplier=samr",
    "/catalog/themes/penalty",
    "/catalog/applications",
    "/catalog/measures",
    "/catalog/measures?q=M99&class=III",
    "/account/enter",
    "/verify",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn open_pages_are_sound_in_every_language() {
    let site = TestSite::new().await;
    for lang in ["zh", "en", "ru"] {
        for path in OPEN {
            let between = if path.contains('?') { '&' } else { '?' };
            let answer = site.get(&format!("{path}{between}lang={lang}")).await;
            assert!(
                answer.status.is_success() || answer.status == StatusCode::BAD_REQUEST,
                "{path} {}",
                answer.status
            );
            html::check(path, &answer.body);
            assert_eq!(answer.header("content-language"), lang, "{path}");
            assert!(
                answer.header("set-cookie").contains("lang="),
                "{path} remembers the language"
            );
            assert!(
                answer
                    .header("content-security-policy")
                    .contains("default-src 'none'")
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_leads_to_its_subject_and_report() {
    let site = TestSite::new().await;
    let found = site.get(&format!("/search?q={ORDINARY}")).await;
    assert_eq!(found.status, StatusCode::SEE_OTHER, "{}", found.body);
    let at = found.header("location").to_owned();
    let by_code = site.get(&format!("/subjects/{ORDINARY}")).await;
    assert_eq!(
        (by_code.status, by_code.header("location")),
        (StatusCode::PERMANENT_REDIRECT, at.as_str())
    );
    let query = "as_of=2026-11-20&theme=penalty";
    let by_code = site
        .get(&format!("/subjects/{ORDINARY}/report?{query}"))
        .await;
    assert_eq!(
        (by_code.status, by_code.header("location")),
        (
            StatusCode::PERMANENT_REDIRECT,
            format!("{at}/report?{query}").as_str()
        ),
        "the report's address by code keeps day and themes"
    );
    let subject = site.get(&at).await;
    assert_eq!(subject.status, StatusCode::OK);
    html::check(&at, &subject.body);
    assert!(
        subject.body.contains("云市监罚〔2026〕301号"),
        "the penalty's document"
    );
    for path in [
        format!("{at}/report"),
        format!("{at}/report?as_of=2026-11-20&theme=penalty&from=2026-01-01"),
    ] {
        let report = site.get(&path).await;
        assert_eq!(report.status, StatusCode::OK);
        html::check(&path, &report.body);
    }
    let wrong = site.get(&format!("{at}/report?as_of=2026-13-01")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let future = site
        .get(&format!("{at}/report?as_of=2999-01-01&lang=en"))
        .await;
    assert!(future.body.contains("has not come yet"), "{}", future.body);
    let pdf = site.get(&format!("{at}/report.pdf")).await;
    assert_eq!(pdf.status, StatusCode::SERVICE_UNAVAILABLE, "no font here");
    html::check("pdf", &pdf.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_never_become_markup() {
    let site = TestSite::new().await;
    let found = site.get(&format!("/search?q={HOSTILE_CODE}")).await;
    let at = found.header("location").to_owned();
    let encoded = "%E4%BA%91%E6%B1%80%3Cscript%3E";
    for path in [
        at.clone(),
        format!("{at}/report"),
        format!("/search?q={encoded}"),
        "/search?q=%22%3E%3Cscript%3Ealert(2)".to_owned(),
    ] {
        let page = site.get(&path).await;
        html::check(&path, &page.body);
        assert!(!page.body.contains("<script>"), "{path}");
    }
    assert!(
        site.get(&at).await.body.contains("&#60;script&#62;")
            || site.get(&at).await.body.contains("&lt;script&gt;"),
        "shown as text"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn machines_get_health_and_people_get_pages() {
    let site = TestSite::new().await;
    assert_eq!(site.get("/healthz").await.body, "ok\n");
    assert_eq!(site.get("/readyz").await.body, "ready\n");
    let metrics = site.get("/metrics").await.body;
    assert!(
        metrics.contains("gongxin_http_requests_total{class=\"2xx\"} 2"),
        "{metrics}"
    );
    assert!(
        metrics
            .contains("gongxin_store_transactions_total{name=\"slice_apply\",end=\"committed\"}"),
        "{metrics}"
    );
    for (path, status) in [
        ("/nothing", 404),
        ("/subjects/xyz", 400),
        ("/catalog/themes/nothing", 404),
        ("/search?q=a&q=b", 400),
    ] {
        let page = site.get(path).await;
        assert_eq!(page.status.as_u16(), status, "{path}");
        html::check(path, &page.body);
    }
    let method = site
        .send("DELETE", "/about", &[], axum::body::Body::empty())
        .await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    html::check("DELETE", &method.body);
    for (path, kind) in [
        ("/assets/site.css", "text/css"),
        ("/assets/site.js", "text/javascript"),
        ("/assets/icon.svg", "image/svg+xml"),
    ] {
        let file = site.get(path).await;
        assert!(file.header("content-type").starts_with(kind), "{path}");
        let again = site
            .get_with(path, &[("if-none-match", file.header("etag"))])
            .await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    }
    let schema = site.get("/catalog/themes/penalty/schema.json").await.json();
    assert!(
        schema["fields"]
            .as_array()
            .is_some_and(|fields| fields.len() > 20)
    );
    assert!(
        site.get("/catalog/themes/penalty/template.xlsx")
            .await
            .body
            .starts_with("PK")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_measures_says_basis_term_and_remedy_and_that_it_only_demonstrates() {
    let site = TestSite::new().await;
    let all = site.get("/catalog/measures?lang=zh").await.body;
    for text in ["M01", "M20", "行政许可法", "仅用于演示", "20 项措施"] {
        assert!(all.contains(text), "{text}");
    }
    let one = site.get("/catalog/measures?lang=en&q=M03").await.body;
    assert!(one.contains("Barred from mandatory tenders"));
    assert!(one.contains("1 year – 2 years"), "{one}");
    assert!(one.contains("1 measure<"));
    assert!(!one.contains("M05"));
    let second = site.get("/catalog/measures?lang=en&class=II").await.body;
    assert!(second.contains("2 measures<"));
    let none = site
        .get("/catalog/measures?lang=ru&q=%E6%B2%A1%E6%9C%89%E7%9A%84")
        .await;
    assert!(none.body.contains("0 мер"));
}

//! The inbox by page: whose it is, what stands in it, and where its reader is told that there is something.

use crate::html;
use crate::site::{BY, ORDINARY, ORGAN, TestSite};
use axum::http::StatusCode;
use credit::lang::Lang;
use exchange::corrections::{self, Look};
use exchange::notices;
use exchange::people::{Person, mandate};

/// Who acts for a firm: the cookie and the mandate.
async fn representative(site: &TestSite, login: &str) -> (String, String) {
    let person = Person {
        login: login.to_owned(),
        name: "代表人".to_owned(),
    };
    let shown = mandate::Shown {
        subject: ORDINARY,
        person,
        document: "resident-card",
        until: None,
    };
    let made = mandate::record(&site.site.office, &shown, BY).await;
    let link = site.link_of(login, &[]).await;
    let cookie = site.enter_by(&link).await;
    (cookie, made.expect("recorded").id.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_reads_that_it_was_looked_at_and_nobody_else_does() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, "rep.inbox").await;
    let look = Look {
        supplier: ORGAN,
        theme: "penalty",
        code: ORDINARY,
        officer: "account:1",
        case: "更正 9",
    };
    let seen = corrections::own_facts(&site.site.office, &look, Lang::En).await;
    assert!(!seen.expect("facts").is_empty());
    let path = format!("/account/inbox?mandate={own}");
    for lang in ["zh", "en", "ru"] {
        let page = site
            .get_with(&format!("{path}&lang={lang}"), &[("cookie", &cookie)])
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        html::check("inbox", &page.body);
        assert!(page.body.contains(&format!("/my/{own}/looks")), "{lang}");
    }
    let officer = site.enter("Li").await;
    let other = site.get_with(&path, &[("cookie", &officer)]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "another's mandate");
    let agency = format!("/account/inbox?agency={ORGAN}");
    let other = site.get_with(&agency, &[("cookie", &cookie)]).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN, "another's agency");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_stands_in_the_inbox_of_the_agency() {
    let site = TestSite::new().await;
    // Sent on Sunday 2026-11-22; Monday's registrations are due on Tuesday.
    site.clock.advance(2 * 86_400_000_000);
    let told = notices::remind(&site.site.office).await.expect("looked");
    assert!(told > 0);
    let cookie = site.enter("Li").await;
    let page = site
        .get_with("/account/inbox?agency=samr", &[("cookie", &cookie)])
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check("inbox", &page.body);
    assert!(page.body.contains("2026-11-23"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_one_is_told_is_checked_kept_and_taken_away() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    let headers = [("cookie", cookie.as_str())];
    let inbox = || site.get_with("/account/inbox", &headers);
    let empty = inbox().await;
    html::check("inbox", &empty.body);
    let wrong = site
        .post("/account/contact", &cookie, "mail=nobody&sms=12")
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("wrong", &wrong.body);
    for field in ["mail", "sms"] {
        assert!(
            wrong.body.contains(&format!("href=\"#{field}\"")),
            "{field}"
        );
    }
    assert!(wrong.body.contains("value=\"nobody\""), "kept");
    let good = "mail=li%40agency.example&sms=%2B8613800000000";
    let done = site.post("/account/contact", &cookie, good).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let kept = inbox().await;
    assert!(kept.body.contains("li@agency.example"), "{}", kept.body);
    site.post("/account/contact", &cookie, "mail=&sms=").await;
    let gone = inbox().await;
    assert!(!gone.body.contains("li@agency.example"), "{}", gone.body);
}

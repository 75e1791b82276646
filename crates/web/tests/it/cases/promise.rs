//! A promise over HTTP: made on the subject's page, with what is missing said beside what was typed; accepted
//! at the desk.

use super::{act, representative, send};
use crate::html;
use crate::site::{ORDINARY as FIRM, ORGAN, TestSite};
use axum::http::StatusCode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_is_made_on_the_subjects_page_and_accepted_at_the_desk() {
    let site = TestSite::new().await;
    let (cookie, own) = representative(&site, FIRM, "rep.one").await;
    let at = format!("/my/{own}/cases/promise?lang=en");
    let page = site.get_with(&at, &[("cookie", &cookie)]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check(&at, &page.body);
    assert!(page.body.contains("Who makes no promise suffers nothing"));
    let bare = [
        ("kind", "promise"),
        ("agency", ORGAN),
        ("choice", "voluntary"),
        ("reason", "sound advertising"),
        ("promise-content", "to check every advertisement"),
        ("promise-liability", "as the law says"),
    ];
    let refused = send(&site, &at, &cookie, &bare, None).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check(&at, &refused.body);
    for told in ["who may see it", "to check every advertisement"] {
        assert!(refused.body.contains(told), "{told}: {}", refused.body);
    }
    let whole = [&bare[..], &[("promise-open", "可向社会公开")]].concat();
    let made = send(&site, &at, &cookie, &whole, None).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let id = made.header("location").rsplit('/').next().expect("a case");
    let shown = site
        .get_with(
            &format!("/my/{own}/cases/{id}?lang=en"),
            &[("cookie", &cookie)],
        )
        .await;
    html::check("/my/{mandate}/cases/{id}", &shown.body);
    for told in ["to check every advertisement", "What is promised"] {
        assert!(shown.body.contains(told), "{told}: {}", shown.body);
    }
    let li = site.enter("Li").await;
    let unnumbered = act(&site, &li, id, "accept", "1", "").await;
    assert_eq!(unnumbered.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("move", "accept"),
        ("seen", "1"),
        ("document-kind", "信用承诺书"),
        ("document-number", "99010020261122000001"),
        ("document-day", "2026-11-22"),
        ("document-organ", "云汀市市场监督管理局"),
    ];
    let accepted = send(&site, &format!("/cases/{id}/moves"), &li, &fields, None).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.body);
}

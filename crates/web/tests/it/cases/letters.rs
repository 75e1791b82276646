//! Letters over HTTP: what is told to the subject is a paper with number, basis and remedy; what is told to
//! others only, and another's case, is no letter.

use super::{act, object, representative};
use crate::site::{HOSTILE_CODE as FIRM, ORDINARY as OTHER, TestSite};
use axum::http::StatusCode;
use pdf::{FontSource, Typesetter};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_step_that_is_told_to_the_subject_is_a_letter_for_it_and_for_the_desk() {
    let Ok(typesetter) = Typesetter::new(FontSource::System) else {
        eprintln!("SKIPPED: no Chinese font on this machine");
        return;
    };
    let mut site = TestSite::new().await;
    site.site.typesetter = Some(Arc::new(typesetter));
    site.router = web::router(site.site.clone());
    let own = representative(&site, FIRM, "rep.one").await;
    let other = representative(&site, OTHER, "rep.two").await;
    let id = object(&site, &own).await;
    let li = site.enter("Li").await;
    let moved = act(&site, &li, &id, "forward", "1", "").await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.body);
    let upheld = act(&site, &li, &id, "uphold", "2", "the evidence is sound").await;
    assert_eq!(upheld.status, StatusCode::SEE_OTHER, "{}", upheld.body);
    let (cookie, mandate) = &own;
    let page = format!("/my/{mandate}/cases/{id}?lang=en");
    let page = site.get_with(&page, &[("cookie", cookie)]).await.body;
    for seq in 1..=3 {
        let link = format!("/my/{mandate}/cases/{id}/letters/{seq}");
        assert!(page.contains(&link), "{link}: {page}");
        let desk = format!("/cases/{id}/letters/{seq}");
        for (at, cookie) in [(link, cookie), (desk, &li)] {
            let answer = site.get_with(&at, &[("cookie", cookie)]).await;
            assert_eq!(answer.status, StatusCode::OK, "{at}");
            assert_eq!(answer.header("content-type"), "application/pdf");
            let name = answer.header("content-disposition");
            assert!(name.ends_with(&format!("-{seq}.pdf\"")), "{name}");
        }
    }
    let (cookie, mandate) = &other;
    for at in [
        format!("/my/{mandate}/cases/{id}/letters/3"),
        format!("/my/{}/cases/{id}/letters/3", own.1),
        format!("/cases/{id}/letters/3"),
    ] {
        let answer = site.get_with(&at, &[("cookie", cookie)]).await;
        assert!(answer.status.is_client_error(), "{at}: {}", answer.status);
    }
    let none = format!("/cases/{id}/letters/9");
    let none = site.get_with(&none, &[("cookie", &li)]).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

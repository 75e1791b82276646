//! Announcements over HTTP: published by a form of the centre, read on the front page, in the list and on their
//! own page in three languages, withdrawn with a reason that stands where the text stood.

use crate::html;
use crate::site::{TestSite, appointment};
use axum::http::StatusCode;
use credit::people::Role;

/// A form of one in Chinese and English: its fields, encoded.
fn form(title: &str, until: &str) -> String {
    format!(
        "title-zh={title}&text-zh=one%0D%0A%0D%0Atwo&title-en=Maintenance&text-en=Tonight.&title-ru=&text-ru=&from=&until={until}"
    )
}

async fn published(site: &TestSite, li: &str) -> String {
    let done = site
        .post(
            "/desk/announcements",
            li,
            &form("%E5%81%9C%E6%9C%BA%3Cb%3E", "2026-11-30"),
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let front = site.get("/?lang=zh").await.body;
    let id = front.split("/announcements/").nth(1);
    id.expect("on the front page")[..32].to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_is_read_in_three_languages_and_its_withdrawal_in_its_place() {
    let site = TestSite::new().await;
    let empty = site.get("/announcements?lang=en").await;
    assert!(empty.body.contains("no announcements at present"));
    html::check("/announcements", &empty.body);
    assert!(
        !site
            .get("/?lang=en")
            .await
            .body
            .contains("id=\"announced\"")
    );
    let li = site.enter("Li").await;
    let id = published(&site, &li).await;
    for (lang, title, other) in [
        ("zh", "停机&#60;b&#62;", false),
        ("en", "Maintenance", false),
        ("ru", "停机&#60;b&#62;", true),
    ] {
        for at in [
            "/".to_owned(),
            "/announcements".to_owned(),
            format!("/announcements/{id}"),
        ] {
            let page = site.get(&format!("{at}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{at}");
            html::check(&at, &page.body);
            assert!(page.body.contains(title), "{at} {lang}: {}", page.body);
            let marked = page.body.contains(" lang=\"zh\">停机");
            assert_eq!(
                marked, other,
                "{at} {lang} says in which language the title is"
            );
        }
    }
    let page = site.get(&format!("/announcements/{id}?lang=zh")).await.body;
    assert!(page.contains("<p>one</p><p>two</p>"), "{page}");
    assert!(
        !page.contains("account:"),
        "no officer is named to the public"
    );
    let at = format!("/desk/announcements/{id}/withdraw");
    let bare = site.post(&at, &li, "reason=").await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check(&at, &bare.body);
    let done = site.post(&at, &li, "reason=wrong+day").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = site.get(&format!("/announcements/{id}?lang=zh")).await.body;
    assert!(
        page.contains("wrong day") && !page.contains("<p>one</p>"),
        "{page}"
    );
    assert!(!site.get("/announcements").await.body.contains(&id));
    assert!(!site.get("/").await.body.contains(&id));
    let desk = site
        .get_with("/desk/announcements?lang=en", &[("cookie", &li)])
        .await;
    html::check("/desk/announcements", &desk.body);
    assert!(desk.body.contains("wrong day") && desk.body.contains("account:"));
    site.clock.advance(9 * 86_400 * 1_000_000);
    let gone = site.get(&format!("/announcements/{id}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "over by itself");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agency_publishes_none_and_what_is_wrong_is_said_beside_what_was_typed() {
    let site = TestSite::new().await;
    let to = [
        appointment(Role::SupplierOfficer, "samr"),
        appointment(Role::SecondOfficer, "samr"),
    ];
    let link = site.link_of("samr.officer", &to).await;
    let samr = site.enter_by(&link).await;
    let made = site
        .post("/desk/announcements", &samr, &form("x", "2026-11-30"))
        .await;
    assert_eq!(made.status, StatusCode::FORBIDDEN);
    let read = site
        .get_with("/desk/announcements", &[("cookie", &samr)])
        .await;
    assert_eq!(read.status, StatusCode::FORBIDDEN);
    let li = site.enter("Li").await;
    for wrong in [
        form("", "2026-11-30"),
        form("x", "2026-11-01"),
        form("x", ""),
    ] {
        let made = site.post("/desk/announcements?lang=en", &li, &wrong).await;
        assert_eq!(made.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        html::check("/desk/announcements", &made.body);
        assert!(made.body.contains("Tonight."), "what was typed is kept");
    }
}

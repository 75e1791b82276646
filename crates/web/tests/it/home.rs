//! The front page says what the site holds, in its reader's numbers, and says so when it is empty.

use crate::html;
use crate::site::TestSite;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_tells_what_is_held_and_when_the_last_file_came() {
    let site = TestSite::new().await;
    let held = exchange::browse::figures(&site.site.office)
        .await
        .expect("figures");
    assert!(held.subjects > 5 && held.records >= held.subjects);
    let counts = site.receipts.iter().map(|one| &one.counts);
    let taken: u64 = counts.map(|one| one.accepted + one.held).sum();
    assert!(held.records <= taken, "a correction is no new record");
    for (lang, subjects) in [("zh", "信用主体"), ("en", "Subjects"), ("ru", "Субъектов")]
    {
        let page = site.get(&format!("/?lang={lang}")).await.body;
        html::check("/", &page);
        let told = |name: &str, number: u64| format!("<dt>{name}</dt><dd>{number}</dd>");
        assert!(page.contains(&told(subjects, held.subjects)), "{page}");
        assert!(page.contains("<time datetime=\"2026-11-22\">"), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_site_says_that_nothing_came_yet() {
    let site = TestSite::without_schema().await;
    site.site.office.store.migrate().await.expect("a schema");
    for (lang, said) in [
        ("zh", "尚无信源单位报送信息"),
        ("en", "No agency has sent anything yet"),
        ("ru", "Пока никто ничего не подал"),
    ] {
        let page = site.get(&format!("/?lang={lang}")).await.body;
        html::check("/", &page);
        assert!(page.contains(said), "{page}");
        assert!(!page.contains("<time"), "{page}");
    }
}

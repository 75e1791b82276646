//! Search, subject, report in a real browser, with script on and off; and the order of the keyboard.

use crate::site::{ORDINARY, TestSite};
use std::time::Duration;
use testkit::browser::Browser;
use tokio::net::TcpListener;

async fn serve() -> (TestSite, String) {
    let site = TestSite::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(web::serve(
        listener,
        site.site.clone(),
        std::future::pending(),
    ));
    (site, at)
}

fn walk(at: &str, script: bool) {
    let Some(browser) = Browser::start(script).expect("a browser that starts") else {
        return;
    };
    browser
        .open(&format!("{at}/?lang=zh"))
        .expect("the front page");
    browser.fill("#q", "云汀").expect("a search box");
    browser.click(".search button").expect("a button");
    wait(&browser, "table.cards tbody tr");
    assert!(
        browser.count("table.cards tbody tr").expect("rows") > 10,
        "hits"
    );
    browser.open(&format!("{at}/")).expect("the front page");
    browser.fill("#q", ORDINARY).expect("a search box");
    browser.click(".search button").expect("a button");
    wait(&browser, "nav table");
    assert!(
        browser
            .address()
            .expect("an address")
            .contains("/subjects/"),
        "a code leads to its subject"
    );
    assert!(browser.text("h1").expect("a heading").contains("云汀"));
    browser.click(".acts a.button").expect("the report");
    wait(&browser, ".report");
    assert!(browser.address().expect("an address").ends_with("/report"));
    assert!(
        browser
            .text(".report h1")
            .expect("a title")
            .contains("公共信用信息")
    );
    browser.click(".langs a[hreflang=ru]").expect("Russian");
    wait(&browser, "html[lang=ru]");
    assert_eq!(browser.attribute("html", "lang").expect("a language"), "ru");
    if script {
        keyboard(&browser, at);
    }
}

fn wait(browser: &Browser, css: &str) {
    browser
        .wait_for(css, Duration::from_secs(10))
        .unwrap_or_else(|cause| panic!("{css}: {cause}"));
}

/// The first stop of the keyboard is the way past the menus, and every stop can be seen.
fn keyboard(browser: &Browser, at: &str) {
    browser.open(&format!("{at}/")).expect("the front page");
    let order = browser
        .run("return [...document.querySelectorAll('a[href],button,input,select,textarea,summary')].filter(e => e.tabIndex >= 0 && !e.disabled).map(e => (e.className || e.id || e.tagName) + '')")
        .expect("the order");
    let order: Vec<String> = order
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect();
    assert_eq!(order.first().map(String::as_str), Some("skip"), "{order:?}");
    let positive = browser.run("return document.querySelectorAll('[tabindex]:not([tabindex=\"-1\"]):not([tabindex=\"0\"])').length").expect("a count");
    assert_eq!(positive, 0, "no order but that of the page");
    let small = browser
        .run("return [...document.querySelectorAll('button,.top a,.foot a,input')].filter(e => e.getBoundingClientRect().height < 43.5 && !e.classList.contains('skip') && e.type !== 'radio').length")
        .expect("a count");
    assert_eq!(small, 0, "targets are 44 pixels high");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn search_to_report_with_script_and_without() {
    let (_site, at) = serve().await;
    for script in [true, false] {
        let at = at.clone();
        tokio::task::spawn_blocking(move || walk(&at, script))
            .await
            .expect("the walk ends");
    }
}

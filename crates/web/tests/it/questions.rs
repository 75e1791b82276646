//! The clerk's queue: evidence side by side, decisions by form and by key, undone from the page.

use crate::html;
use crate::site::{ORDINARY, TestSite};
use axum::http::StatusCode;
use std::path::PathBuf;
use std::time::Duration;
use testkit::browser::{Browser, ENTER, ESCAPE, RIGHT, TAB};
use tokio::net::TcpListener;

/// Rows of honours that name bodies and carry no code.
fn nameless(names: &[String]) -> String {
    let rows = names
        .iter()
        .enumerate()
        .map(|(n, name)| format!("{name},守合同重信用,Z-{n},2026-01-05,云汀市市场监督管理局\n"));
    format!(
        "企业名,守信信息名称,证书号,发证日期,颁证单位\n{}",
        rows.collect::<String>()
    )
}

/// A site with two open questions, and the name of a firm on file.
pub(crate) async fn asked() -> (TestSite, String) {
    let site = TestSite::new().await;
    let known = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let name = known["name"].as_str().expect("a name").to_owned();
    let page = site
        .get("/api/v1/subjects?name=%E4%BA%91%E6%B1%80")
        .await
        .json();
    let other = page["subjects"].as_array().into_iter().flatten();
    let other = other
        .filter_map(|one| one["name"].as_str())
        .find(|one| *one != name)
        .expect("another firm")
        .to_owned();
    let receipt = site
        .take(
            "honour",
            None,
            "honour.csv",
            nameless(&[name.clone(), other]),
            None,
        )
        .await;
    assert_eq!(receipt.counts.held, 2, "{:?}", receipt.counts);
    (site, name)
}

fn between<'b>(body: &'b str, mark: &str) -> &'b str {
    let rest = body.split_once(mark).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split(['"', '?']).next())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_queue_shows_evidence_takes_a_decision_and_gives_it_back() {
    let (site, name) = asked().await;
    let cookie = site.enter("Li").await;
    let with = [("cookie", cookie.as_str())];
    for lang in ["zh", "en", "ru"] {
        let page = site
            .get_with(&format!("/supply/questions?lang={lang}"), &with)
            .await;
        html::check("questions", &page.body);
        for part in [
            name.as_str(),
            ORDINARY,
            "100 %",
            "<table class=\"evidence\">",
            "2026-11-22",
        ] {
            assert!(page.body.contains(part), "{lang}: {part} in {}", page.body);
        }
        assert!(
            !page.body.contains("question-reason-"),
            "each reason has its text: {lang}"
        );
    }
    let page = site.get_with("/supply/questions?lang=en", &with).await;
    assert!(page.body.contains("2 open questions"));
    let mention = between(&page.body, "action=\"/supply/questions/").to_owned();
    let candidate = between(&page.body, "name=\"answer\" value=\"").to_owned();
    let form = format!("answer={candidate}&reason=same+seal");
    let done = site
        .post(
            &format!("/supply/questions/{mention}?theme=honour&"),
            &cookie,
            &form,
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let next = done.header("location").to_owned();
    assert!(
        next.starts_with("/supply/questions?theme=honour&done="),
        "the filter stays: {next}"
    );
    let page = site.get_with(&format!("{next}&lang=en"), &with).await;
    html::check("after a decision", &page.body);
    assert!(page.body.contains("1 open question"), "{}", page.body);
    let undo = format!(
        "/supply/decisions/{}/undo",
        between(&page.body, "action=\"/supply/decisions/").trim_end_matches("/undo")
    );
    let stranger = site.post(&undo, "", "reason=x").await;
    assert_eq!(
        stranger.header("location"),
        "/account/enter",
        "nobody undoes without an account"
    );
    let silent = site.post(&undo, &cookie, "reason=").await;
    assert_eq!(silent.status, StatusCode::BAD_REQUEST, "an undo says why");
    let undone = site.post(&undo, &cookie, "reason=wrong+seal").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    let page = site
        .get_with(&format!("{}&lang=en", undone.header("location")), &with)
        .await;
    assert!(page.body.contains("2 open questions") && page.body.contains("open again"));
    let twice = site.post(&undo, &cookie, "reason=again").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    let odd = site
        .post("/supply/decisions/xyz/undo", &cookie, "reason=a")
        .await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn filters_leave_out_and_say_so() {
    let (site, _) = asked().await;
    let cookie = site.enter("Li").await;
    for (query, shown) in [
        ("", true),
        ("theme=honour", true),
        ("theme=penalty", false),
        ("supplier=nobody", false),
        ("age=0", true),
        ("age=7", false),
        ("theme=%22%3E%3Cscript%3E", false),
    ] {
        let path = format!("/supply/questions?lang=en&{query}");
        let page = site.get_with(&path, &[("cookie", &cookie)]).await;
        assert_eq!(page.status, 200, "{query}");
        html::check(query, &page.body);
        assert_eq!(page.body.contains("class=\"evidence\""), shown, "{query}");
        assert!(
            shown || page.body.contains("No open question fits"),
            "{query}"
        );
        assert!(!page.body.contains("\"><script>"), "{query}");
    }
}

fn wait(browser: &Browser, css: &str) {
    browser
        .wait_for(css, Duration::from_secs(10))
        .unwrap_or_else(|cause| panic!("{css}: {cause}"));
}

fn enter(browser: &Browser, at: &str, link: &str) {
    browser
        .open(&format!("{at}{link}?lang=zh"))
        .expect("the link");
    browser.click("main form button").expect("a button");
    wait(browser, ".tabs");
    browser
        .open(&format!("{at}/supply/questions?lang=zh"))
        .expect("the queue");
    wait(browser, ".question");
}

fn press(browser: &Browser, keys: impl IntoIterator<Item = char>) {
    for key in keys {
        browser.press(key).expect("a key");
    }
}

/// Goes on with Tab until something of a name has the focus.
fn tab_to(browser: &Browser, name: &str) {
    for _ in 0..200 {
        press(browser, [TAB]);
        if browser.focused("name").expect("the focus") == name {
            return;
        }
    }
    panic!("Tab never reaches {name}");
}

/// The chosen answer of the question that has the focus or lately had it.
fn chosen(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.question input[type=radio]:checked')].map(e => e.value)";
    let values = browser.run(script).expect("a list");
    let values = values.as_array().into_iter().flatten();
    values
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

/// The keys of the page: to a question, this one, another one after all, out of the field, the
/// first candidate by its number, why, and sent.
fn decide_by_keys(browser: &Browser) {
    press(browser, [RIGHT, 's']);
    assert_eq!(chosen(browser).len(), 1, "s chooses the first candidate");
    let first = chosen(browser);
    assert_eq!(browser.focused("name").expect("the focus"), "reason");
    // In a field the keys are letters.
    press(browser, ['d', 'u']);
    assert_eq!(chosen(browser), first);
    press(browser, [ESCAPE, 'd']);
    assert_eq!(chosen(browser), ["none"], "d says that it is somebody else");
    press(browser, [ESCAPE, '1']);
    assert_eq!(chosen(browser), first, "1 chooses the first candidate");
    press(browser, "印章一致".chars().chain([ENTER]));
}

/// What every page answers to: Tab, space and Enter.
fn decide_by_tab(browser: &Browser) {
    tab_to(browser, "answer");
    press(browser, [' ']);
    tab_to(browser, "reason");
    press(browser, "印章一致".chars().chain([ENTER]));
}

fn walk(at: &str, code: &str, script: bool) {
    let Some(browser) = Browser::start(script).expect("a browser that starts") else {
        return;
    };
    enter(&browser, at, code);
    let open = browser.count(".question").expect("questions");
    assert_eq!(open, 2);
    if let Some(folder) = std::env::var_os("GONGXIN_SCREENSHOTS").map(PathBuf::from) {
        let name = if script {
            "questions.png"
        } else {
            "questions-plain.png"
        };
        browser.screenshot(&folder.join(name)).expect("a picture");
    }
    if script {
        decide_by_keys(&browser);
    } else {
        decide_by_tab(&browser);
    }
    wait(&browser, "[data-undo]");
    assert_eq!(browser.count(".question").expect("questions"), 1);
    if script {
        press(&browser, ['u']);
    } else {
        // The way back stands before everything else that has a reason.
        tab_to(&browser, "reason");
        press(&browser, [ENTER]);
    }
    let patience = std::time::Instant::now();
    while browser.count(".question").expect("questions") != 2 {
        assert!(
            patience.elapsed() < Duration::from_secs(10),
            "the decision is undone"
        );
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn decisions_by_key_and_without_script() {
    let (site, _) = asked().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(web::serve(
        listener,
        site.site.clone(),
        std::future::pending(),
    ));
    for script in [true, false] {
        let (at, code) = (at.clone(), site.link("Li").await);
        tokio::task::spawn_blocking(move || walk(&at, &code, script))
            .await
            .expect("the walk ends");
    }
}

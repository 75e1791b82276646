//! Entering through a real OpenID provider (`oidc-provider` of the npm registry, one pinned version)
//! in a real browser, with the provider on another site than ours; and what comes back that should
//! not. Without node, npm or a folder named by `GONGXIN_CACHE` the tests say so.

mod person;

use crate::account::{digits, set_up};
use crate::site::{Answer, BY, ORDINARY, TestSite};
use axum::body::Body;
use axum::http::StatusCode;
use credit::people::{AccountKind, Role};
use exchange::people::{self, mandate};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use testkit::browser::Browser;
use tokio::net::TcpListener;

/// The provider's version.
const VERSION: &str = "9.13.3";
const SECRET: &str = "a secret of this test only";

/// A provider that runs until the test ends.
struct Provider {
    child: Child,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Provider {
    /// Starts one that sends people back to `at`; `None` after one clear line.
    fn start(at: &str) -> Option<Provider> {
        let skipped = || {
            eprintln!(
                "SKIPPED: oidc-provider; needs node, npm and a folder named by GONGXIN_CACHE"
            );
            None
        };
        let cache = std::env::var_os("GONGXIN_CACHE").map(PathBuf::from);
        let programs = (
            testkit::machine::program(&["node"]),
            testkit::machine::program(&["npm"]),
        );
        let (Some(cache), (Some(node), Some(npm))) = (cache, programs) else {
            return skipped();
        };
        let folder = cache.join(format!("oidc-provider-{VERSION}"));
        if !folder.join("node_modules/oidc-provider").is_dir() {
            std::fs::create_dir_all(&folder).expect("a folder");
            let done = Command::new(npm)
                .args([
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    "--prefix",
                ])
                .arg(&folder)
                .arg(format!("oidc-provider@{VERSION}"))
                .stdin(Stdio::null())
                .output();
            if !done.is_ok_and(|output| output.status.success()) {
                return skipped();
            }
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/oidc/provider.mjs");
        let mut child = Command::new(node)
            .arg(script)
            .arg(&folder)
            .args([&format!("{at}/account/back/gov"), SECRET])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("a provider that starts");
        let mut said = BufReader::new(child.stdout.take().expect("its words")).lines();
        let issuer = said.find_map(|line| line.ok().filter(|line| line.starts_with("http://")));
        let issuer = issuer.expect("the issuer");
        Some(Provider { child, issuer })
    }

    /// Who signs in there from now on.
    fn next(&self, who: &str) {
        let at = self
            .issuer
            .trim_start_matches("http://")
            .replace("localhost", "127.0.0.1");
        let answer = testkit::http::send(&at, "GET", &format!("/as/{who}"), "text/plain", b"");
        assert_eq!(answer.expect("an answer").status, 200);
    }

    fn settings(&self) -> Vec<::oidc::Settings> {
        let issuer = &self.issuer;
        let text = format!(
            "[[provider]]\ncode = \"gov\"\nissuer = \"{issuer}\"\nclient_id = \"gongxin\"\n\
             title = {{ zh = \"政务服务网\", en = \"Government portal\", ru = \"Портал\" }}\n\
             secret_file = \"s\"\nscopes = [\"organisation\"]\ntwo_factors = [\"two\"]\n\
             claims = {{ organisation = \"organisation\", capacity = \"capacity\", \
             representative = [\"legal-representative\"], number = \"id_number\" }}\n"
        );
        ::oidc::Settings::parse(&text, |_| Ok(SECRET.into())).expect("settings")
    }
}

/// A site with its provider, served; its clock goes with the provider's.
async fn served() -> Option<(TestSite, Provider, String)> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", listener.local_addr().expect("an address"));
    let provider = Provider::start(&at)?;
    let mut made = TestSite::new().await.sealing();
    let real = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock");
    let real = i64::try_from(real.as_micros()).expect("an instant");
    made.clock.advance(real - made.clock.now());
    let site = made.site.clone().reached_at(&at).expect("an address");
    made.site = site
        .with_providers(provider.settings())
        .expect("a provider");
    made.router = web::router(made.site.clone());
    tokio::spawn(web::serve(
        listener,
        made.site.clone(),
        std::future::pending(),
    ));
    Some((made, provider, at))
}

fn wait(browser: &Browser, css: &str) {
    let found = browser.wait_for(css, Duration::from_secs(20));
    found.unwrap_or_else(|cause| {
        let source = browser.source().unwrap_or_default();
        panic!("{css}: {cause}: {source}")
    });
}

/// Enters by the provider's button, and waits for what the page then shows.
fn enter(browser: &Browser, at: &str, shows: &str) {
    browser
        .open(&format!("{at}/account/enter?lang=en"))
        .expect("the entrance");
    browser
        .click("a[href='/account/with/gov']")
        .expect("a button");
    wait(browser, shows);
}

/// Enters by the provider's button and is told why nobody came in.
fn told(browser: &Browser, at: &str) -> String {
    enter(browser, at, "main h1");
    let start = std::time::Instant::now();
    while !browser
        .address()
        .expect("an address")
        .contains("/account/back/")
    {
        assert!(start.elapsed() < Duration::from_secs(20), "the way back");
        std::thread::sleep(Duration::from_millis(50));
    }
    wait(browser, "main h1");
    text(browser, "main")
}

fn text(browser: &Browser, css: &str) -> String {
    browser.text(css).expect("a text")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_representative_comes_in_a_successor_takes_over_and_an_officer_ties_an_account() {
    let Some((made, provider, at)) = served().await else {
        return;
    };
    let link = made.link("Li").await;
    let walk = tokio::task::spawn_blocking(move || {
        for script in [true, false] {
            let Some(browser) = Browser::start(script).expect("a browser that starts") else {
                return false;
            };
            provider.next("representative");
            enter(&browser, &at, "a[href^='/my/']");
            assert!(
                text(&browser, "main").contains("云汀"),
                "the firm's own portal"
            );
            assert!(
                browser.source().expect("a page").contains("欧阳梓萱"),
                "by name"
            );
        }
        // The provider remembers who is signed in there, so each has a browser of their own.
        let own = || Browser::start(true).expect("a browser").expect("a browser");
        provider.next("clerk");
        let why = told(&own(), &at);
        assert!(why.contains("No account is tied"), "who works there: {why}");
        provider.next("nobody");
        let why = told(&own(), &at);
        assert!(why.contains("cancelled"), "refused there: {why}");
        provider.next("successor");
        let browser = own();
        enter(&browser, &at, "a[href^='/my/']");
        // The same window, where the representative is still signed in, here and there.
        ties(&browser, &provider, &at, &link);
        true
    });
    if !walk.await.expect("a walk") {
        return;
    }
    let held = mandate::of_subject(&made.site.office, ORDINARY)
        .await
        .expect("mandates");
    let today = made.site.office.today();
    assert_eq!(
        held.len(),
        2,
        "one for each person, however often they came"
    );
    assert_eq!(
        held.iter().filter(|one| one.holds(today)).count(),
        1,
        "one at a time"
    );
    for one in &held {
        assert_eq!(one.role, Role::SubjectRepresentative);
        assert_eq!(one.document.as_deref(), Some("provider"));
        let account = people::get(&made.site.office, one.account)
            .await
            .expect("an account");
        assert_eq!(account.kind, AccountKind::Representative);
    }
}

/// An officer, signed in, ties the account; enters through the provider; one factor asks for the
/// site's second one; untied, nobody enters.
fn ties(browser: &Browser, provider: &Provider, at: &str, link: &str) {
    browser
        .open(&format!("{at}{link}?lang=en"))
        .expect("a link");
    browser.click("main form button").expect("a button");
    wait(browser, "a[href='/account']");
    provider.next("officer");
    browser
        .open(&format!("{at}/account?lang=en"))
        .expect("the account");
    browser
        .click("a[href='/account/tie/gov']")
        .expect("a way out");
    wait(browser, "form[action='/account/providers/gov/end']");
    browser
        .click("form[action='/account/leave'] button")
        .expect("leaving");
    wait(browser, "#login");
    enter(browser, at, "a[href='/account']");
    assert!(
        browser.address().expect("an address").ends_with("/supply"),
        "at the desk"
    );
    browser
        .open(&format!("{at}/account?lang=en"))
        .expect("the account");
    browser
        .click("form[action='/account/providers/gov/end'] button")
        .expect("untying");
    wait(browser, "main h1");
    assert!(
        browser
            .source()
            .expect("a page")
            .contains("has no password"),
        "an account that a link let in would be shut out"
    );
}

/// Goes the way of a browser up to the address that the provider sends back: that address, without
/// the host, and the cookie of the way out.
async fn way(made: &TestSite, provider: &Provider) -> (String, String) {
    let out = made.get("/account/with/gov").await;
    assert_eq!(out.status, StatusCode::SEE_OTHER, "{}", out.body);
    let cookie = out
        .header("set-cookie")
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    assert!(out.header("set-cookie").contains("SameSite=Lax"));
    let url = out.header("location").to_owned();
    let host = provider.issuer.clone();
    let back = tokio::task::spawn_blocking(move || follow(&host, &url))
        .await
        .expect("a way");
    (back, cookie)
}

/// Follows the provider's own redirects, with its cookies, until they leave it.
fn follow(issuer: &str, url: &str) -> String {
    let mut jar: Vec<(String, String)> = Vec::new();
    let mut url = url.to_owned();
    for _ in 0..8 {
        let Some(path) = url.strip_prefix(issuer) else {
            let (_, rest) = url.split_once("/account/back").expect("the way back");
            return format!("/account/back{rest}");
        };
        let cookies: Vec<String> = jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let output = Command::new("curl")
            .args(["-s", "-i", "--max-time", "10", "-H"])
            .arg(format!("cookie: {}", cookies.join("; ")))
            .arg(format!("{issuer}{path}").replace("localhost", "127.0.0.1"))
            .args([
                "-H",
                &format!("host: {}", issuer.trim_start_matches("http://")),
            ])
            .output()
            .expect("curl");
        let answer = String::from_utf8_lossy(&output.stdout).into_owned();
        let head = |name: &str| {
            let name = format!("{name}: ");
            answer
                .lines()
                .filter_map(move |line| {
                    let fits = line.to_lowercase().starts_with(&name);
                    fits.then(|| line[name.len()..].trim().to_owned())
                })
                .collect::<Vec<_>>()
        };
        for cookie in head("set-cookie") {
            let (name, value) = cookie
                .split(';')
                .next()
                .unwrap_or_default()
                .split_once('=')
                .expect("a cookie");
            jar.retain(|(had, _)| had != name);
            jar.push((name.to_owned(), value.to_owned()));
        }
        let next = head("location").first().cloned().unwrap_or_default();
        url = if next.starts_with('/') {
            format!("{issuer}{next}")
        } else {
            next
        };
    }
    panic!("the provider's redirects do not end: {url}")
}

async fn comes(made: &TestSite, address: &str, cookie: &str) -> Answer {
    made.send(
        "GET",
        address,
        &[("cookie", cookie), ("sec-fetch-site", "cross-site")],
        Body::empty(),
    )
    .await
}

fn nobody(answer: &Answer, what: &str) {
    assert_eq!(
        answer.status,
        StatusCode::FORBIDDEN,
        "{what}: {}",
        answer.body
    );
    let cookies = answer.headers.get_all("set-cookie").iter();
    let session = cookies
        .filter_map(|one| one.to_str().ok())
        .any(|one| one.starts_with("desk="));
    assert!(!session, "{what}: a session began");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_comes_back_by_another_way_lets_nobody_in() {
    let Some((made, provider, _)) = served().await else {
        return;
    };
    provider.next("representative");
    let (address, cookie) = way(&made, &provider).await;
    let (other, theirs) = way(&made, &provider).await;
    nobody(
        &comes(&made, &address, "").await,
        "without the cookie of the way out",
    );
    nobody(
        &comes(&made, &address, &theirs).await,
        "somebody's answer in another's browser",
    );
    nobody(
        &comes(&made, &other, &cookie).await,
        "and the other way round",
    );
    let bent = address.replace("state=", "state=0");
    nobody(&comes(&made, &bent, &cookie).await, "another state");
    let foreign = format!(
        "{}&iss=https%3A%2F%2Felsewhere.example",
        address.split("&iss=").next().unwrap_or_default()
    );
    nobody(&comes(&made, &foreign, &cookie).await, "another issuer");
    let long = address.replace("code=", &format!("code={}", "x".repeat(5_000)));
    nobody(&comes(&made, &long, &cookie).await, "a code without end");
    for damaged in [
        cookie.replace(".-.", ".00000000000000000000000000000000."),
        cookie.replace("trip=", "trip=0"),
        format!("{cookie}0"),
        "trip=".to_owned(),
        "trip=....".to_owned(),
    ] {
        nobody(&comes(&made, &address, &damaged).await, &damaged);
    }
    let in_now = comes(&made, &address, &cookie).await;
    assert_eq!(in_now.status, StatusCode::OK, "{}", in_now.body);
    assert!(in_now.body.contains("url=/my"), "{}", in_now.body);
    nobody(
        &comes(&made, &address, &cookie).await,
        "the same code again",
    );
    let (late, cookie) = way(&made, &provider).await;
    made.clock.advance(601 * 1_000_000);
    nobody(&comes(&made, &late, &cookie).await, "eleven minutes later");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_factor_suspended_accounts_and_foreign_ties_do_not_let_in() {
    let Some((made, provider, _)) = served().await else {
        return;
    };
    let office = &made.site.office;
    let session = made.enter("Li").await;
    let li = people::named(office, "li.test").await.expect("Li");
    let claimed = |subject: &'static str| people::provider::Claimed {
        provider: "gov",
        issuer: &provider.issuer,
        subject,
        name: None,
        represents: None,
        number: None,
        two_factors: true,
    };
    let tie = people::provider::tie(office, li.account, claimed("weak")).await;
    assert!(tie.expect("a tie"), "the first");
    let again = people::provider::tie(office, li.account, claimed("officer")).await;
    assert!(!again.expect("no tie"), "one at a provider");
    made.link_of("other.test", &[]).await;
    let other = people::find(office, "other.test").await.expect("another");
    people::shift(office, other.id, credit::people::AccountMove::Activate, BY)
        .await
        .expect("in use");
    let taken = people::provider::tie(office, other.id, claimed("weak")).await;
    assert!(!taken.expect("no tie"), "somebody else's");

    provider.next("weak");
    let (address, cookie) = way(&made, &provider).await;
    let answer = comes(&made, &address, &cookie).await;
    nobody(&answer, "one factor, and none of our own");

    let tie = people::provider::tie(office, other.id, claimed("officer")).await;
    assert!(tie.expect("a tie"));
    provider.next("officer");
    people::shift(office, other.id, credit::people::AccountMove::Suspend, BY)
        .await
        .expect("suspended");
    let (address, cookie) = way(&made, &provider).await;
    nobody(&comes(&made, &address, &cookie).await, "suspended");

    // A way out that ties needs the session's cookie, which no other site can send, and a page of ours.
    let asked = made
        .get_with(
            "/account/tie/gov",
            &[("cookie", &session), ("sec-fetch-site", "cross-site")],
        )
        .await;
    assert_eq!(asked.status, StatusCode::FORBIDDEN);
    assert_eq!(
        made.get("/account/tie/gov").await.status,
        StatusCode::SEE_OTHER,
        "to the entrance"
    );
    assert_eq!(
        made.get("/account/with/none").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_factor_there_asks_for_the_second_one_here() {
    let Some((made, provider, _)) = served().await else {
        return;
    };
    let set = set_up(&made, "weak.there").await;
    let office = &made.site.office;
    let account = people::find(office, "weak.there")
        .await
        .expect("an account");
    let claimed = people::provider::Claimed {
        provider: "gov",
        issuer: &provider.issuer,
        subject: "weak",
        name: None,
        represents: None,
        number: None,
        two_factors: false,
    };
    let tie = people::provider::tie(office, account.id, claimed).await;
    assert!(tie.expect("a tie"));
    provider.next("weak");
    let (address, cookie) = way(&made, &provider).await;
    let half = comes(&made, &address, &cookie).await;
    assert!(half.body.contains("url=/account/code"), "{}", half.body);
    let cookies = half.headers.get_all("set-cookie").iter();
    let mut cookies = cookies.filter_map(|one| one.to_str().ok());
    let session = cookies.rfind(|one| one.starts_with("desk="));
    let session = session.and_then(|one| one.split(';').next());
    let session = session.expect("a session").to_owned();
    let shut = made.get_with("/supply", &[("cookie", &session)]).await;
    assert_eq!(shut.header("location"), "/account/code", "half is not in");
    let wrong = made.post("/account/code", &session, "code=000000").await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    made.clock.advance(30 * 1_000_000);
    let code = digits(&set.typed, made.clock.now());
    let form = format!("code={code}");
    let entered = made.post("/account/code", &session, &form).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    // An account with a password is untied, and the provider opens it no more.
    let full = crate::site::session(&entered);
    let untied = made.post("/account/providers/gov/end", &full, "").await;
    assert_eq!(untied.header("location"), "/account", "{}", untied.body);
    let (address, cookie) = way(&made, &provider).await;
    nobody(&comes(&made, &address, &cookie).await, "untied");
}

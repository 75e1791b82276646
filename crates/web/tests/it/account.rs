//! Accounts from the outside: a link, a password, a second factor; waits that grow and end; sessions
//! that rotate and are ended; answers that do not tell whether an account exists.

use crate::html;
use crate::site::{Answer, BY, TestSite, appointment, session};
use axum::http::StatusCode;
use credit::people::{AccountKind, AccountMove, Role};
use exchange::people::{self, Person};
use hmac::{Hmac, KeyInit, Mac};

const PASSWORD: &str = "paper+boat+bright+moon";
const STEP: i64 = 30_000_000;

/// The six digits that an authenticator shows for a typed secret, by RFC 6238.
pub(crate) fn digits(typed: &str, now: i64) -> String {
    let mut bits = Vec::new();
    for letter in typed.bytes().filter(u8::is_ascii_alphanumeric) {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter();
        let value = value
            .clone()
            .position(|one| *one == letter)
            .expect("base 32");
        bits.extend((0..5).rev().map(|bit| (value >> bit & 1) as u8));
    }
    let secret: Vec<u8> = bits
        .chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |all, bit| all << 1 | bit))
        .collect();
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&secret).expect("a key");
    mac.update(&(now / STEP).to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let from = usize::from(sum[19] & 15);
    let word = u32::from_be_bytes(sum[from..from + 4].try_into().expect("four bytes"));
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}

fn form(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter();
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{name}={}", value.replace('+', "%2B").replace(' ', "+")))
        .collect();
    pairs.join("&")
}

fn after<'b>(body: &'b str, mark: &str) -> &'b str {
    let rest = body.split_once(mark).map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split(['<', '"']).next())
        .unwrap_or_else(|| panic!("{mark} in {body}"))
}

/// A person with a password and a second factor: the typed secret and the recovery codes.
pub(crate) struct Set {
    login: &'static str,
    pub(crate) typed: String,
    recovery: Vec<String>,
    session: String,
}

async fn invite(site: &TestSite, login: &str) -> String {
    let person = Person {
        login: login.to_owned(),
        name: "李某".to_owned(),
    };
    let roles = [appointment(Role::SupplierOfficer, "samr")];
    let made = people::add(&site.site.office, AccountKind::Officer, &person, &roles, BY).await;
    let secret = made.expect("an account").1.expect("a link");
    format!("/account/begin/{}", secret.shown())
}

pub(crate) async fn set_up(site: &TestSite, login: &'static str) -> Set {
    let link = invite(site, login).await;
    let begun = site.post(&link, "", &form(&[("password", PASSWORD)])).await;
    assert_eq!(begun.header("location"), "/account/enrol", "{}", begun.body);
    let half = session(&begun);
    let page = site.get_with("/account/enrol", &[("cookie", &half)]).await;
    html::check("enrol", &page.body);
    let typed = after(&page.body, "<dd class=\"code\">").to_owned();
    let code = digits(&typed, site.clock.now());
    let done = site
        .post("/account/enrol", &half, &form(&[("code", &code)]))
        .await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    html::check("recovery", &done.body);
    let codes = done.body.split("<li class=\"code\">").skip(1);
    let recovery = codes
        .filter_map(|rest| rest.split('<').next())
        .map(str::to_owned);
    Set {
        login,
        typed,
        recovery: recovery.collect(),
        session: session(&done),
    }
}

async fn password(site: &TestSite, login: &str, password: &str, device: &str) -> Answer {
    let body = form(&[("login", login), ("password", password)]);
    site.post("/account/enter", device, &body).await
}

/// Signs in by password and code; answers with the last answer.
async fn sign_in(site: &TestSite, set: &Set) -> Answer {
    let half = password(site, set.login, PASSWORD, "").await;
    assert_eq!(half.header("location"), "/account/code", "{}", half.body);
    site.clock.advance(2 * STEP);
    let code = digits(&set.typed, site.clock.now());
    site.post("/account/code", &session(&half), &form(&[("code", &code)]))
        .await
}

async fn is_in(site: &TestSite, cookie: &str) -> bool {
    let answer = site.get_with("/account", &[("cookie", cookie)]).await;
    answer.status == StatusCode::OK
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_sets_an_account_up_and_signs_in() {
    let site = TestSite::new().await;
    let link = invite(&site, "weak.li").await;
    for weak in ["short", "aaaaaaaaaaaaaaaa", "my weak.li secret", ""] {
        let refused = site.post(&link, "", &form(&[("password", weak)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{weak}");
        html::check(weak, &refused.body);
    }
    let set = set_up(&site, "li.samr").await;
    assert_eq!(set.recovery.len(), 10);
    assert!(is_in(&site, &set.session).await);
    let half = password(&site, "LI.samr", PASSWORD, "").await;
    let half_cookie = session(&half);
    let kept_out = site.get_with("/supply", &[("cookie", &half_cookie)]).await;
    assert_eq!(
        kept_out.header("location"),
        "/account/code",
        "half is not in"
    );
    let now = digits(&set.typed, site.clock.now());
    let twice = site
        .post("/account/code", &half_cookie, &form(&[("code", &now)]))
        .await;
    assert_eq!(twice.status, StatusCode::FORBIDDEN, "a code is taken once");
    html::check("code", &twice.body);
    let done = sign_in(&site, &set).await;
    assert_eq!(done.header("location"), "/supply", "{}", done.body);
    let full = session(&done);
    assert!(is_in(&site, &full).await);
    assert_ne!(full, half_cookie, "the secret changes when one is in");
    let page = site
        .get_with("/account?lang=en", &[("cookie", &full)])
        .await;
    html::check("account", &page.body);
    assert!(page.body.contains("data officer") && page.body.contains("li.samr"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_tells_whether_an_account_exists() {
    let site = TestSite::new().await;
    let set = set_up(&site, "li.samr").await;
    let known = password(&site, set.login, "not the password", "").await;
    let unknown = password(&site, "nobody.at.all", "not the password", "").await;
    let odd = password(&site, "no such name!", "not the password", "").await;
    for answer in [&known, &unknown, &odd] {
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert_eq!(answer.header("set-cookie"), "");
    }
    let bare = |answer: &Answer, login: &str| answer.body.replace(login, "");
    assert_eq!(bare(&known, set.login), bare(&unknown, "nobody.at.all"));
    // Names that nobody has are made to wait as others are.
    for name in [set.login, "nobody.at.all"] {
        for _ in 0..4 {
            password(&site, name, "not the password", "").await;
        }
        let shut = password(&site, name, PASSWORD, "").await;
        assert_eq!(shut.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
        html::check("shut", &shut.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_tries_from_elsewhere_keeps_nobody_out() {
    let site = TestSite::new().await;
    let set = set_up(&site, "li.samr").await;
    let done = sign_in(&site, &set).await;
    let cookies = done.headers.get_all("set-cookie").into_iter();
    let device = cookies
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .find(|cookie| cookie.starts_with("device="))
        .expect("a mark of the browser")
        .to_owned();
    for _ in 0..9 {
        password(&site, set.login, "a guess, and another", "").await;
    }
    let shut = password(&site, set.login, PASSWORD, "").await;
    assert_eq!(shut.status, StatusCode::TOO_MANY_REQUESTS);
    let own = password(&site, set.login, PASSWORD, &device).await;
    assert_eq!(
        own.header("location"),
        "/account/code",
        "the known browser is let in"
    );
    let forged = device.replace("device=", "device=00");
    let forged = password(&site, set.login, PASSWORD, &forged).await;
    assert_eq!(forged.status, StatusCode::TOO_MANY_REQUESTS);
    site.clock.advance(16 * 60_000_000);
    let later = password(&site, set.login, PASSWORD, "").await;
    assert_eq!(later.header("location"), "/account/code", "every wait ends");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recovery_code_works_once() {
    let site = TestSite::new().await;
    let set = set_up(&site, "li.samr").await;
    for (code, status) in [
        ("0000-0000-0000", StatusCode::FORBIDDEN),
        (&set.recovery[3].to_lowercase(), StatusCode::SEE_OTHER),
        (&set.recovery[3], StatusCode::FORBIDDEN),
        (&set.recovery[4].replace('-', " "), StatusCode::SEE_OTHER),
    ] {
        let half = session(&password(&site, set.login, PASSWORD, "").await);
        let answer = site
            .post("/account/code", &half, &form(&[("code", code)]))
            .await;
        assert_eq!(answer.status, status, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_end_by_time_by_leaving_and_by_moves() {
    let site = TestSite::new().await;
    let set = set_up(&site, "li.samr").await;
    let (one, two) = (set.session.clone(), session(&sign_in(&site, &set).await));
    let page = site.get_with("/account", &[("cookie", &two)]).await;
    let other = after(&page.body, "action=\"/account/sessions/").to_owned();
    let ended = site
        .post(&format!("/account/sessions/{other}"), &two, "")
        .await;
    assert_eq!(
        ended.status,
        StatusCode::SEE_OTHER,
        "{other}: {}",
        ended.body
    );
    assert!(!is_in(&site, &one).await && is_in(&site, &two).await);
    let three = session(&sign_in(&site, &set).await);
    site.post("/account/leave-others", &three, "").await;
    assert!(!is_in(&site, &two).await && is_in(&site, &three).await);
    let stranger = set_up(&site, "wang.samr").await;
    let own = site.get_with("/account", &[("cookie", &three)]).await;
    assert!(!own.body.contains("wang.samr"));
    site.post(&format!("/account/sessions/{other}"), &stranger.session, "")
        .await;
    site.post("/account/leave", &stranger.session, "").await;
    assert!(!is_in(&site, &stranger.session).await && is_in(&site, &three).await);
    site.clock.advance(61 * 60_000_000);
    assert!(!is_in(&site, &three).await, "an hour without use");
    let four = session(&sign_in(&site, &set).await);
    for _ in 0..9 {
        site.clock.advance(55 * 60_000_000);
        is_in(&site, &four).await;
    }
    assert!(!is_in(&site, &four).await, "eight hours are the most");
    let five = session(&sign_in(&site, &set).await);
    let office = &site.site.office;
    let id = people::find(office, set.login)
        .await
        .expect("an account")
        .id;
    let moved = people::shift(office, id, AccountMove::Suspend, BY).await;
    assert!(moved.expect("a move").is_none() && !is_in(&site, &five).await);
    let refused = password(&site, set.login, PASSWORD, "").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "suspended");
    let to = appointment(Role::Reader, "tax");
    people::shift(office, id, AccountMove::Resume, BY)
        .await
        .expect("a move");
    let six = session(&sign_in(&site, &set).await);
    people::appoint(office, id, &to, BY)
        .await
        .expect("an appointment");
    assert!(!is_in(&site, &six).await, "new rights, new session");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_ends_all_sessions_and_asks_for_the_old_one() {
    let site = TestSite::new().await;
    let set = set_up(&site, "li.samr").await;
    let other = session(&sign_in(&site, &set).await);
    let path = "/account/password";
    for (old, new, status) in [
        (
            "wrong old password",
            "ship+of+fools+1494",
            StatusCode::FORBIDDEN,
        ),
        (PASSWORD, "short", StatusCode::UNPROCESSABLE_ENTITY),
        (PASSWORD, "ship+of+fools+1494", StatusCode::SEE_OTHER),
    ] {
        let answer = site
            .post(path, &set.session, &form(&[("old", old), ("new", new)]))
            .await;
        assert_eq!(answer.status, status, "{old} {new}");
        if status != StatusCode::SEE_OTHER {
            html::check("password", &answer.body);
            continue;
        }
        assert!(is_in(&site, &session(&answer)).await);
    }
    assert!(!is_in(&site, &set.session).await && !is_in(&site, &other).await);
    let before = password(&site, set.login, PASSWORD, "").await;
    assert_eq!(before.status, StatusCode::FORBIDDEN);
    let now = password(&site, set.login, "ship+of+fools+1494", "").await;
    assert_eq!(now.header("location"), "/account/code");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn links_work_once_and_end() {
    let site = TestSite::new().await;
    let link = site.link("Li").await;
    let page = site.get(&link).await;
    assert_eq!(page.status, StatusCode::OK, "looking spends nothing");
    html::check("link", &page.body);
    let cookie = site.enter_by(&link).await;
    assert!(is_in(&site, &cookie).await);
    let twice = site.post(&link, "", "").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    html::check("gone", &twice.body);
    let late = site.link("Li").await;
    site.clock.advance(3_601 * 1_000_000);
    assert_eq!(site.post(&late, "", "").await.status, StatusCode::NOT_FOUND);
    let invited = invite(&site, "late.li").await;
    site.clock.advance(3 * 86_400_000_000);
    assert_eq!(site.get(&invited).await.status, StatusCode::NOT_FOUND);
    // After a reset the old password is void, and the new link begins anew.
    let set = set_up(&site, "li.samr").await;
    let office = &site.site.office;
    let id = people::find(office, set.login)
        .await
        .expect("an account")
        .id;
    let moved = people::shift(office, id, AccountMove::Reset, BY).await;
    assert!(moved.expect("a move").is_some() && !is_in(&site, &set.session).await);
    let void = password(&site, set.login, PASSWORD, "").await;
    assert_eq!(void.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_of_the_account_come_from_pages_of_this_site() {
    let site = TestSite::new().await;
    let cookie = site.enter("Li").await;
    for path in [
        "/account/enter",
        "/account/code",
        "/account/enrol",
        "/account/password",
        "/account/leave",
        "/account/leave-others",
        "/account/sessions/abc/end",
        &site.link("Wang").await,
    ] {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
            ("cookie", cookie.as_str()),
        ];
        let answer = site
            .send("POST", path, &headers, axum::body::Body::empty())
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(answer.header("set-cookie"), "", "{path}");
    }
    assert!(is_in(&site, &cookie).await);
}

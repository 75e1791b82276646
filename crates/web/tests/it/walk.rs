//! Every kind of page in a real browser: a machine's check of WCAG 2.2 A and AA in three languages
//! on a desk's and a telephone's window, and a walk by the keyboard alone.
//!
//! The checker is axe-core, a script from the npm registry, one pinned version, installed into the
//! folder that `GONGXIN_CACHE` names. Without npm or that folder the test says so.
//! `GONGXIN_SCREENSHOTS` names a folder for a picture of every page.

use crate::site::{BY, NUMBER, ORDINARY, TestSite, appointment};
use credit::lang::Lang;
use credit::people::{BY_NUMBER, Mandate, MandateId, Role};
use credit::subject::SubjectId;
use exchange::people;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use testkit::browser::{Browser, ENTER, TAB};
use tokio::net::TcpListener;

/// The checker's version: another one finds other things, so it is changed on purpose only.
const AXE: &str = "4.14.1";

/// A desk and a telephone, in pixels.
const WINDOWS: [(&str, u32, u32); 2] = [("desk", 1280, 900), ("phone", 390, 844)];

/// The checker as a script, or `None` after one clear line.
fn axe() -> Option<String> {
    let skipped = || {
        eprintln!("SKIPPED: axe-core; needs npm and a folder named by GONGXIN_CACHE");
        None
    };
    let Some(folder) = std::env::var_os("GONGXIN_CACHE").map(PathBuf::from) else {
        return skipped();
    };
    let Some(npm) = testkit::machine::program(&["npm"]) else {
        return skipped();
    };
    let folder = folder.join(format!("axe-{AXE}"));
    let script = folder.join("node_modules/axe-core/axe.min.js");
    if !script.is_file() {
        std::fs::create_dir_all(&folder).ok()?;
        let done = Command::new(npm)
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefix",
            ])
            .arg(&folder)
            .arg(format!("axe-core@{AXE}"))
            .stdin(Stdio::null())
            .output();
        if !done.is_ok_and(|output| output.status.success()) {
            return skipped();
        }
    }
    std::fs::read_to_string(script).ok()
}

/// Serves a site that has a provider, which nobody asks here.
async fn serve(site: &TestSite) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", listener.local_addr().expect("an address"));
    let provider = "[[provider]]\ncode = \"gov\"\nissuer = \"https://id.example.gov.cn\"\n\
        client_id = \"gongxin\"\n\
        title = { zh = \"政务服务网\", en = \"Government portal\", ru = \"Портал госуслуг\" }\n";
    let settings = ::oidc::Settings::parse(provider, |_| Ok(Vec::new())).expect("settings");
    let site = site.site.clone().reached_at(&at).expect("an address");
    let site = site.with_providers(settings).expect("a provider");
    tokio::spawn(web::serve(listener, site, std::future::pending()));
    at
}

/// A name and an address of every kind of page, errors and empty lists included.
async fn pages(site: &TestSite) -> Vec<(&'static str, String)> {
    let subject = site.get(&format!("/subjects/{ORDINARY}")).await;
    let subject = subject.header("location").to_owned();
    let penalty = site.receipts[1].id;
    let cookie = site.enter("Li").await;
    let [granted, asked] = site.shared().await;
    let rejects = format!("/supply/submissions/{penalty}/rejects");
    let list = site.get_with(&rejects, &[("cookie", &cookie)]).await.body;
    let mend = list
        .split(&format!("href=\"{rejects}/"))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a row to mend")
        .to_owned();
    let named = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let name = named["name"].as_str().expect("a name");
    let done = questions(site, name, &cookie).await;
    let (machine, own) = of_people(site).await;
    let alone = self_read(site).await;
    let case = contested(site).await;
    let listing = proposed(site).await;
    let [ended, verify] = signed(site, name).await;
    let announced = announced(site).await;
    [
        ("home", "/"),
        ("search", "/search?q=%E4%BA%91%E6%B1%80"),
        (
            "search-none",
            "/search?q=%E6%97%A0%E6%AD%A4%E5%8D%95%E4%BD%8D",
        ),
        ("search-slip", "/search?q=91990105MD0024050E"),
        ("search-person", &format!("/search?q={NUMBER}")),
        ("subject", &subject),
        ("report", &format!("{subject}/report")),
        (
            "report-refused",
            &format!("{subject}/report?from=2026-11-02&to=2026-11-01"),
        ),
        ("verify", "/verify"),
        ("verify-valid", &format!("/verify/R/{verify}")),
        ("verify-ended", &format!("/verify/R/{ended}")),
        ("verify-unknown", "/verify/R/0"),
        ("about", "/about"),
        ("catalog", "/catalog"),
        ("theme", "/catalog/themes/penalty"),
        ("applications", "/catalog/applications"),
        ("measures", "/catalog/measures"),
        ("announcements", "/announcements"),
        ("announcement", &format!("/announcements/{announced}")),
        ("announcements-desk", "/desk/announcements"),
        ("missing", "/nothing"),
        ("enter", "/account/enter"),
        ("enter-lost", "/account/back/gov"),
        ("begin", &site.link("Wang").await),
        ("account", "/account"),
        ("supply", "/supply"),
        ("supply-empty", "/supply?supplier=court"),
        ("submit", "/supply/submit"),
        ("inbox", "/account/inbox"),
        ("fact-choose", "/supply/fact"),
        ("correct", "/supply/correct"),
        ("recall", &format!("/supply/submissions/{penalty}/recall")),
        (
            "nil",
            "/supply/nil?theme=registration&supplier=samr&from=2026-11-20&to=2026-11-20",
        ),
        ("fact", "/supply/fact?theme=registration&supplier=samr"),
        ("receipt", &format!("/supply/submissions/{penalty}")),
        ("rejects", &rejects),
        ("mend", &format!("{rejects}/{mend}")),
        ("holds", "/supply/holds"),
        ("pulls", "/supply/pulls"),
        ("questions", "/supply/questions"),
        ("questions-done", &format!("/supply/questions?done={done}")),
        ("questions-none", "/supply/questions?theme=penalty"),
        ("snapshots", "/supply/snapshots"),
        ("quality", "/supply/quality?supplier=samr"),
        ("people", "/people"),
        ("people-missed", "/people?login=nobody.here"),
        ("people-new", "/people/new"),
        ("people-machine", &format!("/people/{machine}")),
        ("window", &format!("/window?code={ORDINARY}")),
        ("window-empty", "/window"),
        ("my", "/my"),
        ("my-file", &format!("/my/{own}")),
        ("my-looks", &format!("/my/{own}/looks")),
        ("my-self", &format!("/my/{alone}")),
        ("my-consents", &format!("/my/{alone}/consents")),
        ("my-reports", &format!("/my/{own}/reports")),
        ("my-clerks", &format!("/my/{own}/clerks")),
        ("my-cases", &format!("/my/{own}/cases")),
        ("my-case-new", &format!("/my/{own}/cases/new")),
        (
            "my-case-new-repair",
            &format!("/my/{own}/cases/new?kind=repair"),
        ),
        ("my-promise", &format!("/my/{own}/cases/promise")),
        ("my-case", &format!("/my/{own}/cases/{case}")),
        ("cases", "/cases"),
        (
            "case-search",
            "/cases/search?kind=objection&state=with-supplier",
        ),
        ("case-statistics", "/cases/statistics"),
        ("case", &format!("/cases/{case}")),
        ("case-window", &format!("/cases/new?code={ORDINARY}")),
        (
            "case-window-kind",
            &format!("/cases/new?code={ORDINARY}&kind=objection"),
        ),
        (
            "case-open",
            &format!("/cases/open?agency={}&code={ORDINARY}", crate::site::ORGAN),
        ),
        (
            "case-open-kind",
            &format!(
                "/cases/open?agency={}&code={ORDINARY}&kind=listing",
                crate::site::ORGAN
            ),
        ),
        ("case-listing", &format!("/cases/{listing}")),
        ("sharing", "/sharing?agency=tax"),
        ("sharing-ask", "/sharing/ask?theme=registration"),
        ("sharing-granted", &format!("/sharing/grants/{granted}")),
        ("sharing-asked", &format!("/sharing/grants/{asked}")),
        ("sharing-lookup", "/sharing/lookup"),
        ("officers", "/sharing/officers"),
        ("person", "/window/person"),
        ("deferrals", "/sharing/deferrals"),
        ("receipts", "/sharing/receipts"),
        ("consent-new", "/window/consent"),
        ("consent", "/consents"),
        ("consent-unknown", "/consents/0"),
    ]
    .into_iter()
    .map(|(name, path)| (name, path.to_owned()))
    .collect()
}

/// The mandate by which the officer of the walk reads the own file as a natural person; nothing is on it.
async fn self_read(site: &TestSite) -> String {
    let office = &site.site.office;
    let li = people::find(office, "li.test").await.expect("Li").id;
    let ring = office.persons.as_ref().expect("sealed storage is open");
    let own = Mandate {
        id: MandateId([6; 16]),
        subject: SubjectId(ring.id("person", &[b"citizen-id", NUMBER.as_bytes()])),
        account: li,
        role: Role::SubjectRepresentative,
        under: None,
        document: Some(BY_NUMBER.to_owned()),
        tasks: Vec::new(),
        from: office.today(),
        until: office.today(),
        ended: false,
        over_until: None,
    };
    let deed = store::Deed {
        by: None,
        at: office.now(),
        reason: "a test",
    };
    let added = office.store.mandate_add(&own, &deed).await;
    added.expect("a mandate");
    own.id.to_string()
}

/// An objection at the window, forwarded to the supplier: its id.
async fn contested(site: &TestSite) -> String {
    let office = &site.site.office;
    let who = people::named(office, "li.test").await.expect("Li");
    let found = exchange::lookup::by_code(office, ORDINARY, Lang::Zh).await;
    let mut lines = found
        .expect("a subject")
        .sections
        .into_iter()
        .flat_map(|one| one.lines);
    let filing = exchange::cases::Filing {
        kind: "objection".to_owned(),
        record: lines.next().expect("a fact").record.to_string(),
        saying: exchange::cases::Saying {
            choice: "wrong".to_owned(),
            reason: "the address is not ours".to_owned(),
            files: vec![exchange::cases::Upload {
                name: "proof.pdf".to_owned(),
                content: b"%PDF-1.4 << /Type /Catalog >>".to_vec(),
            }],
            ..exchange::cases::Saying::default()
        },
    };
    let id = exchange::cases::file_at_window(office, &who, ORDINARY, filing).await;
    let id = id.expect("filed").to_string();
    let saying = exchange::cases::Saying::default();
    let moved = exchange::cases::act(office, &who, &id, ("forward", 1), saying).await;
    moved.expect("forwarded");
    id
}

/// An announcement in Chinese alone: its id.
async fn announced(site: &TestSite) -> String {
    let office = &site.site.office;
    let who = people::named(office, "li.test").await.expect("Li");
    let words = |zh: &str| credit::lang::Text {
        zh: zh.to_owned(),
        en: String::new(),
        ru: String::new(),
    };
    let draft = exchange::announcements::Draft {
        title: words("系统维护"),
        text: words("今晚二十二时起停机维护。\n办理中的案件期限不受影响。"),
        from: None,
        until: "2026-11-30".parse().ok(),
    };
    let made = exchange::announcements::publish(office, &who, draft).await;
    made.expect("published").to_string()
}

/// A listing that the organ of a penalty proposed: its id.
async fn proposed(site: &TestSite) -> String {
    let office = &site.site.office;
    let who = people::named(office, "li.test").await.expect("Li");
    let about = (crate::site::ORGAN, ORDINARY);
    let own = exchange::cases::supplied(office, &who, about).await;
    let own = own.expect("its own facts");
    let filing = exchange::cases::Filing {
        kind: "listing".to_owned(),
        record: own.entries()[0].record.to_string(),
        saying: exchange::cases::Saying {
            choice: "market".to_owned(),
            reason: "grave".to_owned(),
            ..exchange::cases::Saying::default()
        },
    };
    let id = exchange::cases::file_by_supplier(office, &who, about, filing).await;
    id.expect("proposed").to_string()
}

/// Numbers of two signed copies: one that a later fact has ended, and one that is valid.
async fn signed(site: &TestSite, name: &str) -> [String; 2] {
    let issue = async || {
        let ask = exchange::report::Ask::default();
        let copy = exchange::report::issue::public(&site.site.office, ORDINARY, &ask).await;
        copy.expect("issued").verify
    };
    let ended = issue().await;
    let honour = format!(
        "企业名,统一社会信用代码,守信信息名称,证书号,发证日期,颁证单位\n{name},{ORDINARY},守合同重信用企业,Z-1,2026-01-05,云汀市市场监督管理局\n"
    );
    site.take("honour", None, "signed.csv", honour, None).await;
    [ended, issue().await]
}

/// Lets the officer of the walk manage people and act for a subject, with a look on file: the account
/// of a machine, and the mandate.
async fn of_people(site: &TestSite) -> (String, String) {
    let office = &site.site.office;
    let li = people::find(office, "li.test")
        .await
        .expect("an account")
        .id;
    let to = appointment(Role::CentreAdministrator, "credit-centre");
    people::appoint(office, li, &to, BY)
        .await
        .expect("appointed");
    let found = exchange::lookup::by_code(office, ORDINARY, Lang::Zh).await;
    let own = Mandate {
        id: MandateId([5; 16]),
        subject: found.expect("a subject").who.id,
        account: li,
        role: Role::SubjectRepresentative,
        under: None,
        document: Some("passport".to_owned()),
        tasks: Vec::new(),
        from: office.today(),
        until: office.today(),
        ended: false,
        over_until: None,
    };
    let deed = store::Deed {
        by: None,
        at: office.now(),
        reason: "a test",
    };
    office
        .store
        .mandate_add(&own, &deed)
        .await
        .expect("a mandate");
    let (officer, case) = exchange::report::window("Wang", "tax office", "7").expect("named");
    let ask = exchange::report::Ask::default();
    let look = exchange::report::own(office, ORDINARY, officer, case, &ask);
    look.await.expect("a look");
    let machine = people::find(office, "machine.test").await;
    (
        machine.expect("a machine").id.to_string(),
        own.id.to_string(),
    )
}

/// Puts questions into the clerk's queue and decides one of them; that decision's id.
async fn questions(site: &TestSite, name: &str, cookie: &str) -> String {
    let page = site
        .get("/api/v1/subjects?name=%E4%BA%91%E6%B1%80")
        .await
        .json();
    let others = page["subjects"].as_array().into_iter().flatten();
    let others = others.filter_map(|one| one["name"].as_str()).take(3);
    let rows: String = others
        .chain([name])
        .enumerate()
        .map(|(n, name)| format!("{name},守合同重信用,Z-{n},2026-01-05,云汀市市场监督管理局\n"))
        .collect();
    let honour = format!("企业名,守信信息名称,证书号,发证日期,颁证单位\n{rows}");
    let receipt = site.take("honour", None, "honour.csv", honour, None).await;
    assert!(receipt.counts.held >= 3, "{:?}", receipt.counts);
    let with = [("cookie", cookie)];
    let queue = site.get_with("/supply/questions", &with).await.body;
    let after = |mark: &str| {
        let rest = queue.split_once(mark).map(|(_, rest)| rest);
        let found = rest.and_then(|rest| rest.split(['"', '?']).next());
        found.expect("a question").to_owned()
    };
    let at = format!("/supply/questions/{}", after("action=\"/supply/questions/"));
    let form = format!("answer={}&reason=seal", after("name=\"answer\" value=\""));
    let decided = site.post(&at, cookie, &form).await;
    let next = decided.header("location").to_owned();
    let queue = site.get_with(&next, &with).await.body;
    for part in ["class=\"evidence\"", "name=\"answer\"", "data-undo"] {
        assert!(queue.contains(part), "{part}: {queue}");
    }
    let done = next.rsplit("done=").next();
    done.unwrap_or_default().to_owned()
}

fn come_in(browser: &Browser, at: &str, link: &str) {
    browser.open(&format!("{at}{link}")).expect("the link");
    browser.click("main form button").expect("a button");
    browser
        .wait_for("table.cards", Duration::from_secs(20))
        .expect("the desk");
}

const CHECK: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']}})
  .then(found => done(found.violations.map(one =>
      one.id + ': ' + one.nodes.slice(0, 3).map(node => node.target.join(' ') + ' (' + node.failureSummary.split('\\n').slice(1, 2).join('').trim() + ')').join(' | '))))
  .catch(cause => done(['broken: ' + cause]));";

/// Checks every page in one window; what is found.
fn inspect(
    browser: &Browser,
    axe: &str,
    at: &str,
    pages: &[(&'static str, String)],
) -> (usize, Vec<String>) {
    let pictures = std::env::var_os("GONGXIN_SCREENSHOTS").map(PathBuf::from);
    let (mut checked, mut found) = (0, Vec::new());
    for (window, width, height) in WINDOWS {
        for lang in ["zh", "en", "ru"] {
            browser.resize(width, height).expect("a window");
            for (name, path) in pages {
                let between = if path.contains('?') { '&' } else { '?' };
                browser
                    .open(&format!("{at}{path}{between}lang={lang}"))
                    .expect("a page");
                browser.run(axe).expect("the checker");
                let violations = browser.run_later(CHECK).expect("an answer");
                checked += 1;
                for one in violations.as_array().into_iter().flatten() {
                    found.push(format!("{name} {lang} {window}: {one}"));
                }
                if let Some(wide) = overflow(browser) {
                    found.push(format!(
                        "{name} {lang} {window}: scrolls sideways by {wide}"
                    ));
                }
                if let Some(folder) = &pictures {
                    shoot(browser, folder, &format!("{name}-{lang}-{window}"), width);
                    browser.resize(width, height).expect("a window");
                }
            }
        }
    }
    (checked, found)
}

/// By how many pixels a page is wider than its window; a reader should never scroll sideways.
fn overflow(browser: &Browser) -> Option<i64> {
    let wide = browser
        .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        .ok()?
        .as_i64()?;
    (wide > 1).then_some(wide)
}

/// A picture of the whole page, up to a length that is still looked at.
fn shoot(browser: &Browser, folder: &std::path::Path, name: &str, width: u32) {
    let long = browser
        .run("return document.documentElement.scrollHeight")
        .ok()
        .and_then(|long| long.as_u64())
        .and_then(|long| u32::try_from(long).ok())
        .unwrap_or(900);
    browser
        .resize(width, long.clamp(600, 2_600) + 140)
        .expect("a window");
    browser
        .screenshot(&folder.join(format!("{name}.png")))
        .expect("a picture");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_page_breaks_a_rule_of_accessibility() {
    let Some(axe) = axe() else { return };
    let site = TestSite::new().await.sealing();
    let at = serve(&site).await;
    let (pages, code) = (pages(&site).await, site.link("Li").await);
    let walked = tokio::task::spawn_blocking(move || {
        let browser = Browser::start(true).expect("a browser that starts")?;
        come_in(&browser, &at, &code);
        Some(inspect(&browser, &axe, &at, &pages))
    });
    let Some((checked, found)) = walked.await.expect("the walk ends") else {
        return;
    };
    println!(
        "axe-core {AXE}: {checked} pages, {} violations",
        found.len()
    );
    assert!(checked >= 230, "{checked}");
    assert!(found.is_empty(), "{found:#?}");
}

/// Where the focus is. Inside a field for a date the browser draws the ring around its own parts,
/// which no script sees.
const FOCUSED: &str = "
const e = document.activeElement;
if (!e || e === document.body) { return null; }
const s = getComputedStyle(e), r = e.getBoundingClientRect();
if (!e.dataset.walked) { e.dataset.walked = '1'; }
return {
  name: e.tagName + '#' + e.id + '.' + e.className + ' ' + (e.textContent || e.name || '').trim().slice(0, 30),
  ring: e.type === 'date' || s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
  seen: r.width > 0 && r.height > 0 && r.left >= 0 && r.right <= innerWidth + 1 && r.bottom > 0 && r.top < innerHeight,
  skip: e.classList.contains('skip'),
};";

/// What could be reached and was not.
const LEFT: &str = "
return [...document.querySelectorAll('a[href],button,input,select,textarea,summary')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.type !== 'hidden' && !e.dataset.walked && e.checkVisibility())
  .filter(e => e.type !== 'radio' || ![...document.querySelectorAll('input[type=radio]')].some(o => o.name === e.name && o.form === e.form && o.dataset.walked))
  .map(e => e.tagName + '#' + e.id + ' ' + (e.textContent || e.name || '').trim().slice(0, 30));";

/// Stops of the keyboard on the longest page, with room.
const STOPS: usize = 400;

/// Walks one page with Tab alone; what a reader without a mouse could not do.
fn walk(browser: &Browser, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    for stop in 0..STOPS {
        browser.press(TAB).expect("a key");
        let at = browser.run(FOCUSED).expect("the focus");
        if at.is_null() {
            break;
        }
        if stop == 0 && at["skip"] != true {
            found.push(format!("{name}: the first stop is {}", at["name"]));
        }
        if stop > 0 && at["skip"] == true {
            break;
        }
        for sign in ["ring", "seen"] {
            if at[sign] != true {
                found.push(format!("{name}: {} has no {sign}", at["name"]));
            }
        }
    }
    let left = browser.run(LEFT).expect("a list");
    for one in left.as_array().into_iter().flatten() {
        found.push(format!("{name}: Tab never reaches {one}"));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_keyboard_reaches_everything_and_shows_where_it_is() {
    let site = TestSite::new().await.sealing();
    let at = serve(&site).await;
    let (pages, code) = (pages(&site).await, site.link("Li").await);
    let walked = tokio::task::spawn_blocking(move || {
        let browser = Browser::start(true).expect("a browser that starts")?;
        come_in(&browser, &at, &code);
        let mut found = Vec::new();
        for (name, path) in &pages {
            browser.open(&format!("{at}{path}")).expect("a page");
            // Pages with faults begin at them on purpose: the walk begins at the top.
            browser.run("document.activeElement.blur(); document.getSelection().setPosition(document.body, 0)").expect("the top");
            found.extend(walk(&browser, name));
        }
        browser.open(&format!("{at}/about")).expect("a page");
        browser.press(TAB).expect("a key");
        browser.press(ENTER).expect("a key");
        let there = browser
            .run("return document.activeElement.id")
            .expect("the focus");
        assert_eq!(there, "main", "the first link leads past the menus");
        Some(found)
    });
    if let Some(found) = walked.await.expect("the walk ends") {
        assert!(found.is_empty(), "{found:#?}");
    }
}

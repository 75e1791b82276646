//! Three stories in a real browser, by forms and clicks alone: an enterprise objects, the supplier corrects and
//! the report changes; another applies for repair, is told the one thing that is missing, brings it and is
//! repaired; an agency fails to list a firm improperly, and lists it properly. Each leaves its pictures in the
//! folder `story` of the build's temporary folder, or in the one that `GONGXIN_SCREENSHOTS` names.

use super::representative;
use crate::site::{ORDINARY as FIRM, ORGAN, TestSite};
use std::path::PathBuf;
use std::time::Duration;
use testkit::browser::Browser;
use tokio::net::TcpListener;
use tokio::runtime::Handle;

/// The firm that objects, and is listed later; its penalty.
const FINED: &str = "云市监罚〔2026〕301号";
/// The firm that is repaired, and its penalty.
const OTHER: &str = "91990105MD0019761M";
const PAID: &str = "云市监罚〔2026〕306号";
/// The decision to list.
const LISTED: &str = "云市监列〔2026〕9号";
const BUREAU: &str = "云汀市市场监督管理局";

/// Who plays, with the browser in which all of them sit down one after another.
struct Play {
    site: TestSite,
    browser: Browser,
    handle: Handle,
    at: String,
    folder: PathBuf,
    files: tempfile::TempDir,
    /// Mandates of the two enterprises.
    own: [String; 2],
}

impl Play {
    fn open(&self, path: &str) {
        self.browser
            .open(&format!("{}{path}", self.at))
            .unwrap_or_else(|cause| panic!("{path}: {cause}"));
    }

    fn wait(&self, css: &str) {
        let waited = self.browser.wait_for(css, Duration::from_secs(20));
        waited.unwrap_or_else(|cause| panic!("{css}: {cause}: {}", self.said()));
    }

    fn click(&self, css: &str) {
        self.wait(css);
        let clicked = self.browser.click(css);
        clicked.unwrap_or_else(|cause| panic!("{css}: {cause}"));
    }

    fn fill(&self, css: &str, text: &str) {
        self.wait(css);
        let filled = self.browser.fill(css, text);
        filled.unwrap_or_else(|cause| panic!("{css}: {cause}"));
    }

    /// Chooses the option whose value or text holds something.
    fn choose(&self, css: &str, text: &str) {
        self.wait(css);
        let script = format!(
            "return [...document.querySelector('{css}').options].find(o => o.value === '{text}' || o.text.includes('{text}'))?.value"
        );
        let value = self.browser.run(&script).expect("the options");
        let value = value.as_str().unwrap_or_else(|| panic!("{text} in {css}"));
        self.click(&format!("{css} option[value=\"{value}\"]"));
    }

    /// Fills a field for a day. What one types there differs by the machine's language, so the day is set.
    fn day(&self, css: &str, day: &str) {
        self.wait(css);
        let script = format!("document.querySelector('{css}').value = '{day}'");
        self.browser.run(&script).expect("a day");
    }

    /// What the page says.
    fn said(&self) -> String {
        self.browser.text("body").unwrap_or_default()
    }

    fn says(&self, text: &str) {
        assert!(self.said().contains(text), "{text}: {}", self.said());
    }

    fn silent(&self, text: &str) {
        assert!(!self.said().contains(text), "{text}: {}", self.said());
    }

    /// Whether a fact of the report is marked; its general notice explains the mark, in quotation marks.
    fn contested(&self) -> bool {
        let said = self.said();
        let mut lines = said.lines();
        lines.any(|line| line.contains("异议处理中") && !line.contains('“'))
    }

    /// A picture of the page from its top.
    fn picture(&self, name: &str) {
        let file = self.folder.join(format!("{name}.png"));
        self.browser.screenshot(&file).expect("a picture");
    }

    /// A file for an upload.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.files.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    }

    /// Somebody sits down: by a link, and the button of its page.
    fn enter(&self, login: Option<&str>) {
        let link = self.handle.block_on(async {
            match login {
                Some(login) => self.site.link_of(login, &[]).await,
                None => self.site.link("Li").await,
            }
        });
        self.open(&link);
        self.click("main form button");
        // The link's page ends with the session that it begins.
        let begun = std::time::Instant::now();
        while self.browser.address().expect("an address").contains(&link) {
            assert!(begun.elapsed() < Duration::from_secs(20), "nobody came in");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn pass(&self, days: i64) {
        self.site.clock.advance(days * 86_400 * 1_000_000);
    }

    /// The case of the page.
    fn case(&self) -> String {
        self.wait("ol.steps");
        let address = self.browser.address().expect("an address");
        let id = address.rsplit('/').next().unwrap_or_default();
        id.split('?').next().unwrap_or_default().to_owned()
    }

    /// Makes the step that was filled in; it is the so-manieth.
    fn step(&self, number: usize) {
        self.click("form.wide button[type=submit]");
        self.wait(&format!("ol.steps > li:nth-child({number})"));
    }

    /// Fills the fields of a legal document.
    fn paper(&self, kind: &str, number: &str, day: &str) {
        self.fill("#document-kind", kind);
        self.fill("#document-number", number);
        self.day("#document-day", day);
        self.fill("#document-organ", BUREAU);
    }

    /// What the public reads of a firm.
    fn report(&self, code: &str) {
        self.open(&format!("/search?q={code}&lang=zh"));
        if self.browser.count(".acts a.button").expect("a page") > 0 {
            self.click(".acts a.button");
            self.wait(".report");
        }
    }
}

/// An enterprise objects to a fact; the centre forwards it; the supplier corrects the fact at its own page and
/// names the new version; the report changes.
fn objection(play: &Play) {
    play.enter(Some("rep.one"));
    play.open(&format!("/my/{}/cases?lang=zh", play.own[0]));
    play.click("main .acts a.button");
    play.click("#kind-objection");
    play.click("form.wide button[type=submit]");
    play.choose("#record", FINED);
    play.choose("#choice", "wrong");
    play.fill("#reason", "决定书载明可以分期缴纳，公示内容没有写明。");
    play.fill(
        "#file",
        &play.file("proof.pdf", "%PDF-1.4 << /Type /Catalog >>"),
    );
    play.picture("1-objection-form");
    play.click("form.wide button[type=submit]");
    let id = play.case();
    play.picture("2-objection-filed");
    play.report(FIRM);
    assert!(play.contested(), "{}", play.said());
    play.picture("3-report-contested");
    play.enter(None);
    play.open("/cases?lang=zh");
    play.click(&format!("a[href='/cases/{id}']"));
    play.click("#m-forward");
    play.step(2);
    play.click("a.more[href^='/supply/correct']");
    play.fill("#code", FIRM);
    play.fill("#case", "更正 7");
    play.click("button[value=find]");
    play.click("button[value=open]");
    play.wait("#c-CF_NR");
    play.browser.clear("#c-CF_NR").expect("a field");
    play.fill("#c-CF_NR", "罚款95000元，分期缴纳");
    for (name, value) in [
        ("reason", "异议成立"),
        ("paper-kind", "更正决定书"),
        ("paper-number", "云市监更〔2026〕1号"),
        ("paper-organ", BUREAU),
    ] {
        play.fill(&format!("#{name}"), value);
    }
    play.day("#paper-day", "2026-11-22");
    play.click("button[value=check]");
    play.click("button[value=send]");
    play.wait("a[href$='receipt.json']");
    play.open(&format!("/cases/{id}"));
    play.click("#m-correct");
    play.fill("#reason", "已经按决定书更正");
    play.fill("#version", "2");
    play.step(3);
    play.says("已更正");
    play.picture("4-objection-corrected");
    play.report(FIRM);
    play.says("分期缴纳");
    assert!(!play.contested(), "{}", play.said());
    play.picture("5-report-corrected");
}

/// Another enterprise applies for repair with one thing missing, is told it, brings it, and is repaired.
fn repair(play: &Play) {
    play.enter(Some("rep.two"));
    play.open(&format!("/my/{}/cases/new?lang=zh", play.own[1]));
    play.click("#kind-repair");
    play.click("form.wide button[type=submit]");
    play.choose("#record", PAID);
    play.choose("#choice", "fulfilled");
    play.fill("#reason", "罚款已经缴清，广告已经撤下。");
    play.click("#commitment");
    play.click("form.wide button[type=submit]");
    play.wait(".error-summary");
    let told = play
        .browser
        .text(".error-summary")
        .expect("what is missing");
    assert!(told.contains("证明材料"), "{told}");
    assert!(!told.contains("信用承诺"), "one thing and no other: {told}");
    play.picture("6-repair-one-missing");
    play.fill(
        "#file",
        &play.file("paid.pdf", "%PDF-1.4 << /Type /Catalog >>"),
    );
    play.click("form.wide button[type=submit]");
    let id = play.case();
    play.enter(None);
    play.open(&format!("/cases/{id}?lang=zh"));
    play.click("#m-accept");
    play.step(2);
    play.click("#m-repair");
    play.fill("#reason", "已经核实，义务全部履行");
    play.step(3);
    play.picture("7-repaired");
    play.report(OTHER);
    play.silent(PAID);
    play.enter(Some("rep.two"));
    play.open(&format!("/my/{}?lang=zh", play.own[1]));
    play.says(PAID);
    play.says("已修复");
    play.picture("8-own-file-repaired");
}

/// A row of the list, sent by the form for files.
fn sent(play: &Play, day: &str, name: &str) {
    let row = format!(
        "企业名称,统一社会信用代码,名单名称,列入事由,列入决定文书号,列入决定机关,列入日期,列入依据,决定送达日期\n云汀栖航检测技术有限公司,{FIRM},市场监督管理严重违法失信名单,广告不实,{LISTED},{BUREAU},{day},总局令第44号,{day}\n"
    );
    play.open("/supply/submit?lang=zh");
    play.choose("#theme", "serious-list");
    play.fill("#supplier", ORGAN);
    play.fill("#file", &play.file(name, &row));
    play.click("form.form button[type=submit]");
    play.wait("a[href$='receipt.json']");
}

/// The agency tries without notice, without service and before the term, and fails; then it does what the law
/// asks, step by step.
fn listing(play: &Play) {
    play.enter(None);
    play.open("/cases/open?lang=zh");
    play.choose("#agency", ORGAN);
    play.fill("#code", FIRM);
    play.click("form.form button[type=submit]");
    play.click("#kind-listing");
    play.click("form.wide button[type=submit]");
    play.choose("#record", FINED);
    play.choose("#choice", "market");
    play.fill("#reason", "情节严重，拟列入严重违法失信名单");
    play.click("form.wide button[type=submit]");
    let id = play.case();
    // A file lists nobody while nothing is decided, and the page offers no decision.
    sent(play, "2026-12-14", "early.csv");
    play.wait("a[href$='/rejects']");
    play.picture("9-listing-by-file-rejected");
    play.open(&format!("/cases/{id}"));
    assert_eq!(play.browser.count("#m-decide").expect("a count"), 0);
    play.click("#m-notify");
    play.fill("#reason", "拟列入的事由、依据和陈述申辩的权利");
    play.paper("列入事先告知书", "云市监列告〔2026〕9号", "2026-12-15");
    play.click("form.wide button[type=submit]");
    play.wait(".error-summary");
    let told = play
        .browser
        .text(".error-summary")
        .expect("what is missing");
    assert!(told.contains("送达"), "{told}");
    play.picture("10-listing-without-service-refused");
    play.day("#service-day", "2026-12-15");
    play.fill("#service-way", "直接送达");
    play.step(2);
    assert_eq!(play.browser.count("#m-decide").expect("a count"), 0);
    play.pass(15);
    play.enter(None);
    play.open(&format!("/cases/{id}?lang=zh"));
    play.click("#m-decide");
    play.fill("#reason", "期限内没有陈述申辩，事实清楚");
    play.paper("列入决定书", LISTED, "2026-12-30");
    play.fill("#head", "某局长");
    for (name, text) in [
        ("basis", "总局令第44号"),
        ("measures", "增加检查频次"),
        ("removal", "满一年可以申请"),
        ("remedies", "六十日内可以申请复议"),
    ] {
        play.fill(&format!("#content-{name}"), text);
    }
    play.step(3);
    play.click("#m-serve");
    play.day("#service-day", "2026-12-30");
    play.fill("#service-way", "邮寄送达");
    play.step(4);
    sent(play, "2026-12-30", "listed.csv");
    play.open(&format!("/cases/{id}"));
    play.click("#m-publish");
    play.step(5);
    play.picture("11-listed");
    play.report(FIRM);
    play.says(LISTED);
    play.picture("12-report-listed");
}

/// Serves the site to the browser, and to nobody else.
async fn serve(site: &TestSite) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", listener.local_addr().expect("an address"));
    let served = site.site.clone().reached_at(&at).expect("an address");
    tokio::spawn(web::serve(listener, served, std::future::pending()));
    at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_objection_a_repair_and_a_listing_in_a_browser() {
    let site = TestSite::new().await;
    let own = [
        representative(&site, FIRM, "rep.one").await.1,
        representative(&site, OTHER, "rep.two").await.1,
    ];
    let (at, handle) = (serve(&site).await, Handle::current());
    let told = std::env::var_os("GONGXIN_SCREENSHOTS").map(PathBuf::from);
    let own_folder = || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("story");
    let played = tokio::task::spawn_blocking(move || {
        let browser = Browser::start(true).expect("a browser that starts")?;
        browser.resize(1_100, 1_000).expect("a window");
        let play = Play {
            site,
            browser,
            handle,
            at,
            folder: told.unwrap_or_else(own_folder),
            files: tempfile::tempdir().expect("a folder"),
            own,
        };
        objection(&play);
        play.pass(23);
        repair(&play);
        listing(&play);
        Some(())
    });
    played.await.expect("the stories end");
}

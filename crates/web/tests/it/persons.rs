//! A natural person who is on file, sealed: reached at the service window and at no other door.

use crate::html;
use crate::site::{Answer, ORGAN, TestSite, appointment};
use axum::http::StatusCode;
use credit::grant::GrantMove;
use credit::people::Role;
use credit::subject::SubjectId;
use exchange::people;
use exchange::sharing::{self, Narrower, NewAsk};

const NAME: &str = "金丝雀甲";
const STREET: &str = "鹦鹉里七巷";
/// Made up; their check characters are right. The second is on no file.
const ON_FILE: &str = "110101199003077758";
const UNKNOWN: &str = "110101199003077774";

/// A row of the sample on an organisation, made one on a person.
pub(crate) fn file() -> String {
    let header = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,居民身份证号,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度";
    format!(
        "{header}\n{NAME},自然人,,,{ON_FILE},某罚〔2026〕1号,无照经营,无照经营，住{STREET},某条例第九条,罚款,罚款500元,0.05,2026-05-01,2099-12-31,某局,{ORGAN},某局,{ORGAN},一般\n"
    )
}

fn id(site: &TestSite, number: &str) -> SubjectId {
    let ring = site.site.office.persons.as_ref().expect("a ring");
    SubjectId(ring.id("person", &[b"citizen-id", number.as_bytes()]))
}

async fn site() -> TestSite {
    let site = TestSite::new().await.sealing();
    let receipt = site
        .take("penalty", Some(ORGAN), "persons.csv", file(), None)
        .await;
    assert_eq!(receipt.counts.accepted, 1, "{:?}", receipt.counts);
    site
}

async fn clerk(site: &TestSite) -> String {
    let to = appointment(Role::CentreClerk, "credit-centre");
    let link = site.link_of("window.clerk", &[to]).await;
    site.enter_by(&link).await
}

async fn asked(site: &TestSite, cookie: &str, number: &str, case: &str) -> Answer {
    let form = format!("number={number}&case={case}");
    site.post("/window/person", cookie, &form).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_read_at_the_window_by_the_whole_number_and_a_case() {
    let site = site().await;
    let cookie = clerk(&site).await;
    let form = site
        .get_with("/window/person", &[("cookie", &cookie)])
        .await;
    html::check("window", &form.body);
    let answer = asked(&site, &cookie, ON_FILE, "2026-1").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert!(answer.body.contains(NAME) && answer.body.contains(STREET));
    assert!(
        !answer.body.contains(ON_FILE),
        "the number is not said again"
    );
    assert_eq!(answer.header("cache-control"), "private, no-store");
    html::check("window report", &answer.body);
    for (number, case, status) in [
        (UNKNOWN, "2026-1", StatusCode::NOT_FOUND),
        (
            "110101199003077751",
            "2026-1",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("", "2026-1", StatusCode::UNPROCESSABLE_ENTITY),
        (ON_FILE, "", StatusCode::UNPROCESSABLE_ENTITY),
        (NAME, "2026-1", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let answer = asked(&site, &cookie, number, case).await;
        assert_eq!(answer.status, status, "{number} {case}");
        assert!(!answer.body.contains(NAME) && !answer.body.contains("1990030777"));
        assert!(answer.body.contains(case), "what was typed is kept");
        html::check("window with a fault", &answer.body);
    }
    // A number in the place of the case's would stand in the log of looks for good.
    let swapped = asked(&site, &cookie, ON_FILE, UNKNOWN).await;
    assert_eq!(swapped.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!swapped.body.contains(NAME));
    // An address does not ask: only a form does, and only one of this site.
    let path = format!("/window/person?number={ON_FILE}&case=1");
    let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
    assert!(!answer.body.contains(NAME));
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
        ("cookie", cookie.as_str()),
    ];
    let body = format!("number={ON_FILE}&case=1");
    let foreign = site
        .send("POST", "/window/person", &headers, body.into())
        .await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_ring_the_window_says_so_and_nothing_else() {
    let site = TestSite::new().await;
    let receipt = site
        .take("penalty", Some(ORGAN), "persons.csv", file(), None)
        .await;
    assert_eq!(receipt.counts.rejected, 1, "{:?}", receipt.counts);
    let cookie = clerk(&site).await;
    let form = site
        .get_with("/window/person", &[("cookie", &cookie)])
        .await;
    assert!(!form.body.contains("name=\"number\""), "{}", form.body);
    html::check("window without a ring", &form.body);
    let answer = asked(&site, &cookie, ON_FILE, "2026-1").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.body.contains(NAME));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_07_every_public_door_answers_as_for_somebody_unknown() {
    let site = site().await;
    let desk = site.enter("Li").await;
    let (there, nobody) = (id(&site, ON_FILE), id(&site, UNKNOWN));
    let pairs = [
        (there.to_string(), nobody.to_string()),
        (ON_FILE.to_owned(), UNKNOWN.to_owned()),
    ];
    let doors = [
        "/subjects/{}",
        "/subjects/{}?as_of=2026-05-05",
        "/subjects/{}/report",
        "/subjects/{}/report.pdf",
        "/search?q={}",
        "/api/v1/subjects/{}",
        "/api/v1/subjects/{}/report",
        "/api/v1/subjects/{}/report?as_of=2026-05-05",
        "/api/v1/subjects?name={}",
        "/api/reconcile?queries={}",
    ];
    for (known, unknown) in &pairs {
        for door in doors {
            for cookie in ["", desk.as_str()] {
                let headers = [("cookie", cookie)];
                let one = site.get_with(&door.replace("{}", known), &headers).await;
                let other = site.get_with(&door.replace("{}", unknown), &headers).await;
                assert_eq!(one.status, other.status, "{door}");
                let (one, other) = (plain(&one, known), plain(&other, unknown));
                assert_eq!(one, other, "{door}");
                assert!(!one.contains(NAME) && !one.contains(STREET), "{door}");
            }
        }
    }
}

/// An answer without what was asked and without what is new in each one.
fn plain(answer: &Answer, asked: &str) -> String {
    let text = answer.body.replace(asked, "ASKED");
    match text.find("urn:uuid:").or_else(|| text.find("\"request\"")) {
        Some(_) => text
            .split(|sign: char| !sign.is_ascii_hexdigit())
            .filter(|word| word.len() < 16)
            .collect(),
        None => text,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_list_search_or_figure_tells_of_a_person() {
    let site = site().await;
    let desk = site.enter("Li").await;
    for path in [
        "/",
        "/supply",
        "/supply/holds",
        "/supply/questions",
        "/supply/snapshots",
        "/metrics",
        "/search?q=%E9%87%91%E4%B8%9D%E9%9B%80",
        "/api/v1/subjects?name=%E9%87%91%E4%B8%9D%E9%9B%80",
        "/search?q=jinsique",
    ] {
        let answer = site.get_with(path, &[("cookie", &desk)]).await;
        let body = answer.body.replace("金丝雀", "");
        assert!(!body.contains("雀甲") && !body.contains(STREET), "{path}");
        assert!(!body.contains(&id(&site, ON_FILE).to_string()), "{path}");
    }
    let figures = exchange::browse::figures(&site.site.office)
        .await
        .expect("figures");
    let without = TestSite::new().await;
    let before = exchange::browse::figures(&without.site.office)
        .await
        .expect("figures");
    assert_eq!(
        (figures.subjects, figures.records),
        (before.subjects, before.records)
    );
}

/// The text of an element with this class that follows a heading, without its groups' lines.
fn coded(body: &str, at: usize) -> String {
    let word = body.split("<p class=\"code\">").nth(at).expect("a code");
    word.split('<').next().expect("text").to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_is_handed_out_once_shown_by_its_number_and_withdrawn_by_its_word() {
    let site = site().await;
    let cookie = clerk(&site).await;
    let page = site
        .get_with("/window/consent", &[("cookie", &cookie)])
        .await;
    html::check("consent form", &page.body);
    assert!(page.body.contains("penalty/CF_WFXW") && !page.body.contains("CF_XDR_ZJHM"));
    let until = site.site.office.today();
    let form = |number: &str, items: &str, until: &str| {
        format!(
            "number={number}&seen=W-1&agency=tax&purpose=permit-review&case=X-7&once=1&until={until}{items}"
        )
    };
    let ticked = "&item=penalty/CF_WFXW&item=penalty/CF_JDRQ";
    for (number, items, until, field) in [
        ("110101199003077751", ticked, until.to_string(), "number"),
        (ON_FILE, "", until.to_string(), "items"),
        (ON_FILE, ticked, String::new(), "until"),
        (ON_FILE, ticked, "2099-01-01".to_owned(), "until"),
    ] {
        let body = form(number, items, &until);
        let answer = site.post("/window/consent", &cookie, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(
            answer.body.contains(&format!("id=\"{field}-error\"")),
            "{field}"
        );
        assert!(answer.body.contains("X-7"), "what was typed is kept");
        assert!(!answer.body.contains("1990030777"), "save the number");
        html::check("consent with a fault", &answer.body);
    }
    let body = form(ON_FILE, ticked, &until.to_string());
    let slip = site.post("/window/consent", &cookie, &body).await;
    assert_eq!(slip.status, StatusCode::OK, "{}", slip.body);
    html::check("consent slip", &slip.body);
    assert!(slip.body.contains("<svg class=\"qr\"") && !slip.body.contains("1990030777"));
    assert_eq!(slip.header("cache-control"), "private, no-store");
    let (number, word) = (coded(&slip.body, 1), coded(&slip.body, 2));
    let plain = number.replace('-', "").to_lowercase();
    for path in [format!("/consents/{plain}"), format!("/consents/{number}")] {
        for lang in ["zh", "en", "ru"] {
            let shown = site.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(shown.status, StatusCode::OK);
            html::check("consent", &shown.body);
            assert!(shown.body.contains("X-7") && shown.body.contains(&until.to_string()));
            assert!(!shown.body.contains(NAME) && !shown.body.contains("1990030777"));
            assert_eq!(shown.header("cache-control"), "private, no-store");
        }
    }
    // Its number withdraws nothing; its word does, and is no number.
    let asked = async |word: &str| site.post("/consents", "", &format!("word={word}")).await;
    for wrong in [number.as_str(), "", "x"] {
        let answer = asked(wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        html::check("no word", &answer.body);
    }
    let none = site
        .get(&format!("/consents/{}", word.replace('-', "")))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    html::check("no consent", &none.body);
    let gone = asked(&word).await;
    assert_eq!(gone.status, StatusCode::OK, "{}", gone.body);
    let shown = site.get(&format!("/consents/{plain}?lang=en")).await;
    assert!(shown.body.contains("Withdrawn"), "{}", shown.body);
    // At the window, for who lost the paper.
    site.post("/window/consent", &cookie, &body).await;
    let lost = format!("withdraw={ON_FILE}");
    let all = site.post("/window/consent/withdraw", &cookie, &lost).await;
    assert!(all.status == StatusCode::OK && all.body.contains("role=\"status\""));
    html::check("all withdrawn", &all.body);
    let looks = format!("number={ON_FILE}&case=2&what=looks");
    let looks = site.post("/window/person", &cookie, &looks).await;
    assert_eq!(looks.status, StatusCode::OK);
    html::check("who looked", &looks.body);
    // The person is told what was recorded, and leaves an address or none.
    let contact = async |fields: &str| {
        let form = format!("whose={ON_FILE}&{fields}");
        site.post("/window/person/contact", &cookie, &form).await
    };
    let set = contact("mail=a@example.org&sms=").await;
    assert!(set.status == StatusCode::OK && !set.body.contains("a@example.org"));
    html::check("address set", &set.body);
    let wrong = contact("mail=nobody&sms=").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    html::check("address refused", &wrong.body);
}

/// A grant of penalties on persons to the tax agency, and the officer who looks.
async fn granted(site: &TestSite) -> (String, String) {
    let office = &site.site.office;
    let asks = site.enter("Li").await;
    let who = people::named(office, "li.test").await.expect("Li");
    let new = NewAsk {
        supplier: ORGAN.to_owned(),
        items: "penalty/CF_WFXW penalty/CF_JDRQ".to_owned(),
        purposes: vec!["permit-review".to_owned()],
        kinds: vec!["natural-person".to_owned()],
        basis: "行政许可法 12".to_owned(),
        impact: "PIA-1".to_owned(),
        per_day: 9,
        in_all: 9,
        reason: "许可审查".to_owned(),
        ..NewAsk::default()
    };
    let cases = "case_no,opened_on\nX-7,2026-11-01\n";
    let loaded = sharing::load_cases(office, &who, Some("tax"), cases).await;
    loaded.expect("a register");
    let (id, _) = sharing::ask(office, &who, Some("tax"), &new)
        .await
        .expect("asked");
    let answers = [appointment(Role::SharingOfficer, ORGAN)];
    let link = site.link_of("organ.answers", &answers).await;
    site.enter_by(&link).await;
    let answers = people::named(office, "organ.answers")
        .await
        .expect("in use");
    let all = Narrower::default();
    let done = sharing::act(office, &answers, id, GrantMove::Grant, &all, "同意").await;
    done.expect("granted");
    (id.to_string(), asks)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_agencys_system_presents_a_consent_and_looks_by_it() {
    let site = site().await;
    let (grant, _) = granted(&site).await;
    let window = clerk(&site).await;
    let until = site.site.office.today();
    let form = format!(
        "number={ON_FILE}&seen=W-1&agency=tax&purpose=permit-review&case=X-7&once=1&until={until}&item=penalty/CF_WFXW"
    );
    let slip = site.post("/window/consent", &window, &form).await;
    let (number, word) = (coded(&slip.body, 1), coded(&slip.body, 2));
    let key = crate::sharing::key(&site, "tax.gate", Role::MachineClient, "tax").await;
    let other = crate::sharing::key(&site, "samr.gate", Role::MachineClient, "samr").await;
    let sent = async |key: &str, path: &str, body: serde_json::Value| {
        let headers = [("authorization", key), ("content-type", "application/json")];
        let answer = site.send("POST", path, &headers, body.to_string().into());
        answer.await
    };
    let present = async |key: &str, shown: &str| {
        let body = serde_json::json!({ "consent": shown });
        let answer = sent(key, "/api/v1/consents", body).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(!answer.body.contains("1990030777") && !answer.body.contains(NAME));
        answer.json()
    };
    let link = format!("https://x.example/consents/{number}");
    let told = present(&key, &link).await;
    assert_eq!(told["standing"], "live");
    assert_eq!(
        told["scope"],
        serde_json::json!({
            "agency": "tax", "purpose": "permit-review", "items": ["penalty/CF_WFXW"],
            "case": "X-7", "once": true, "until": until.to_string(),
        })
    );
    for (key, shown) in [(&other, &link), (&key, &word), (&key, &String::new())] {
        let told = present(key, shown).await;
        assert_eq!(
            told,
            serde_json::json!({"standing": "unknown", "scope": null})
        );
    }
    let ask = serde_json::json!({
        "grant": grant, "code": ON_FILE, "consent": link, "purpose": "permit-review",
        "case": "X-7", "officer": "li.test",
    });
    let seen = sent(&key, "/api/v1/lookups", ask.clone()).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert!(seen.body.contains("无照经营") && !seen.body.contains("1990030777"));
    assert!(!seen.body.contains(NAME), "the name was not agreed to");
    let again = sent(&key, "/api/v1/lookups", ask).await;
    assert_eq!(again.status, StatusCode::FORBIDDEN, "{}", again.body);
    assert_eq!(present(&key, &link).await["standing"], "used");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_number_that_was_looked_up_is_not_shown_again() {
    let site = site().await;
    let cookie = site.enter("Li").await;
    let [grant, _] = site.shared().await;
    for number in [ON_FILE, UNKNOWN, "110101199003077751"] {
        let form = format!("grant={grant}&purpose=subsidy&case=1&code={number}&consent=");
        let answer = site.post("/sharing/lookup", &cookie, &form).await;
        assert_ne!(answer.status, StatusCode::OK, "{number}");
        assert!(!answer.body.contains("1990030777"), "{number}");
        let path = format!("/sharing/lookup?code={number}");
        let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
        assert!(
            !answer.body.contains(&format!("value=\"{number}")),
            "{number}"
        );
    }
}

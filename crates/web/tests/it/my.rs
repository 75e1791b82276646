//! A subject's own portal from the outside: every address with every kind of account, one's own and
//! others' numbers, and what the pages say.

use crate::html;
use crate::site::{Answer, BY, NUMBER, ORDINARY, TestSite, appointment};
use axum::body::Body;
use axum::http::StatusCode;
use credit::people::{BY_NUMBER, Mandate, MandateId, Role};
use credit::subject::SubjectId;
use exchange::people::{Person, mandate};
use std::fmt::Write;

/// Another organisation of the samples.
const OTHER: &str = "91990104MD00100119";

/// Addresses of a mandate, with what is asked of it: method, end of the address.
const DOORS: [(&str, &str); 15] = [
    ("GET", ""),
    ("GET", "/reports"),
    ("GET", "/looks"),
    ("GET", "/clerks"),
    ("POST", "/clerks"),
    ("POST", "/clerks/{clerk}/end"),
    ("GET", "/export.json"),
    ("GET", "/export.csv"),
    ("GET", "/cases"),
    ("GET", "/cases/new"),
    ("GET", "/cases/promise"),
    ("GET", "/looks.json"),
    ("GET", "/consents"),
    ("POST", "/consents"),
    ("POST", "/consents/{clerk}/withdraw"),
];

/// A person who acts for a subject: the cookie, and the mandate.
struct Acting {
    cookie: String,
    own: String,
}

fn person(login: &str) -> Person {
    Person {
        login: login.to_owned(),
        name: format!("Person {login}"),
    }
}

async fn enters(site: &TestSite, login: &str) -> String {
    let link = site.link_of(login, &[]).await;
    site.enter_by(&link).await
}

async fn representative(site: &TestSite, subject: &str, login: &str) -> Acting {
    let shown = mandate::Shown {
        subject,
        person: person(login),
        document: "resident-card",
        until: None,
    };
    let made = mandate::record(&site.site.office, &shown, BY)
        .await
        .expect("recorded");
    Acting {
        cookie: enters(site, login).await,
        own: made.id.to_string(),
    }
}

/// A clerk with one task, appointed through the page.
async fn clerk(site: &TestSite, by: &Acting, login: &str, tasks: &str) -> Acting {
    let at = format!("/my/{}/clerks", by.own);
    let form = format!("name=Clerk&login={login}&reason=x{tasks}");
    let made = site.post(&at, &by.cookie, &form).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert!(
        made.body.contains("/account/begin/"),
        "the link is shown once"
    );
    let cookie = enters(site, login).await;
    let home = site.get_with("/my", &[("cookie", &cookie)]).await;
    let own = home.body.split("/my/").nth(1);
    let own = own.and_then(|rest| rest.get(..32)).expect("a mandate");
    Acting {
        cookie,
        own: own.to_owned(),
    }
}

/// A natural person who proved the own number; nothing is on file.
async fn natural(site: &TestSite, login: &str) -> Acting {
    let office = &site.site.office;
    let cookie = enters(site, login).await;
    let account = exchange::people::find(office, login).await.expect("it").id;
    let ring = office.persons.as_ref().expect("sealed storage is open");
    let own = Mandate {
        id: MandateId([6; 16]),
        subject: SubjectId(ring.id("person", &[b"citizen-id", NUMBER.as_bytes()])),
        account,
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
    Acting {
        cookie,
        own: own.id.to_string(),
    }
}

async fn knock(site: &TestSite, cookie: &str, method: &str, at: &str) -> Answer {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie),
    ];
    // Nothing that is sent here is complete: whoever is let in is told so.
    site.send(method, at, &headers, Body::from("name=&login="))
        .await
}

fn is_let_in(answer: &Answer) -> bool {
    let away = answer.header("location").starts_with("/account/");
    !matches!(answer.status.as_u16(), 401 | 403 | 404) && !away
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_address_opens_to_its_own_mandate_alone() {
    let site = TestSite::new().await.sealing();
    let one = representative(&site, ORDINARY, "rep.one").await;
    let two = representative(&site, OTHER, "rep.two").await;
    let reads = clerk(&site, &one, "clerk.file", "&task=file").await;
    let looks = clerk(&site, &one, "clerk.looks", "&task=looks").await;
    let exports = clerk(&site, &one, "clerk.export", "&task=export").await;
    let alone = natural(&site, "person.alone").await;
    let all = [
        (Role::CentreClerk, "credit-centre"),
        (Role::Auditor, "credit-centre"),
    ];
    let roles: Vec<_> = all.map(|(role, agency)| appointment(role, agency)).into();
    let link = site.link_of("officer.all", &roles).await;
    let officer = site.enter_by(&link).await;
    let unknown = "0".repeat(32);
    let mut file = String::from("who\tmandate\tmethod\troute\tlet in\n");
    let whos: [(&str, &str, &str, [bool; 15]); 11] = [
        // File and reports, looks, clerks (three), export (two), cases (three), looks again, consents (three).
        (
            "representative",
            &one.cookie,
            &one.own,
            [
                true, true, true, true, true, false, true, true, true, true, true, true, false,
                false, false,
            ],
        ),
        (
            "clerk for the file",
            &reads.cookie,
            &reads.own,
            [
                true, true, false, false, false, false, false, false, false, false, false, false,
                false, false, false,
            ],
        ),
        (
            "clerk for looks",
            &looks.cookie,
            &looks.own,
            [
                false, false, true, false, false, false, false, false, false, false, false, true,
                false, false, false,
            ],
        ),
        (
            "clerk for export",
            &exports.cookie,
            &exports.own,
            [
                false, false, false, false, false, false, true, true, false, false, false, false,
                false, false, false,
            ],
        ),
        (
            "another's representative",
            &two.cookie,
            &one.own,
            [false; 15],
        ),
        (
            "clerk with the representative's",
            &reads.cookie,
            &one.own,
            [false; 15],
        ),
        (
            "representative with the clerk's",
            &one.cookie,
            &reads.own,
            [false; 15],
        ),
        // Nothing is on file of this one, so that there is nothing to take away.
        (
            "natural person",
            &alone.cookie,
            &alone.own,
            [
                true, false, true, false, false, false, false, false, false, false, false, true,
                true, true, false,
            ],
        ),
        (
            "natural person with a representative's",
            &alone.cookie,
            &one.own,
            [false; 15],
        ),
        ("officer", &officer, &one.own, [false; 15]),
        ("nobody", "", &one.own, [false; 15]),
    ];
    for (who, cookie, own, may) in whos {
        for ((method, end), may) in DOORS.iter().zip(may) {
            let at = format!("/my/{own}{}", end.replace("{clerk}", &unknown));
            let answer = knock(&site, cookie, method, &at).await;
            // A clerk, or a consent, that there is not is not found by who may end them either.
            assert_eq!(
                is_let_in(&answer),
                may,
                "{who} {method} {end}: {}",
                answer.status
            );
            let whose = match own {
                own if own == one.own => "the representative's",
                own if own == alone.own => "the person's own",
                _ => "the clerk's",
            };
            writeln!(
                file,
                "{who}\t{whose}\t{method}\t/my/{{mandate}}{end}\t{}",
                if may { "yes" } else { "no" }
            )
            .expect("a string");
        }
    }
    for wrong in ["x", unknown.as_str(), ORDINARY, "%2e%2e"] {
        for (method, end) in DOORS {
            let at = format!("/my/{wrong}{}", end.replace("{clerk}", &unknown));
            let answer = knock(&site, &one.cookie, method, &at).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {at}");
        }
    }
    testkit::data::kept("docs/access-matrix-my.tsv", &file);
    // A clerk of one subject is ended by its representative, and by nobody else's.
    let end = format!("/clerks/{}/end", looks.own);
    let away = knock(&site, &two.cookie, "POST", &format!("/my/{}{end}", two.own)).await;
    assert_eq!(away.status, StatusCode::NOT_FOUND);
    let done = knock(&site, &one.cookie, "POST", &format!("/my/{}{end}", one.own)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let over = knock(
        &site,
        &looks.cookie,
        "GET",
        &format!("/my/{}/looks", looks.own),
    )
    .await;
    assert_eq!(over.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subject_sees_its_file_and_who_looked() {
    let site = TestSite::new().await;
    let one = representative(&site, ORDINARY, "rep.one").await;
    let (officer, case) = exchange::report::window("Wang", "tax office", "2026-7").expect("named");
    let ask = exchange::report::Ask::default();
    exchange::report::own(&site.site.office, ORDINARY, officer, case, &ask)
        .await
        .expect("a look");
    let cookie = [("cookie", one.cookie.as_str())];
    for lang in ["zh", "en", "ru"] {
        for end in ["", "/reports", "/looks", "/clerks"] {
            let at = format!("/my/{}{end}?lang={lang}", one.own);
            let page = site.get_with(&at, &cookie).await;
            assert_eq!(page.status, StatusCode::OK, "{at}: {}", page.body);
            html::check(&at, &page.body);
            assert_eq!(page.header("cache-control"), "private, no-store", "{at}");
        }
        let home = site.get_with(&format!("/my?lang={lang}"), &cookie).await;
        html::check("/my", &home.body);
        assert!(home.body.contains(&one.own));
    }
    let looks = site
        .get_with(&format!("/my/{}/looks?lang=en", one.own), &cookie)
        .await;
    for told in [
        "Wang",
        "tax office",
        "2026-7",
        "for the subject itself",
        "Person rep.one",
    ] {
        assert!(looks.body.contains(told), "{told}: {}", looks.body);
    }
    // Facts that the public sees no more stand in the subject's own file.
    let json = site
        .get_with(&format!("/my/{}/export.json", one.own), &cookie)
        .await;
    assert_eq!(json.json()["shape"], "gongxin.export/1");
    assert!(json.header("content-disposition").starts_with("attachment"));
    let csv = site
        .get_with(&format!("/my/{}/export.csv", one.own), &cookie)
        .await;
    assert!(csv.body.lines().count() > 5, "{}", csv.body);
    for line in csv.body.lines() {
        assert!(!line.starts_with(['=', '+', '-', '@']), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_window_records_by_a_named_officer() {
    let site = TestSite::new().await;
    let cookie = site.enter("Zhao").await;
    let page = site
        .get_with(
            &format!("/window?code={ORDINARY}&lang=en"),
            &[("cookie", &cookie)],
        )
        .await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    html::check("/window", &page.body);
    let at = format!("/window?code={ORDINARY}");
    let form = "name=Person&login=rep.one&document=&reason=r".to_owned();
    let wrong = site.post(&at, &cookie, &form).await;
    assert_eq!(
        wrong.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        wrong.body
    );
    html::check("/window", &wrong.body);
    assert!(
        wrong.body.contains("value=\"rep.one\""),
        "what was typed is kept"
    );
    let form = form.replace("document=", "document=passport");
    let done = site.post(&format!("{at}&lang=en"), &cookie, &form).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.body);
    html::check("/window", &done.body);
    assert!(done.body.contains("/account/begin/") && done.body.contains("passport"));
    // The link is not shown again, and the mandate can be ended with a reason only.
    let page = site
        .get_with(&format!("/window?code={ORDINARY}"), &[("cookie", &cookie)])
        .await;
    assert!(!page.body.contains("/account/begin/"));
    let at = page
        .body
        .split("action=\"/window/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let at = format!("/window/{}", at.expect("an end"));
    assert_eq!(
        site.post(&at, &cookie, "").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        site.post(&at, &cookie, "reason=over").await.status,
        StatusCode::SEE_OTHER
    );
    for (code, status) in [
        (crate::site::NUMBER, 422),
        ("92110105MA00000X18", 422),
        ("x", 422),
    ] {
        let answer = site
            .get_with(&format!("/window?code={code}"), &[("cookie", &cookie)])
            .await;
        assert_eq!(answer.status.as_u16(), status, "{code}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_subject_reads_for_which_duty_and_at_which_items_it_was_looked_up() {
    let site = TestSite::new().await;
    site.enter("Li").await;
    let [grant, _] = site.shared().await;
    let one = representative(&site, OTHER, "rep.one").await;
    let office = &site.site.office;
    let who = exchange::people::named(office, "li.test")
        .await
        .expect("Li");
    let ask = exchange::duty::Ask {
        consent: "",
        grant: credit::grant::GrantId::parse(&grant).expect("a number"),
        code: OTHER,
        purpose: "subsidy",
        case: "补〔2026〕7号",
        items: "registration/ZCRQ",
        lang: credit::lang::Lang::En,
    };
    exchange::duty::look(office, &who, &ask)
        .await
        .expect("a look");
    let at = format!("/my/{}/looks?lang=en", one.own);
    let page = site.get_with(&at, &[("cookie", &one.cookie)]).await;
    assert_eq!(page.status, StatusCode::OK);
    let catalog = &office.catalog;
    let purposes = &mut catalog.purposes.iter();
    let purpose = purposes.find(|one| one.code == "subsidy").expect("it");
    let theme = catalog.edition("registration", "").expect("a theme");
    let title = |code| {
        let item = theme.item(code).and_then(|at| theme.items.get(at));
        item.expect("an item").title.get(credit::lang::Lang::En)
    };
    let purpose = purpose.title.get(credit::lang::Lang::En);
    for told in [purpose, "补〔2026〕7号", title("ZCRQ"), "Officer li.test"] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    // What the grant names and this look did not ask for was not seen.
    assert!(!page.body.contains(title("ZCDZ")), "{}", page.body);
    // Reading is a look at one's own file, told the next time.
    assert!(!page.body.contains("The whole file"), "{}", page.body);
    let again = site.get_with(&at, &[("cookie", &one.cookie)]).await;
    assert!(again.body.contains("The whole file"), "{}", again.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_subject_alone_reads_what_ended_a_report() {
    let site = TestSite::new().await;
    let one = representative(&site, ORDINARY, "rep.one").await;
    let two = representative(&site, OTHER, "rep.two").await;
    let office = &site.site.office;
    let ask = exchange::report::Ask::default();
    let issued = exchange::report::issue::public(office, ORDINARY, &ask).await;
    let number = issued.expect("issued").report.number;
    let read = async |lang: &str, who: &Acting| {
        let at = format!("/my/{}/reports?lang={lang}", who.own);
        let page = site.get_with(&at, &[("cookie", &who.cookie)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        html::check(&at, &page.body);
        page.body
    };
    let valid = read("en", &one).await;
    assert!(
        valid.contains(&number) && !valid.contains("Not current any more"),
        "{valid}"
    );
    let named = site
        .get(&format!("/api/v1/subjects/{ORDINARY}"))
        .await
        .json();
    let name = named["name"].as_str().expect("a name");
    let row = format!(
        "企业名,统一社会信用代码,守信信息名称,证书号,发证日期,颁证单位\n{name},{ORDINARY},守合同重信用企业,证1号,2026-01-05,某局\n"
    );
    site.take("honour", None, "h.csv", row, None).await;
    for (lang, change) in [
        ("en", "1 fact was added"),
        ("zh", "新增 1 条信息"),
        ("ru", "добавлено: 1"),
    ] {
        let ended = read(lang, &one).await;
        assert!(
            ended.contains(&number) && ended.contains(change),
            "{lang}: {ended}"
        );
    }
    // Another subject's portal lists nothing of it, and reading is a look that is written down.
    assert!(!read("en", &two).await.contains(&number));
    let looks = exchange::journal::audit(&office.store)
        .await
        .expect("an audit");
    assert!(looks.looks >= 5 && looks.wrong == 0, "{:?}", looks.findings);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_gives_a_consent_shows_it_once_and_withdraws_it() {
    let site = TestSite::new().await.sealing();
    let me = natural(&site, "person.alone").await;
    let at = format!("/my/{}/consents", me.own);
    let today = site.site.office.today();
    let form = |case: &str, items: &str| {
        format!("agency=tax&purpose=permit-review&case={case}{items}&until={today}&once=1")
    };
    for lang in ["zh", "en", "ru"] {
        let page = site
            .get_with(&format!("{at}?lang={lang}"), &[("cookie", &me.cookie)])
            .await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        html::check(&at, &page.body);
        assert_eq!(page.header("cache-control"), "private, no-store");
    }
    // What is not narrow is said at its field, and what was typed is kept.
    for (wrong, field) in [
        (form("X-7", ""), "items"),
        (form("", "&item=penalty/CF_WFXW"), "case"),
        (form(NUMBER, "&item=penalty/CF_WFXW"), "case"),
        (form("X-7", "&item=penalty/NONE"), "case"),
        (
            "agency=tax&purpose=permit-review&case=X-7&item=penalty/CF_WFXW".to_owned(),
            "until",
        ),
    ] {
        let answer = site.post(&at, &me.cookie, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        html::check(&at, &answer.body);
        let fault = format!("id=\"{field}-error\"");
        assert!(answer.body.contains(&fault), "{wrong}: {}", answer.body);
    }
    let sound = form("X-7", "&item=penalty/CF_WFXW");
    let slip = site
        .post(&format!("{at}?lang=en"), &me.cookie, &sound)
        .await;
    assert_eq!(slip.status, StatusCode::OK, "{}", slip.body);
    html::check("a slip", &slip.body);
    let mut codes = slip.body.split("<p class=\"code\">").skip(1);
    let mut code = || {
        let code = codes.next().and_then(|rest| rest.split('<').next());
        code.expect("a code").replace('-', "")
    };
    let (number, word) = (code(), code());
    assert!(slip.body.contains("class=\"qr\"") && number.len() == 32 && number != word);
    let shown = site.get(&format!("/consents/{number}?lang=en")).await;
    assert!(shown.body.contains("In force") && shown.body.contains("X-7"));
    // It is listed without number and word, which are kept nowhere, and withdrawn from the list.
    let listed = site
        .get_with(&format!("{at}?lang=en"), &[("cookie", &me.cookie)])
        .await;
    html::check(&at, &listed.body);
    assert!(listed.body.contains("X-7") && listed.body.contains("In force"));
    for secret in [&number, &word, &crate::site::NUMBER.to_owned()] {
        assert!(!listed.body.replace('-', "").contains(secret.as_str()));
    }
    let end = listed.body.split(&format!("action=\"{at}/")).nth(1);
    let end = end.and_then(|rest| rest.split('"').next()).expect("an end");
    let end = format!("{at}/{end}");
    // Nobody else withdraws it, and no other site does it for the person.
    let rep = representative(&site, ORDINARY, "rep.one").await;
    let theirs = end.replace(&me.own, &rep.own);
    for (cookie, path, status) in [
        (&rep.cookie, &end, StatusCode::NOT_FOUND),
        (&rep.cookie, &theirs, StatusCode::FORBIDDEN),
        (&me.cookie, &theirs, StatusCode::NOT_FOUND),
    ] {
        let answer = knock(&site, cookie, "POST", path).await;
        assert_eq!(answer.status, status, "{path}");
    }
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "cross-site"),
        ("cookie", me.cookie.as_str()),
    ];
    for path in [&end, &at] {
        let forged = site.send("POST", path, &headers, Body::from(sound.clone()));
        assert_eq!(forged.await.status, StatusCode::FORBIDDEN, "{path}");
    }
    let shown = site.get(&format!("/consents/{number}?lang=en")).await;
    assert!(shown.body.contains("In force"), "{}", shown.body);
    let done = knock(&site, &me.cookie, "POST", &end).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let shown = site.get(&format!("/consents/{number}?lang=en")).await;
    assert!(shown.body.contains("Withdrawn"), "{}", shown.body);
    let listed = site.get_with(&at, &[("cookie", &me.cookie)]).await;
    assert!(!listed.body.contains("X-7"), "{}", listed.body);
    // Without its ring nothing is said, given or withdrawn.
    let mut site = site;
    site.site.office.persons = None;
    site.router = web::router(site.site.clone());
    let closed = site.get_with(&at, &[("cookie", &me.cookie)]).await;
    assert_eq!(closed.status, StatusCode::OK);
    html::check(&at, &closed.body);
    let refused = site.post(&at, &me.cookie, &sound).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

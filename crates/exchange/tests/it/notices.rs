//! People are told: each thing once, in the inbox whole, outside it without a fact; what cannot be sent is
//! tried again and its answers are kept; silence needs a law, an officer and an end.

use crate::desk::{Desk, Quiet, catalog, desks};
use credit::lang::Lang;
use credit::people::{AccountId, AccountKind, Role};
use exchange::Error;
use exchange::corrections::{self, Look};
use exchange::ingest::{self, File, Request, Told};
use exchange::notices::{self, Addressee, Channel, Deferral, NoticeKind, Relay, Routes, Webhook};
use exchange::people::{self, By, NewAppointment, Person, mandate};
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

const FIRM: &str = "91110000MA00000152";
const BY: By<'static> = By {
    account: None,
    reason: "a test",
};

async fn officer(desk: &Desk, login: &str, agency: &str) -> AccountId {
    let to = NewAppointment {
        role: Role::SupplierOfficer,
        agency: agency.to_owned(),
        unit: None,
        themes: Vec::new(),
        until: None,
    };
    let person = Person {
        login: login.to_owned(),
        name: "经办人".to_owned(),
    };
    let made = people::add(&desk.office, AccountKind::Officer, &person, &[to], BY).await;
    made.expect("an account").0
}

async fn told(
    desk: &Desk,
    account: AccountId,
    what: &str,
    deferral: Option<Deferral>,
) -> Result<u64, Error> {
    let facts = json!({ "theme": "penalty", "agency": "samr", "secret": "某公司的处罚" });
    let to = Addressee::Account(account);
    let one = notices::notice(
        &desk.office,
        to,
        NoticeKind::Recorded,
        what,
        &facts,
        deferral,
    )?;
    notices::tell(&desk.office, &[one]).await
}

/// A relay that refuses so many mails before it takes one; what it was told.
fn relay(refuse: usize) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = listener.local_addr().expect("an address").to_string();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&heard);
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().flatten().enumerate() {
            let mut writer = stream.try_clone().expect("a stream");
            let mut say = |line: &str| {
                writer
                    .write_all(format!("{line}\r\n").as_bytes())
                    .expect("said")
            };
            say("220 relay ready");
            let mut data = false;
            let mut mail = String::new();
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                mail += &format!("{line}\n");
                match line.as_str() {
                    "." if data => {
                        data = false;
                        kept.lock().expect("ours").push(mail.clone());
                        say("250 2.0.0 queued as 4711");
                    }
                    _ if data => {}
                    "DATA" => {
                        data = true;
                        say("354 go on");
                    }
                    "QUIT" => say("221 bye"),
                    text if text.starts_with("RCPT") && number < refuse => {
                        say(&format!("451 4.3.0 later, {text}"));
                    }
                    text if text.starts_with("EHLO") => say("250-relay\r\n250 SIZE 1000"),
                    _ => say("250 ok"),
                }
            }
        }
    });
    (at, heard)
}

fn by_mail(relay: &str) -> Routes {
    Routes {
        mail: Some(Relay {
            address: relay.to_owned(),
            from: "credit@credit.example".to_owned(),
        }),
        sms: None,
        site: "https://credit.example".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_06_a_message_outside_the_inbox_carries_no_fact_and_its_delivery_is_kept() {
    for desk in desks(&catalog(&[])).await {
        let account = officer(&desk, "a.test", "samr").await;
        let set = |channel, address| {
            notices::set_contact(&desk.office, account, channel, address, Lang::En)
        };
        for bad in ["x", "a@b\r\nDATA", "<a@b.example>"] {
            assert!(set(Channel::Mail, bad).await.is_err(), "{bad}");
        }
        set(Channel::Mail, "officer@agency.example")
            .await
            .expect("set");
        if desk.engine == "sqlite" {
            assert!(
                !desk.on_disk().contains("officer@agency"),
                "an address is sealed"
            );
        }
        assert_eq!(told(&desk, account, "fact 1", None).await.expect("told"), 1);
        assert_eq!(
            told(&desk, account, "fact 1", None).await.expect("told"),
            0,
            "once"
        );
        let (at, heard) = relay(1);
        let routes = by_mail(&at);
        let first = notices::deliver(&desk.office, &routes, "a")
            .await
            .expect("a round");
        assert_eq!((first.sent, first.again), (0, 1), "{}", desk.engine);
        let other = notices::deliver(&desk.office, &routes, "b")
            .await
            .expect("a round");
        assert!(other.elsewhere, "{}: one process at a time", desk.engine);
        let early = notices::deliver(&desk.office, &routes, "a")
            .await
            .expect("a round");
        assert_eq!(
            early.sent, 0,
            "{}: it waits before the next try",
            desk.engine
        );
        desk.on("2026-11-23");
        let second = notices::deliver(&desk.office, &routes, "b")
            .await
            .expect("a round");
        assert_eq!((second.sent, second.again), (1, 0), "{}", desk.engine);
        let third = notices::deliver(&desk.office, &routes, "b")
            .await
            .expect("a round");
        assert_eq!(third.sent, 0, "{}: sent once", desk.engine);
        let mails = heard.lock().expect("ours").clone();
        let [mail] = mails.as_slice() else {
            panic!("{mails:?}")
        };
        assert!(mail.contains("RCPT TO:<officer@agency.example>"), "{mail}");
        use base64::Engine;
        let body = mail
            .split("\n\n")
            .nth(1)
            .unwrap_or_default()
            .replace(['\n', '.'], "");
        let body = base64::engine::general_purpose::STANDARD
            .decode(body)
            .expect("base64");
        let body = String::from_utf8(body).expect("text");
        assert_eq!(
            body,
            "There is a message for you at https://credit.example. Sign in to read it."
        );
        for fact in ["处罚", "penalty", "samr"] {
            assert!(!mail.contains(fact) && !body.contains(fact), "{fact}");
        }
        let to = Addressee::Account(account);
        let id = notices::id(&desk.office, &to, NoticeKind::Recorded, "fact 1");
        let tries = desk.office.store.notice_tries(id).await.expect("tries");
        let words: Vec<&str> = tries.iter().map(|one| one.answer.as_str()).collect();
        assert_eq!(
            words,
            ["451 4.3.0 later, RCPT TO:<…>", "250 2.0.0 queued as 4711"],
            "{}",
            desk.engine
        );
        let inbox = notices::inbox(&desk.office, &to, None)
            .await
            .expect("a page");
        assert!(
            inbox.rows[0].facts.contains("某公司的处罚"),
            "the inbox tells all"
        );
        assert_eq!(
            notices::unread(&desk.office, &to).await.expect("a count"),
            0,
            "it was read"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_gateway_is_asked_by_a_signed_request_and_given_up_in_the_end() {
    for desk in desks(&catalog(&[])).await {
        let account = officer(&desk, "b.test", "samr").await;
        notices::set_contact(
            &desk.office,
            account,
            Channel::Sms,
            "+8613800000000",
            Lang::Zh,
        )
        .await
        .expect("set");
        told(&desk, account, "fact 2", None).await.expect("told");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&asked);
        let mut routes = Routes {
            site: "credit.example".to_owned(),
            ..Routes::default()
        };
        routes.sms = Some(Webhook {
            secret: b"0123456789abcdef".to_vec(),
            post: Arc::new(move |body: &str, headers: &[(&str, String)]| {
                let headers: Vec<String> = headers.iter().map(|(_, value)| value.clone()).collect();
                kept.lock().expect("ours").push((body.to_owned(), headers));
                Ok((503, "busy".to_owned()))
            }),
        });
        let mut failed = 0;
        for day in 23..30 {
            for _ in 0..3 {
                let done = notices::deliver(&desk.office, &routes, "a")
                    .await
                    .expect("a round");
                failed += done.failed;
            }
            desk.on(&format!("2026-11-{day}"));
        }
        for day in 1..9 {
            desk.on(&format!("2026-12-0{day}"));
            failed += notices::deliver(&desk.office, &routes, "a")
                .await
                .expect("a round")
                .failed;
        }
        assert_eq!(failed, 1, "{}: it is given up once", desk.engine);
        let asked = asked.lock().expect("ours").clone();
        assert_eq!(asked.len(), 9, "{}", desk.engine);
        let (body, headers) = &asked[0];
        assert!(
            body.contains("+8613800000000") && !body.contains("处罚"),
            "{body}"
        );
        use hmac::{Hmac, KeyInit, Mac};
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(b"0123456789abcdef").expect("a key");
        mac.update(format!("{}.{body}", headers[0]).as_bytes());
        let bytes = mac.finalize().into_bytes();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(headers[1], hex);
    }
}

#[tokio::test]
async fn invariant_06_silence_needs_a_law_an_officer_and_an_end_and_then_tells() {
    for desk in desks(&catalog(&[])).await {
        let account = officer(&desk, "c.test", "samr").await;
        let deferral = |law: &str, officer: &str, until: &str| Deferral {
            law: law.to_owned(),
            officer: officer.to_owned(),
            reason: "调查期间".to_owned(),
            until: until.parse().expect("a day"),
        };
        for bad in [
            deferral("", "account:1", "2026-12-01"),
            deferral("某法第十条", "account:1", "2026-12-01"),
            deferral("个人信息保护法 18、35", " ", "2026-12-01"),
            deferral("个人信息保护法 18、35", "account:1", "2026-11-21"),
            deferral("个人信息保护法 18、35", "account:1", "2028-01-01"),
        ] {
            let refused = told(&desk, account, "fact 3", Some(bad)).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{}", desk.engine);
        }
        let good = deferral("个人信息保护法 18、35", "account:1", "2026-12-01");
        told(&desk, account, "fact 3", Some(good))
            .await
            .expect("told");
        let to = Addressee::Account(account);
        desk.on("2026-12-01");
        let silent = notices::inbox(&desk.office, &to, None)
            .await
            .expect("a page");
        assert!(
            silent.rows.is_empty(),
            "{}: until its last day",
            desk.engine
        );
        desk.on("2026-12-02");
        let open = notices::inbox(&desk.office, &to, None)
            .await
            .expect("a page");
        let [one] = open.rows.as_slice() else {
            panic!("{open:?}")
        };
        let day = "2026-12-01".parse().expect("a day");
        assert_eq!(
            one.deferred,
            Some((
                "个人信息保护法 18、35".to_owned(),
                "account:1".to_owned(),
                day
            )),
            "{}: then it is told, and why it was late",
            desk.engine
        );
    }
}

#[tokio::test]
async fn a_deadline_is_told_once_to_the_officers_of_the_agency() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-06-10");
        let request = Request {
            theme: "registration".into(),
            supplier: Some("samr".into()),
            mode: Some(credit::catalog::Mode::Delta),
            date: None,
            file: File::bytes(
                "r.csv",
                "企业名称,统一社会信用代码\n云汀甲有限公司,91110000MA00000152\n"
                    .as_bytes()
                    .to_vec(),
            ),
            told: Told::default(),
        };
        ingest::submit(&desk.office, request, Arc::new(Quiet))
            .await
            .expect("taken");
        let account = officer(&desk, "d.test", "samr").await;
        notices::set_contact(
            &desk.office,
            account,
            Channel::Mail,
            "d@agency.example",
            Lang::Zh,
        )
        .await
        .expect("set");
        desk.on("2026-06-12");
        assert_eq!(
            notices::remind(&desk.office).await.expect("looked"),
            1,
            "{}",
            desk.engine
        );
        assert_eq!(
            notices::remind(&desk.office).await.expect("looked"),
            0,
            "{}: once",
            desk.engine
        );
        let to = Addressee::Agency("samr".to_owned());
        let inbox = notices::inbox(&desk.office, &to, None)
            .await
            .expect("a page");
        assert_eq!(inbox.rows[0].kind, NoticeKind::Due, "{}", desk.engine);
        assert!(
            inbox.rows[0].facts.contains("2026-06-11"),
            "{}",
            inbox.rows[0].facts
        );
        desk.on("2026-06-15");
        notices::remind(&desk.office).await.expect("looked");
        let inbox = notices::inbox(&desk.office, &to, None)
            .await
            .expect("a page");
        assert!(
            inbox.rows.iter().any(|one| one.kind == NoticeKind::Missed),
            "{}",
            desk.engine
        );
        let due = desk
            .office
            .store
            .messages_due(desk.office.now(), 10)
            .await
            .expect("messages");
        assert_eq!(
            due.len(),
            inbox.rows.len(),
            "{}: the officer is told of each",
            desk.engine
        );
    }
}

#[tokio::test]
async fn invariant_06_a_look_is_told_to_whoever_acts_for_the_subject_while_they_do() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-11-20");
        let file = format!("企业名称,统一社会信用代码\n云汀甲有限公司,{FIRM}\n");
        desk.take("registration", "r.csv", file).await;
        let office = &desk.office;
        let person = Person {
            login: "rep.test".to_owned(),
            name: "代表人".to_owned(),
        };
        let shown = mandate::Shown {
            subject: FIRM,
            person,
            document: "resident-card",
            until: None,
        };
        let held = mandate::record(office, &shown, BY).await.expect("recorded");
        let account = people::find(office, "rep.test").await.expect("one").id;
        notices::set_contact(office, account, Channel::Mail, "r@firm.example", Lang::Zh)
            .await
            .expect("set");
        let subject = exchange::lookup::find(office, FIRM).await.expect("a firm");
        let to = notices::of_subject(office, subject).await.expect("it");
        let look = async || {
            let look = Look {
                supplier: "samr",
                theme: "registration",
                code: FIRM,
                officer: "account:1",
                case: "更正 1",
            };
            corrections::own_facts(office, &look, Lang::En)
                .await
                .expect("facts");
            let inbox = notices::inbox(office, &to, None).await.expect("a page");
            let due = office.store.messages_due(office.now(), 10).await;
            (inbox.rows, due.expect("messages"))
        };
        let (told, outside) = look().await;
        let [one] = told.as_slice() else {
            panic!("{}: {told:?}", desk.engine)
        };
        assert_eq!(one.kind, NoticeKind::LookedUp, "{}", desk.engine);
        for part in ["samr", "own-supply", "更正 1"] {
            assert!(one.facts.contains(part), "{}: {}", desk.engine, one.facts);
        }
        assert!(
            !one.facts.contains("云汀"),
            "what was seen is not told again"
        );
        assert_eq!(outside.len(), 1, "{}", desk.engine);
        assert_eq!(outside[0].account, account, "{}", desk.engine);
        mandate::end(office, FIRM, held.id, BY)
            .await
            .expect("ended");
        let (told, outside) = look().await;
        assert_eq!(told.len(), 2, "{}: the inbox is the subject's", desk.engine);
        assert_eq!(
            outside.len(),
            1,
            "{}: who acts no more is not told",
            desk.engine
        );
    }
}

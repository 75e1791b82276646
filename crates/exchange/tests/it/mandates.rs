//! Who acts for a subject, on both engines: a mandate opens its own subject and nothing else, and
//! falls when what it hangs on falls.

use crate::desk::{Desk, catalog, desks};
use credit::lang::Lang;
use credit::people::{AccountKind, Mandate, MandateId, MyAction};
use exchange::people::session::{self, Open};
use exchange::people::{self, Actor, By, Person, begin, mandate};
use exchange::report::Ask;
use exchange::{Error, my};
use views::export::Form;

const ONE: &str = "91110000MA00000152";
const TWO: &str = "91110000MA0000023W";
const FILE: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,91110000MA00000152,2001-02-03,=软件\n北京远明软件有限公司,91110000MA0000023W,2001-02-03,软件\n";
const BY: By<'static> = By {
    account: None,
    reason: "a test",
};

fn person(login: &str) -> Person {
    Person {
        login: login.to_owned(),
        name: format!("人{login}"),
    }
}

/// Whoever signs in by a name.
async fn actor(desk: &Desk, login: &str) -> Actor {
    let office = &desk.office;
    let id = people::find(office, login).await.expect("an account").id;
    let link = people::link(office, id).await.expect("a link");
    let entered = begin::enter(office, link.shown()).await.expect("read");
    let session = entered.expect("a session");
    match session::read(office, session.shown()).await.expect("read") {
        Some(Open::Full(actor)) => *actor,
        other => panic!("{other:?}"),
    }
}

async fn record(desk: &Desk, subject: &str, login: &str) -> (String, u64) {
    let shown = mandate::Shown {
        subject,
        person: person(login),
        document: "resident-card",
        until: None,
    };
    let made = mandate::record(&desk.office, &shown, BY)
        .await
        .expect("recorded");
    (made.id.to_string(), made.superseded)
}

async fn clerk(
    desk: &Desk,
    by: &Actor,
    own: &str,
    login: &str,
    tasks: &[&str],
) -> exchange::error::Result<String> {
    let tasks: Vec<String> = tasks.iter().map(|task| (*task).to_owned()).collect();
    let clerk = mandate::Clerk {
        person: person(login),
        tasks: &tasks,
        until: None,
        reason: "委托",
    };
    let made = mandate::appoint(&desk.office, by, own, &clerk).await?;
    Ok(made.id.to_string())
}

/// What each door of a mandate answers: file, looks, export, clerks.
async fn doors(desk: &Desk, actor: &Actor, own: &str) -> [&'static str; 4] {
    let said = |made: Result<(), Error>| match made {
        Ok(()) => "open",
        Err(Error::Forbidden) => "forbidden",
        Err(Error::NotFound) => "none",
        Err(error) => panic!("{error:?}"),
    };
    let office = &desk.office;
    let ask = Ask::default();
    [
        said(my::file(office, actor, own, &ask).await.map(|_| ())),
        said(
            my::looks(office, actor, own, None, Lang::Zh)
                .await
                .map(|_| ()),
        ),
        said(
            my::export(office, actor, own, Form::Json, Lang::Zh)
                .await
                .map(|_| ()),
        ),
        said(
            mandate::mine(office, actor, own, MyAction::Clerks)
                .await
                .map(|_| ()),
        ),
    ]
}

const ALL: [&str; 4] = ["open"; 4];
const NONE: [&str; 4] = ["none"; 4];

async fn filled(desk: &Desk) {
    desk.on("2026-11-20");
    desk.take("registration", "a.csv", FILE).await;
}

#[tokio::test]
async fn a_mandate_opens_its_own_subject_alone() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let (one, _) = record(&desk, ONE, "rep.one").await;
        let (two, _) = record(&desk, TWO, "rep.two").await;
        let (first, second) = (actor(&desk, "rep.one").await, actor(&desk, "rep.two").await);
        assert_eq!(doors(&desk, &first, &one).await, ALL, "{}", desk.engine);
        assert_eq!(doors(&desk, &first, &two).await, NONE, "{}", desk.engine);
        assert_eq!(doors(&desk, &second, &one).await, NONE, "{}", desk.engine);
        let unknown = MandateId([7; 16]).to_string();
        for other in ["", "x", ONE, unknown.as_str()] {
            assert_eq!(doors(&desk, &first, other).await, NONE, "{other}");
        }
        // An officer with every role of the desk has no mandate.
        let kind = AccountKind::Officer;
        people::add(&desk.office, kind, &person("officer"), &[], BY)
            .await
            .expect("made");
        let officer = actor(&desk, "officer").await;
        assert_eq!(doors(&desk, &officer, &one).await, NONE);
        let ask = Ask::default();
        let own = my::file(&desk.office, &first, &one, &ask)
            .await
            .expect("a file");
        assert_eq!(own.who.name, "北京明远软件有限公司");
        assert_eq!(own.purpose.code, "own-report");
    }
}

#[tokio::test]
async fn who_looked_is_told_to_the_subject() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let (own, _) = record(&desk, ONE, "rep.one").await;
        let rep = actor(&desk, "rep.one").await;
        let (officer, case) =
            exchange::report::window("王某", "税务局", "〔2026〕7号").expect("named");
        let ask = Ask::default();
        exchange::report::own(&desk.office, ONE, officer, case, &ask)
            .await
            .expect("a look");
        desk.on("2026-11-21");
        my::file(&desk.office, &rep, &own, &ask)
            .await
            .expect("a file");
        let page = my::looks(&desk.office, &rep, &own, None, Lang::Zh)
            .await
            .expect("looks");
        let told: Vec<(bool, &str, &str)> = page
            .rows
            .iter()
            .map(|told| (told.own, told.look.who(), told.look.agency.as_str()))
            .collect();
        assert_eq!(
            told,
            [(true, "人rep.one", "—"), (false, "王某", "税务局")],
            "{}",
            desk.engine
        );
        assert_eq!(page.rows[1].look.case, "〔2026〕7号");
        // A public look-up leaves nothing, and another subject's looks are its own.
        desk.report(ONE, None).await.expect("a report");
        let page = my::looks(&desk.office, &rep, &own, None, Lang::Zh)
            .await
            .expect("looks");
        // Only the reading before this one has come since.
        assert_eq!(page.rows.len(), 3, "{}", desk.engine);
        assert!(page.rows[0].own && page.rows[0].look.case.starts_with("mandate:"));
        let (other, _) = record(&desk, TWO, "rep.two").await;
        let second = actor(&desk, "rep.two").await;
        let page = my::looks(&desk.office, &second, &other, None, Lang::Zh)
            .await
            .expect("looks");
        assert!(page.rows.is_empty());
        // Page after page, nothing twice and nothing lost.
        for _ in 0..130 {
            my::file(&desk.office, &rep, &own, &ask)
                .await
                .expect("a file");
        }
        desk.on("2026-11-22");
        let (mut seen, mut after) = (0, None);
        loop {
            let page = my::looks(&desk.office, &rep, &own, after.as_deref(), Lang::Zh)
                .await
                .expect("looks");
            seen += page.rows.len();
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        // Two looks, two readings of who looked, 130 looks; the readings of the loop are newer than it.
        assert_eq!(seen, 134, "{}", desk.engine);
    }
}

#[tokio::test]
async fn a_clerk_does_what_was_given_and_falls_with_the_representative() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let (own, _) = record(&desk, ONE, "rep.one").await;
        let rep = actor(&desk, "rep.one").await;
        let given = clerk(&desk, &rep, &own, "clerk.one", &["looks"])
            .await
            .expect("appointed");
        let one = actor(&desk, "clerk.one").await;
        let looks = ["forbidden", "open", "forbidden", "forbidden"];
        assert_eq!(doors(&desk, &one, &given).await, looks, "{}", desk.engine);
        // The representative's mandate is not the clerk's, nor the other way round.
        assert_eq!(doors(&desk, &one, &own).await, NONE);
        assert_eq!(doors(&desk, &rep, &given).await, NONE);
        // A clerk gives no tasks, and nobody gives tasks that there are not.
        let refused = clerk(&desk, &one, &given, "clerk.two", &["looks"]).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        for tasks in [&[][..], &["clerks"], &["looks", "everything"]] {
            let refused = clerk(&desk, &rep, &own, "clerk.two", tasks).await;
            assert!(matches!(refused, Err(Error::Request(_))), "{tasks:?}");
        }
        // Another representative's clerk is out of reach.
        let (other, _) = record(&desk, TWO, "rep.two").await;
        let second = actor(&desk, "rep.two").await;
        let away = mandate::dismiss(&desk.office, &second, &other, &given, "x").await;
        assert!(matches!(away, Err(Error::NotFound)));
        // The change of the representative suspends the clerk at once.
        let (new, superseded) = record(&desk, ONE, "rep.new").await;
        assert_eq!(superseded, 1, "{}", desk.engine);
        assert_eq!(doors(&desk, &one, &given).await, NONE, "{}", desk.engine);
        assert_eq!(doors(&desk, &rep, &own).await, NONE);
        let third = actor(&desk, "rep.new").await;
        assert_eq!(doors(&desk, &third, &new).await, ALL);
        // The new one appoints anew, and ends.
        let again = clerk(&desk, &third, &new, "clerk.one", &["file", "export"])
            .await
            .expect("appointed");
        let one = actor(&desk, "clerk.one").await;
        assert_eq!(
            doors(&desk, &one, &again).await,
            ["open", "forbidden", "open", "forbidden"]
        );
        mandate::dismiss(&desk.office, &third, &new, &again, "done")
            .await
            .expect("ended");
        assert_eq!(doors(&desk, &one, &again).await, NONE);
        let twice = mandate::dismiss(&desk.office, &third, &new, &again, "done").await;
        assert!(matches!(twice, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn mandates_end_by_themselves_and_at_the_window() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let office = &desk.office;
        let (own, _) = record(&desk, ONE, "rep.one").await;
        let rep = actor(&desk, "rep.one").await;
        let given = clerk(&desk, &rep, &own, "clerk.one", &["file"])
            .await
            .expect("appointed");
        let one = actor(&desk, "clerk.one").await;
        let held: Vec<Mandate> = mandate::held(office, &one).await.expect("held");
        assert_eq!(held.len(), 1);
        desk.on("2027-11-21");
        assert_eq!(doors(&desk, &rep, &own).await, NONE, "a year is over");
        assert_eq!(doors(&desk, &one, &given).await, NONE);
        let (own, superseded) = record(&desk, ONE, "rep.one").await;
        assert_eq!(superseded, 1, "the one before is ended, though it was over");
        let rep = actor(&desk, "rep.one").await;
        assert_eq!(doors(&desk, &rep, &own).await, ALL);
        let named = MandateId::parse(&own).expect("a number");
        let reasonless = By {
            account: None,
            reason: " ",
        };
        assert!(mandate::end(office, ONE, named, reasonless).await.is_err());
        let elsewhere = mandate::end(office, TWO, named, BY).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)));
        mandate::end(office, ONE, named, BY).await.expect("ended");
        assert_eq!(doors(&desk, &rep, &own).await, NONE);
    }
}

#[tokio::test]
async fn what_cannot_be_recorded_is_refused_and_leaves_nothing() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let office = &desk.office;
        let kind = AccountKind::Officer;
        people::add(office, kind, &person("officer"), &[], BY)
            .await
            .expect("made");
        let until = |day: &str| Some(day.parse().expect("a date"));
        for (subject, login, document, until, found) in [
            (ONE, "rep.one", "library-card", None, true),
            (ONE, "rep.one", "passport", until("2026-11-19"), true),
            (ONE, "rep.one", "passport", until("2027-11-21"), true),
            (ONE, "officer", "passport", None, true),
            (ONE, "x", "passport", None, true),
            ("92110105MA00000X18", "rep.one", "passport", None, false),
            ("91110000MA0000031P", "rep.one", "passport", None, false),
        ] {
            let shown = mandate::Shown {
                subject,
                person: person(login),
                document,
                until,
            };
            let refused = mandate::record(office, &shown, BY).await;
            match refused {
                Err(Error::Request(_)) if found => {}
                Err(Error::NotFound | Error::Request(_)) if !found => {}
                other => panic!("{subject} {login} {document}: {other:?}"),
            }
        }
        assert!(
            mandate::of_subject(office, ONE)
                .await
                .expect("read")
                .is_empty()
        );
        assert!(matches!(
            people::find(office, "rep.one").await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn invariant_13_the_names_of_who_acts_stand_nowhere_in_the_open() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let shown = mandate::Shown {
            subject: ONE,
            person: Person {
                login: "canary.login".to_owned(),
                name: "欧阳金丝雀".to_owned(),
            },
            document: "passport",
            until: None,
        };
        mandate::record(&desk.office, &shown, BY)
            .await
            .expect("recorded");
        let disk = desk.on_disk();
        for canary in ["欧阳金丝雀", "canary.login"] {
            assert!(!disk.contains(canary), "{canary} on {}", desk.engine);
        }
    }
}

#[tokio::test]
async fn an_export_is_whole_and_runs_nothing() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let (own, _) = record(&desk, ONE, "rep.one").await;
        let rep = actor(&desk, "rep.one").await;
        let made = my::export(&desk.office, &rep, &own, Form::Json, Lang::En).await;
        let text: String = made.expect("an export").collect();
        let tree: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(tree["shape"], "gongxin.export/1");
        assert_eq!(tree["subject"]["name"], "北京明远软件有限公司");
        assert_eq!(tree["entries"].as_array().map(Vec::len), Some(1));
        let made = my::export(&desk.office, &rep, &own, Form::Csv, Lang::Zh).await;
        let text: String = made.expect("an export").collect();
        assert!(text.contains("'=软件"), "{text}");
        assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"));
    }
}

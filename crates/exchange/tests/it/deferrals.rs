//! Silence by decision: a law of the catalogue, a named officer, an end; then it is told by itself, and the
//! auditor sees every decision.

use crate::consents;
use crate::desk::{Desk, catalog, desks};
use crate::persons::NUMBERS;
use crate::sharing::{BUY, by_rule, cast, look, registered};
use crate::snapshots::code;
use credit::lang::Lang;
use credit::subject::SubjectId;
use exchange::Error;
use exchange::journal::{Wrong, audit};
use exchange::notices::{self, Addressee, LookDeferral, NewDeferral, Notice, NoticeKind};
use exchange::people::Acting;
use exchange::persons::{self, Number};
use exchange::sharing::{self, Look};
use policy::{CaseNumber, Officer};

const LAW: &str = "个人信息保护法 18、35";

async fn defer(
    desk: &Desk,
    who: &Acting,
    case: &str,
    law: &str,
    until: &str,
) -> Result<LookDeferral, Error> {
    let new = NewDeferral {
        agency: None,
        case,
        law,
        reason: "调查期间",
        until: until.parse().ok(),
    };
    notices::defer(&desk.office, who, &new).await
}

async fn subject(desk: &Desk) -> SubjectId {
    let found = exchange::lookup::find(&desk.office, &code(3)).await;
    found.expect("on file")
}

/// What the subject reads: its inbox, and who looked under grants.
async fn told(desk: &Desk) -> (Vec<Notice>, Vec<Look>) {
    let subject = subject(desk).await;
    let to = Addressee::Subject(subject);
    let inbox = notices::inbox(&desk.office, &to, None).await;
    let officer = Officer::parse("account:00", "credit-centre").expect("an officer");
    let window = (officer, CaseNumber::parse("窗1").expect("a case"));
    let looks = sharing::looks(&desk.office, subject, window, None, Lang::Zh).await;
    let looks = looks.expect("looks").rows.into_iter();
    let looks = looks.filter(|one| one.grant.is_some());
    (inbox.expect("an inbox").rows, looks.collect())
}

/// What a person is told at the window of looks under grants: the notices, and who looked.
async fn person_told(desk: &Desk, window: &Acting) -> (Vec<Notice>, Vec<Look>) {
    let number = Number::parse(NUMBERS[0]).expect("a number");
    let told = persons::told(&desk.office, window, &number, "窗1", Lang::Zh).await;
    let told = told.expect("told");
    let notices = told.notices.into_iter();
    let notices = notices.filter(|one| one.kind == NoticeKind::LookedUp);
    let looks = told.looks.into_iter().filter(|one| one.grant.is_some());
    (notices.collect(), looks.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_06_a_look_is_silent_by_a_decision_and_tells_itself_at_the_end() {
    for desk in consents::open_desks().await {
        let cast = consents::cast(&desk).await;
        let asks = exchange::people::named(&desk.office, "asks").await;
        let asks = asks.expect("in use");
        let decided = defer(&desk, &asks, " 许4 ", LAW, "2026-05-15").await;
        let decided = decided.expect("decided");
        assert_eq!(
            (decided.agency.as_str(), decided.case.as_str()),
            ("finance", "许4")
        );
        let go = async |case: &str| {
            let asked = (NUMBERS[0], case, "");
            let seen = consents::look(&desk, &cast, cast.by_power, asked).await;
            seen.expect("seen");
        };
        go("许4").await;
        go("许5").await;
        desk.on("2026-05-15");
        let (inbox, looks) = person_told(&desk, &cast.window).await;
        assert_eq!((inbox.len(), looks.len()), (1, 1), "{}", desk.engine);
        assert_eq!(looks[0].case, "许5", "{}: another is told", desk.engine);
        assert_eq!(inbox[0].deferred, None);
        desk.on("2026-05-16");
        let (inbox, looks) = person_told(&desk, &cast.window).await;
        assert_eq!((inbox.len(), looks.len()), (2, 2), "{}", desk.engine);
        let by = format!("account:{}", asks.account);
        let day = "2026-05-15".parse().expect("a day");
        let late: Vec<_> = inbox.into_iter().filter_map(|one| one.deferred).collect();
        assert_eq!(late, [(LAW.to_owned(), by, day)], "{}", desk.engine);
        // What is over keeps nothing back.
        go("许4").await;
        let (_, looks) = person_told(&desk, &cast.window).await;
        assert_eq!(looks.len(), 3, "{}", desk.engine);
        desk.on("2026-05-06");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_law_on_persons_keeps_nothing_from_an_enterprise() {
    for desk in desks(&catalog(&[])).await {
        registered(&desk).await;
        let cast = cast(&desk).await;
        let grant = by_rule(&desk, &cast).await;
        let decided = defer(&desk, &cast.asks, "案1", LAW, "2026-12-01").await;
        decided.expect("decided");
        let seen = look(&desk, &cast.looks, (grant, BUY), &code(3), "案1").await;
        seen.expect("seen");
        let (inbox, looks) = told(&desk).await;
        assert_eq!((inbox.len(), looks.len()), (1, 1), "{}", desk.engine);
        assert_eq!(inbox[0].deferred, None, "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_law_end_or_right_there_is_no_silence() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        for (case, law, until, why) in [
            ("案1", "", "2026-12-01", "no law"),
            ("案1", "某法第十条", "2026-12-01", "no law of the catalogue"),
            ("案1", LAW, "", "no end"),
            ("案1", LAW, "2026-11-21", "an end that has passed"),
            ("案1", LAW, "2027-05-22", "181 days"),
            (" ", LAW, "2026-12-01", "no case"),
            (
                "11010519491231002X",
                LAW,
                "2026-12-01",
                "a person in place of a case",
            ),
        ] {
            let refused = defer(&desk, &cast.asks, case, law, until).await;
            assert!(
                matches!(refused, Err(Error::Request(_))),
                "{}: {why}",
                desk.engine
            );
        }
        for who in [&cast.looks, &cast.centre, &cast.auditor] {
            let refused = defer(&desk, who, "案1", LAW, "2026-12-01").await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        }
        let longest = defer(&desk, &cast.asks, "案1", LAW, "2027-05-21").await;
        let longest = longest.expect("180 days");
        let again = defer(&desk, &cast.asks, "案1", LAW, "2027-05-21").await;
        assert_eq!(again.expect("the same"), longest, "{}", desk.engine);
        desk.on("2026-11-30");
        let asks = exchange::people::named(&desk.office, "asks").await;
        let longer = defer(&desk, &asks.expect("in use"), "案1", LAW, "2027-05-25").await;
        assert!(
            matches!(longer, Err(Error::Request(_))),
            "{}: not made longer",
            desk.engine
        );
        desk.on("2026-11-22");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_auditor_sees_every_decision_and_one_made_longer_by_hand_is_found() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let office = &desk.office;
        for (who, case) in [
            (&cast.asks, "案1"),
            (&cast.register, "案1"),
            (&cast.asks, "案2"),
        ] {
            let decided = defer(&desk, who, case, LAW, "2026-12-01").await;
            decided.expect("decided");
            desk.advance(1_000_000);
        }
        let seen = async |who: &Acting, agency: Option<&str>| {
            let page = notices::deferrals(office, who, agency, None).await;
            page.map(|page| {
                page.rows
                    .into_iter()
                    .map(|one| (one.agency, one.case))
                    .collect()
            })
        };
        let pairs = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
            let rows = rows.iter();
            rows.map(|(agency, case)| ((*agency).to_owned(), (*case).to_owned()))
                .collect()
        };
        let all: Vec<_> = seen(&cast.auditor, None).await.expect("all");
        assert_eq!(
            all,
            pairs(&[("finance", "案2"), ("samr", "案1"), ("finance", "案1")])
        );
        let own = seen(&cast.register, None).await.expect("its own");
        assert_eq!(own, pairs(&[("samr", "案1")]), "{}", desk.engine);
        for (who, agency) in [(&cast.register, Some("finance")), (&cast.looks, None)] {
            let refused = seen(who, agency).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        }
        let clean = audit(&office.store).await.expect("an audit");
        assert_eq!(
            (clean.deferrals, clean.wrong),
            (3, 0),
            "{:?}",
            clean.findings
        );
        desk.around(
            "UPDATE look_deferral SET told_at = told_at + 86400000000 WHERE case_no = '案2'",
        );
        let found = audit(&office.store).await.expect("an audit");
        let wrongs: Vec<Wrong> = found.findings.iter().map(|one| one.wrong).collect();
        assert_eq!(wrongs, [Wrong::RowChanged], "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_a_decision_that_was_taken_away_after_its_looks_is_found() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        for case in ["案1", "案2"] {
            let decided = defer(&desk, &cast.asks, case, LAW, "2026-12-01").await;
            decided.expect("decided");
            desk.advance(1_000_000);
        }
        let found = async || {
            let found = audit(&desk.office.store).await.expect("an audit");
            let each = found.findings.into_iter();
            each.map(|one| (one.wrong, one.what)).collect::<Vec<_>>()
        };
        assert_eq!(found().await, [], "{}", desk.engine);
        // What was decided is an entry of the log, and nobody's row can take it back.
        crate::journal::run(&desk).await;
        assert_eq!(found().await, [], "{}", desk.engine);
        desk.around("DELETE FROM look_deferral WHERE case_no = '案1'");
        let gone = [(Wrong::RowGone, "deferral: 1".to_owned())];
        assert_eq!(found().await, gone, "{}", desk.engine);
    }
}

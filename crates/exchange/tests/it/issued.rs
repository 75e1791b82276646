//! Issued reports on both engines: a retry is the same issue, the standing is computed from today's
//! facts, third parties learn yes or no, and what is kept is sealed and erasable.

use crate::desk::{Desk, catalog, desks};
use credit::lang::Lang;
use exchange::Error;
use exchange::journal::audit;
use exchange::report::issue::{self, Issued};
use exchange::report::standing::{self, Standing, grouped};
use exchange::report::{Ask, window};

const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n";
const A: &str = "91110000MA00000152";
const NAME: &str = "北京明远软件有限公司";

fn registration(name: &str, scope: &str) -> String {
    format!("{HEAD}{name},{A},2001-02-03,{scope}\n")
}

fn honour(number: &str) -> String {
    format!(
        "企业名,统一社会信用代码,守信信息名称,证书号,发证日期,颁证单位\n{NAME},{A},守合同重信用企业,{number},2026-01-05,某局\n"
    )
}

fn ask() -> Ask {
    Ask {
        lang: Lang::Zh,
        ..Ask::default()
    }
}

async fn filled(desk: &Desk) {
    desk.on("2026-03-01");
    desk.take("registration", "a.csv", registration(NAME, "软件开发"))
        .await;
}

async fn public(desk: &Desk, ask: &Ask) -> Issued {
    issue::public(&desk.office, A, ask).await.expect("issued")
}

async fn own(desk: &Desk, case: &str) -> Issued {
    let (officer, case) = window("甲某", "信用中心", case).expect("named");
    issue::own(&desk.office, A, officer, case, &ask())
        .await
        .expect("issued")
}

async fn is_valid(desk: &Desk, verify: &str) -> bool {
    match standing::by_number(&desk.office, verify).await {
        Ok(Standing::Valid(valid)) => {
            assert_eq!(valid.name, NAME, "{}", desk.engine);
            true
        }
        Ok(Standing::NotAnyMore { .. }) => false,
        Err(error) => panic!("{}: {error:?}", desk.engine),
    }
}

#[tokio::test]
async fn a_retry_is_the_same_issue() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let first = public(&desk, &ask()).await;
        let question = ask();
        let (one, two) = tokio::join!(public(&desk, &question), public(&desk, &question));
        for again in [&one, &two] {
            assert_eq!(first.file, again.file, "{}", desk.engine);
            assert_eq!(first.verify, again.verify);
        }
        // Another language, another extent and another day are other issues.
        let english = Ask {
            lang: Lang::En,
            ..ask()
        };
        let other = public(&desk, &english).await;
        assert_ne!(first.verify, other.verify);
        desk.on("2026-03-02");
        let later = public(&desk, &ask()).await;
        assert_ne!(first.file, later.file);
        // All of them say what is true today.
        for issued in [&first, &other, &later] {
            assert!(is_valid(&desk, &grouped(&issued.verify)).await);
        }
        // One entry of the journal for each, and none without its row.
        let found = audit(&desk.office.store).await.expect("an audit");
        assert_eq!((found.reports, found.wrong), (3, 0), "{:?}", found.findings);
    }
}

#[tokio::test]
async fn two_that_issue_at_once_give_out_one_report() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let question = ask();
        let tries = (0..8).map(|_| {
            let (office, question) = (desk.office.clone(), question.clone());
            tokio::spawn(async move { issue::public(&office, A, &question).await })
        });
        let mut files = Vec::new();
        for tried in tries.collect::<Vec<_>>() {
            files.push(tried.await.expect("joins").expect("issued").file);
        }
        files.dedup();
        assert_eq!(files.len(), 1, "{}", desk.engine);
    }
}

#[tokio::test]
async fn it_stands_while_todays_report_states_the_same() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let whole = public(&desk, &ask()).await;
        let part = Ask {
            themes: Some(vec!["registration".to_owned()]),
            ..ask()
        };
        let part = public(&desk, &part).await;
        let past = Ask {
            as_of: Some("2026-03-01".parse().expect("a date")),
            ..ask()
        };
        desk.on("2026-04-01");
        let past = public(&desk, &past).await;
        for issued in [&whole, &part, &past] {
            assert!(is_valid(&desk, &issued.verify).await, "{}", desk.engine);
        }
        // A new fact: the whole report lacks it, that of one theme does not, nor does the past day's.
        desk.take("honour", "b.csv", honour("证1号")).await;
        assert!(!is_valid(&desk, &whole.verify).await, "{}", desk.engine);
        assert!(is_valid(&desk, &part.verify).await, "{}", desk.engine);
        assert!(is_valid(&desk, &past.verify).await, "{}", desk.engine);
        // A correction of what it states.
        desk.on("2026-04-02");
        desk.take("registration", "c.csv", registration(NAME, "软件销售"))
            .await;
        assert!(!is_valid(&desk, &part.verify).await, "{}", desk.engine);
        let told = standing::by_number(&desk.office, &part.verify).await;
        let told = format!("{told:?}");
        assert!(!told.contains(NAME) && !told.contains(A), "{told}");
    }
}

#[tokio::test]
async fn a_number_that_is_none_was_never_given_out_or_was_erased_answers_alike() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let issued = public(&desk, &ask()).await;
        let key = (issued.report.who.id, issued.verify.clone());
        let mut other = issued.verify.clone().into_bytes();
        other[31] = if other[31] == b'0' { b'1' } else { b'0' };
        let other = String::from_utf8(other).expect("digits");
        let root = "0".repeat(32);
        for number in ["", "x", "' OR 1=1 --", root.as_str(), other.as_str()] {
            let told = standing::by_number(&desk.office, number).await;
            assert!(matches!(told, Err(Error::NotFound)), "{number}: {told:?}");
        }
        let id =
            exchange::report::file::verify(&desk.office.signer.verifier(), issued.file.as_bytes());
        let id = credit::subject::SubjectId::parse(&id.expect("sound").id).expect("an id");
        let erased = desk.office.store.report_forget(key.0, &id.0).await;
        erased.expect("erased");
        let told = standing::by_number(&desk.office, &key.1).await;
        assert!(matches!(told, Err(Error::NotFound)), "{told:?}");
        // Nothing is signed twice under one issue; the log stays whole.
        let again = issue::public(&desk.office, A, &ask()).await;
        assert!(matches!(again, Err(Error::Request(_))), "{again:?}");
        let found = audit(&desk.office.store).await.expect("an audit");
        assert_eq!(found.wrong, 0, "{:?}", found.findings);
    }
}

#[tokio::test]
async fn an_own_report_is_a_look_and_can_be_verified_without_another() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let first = own(&desk, "2026-1").await;
        let again = own(&desk, "2026-1").await;
        let other = own(&desk, "2026-2").await;
        assert_eq!(first.file, again.file, "{}", desk.engine);
        assert_ne!(first.verify, other.verify, "each case has its own");
        assert!(is_valid(&desk, &first.verify).await);
        let looks = audit(&desk.office.store).await.expect("an audit");
        assert_eq!((looks.looks, looks.reports, looks.wrong), (3, 2, 0));
        // What only the subject's own file shows makes it end, too, and nobody else learns what.
        desk.take("honour", "b.csv", honour("证1号")).await;
        assert!(!is_valid(&desk, &first.verify).await);
        let looks = audit(&desk.office.store).await.expect("an audit");
        assert_eq!(looks.looks, 3, "verifying is no look");
    }
}

#[tokio::test]
async fn what_is_kept_is_sealed() {
    let secret = "独一无二的经营范围之词";
    for desk in desks(&catalog(&[])).await {
        if desk.engine != "sqlite" {
            continue;
        }
        desk.on("2026-03-01");
        desk.take("registration", "a.csv", registration(NAME, secret))
            .await;
        desk.around("PRAGMA wal_checkpoint(TRUNCATE)");
        let before = desk.on_disk().matches(secret).count();
        let issued = public(&desk, &ask()).await;
        assert!(issued.file.contains(secret));
        desk.around("PRAGMA wal_checkpoint(TRUNCATE)");
        let after = desk.on_disk();
        assert_eq!(after.matches(secret).count(), before);
        assert!(
            !after.contains(&issued.verify),
            "nor does the number stand there"
        );
    }
}

#[tokio::test]
async fn a_row_that_was_touched_is_found_and_never_valid() {
    for desk in desks(&catalog(&[])).await {
        filled(&desk).await;
        let issued = public(&desk, &ask()).await;
        desk.take("honour", "b.csv", honour("证1号")).await;
        assert!(!is_valid(&desk, &issued.verify).await);
        // Whoever has the database cannot make it valid again: digests are keyed. Nor hide a try.
        desk.around("UPDATE report_issue SET issued_at = issued_at + 1");
        let found = audit(&desk.office.store).await.expect("an audit");
        assert_eq!(found.wrong, 1, "{}: {:?}", desk.engine, found.findings);
        assert!(!is_valid(&desk, &issued.verify).await);
    }
}

//! What the lock opened is compared with the looks that were written down, so that a look around the doors
//! shows; and looks that were refused are counted for the auditor, without anybody's data.

use crate::desk::{Desk, catalog, desks};
use crate::sharing::{BUY, by_rule, cast, look, registered};
use crate::snapshots::code;
use credit::grant::GrantId;
use exchange::Error;
use exchange::journal::{Audit, Wrong, audit};
use exchange::report::{self, Ask, window};
use exchange::{openings, sharing};
use policy::{CaseNumber, OfOwnFile, Officer, Permit, Sealed};

struct Mine;
impl OfOwnFile for Mine {}

async fn own(desk: &Desk, case: &str) {
    let (officer, case) = window("account:1", "credit-centre", case).expect("named");
    let made = report::own(&desk.office, &code(3), officer, case, &Ask::default()).await;
    made.expect("a report");
}

async fn audited(desk: &Desk) -> Audit {
    audit(&desk.office.store).await.expect("an audit")
}

fn wrongs(audit: &Audit) -> Vec<Wrong> {
    audit.findings.iter().map(|one| one.wrong).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_a_look_around_the_doors_shows_in_the_count() {
    for desk in desks(&catalog(&[])).await {
        registered(&desk).await;
        let cast = cast(&desk).await;
        let grant = by_rule(&desk, &cast).await;
        let office = &desk.office;
        own(&desk, "窗1").await;
        own(&desk, "窗2").await;
        let seen = look(&desk, &cast.looks, (grant, BUY), &code(3), "采1").await;
        seen.expect("seen");
        desk.report(&code(3), None).await.expect("a public report");
        assert_eq!(
            openings::settle(office).await.ok(),
            Some(3),
            "{}",
            desk.engine
        );
        assert_eq!(
            openings::settle(office).await.ok(),
            Some(0),
            "{}",
            desk.engine
        );
        let clean = audited(&desk).await;
        assert_eq!(
            (clean.openings, clean.runs, clean.looks),
            (3, 1, 3),
            "{}",
            desk.engine
        );
        assert_eq!(clean.wrong, 0, "{}: {:?}", desk.engine, clean.findings);
        // Code that seals what it read and writes nothing down opens one more than there are looks.
        let subject = exchange::lookup::find(office, &code(3))
            .await
            .expect("on file");
        let officer = Officer::parse("account:9", "finance").expect("an officer");
        let case = CaseNumber::parse("无").expect("a case");
        let permit = Permit::own([99; 16], subject, officer, case);
        let sealed = Sealed::counted(&permit, Mine, office.store.counter(office.today()));
        permit.open_own(sealed).expect("opened");
        assert_eq!(
            openings::settle(office).await.ok(),
            Some(1),
            "{}",
            desk.engine
        );
        let found = audited(&desk).await;
        assert_eq!(wrongs(&found), [Wrong::OpenedMore], "{}", desk.engine);
        assert_eq!(
            found.findings[0].what, "2026-11-22: 4 > 3",
            "{}",
            desk.engine
        );
        let month = sharing::openings(office, &cast.auditor, Some("2026-11")).await;
        let month = month.expect("a month");
        assert_eq!(
            (
                month.len(),
                month[0].opened,
                month[0].written,
                month[0].is_wrong()
            ),
            (1, 4, 3, true),
            "{}: {month:?}",
            desk.engine
        );
        // Whoever makes the count smaller in the store is found by the journal.
        desk.around(
            "UPDATE lock_opening SET opened = 0 WHERE opened = 1 AND purpose = 'own-report'",
        );
        let found = audited(&desk).await;
        assert_eq!(wrongs(&found), [Wrong::RowChanged], "{}", desk.engine);
        // And whoever takes a row away hides an opening, and shows by its event.
        crate::journal::run(&desk).await;
        desk.around("DELETE FROM lock_opening WHERE opened = 0");
        let found = audited(&desk).await;
        assert_eq!(wrongs(&found), [Wrong::RowGone], "{}", desk.engine);
        assert_eq!(found.findings[0].what, "opening: 1", "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn openings_wait_while_the_store_is_away_and_are_settled_after() {
    for desk in desks(&catalog(&[])).await {
        registered(&desk).await;
        own(&desk, "窗1").await;
        desk.around("ALTER TABLE lock_opening RENAME TO elsewhere");
        assert!(
            openings::settle(&desk.office).await.is_err(),
            "{}",
            desk.engine
        );
        desk.around("ALTER TABLE elsewhere RENAME TO lock_opening");
        assert_eq!(
            openings::settle(&desk.office).await.ok(),
            Some(1),
            "{}",
            desk.engine
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refused_looks_are_counted_by_reason_and_name_nobody() {
    for desk in desks(&catalog(&[])).await {
        registered(&desk).await;
        let cast = cast(&desk).await;
        let grant = by_rule(&desk, &cast).await;
        let office = &desk.office;
        let go = async |grant: GrantId, purpose: &str, code: &str| {
            desk.advance(60_000_000);
            look(&desk, &cast.looks, (grant, purpose), code, "采1").await
        };
        for _ in 0..2 {
            let refused = go(grant, "subsidy", &code(3)).await;
            assert!(matches!(refused, Err(Error::Refused(_))), "{}", desk.engine);
        }
        let person = go(grant, BUY, "11010519491231002X").await;
        assert!(matches!(person, Err(Error::Refused(_))), "{}", desk.engine);
        let ok = go(grant, BUY, &code(3)).await;
        ok.expect("seen");
        let counted = sharing::refused(office, &cast.auditor, Some("2026-11")).await;
        let counted = counted.expect("a month");
        let told: Vec<(&str, &str, u64)> = counted
            .iter()
            .map(|one| (one.agency.as_str(), one.why.as_str(), one.times))
            .collect();
        assert_eq!(told, [("finance", "purpose", 2), ("finance", "people", 1)]);
        let mark = format!("account:{}", cast.looks.account);
        assert!(counted.iter().all(|one| one.officer == mark));
        assert!(!format!("{counted:?}").contains("11010519491231002X"));
        for who in [&cast.asks, &cast.centre] {
            let refused = sharing::refused(office, who, None).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
            let refused = sharing::openings(office, who, None).await;
            assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        }
    }
}

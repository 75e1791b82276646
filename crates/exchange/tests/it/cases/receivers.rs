//! Whoever looked at a fact under a grant holds it. On both engines: each is told in the move that ends the
//! fact, by a day, without a word of the fact outside; says so once; and is lent nothing while it does not.
//! Deadlines of cases are warned of and told above, each once.

use super::repair::{repaired, ruling};
use super::{Cast, FIRM, ORGAN, act, cast, filed, filing, officer, own, reason, record};
use crate::desk::{Desk, catalog, desks};
use credit::grant::GrantId;
use credit::lang::Lang;
use credit::people::Role;
use exchange::Error;
use exchange::cases::{self, Saying};
use exchange::duty::{self, Ask, Seen};
use exchange::notices::{self, Addressee, NoticeKind};
use exchange::people;
use exchange::sharing::{self, NewAsk};

/// An agency that asks for items and looks at them.
pub(super) async fn looks(desk: &Desk, agency: &str, items: &str, case: &str) -> GrantId {
    let (asks, looker) = (format!("asks.{agency}"), format!("looks.{agency}"));
    let who = officer(desk, &asks, Role::SharingOfficer, agency).await;
    officer(desk, &looker, Role::LookupOfficer, agency).await;
    let new = NewAsk {
        supplier: "*".to_owned(),
        items: items.to_owned(),
        purposes: vec!["subsidy".to_owned()],
        kinds: vec!["enterprise".to_owned()],
        basis: "预算法 57".to_owned(),
        per_day: 20,
        in_all: 100,
        reason: "补助审核".to_owned(),
        ..NewAsk::default()
    };
    let grant = sharing::ask(&desk.office, &who, None, &new).await;
    let grant = grant.expect("granted by rule").0;
    look(desk, agency, grant, case).await.expect("looked");
    grant
}

pub(super) async fn look(
    desk: &Desk,
    agency: &str,
    grant: GrantId,
    case: &str,
) -> Result<Seen, Error> {
    let who = named(desk, &format!("looks.{agency}")).await;
    let ask = Ask {
        grant,
        code: FIRM,
        purpose: "subsidy",
        case,
        items: "",
        consent: "",
        lang: Lang::Zh,
    };
    duty::look(&desk.office, &who, &ask).await
}

pub(super) async fn named(desk: &Desk, login: &str) -> people::Acting {
    people::named(&desk.office, login).await.expect("in use")
}

/// Notices of a kind in an inbox: what each says.
pub(super) async fn told(desk: &Desk, addressee: &Addressee, kind: NoticeKind) -> Vec<String> {
    let inbox = notices::inbox(&desk.office, addressee, None).await;
    let rows = inbox.expect("an inbox").rows.into_iter();
    rows.filter(|one| one.kind == kind)
        .map(|one| one.facts)
        .collect()
}

/// What is open, as somebody sees it: agency, case numbers, day, overdue.
async fn open(desk: &Desk, who: &people::Acting) -> Vec<(String, Vec<String>, String, bool)> {
    let page = cases::receipts(&desk.office, who, ("", true), None).await;
    let rows = page.expect("a page").rows.into_iter();
    rows.map(|one| {
        let receipt = one.receipt;
        (
            receipt.agency,
            receipt.looks,
            receipt.due.to_string(),
            one.overdue,
        )
    })
    .collect()
}

async fn watched(desk: &Desk) -> (Cast, GrantId) {
    let cast = cast(desk).await;
    let grant = looks(desk, "finance", "penalty/CF_WSH penalty/CF_JDRQ", "F-1").await;
    look(desk, "finance", grant, "F-2").await.expect("looked");
    // Another agency looked at something else.
    looks(desk, "hrss", "registration/ZCDZ registration/ZCRQ", "H-1").await;
    (cast, grant)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r27_whoever_holds_a_repaired_fact_is_told_acknowledges_or_is_lent_nothing_more() {
    for desk in desks(&catalog(&[])).await {
        let (cast, grant) = watched(&desk).await;
        let office = &desk.office;
        let id = repaired(&desk, &cast).await;
        let one = |overdue| {
            let looks = vec!["F-1".to_owned(), "F-2".to_owned()];
            vec![(
                "finance".to_owned(),
                looks,
                "2026-08-04".to_owned(),
                overdue,
            )]
        };
        let centre = named(&desk, "centre").await;
        assert_eq!(open(&desk, &centre).await, one(false), "{}", desk.engine);
        let asks = named(&desk, "asks.finance").await;
        assert_eq!(open(&desk, &asks).await, one(false));
        let foreign = named(&desk, "asks.hrss").await;
        assert!(
            open(&desk, &foreign).await.is_empty(),
            "it looked at something else"
        );
        let receiver = Addressee::Receiver("finance".to_owned());
        let notices = told(&desk, &receiver, NoticeKind::StopUse).await;
        assert_eq!(notices.len(), 1);
        for part in [FIRM, "明远", "罚", "F-1"] {
            assert!(!notices[0].contains(part), "{}", notices[0]);
        }
        let seen = look(&desk, "finance", grant, "F-3")
            .await
            .expect("nothing is owed yet");
        assert!(seen.duty.facts.is_empty(), "the fact is gone here at once");
        // It speaks for itself and by whoever answers for sharing.
        let give = async |who: &str, agency: &str| {
            let who = named(&desk, who).await;
            cases::acknowledge(office, &who, (&id, 3, agency)).await
        };
        for (who, agency) in [
            ("looks.finance", "finance"),
            ("asks.hrss", "finance"),
            ("centre", "finance"),
        ] {
            let made = give(who, agency).await;
            assert!(matches!(made, Err(Error::Forbidden)), "{who}: {made:?}");
        }
        assert!(matches!(
            give("asks.hrss", "hrss").await,
            Err(Error::NotFound)
        ));
        // The day after the term it stands with the centre, is counted, and is lent nothing.
        desk.on("2026-08-05");
        for _ in 0..2 {
            notices::remind(office).await.expect("looked");
        }
        let late = told(&desk, &Addressee::Centre, NoticeKind::StopUseLate).await;
        assert_eq!(late.len(), 1, "{}: once", desk.engine);
        let centre = named(&desk, "centre").await;
        assert_eq!(open(&desk, &centre).await, one(true));
        let counted = async || {
            let counted = cases::receipts_counted(office, &centre)
                .await
                .expect("counted");
            counted
                .iter()
                .map(|one| (one.told, one.given, one.overdue))
                .collect::<Vec<_>>()
        };
        assert_eq!(counted().await, [(1, 0, 1)]);
        let shut = look(&desk, "finance", grant, "F-4").await;
        assert!(
            matches!(shut, Err(Error::Refused(_))),
            "{:?}",
            shut.map(|_| ())
        );
        for _ in 0..2 {
            give("asks.finance", "finance").await.expect("acknowledged");
        }
        assert_eq!(counted().await, [(1, 1, 0)]);
        assert!(open(&desk, &centre).await.is_empty());
        look(&desk, "finance", grant, "F-4")
            .await
            .expect("lent again");
        crate::journal::run(&desk).await;
        let sound = exchange::journal::audit(&office.store)
            .await
            .expect("an audit");
        assert_eq!(sound.wrong, 0, "{:?}", sound.findings);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_whoever_holds_a_fact_whose_decision_was_revoked_is_told_to_stop_within_a_working_day()
{
    for desk in desks(&catalog(&[])).await {
        let (cast, grant) = watched(&desk).await;
        let mut appeal = filing(&record(&desk, &cast.subject).await);
        appeal.kind = "appeal".to_owned();
        appeal.saying.choice = "lawsuit".to_owned();
        appeal.saying.paper = ruling();
        appeal.saying.paper.day = "2026-05-20".to_owned();
        let (actor, mandate) = &cast.subject;
        let id = cases::file_own(&desk.office, actor, mandate, appeal).await;
        let id = id.expect("filed").to_string();
        assert!(
            open(&desk, &cast.centre).await.is_empty(),
            "an appeal takes nothing down"
        );
        let said = Saying {
            paper: exchange::cases::Paper {
                day: "2026-05-22".to_owned(),
                ..ruling()
            },
            ..reason("判决撤销")
        };
        let made = act(&desk, &cast, &cast.supplier, &id, "revoke", said).await;
        made.expect("revoked");
        let told = open(&desk, &cast.centre).await;
        assert_eq!(told.len(), 1, "{}", desk.engine);
        assert_eq!(
            (told[0].0.as_str(), told[0].2.as_str()),
            ("finance", "2026-05-26")
        );
        let seen = look(&desk, "finance", grant, "F-3")
            .await
            .expect("nothing is owed yet");
        assert!(
            seen.duty.facts.is_empty(),
            "it left every view with the move"
        );
    }
}

/// Of many looks at once with the move that ends the fact, each that saw it is among those that are told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r27_who_looks_while_the_fact_is_ended_is_told_as_well() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let grant = looks(&desk, "finance", "penalty/CF_WSH", "F-1").await;
        let tax = looks(&desk, "hrss", "registration/ZCDZ penalty/CF_WSH", "H-1").await;
        desk.on("2026-08-03");
        let filing = super::repair::applied(&super::repair::decided(&desk, &cast).await);
        let id = super::repair::file(&desk, &cast, filing)
            .await
            .expect("filed");
        act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "accept",
            Saying::default(),
        )
        .await
        .expect("accepted");
        let end = act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "repair",
            reason("已核实"),
        );
        let (ended, one, two) = tokio::join!(
            end,
            look(&desk, "finance", grant, "F-2"),
            look(&desk, "hrss", tax, "H-2")
        );
        ended.expect("repaired");
        let centre = named(&desk, "centre").await;
        let told = open(&desk, &centre).await;
        assert_eq!(told.len(), 2, "{}", desk.engine);
        for (seen, case) in [(one, "F-2"), (two, "H-2")] {
            let facts = seen.expect("looked").duty.facts;
            let saw = facts.iter().any(|fact| fact.theme == "penalty");
            let numbers = told.iter().flat_map(|one| &one.1);
            assert!(!saw || numbers.clone().any(|one| one == case), "{case}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r22_a_deadline_is_warned_of_once_before_and_told_above_once_after() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "forward",
            Saying::default(),
        )
        .await
        .expect("forwarded");
        let supplier = Addressee::Agency(ORGAN.to_owned());
        let due = own(&desk, &cast, &id)
            .await
            .standing
            .due
            .expect("a deadline");
        let (mut day, mut warned, mut above) = (desk.office.today(), None, None);
        while day < due.saturating_add(jiff::ToSpan::days(4)) {
            desk.on(&day.to_string());
            let soon = own(&desk, &cast, &id).await.standing.soon;
            for _ in 0..2 {
                notices::remind(&desk.office).await.expect("looked");
            }
            let told_supplier = told(&desk, &supplier, NoticeKind::CaseSoon).await;
            let told_above = told(&desk, &Addressee::Centre, NoticeKind::CaseLate).await;
            assert!(
                told_supplier.len() <= 1 && told_above.len() <= 1,
                "each once"
            );
            assert_eq!(told_supplier.len() == 1, soon || warned.is_some(), "{day}");
            warned = warned.or((told_supplier.len() == 1).then_some(day));
            above = above.or((told_above.len() == 1).then_some(day));
            day = day.tomorrow().expect("a day");
        }
        assert!(warned.is_some_and(|day| day <= due), "{}", desk.engine);
        assert_eq!(above, due.tomorrow().ok(), "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn invariant_14_who_was_told_and_said_that_it_stopped_is_not_changed_unseen() {
    for (statement, wrong) in [
        (
            "UPDATE legal_receiver SET due_on = '2027-08-04'",
            "row-changed",
        ),
        ("UPDATE legal_receiver SET looks = 'F-1'", "row-changed"),
        ("UPDATE legal_receipt SET given_at = 0", "row-changed"),
        (
            "UPDATE legal_receipt SET officer = 'account:2'",
            "row-changed",
        ),
        ("DELETE FROM legal_receipt", "row-gone"),
        ("DELETE FROM legal_receiver", "row-gone"),
    ] {
        for desk in desks(&catalog(&[])).await {
            let (cast, _) = watched(&desk).await;
            let id = repaired(&desk, &cast).await;
            let asks = named(&desk, "asks.finance").await;
            let given = cases::acknowledge(&desk.office, &asks, (&id, 3, "finance")).await;
            given.expect("acknowledged");
            crate::journal::run(&desk).await;
            let audit = async || {
                let audit = exchange::journal::audit(&desk.office.store).await;
                audit.expect("an audit")
            };
            let sound = audit().await;
            assert_eq!(
                (sound.wrong, sound.receivers),
                (0, 2),
                "{:?}",
                sound.findings
            );
            desk.around(statement);
            let found = audit().await;
            let mut codes = found.findings.iter().map(|one| one.wrong.code());
            assert!(
                codes.any(|code| code == wrong),
                "{} {statement}",
                desk.engine
            );
        }
    }
}

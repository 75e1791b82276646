//! Two suppliers state one document and differ, on both engines: both are asked, once for each pair, and neither
//! is told what the other says.

use super::{
    Cast, FIRM, HEAD, ORGAN, act, cast, marks, officer, own, penalty_row, reason, refused,
};
use crate::desk::{Desk, Quiet, catalog, desks};
use credit::people::Role;
use exchange::Error;
use exchange::cases::{self, Saying};
use exchange::ingest::{self, File, Request, Told};
use std::sync::Arc;

/// Another supplier of penalties.
const SECOND: &str = "11330000001234562L";

/// The second supplier's row of the organ's decision of a number, with another fine.
async fn states(desk: &Desk, number: u32, fine: &str) {
    let firm = ("北京明远软件有限公司", FIRM);
    let row = penalty_row(firm, number, "广告不实", ("2026-05-01", "一般"));
    let row = row.replace(",9.50,", &format!(",{fine},"));
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(SECOND.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", format!("{HEAD}{row}").into_bytes()),
        told: Told::default(),
    };
    let taken = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
    taken.expect("taken");
}

/// Verifications that wait, as somebody sees them: who is asked, and the case.
async fn waiting(desk: &Desk, who: &exchange::people::Acting) -> Vec<(String, String)> {
    let page = cases::queue(&desk.office, who, cases::Desk::default(), None).await;
    let rows = page.expect("a queue").rows.into_iter();
    let rows = rows.filter(|line| line.kind.code == "verification");
    let mut found: Vec<_> = rows
        .map(|line| (line.card.supplier.clone(), line.card.id.to_string()))
        .collect();
    found.sort_by(|one, two| two.cmp(one));
    found
}

async fn stands(desk: &Desk, cast: &Cast, who: &exchange::people::Acting, id: &str) {
    let made = act(desk, cast, who, id, "confirm", reason("与决定书原件一致")).await;
    made.expect("it stands");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_where_two_suppliers_differ_both_are_asked_once_and_no_value_is_passed_on() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let second = officer(&desk, "second.organ", Role::SupplierOfficer, SECOND).await;
        states(&desk, 1, "9.50").await;
        assert!(waiting(&desk, &cast.centre).await.is_empty(), "they agree");
        states(&desk, 2, "8.00").await;
        assert!(
            waiting(&desk, &cast.centre).await.is_empty(),
            "another document"
        );
        desk.advance(1_000_000);
        states(&desk, 1, "8.00").await;
        let both = waiting(&desk, &cast.centre).await;
        let asked: Vec<&str> = both.iter().map(|one| one.0.as_str()).collect();
        assert_eq!(asked, [ORGAN, SECOND], "{}", desk.engine);
        assert_eq!(waiting(&desk, &cast.supplier).await, both[..1]);
        assert_eq!(waiting(&desk, &second).await, both[1..]);
        for (_, id) in &both {
            let shown = own(&desk, &cast, id).await;
            let told = shown.file.told[0].field("reason").expect("words");
            assert!(told.contains("罚款金额"), "{told}");
            for value in ["9.5", "8.0", "广告"] {
                assert!(!told.contains(value), "{told}");
            }
            let due = shown.standing.due.map(|day| day.to_string());
            assert_eq!(due.as_deref(), Some("2026-06-01"), "five working days");
        }
        // Nothing is marked, hidden or changed by it, and nobody opens such a case by hand without evidence.
        assert_eq!(marks(&desk, None).await, Some(Vec::new()));
        let made = act(
            &desk,
            &cast,
            &cast.centre,
            &both[0].1,
            "differ",
            reason("x"),
        )
        .await;
        refused(made, "does not allow");
        // The same words again, and a third value of the same pair, open nothing; nor once both have answered.
        states(&desk, 1, "8.00").await;
        desk.advance(1_000_000);
        states(&desk, 1, "7.00").await;
        assert_eq!(waiting(&desk, &cast.centre).await, both, "{}", desk.engine);
        let foreign = act(&desk, &cast, &second, &both[0].1, "confirm", reason("x")).await;
        assert!(matches!(foreign, Err(Error::NotFound | Error::Forbidden)));
        stands(&desk, &cast, &cast.supplier, &both[0].1).await;
        let version = Saying {
            version: Some(3),
            ..reason("录入有误，已更正")
        };
        desk.on("2026-05-26");
        states(&desk, 1, "9.50").await;
        let made = act(&desk, &cast, &second, &both[1].1, "correct", version).await;
        refused(made, "Name the version");
        let version = Saying {
            version: Some(4),
            ..reason("录入有误，已更正")
        };
        let made = act(&desk, &cast, &second, &both[1].1, "correct", version).await;
        made.expect("corrected");
        assert!(waiting(&desk, &cast.centre).await.is_empty());
        desk.advance(1_000_000);
        states(&desk, 1, "6.00").await;
        assert!(
            waiting(&desk, &cast.centre).await.is_empty(),
            "{}: once for each pair",
            desk.engine
        );
        crate::journal::run(&desk).await;
        let audit = exchange::journal::audit(&desk.office.store).await;
        let audit = audit.expect("an audit");
        assert_eq!(audit.wrong, 0, "{:?}", audit.findings);
    }
}

/// A returned copy is its source's own record: it is no second source, and opens nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_a_copy_from_above_is_no_second_source() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let firm = ("北京明远软件有限公司", FIRM);
        let row = penalty_row(firm, 1, "广告不实", ("2026-05-01", "一般"));
        let row = row.replace(",9.50,", ",8.00,");
        let request = Request {
            theme: "penalty".into(),
            supplier: Some("platform-above".into()),
            mode: None,
            date: None,
            file: File::bytes("p.csv", format!("{HEAD}{row}").into_bytes()),
            told: Told::default(),
        };
        let taken = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
        taken.expect("returned");
        assert!(
            waiting(&desk, &cast.centre).await.is_empty(),
            "{}",
            desk.engine
        );
    }
}

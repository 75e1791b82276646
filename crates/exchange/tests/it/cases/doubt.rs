//! Verification of a doubtful field on both engines: the centre asks with evidence, whoever stated the fact answers,
//! and the platform decides nothing; a copy that came back from above gives way to its source at once.

use super::{Cast, FIRM, act, cast, corrected, marks, own, penalty, reason, record, refused, scan};
use crate::desk::{Desk, Quiet, catalog, desks};
use exchange::Error;
use exchange::cases::{self, Filing, Saying};
use exchange::ingest;
use std::sync::Arc;

/// The platform above.
const ABOVE: &str = "platform-above";

fn doubt(record: &str) -> Filing {
    Filing {
        kind: "verification".to_owned(),
        record: record.to_owned(),
        saying: Saying {
            choice: "sources-differ".to_owned(),
            files: vec![scan()],
            ..reason("决定书原件的罚款金额与报送不一致")
        },
    }
}

async fn asked(desk: &Desk, cast: &Cast) -> String {
    let filing = doubt(&record(desk, &cast.subject).await);
    let made = cases::file_at_window(&desk.office, &cast.centre, FIRM, filing).await;
    made.expect("asked").to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_a_doubt_goes_to_the_supplier_with_evidence_and_the_platform_decides_nothing() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let (actor, mandate) = &cast.subject;
        let filing = doubt(&record(&desk, &cast.subject).await);
        let made = cases::file_own(&desk.office, actor, mandate, filing.clone()).await;
        refused(made.map(|_| 0), "another party");
        let mut bare = filing.clone();
        bare.saying.files.clear();
        let made = cases::file_at_window(&desk.office, &cast.centre, FIRM, bare).await;
        refused(made.map(|_| 0), "an attachment");
        let made = cases::file_at_window(&desk.office, &cast.supplier, FIRM, filing).await;
        assert!(matches!(made, Err(Error::Forbidden)));
        let id = asked(&desk, &cast).await;
        // Nothing is changed, hidden or marked by a doubt.
        assert_eq!(
            marks(&desk, None).await,
            Some(Vec::new()),
            "{}",
            desk.engine
        );
        let shown = own(&desk, &cast, &id).await;
        let due = shown.standing.due.map(|day| day.to_string());
        assert_eq!(due.as_deref(), Some("2026-06-01"), "five working days");
        for (who, what) in [(&cast.centre, "confirm"), (&cast.second, "correct")] {
            let made = act(&desk, &cast, who, &id, what, reason("x")).await;
            assert!(matches!(made, Err(Error::Forbidden)), "{what}: {made:?}");
        }
        let early = act(&desk, &cast, &cast.centre, &id, "escalate", reason("x")).await;
        refused(early, "not passed yet");
        let with = |version| Saying {
            version: Some(version),
            ..reason("已更正")
        };
        let made = act(&desk, &cast, &cast.supplier, &id, "correct", with(1)).await;
        refused(made, "Name the version");
        corrected(&desk, "虚假宣传").await;
        act(&desk, &cast, &cast.supplier, &id, "correct", with(2))
            .await
            .expect("corrected");
        assert!(own(&desk, &cast, &id).await.standing.over);
        // One that is late goes above, and is the supplier's again.
        let id = asked(&desk, &cast).await;
        desk.on("2026-06-10");
        act(&desk, &cast, &cast.centre, &id, "escalate", reason("逾期"))
            .await
            .expect("escalated");
        let head = Saying {
            head: "某主任".to_owned(),
            ..reason("限期核实")
        };
        let had = act(&desk, &cast, &cast.centre, &id, "urge", head.clone()).await;
        refused(had, "had a part");
        act(&desk, &cast, &cast.second, &id, "urge", head)
            .await
            .expect("urged");
        act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "confirm",
            reason("与决定书一致"),
        )
        .await
        .expect("it stands");
        assert_eq!(own(&desk, &cast, &id).await.standing.state, "stands");
    }
}

/// What a platform above returns is its source's record: where the copy differs, the source's own next word is what
/// everybody reads from that instant, with no second fact beside it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_a_copy_that_differs_from_its_source_is_corrected_at_once() {
    for desk in desks(&catalog(&[])).await {
        cast(&desk).await;
        let read = async |done: &str| {
            let report = desk.report(FIRM, None).await.expect("a report");
            let one = report.matches("某市监罚〔2026〕1号").count();
            (one, report.contains(done))
        };
        let (before, own) = read("广告不实").await;
        assert!(before > 0 && own, "{}", desk.engine);
        let mut copy = penalty("与来源不同");
        copy.supplier = Some(ABOVE.to_owned());
        ingest::submit(&desk.office, copy, Arc::new(Quiet))
            .await
            .expect("returned");
        assert_eq!(read("与来源不同").await, (before, true), "{}", desk.engine);
        desk.advance(1_000_000);
        ingest::submit(&desk.office, penalty("广告不实"), Arc::new(Quiet))
            .await
            .expect("its own word");
        assert_eq!(read("与来源不同").await, (before, false), "{}", desk.engine);
        assert_eq!(read("广告不实").await, (before, true), "no second fact");
    }
}

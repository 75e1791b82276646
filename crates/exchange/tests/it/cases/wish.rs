//! R32 on both engines: a good fact is shown as long as its subject wants it to be.

use super::{FIRM, cast, reason, record, refused};
use crate::desk::{Desk, catalog, desks};
use exchange::cases::{self, Filing, Saying};
use policy::Publication;

async fn is_shown(desk: &Desk, as_of: Option<&str>) -> bool {
    let report = desk.report(FIRM, as_of).await.expect("a report");
    report.contains("守合同重信用")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r32_a_good_fact_is_shown_only_while_its_subject_wants_it() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let (office, (actor, own)) = (&desk.office, &cast.subject);
        let text = format!(
            "企业名,持证单位代码,守信信息名称,证书号,发证日期,颁证单位,认定依据\n北京明远软件有限公司,{FIRM},守合同重信用企业,S2026001,2026-05-11,某市科学技术局,某办法\n"
        );
        let taken = desk.take("honour", "h.csv", text).await;
        assert_eq!(taken.counts.accepted, 1, "{}", desk.engine);
        assert!(is_shown(&desk, None).await);
        let facts = async || {
            let facts = cases::own_facts(office, actor, own).await.expect("facts");
            let mut entries = facts.entries().iter();
            let entry = entries.find(|entry| entry.theme.code == "honour");
            let entry = entry.expect("the honour");
            (entry.record.to_string(), entry.publication.clone())
        };
        let filing = |record: String| Filing {
            kind: "wish".to_owned(),
            record,
            saying: Saying::default(),
        };
        // What weighs against somebody is not hidden by a wish.
        let penalty = filing(record(&desk, &cast.subject).await);
        let made = cases::file_own(office, actor, own, penalty).await;
        refused(made.map(|_| 0), "not about a fact of this kind");
        let id = cases::file_own(office, actor, own, filing(facts().await.0)).await;
        let id = id.expect("without reasons").to_string();
        for as_of in [None, Some("2026-05-25")] {
            assert!(!is_shown(&desk, as_of).await, "{} {as_of:?}", desk.engine);
        }
        assert_eq!(
            facts().await.1,
            Publication::Suspended,
            "its own file has it"
        );
        let other = cases::act(office, &cast.supplier, &id, ("show", 1), reason("x")).await;
        assert!(other.is_err(), "{other:?}");
        let back = cases::act_own(office, actor, (own, &id), ("show", 1), Saying::default()).await;
        back.expect("shown again");
        assert!(is_shown(&desk, None).await, "{}", desk.engine);
        let what = ("hide-again", 2);
        let again = cases::act_own(office, actor, (own, &id), what, Saying::default()).await;
        again.expect("as often as it likes");
        assert!(!is_shown(&desk, None).await);
    }
}

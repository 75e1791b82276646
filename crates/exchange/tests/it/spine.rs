//! One theme through every room, on both engines.

use crate::desk::{catalog, counts, desks};
use exchange::Error;

const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n";
const A: &str = "91110000MA00000152";

fn registration(name: &str, code: &str) -> String {
    format!("{HEAD}{name},{code},2001-02-03,软件开发\n")
}

#[tokio::test]
async fn a_fact_goes_in_and_comes_out() {
    for desk in desks(&catalog(&[])).await {
        let taken = desk
            .take(
                "registration",
                "a.csv",
                registration("北京明远软件有限公司", A),
            )
            .await;
        assert_eq!(counts(&taken), [1, 0, 0, 0, 0], "{}", desk.engine);
        let report = desk.report(A, None).await.expect("a report");
        assert!(report.contains("北京明远软件有限公司"));
        assert_eq!(
            report,
            desk.report(A, None).await.expect("again"),
            "byte for byte"
        );
        let by_org_code = desk
            .report("MA0000015", None)
            .await
            .expect("found by the inner code");
        assert_eq!(report, by_org_code);
        assert!(matches!(
            desk.report("91440300MA5EXXXXXX", None).await,
            Err(Error::Request(_))
        ));
        assert!(matches!(
            desk.report("12310000425000014Y", None).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn repeats_change_nothing_and_the_receipt_says_so() {
    for desk in desks(&catalog(&[])).await {
        let file = registration("北京明远软件有限公司", A);
        desk.take("registration", "a.csv", file.clone()).await;
        let same_file = desk.take("registration", "a.csv", file.clone()).await;
        assert_eq!(counts(&same_file), [0, 0, 0, 1, 0]);
        assert!(same_file.repeated);
        let same_row = desk
            .take("registration", "b.csv", format!("{file}\n\n"))
            .await;
        assert_eq!(counts(&same_row), [0, 0, 0, 1, 0]);
        assert!(!same_row.repeated);
        let twice = format!("{file}北京明远软件有限公司,{A},2001-02-03,软件开发\n");
        assert_eq!(
            counts(&desk.take("registration", "c.csv", twice).await),
            [0, 0, 0, 2, 0]
        );
    }
}

#[tokio::test]
async fn a_differing_repeat_within_a_file_is_rejected_and_the_first_stands() {
    for desk in desks(&catalog(&[])).await {
        let mut file = registration("北京明远软件有限公司", A);
        file.push_str(&format!("北京明远软件有限公司,{A},2001-02-03,食品销售\n"));
        assert_eq!(
            counts(&desk.take("registration", "a.csv", file.clone()).await),
            [1, 1, 0, 0, 0]
        );
        let report = desk.report(A, None).await.expect("a report");
        assert!(report.contains("软件开发") && !report.contains("食品销售"));
        // Far apart, in different slices, the same holds.
        let mut far = registration("北京明远软件有限公司", A);
        for n in 0..2_500 {
            far.push_str(&format!("无码{n}号有限公司,,2001-02-03,贸易\n"));
        }
        far.push_str(&format!("北京明远软件有限公司,{A},2001-02-03,食品销售\n"));
        let taken = desk.take("registration", "far.csv", far).await;
        assert_eq!(
            taken.counts.unchanged, 1,
            "{}: {:?}",
            desk.engine, taken.counts
        );
        assert_eq!(
            taken.rows,
            taken.counts.unchanged
                + taken.counts.rejected
                + taken.counts.accepted
                + taken.counts.held
        );
        assert!(
            desk.report(A, None)
                .await
                .expect("a report")
                .contains("软件开发")
        );
    }
}

#[tokio::test]
async fn a_past_day_shows_what_was_known_then() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-03-01");
        desk.take(
            "registration",
            "a.csv",
            registration("北京明远软件有限公司", A),
        )
        .await;
        let then = desk.report(A, None).await.expect("a report");
        assert!(then.contains("北京明远软件有限公司"));
        desk.on("2026-05-01");
        desk.take(
            "registration",
            "b.csv",
            registration("北京明远数码有限公司", A),
        )
        .await;
        desk.on("2026-06-01");
        let now = desk.report(A, None).await.expect("a report");
        let past = desk.report(A, Some("2026-03-01")).await.expect("a report");
        assert!(now.contains("北京明远数码有限公司"));
        assert!(past.contains("北京明远软件有限公司"));
        assert_eq!(
            past,
            desk.report(A, Some("2026-03-01")).await.expect("again")
        );
        let before = desk.report(A, Some("2026-02-01")).await.expect("a report");
        assert!(!before.contains("2001-02-03"), "nothing was known then");
    }
}

#[tokio::test]
async fn what_was_superseded_does_not_come_back_by_repeating_it() {
    for desk in desks(&catalog(&[])).await {
        let old = registration("北京明远软件有限公司", A);
        let new = registration("北京明远数码有限公司", A);
        desk.take("registration", "old.csv", old.clone()).await;
        assert_eq!(
            counts(&desk.take("registration", "new.csv", new).await),
            [1, 0, 0, 0, 0]
        );
        let again = desk
            .take("registration", "renamed.csv", format!("{old}\n"))
            .await;
        assert_eq!(counts(&again), [0, 0, 0, 1, 0], "{}", desk.engine);
        // A later day may say it anew.
        desk.on("2026-11-23");
        let later = desk
            .take("registration", "later.csv", format!("{old}\n"))
            .await;
        assert_eq!(counts(&later), [1, 0, 0, 0, 0], "{}", desk.engine);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_leaves_nothing() {
    for desk in desks(&catalog(&[])).await {
        for (name, bytes) in [
            ("empty.csv", ""),
            ("notes.txt", "今天\n下雨\n"),
            ("x.json", "{\"a\":"),
        ] {
            let refused = desk
                .submit(
                    "registration",
                    None,
                    None,
                    exchange::ingest::File::bytes(name, bytes.into()),
                )
                .await;
            assert!(
                matches!(refused, Err(Error::File(_))),
                "{name}: {refused:?}"
            );
        }
        let page = exchange::supply::submissions(&desk.office, None, None)
            .await
            .expect("a page");
        assert!(page.rows.is_empty());
    }
}

#[tokio::test]
async fn the_same_name_asks_a_person_and_the_answer_joins() {
    for desk in desks(&catalog(&[])).await {
        desk.take(
            "registration",
            "a.csv",
            registration("北京明远软件有限公司", A),
        )
        .await;
        let open = exchange::questions::open(&desk.office, None)
            .await
            .expect("a page");
        assert!(open.rows.is_empty());
        let nameless = "企业名,守信信息名称,证书号,发证日期,颁证单位\n北京明远软件有限公司,守合同重信用,Z-1,2026-01-05,某市市场监督管理局\n";
        let taken = desk.take("honour", "b.csv", nameless).await;
        assert_eq!(taken.counts.held, 1, "{}: {:?}", desk.engine, taken.counts);
        let open = exchange::questions::open(&desk.office, None)
            .await
            .expect("a page");
        assert_eq!(open.rows.len(), 1);
        let question = &open.rows[0];
        let candidate = question.candidates[0].subject;
        let officer = policy::Officer::parse("甲某", "信用中心").expect("named");
        exchange::questions::answer(
            &desk.office,
            question.mention,
            exchange::questions::Answer::Same(candidate),
            &officer,
            "同一地址",
        )
        .await
        .expect("answered");
        let report = desk.report(A, None).await.expect("a report");
        assert!(report.contains("守合同重信用"), "{report}");
    }
}

//! Clocks belong to the legal document (rights 9): another supplier, another theme, another key or a
//! re-submission does not restart them; and what has ended stays ended on every past day (rights 11).

use crate::desk::{Desk, Quiet, catalog, desks};
use exchange::ingest::{self, File, Request, Told};
use std::sync::Arc;

const ORGAN: &str = "11990100MD00010003";
const OTHER: &str = "11330000001234562L";
const FIRM: &str = "91110000MA00000152";

fn penalty(number: &str, decided: &str) -> String {
    format!(
        "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n\
         北京明远软件有限公司,法人及非法人组织,{FIRM},甲某,{number},广告内容不实,广告不实,广告法第五十九条,罚款,罚款95000元,9.50,{decided},2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},一般\n"
    )
}

/// The firm's registration keeps it in public view whatever becomes of its penalties.
async fn register(desk: &Desk) {
    let row = format!(
        "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,{FIRM},2001-02-03,软件开发\n"
    );
    desk.take("registration", "r.csv", row).await;
}

async fn take(desk: &Desk, supplier: &str, text: String) -> ingest::Receipt {
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(supplier.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", text.into_bytes()),
        told: Told::default(),
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet))
        .await
        .expect("taken")
}

/// Every `public_until` of the report.
async fn ends(desk: &Desk) -> Vec<String> {
    let report: serde_json::Value =
        serde_json::from_str(&desk.report(FIRM, None).await.expect("a report")).expect("JSON");
    let sections = report["sections"].as_array().expect("sections");
    sections
        .iter()
        .flat_map(|section| section["entries"].as_array().expect("entries"))
        .filter(|entry| entry["theme"]["code"] == "penalty")
        .map(|entry| entry["public_until"].as_str().unwrap_or("none").to_owned())
        .collect()
}

#[tokio::test]
async fn invariant_09_another_supplier_or_a_later_day_does_not_restart_a_clock() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        let first = take(&desk, ORGAN, penalty("某市监罚〔2026〕7号", "2026-05-01")).await;
        assert_eq!(first.counts.accepted, 1, "{:?}", first.counts);
        assert_eq!(ends(&desk).await, ["2027-05-01"], "{}", desk.engine);
        desk.on("2026-10-12");
        let again = take(&desk, OTHER, penalty("某市监罚[2026]7号", "2026-10-10")).await;
        assert_eq!(again.counts.accepted, 1, "{:?}", again.counts);
        assert_eq!(
            ends(&desk).await,
            ["2027-05-01", "2027-05-01"],
            "{}",
            desk.engine
        );
        // The same supplier that sends it with a later day changes the row, not the clock.
        take(&desk, ORGAN, penalty("某市监罚〔2026〕7号", "2026-10-10")).await;
        assert_eq!(
            ends(&desk).await,
            ["2027-05-01", "2027-05-01"],
            "{}",
            desk.engine
        );
    }
}

#[tokio::test]
async fn invariant_11_what_has_ended_is_shown_on_no_past_day() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        register(&desk).await;
        take(&desk, ORGAN, penalty("某市监罚〔2026〕7号", "2026-05-01")).await;
        desk.on("2027-05-01");
        assert_eq!(ends(&desk).await.len(), 1, "the last day");
        desk.on("2027-05-02");
        assert_eq!(ends(&desk).await.len(), 0, "ended by itself");
        let past = desk
            .report(FIRM, Some("2026-06-01"))
            .await
            .expect("a report");
        assert!(
            !past.contains("某市监罚"),
            "{}: a past day shows no more than today",
            desk.engine
        );
        // Sent once more it does not come back.
        take(&desk, OTHER, penalty("某市监罚〔2026〕7号", "2027-05-01")).await;
        assert_eq!(ends(&desk).await.len(), 0, "{}", desk.engine);
    }
}

#[tokio::test]
async fn an_unknown_severity_waits_and_the_label_frees_it() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        register(&desk).await;
        let unlabelled = penalty("某市监罚〔2026〕8号", "2026-05-01").replace(",一般\n", ",\n");
        let held = take(&desk, ORGAN, unlabelled.clone()).await;
        assert_eq!((held.counts.held, held.counts.accepted), (1, 0));
        assert_eq!(ends(&desk).await.len(), 0);
        let again = take(&desk, ORGAN, format!("{unlabelled}\n")).await;
        assert_eq!(
            (again.counts.held, again.counts.accepted),
            (1, 0),
            "a repeat still waits"
        );
        let freed = take(&desk, ORGAN, penalty("某市监罚〔2026〕8号", "2026-05-01")).await;
        assert_eq!(
            (freed.counts.held, freed.counts.accepted),
            (0, 1),
            "{}",
            desk.engine
        );
        assert_eq!(ends(&desk).await, ["2027-05-01"]);
        let holds = desk
            .office
            .store
            .holds(None, None, 10)
            .await
            .expect("a page");
        assert!(holds.rows.is_empty(), "{}: {:?}", desk.engine, holds.rows);
    }
}

/// R28: a decision is served together with the notice of how it is repaired. From the day of the rule on, a row
/// that does not say so is refused, says why, and comes in once it does.
#[tokio::test]
async fn r28_a_decision_without_its_repair_notice_is_refused_and_says_why() {
    let with = |text: String, served: &str| {
        let (head, row) = text.split_once('\n').expect("two lines");
        format!(
            "{head},信用修复告知书送达日期\n{},{served}\n",
            row.trim_end()
        )
    };
    for desk in desks(&catalog(&[])).await {
        desk.on("2027-01-15");
        let number = "某市监罚〔2027〕1号";
        for (text, why) in [
            (penalty(number, "2027-01-11"), "CF-08"),
            (with(penalty(number, "2027-01-11"), ""), "CF-08"),
            (with(penalty(number, "2027-01-11"), "2027-01-10"), "CF-09"),
            (with(penalty(number, "2027-01-11"), "2027-01-16"), "CF-09"),
        ] {
            let receipt = take(&desk, ORGAN, text).await;
            assert_eq!(
                receipt.counts.rejected, 1,
                "{}: {:?}",
                desk.engine, receipt.counts
            );
            let page = exchange::supply::rejects(&desk.office, &receipt.id, None).await;
            let faults = page.expect("rejects").rows.remove(0).faults;
            assert!(faults.contains(why), "{}: {faults}", desk.engine);
        }
        for (text, accepted) in [
            (with(penalty(number, "2027-01-11"), "2027-01-11"), 1),
            (penalty("某市监罚〔2026〕9号", "2026-12-31"), 1),
            (
                penalty("某市监罚〔2027〕2号", "2027-01-12").replace("一般", "轻微"),
                1,
            ),
        ] {
            let receipt = take(&desk, ORGAN, text).await;
            assert_eq!(
                receipt.counts.accepted, accepted,
                "{}: {:?}",
                desk.engine, receipt.counts
            );
        }
    }
}

//! What was sent in error leaves every view at once and its history stays; what stood before it is in
//! force again; the same file can be sent again, and no clock of a legal document begins anew.

use crate::desk::{Desk, Quiet, catalog, counts, desks};
use exchange::Error;
use exchange::ingest::{self, File, Recall, Receipt, Request, Told, What};
use std::sync::Arc;

const ORGAN: &str = "11990100MD00010003";
const FIRM: &str = "91110000MA00000152";
const HEAD: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n";

fn penalty(number: u32, done: &str, decided: &str) -> String {
    format!(
        "北京明远软件有限公司,法人及非法人组织,{FIRM},甲某,某市监罚〔2026〕{number}号,广告内容不实,{done},广告法第五十九条,罚款,罚款95000元,9.50,{decided},2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},一般\n"
    )
}

async fn register(desk: &Desk) {
    let row = format!(
        "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,{FIRM},2001-02-03,软件开发\n"
    );
    desk.take("registration", "r.csv", row).await;
}

async fn take(desk: &Desk, rows: &str) -> Receipt {
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", format!("{HEAD}{rows}").into_bytes()),
        told: Told::default(),
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet))
        .await
        .expect("taken")
}

async fn recall(desk: &Desk, what: What) -> Result<Receipt, Error> {
    let recall = Recall {
        what,
        reason: "重复报送".to_owned(),
        officer: "account:1".to_owned(),
    };
    ingest::recall(&desk.office, recall).await
}

/// What the public reads of the firm's penalties: the facts, and until when.
async fn seen(desk: &Desk, as_of: Option<&str>) -> Vec<(String, String)> {
    let report = desk.report(FIRM, as_of).await.expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let entries = report["sections"].as_array().expect("sections").iter();
    let entries = entries.flat_map(|section| section["entries"].as_array().expect("entries"));
    let value = |entry: &serde_json::Value, code: &str| {
        let values = entry["values"].as_array().expect("values");
        let found = values.iter().find(|value| value["code"] == code);
        found.map(|value| value["value"].as_str().unwrap_or_default().to_owned())
    };
    entries
        .filter(|entry| entry["theme"]["code"] == "penalty")
        .map(|entry| {
            let until = entry["public_until"].as_str().unwrap_or_default();
            (value(entry, "CF_SY").unwrap_or_default(), until.to_owned())
        })
        .collect()
}

fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
    let given = given.iter();
    given
        .map(|(one, two)| ((*one).to_owned(), (*two).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_whole_submission_leaves_every_view_at_once_and_comes_back_when_undone() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        register(&desk).await;
        take(&desk, &penalty(1, "广告不实", "2026-05-01")).await;
        desk.on("2026-05-07");
        // A correction of the first, and a second one, in one file.
        let wrong = [
            penalty(1, "写错了", "2026-05-01"),
            penalty(2, "写错了", "2026-05-02"),
        ];
        let wrong = take(&desk, &wrong.concat()).await;
        assert_eq!(counts(&wrong), [2, 0, 0, 0, 0], "{}", desk.engine);
        assert_eq!(seen(&desk, None).await.len(), 2);
        desk.on("2026-05-08");
        let done = recall(&desk, What::Submission(wrong.id))
            .await
            .expect("recalled");
        assert_eq!(
            (done.counts.removed, done.counts.accepted),
            (2, 1),
            "{}",
            desk.engine
        );
        assert!(done.json.contains("\"kind\":\"recall\""), "{}", done.json);
        assert!(
            !done.json.contains("重复报送"),
            "a receipt carries no words"
        );
        let before = pairs(&[("广告不实", "2027-05-01")]);
        assert_eq!(seen(&desk, None).await, before, "{}", desk.engine);
        let then = seen(&desk, Some("2026-05-07")).await;
        assert!(
            then.iter().all(|(done, _)| done != "写错了"),
            "{}: an error is shown on no past day: {then:?}",
            desk.engine
        );
        // The same recall again says so; undone, all is as it was.
        let again = recall(&desk, What::Submission(wrong.id)).await;
        assert!(matches!(again, Err(Error::Request(_))), "{again:?}");
        let undone = recall(&desk, What::Undo(done.id)).await.expect("undone");
        assert_eq!(
            (undone.counts.removed, undone.counts.accepted),
            (0, 2),
            "{}",
            desk.engine
        );
        let back = pairs(&[("写错了", "2027-05-01"), ("写错了", "2027-05-02")]);
        let mut now = seen(&desk, None).await;
        now.sort();
        assert_eq!(now, back, "{}", desk.engine);
        assert!(
            recall(&desk, What::Undo(done.id)).await.is_err(),
            "undone once"
        );
        // And taken back once more.
        let third = recall(&desk, What::Submission(wrong.id))
            .await
            .expect("recalled again");
        assert_ne!(third.id, done.id);
        assert_eq!(seen(&desk, None).await, before, "{}", desk.engine);
        let audit = exchange::journal::audit(&desk.office.store).await;
        assert!(audit.is_ok(), "{}", desk.engine);
    }
}

#[tokio::test]
async fn invariant_09_sending_again_after_a_recall_restarts_no_clock() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        register(&desk).await;
        let first = take(&desk, &penalty(1, "广告不实", "2026-05-01")).await;
        recall(&desk, What::Submission(first.id))
            .await
            .expect("recalled");
        assert_eq!(seen(&desk, None).await, pairs(&[]), "{}", desk.engine);
        // The same bytes on the same day: another submission, and the fact is back.
        let again = take(&desk, &penalty(1, "广告不实", "2026-05-01")).await;
        assert_ne!(again.id, first.id);
        assert_eq!(
            (again.repeated, again.counts.accepted),
            (false, 1),
            "{}",
            desk.engine
        );
        assert_eq!(
            seen(&desk, None).await,
            pairs(&[("广告不实", "2027-05-01")])
        );
        recall(&desk, What::Submission(again.id))
            .await
            .expect("recalled");
        // A later day for the same document does not win time.
        desk.on("2026-10-12");
        take(&desk, &penalty(1, "广告不实", "2026-10-10")).await;
        assert_eq!(
            seen(&desk, None).await,
            pairs(&[("广告不实", "2027-05-01")]),
            "{}",
            desk.engine
        );
    }
}

#[tokio::test]
async fn the_window_is_dated_and_a_single_row_may_go_later() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        register(&desk).await;
        let rows = [
            penalty(1, "广告不实", "2026-05-01"),
            penalty(2, "虚假宣传", "2026-05-02"),
        ];
        let sent = take(&desk, &rows.concat()).await;
        // Twenty working days after 2026-05-06, make-up day of 05-09 included.
        desk.on("2026-06-03");
        let late = recall(&desk, What::Submission(sent.id)).await;
        let Err(Error::Request(text)) = late else {
            panic!("{}: {late:?}", desk.engine)
        };
        assert!(text.zh.contains("20 个工作日"), "{}", text.zh);
        let row = recall(&desk, What::Row(sent.id, 3)).await.expect("a row");
        assert_eq!(row.counts.removed, 1, "{}", desk.engine);
        assert_eq!(
            seen(&desk, None).await,
            pairs(&[("广告不实", "2027-05-01")]),
            "{}",
            desk.engine
        );
        let twice = recall(&desk, What::Row(sent.id, 3))
            .await
            .expect("nothing left");
        assert_eq!(twice.counts.removed, 0, "{}", desk.engine);
    }
}

#[tokio::test]
async fn what_was_stated_since_stays() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        register(&desk).await;
        let first = take(&desk, &penalty(1, "广告不实", "2026-05-01")).await;
        desk.on("2026-05-07");
        take(&desk, &penalty(1, "虚假宣传", "2026-05-01")).await;
        let done = recall(&desk, What::Submission(first.id))
            .await
            .expect("recalled");
        assert_eq!(
            done.counts.removed, 0,
            "{}: a later statement stands",
            desk.engine
        );
        assert_eq!(
            seen(&desk, None).await,
            pairs(&[("虚假宣传", "2027-05-01")]),
            "{}",
            desk.engine
        );
        for bad in ["", "11010519491231002X 报错"] {
            let recall = Recall {
                what: What::Submission(first.id),
                reason: bad.to_owned(),
                officer: "account:1".to_owned(),
            };
            assert!(ingest::recall(&desk.office, recall).await.is_err(), "{bad}");
        }
    }
}

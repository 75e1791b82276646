//! A supplier's desk: quality figures against files counted by hand, receipts that outsiders check,
//! rejected rows that are mended, full lists one at a time.

use crate::desk::{Desk, Quiet, catalog, desks};
use crate::snapshots::code;
use credit::catalog::Mode;
use credit::lang::Lang;
use exchange::Error;
use exchange::ingest::{self, File, Receipt, Request, Told};
use exchange::supply::Mended;
use std::sync::Arc;

const ORGAN: &str = "11990100MD00010003";
const HEAD: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n";

/// A penalty of a firm: what was done, when it was decided, how grave.
fn penalty(firm: u32, done: &str, decided: &str, severity: &str) -> String {
    format!(
        "云汀第{firm}号贸易有限公司,法人及非法人组织,{},甲某,某市监罚〔2026〕{firm}号,广告内容不实,{done},广告法第五十九条,罚款,罚款95000元,9.50,{decided},2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},{severity}\n",
        code(firm)
    )
}

async fn take(desk: &Desk, rows: &str, told: Told) -> Receipt {
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", format!("{HEAD}{rows}").into_bytes()),
        told,
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet))
        .await
        .expect("taken")
}

/// Decided on time, and long before.
const FRESH: &str = "2026-05-01";
const OLD: &str = "2026-01-05";

#[tokio::test]
async fn quality_figures_are_those_counted_by_hand() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        // Nine rows: five good, two of them late; one without a severity; one wrong; one twice.
        let wrong = penalty(7, "广告不实", FRESH, "一般").replace(&code(7), "91990100MA000007XX");
        let first = [
            penalty(1, "广告不实", FRESH, "一般"),
            penalty(2, "广告不实", FRESH, "一般"),
            penalty(3, "广告不实", FRESH, "一般"),
            penalty(4, "广告不实", OLD, "一般"),
            penalty(5, "广告不实", OLD, "一般"),
            penalty(6, "广告不实", FRESH, ""),
            wrong,
            penalty(1, "广告不实", FRESH, "一般"),
            penalty(2, "无照经营", FRESH, "一般"),
        ];
        let taken = take(&desk, &first.concat(), Told::default()).await.counts;
        let seen = [
            taken.accepted,
            taken.held,
            taken.rejected,
            taken.unchanged,
            taken.late,
        ];
        assert_eq!(seen, [5, 1, 2, 1, 2], "{}", desk.engine);
        // Five rows: one corrects, one repeats, one waits still, one brings the missing label, one new.
        desk.on("2026-05-07");
        let second = [
            penalty(3, "虚假宣传", FRESH, "一般"),
            penalty(1, "广告不实", FRESH, "一般"),
            penalty(6, "广告不实", FRESH, ""),
            penalty(8, "广告不实", FRESH, "一般"),
        ];
        take(&desk, &second.concat(), Told::default()).await;
        take(
            &desk,
            &penalty(6, "广告不实", FRESH, "一般"),
            Told::default(),
        )
        .await;
        let (from, to) = (
            "2026-05-01".parse().expect("a day"),
            "2026-05-31".parse().expect("a day"),
        );
        let all = exchange::supply::quality(&desk.office, ORGAN, from, to)
            .await
            .expect("figures");
        let [one] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert_eq!((one.submissions, one.rows), (3, 14), "{}", desk.engine);
        let sum = one.counts;
        let seen = [
            sum.accepted,
            sum.held,
            sum.rejected,
            sum.unchanged,
            sum.late,
        ];
        assert_eq!(seen, [8, 2, 2, 2, 2], "{}", desk.engine);
        assert_eq!(
            one.corrections, 2,
            "{}: the changed row and the missing label",
            desk.engine
        );
        let day = "2026-05-06".parse().expect("a day");
        let past = exchange::supply::quality(&desk.office, ORGAN, from, day)
            .await
            .expect("figures");
        assert_eq!(
            (past[0].submissions, past[0].corrections),
            (1, 0),
            "a period ends"
        );
    }
}

#[tokio::test]
async fn a_receipt_is_checked_without_the_platform() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        let rows: String = (0..2_100)
            .map(|n| penalty(n, "广告不实", FRESH, "一般"))
            .collect();
        let receipt = take(&desk, &rows, Told::default()).await;
        let key = desk.office.signer.verifier();
        let json = ingest::verify(&key, &receipt.signature).expect("sound");
        assert_eq!(json, receipt.json);
        let body: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let slices = body["slices"].as_array().expect("slices");
        assert_eq!(
            slices.len(),
            3,
            "{}: 2,100 rows in slices of 1,000",
            desk.engine
        );
        assert!(slices[0] != slices[1] && slices[1] != slices[2]);
        // Another key, a changed text and a root that does not follow are told.
        let other = seal::sign::Signer::from_seed([1; 32]);
        assert!(ingest::verify(&other.verifier(), &receipt.signature).is_err());
        let forged = json.replace("\"accepted\":2100", "\"accepted\":2101");
        assert_ne!(forged, json);
        let (head, tail) = receipt.signature.split_once('.').expect("an envelope");
        assert!(ingest::verify(&key, &format!("{head}A.{tail}")).is_err());
        let root = body["root"].as_str().expect("a root");
        let wrong = json.replace(root, slices[0].as_str().expect("a root"));
        let signed = seal::envelope::sign(&desk.office.signer, &wrong);
        assert!(matches!(
            ingest::verify(&key, &signed),
            Err(Error::Request(_))
        ));
    }
}

#[tokio::test]
async fn a_mended_row_is_told_at_the_rejected_one() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        let broken = penalty(7, "广告不实", FRESH, "一般").replace(&code(7), "91990100MA000007XX");
        let undated = penalty(8, "广告不实", "五月", "一般");
        let first = take(&desk, &(broken.clone() + &undated), Told::default()).await;
        assert_eq!(first.counts.rejected, 2, "{}", desk.engine);
        // A try that is wrong again mends nothing.
        let mends = |row| Told {
            mends: Some((first.id, row)),
            ..Told::default()
        };
        let again = take(&desk, &broken.replace("000007XX", "000007XY"), mends(1)).await;
        assert_eq!((again.counts.rejected, again.mended), (1, None));
        let rejects = exchange::supply::rejects(&desk.office, &first.id, None)
            .await
            .expect("a page");
        assert!(
            rejects.rows.iter().all(|row| !row.mended),
            "{}",
            desk.engine
        );
        let row = rejects.rows[0].row;
        // Mended in place, then once more with another text.
        let mended = take(&desk, &penalty(7, "广告不实", FRESH, "一般"), mends(row)).await;
        assert_eq!(mended.mended, Some(Mended::First), "{}", desk.engine);
        let twice = take(&desk, &penalty(7, "虚假宣传", FRESH, "一般"), mends(row)).await;
        assert_eq!(twice.mended, Some(Mended::Again), "{}", desk.engine);
        // The other comes back in a file of its own, found by its key.
        let file = take(
            &desk,
            &penalty(8, "广告不实", FRESH, "一般"),
            Told::default(),
        )
        .await;
        assert_eq!(file.counts.accepted, 1);
        let rejects = exchange::supply::rejects(&desk.office, &first.id, None)
            .await
            .expect("a page");
        let seen: Vec<_> = rejects
            .rows
            .iter()
            .map(|row| (row.mended_in, row.mended_times))
            .collect();
        assert_eq!(
            seen,
            [(Some(mended.id), 2), (Some(file.id), 1)],
            "{}",
            desk.engine
        );
    }
}

fn list(numbers: impl Iterator<Item = u32>) -> String {
    let head = "企业名称,统一社会信用代码,列入决定文书号,列入日期,列入经营异常名录原因,作出决定机关（列入）\n";
    numbers.fold(head.to_owned(), |text, n| {
        let row = format!("云汀第{n}号贸易有限公司,{},云异列〔2026〕{n}号,2026-05-04,通过登记的住所无法取得联系,云汀市市场监督管理局\n", code(n));
        text + &row
    })
}

fn snapshot(date: &str, text: String, officer: &str) -> Request {
    Request {
        theme: "abnormal".into(),
        supplier: None,
        mode: Some(Mode::Snapshot),
        date: Some(date.parse().expect("a day")),
        file: File::bytes("list.csv", text.into_bytes()),
        told: Told {
            officer: Some(officer.to_owned()),
            ..Told::default()
        },
    }
}

#[tokio::test]
async fn who_sent_a_list_does_not_confirm_it() {
    for desk in desks(&catalog(&[])).await {
        let office = &desk.office;
        let send =
            |date, text| ingest::submit(office, snapshot(date, text, "甲某"), Arc::new(Quiet));
        send("2026-06-01", list(0..10)).await.expect("taken");
        let second = send("2026-07-01", list(5..10)).await.expect("taken");
        assert!(second.waiting.is_some());
        let own = exchange::snapshots::confirm(office, &second.id, "甲某 ", "信用中心").await;
        let told = own.map_err(|error| error.message(Lang::En));
        assert!(
            told.is_err_and(|told| told.contains("Another officer")),
            "{}",
            desk.engine
        );
        assert_eq!(
            exchange::snapshots::waiting(office)
                .await
                .expect("a list")
                .len(),
            1
        );
        assert!(
            desk.report(&code(0), None).await.is_ok(),
            "nothing was removed"
        );
        let other = exchange::snapshots::confirm(office, &second.id, "乙某", "信用中心").await;
        assert_eq!(other.expect("confirmed"), 5, "{}", desk.engine);
        assert!(matches!(
            desk.report(&code(0), None).await,
            Err(Error::NotFound)
        ));
    }
}

#[tokio::test]
async fn two_full_lists_at_once_end_as_one_after_the_other() {
    for desk in desks(&catalog(&[])).await {
        let mut tasks = Vec::new();
        for range in [0..2_000_u32, 20..2_020] {
            let office = desk.office.clone();
            tasks.push(tokio::spawn(async move {
                ingest::submit(
                    &office,
                    snapshot("2026-06-01", list(range), "甲某"),
                    Arc::new(Quiet),
                )
                .await
            }));
        }
        let mut taken = 0;
        let mut refused = Vec::new();
        for (at, task) in tasks.into_iter().enumerate() {
            match task.await.expect("no panic") {
                Ok(_) => taken += 1,
                Err(Error::Request(told)) => {
                    assert!(told.en.contains("send the same file once more"), "{told:?}");
                    refused.push(at);
                }
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(taken + refused.len(), 2);
        assert!(taken >= 1, "{}", desk.engine);
        // Sent once more, the refused one is taken; no fact of the list sent last is missing.
        for at in refused {
            let range = if at == 0 { 0..2_000 } else { 20..2_020 };
            let again = ingest::submit(
                &desk.office,
                snapshot("2026-06-01", list(range.clone()), "甲某"),
                Arc::new(Quiet),
            )
            .await;
            assert_eq!(again.expect("taken").waiting, None);
            for n in [range.start, 1_000, range.end - 1] {
                assert!(
                    desk.report(&code(n), None).await.is_ok(),
                    "{}: {n}",
                    desk.engine
                );
            }
        }
    }
}

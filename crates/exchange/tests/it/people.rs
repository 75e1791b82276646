//! Natural persons' rows and numbers are written nowhere where sealed storage is not open.

use crate::desk::{Desk, catalog, counts, desks};
use exchange::Error;

const NUMBER: &str = "11010519491231002X";
const PERSON: &str = "钱某某金丝雀";
const BUSINESS: &str = "92110105MA00000X18";

/// Every text of every file below the store's folder, and all that the doors of the desk show.
async fn everything(desk: &Desk) -> String {
    let mut all = String::new();
    let page = exchange::supply::submissions(&desk.office, None, None)
        .await
        .expect("a page");
    for one in &page.rows {
        all.push_str(&format!("{one:?}"));
        let rejects = exchange::supply::rejects(&desk.office, &one.id, None)
            .await
            .expect("a page");
        all.push_str(&format!("{:?}", rejects.rows));
        let file =
            exchange::supply::rejects_file(&desk.office, &[one.id], false, credit::lang::Lang::Zh)
                .await
                .expect("a file");
        all.push_str(&String::from_utf8_lossy(&file));
    }
    all.push_str(&desk.on_disk());
    all
}

#[tokio::test]
async fn invariant_13_a_persons_row_is_written_nowhere() {
    let head = "行政相对人名称,行政相对人类别,证件号码,自然人证件类型,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码";
    let organ = "11330000001234562L";
    let row = format!(
        "{PERSON},自然人,{NUMBER},身份证,X罚〔2026〕1号,类型,事实,依据,警告,警告,2026-11-20,2099-12-31,某局,{organ},某局,{organ}"
    );
    for desk in desks(&catalog(&[])).await {
        let request = exchange::ingest::Request {
            theme: "penalty".into(),
            supplier: Some(organ.into()),
            mode: None,
            date: None,
            file: exchange::ingest::File::bytes("p.csv", format!("{head}\n{row}\n").into_bytes()),
            told: exchange::ingest::Told::default(),
        };
        let taken = exchange::ingest::submit(
            &desk.office,
            request,
            std::sync::Arc::new(crate::desk::Quiet),
        )
        .await
        .expect("taken");
        assert_eq!(counts(&taken), [0, 1, 0, 0, 0], "{}", desk.engine);
        let all = everything(&desk).await;
        assert!(all.contains("某局") || !all.is_empty());
        for canary in [NUMBER, PERSON, "X罚〔2026〕1号"] {
            assert!(!all.contains(canary), "{canary} on {}", desk.engine);
        }
        assert!(matches!(
            desk.report(NUMBER, None).await,
            Err(Error::NotFound | Error::Request(_))
        ));
    }
}

#[tokio::test]
async fn a_persons_number_hidden_in_a_text_is_refused_and_not_kept() {
    for desk in desks(&catalog(&[])).await {
        let file = format!(
            "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,91110000MA00000152,2001-02-03,软件；联系 {NUMBER}\n"
        );
        let taken = desk.take("registration", "a.csv", file).await;
        assert_eq!(counts(&taken), [0, 1, 0, 0, 0], "{}", desk.engine);
        assert!(!everything(&desk).await.contains(NUMBER));
    }
}

#[tokio::test]
async fn an_individual_business_is_answered_like_an_unknown_code() {
    for desk in desks(&catalog(&[])).await {
        let file = format!(
            "企业名称,统一社会信用代码,注册日期,经营范围,注册地址\n某区{PERSON}小吃店,{BUSINESS},2001-02-03,餐饮,金丝雀胡同一号\n"
        );
        let _taken = desk
            .submit(
                "registration",
                None,
                None,
                exchange::ingest::File::bytes("a.csv", file.into()),
            )
            .await;
        let known = desk.report(BUSINESS, None).await;
        assert!(
            matches!(known, Err(Error::NotFound | Error::Request(_))),
            "{known:?}"
        );
        assert!(
            !everything(&desk).await.contains("金丝雀胡同"),
            "no home address"
        );
        let names = exchange::lookup::by_name(&desk.office, "小吃店", None)
            .await
            .expect("a page");
        assert!(names.hits.is_empty());
    }
}

//! What goes up to a platform above comes back with its errors and mends the same facts.

use crate::desk::{Desk, Quiet, catalog, counts, desks};
use exchange::ingest::{self, File, Receipt, Request, Told};
use std::sync::Arc;

const CODE: &str = "91110000MA00000152";

#[tokio::test]
async fn a_forwarded_file_comes_back_and_mends_the_same_facts() {
    for desk in desks(&catalog(&[])).await {
        let file = format!(
            "企业名称,统一社会信用代码,法人代表,注册日期,经营范围\n北京明远软件有限公司,{CODE},甲某,2001年2月3日,软件开发\n坏码有限公司,91110000MA00000153,乙某,2001-02-03,贸易\n"
        );
        let taken = desk.take("registration", "a.csv", file.clone()).await;
        assert_eq!(counts(&taken), [1, 1, 0, 0, 0]);
        let mut up = Vec::new();
        let request = Request {
            theme: "registration".into(),
            supplier: None,
            mode: None,
            date: None,
            file: File::bytes("a.csv", file.into_bytes()),
            told: Told::default(),
        };
        let forwarded = ingest::forward(&desk.office, request, &mut up).expect("written");
        assert_eq!((forwarded.written, forwarded.left_out), (1, 1));
        let up = String::from_utf8(up).expect("UTF-8");
        assert!(up.contains(CODE) && up.contains("2001-02-03") && !up.contains("坏码"));
        // Sent here unchanged it says nothing new; with the platform's reason beside each row and
        // the row mended, it corrects the same fact.
        assert_eq!(
            counts(&desk.take("registration", "same.csv", up.clone()).await),
            [0, 0, 0, 1, 0]
        );
        let mut lines = up.lines();
        let (head, row) = (
            lines.next().expect("a header"),
            lines.next().expect("a row"),
        );
        let back = format!(
            "{head},错误原因\n{},经营范围有误\n",
            row.replace("软件开发", "软件销售")
        );
        let mended = desk.take("registration", "errors.csv", back).await;
        assert_eq!(counts(&mended), [1, 0, 0, 0, 0], "{}", desk.engine);
        assert!(
            desk.report(CODE, None)
                .await
                .expect("a report")
                .contains("软件销售")
        );
    }
}

const ORGAN: &str = "11990100MD00010003";
const OTHER: &str = "11330000001234562L";

fn penalty(source: &str, facts: &str) -> String {
    format!(
        "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n\
         北京明远软件有限公司,法人及非法人组织,{CODE},甲某,某市监罚〔2026〕7号,广告内容不实,{facts},广告法第五十九条,罚款,罚款95000元,9.50,2026-05-01,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{source},一般\n"
    )
}

async fn send(desk: &Desk, supplier: &str, text: String) -> exchange::error::Result<Receipt> {
    let request = Request {
        theme: "penalty".into(),
        supplier: Some(supplier.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", text.into_bytes()),
        told: Told::default(),
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet)).await
}

#[tokio::test]
async fn what_a_platform_above_returns_stays_the_fact_of_its_source() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        let sent = send(&desk, ORGAN, penalty(ORGAN, "广告不实")).await;
        assert_eq!(counts(&sent.expect("taken")), [1, 0, 0, 0, 0]);
        // What comes back, corrected or of an agency that sends us nothing, is on file as its source's,
        // with the way it came.
        let back = send(&desk, "platform-above", penalty(OTHER, "广告内容虚假")).await;
        assert_eq!(
            counts(&back.expect("taken")),
            [1, 0, 0, 0, 0],
            "{}",
            desk.engine
        );
        let again = send(
            &desk,
            "platform-above",
            penalty(OTHER, "广告内容虚假") + "\n",
        )
        .await;
        assert_eq!(
            counts(&again.expect("taken")),
            [0, 0, 0, 1, 0],
            "{}",
            desk.engine
        );
        let report = desk.report(CODE, None).await.expect("a report");
        assert!(
            report.contains("某市市场监督管理局（经上级公共信用信息平台）"),
            "{report}"
        );
        // An authority that the catalogue does not list is named by its own row, not by its code.
        assert!(report.contains("\"某市市场监督管理局\""), "{report}");
    }
}

#[tokio::test]
async fn a_platform_above_may_not_send_what_names_no_source() {
    for desk in desks(&catalog(&[])).await {
        let request = Request {
            theme: "abnormal".into(),
            supplier: Some("platform-above".into()),
            mode: None,
            date: None,
            file: File::bytes("a.csv", b"a,b\n1,2\n".to_vec()),
            told: Told::default(),
        };
        let refused = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
        assert!(refused.is_err(), "{}", desk.engine);
    }
}

//! What goes up to a platform above comes back with its errors and mends the same facts.

use crate::desk::{Desk, Quiet, catalog, counts, desks};
use crate::identity::uscc;
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

/// Rows of several penalties under one header.
fn rows(all: &[(&str, &str, u32)]) -> String {
    let mut text = String::new();
    for (source, facts, number) in all {
        let one = penalty(source, facts).replace("〔2026〕7号", &format!("〔2026〕{number}号"));
        let (head, row) = one.split_once('\n').expect("a header");
        if text.is_empty() {
            text = format!("{head}\n");
        }
        text.push_str(row);
    }
    text
}

const ABOVE: &str = "platform-above";

#[tokio::test]
async fn what_a_platform_above_returns_is_the_fact_of_its_source() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        desk.on("2026-05-06");
        let own = penalty(ORGAN, "广告不实");
        let sent = send(&desk, ORGAN, own.clone()).await;
        assert_eq!(counts(&sent.expect("taken")), [1, 0, 0, 0, 0]);
        // The very bytes come back: nothing new. The source's own file is another submission.
        let same = send(&desk, ABOVE, own.clone()).await.expect("taken");
        assert_eq!(counts(&same), [0, 0, 0, 1, 0], "{engine}");
        assert_eq!(
            exchange::browse::figures(&desk.office)
                .await
                .expect("figures")
                .records,
            1
        );
        let before = desk.report(CODE, None).await.expect("a report");
        assert!(!before.contains("经上级公共信用信息平台"), "{before}");
        // Corrected above, it is the next version of the same record, and says how it came.
        desk.on("2026-05-07");
        let back = send(&desk, ABOVE, penalty(ORGAN, "广告内容虚假"))
            .await
            .expect("taken");
        assert_eq!(counts(&back), [1, 0, 0, 0, 0], "{engine}");
        assert_eq!(
            exchange::browse::figures(&desk.office)
                .await
                .expect("figures")
                .records,
            1
        );
        let report = desk.report(CODE, None).await.expect("a report");
        assert!(
            report.contains("广告内容虚假") && !report.contains("广告不实"),
            "{report}"
        );
        assert!(
            report.contains("某市市场监督管理局（经上级公共信用信息平台）"),
            "{report}"
        );
        // The source says its last word itself.
        desk.on("2026-05-08");
        let last = send(&desk, ORGAN, penalty(ORGAN, "虚假宣传"))
            .await
            .expect("taken");
        assert_eq!(counts(&last), [1, 0, 0, 0, 0], "{engine}");
        let report = desk.report(CODE, None).await.expect("a report");
        assert!(
            report.contains("虚假宣传") && !report.contains("经上级"),
            "{report}"
        );
        // An agency that sent us nothing may be named first from above; then it sends by itself.
        let other = rows(&[(OTHER, "广告不实", 8)]);
        let back = send(&desk, ABOVE, other.clone()).await.expect("taken");
        assert_eq!(counts(&back), [1, 0, 0, 0, 0], "{engine}");
        let sent = send(&desk, OTHER, other).await.expect("taken");
        assert_eq!(counts(&sent), [0, 0, 0, 1, 0], "{engine}");
    }
}

/// Rows of two sources, of an unknown one and of none, with one fact twice and once otherwise, and a
/// row without anything.
fn mixed() -> String {
    let mut all = Vec::new();
    for number in 0..1_500 {
        let source = if number % 3 == 0 { OTHER } else { ORGAN };
        all.push((source, "广告不实", number));
    }
    // An enterprise is no authority; a code with a wrong check digit names nobody.
    all.push((CODE, "广告不实", 2_000));
    all.push(("11330000001234562M", "广告不实", 2_001));
    all.push((OTHER, "广告不实", 0));
    all.push((OTHER, "无照经营", 0));
    rows(&all) + ",,,,,,,,,,,,,,,,,\n"
}

/// The quality figures of a supplier in May: submissions and rows.
async fn quality(desk: &Desk, supplier: &str) -> Option<(u64, u64)> {
    let day = |text: &str| text.parse().expect("a day");
    let (from, to) = (day("2026-05-01"), day("2026-05-31"));
    let all = exchange::supply::quality(&desk.office, supplier, from, to).await;
    let all = all.expect("figures");
    all.first().map(|one| (one.submissions, one.rows))
}

#[tokio::test]
async fn a_returned_file_is_sorted_by_its_sources_and_every_row_is_accounted_for() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        desk.on("2026-05-06");
        let text = mixed();
        let receipt = send(&desk, ABOVE, text.clone()).await.expect("taken");
        assert_eq!(counts(&receipt), [1_500, 3, 0, 1, 0], "{engine}");
        assert_eq!(
            receipt.rows, 1_504,
            "{engine}: every row is one of the four"
        );
        // Each part is a submission of its source with a receipt that says who returned it.
        assert_eq!(receipt.parts.len(), 2, "{engine}");
        let mut sum = receipt.counts.rejected;
        let key = desk.office.signer.verifier();
        for (part, supplier, rows) in [(0, OTHER, 502), (1, ORGAN, 1_000)] {
            let of = ingest::receipt(&desk.office, &receipt.parts[part])
                .await
                .expect("kept");
            let body: serde_json::Value =
                serde_json::from_str(&ingest::verify(&key, &of.signature).expect("sound"))
                    .expect("JSON");
            assert_eq!(
                (body["supplier"].as_str(), of.rows),
                (Some(supplier), rows),
                "{engine}"
            );
            assert_eq!(body["returned_by"], ABOVE);
            assert_eq!(body["returned_in"], receipt.id.to_string());
            sum += of.counts.accepted + of.counts.unchanged + of.counts.held;
        }
        assert_eq!(sum, receipt.rows, "{engine}");
        // What no source may say goes back to who returned it, with the reason.
        let page = exchange::supply::rejects(&desk.office, &receipt.id, None)
            .await
            .expect("a page");
        let faults: Vec<&str> = page.rows.iter().map(|row| row.faults.as_str()).collect();
        assert_eq!(faults.len(), 2, "{engine}: {faults:?}");
        assert!(
            faults[0].contains("I30") && faults[1].contains("R06"),
            "{faults:?}"
        );
        // Again: nothing changes, whether it is the same file or the same rows.
        let again = send(&desk, ABOVE, text.clone()).await.expect("taken");
        assert!(again.repeated && again.counts.accepted == 0, "{engine}");
        let again = send(&desk, ABOVE, text + "\n").await.expect("taken");
        assert_eq!(counts(&again), [0, 3, 0, 1_501, 0], "{engine}");
        // The platform's quality is the platform's, and the source's its own.
        assert_eq!(quality(&desk, ABOVE).await, Some((2, 3_008)), "{engine}");
        assert_eq!(quality(&desk, ORGAN).await, None, "{engine}");
    }
}

#[tokio::test]
async fn a_reject_of_a_returned_row_is_closed_by_whoever_mends_it() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        desk.on("2026-05-06");
        let bad = rows(&[(CODE, "广告不实", 7), (ORGAN, "广告不实", 8)]).replace(
            "9.50,2026-05-01,2099-12-31,某市市场监督管理局,11990100MD00010003,某市市场监督管理局,11990100MD00010003",
            "9.50,五月,2099-12-31,某市市场监督管理局,11990100MD00010003,某市市场监督管理局,11990100MD00010003",
        );
        let receipt = send(&desk, ABOVE, bad).await.expect("taken");
        assert_eq!(counts(&receipt), [0, 2, 0, 0, 0], "{engine}");
        let file = exchange::supply::rejects_file(
            &desk.office,
            &[receipt.id],
            false,
            credit::lang::Lang::Zh,
        )
        .await
        .expect("a file");
        let file = String::from_utf8(file).expect("UTF-8");
        let mended = async || {
            let page = exchange::supply::rejects(&desk.office, &receipt.id, None)
                .await
                .expect("a page");
            page.rows.iter().map(|row| row.mended).collect::<Vec<_>>()
        };
        // The source sends the second by itself: found by its key.
        let own = send(&desk, ORGAN, rows(&[(ORGAN, "广告不实", 8)]))
            .await
            .expect("taken");
        assert_eq!(counts(&own), [1, 0, 0, 0, 0], "{engine}");
        assert_eq!(mended().await, [false, true], "{engine}");
        // The platform mends the first, whose source was wrong: found by its number.
        let right = file
            .replace(
                &format!("某市市场监督管理局,{CODE}"),
                &format!("某市市场监督管理局,{ORGAN}"),
            )
            .replace("五月", "2026-05-01");
        let back = send(&desk, ABOVE, right).await.expect("taken");
        assert_eq!(back.counts.rejected, 0, "{engine}: {:?}", back.counts);
        assert_eq!(mended().await, [true, true], "{engine}");
    }
}

#[tokio::test]
async fn a_platform_above_sends_no_full_list() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        let request = Request {
            theme: "penalty".into(),
            supplier: Some(ABOVE.into()),
            mode: Some(credit::catalog::Mode::Snapshot),
            date: None,
            file: File::bytes("p.csv", penalty(ORGAN, "广告不实").into_bytes()),
            told: Told::default(),
        };
        let refused = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
        assert!(
            matches!(refused, Err(exchange::Error::Request(_))),
            "{}",
            desk.engine
        );
    }
}

#[tokio::test]
async fn two_cores_write_what_one_does() {
    let desk = desks(&catalog(&[])).await.swap_remove(0);
    let mut text = String::from("企业名称,统一社会信用代码,法人代表,注册日期,经营范围\n");
    for number in 0..5_000 {
        let (code, day) = match number % 7 {
            0 => ("91110000MA00000153", "2001-02-03"),
            1 => (CODE, "二月"),
            2 => (CODE, "=1+1"),
            _ => (CODE, "2001年2月3日"),
        };
        text.push_str(&format!(
            "明远{number}号有限公司,{code},甲某,{day},\"软件,\n开发\"\n"
        ));
    }
    let mut up = Vec::new();
    let request = Request {
        theme: "registration".into(),
        supplier: None,
        mode: None,
        date: None,
        file: File::bytes("a.csv", text.into_bytes()),
        told: Told::default(),
    };
    let forwarded = ingest::forward(&desk.office, request, &mut up).expect("written");
    assert_eq!(forwarded.written + forwarded.left_out, 5_000);
    // In the order of the file, none twice and none lost.
    let up = String::from_utf8(up).expect("UTF-8");
    let numbers: Vec<u32> = up
        .split("明远")
        .skip(1)
        .map(|part| {
            part.split('号')
                .next()
                .expect("a number")
                .parse()
                .expect("a number")
        })
        .collect();
    let expected: Vec<u32> = (0..5_000).filter(|number| number % 7 > 2).collect();
    assert_eq!(numbers, expected);
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

async fn held(desk: &Desk, theme: &str, who: (&str, &str)) -> (u64, String) {
    let mut up = Vec::new();
    let forwarded = ingest::forward_held(&desk.office, theme, who, &mut up)
        .await
        .expect("written");
    (forwarded.written, String::from_utf8(up).expect("UTF-8"))
}

const WHO: (&str, &str) = ("窗口甲", "信用中心");

#[tokio::test]
async fn what_is_on_file_goes_up_under_a_logged_permit_and_says_nothing_new_here() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        desk.on("2026-05-06");
        assert_eq!(
            held(&desk, "penalty", WHO).await.0,
            0,
            "{engine}: an empty store"
        );
        // More subjects than one batch holds, a corrected one, one of another theme.
        let mut text = String::new();
        for firm in 0..600 {
            let row = penalty(ORGAN, "广告不实")
                .replace(CODE, &uscc(firm))
                .replace("〔2026〕7号", &format!("〔2026〕{firm}号"));
            let (head, row) = row.split_once('\n').expect("a header");
            if firm == 0 {
                text = format!("{head}\n");
            }
            text.push_str(row);
        }
        let sent = send(&desk, ORGAN, text).await.expect("taken");
        assert_eq!(sent.counts.accepted, 600, "{engine}");
        desk.take(
            "registration",
            "r.csv",
            format!(
                "企业名称,统一社会信用代码,注册日期,经营范围\n别家有限公司,{CODE},2001-02-03,贸易\n"
            ),
        )
        .await;
        let (written, up) = held(&desk, "penalty", WHO).await;
        assert_eq!(written, 600, "{engine}");
        assert!(!up.contains("别家"), "{engine}: another theme's subject");
        // Two subjects that are one go up once, with both facts.
        let officer = policy::Officer::parse(WHO.0, WHO.1).expect("an officer");
        exchange::identity::decide(
            &desk.office,
            exchange::identity::Verdict::Same,
            (&uscc(1), &uscc(2)),
            &officer,
            "同一住所",
        )
        .await
        .expect("decided");
        let (written, up) = held(&desk, "penalty", WHO).await;
        assert_eq!(written, 600, "{engine}");
        let mut lines: Vec<&str> = up.lines().skip(1).collect();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 600, "{engine}: none twice");
        // Sent here again, it is what is on file.
        let same = send(&desk, ORGAN, up).await.expect("taken");
        assert_eq!(counts(&same), [0, 0, 0, 600, 0], "{engine}");
        // A year later the publicity of all of them has ended.
        desk.on("2029-05-06");
        assert_eq!(held(&desk, "penalty", WHO).await.0, 0, "{engine}");
    }
}

#[tokio::test]
async fn a_job_is_somebodys_and_is_written_down_at_both_ends() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        desk.on("2026-05-06");
        send(&desk, ORGAN, penalty(ORGAN, "广告不实"))
            .await
            .expect("taken");
        for who in [("", "信用中心"), ("窗口甲", " ")] {
            let refused = ingest::forward_held(&desk.office, "penalty", who, &mut Vec::new()).await;
            assert!(
                matches!(refused, Err(exchange::Error::Request(_))),
                "{engine}"
            );
        }
        let unknown = ingest::forward_held(&desk.office, "nothing", WHO, &mut Vec::new()).await;
        assert!(
            matches!(unknown, Err(exchange::Error::Request(_))),
            "{engine}"
        );
        let theme = desk
            .office
            .catalog
            .theme("penalty", desk.office.today())
            .expect("a theme");
        let officer = policy::Officer::parse(WHO.0, WHO.1).expect("an officer");
        let permit =
            |id| policy::JobPermit::forward([id; 16], theme, officer.clone(), desk.office.now());
        let store = &desk.office.store;
        let now = desk.office.now();
        // It goes on only where it began, begins once, and ends once.
        let first = permit(1);
        assert!(
            store.job_end(&first.account(), now).await.is_err(),
            "{engine}: never began"
        );
        let page = store.job_facts(&first, None, now).await.expect("a page");
        assert_eq!((page.batch.len(), page.next), (1, None), "{engine}");
        assert!(
            store.job_facts(&first, None, now).await.is_err(),
            "{engine}: begun twice"
        );
        store.job_end(&first.end(), now).await.expect("ended");
        assert!(
            store.job_end(&permit(1).account(), now).await.is_err(),
            "{engine}: ended twice"
        );
        // Somebody whose file cannot be written has read all the same.
        struct Full;
        impl std::io::Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("full"))
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Err(std::io::Error::other("full"))
            }
        }
        let failed = ingest::forward_held(&desk.office, "penalty", WHO, &mut Full).await;
        assert!(failed.is_err(), "{engine}");
    }
}

//! A file of rejects says which rejected row each of its rows is, so that a mended one closes its
//! reject even where the broken cell hid the row's key; and nobody else's reference closes anything.

use crate::desk::{Desk, Quiet, catalog, counts, desks};
use crate::identity::uscc;
use credit::lang::Lang;
use credit::subject::SubmissionId;
use exchange::ingest::{self, File, Receipt, Request, Told};
use exchange::supply;
use intake::rejects::Reference;
use std::sync::Arc;

const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n";
/// Two codes whose check digits are wrong, so that nobody can tell whose rows these are.
const BROKEN: [&str; 2] = ["91110000MA00000153", "91110000MA00000154"];
const ORGAN: &str = "11990100MD00010003";
const OTHER: &str = "11330000001234562L";

fn broken() -> String {
    let row = |code| format!("明远软件有限公司,{code},2001-02-03,软件开发\n");
    format!("{HEAD}{}", BROKEN.map(row).concat())
}

async fn download(desk: &Desk, of: &Receipt, xlsx: bool, lang: Lang) -> Vec<u8> {
    supply::rejects_file(&desk.office, &[of.id], xlsx, lang)
        .await
        .expect("a file")
}

/// For each rejected row which submission mended it.
async fn mended(desk: &Desk, of: &Receipt) -> Vec<Option<SubmissionId>> {
    let page = supply::rejects(&desk.office, &of.id, None)
        .await
        .expect("a page");
    page.rows.iter().map(|row| row.mended_in).collect()
}

/// The file with the two codes corrected.
fn corrected(file: &str) -> String {
    file.replace(BROKEN[0], &uscc(1))
        .replace(BROKEN[1], &uscc(2))
}

#[tokio::test]
async fn a_row_whose_key_was_hidden_is_closed_by_the_file_that_mends_it() {
    for desk in desks(&catalog(&[])).await {
        for (lang, blank) in [(Lang::Zh, ""), (Lang::En, "\n"), (Lang::Ru, "\n\n")] {
            // Blank lines make it another file, and another submission.
            let sent = desk.take("registration", "a.csv", broken() + blank).await;
            assert_eq!(counts(&sent), [0, 2, 0, 0, 0], "{}", desk.engine);
            let file = download(&desk, &sent, false, lang).await;
            let file = String::from_utf8(file).expect("UTF-8");
            assert!(file.contains(Reference::title(lang)), "{file}");
            // As it is, as CSV and as a workbook, it mends nothing.
            desk.take("registration", "same.csv", file.clone()).await;
            let book = download(&desk, &sent, true, lang).await;
            let same = desk.take("registration", "same.xlsx", book).await;
            assert_eq!(counts(&same), [0, 2, 0, 0, 0], "{}", desk.engine);
            assert_eq!(mended(&desk, &sent).await, [None, None]);
            // One row mended, as a spreadsheet may give it back: the case and the width changed.
            let half = file.replace(BROKEN[0], &uscc(1)).replace(",R", ",ｒ");
            let taken = desk.take("registration", "half.csv", half).await;
            assert_eq!(taken.counts.rejected, 1, "{}", desk.engine);
            assert_eq!(mended(&desk, &sent).await, [Some(taken.id), None]);
            // Then both: the first stays closed by the file that closed it.
            let both = desk
                .take("registration", "both.csv", corrected(&file))
                .await;
            assert_eq!(both.counts.rejected, 0, "{}", desk.engine);
            assert_eq!(mended(&desk, &sent).await, [Some(taken.id), Some(both.id)]);
            // The reference is no data of ours.
            let report = desk.report(&uscc(2), None).await.expect("a report");
            assert!(!report.contains(&sent.id.to_string()), "{report}");
        }
    }
}

fn penalty(number: u32, code: &str, reference: Option<Reference>) -> String {
    let mut head = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度".to_owned();
    let mut row = format!(
        "北京明远软件有限公司,法人及非法人组织,{code},甲某,某市监罚〔2026〕{number}号,广告内容不实,广告不实,广告法第五十九条,罚款,罚款95000元,9.50,2026-11-20,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},一般"
    );
    if let Some(reference) = reference {
        head.push_str(",〔退回编号〕");
        row.push_str(&format!(",{reference}"));
    }
    format!("{head}\n{row}\n")
}

async fn send(desk: &Desk, supplier: &str, text: String) -> Receipt {
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

#[tokio::test]
async fn a_foreign_or_forged_reference_closes_nothing() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        let mine = desk.take("registration", "a.csv", broken()).await;
        let theirs = send(&desk, ORGAN, penalty(1, BROKEN[0], None)).await;
        assert_eq!(theirs.counts.rejected, 1, "{engine}");
        let of = |receipt: &Receipt, row| Reference {
            submission: receipt.id,
            row,
        };
        let row = supply::rejects(&desk.office, &theirs.id, None)
            .await
            .expect("a page")
            .rows[0]
            .row;
        let forged = Reference {
            submission: SubmissionId([0xAB; 16]),
            row,
        };
        let open = async || {
            let all = [mended(&desk, &mine).await, mended(&desk, &theirs).await].concat();
            all.iter().filter(|one| one.is_none()).count()
        };
        // Another supplier of the theme; another theme; a row that was not rejected; no submission.
        send(&desk, OTHER, penalty(2, &uscc(1), Some(of(&theirs, row)))).await;
        send(&desk, ORGAN, penalty(3, &uscc(1), Some(of(&mine, 2)))).await;
        send(
            &desk,
            ORGAN,
            penalty(4, &uscc(1), Some(of(&theirs, row + 1))),
        )
        .await;
        send(
            &desk,
            ORGAN,
            penalty(5, &uscc(1), Some(of(&theirs, u64::MAX))),
        )
        .await;
        send(&desk, ORGAN, penalty(6, &uscc(1), Some(forged))).await;
        // Its own, on a row that is rejected again.
        send(&desk, ORGAN, penalty(7, BROKEN[1], Some(of(&theirs, row)))).await;
        assert_eq!(open().await, 3, "{engine}");
        // A row that names itself by a text that is none is taken like any other.
        let text = penalty(8, &uscc(1), Some(forged)).replace("Rabab", "=R");
        assert_eq!(counts(&send(&desk, ORGAN, text).await), [1, 0, 0, 0, 0]);
        let right = send(&desk, ORGAN, penalty(1, &uscc(1), Some(of(&theirs, row)))).await;
        assert_eq!(mended(&desk, &theirs).await, [Some(right.id)], "{engine}");
        assert_eq!(open().await, 2, "{engine}");
    }
}

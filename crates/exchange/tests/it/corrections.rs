//! A correction names its reason and its document; both values stay (R43), the look is written down, and
//! nobody corrects what is not theirs, what has moved on, or what identifies the fact.

use crate::desk::{Desk, Quiet, catalog, desks};
use credit::lang::Lang;
use exchange::Error;
use exchange::corrections::{self, Corrected, Correction, Look, OwnFact, Paper};
use exchange::ingest::{self, File, Recall, Receipt, Request, Told, What};
use exchange::journal::{Wrong, audit_all};
use std::sync::Arc;

const ORGAN: &str = "11990100MD00010003";
const OTHER: &str = "11330000001234562L";
const FIRM: &str = "91110000MA00000152";
const HEAD: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n";

fn request(supplier: &str, number: u32, done: &str) -> Request {
    let row = format!(
        "北京明远软件有限公司,法人及非法人组织,{FIRM},甲某,某市监罚〔2026〕{number}号,广告内容不实,{done},广告法第五十九条,罚款,罚款95000元,9.50,2026-05-01,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},一般\n"
    );
    Request {
        theme: "penalty".into(),
        supplier: Some(supplier.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", format!("{HEAD}{row}").into_bytes()),
        told: Told {
            officer: Some("account:1".to_owned()),
            ..Told::default()
        },
    }
}

fn paper() -> Paper {
    Paper {
        kind: "复议决定书".to_owned(),
        number: "某府复〔2026〕3号".to_owned(),
        day: "2026-05-20".to_owned(),
        organ: "某市人民政府".to_owned(),
    }
}

async fn correct(desk: &Desk, done: &str) -> Result<Receipt, Error> {
    correct_as(desk, request(ORGAN, 1, done), None).await
}

async fn correct_as(
    desk: &Desk,
    request: Request,
    seen: Option<&OwnFact>,
) -> Result<Receipt, Error> {
    let correction = Correction {
        request,
        seen: seen.map(|fact| (fact.record, fact.version)),
        reason: "复议变更违法事实".to_owned(),
        paper: paper(),
    };
    match corrections::correct(&desk.office, correction).await? {
        Corrected::Sent(receipt) => Ok(*receipt),
        Corrected::Rejected(row) => panic!("{}", row.faults),
    }
}

async fn own(desk: &Desk, supplier: &str) -> Vec<OwnFact> {
    let look = Look {
        supplier,
        theme: "penalty",
        code: FIRM,
        officer: "account:1",
        case: "更正 1",
    };
    let facts = corrections::own_facts(&desk.office, &look, Lang::En).await;
    facts.expect("facts")
}

async fn begun(desk: &Desk) {
    desk.on("2026-05-06");
    let row = format!(
        "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,{FIRM},2001-02-03,软件开发\n"
    );
    desk.take("registration", "r.csv", row).await;
    ingest::submit(&desk.office, request(ORGAN, 1, "广告不实"), Arc::new(Quiet))
        .await
        .expect("taken");
    desk.on("2026-05-25");
}

fn facts_of(fact: &OwnFact) -> &str {
    let found = fact.values.iter().find(|(code, _)| code == "CF_SY");
    found.map_or("", |(_, value)| value.as_str())
}

#[tokio::test]
async fn both_values_stay_with_reason_and_document() {
    for desk in desks(&catalog(&[])).await {
        begun(&desk).await;
        let before = own(&desk, ORGAN).await;
        assert_eq!((before.len(), before[0].version), (1, 1), "{}", desk.engine);
        assert_eq!(facts_of(&before[0]), "广告不实");
        let receipt = correct_as(&desk, request(ORGAN, 1, "虚假宣传"), Some(&before[0]))
            .await
            .expect("corrected");
        assert_eq!(receipt.counts.accepted, 1, "{}", desk.engine);
        assert!(
            !receipt.json.contains("复议变更"),
            "a receipt carries no words"
        );
        let after = own(&desk, ORGAN).await;
        assert_eq!((facts_of(&after[0]), after[0].version), ("虚假宣传", 2));
        let history = after[0].history.as_ref().expect("a history");
        assert_eq!(history.versions.len(), 2, "{}", desk.engine);
        assert_eq!(history.versions[0].changed, ["CF_SY"]);
        let old = history.versions[1]
            .values
            .iter()
            .find(|value| value.code == "CF_SY");
        assert_eq!(
            old.and_then(|value| value.value.as_deref()),
            Some("广告不实")
        );
        let [cause] = after[0].causes.as_slice() else {
            panic!("{:?}", after[0].causes)
        };
        assert_eq!(corrections::paper(cause), Some(paper()), "{}", desk.engine);
        assert_eq!((cause.what.seq, cause.submission), (Some(1), receipt.id));
    }
}

#[tokio::test]
async fn a_value_may_go_there_and_back_on_one_day() {
    for desk in desks(&catalog(&[])).await {
        begun(&desk).await;
        for done in ["虚假宣传", "广告不实", "虚假宣传"] {
            let receipt = correct(&desk, done).await.expect("corrected");
            assert_eq!(receipt.counts.accepted, 1, "{} {done}", desk.engine);
            assert_eq!(
                facts_of(&own(&desk, ORGAN).await[0]),
                done,
                "{}",
                desk.engine
            );
        }
        let same = correct(&desk, "虚假宣传").await.expect("sent");
        assert_eq!((same.counts.accepted, same.counts.unchanged), (0, 1));
    }
}

#[tokio::test]
async fn invariant_05_the_look_is_written_down_and_shows_the_suppliers_own_facts_only() {
    for desk in desks(&catalog(&[])).await {
        begun(&desk).await;
        assert!(
            own(&desk, OTHER).await.is_empty(),
            "{}: not theirs",
            desk.engine
        );
        own(&desk, ORGAN).await;
        let nobody = (credit::subject::SubjectId([0; 16]), [0; 16]);
        let looks = desk
            .office
            .store
            .audit_accesses(nobody)
            .await
            .expect("looks");
        let mut told: Vec<[String; 4]> = looks.into_iter().map(|look| look.texts).collect();
        told.sort();
        let line = |agency: &str| ["own-supply", "account:1", agency, "更正 1"].map(str::to_owned);
        assert_eq!(told, [line(OTHER), line(ORGAN)], "{}", desk.engine);
        let blank = Look {
            supplier: ORGAN,
            theme: "penalty",
            code: FIRM,
            officer: "account:1",
            case: " ",
        };
        let refused = corrections::own_facts(&desk.office, &blank, Lang::En).await;
        assert!(
            matches!(refused, Err(Error::Request(_))),
            "no purpose, no look"
        );
    }
}

#[tokio::test]
async fn what_is_not_on_file_or_moved_on_is_not_corrected() {
    for desk in desks(&catalog(&[])).await {
        begun(&desk).await;
        let seen = own(&desk, ORGAN).await;
        let refused = |made: Result<Receipt, Error>, why: &str| {
            let Err(Error::Request(text)) = made else {
                panic!("{}: {made:?}", desk.engine)
            };
            assert!(text.en.contains(why), "{}", text.en);
        };
        refused(
            correct_as(&desk, request(OTHER, 1, "虚假宣传"), None).await,
            "no such fact",
        );
        refused(
            correct_as(&desk, request(ORGAN, 2, "虚假宣传"), None).await,
            "no such fact",
        );
        correct(&desk, "虚假宣传").await.expect("corrected");
        refused(
            correct_as(&desk, request(ORGAN, 1, "再改一次"), Some(&seen[0])).await,
            "changed after you looked",
        );
        let recall = Recall {
            what: What::Record(ORGAN.to_owned(), "penalty".to_owned(), seen[0].record),
            reason: "误报".to_owned(),
            officer: "account:1".to_owned(),
        };
        let gone = ingest::recall(&desk.office, recall)
            .await
            .expect("recalled");
        assert_eq!(gone.counts.removed, 1, "{}", desk.engine);
        assert!(!own(&desk, ORGAN).await[0].stands, "{}", desk.engine);
        refused(correct(&desk, "再改一次").await, "no such fact");
        let mut bad = paper();
        bad.day = "2026-13-01".to_owned();
        let correction = Correction {
            request: request(ORGAN, 1, "x"),
            seen: None,
            reason: "r".to_owned(),
            paper: bad,
        };
        assert!(
            corrections::correct(&desk.office, correction)
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn the_same_correction_sent_again_is_one_however_late() {
    for desk in desks(&catalog(&[])).await {
        begun(&desk).await;
        let seen = own(&desk, ORGAN).await;
        let row = || request(ORGAN, 1, "虚假宣传");
        let first = correct_as(&desk, row(), Some(&seen[0])).await;
        let first = first.expect("corrected");
        assert!(!first.repeated, "{}", desk.engine);
        desk.on("2026-05-26");
        let again = correct_as(&desk, row(), Some(&seen[0])).await;
        let again = again.expect("the answer once more");
        assert_eq!(
            (again.id, again.repeated, again.counts.accepted),
            (first.id, true, 0),
            "{}",
            desk.engine
        );
        assert_eq!(own(&desk, ORGAN).await[0].version, 2, "{}", desk.engine);
        // Another word is another correction, and comes too late.
        let other = request(ORGAN, 1, "又一次");
        let refused = correct_as(&desk, other, Some(&seen[0])).await;
        assert!(matches!(refused, Err(Error::Request(_))), "{}", desk.engine);
        let correction = Correction {
            request: row(),
            seen: Some((seen[0].record, seen[0].version)),
            reason: "另一个原因".to_owned(),
            paper: paper(),
        };
        let refused = corrections::correct(&desk.office, correction).await;
        assert!(matches!(refused, Err(Error::Request(_))), "{}", desk.engine);
        // One that was taken back since is not made anew by asking for its answer.
        let recall = Recall {
            what: What::Record(ORGAN.to_owned(), "penalty".to_owned(), seen[0].record),
            reason: "误报".to_owned(),
            officer: "account:1".to_owned(),
        };
        let gone = ingest::recall(&desk.office, recall).await;
        gone.expect("recalled");
        let late = correct_as(&desk, row(), Some(&seen[0])).await;
        assert!(late.expect("the answer").repeated, "{}", desk.engine);
        assert!(!own(&desk, ORGAN).await[0].stands, "{}", desk.engine);
    }
}

#[tokio::test]
async fn invariant_14_words_that_were_changed_around_the_platform_are_found() {
    for desk in desks(&catalog(&[])).await {
        begun(&desk).await;
        correct(&desk, "虚假宣传").await.expect("corrected");
        let record = own(&desk, ORGAN).await[0].record;
        let recall = Recall {
            what: What::Record(ORGAN.to_owned(), "penalty".to_owned(), record),
            reason: "误报".to_owned(),
            officer: "account:1".to_owned(),
        };
        let gone = ingest::recall(&desk.office, recall).await;
        gone.expect("recalled");
        let sound = audit_all(&desk.office).await.expect("an audit");
        assert_eq!(
            (sound.causes, sound.wrong),
            (2, 0),
            "{}: {:?}",
            desk.engine,
            sound.findings
        );
        for (change, back) in [
            (
                "UPDATE submission_cause SET reason = reason || '。' WHERE kind = 'recall'",
                "UPDATE submission_cause SET reason = '误报' WHERE kind = 'recall'",
            ),
            (
                "UPDATE submission_cause SET document = replace(document, '3号', '4号')",
                "UPDATE submission_cause SET document = replace(document, '4号', '3号')",
            ),
            (
                "UPDATE submission_cause SET officer = 'account:2' WHERE kind = 'correction'",
                "UPDATE submission_cause SET officer = 'account:1' WHERE kind = 'correction'",
            ),
            (
                "UPDATE submission_cause SET seq = 7 WHERE kind = 'correction'",
                "UPDATE submission_cause SET seq = 1 WHERE kind = 'correction'",
            ),
        ] {
            desk.around(change);
            let found = audit_all(&desk.office).await.expect("an audit");
            let wrongs: Vec<Wrong> = found.findings.iter().map(|one| one.wrong).collect();
            assert_eq!(wrongs, [Wrong::RowChanged], "{}: {change}", desk.engine);
            assert!(
                found.findings[0].what.starts_with("cause:"),
                "{}",
                desk.engine
            );
            desk.around(back);
        }
        desk.around("INSERT INTO submission_cause (submission_no, kind, reason, officer, made_at) \
            SELECT submission_no, 'nil', 'x', 'y', 0 FROM submission s WHERE NOT EXISTS \
            (SELECT 1 FROM submission_cause c WHERE c.submission_no = s.submission_no) ORDER BY submission_no LIMIT 1");
        let found = audit_all(&desk.office).await.expect("an audit");
        let wrongs: Vec<Wrong> = found.findings.iter().map(|one| one.wrong).collect();
        assert_eq!(wrongs, [Wrong::RowWithoutEvent], "{}", desk.engine);
        desk.around("DELETE FROM submission_cause WHERE kind IN ('nil', 'recall')");
        let found = audit_all(&desk.office).await.expect("an audit");
        let wrongs: Vec<Wrong> = found.findings.iter().map(|one| one.wrong).collect();
        assert_eq!(wrongs, [Wrong::RowGone], "{}", desk.engine);
    }
}

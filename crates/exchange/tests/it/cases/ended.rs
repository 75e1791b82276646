//! A fact that its supplier corrects, takes back or ends without a case, on both engines: whoever looked at it
//! under a grant is told in the same transaction and nobody else, by a day, once for each change.

use super::receivers::{look, looks, named, told};
use super::{FIRM, ORGAN, act, cast, corrected, filed, penalty, reason, record};
use crate::desk::{Desk, Quiet, catalog, desks};
use credit::catalog::Mode;
use credit::lang::Lang;
use credit::notice::{Addressee, NoticeKind};
use credit::subject::{RecordId, SubmissionId};
use exchange::cases::{self, Saying};
use exchange::ingest::{self, File, Recall, Request, What};
use std::sync::Arc;

/// What is not to be used any more: agency, why, case numbers, day, number of the version.
type Told = (String, String, Vec<String>, String, u32);

async fn open(desk: &Desk) -> Vec<Told> {
    let centre = named(desk, "centre").await;
    let page = cases::receipts(&desk.office, &centre, ("", true), None).await;
    let rows = page.expect("a page").rows.into_iter();
    rows.map(|one| {
        assert!(!one.title(Lang::Ru).is_empty());
        let (code, receipt) = (one.code().to_owned(), one.receipt);
        let due = receipt.due.to_string();
        (receipt.agency, code, receipt.looks, due, receipt.seq)
    })
    .collect()
}

fn finance(code: &str, looks: &[&str], due: &str, seq: u32) -> Told {
    let looks = looks.iter().map(|one| (*one).to_owned()).collect();
    (
        "finance".to_owned(),
        code.to_owned(),
        looks,
        due.to_owned(),
        seq,
    )
}

/// The agency says that it stopped.
async fn stopped(desk: &Desk, id: &str, seq: u32) {
    let who = named(desk, "asks.finance").await;
    let given = cases::acknowledge(&desk.office, &who, (id, seq, "finance")).await;
    given.expect("acknowledged");
}

async fn take(desk: &Desk, request: Request) -> SubmissionId {
    let taken = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
    taken.expect("taken").id
}

async fn recall(desk: &Desk, what: What) {
    let recall = Recall {
        what,
        reason: "重复报送".to_owned(),
        officer: "account:1".to_owned(),
    };
    ingest::recall(&desk.office, recall)
        .await
        .expect("recalled");
}

pub(super) async fn recall_record(desk: &Desk, record: &str) {
    let id = RecordId::parse(record).expect("an id");
    recall(
        desk,
        What::Record(ORGAN.to_owned(), "penalty".to_owned(), id),
    )
    .await;
}

async fn sound(desk: &Desk) {
    crate::journal::run(desk).await;
    let audit = exchange::journal::audit(&desk.office.store).await;
    let audit = audit.expect("an audit");
    assert_eq!(audit.wrong, 0, "{:?}", audit.findings);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_a_correction_a_file_and_a_recall_tell_whoever_looked_and_nobody_else() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = record(&desk, &cast.subject).await;
        let grant = looks(&desk, "finance", "penalty/CF_WSH penalty/CF_SY", "F-1").await;
        looks(&desk, "hrss", "registration/ZCDZ registration/ZCRQ", "H-1").await;
        corrected(&desk, "虚假宣传").await;
        let day = "2026-05-26";
        let one = finance("corrected", &["F-1"], day, 2);
        assert_eq!(open(&desk).await, [one], "{}", desk.engine);
        let receiver = Addressee::Receiver("finance".to_owned());
        let notices = told(&desk, &receiver, NoticeKind::StopUse).await;
        assert_eq!(notices.len(), 1);
        for part in [FIRM, "明远", "虚假", "F-1", &id] {
            assert!(!notices[0].contains(part), "{}", notices[0]);
        }
        // The same words again say nothing new, and nobody is told twice.
        corrected(&desk, "虚假宣传").await;
        take(&desk, penalty("虚假宣传")).await;
        assert_eq!(open(&desk).await.len(), 1, "{}", desk.engine);
        stopped(&desk, &id, 2).await;
        // An ordinary file of a penalty says that a document reads otherwise.
        look(&desk, "finance", grant, "F-2").await.expect("looked");
        desk.advance(1_000_000);
        take(&desk, penalty("误导消费者")).await;
        let one = finance("corrected", &["F-1", "F-2"], day, 3);
        assert_eq!(open(&desk).await, [one], "{}", desk.engine);
        stopped(&desk, &id, 3).await;
        recall_record(&desk, &id).await;
        let one = finance("recalled", &["F-1", "F-2"], day, 4);
        assert_eq!(open(&desk).await, [one], "{}", desk.engine);
        let seen = look(&desk, "finance", grant, "F-3").await.expect("lent");
        assert!(seen.duty.facts.is_empty(), "{}", desk.engine);
        stopped(&desk, &id, 4).await;
        // What is stated again was not there to be held.
        desk.advance(1_000_000);
        take(&desk, penalty("再次报送")).await;
        assert!(open(&desk).await.is_empty(), "{}", desk.engine);
        sound(&desk).await;
    }
}

/// A file of a theme that follows the world tells nobody; that such a file was an error does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_a_new_address_tells_nobody_and_a_file_that_is_taken_back_does() {
    for desk in desks(&catalog(&[])).await {
        let _cast = cast(&desk).await;
        looks(
            &desk,
            "finance",
            "registration/ZCDZ registration/JYFW",
            "F-1",
        )
        .await;
        let row = format!(
            "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,{FIRM},2001-02-03,软件开发\n"
        );
        let taken = desk.take("registration", "r2.csv", row).await;
        assert!(open(&desk).await.is_empty(), "{}", desk.engine);
        recall(&desk, What::Submission(taken.id)).await;
        let one = finance("recalled", &["F-1"], "2026-05-26", 3);
        assert_eq!(open(&desk).await, [one], "{}", desk.engine);
        sound(&desk).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_what_a_full_list_lacks_is_told_once_its_removal_is_confirmed() {
    for desk in desks(&catalog(&[])).await {
        let _cast = cast(&desk).await;
        let head = "企业名称,统一社会信用代码,列入决定文书号,列入日期,列入经营异常名录原因,作出决定机关（列入）\n";
        let row = |name: &str, code: &str, number: u32| {
            format!(
                "{name},{code},云异列〔2026〕{number}号,2026-05-04,通过登记的住所无法取得联系,某市市场监督管理局\n"
            )
        };
        let other = row("北京远明软件有限公司", super::OTHER, 2);
        let both = format!("{head}{}{other}", row("北京明远软件有限公司", FIRM, 1));
        let send = async |text: String| {
            let file = File::bytes("a.csv", text.into_bytes());
            let sent = desk
                .submit("abnormal", Some(Mode::Snapshot), None, file)
                .await;
            sent.expect("taken")
        };
        send(both).await;
        looks(&desk, "finance", "abnormal/LRWSH", "F-1").await;
        desk.on("2026-05-26");
        let second = send(format!("{head}{other}")).await;
        assert!(second.waiting.is_some());
        assert!(open(&desk).await.is_empty(), "nothing is removed before");
        let removed = exchange::snapshots::confirm(&desk.office, &second.id, "乙某", "信用中心");
        assert_eq!(removed.await.expect("confirmed"), 1);
        let one = finance("removed", &["F-1"], "2026-05-27", 2);
        assert_eq!(open(&desk).await, [one], "{}", desk.engine);
        sound(&desk).await;
    }
}

/// Whoever was told by the correction itself is not told again by the case that it settles.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r23_an_objection_that_is_settled_by_a_correction_tells_each_receiver_once() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let grant = looks(&desk, "finance", "penalty/CF_WSH", "F-1").await;
        let id = filed(&desk, &cast).await;
        let forwarded = act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "forward",
            Saying::default(),
        );
        forwarded.await.expect("forwarded");
        corrected(&desk, "虚假宣传").await;
        // It looks at the corrected fact, which stands.
        look(&desk, "finance", grant, "F-2").await.expect("looked");
        let said = Saying {
            version: Some(2),
            ..reason("已更正")
        };
        let made = act(&desk, &cast, &cast.supplier, &id, "correct", said).await;
        made.expect("corrected");
        let one = finance("corrected", &["F-1"], "2026-05-26", 2);
        assert_eq!(open(&desk).await, [one], "{}", desk.engine);
        sound(&desk).await;
    }
}

/// Of many looks at once with the slice that takes the fact back, each that saw it is among those that are told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_who_looks_while_a_fact_is_taken_back_is_told_as_well() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = record(&desk, &cast.subject).await;
        let grant = looks(&desk, "finance", "penalty/CF_WSH", "F-1").await;
        let tax = looks(&desk, "hrss", "registration/ZCDZ penalty/CF_WSH", "H-1").await;
        let ((), one, two) = tokio::join!(
            recall_record(&desk, &id),
            look(&desk, "finance", grant, "F-2"),
            look(&desk, "hrss", tax, "H-2")
        );
        let told = open(&desk).await;
        assert_eq!(told.len(), 2, "{}", desk.engine);
        for (seen, case) in [(one, "F-2"), (two, "H-2")] {
            let facts = seen.expect("looked").duty.facts;
            let saw = facts.iter().any(|fact| fact.theme == "penalty");
            let mut numbers = told.iter().flat_map(|one| &one.2);
            assert!(!saw || numbers.any(|one| one == case), "{case}");
        }
    }
}

//! Listing on both engines (R12–R14, R42): heard, decided by a head, served, and only then stated through the one
//! door; by no batch, no other office and no second time; and, where it was wrong, put right to the end.

use super::receivers::looks;
use super::{Cast, FIRM, ORGAN, OTHER, act, cast, numbered, reason, record, refused};
use crate::desk::{Desk, Quiet, catalog, desks};
use exchange::Error;
use exchange::cases::{self, Contents, Filing, Paper, Saying, Service};
use exchange::ingest::{self, File, Recall, Receipt, Request, Told, What};
use std::sync::Arc;

const NUMBER: &str = "某市监列〔2026〕1号";
const BUREAU: &str = "某市市场监督管理局";

fn proposed(record: &str) -> Filing {
    Filing {
        kind: "listing".to_owned(),
        record: record.to_owned(),
        saying: Saying {
            choice: "market".to_owned(),
            ..reason("处罚决定书认定的违法行为性质恶劣、情节严重")
        },
    }
}

fn paper(kind: &str, number: &str, day: &str) -> Paper {
    Paper {
        kind: kind.to_owned(),
        number: number.to_owned(),
        day: day.to_owned(),
        organ: BUREAU.to_owned(),
    }
}

fn notice(day: &str) -> Saying {
    Saying {
        paper: paper("列入事先告知书", "某市监列告〔2026〕1号", "2026-05-25"),
        service: served(day),
        ..reason("拟列入的事由和依据；有权陈述、申辩")
    }
}

fn served(day: &str) -> Service {
    Service {
        day: day.to_owned(),
        way: "直接送达".to_owned(),
    }
}

fn decision(day: &str) -> Saying {
    Saying {
        paper: paper("列入决定书", NUMBER, day),
        head: "某局长".to_owned(),
        contents: Contents {
            basis: "市场监管总局令第44号 第五条".to_owned(),
            measures: "列入期间依清单从严监管".to_owned(),
            removal: "满一年可申请提前移出".to_owned(),
            remedies: "六十日内申请行政复议".to_owned(),
        },
        ..reason("事由：广告内容不实，情节严重")
    }
}

/// A file of a row of the list, as the organ sends it.
async fn list(desk: &Desk, number: &str, removed: &str) -> Receipt {
    let today = desk.office.today();
    let decided = today.min(jiff::civil::date(2026, 6, 15));
    // The same file on the same day is the same submission; an empty row more is another file.
    let serial = desk.serial();
    let text = format!(
        "企业名称,统一社会信用代码,名单名称,列入事由,列入决定文书号,列入决定机关,列入日期,列入依据,决定送达日期,移出日期\n北京明远软件有限公司,{FIRM},市场监督管理严重违法失信名单,广告不实,{number},{BUREAU},{decided},总局令第44号,{decided},{removed}\n{serial}"
    );
    let request = Request {
        theme: "serious-list".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes("l.csv", text.into_bytes()),
        told: Told {
            officer: Some("account:1".to_owned()),
            ..Told::default()
        },
    };
    let taken = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
    taken.expect("read")
}

async fn rejected(desk: &Desk, number: &str) {
    let receipt = list(desk, number, "").await;
    let counts = (receipt.counts.accepted, receipt.counts.rejected);
    assert_eq!(counts, (0, 1), "{} {number}", desk.engine);
    let page = exchange::supply::rejects(&desk.office, &receipt.id, None).await;
    let page = page.expect("a page");
    assert!(
        page.rows.iter().all(|row| row.faults.contains("\"R12\"")),
        "{:?}",
        page.rows
    );
    assert!(!is_listed(desk).await, "{}", desk.engine);
}

async fn is_listed(desk: &Desk) -> bool {
    let report = desk.report(FIRM, None).await.expect("a report");
    report.contains("市监列〔2026〕")
}

async fn propose(desk: &Desk, cast: &Cast) -> String {
    let filing = proposed(&record(desk, &cast.subject).await);
    let made = cases::file_by_supplier(&desk.office, &cast.supplier, (ORGAN, FIRM), filing).await;
    made.expect("proposed").to_string()
}

async fn at(desk: &Desk, cast: &Cast, id: &str) -> String {
    let shown = cases::show(&desk.office, &cast.supplier, id).await;
    shown.expect("a case").standing.state
}

/// A lawful step of the organ.
async fn step(desk: &Desk, cast: &Cast, id: &str, what: &str, saying: Saying) {
    let made = act(desk, cast, &cast.supplier, id, what, saying).await;
    made.unwrap_or_else(|error| panic!("{what}: {error:?}"));
}

/// The whole way to a listing, by 2026-06-15.
async fn listed(desk: &Desk, cast: &Cast) -> String {
    let id = propose(desk, cast).await;
    step(desk, cast, &id, "notify", notice("2026-05-25")).await;
    desk.on("2026-06-15");
    step(desk, cast, &id, "decide", decision("2026-06-15")).await;
    let service = Saying {
        service: served("2026-06-15"),
        ..Saying::default()
    };
    step(desk, cast, &id, "serve", service).await;
    assert_eq!(list(desk, NUMBER, "").await.counts.accepted, 1);
    step(desk, cast, &id, "publish", Saying::default()).await;
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r12_a_listing_is_told_heard_answered_decided_served_and_only_then_enters() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let organ = &cast.supplier;
        let id = propose(&desk, &cast).await;
        // Nothing is skipped: neither the notice nor its service, and no file goes ahead of the case.
        rejected(&desk, NUMBER).await;
        let early = act(&desk, &cast, organ, &id, "decide", decision("2026-05-25")).await;
        refused(early, "does not allow");
        let mut bare = notice("2026-05-25");
        bare.service = Service::default();
        let made = act(&desk, &cast, organ, &id, "notify", bare).await;
        refused(made, "the day and manner of service");
        let made = act(&desk, &cast, organ, &id, "notify", notice("2026-05-22")).await;
        refused(made, "before the step");
        step(&desk, &cast, &id, "notify", notice("2026-05-25")).await;
        // Nothing is decided while the subject may still speak, whether it spoke or not.
        desk.on("2026-06-01");
        let early = act(&desk, &cast, organ, &id, "decide", decision("2026-06-01")).await;
        refused(early, "does not allow");
        let (actor, own) = &cast.subject;
        let said = Saying {
            choice: "defence".to_owned(),
            ..reason("情节并不严重")
        };
        let what = ("state", super::seen(&desk, &cast, &id).await);
        let said = cases::act_own(&desk.office, actor, (own, &id), what, said).await;
        said.expect("stated");
        let early = act(&desk, &cast, organ, &id, "reply", reason("已核实")).await;
        refused(early, "does not allow");
        desk.on("2026-06-15");
        assert_eq!(at(&desk, &cast, &id).await, "to-answer", "{}", desk.engine);
        // What was said is answered before anything is decided.
        let early = act(&desk, &cast, organ, &id, "decide", decision("2026-06-15")).await;
        refused(early, "does not allow");
        step(&desk, &cast, &id, "reply", reason("已核实，情节严重")).await;
        decided(&desk, &cast, &id).await;
        entered(&desk, &cast, &id).await;
    }
}

/// The decision lacks nothing, and is served before the row is taken in.
async fn decided(desk: &Desk, cast: &Cast, id: &str) {
    let organ = &cast.supplier;
    for (lacks, what) in [
        (
            Saying {
                head: String::new(),
                ..decision("2026-06-15")
            },
            "head",
        ),
        (
            Saying {
                contents: Contents::default(),
                ..decision("2026-06-15")
            },
            "five contents",
        ),
        (
            Saying {
                paper: Paper::default(),
                ..decision("2026-06-15")
            },
            "document",
        ),
        (
            Saying {
                reason: String::new(),
                ..decision("2026-06-15")
            },
            "reasons",
        ),
    ] {
        refused(act(desk, cast, organ, id, "decide", lacks).await, what);
    }
    let mut four = decision("2026-06-15");
    four.contents.remedies = String::new();
    refused(
        act(desk, cast, organ, id, "decide", four).await,
        "five contents",
    );
    for other in [&cast.centre, &cast.second, &cast.stranger, &cast.auditor] {
        let made = act(desk, cast, other, id, "decide", decision("2026-06-15")).await;
        assert!(
            matches!(made, Err(Error::Forbidden | Error::NotFound)),
            "{made:?}"
        );
    }
    step(desk, cast, id, "decide", decision("2026-06-15")).await;
    rejected(desk, NUMBER).await;
    let early = act(desk, cast, organ, id, "publish", Saying::default()).await;
    refused(early, "does not allow");
    let service = Saying {
        service: served("2026-06-15"),
        ..Saying::default()
    };
    step(desk, cast, id, "serve", service).await;
}

/// The row is the decision's and no other, and is there before it is called published; it ends early by a
/// removal that was really stated.
async fn entered(desk: &Desk, cast: &Cast, id: &str) {
    let organ = &cast.supplier;
    rejected(desk, "某市监列〔2026〕2号").await;
    let early = act(desk, cast, organ, id, "publish", Saying::default()).await;
    refused(early, "was not stated");
    assert_eq!(
        list(desk, NUMBER, "").await.counts.accepted,
        1,
        "{}",
        desk.engine
    );
    step(desk, cast, id, "publish", Saying::default()).await;
    assert!(is_listed(desk).await);
    let removal = || Saying {
        paper: paper("移出决定书", "某市监移〔2026〕1号", "2026-12-21"),
        ..reason("已改正，义务已履行")
    };
    desk.on("2026-12-22");
    let early = act(desk, cast, organ, id, "remove", removal()).await;
    refused(early, "was not stated");
    assert_eq!(list(desk, NUMBER, "2026-12-21").await.counts.accepted, 1);
    step(desk, cast, id, "remove", removal()).await;
    assert!(!is_listed(desk).await, "{}", desk.engine);
    // One fact grounds one listing, ended or not.
    let again = proposed(&record(desk, &cast.subject).await);
    let again = cases::file_by_supplier(&desk.office, organ, (ORGAN, FIRM), again).await;
    refused(again.map(|_| 0), "made once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r12_a_listing_ends_at_its_term_by_itself() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = listed(&desk, &cast).await;
        assert_eq!(at(&desk, &cast, &id).await, "listed");
        is_a_paper(&desk, &cast, &id).await;
        assert!(is_listed(&desk).await);
        let open = proposed(&record(&desk, &cast.subject).await);
        let open = cases::file_by_supplier(&desk.office, &cast.supplier, (ORGAN, FIRM), open).await;
        refused(open.map(|_| 0), "made once");
        desk.on("2029-06-20");
        assert_eq!(at(&desk, &cast, &id).await, "expired", "{}", desk.engine);
        assert!(!is_listed(&desk).await, "{}", desk.engine);
    }
}

/// The decision is a letter with its five contents, its number, the head and how it is contested.
async fn is_a_paper(desk: &Desk, cast: &Cast, id: &str) {
    let shown = cases::show(&desk.office, &cast.supplier, id).await;
    let shown = shown.expect("a case");
    let matter = views::letter::Matter {
        catalog: &desk.office.catalog,
        kind: &shown.kind,
        file: &shown.file,
        dossier: &shown.dossier,
    };
    let paper = views::letter::letter(matter, 3, credit::lang::Lang::En);
    let paper = paper.expect("a letter");
    let said: Vec<&str> = paper
        .decision
        .iter()
        .map(|one| one.value.as_str())
        .collect();
    for part in [
        "事由：广告内容不实，情节严重",
        "市场监管总局令第44号 第五条",
        "列入期间依清单从严监管",
        "满一年可申请提前移出",
        "六十日内申请行政复议",
        NUMBER,
        "某局长",
    ] {
        assert!(said.contains(&part), "{part}: {said:?}");
    }
    assert!(paper.remedy.expect("a remedy").contains("sixty days"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_invariant_08_no_batch_number_or_other_office_lists_anybody() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        // However many penalties there are, nothing comes of their number.
        for number in 2..6 {
            let more = numbered(number, "广告不实");
            let taken = ingest::submit(&desk.office, more, Arc::new(Quiet)).await;
            assert_eq!(taken.expect("taken").counts.accepted, 1);
        }
        let queue = cases::queue(&desk.office, &cast.auditor, cases::Desk::default(), None).await;
        assert!(queue.expect("a queue").rows.is_empty() && !is_listed(&desk).await);
        // Nobody but the organ that decided the matter opens a case, and on its own fact only.
        let filing = proposed(&record(&desk, &cast.subject).await);
        let office = &desk.office;
        let (actor, own) = &cast.subject;
        let made = cases::file_own(office, actor, own, filing.clone()).await;
        refused(made.map(|_| 0), "another party");
        let made = cases::file_at_window(office, &cast.centre, FIRM, filing.clone()).await;
        refused(made.map(|_| 0), "another party");
        for (who, agency) in [
            (&cast.stranger, ORGAN),
            (&cast.stranger, "tax"),
            (&cast.centre, ORGAN),
            (&cast.auditor, ORGAN),
        ] {
            let made = cases::file_by_supplier(office, who, (agency, FIRM), filing.clone()).await;
            assert!(
                matches!(made, Err(Error::Forbidden | Error::NotFound)),
                "{made:?}"
            );
        }
        let mut none = filing.clone();
        none.saying.choice = "whatever".to_owned();
        let made = cases::file_by_supplier(office, &cast.supplier, (ORGAN, FIRM), none).await;
        refused(made.map(|_| 0), "reasons that are listed");
        // A whole file of rows does what one row does, and no machine moves the case for its officer.
        let id = propose(&desk, &cast).await;
        let by = (&cast.supplier, &cast.supplier);
        let made = cases::act_by(office, by, &id, ("notify", 1), notice("2026-05-25")).await;
        assert!(matches!(made, Err(Error::Forbidden)), "{made:?}");
        rejected(&desk, NUMBER).await;
        let made = cases::file_by_supplier(office, &cast.supplier, (ORGAN, FIRM), filing).await;
        refused(made.map(|_| 0), "is open already");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r14_a_listing_meets_the_subject_of_its_own_fact_and_nobody_else() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let (office, organ) = (&desk.office, &cast.supplier);
        let filing = proposed(&record(&desk, &cast.subject).await);
        let made = cases::file_by_supplier(office, organ, (ORGAN, OTHER), filing.clone()).await;
        assert!(matches!(made, Err(Error::NotFound)), "{made:?}");
        // A person is named by no number, and the row has no column for a relative, a shareholder or a manager.
        let mut named = filing;
        named.saying.reason = "法定代表人 11010519491231002X 一并列入".to_owned();
        let made = cases::file_by_supplier(office, organ, (ORGAN, FIRM), named).await;
        refused(made.map(|_| 0), "citizen's number");
        for theme in office.catalog.themes.iter() {
            let persons = theme
                .items
                .iter()
                .filter(|item| item.role == credit::catalog::Role::PersonName || item.personal);
            let titles: Vec<&str> = persons.map(|item| item.title.zh.as_str()).collect();
            match theme.code.as_str() {
                "serious-list" => assert!(titles.is_empty(), "{titles:?}"),
                // Whoever is in charge, whom the Work Safety Law names; no public exposure.
                "safety-list" => assert_eq!(titles, ["主要负责人"]),
                _ => {}
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r42_a_wrong_listing_is_undone_told_restored_and_pointed_to_compensation() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        listed(&desk, &cast).await;
        let (office, organ) = (&desk.office, &cast.supplier);
        let (actor, own) = &cast.subject;
        let facts = cases::own_facts(office, actor, own).await.expect("facts");
        let mut entries = facts.entries().iter();
        let entry = entries.find(|entry| entry.theme.code == "serious-list");
        let record_id = entry.expect("the listing").record;
        looks(&desk, "finance", "serious-list/LRWSH", "F-1").await;
        let mut filing = Filing {
            kind: "wrong-listing".to_owned(),
            record: record(&desk, &cast.subject).await,
            saying: Saying {
                choice: "not-met".to_owned(),
                ..reason("不符合认定标准")
            },
        };
        let made = cases::file_own(office, actor, own, filing.clone()).await;
        refused(made.map(|_| 0), "not about a fact of this kind");
        filing.record = record_id.to_string();
        let id = cases::file_own(office, actor, own, filing).await;
        let id = id.expect("filed").to_string();
        assert!(
            is_listed(&desk).await,
            "marked, and shown until it was found wrong"
        );
        let made = act(&desk, &cast, organ, &id, "find", reason("有误")).await;
        refused(made, "a legal document");
        let found = Saying {
            paper: paper("撤销决定书", "某市监撤〔2026〕1号", "2026-06-15"),
            head: "某局长".to_owned(),
            ..reason("不符合认定标准")
        };
        step(&desk, &cast, &id, "find", found).await;
        assert!(
            !is_listed(&desk).await,
            "{}: to nobody from then on",
            desk.engine
        );
        // Whoever looked at it is told in the same transaction, not by somebody's word that they were.
        let told = cases::receipts(office, &cast.centre, ("", true), None).await;
        let told = told.expect("a page").rows;
        let told: Vec<(&str, &str)> = told
            .iter()
            .map(|one| (one.receipt.agency.as_str(), one.code()))
            .collect();
        assert_eq!(told, [("finance", "find")], "{}", desk.engine);
        // Each of the four is due, in this order, and none is done by saying so alone.
        for early in ["tell", "restore", "inform"] {
            let made = act(&desk, &cast, organ, &id, early, reason("已办")).await;
            refused(made, "does not allow");
        }
        let undone = |version| Saying {
            version: Some(version),
            ..reason("已撤下")
        };
        refused(
            act(&desk, &cast, organ, &id, "undo", undone(1)).await,
            "Name the version",
        );
        take_back(&desk, &record_id).await;
        step(&desk, &cast, &id, "undo", undone(2)).await;
        step(&desk, &cast, &id, "tell", reason("已告知：某采购中心")).await;
        let apology = Saying {
            choice: "in-public".to_owned(),
            ..reason("已在原公布范围内澄清并道歉")
        };
        step(&desk, &cast, &id, "restore", apology).await;
        step(
            &desk,
            &cast,
            &id,
            "inform",
            reason("已书面告知国家赔偿途径"),
        )
        .await;
        let shown = super::own(&desk, &cast, &id).await;
        assert!(shown.standing.over && !is_listed(&desk).await);
        let told = shown
            .kind
            .one_move("inform")
            .and_then(|one| one.letter.as_ref());
        assert!(
            told.expect("a letter")
                .en
                .contains("State Compensation Law")
        );
    }
}

/// The organ takes its row back through the one door.
async fn take_back(desk: &Desk, record: &credit::subject::RecordId) {
    let recall = Recall {
        what: What::Record(ORGAN.to_owned(), "serious-list".to_owned(), *record),
        reason: "列入错误".to_owned(),
        officer: "account:1".to_owned(),
    };
    ingest::recall(&desk.office, recall)
        .await
        .expect("taken back");
}

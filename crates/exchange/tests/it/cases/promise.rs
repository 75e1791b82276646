//! Promises on both engines: made by the subject, accepted and numbered by the agency, stated by the twenty fields,
//! published by their class, and broken only once the subject was told, heard and answered.

use super::{Cast, FIRM, ORGAN, OTHER, act, cast, reason, refused};
use crate::desk::{Desk, Quiet, catalog, desks};
use exchange::Error;
use exchange::cases::{self, Paper, Promise, Promising, Saying, Service, Upload};
use exchange::ingest::{self, File, Receipt, Request, Told};
use exchange::people::Actor;
use std::sync::Arc;

const NUMBER: &str = "99010020260525000001";
const BUREAU: &str = "某市市场监督管理局";
const EVERYONE: &str = "可向社会公开";

fn promising(kind: &str, choice: &str) -> Promising {
    Promising {
        kind: kind.to_owned(),
        agency: ORGAN.to_owned(),
        saying: Saying {
            choice: choice.to_owned(),
            promise: Promise {
                content: "三十日内完成广告自查".to_owned(),
                liability: "依法从重处理".to_owned(),
                open: EVERYONE.to_owned(),
                until: "2027-05-24".to_owned(),
            },
            ..reason("广告合规")
        },
    }
}

async fn made(desk: &Desk, (actor, own): &(Actor, String), what: Promising) -> Result<u32, Error> {
    let made = cases::promise_own(&desk.office, actor, own, what).await;
    made.map(|_| 0)
}

async fn promised(desk: &Desk, (actor, own): &(Actor, String), what: Promising) -> String {
    let made = cases::promise_own(&desk.office, actor, own, what).await;
    made.expect("promised").to_string()
}

fn number() -> Saying {
    Saying {
        paper: Paper {
            kind: "信用承诺书".to_owned(),
            number: NUMBER.to_owned(),
            day: "2026-05-25".to_owned(),
            organ: BUREAU.to_owned(),
        },
        ..Saying::default()
    }
}

/// The row of twenty fields as the agency sends it.
async fn row(desk: &Desk, state: &str, open: &str) -> Receipt {
    let lacks = if state == "全部履行" {
        ","
    } else {
        "未完成自查,约谈"
    };
    let serial = desk.serial();
    let text = format!(
        "承诺编码,承诺人名称,承诺人类别,承诺人代码,承诺类型,承诺事由,承诺内容,违诺责任,承诺作出日期,承诺有效期,承诺履行状态,未履行的承诺内容,违诺责任追究内容,承诺受理单位,承诺受理单位统一社会信用代码,公开类型\n{NUMBER},北京明远软件有限公司,法人及非法人组织,{FIRM},主动型,广告合规,三十日内完成广告自查,依法从重处理,2026-05-25,2027-05-24,{state},{lacks},{BUREAU},{ORGAN},{open}\n{serial}"
    );
    let request = Request {
        theme: "promise".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes("c.csv", text.into_bytes()),
        told: Told {
            officer: Some("account:1".to_owned()),
            ..Told::default()
        },
    };
    let taken = ingest::submit(&desk.office, request, Arc::new(Quiet)).await;
    taken.expect("read")
}

async fn published(desk: &Desk) -> Option<String> {
    let report = desk.report(FIRM, None).await.expect("a report");
    let states = ["全部履行", "部分履行"];
    let said = states.into_iter().filter(|state| report.contains(state));
    let said = said.map(str::to_owned).next();
    said.filter(|_| report.contains("三十日内完成广告自查"))
}

async fn step(desk: &Desk, cast: &Cast, id: &str, what: &str, saying: Saying) {
    let made = act(desk, cast, &cast.supplier, id, what, saying).await;
    made.unwrap_or_else(|error| panic!("{what}: {error:?}"));
}

/// A promise that is on file and runs.
async fn running(desk: &Desk, cast: &Cast, open: &str) -> String {
    let id = promised(desk, &cast.subject, promising("promise", "voluntary")).await;
    step(desk, cast, &id, "accept", number()).await;
    let early = act(desk, cast, &cast.supplier, &id, "record", Saying::default()).await;
    refused(early, "was not stated");
    assert_eq!(row(desk, "全部履行", open).await.counts.accepted, 1);
    step(desk, cast, &id, "record", Saying::default()).await;
    id
}

fn scan() -> Upload {
    let mut content = b"\x89PNG\r\n\x1a\n".to_vec();
    content.extend([0; 64]);
    Upload {
        name: "核查记录.png".to_owned(),
        content,
    }
}

fn found() -> Saying {
    Saying {
        choice: "in-part".to_owned(),
        head: "某局长".to_owned(),
        files: vec![scan()],
        ..reason("自查未完成")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_is_made_by_its_subject_and_accepted_by_the_agency_that_it_names() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let mut bare = promising("promise", "voluntary");
        bare.saying.promise.open = "随便".to_owned();
        refused(made(&desk, &cast.subject, bare).await, "who may see it");
        let mut past = promising("promise", "voluntary");
        past.saying.promise.until = "2026-05-24".to_owned();
        refused(made(&desk, &cast.subject, past).await, "has not passed");
        let mut nobody = promising("promise", "voluntary");
        nobody.agency = "no-such".to_owned();
        refused(
            made(&desk, &cast.subject, nobody).await,
            "accepts no promises",
        );
        let wrong = promising("promise", "no-such");
        refused(
            made(&desk, &cast.subject, wrong).await,
            "reasons that are listed",
        );
        let other = promising("objection", "wrong");
        assert!(matches!(
            made(&desk, &cast.subject, other).await,
            Err(Error::NotFound)
        ));
        let theirs = (cast.other.0.clone(), cast.subject.1.clone());
        let another = made(&desk, &theirs, promising("promise", "voluntary")).await;
        assert!(matches!(another, Err(Error::NotFound)), "{another:?}");
        // Agreements of mediation and undertakings of compliance are promises like others.
        for choice in ["mediation", "compliance"] {
            let id = promised(&desk, &cast.subject, promising("promise", choice)).await;
            let (actor, own) = &cast.subject;
            let back = cases::act_own(
                &desk.office,
                actor,
                (own, &id),
                ("take-back", 1),
                Saying::default(),
            );
            back.await.expect("taken back");
        }
        let id = promised(&desk, &cast.subject, promising("promise", "voluntary")).await;
        let made = act(&desk, &cast, &cast.stranger, &id, "accept", number()).await;
        assert!(matches!(made, Err(Error::NotFound)), "{made:?}");
        let unnumbered = act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "accept",
            Saying::default(),
        )
        .await;
        refused(unnumbered, "a legal document");
        let shown = super::own(&desk, &cast, &id).await;
        assert_eq!(
            shown.file.told[0].field("promise-open"),
            Some(EVERYONE),
            "{}",
            desk.engine
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promise_is_published_by_its_class() {
    for (open, shown) in [
        (EVERYONE, true),
        ("特定范围内公开", false),
        ("不可公开", false),
    ] {
        for desk in desks(&catalog(&[])).await {
            let cast = cast(&desk).await;
            let id = running(&desk, &cast, open).await;
            let public = published(&desk).await;
            assert_eq!(public.is_some(), shown, "{} {open}", desk.engine);
            step(&desk, &cast, &id, "keep", reason("已完成自查")).await;
            // What was found kept is not said to be broken by a file.
            let broken = row(&desk, "部分履行", open).await;
            assert_eq!((broken.counts.accepted, broken.counts.rejected), (0, 1));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_breach_counts_only_once_the_subject_was_told_heard_and_answered() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let organ = &cast.supplier;
        let id = running(&desk, &cast, EVERYONE).await;
        let broken = row(&desk, "部分履行", EVERYONE).await;
        assert_eq!(broken.counts.rejected, 1, "{}", desk.engine);
        assert_eq!(published(&desk).await.as_deref(), Some("全部履行"));
        let early = act(&desk, &cast, organ, &id, "find-broken", found()).await;
        refused(early, "does not allow");
        let made = act(&desk, &cast, organ, &id, "warn", reason("自查未完成")).await;
        refused(made, "the day and manner of service");
        let told = Saying {
            service: Service {
                day: "2026-05-25".to_owned(),
                way: "电子送达".to_owned(),
            },
            ..reason("自查未完成")
        };
        step(&desk, &cast, &id, "warn", told).await;
        let (actor, own) = &cast.subject;
        let seen = super::seen(&desk, &cast, &id).await;
        let said = cases::act_own(
            &desk.office,
            actor,
            (own, &id),
            ("state", seen),
            reason("正在补做"),
        );
        said.await.expect("stated");
        let early = act(&desk, &cast, organ, &id, "find-broken", found()).await;
        refused(early, "does not allow");
        desk.on("2026-06-15");
        let early = act(&desk, &cast, organ, &id, "find-broken", found()).await;
        refused(early, "does not allow");
        step(&desk, &cast, &id, "reply", reason("补做未完成")).await;
        assert_eq!(row(&desk, "部分履行", EVERYONE).await.counts.rejected, 1);
        let headless = Saying {
            head: String::new(),
            ..found()
        };
        refused(
            act(&desk, &cast, organ, &id, "find-broken", headless).await,
            "head",
        );
        step(&desk, &cast, &id, "find-broken", found()).await;
        let early = act(&desk, &cast, organ, &id, "record-broken", Saying::default()).await;
        refused(early, "was not stated");
        desk.advance(1_000_000);
        assert_eq!(row(&desk, "部分履行", EVERYONE).await.counts.accepted, 1);
        step(&desk, &cast, &id, "record-broken", Saying::default()).await;
        assert_eq!(
            published(&desk).await.as_deref(),
            Some("部分履行"),
            "{}",
            desk.engine
        );
        // Whoever broke one does not promise in place of papers until it is repaired; the agency says so.
        let id = promised(
            &desk,
            &cast.subject,
            promising("notice-promise", "approval"),
        )
        .await;
        let made = act(&desk, &cast, organ, &id, "accept", number()).await;
        refused(made, "nothing excludes the applicant");
        let why = Saying {
            choice: "excluded".to_owned(),
            ..reason("有未修复的未履行承诺")
        };
        step(&desk, &cast, &id, "decline", why).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notice_and_promise_is_closed_to_the_listed_and_open_to_others() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let organ = &cast.supplier;
        let text = format!(
            "企业名称,统一社会信用代码,名单名称,列入事由,列入决定文书号,列入决定机关,列入日期,列入依据,决定送达日期\n北京远明软件有限公司,{OTHER},市场监督管理严重违法失信名单,广告不实,某市监列〔2025〕9号,{BUREAU},2026-05-11,总局令第44号,2026-05-12\n"
        );
        desk.take("serious-list", "l.csv", text).await;
        let id = promised(
            &desk,
            &cast.other,
            promising("notice-promise", "certificate"),
        )
        .await;
        let made = cases::act(&desk.office, organ, &id, ("accept", 1), number()).await;
        refused(made, "nothing excludes the applicant");
        let matter = Saying {
            choice: "environment".to_owned(),
            ..reason("涉及生态环境保护")
        };
        let made = cases::act(&desk.office, organ, &id, ("decline", 1), matter).await;
        made.expect("declined");
        let id = promised(
            &desk,
            &cast.subject,
            promising("notice-promise", "certificate"),
        )
        .await;
        step(&desk, &cast, &id, "accept", number()).await;
        // It can be taken back until it is done, and nothing follows from that.
        let (actor, own) = &cast.subject;
        let back = cases::act_own(
            &desk.office,
            actor,
            (own, &id),
            ("take-back", 2),
            Saying::default(),
        );
        back.await.expect("taken back");
        assert_eq!(published(&desk).await, None, "{}", desk.engine);
    }
}

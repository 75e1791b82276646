//! Objections and appeals on both engines: marked at once wherever the fact is shown, moved by whoever has
//! the move and by nobody else, in time or counted as late, and ended by what the supplier really did.

mod console;
mod differ;
mod doors;
mod doubt;
mod ended;
mod grades;
mod killed;
mod listing;
mod machine;
mod promise;
mod receivers;
mod repair;
mod upward;
mod wish;

use crate::desk::{Desk, Quiet, catalog, desks};
use credit::catalog::Catalog;
use credit::people::{AccountKind, Role};
use exchange::Error;
use exchange::cases::{self, Filing, Paper, Saying, Shown, Upload};
use exchange::corrections::{self, Correction};
use exchange::ingest::{self, File, Recall, Request, Told, What};
use exchange::people::session::{self, Open};
use exchange::people::{self, Acting, Actor, By, NewAppointment, Person, begin, mandate};
use std::sync::Arc;

pub(crate) const ORGAN: &str = "11990100MD00010003";
const FIRM: &str = "91110000MA00000152";
const OTHER: &str = "91110000MA0000023W";
pub(crate) const HEAD: &str = "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度,信用修复告知书送达日期\n";
pub(crate) const BY: By<'static> = By {
    account: None,
    reason: "a test",
};

/// Puts the organ under the rules of an area.
fn ruled(area: &str) -> Arc<Catalog> {
    let supplier = format!(
        "\n[[suppliers]]\ncode = \"{ORGAN}\"\ntitle = {{ zh = \"某局\", en = \"A bureau\", ru = \"Бюро\" }}\narea = \"{area}\"\n"
    );
    catalog(&[("suppliers.toml", &supplier)])
}

/// A row of the organ: whom it is about, the number of the decision, what was done, when it was decided and
/// how grave it is.
pub(crate) fn penalty_row(
    (name, code): (&str, &str),
    number: u32,
    done: &str,
    (decided, severity): (&str, &str),
) -> String {
    format!(
        "{name},法人及非法人组织,{code},甲某,某市监罚〔2026〕{number}号,广告内容不实,{done},广告法第五十九条,罚款,罚款95000元,9.50,{decided},2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},{severity},{decided}\n"
    )
}

fn penalty(done: &str) -> Request {
    numbered(1, done)
}

/// The penalty of a document's number.
fn numbered(number: u32, done: &str) -> Request {
    let firm = ("北京明远软件有限公司", FIRM);
    let row = penalty_row(firm, number, done, ("2026-05-01", "一般"));
    Request {
        theme: "penalty".into(),
        supplier: Some(ORGAN.into()),
        mode: None,
        date: None,
        file: File::bytes("p.csv", format!("{HEAD}{row}").into_bytes()),
        told: Told {
            officer: Some("account:1".to_owned()),
            ..Told::default()
        },
    }
}

pub(crate) fn person(login: &str) -> Person {
    Person {
        login: login.to_owned(),
        name: format!("某{login}"),
    }
}

async fn officer(desk: &Desk, login: &str, role: Role, agency: &str) -> Acting {
    let office = &desk.office;
    let to = NewAppointment {
        role,
        agency: agency.to_owned(),
        unit: None,
        themes: Vec::new(),
        until: None,
    };
    let made = people::add(office, AccountKind::Officer, &person(login), &[to], BY).await;
    let link = people::link(office, made.expect("an account").0).await;
    let entered = begin::enter(office, link.expect("a link").shown()).await;
    entered.expect("entered").expect("a session");
    people::named(office, login).await.expect("in use")
}

/// A representative of a subject: who acts, and the mandate.
pub(crate) async fn representative(desk: &Desk, subject: &str, login: &str) -> (Actor, String) {
    let office = &desk.office;
    let shown = mandate::Shown {
        subject,
        person: person(login),
        document: "resident-card",
        until: None,
    };
    let made = mandate::record(office, &shown, BY).await.expect("recorded");
    let id = people::find(office, login).await.expect("an account").id;
    let link = people::link(office, id).await.expect("a link");
    let entered = begin::enter(office, link.shown()).await.expect("read");
    let session = entered.expect("a session");
    match session::read(office, session.shown()).await.expect("read") {
        Some(Open::Full(actor)) => (*actor, made.id.to_string()),
        other => panic!("{other:?}"),
    }
}

/// Who plays.
pub(crate) struct Cast {
    subject: (Actor, String),
    other: (Actor, String),
    pub(crate) supplier: Acting,
    pub(crate) stranger: Acting,
    pub(crate) centre: Acting,
    pub(crate) second: Acting,
    pub(crate) auditor: Acting,
}

async fn cast(desk: &Desk) -> Cast {
    desk.on("2026-05-06");
    let rows = format!(
        "企业名称,统一社会信用代码,注册日期,经营范围\n北京明远软件有限公司,{FIRM},2001-02-03,软件\n北京远明软件有限公司,{OTHER},2001-02-03,软件\n"
    );
    desk.take("registration", "r.csv", rows).await;
    let taken = ingest::submit(&desk.office, penalty("广告不实"), Arc::new(Quiet)).await;
    assert_eq!(taken.expect("taken").counts.accepted, 1);
    desk.on("2026-05-25");
    cast_of(desk, (FIRM, OTHER)).await
}

/// Everybody, with representatives of two subjects that are on file.
pub(crate) async fn cast_of(desk: &Desk, (firm, other): (&str, &str)) -> Cast {
    Cast {
        subject: representative(desk, firm, "rep.one").await,
        other: representative(desk, other, "rep.two").await,
        supplier: officer(desk, "supplies", Role::SupplierOfficer, ORGAN).await,
        stranger: officer(desk, "stranger", Role::SupplierOfficer, "tax").await,
        centre: officer(desk, "centre", Role::CentreClerk, "credit-centre").await,
        second: officer(desk, "second", Role::CentreClerk, "credit-centre").await,
        auditor: officer(desk, "auditor", Role::Auditor, "credit-centre").await,
    }
}

/// The record of the penalty, in the subject's own file.
pub(crate) async fn record(desk: &Desk, (actor, own): &(Actor, String)) -> String {
    let facts = cases::own_facts(&desk.office, actor, own)
        .await
        .expect("facts");
    let mut entries = facts.entries().iter();
    let entry = entries.find(|entry| entry.theme.code == "penalty");
    entry.expect("the penalty").record.to_string()
}

pub(crate) fn reason(text: &str) -> Saying {
    Saying {
        reason: text.to_owned(),
        ..Saying::default()
    }
}

/// A picture of one point: a scan.
pub(crate) fn scan() -> Upload {
    let mut content = b"\x89PNG\r\n\x1a\n".to_vec();
    content.extend([0; 64]);
    Upload {
        name: "缴款凭证.png".to_owned(),
        content,
    }
}

fn filing(record: &str) -> Filing {
    Filing {
        kind: "objection".to_owned(),
        record: record.to_owned(),
        saying: Saying {
            choice: "wrong".to_owned(),
            ..reason("罚款并非本公司所为")
        },
    }
}

async fn filed(desk: &Desk, cast: &Cast) -> String {
    let (actor, own) = &cast.subject;
    let filing = filing(&record(desk, &cast.subject).await);
    let made = cases::file_own(&desk.office, actor, own, filing).await;
    made.expect("filed").to_string()
}

async fn own(desk: &Desk, cast: &Cast, id: &str) -> Shown {
    let (actor, own) = &cast.subject;
    cases::own_case(&desk.office, actor, own, id)
        .await
        .expect("own case")
}

async fn seen(desk: &Desk, cast: &Cast, id: &str) -> u32 {
    let history = own(desk, cast, id).await.file.history;
    history.steps.last().expect("a move").seq
}

/// Makes a move at the desk, having seen the last one.
async fn act(
    desk: &Desk,
    cast: &Cast,
    who: &Acting,
    id: &str,
    what: &str,
    saying: Saying,
) -> Result<u32, Error> {
    let seen = seen(desk, cast, id).await;
    cases::act(&desk.office, who, id, (what, seen), saying).await
}

/// The penalty as the public's report has it: its marks, or that it is not there.
async fn marks(desk: &Desk, as_of: Option<&str>) -> Option<Vec<String>> {
    marks_of(&desk.report(FIRM, as_of).await.expect("a report"))
}

/// The marks of the penalty in a report; none where it is not in it.
pub(crate) fn marks_of(report: &str) -> Option<Vec<String>> {
    let report: serde_json::Value = serde_json::from_str(report).expect("JSON");
    let sections = report["sections"].as_array().expect("sections").iter();
    let mut entries = sections.flat_map(|section| section["entries"].as_array().expect("entries"));
    let entry = entries.find(|entry| entry["theme"]["code"] == "penalty")?;
    let marks = entry["marks"].as_array().expect("marks").iter();
    Some(
        marks
            .filter(|mark| mark["code"] != "late")
            .map(|mark| mark["code"].as_str().unwrap_or_default().to_owned())
            .collect(),
    )
}

fn contested() -> Option<Vec<String>> {
    Some(vec!["contested".to_owned()])
}

fn refused(made: Result<u32, Error>, why: &str) {
    let Err(Error::Request(text)) = made else {
        panic!("{why}: {made:?}")
    };
    assert!(text.en.contains(why), "{}", text.en);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r21_an_objection_marks_the_fact_from_that_instant_until_it_is_settled() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        assert_eq!(
            marks(&desk, None).await,
            Some(Vec::new()),
            "{}",
            desk.engine
        );
        let id = filed(&desk, &cast).await;
        assert_eq!(marks(&desk, None).await, contested(), "{}", desk.engine);
        // A past day's report is read by today's reader, who is told.
        assert_eq!(marks(&desk, Some("2026-05-10")).await, contested());
        let shown = own(&desk, &cast, &id).await;
        assert_eq!(shown.standing.state, "filed");
        assert_eq!(
            shown.file.told[0].field("reason"),
            Some("罚款并非本公司所为")
        );
        assert_eq!(shown.open.len(), 1, "{:?}", shown.open);
        act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "forward",
            Saying::default(),
        )
        .await
        .expect("forwarded");
        assert_eq!(marks(&desk, None).await, contested());
        act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "uphold",
            reason("证据充分"),
        )
        .await
        .expect("upheld");
        assert_eq!(marks(&desk, None).await, Some(Vec::new()), "settled");
        // Asked for a review, it is contested again; the clock of asking is counted in months' days.
        let (actor, mandate) = &cast.subject;
        let what = ("ask-review", seen(&desk, &cast, &id).await);
        let asked = cases::act_own(&desk.office, actor, (mandate, &id), what, reason("不服")).await;
        asked.expect("asked");
        assert_eq!(marks(&desk, None).await, contested());
        // Whoever had a part in it does not review it.
        let head = || Saying {
            head: "某主任".to_owned(),
            ..reason("应予更正")
        };
        refused(
            act(&desk, &cast, &cast.centre, &id, "order", head()).await,
            "had a part",
        );
        refused(
            act(&desk, &cast, &cast.second, &id, "order", reason("x")).await,
            "Still missing",
        );
        act(&desk, &cast, &cast.second, &id, "order", head())
            .await
            .expect("ordered");
        corrected(&desk, "虚假宣传").await;
        let version = |version| Saying {
            version: Some(version),
            ..reason("已更正")
        };
        refused(
            act(&desk, &cast, &cast.supplier, &id, "correct", version(1)).await,
            "Name the version",
        );
        refused(
            act(&desk, &cast, &cast.supplier, &id, "correct", version(9)).await,
            "Name the version",
        );
        refused(
            act(&desk, &cast, &cast.supplier, &id, "remove", version(2)).await,
            "Name the version",
        );
        act(&desk, &cast, &cast.supplier, &id, "correct", version(2))
            .await
            .expect("corrected");
        assert_eq!(
            marks(&desk, None).await,
            Some(Vec::new()),
            "{}",
            desk.engine
        );
        let shown = own(&desk, &cast, &id).await;
        assert!(shown.standing.over && shown.open.is_empty());
        assert_eq!(
            shown.file.told.last().and_then(|told| told.version),
            Some(2)
        );
        refused(
            act(&desk, &cast, &cast.supplier, &id, "uphold", reason("x")).await,
            "over",
        );
    }
}

/// The supplier corrects the fact through the one door, with a document.
async fn corrected(desk: &Desk, done: &str) {
    let correction = Correction {
        request: penalty(done),
        seen: None,
        reason: "异议成立".to_owned(),
        paper: corrections::Paper {
            kind: "更正决定书".to_owned(),
            number: "某更〔2026〕1号".to_owned(),
            day: "2026-05-20".to_owned(),
            organ: "某局".to_owned(),
        },
    };
    corrections::correct(&desk.office, correction)
        .await
        .expect("corrected");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r22_who_is_late_stands_in_the_queue_is_counted_and_goes_above() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        let queue = async |who: &Acting, overdue| {
            let ask = cases::Desk {
                overdue,
                ..cases::Desk::default()
            };
            let page = cases::queue(&desk.office, who, ask, None)
                .await
                .expect("a queue");
            let rows = page.rows.into_iter();
            rows.map(|line| (line.card.id.to_string(), line.standing.overdue, line.mine))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            queue(&cast.centre, false).await,
            [(id.clone(), false, true)]
        );
        assert_eq!(
            queue(&cast.supplier, false).await,
            [(id.clone(), false, false)]
        );
        assert!(
            queue(&cast.stranger, false).await.is_empty(),
            "another agency's"
        );
        act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "forward",
            Saying::default(),
        )
        .await
        .expect("forwarded");
        refused(
            act(&desk, &cast, &cast.centre, &id, "escalate", reason("x")).await,
            "not passed yet",
        );
        desk.on("2026-06-02");
        assert_eq!(
            queue(&cast.supplier, true).await,
            [(id.clone(), true, true)]
        );
        let (from, to) = (
            jiff::civil::date(2026, 1, 1),
            jiff::civil::date(2026, 12, 31),
        );
        let kept = cases::kept(&desk.office, ORGAN, from, to)
            .await
            .expect("counted");
        assert_eq!(
            (kept.cases, kept.missed, kept.overdue),
            (1, 1, 1),
            "{}",
            desk.engine
        );
        refused(
            act(
                &desk,
                &cast,
                &cast.supplier,
                &id,
                "appraise",
                Saying {
                    choice: "appraisal".to_owned(),
                    ..reason("鉴定")
                },
            )
            .await,
            "deadline has passed",
        );
        act(&desk, &cast, &cast.second, &id, "escalate", reason("逾期"))
            .await
            .expect("escalated");
        let kept = cases::kept(&desk.office, ORGAN, from, to)
            .await
            .expect("counted");
        assert_eq!(
            (kept.missed, kept.overdue),
            (1, 0),
            "late for good, and not any more"
        );
        // Another account than the one that put it before the authority.
        let head = Saying {
            head: "某主任".to_owned(),
            ..reason("维持")
        };
        act(&desk, &cast, &cast.centre, &id, "confirm", head.clone())
            .await
            .expect_err("had a part");
        assert!(
            queue(&cast.auditor, true).await.is_empty(),
            "nobody is late now"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r24_where_the_local_rule_suspends_the_fact_is_shown_to_no_third_party() {
    for desk in desks(&ruled("321200")).await {
        let cast = cast(&desk).await;
        let id = filed(&desk, &cast).await;
        assert_eq!(marks(&desk, None).await, None, "{}", desk.engine);
        assert_eq!(
            marks(&desk, Some("2026-05-10")).await,
            None,
            "nor for a past day"
        );
        let shown = own(&desk, &cast, &id).await;
        let entry = &shown.dossier.entries()[0];
        assert_eq!(
            entry.publication,
            policy::Publication::Suspended,
            "its own file says why"
        );
        act(
            &desk,
            &cast,
            &cast.centre,
            &id,
            "forward",
            Saying::default(),
        )
        .await
        .expect("forwarded");
        act(
            &desk,
            &cast,
            &cast.supplier,
            &id,
            "withhold",
            reason("无法核实"),
        )
        .await
        .expect("withheld");
        assert_eq!(marks(&desk, None).await, None, "it does not come back");
    }
    // The national rule marks and does not suspend.
    for desk in desks(&ruled("110000")).await {
        let cast = cast(&desk).await;
        filed(&desk, &cast).await;
        assert_eq!(marks(&desk, None).await, contested(), "{}", desk.engine);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r25_an_appeal_marks_and_a_revoked_decision_leaves_view_at_once_and_is_withdrawn() {
    for desk in desks(&catalog(&[])).await {
        let cast = cast(&desk).await;
        let (actor, mandate) = &cast.subject;
        let paper = Paper {
            kind: "受理通知书".to_owned(),
            number: "某行初1号".to_owned(),
            day: "2026-05-20".to_owned(),
            organ: "某法院".to_owned(),
        };
        let mut appeal = Filing {
            kind: "appeal".to_owned(),
            ..filing(&record(&desk, &cast.subject).await)
        };
        appeal.saying.choice = "lawsuit".to_owned();
        let bare = cases::file_own(&desk.office, actor, mandate, appeal.clone()).await;
        refused(bare.map(|_| 0), "Still missing");
        appeal.saying.paper = paper.clone();
        let id = cases::file_own(&desk.office, actor, mandate, appeal).await;
        let id = id.expect("filed").to_string();
        let appealed = Some(vec!["appealed".to_owned()]);
        assert_eq!(marks(&desk, None).await, appealed, "marked, not taken down");
        let said = Saying {
            paper,
            ..reason("判决撤销")
        };
        act(&desk, &cast, &cast.supplier, &id, "revoke", said)
            .await
            .expect("revoked");
        assert_eq!(marks(&desk, None).await, None, "{}", desk.engine);
        let due = own(&desk, &cast, &id)
            .await
            .standing
            .due
            .expect("a deadline");
        // Three working days after Monday 25 May 2026.
        assert_eq!(due, jiff::civil::date(2026, 5, 28));
        let recall = Recall {
            what: What::Record(
                ORGAN.to_owned(),
                "penalty".to_owned(),
                record_id(&record(&desk, &cast.subject).await),
            ),
            reason: "决定被撤销".to_owned(),
            officer: "account:1".to_owned(),
        };
        ingest::recall(&desk.office, recall)
            .await
            .expect("recalled");
        let version = Saying {
            version: Some(2),
            ..reason("已撤回")
        };
        act(&desk, &cast, &cast.supplier, &id, "withdraw", version)
            .await
            .expect("withdrawn");
        assert!(own(&desk, &cast, &id).await.standing.over);
        assert_eq!(marks(&desk, None).await, None);
    }
}

fn record_id(text: &str) -> credit::subject::RecordId {
    credit::subject::RecordId::parse(text).expect("a record")
}

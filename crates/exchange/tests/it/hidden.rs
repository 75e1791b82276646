//! What is on file and not public does not show: not by a code, not by a name, not by an id, not on
//! a past day, and not by how an answer differs from that about somebody unknown.

use crate::desk::{Desk, Quiet, catalog, desks};
use crate::snapshots::code;
use credit::catalog::Mode;
use credit::lang::Lang;
use exchange::Error;
use exchange::ingest::{self, File, Request, Told};
use std::sync::Arc;

const ORGAN: &str = "11990100MD00010003";
const CODE: &str = "91110000MA00000152";
/// Sound, and on no file of any test.
const UNKNOWN: &str = "12310000425000014Y";
const NAME: &str = "北京明远软件有限公司";
const OTHER_NAME: &str = "北京曙光软件有限公司";

async fn take(desk: &Desk, theme: &str, name: &str, text: String) -> ingest::Receipt {
    let supplier = (theme == "penalty").then(|| ORGAN.to_owned());
    let request = Request {
        theme: theme.into(),
        supplier,
        mode: None,
        date: None,
        file: File::bytes(name, text.into_bytes()),
        told: Told::default(),
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet))
        .await
        .expect("taken")
}

fn penalty(name: &str, severity: &str) -> String {
    format!(
        "行政相对人名称,行政相对人类别,统一社会信用代码,法定代表人,行政处罚决定书文号,违法行为类型,违法事实,处罚依据,处罚类别,处罚内容,罚款金额（万元）,处罚决定日期,处罚有效期,处罚机关,处罚机关统一社会信用代码,数据来源单位,数据来源单位统一社会信用代码,失信严重程度\n\
         {name},法人及非法人组织,{CODE},甲某,某市监罚〔2026〕7号,广告内容不实,广告不实,广告法第五十九条,罚款,罚款95000元,9.50,2026-05-01,2099-12-31,某市市场监督管理局,{ORGAN},某市市场监督管理局,{ORGAN},{severity}\n"
    )
}

fn registration(name: &str) -> String {
    format!("企业名称,统一社会信用代码,注册日期,经营范围\n{name},{CODE},2001-02-03,软件开发\n")
}

fn contract() -> String {
    format!(
        "{{\"供应商名称\":\"{NAME}\",\"统一社会信用代码\":\"{CODE}\",\"合同编号\":\"H-1\",\"合同名称\":\"设备采购\",\"采购人名称\":\"某市科学技术局\",\"采购人统一社会信用代码\":\"{ORGAN}\",\"合同金额（万元）\":\"8.70\",\"签订日期\":\"2026-05-02\",\"履行状态\":\"全部履行\"}}\n"
    )
}

/// One row for a list of which the second edition lacks it.
async fn withdrawn(desk: &Desk) {
    let head = "企业名称,统一社会信用代码,列入决定文书号,列入日期,列入经营异常名录原因,作出决定机关（列入）\n";
    let row = |name: &str, code: &str, number: u32| {
        format!(
            "{name},{code},云异列〔2026〕{number}号,2026-05-04,通过登记的住所无法取得联系,云汀市市场监督管理局\n"
        )
    };
    let first = format!(
        "{head}{}{}",
        row(NAME, CODE, 1),
        row("某研究院有限公司", "91440101MA5ABCDE0X", 2)
    );
    let without = head.to_owned() + &row("某贸易有限公司", "91990100MA0000020Y", 3);
    for (date, text) in [("2026-05-05", first), ("2026-05-06", without)] {
        let file = File::bytes("list.csv", text.into_bytes());
        let taken = desk
            .submit("abnormal", Some(Mode::Snapshot), Some(date), file)
            .await
            .expect("taken");
        if taken.waiting.is_some() {
            exchange::snapshots::confirm(&desk.office, &taken.id, "乙某", "信用中心")
                .await
                .expect("confirmed");
        }
    }
}

/// What an answer tells a stranger.
fn told<T: std::fmt::Debug>(answer: Result<T, Error>) -> String {
    match answer {
        Ok(answer) => format!("{answer:?}"),
        Err(error) => Lang::ALL.map(|lang| error.message(lang)).join("|"),
    }
}

async fn assert_unknown(desk: &Desk, why: &str) {
    let office = &desk.office;
    let place = format!("{}: {why}", desk.engine);
    for day in [None, Some("2026-05-05")] {
        let unknown = told(desk.report(UNKNOWN, day).await);
        assert_eq!(told(desk.report(CODE, day).await), unknown, "{place}");
    }
    let unknown = told(
        exchange::lookup::by_code(office, UNKNOWN, Lang::Zh)
            .await
            .map(|_| ()),
    );
    let seen = told(
        exchange::lookup::by_code(office, CODE, Lang::Zh)
            .await
            .map(|_| ()),
    );
    assert_eq!(seen, unknown, "{place}");
    let id = exchange::lookup::find(office, CODE).await.expect("on file");
    let seen = told(
        exchange::lookup::by_id(office, id, Lang::Zh)
            .await
            .map(|_| ()),
    );
    assert_eq!(seen, unknown, "{place}");
    for text in [NAME, "北京明远", "明远软件"] {
        let names = exchange::lookup::by_name(office, text, None)
            .await
            .expect("a page");
        assert!(
            names.hits.is_empty() && names.next.is_none(),
            "{place}: {text}"
        );
    }
}

async fn assert_known(desk: &Desk) {
    let report = desk.report(CODE, None).await.expect("a report");
    assert!(report.contains(NAME), "{}", desk.engine);
    let names = exchange::lookup::by_name(&desk.office, "明远", None)
        .await
        .expect("a page");
    assert_eq!(names.hits.len(), 1, "{}", desk.engine);
}

#[tokio::test]
async fn invariant_11_a_subject_with_nothing_public_is_answered_like_an_unknown_one() {
    for why in ["held", "ended", "not public", "minor", "withdrawn"] {
        for desk in desks(&catalog(&[])).await {
            desk.on("2026-05-06");
            match why {
                "held" => drop(take(&desk, "penalty", "p.csv", penalty(NAME, "")).await),
                "ended" => {
                    take(&desk, "penalty", "p.csv", penalty(NAME, "一般")).await;
                    assert_known(&desk).await;
                    desk.on("2027-05-02");
                }
                "not public" => drop(take(&desk, "contract", "c.ndjson", contract()).await),
                "minor" => drop(take(&desk, "penalty", "p.csv", penalty(NAME, "轻微")).await),
                _ => withdrawn(&desk).await,
            }
            assert_unknown(&desk, why).await;
            // One public fact, and the subject is known; what is not public stays out.
            take(&desk, "registration", "r.csv", registration(NAME)).await;
            assert_known(&desk).await;
            let report = desk.report(CODE, None).await.expect("a report");
            let hidden = ["监罚〔2026〕7号", "H-1", "云异列"];
            assert!(
                !hidden.iter().any(|text| report.contains(text)),
                "{why}: {report}"
            );
        }
    }
}

#[tokio::test]
async fn a_name_that_only_a_waiting_row_tells_is_not_found_and_not_shown() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        take(&desk, "registration", "r.csv", registration(NAME)).await;
        let held = take(&desk, "penalty", "p.csv", penalty(OTHER_NAME, "")).await;
        assert_eq!(held.counts.held, 1, "{:?}", held.counts);
        let report = desk.report(CODE, None).await.expect("a report");
        assert!(
            report.contains(NAME) && !report.contains(OTHER_NAME),
            "{report}"
        );
        let names = exchange::lookup::by_name(&desk.office, "曙光软件", None)
            .await
            .expect("a page");
        assert!(names.hits.is_empty(), "{}", desk.engine);
        let found = exchange::lookup::by_name(&desk.office, "明远软件", None)
            .await
            .expect("a page");
        assert_eq!(found.hits.len(), 1);
        // Once it no longer waits, it is one of the subject's names.
        take(&desk, "penalty", "p.csv", penalty(OTHER_NAME, "一般")).await;
        assert!(
            desk.report(CODE, None)
                .await
                .expect("a report")
                .contains(OTHER_NAME)
        );
    }
}

#[tokio::test]
async fn pages_of_names_are_full_of_what_may_be_seen_and_end_where_it_ends() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-05-06");
        // Every third is public; each is in one of the two themes only.
        let mut shown = "企业名称,统一社会信用代码,注册日期,经营范围\n".to_owned();
        let mut hidden = String::new();
        for n in 0..180 {
            if n % 3 == 0 {
                shown += &format!("甲市明远{n:03}号有限公司,{},2001-02-03,贸易\n", code(n));
            } else {
                hidden += &contract()
                    .replace(NAME, &format!("甲市明远{n:03}号有限公司"))
                    .replace(CODE, &code(n))
                    .replace("H-1", &format!("H-{n}"));
            }
        }
        let public = take(&desk, "registration", "r.csv", shown).await;
        let inner = take(&desk, "contract", "c.ndjson", hidden).await;
        assert_eq!((public.counts.accepted, inner.counts.accepted), (60, 120));
        for text in ["甲市明远", "明远"] {
            let first = exchange::lookup::by_name(&desk.office, text, None)
                .await
                .expect("a page");
            assert_eq!(
                first.hits.len(),
                credit::limits::PAGE_ROWS,
                "{}: {text}",
                desk.engine
            );
            let mark = first.next.expect("a further page");
            let second = exchange::lookup::by_name(&desk.office, text, Some(&mark))
                .await
                .expect("a page");
            assert_eq!(second.hits.len(), 10, "{}: {text}", desk.engine);
            assert!(second.next.is_none());
            let mut names: Vec<_> = first
                .hits
                .iter()
                .chain(&second.hits)
                .map(|hit| &hit.name)
                .collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), 60);
        }
    }
}

//! Stored grades on both engines: an event on a fact makes them stale at once, they are reckoned again from what
//! stands, nobody's model grades nobody, and whole runs give what the pure function gives.

use super::repair::repaired;
use super::{Cast, FIRM, OTHER, cast, numbered, officer};
use crate::desk::{Desk, Quiet, catalog, desks};
use credit::catalog::Catalog;
use credit::grade::{Standing, Worth};
use credit::identifier::{Identifier, System};
use credit::people::Role;
use credit::subject::SubjectId;
use exchange::people::Acting;
use exchange::{Error, cases, grade, ingest};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::StoredGrade;

/// The shipped model as a city would have adopted it, and its next version, not adopted yet.
fn adopted() -> Arc<Catalog> {
    let path = testkit::data::workspace().join("catalog/models/credit.toml");
    let text = std::fs::read_to_string(path).expect("the model");
    let by = "adopted = { authority = { zh = \"某市\", en = \"a city\", ru = \"город\" }, document = \"1\", on = 2026-01-01 }\nvalid_to = 2026-12-31";
    let city = text
        .replacen("model = \"credit\"", "model = \"city\"", 1)
        .replacen("demonstration = true", by, 1);
    let next = text
        .replacen("model = \"credit\"", "model = \"city\"", 1)
        .replacen("demonstration-2026", "next", 1)
        .replacen("valid_from = 2026-01-01", "valid_from = 2027-01-01", 1)
        .replacen("start = 85", "start = 60", 1)
        .replacen("demonstration = true\n", "", 1);
    let more = [
        ("models/city.toml", city.as_str()),
        ("models/next.toml", next.as_str()),
    ];
    catalog(&more)
}

/// The cast, with the registered form of both firms on file, and a clerk of the centre.
async fn begun(desk: &Desk) -> (Cast, Acting) {
    let cast = cast(desk).await;
    let rows = format!(
        "企业名称,统一社会信用代码,注册日期,经营范围,企业类型\n北京明远软件有限公司,{FIRM},2001-02-03,软件,有限责任公司（自然人独资）\n北京远明软件有限公司,{OTHER},2001-02-03,软件,有限责任公司\n"
    );
    desk.take("registration", "forms.csv", rows).await;
    let clerk = officer(desk, "grader.test", Role::CentreClerk, "centre").await;
    (cast, clerk)
}

async fn subject(desk: &Desk, code: &str) -> SubjectId {
    let code = Identifier::parse(System::Uscc, code).expect("a code");
    let found = desk.office.store.subject_find(&code.identifier).await;
    let found = found.expect("read");
    found.expect("on file")
}

async fn newest(desk: &Desk, code: &str) -> Option<StoredGrade> {
    let id = subject(desk, code).await;
    desk.office
        .store
        .grade_newest(id, "city")
        .await
        .expect("read")
}

fn outcomes(run: &grade::Run) -> Vec<(&str, u64)> {
    run.outcomes
        .iter()
        .map(|(said, count)| (said.as_str(), *count))
        .collect()
}

/// Grades all, or those that are due.
async fn graded(desk: &Desk, clerk: &Acting, due: bool) -> grade::Run {
    let officer = grade::grader(clerk).expect("may");
    let mut heard = 0;
    let mut hears = |subjects| heard = subjects;
    let run = if due {
        grade::due(&desk.office, "city", officer, &mut hears).await
    } else {
        grade::all(&desk.office, "city", officer, &mut hears).await
    };
    let run = run.expect("graded");
    assert_eq!(heard, run.subjects);
    run
}

#[tokio::test]
async fn an_event_makes_a_grade_stale_in_its_transaction_and_it_is_reckoned_from_what_stands() {
    for desk in desks(&adopted()).await {
        let engine = desk.engine;
        let (cast, clerk) = begun(&desk).await;
        let run = graded(&desk, &clerk, false).await;
        assert_eq!(
            (outcomes(&run), run.written),
            (vec![("B", 2)], 2),
            "{engine}"
        );
        let first = newest(&desk, FIRM).await.expect("graded");
        assert_eq!(
            (first.seq, first.points, first.stale),
            (1, Some(77), false),
            "{engine}"
        );
        assert!(first.counted.contains("penalty-ordinary") && first.version == run.version);
        let again = graded(&desk, &clerk, false).await;
        assert_eq!(
            (again.subjects, again.written),
            (2, 0),
            "{engine}: nothing has changed"
        );
        assert_eq!(
            graded(&desk, &clerk, true).await.subjects,
            0,
            "{engine}: nothing is due"
        );

        let sent = ingest::submit(&desk.office, numbered(2, "广告不实"), Arc::new(Quiet)).await;
        assert_eq!(sent.expect("taken").counts.accepted, 1);
        assert!(
            newest(&desk, FIRM).await.expect("graded").stale,
            "{engine}: with the fact"
        );
        assert!(
            !newest(&desk, OTHER).await.expect("graded").stale,
            "{engine}"
        );
        let due = graded(&desk, &clerk, true).await;
        assert_eq!(
            (outcomes(&due), due.written),
            (vec![("C", 1)], 1),
            "{engine}"
        );
        let second = newest(&desk, FIRM).await.expect("graded");
        assert_eq!(
            (second.seq, second.points, second.stale),
            (2, Some(69), false),
            "{engine}"
        );

        repaired(&desk, &cast).await;
        assert!(
            newest(&desk, FIRM).await.expect("graded").stale,
            "{engine}: with the repair"
        );
        let due = graded(&desk, &clerk, true).await;
        assert_eq!(
            (outcomes(&due), due.written),
            (vec![("B", 1)], 1),
            "{engine}"
        );
        own_is_the_same(&desk, &cast).await;
    }
}

/// The subject's own grade is what is stored, and tells which fact does not count and why.
async fn own_is_the_same(desk: &Desk, cast: &Cast) {
    let stored = newest(desk, FIRM).await.expect("graded");
    let (actor, own) = &cast.subject;
    let file = cases::own_facts(&desk.office, actor, own)
        .await
        .expect("the file");
    let all = grade::own(&desk.office, &file);
    assert_eq!(all.len(), 1, "only the model that somebody adopted");
    let grade = all[0].grade.as_ref().expect("graded");
    assert_eq!(all[0].model.by().document, "1");
    assert_eq!(grade.points.map(i64::from), stored.points);
    assert_eq!(grade.outcome.band(), stored.band.as_deref());
    let whys: Vec<Standing> = grade.left.iter().map(|left| left.why).collect();
    assert_eq!(whys, [Standing::Repaired], "{}", desk.engine);
    let worths = grade.counted.iter().map(|point| match point.worth {
        Worth::Points(points) => points,
        Worth::Band(_) => 0,
    });
    assert_eq!(worths.sum::<i32>(), -8, "{}", desk.engine);
    for point in &grade.counted {
        assert!(stored.counted.contains(&point.record.to_string()));
    }
}

#[tokio::test]
async fn nobodys_model_grades_nobody_and_only_the_centre_grades() {
    for desk in desks(&adopted()).await {
        let (cast, clerk) = begun(&desk).await;
        for other in [&cast.supplier, &cast.stranger, &cast.auditor] {
            let refused = grade::grader(other);
            assert!(matches!(refused, Err(Error::Forbidden)), "{}", desk.engine);
        }
        for model in ["credit", "customs", "tax", "environment", "none"] {
            let officer = grade::grader(&clerk).expect("may");
            let run = grade::all(&desk.office, model, officer, &mut |_| {}).await;
            assert!(matches!(run, Err(Error::Request(_))), "{model}");
        }
        assert!(newest(&desk, FIRM).await.is_none());
        // The day after the adopted version ended, its next one is nobody's yet.
        desk.on("2027-01-01");
        let officer = grade::grader(&clerk).expect("may");
        let run = grade::all(&desk.office, "city", officer, &mut |_| {}).await;
        assert!(run.is_err(), "{}", desk.engine);
    }
}

#[tokio::test]
async fn drift_between_versions_is_counted_before_release_and_small_counts_are_not_told() {
    for desk in desks(&adopted()).await {
        let (_, clerk) = begun(&desk).await;
        let mut rows = String::from("企业名称,统一社会信用代码,注册日期,经营范围,企业类型\n");
        for number in 501..=512 {
            let code = crate::identity::uscc(number);
            rows += &format!("某{number}有限公司,{code},2001-02-03,软件,有限责任公司\n");
        }
        rows += "某独资厂,";
        rows += &crate::identity::uscc(599);
        rows += ",2001-02-03,软件,个人独资企业\n";
        desk.take("registration", "more.csv", rows).await;
        let officer = grade::grader(&clerk).expect("may");
        let versions = ("demonstration-2026", "next");
        let drift = grade::compare(&desk.office, "city", versions, officer, &mut |_| {}).await;
        let drift: BTreeMap<(String, String), Option<u64>> = drift
            .expect("compared")
            .into_iter()
            .map(|one| ((one.before, one.after), one.count))
            .collect();
        let cell = |one: &str, two: &str| drift.get(&(one.to_owned(), two.to_owned())).copied();
        assert_eq!(drift.len(), 2, "{} {drift:?}", desk.engine);
        assert_eq!(cell("B", "C"), Some(Some(14)), "{} {drift:?}", desk.engine);
        assert_eq!(
            cell("sole-proprietorship", "sole-proprietorship"),
            Some(None)
        );
        assert!(newest(&desk, FIRM).await.is_none(), "nothing is written");
        let run = graded(&desk, &clerk, false).await;
        let expected = vec![("B", 14), ("sole-proprietorship", 1)];
        assert_eq!(
            (outcomes(&run), run.written),
            (expected, 14),
            "{}",
            desk.engine
        );
    }
}

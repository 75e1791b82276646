//! Who is who: merged, split and taken back through the real door, on both engines. Reports are
//! compared byte by byte.

use crate::desk::{Desk, catalog, desks};
use exchange::Error;
use exchange::identity::{self, DecisionId, Verdict};
use exchange::questions::{self, Answer, QueueAsk};
use policy::Officer;
use std::collections::{BTreeMap, BTreeSet};

const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n";
const HONOUR: &str = "企业名,统一社会信用代码,守信信息名称,证书号,发证日期,颁证单位\n";
const LETTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

fn officer() -> Officer {
    Officer::parse("甲某", "信用中心").expect("an officer")
}

/// A valid unified code with a valid organisation code inside.
pub(crate) fn uscc(number: u32) -> String {
    let body = format!("M{number:07}");
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let value = |one: char| one.to_digit(36).unwrap_or_default();
    let sum: u32 = body
        .chars()
        .map(value)
        .zip(weights)
        .map(|(v, w)| v * w)
        .sum();
    let check = match 11 - sum % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        digit => digit.to_string(),
    };
    let code = format!("91110000{body}{check}");
    let place = |one: u8| {
        LETTERS
            .iter()
            .position(|letter| *letter == one)
            .unwrap_or_default()
    };
    let mut weight = 1;
    let mut sum = 0;
    for one in code.bytes() {
        sum += place(one) * weight;
        weight = weight * 3 % 31;
    }
    let check = LETTERS[(31 - sum % 31) % 31];
    format!("{code}{}", char::from(check))
}

fn registration(numbers: &[u32]) -> String {
    let rows = numbers.iter().map(|n| {
        format!(
            "北京明远{n}号软件有限公司,{},2001-02-03,软件开发\n",
            uscc(*n)
        )
    });
    format!("{HEAD}{}", rows.collect::<String>())
}

async fn decide(
    desk: &Desk,
    verdict: Verdict,
    a: u32,
    b: u32,
) -> exchange::error::Result<identity::Done> {
    let pair = (uscc(a), uscc(b));
    identity::decide(
        &desk.office,
        verdict,
        (&pair.0, &pair.1),
        &officer(),
        "同一住所",
    )
    .await
}

async fn undo(desk: &Desk, id: DecisionId) {
    identity::undo(&desk.office, id, &officer(), "有误")
        .await
        .expect("undone");
}

async fn report(desk: &Desk, n: u32) -> String {
    desk.report(&uscc(n), None).await.expect("a report")
}

#[tokio::test]
async fn a_merge_taken_back_leaves_every_report_as_it_was() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-03-01");
        desk.take("registration", "a.csv", registration(&[1, 2]))
            .await;
        let before = [report(&desk, 1).await, report(&desk, 2).await];
        desk.on("2026-05-01");
        let done = decide(&desk, Verdict::Same, 1, 2).await.expect("decided");
        assert_eq!(done.touched.len(), 2, "{}", desk.engine);
        let merged = report(&desk, 1).await;
        assert_eq!(merged, report(&desk, 2).await, "one subject, one report");
        assert!(merged.contains("明远1号") && merged.contains("明远2号"));
        // As known before the merge: each its own, today as ever.
        for (n, before) in [1, 2].into_iter().zip(&before) {
            let then = desk
                .report(&uscc(n), Some("2026-03-01"))
                .await
                .expect("a report");
            let old = |text: &str| {
                text.contains(&format!("明远{n}号")) && !text.contains(&format!("明远{}号", 3 - n))
            };
            assert!(old(&then) && old(before), "{}: {then}", desk.engine);
        }
        desk.on("2026-06-01");
        undo(&desk, done.id).await;
        desk.on("2026-03-01");
        assert_eq!(
            [report(&desk, 1).await, report(&desk, 2).await],
            before,
            "{}",
            desk.engine
        );
        // What was wrongly one for a month does not come back through a past day.
        desk.on("2026-07-01");
        let wrong = desk
            .report(&uscc(1), Some("2026-05-15"))
            .await
            .expect("a report");
        assert!(!wrong.contains("明远2号"), "{}", desk.engine);
        let twice = identity::undo(&desk.office, done.id, &officer(), "again").await;
        assert!(matches!(twice, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn a_past_day_is_the_report_of_that_day_byte_for_byte() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-03-01");
        desk.take("registration", "a.csv", registration(&[1, 2]))
            .await;
        desk.on("2026-05-01");
        let before = desk
            .report(&uscc(2), Some("2026-03-01"))
            .await
            .expect("a report");
        decide(&desk, Verdict::Same, 1, 2).await.expect("decided");
        let after = desk
            .report(&uscc(2), Some("2026-03-01"))
            .await
            .expect("a report");
        assert_eq!(before, after, "{}", desk.engine);
    }
}

#[tokio::test]
async fn whoever_decides_says_why_and_what_stands_against_it_is_named() {
    for desk in desks(&catalog(&[])).await {
        desk.take("registration", "a.csv", registration(&[1, 2, 3]))
            .await;
        let none = identity::decide(
            &desk.office,
            Verdict::Same,
            (&uscc(1), &uscc(2)),
            &officer(),
            "  ",
        )
        .await;
        assert!(matches!(none, Err(Error::Request(_))));
        let itself = decide(&desk, Verdict::Same, 1, 1).await;
        assert!(matches!(itself, Err(Error::Request(_))));
        let nobody = decide(&desk, Verdict::Same, 1, 999).await;
        assert!(matches!(nobody, Err(Error::NotFound)));
        let first = decide(&desk, Verdict::Same, 1, 2).await.expect("decided");
        let second = decide(&desk, Verdict::Same, 2, 3).await.expect("decided");
        let third = decide(&desk, Verdict::Different, 1, 3)
            .await
            .expect_err("they are one");
        let text = third.message(credit::lang::Lang::En);
        assert!(
            text.contains(&first.id.to_string()) && text.contains(&second.id.to_string()),
            "{text}"
        );
        let list = identity::decisions(&desk.office, None)
            .await
            .expect("a page");
        assert_eq!(list.rows.len(), 2, "what was refused is not written");
        assert_eq!(list.rows[0].reason, "同一住所");
        assert!(list.rows[0].officer.contains("甲某"));
    }
}

#[tokio::test]
async fn a_registration_asks_about_a_name_that_was_met_before_it() {
    for desk in desks(&catalog(&[])).await {
        let honour = format!(
            "{HONOUR}北京明远1号软件有限公司,,守合同重信用,Z-1,2026-01-05,某市市场监督管理局\n"
        );
        let taken = desk.take("honour", "h.csv", honour).await;
        assert_eq!(taken.counts.accepted, 1, "a subject by name of its own");
        assert!(
            questions::open(&desk.office, None)
                .await
                .expect("a page")
                .rows
                .is_empty()
        );
        desk.take("registration", "a.csv", registration(&[1])).await;
        let open = questions::open(&desk.office, None).await.expect("a page");
        assert_eq!(open.rows.len(), 1, "{}", desk.engine);
        let asked = open.rows[0].clone();
        assert_eq!(
            (asked.reason.as_str(), asked.candidates.len()),
            ("registered-later", 1)
        );
        // Not yet decided: nothing attaches by name alone.
        assert!(!report(&desk, 1).await.contains("守合同重信用"));
        let more = format!(
            "{HONOUR}北京明远1号软件有限公司,,守合同重信用,Z-2,2026-02-05,某市市场监督管理局\n"
        );
        assert_eq!(
            desk.take("honour", "i.csv", more).await.counts.held,
            0,
            "what was settled goes on"
        );
        desk.take(
            "registration",
            "b.csv",
            registration(&[1]).replace("软件开发", "食品销售"),
        )
        .await;
        let open = questions::open(&desk.office, None).await.expect("a page");
        assert_eq!(open.rows.len(), 1, "asked once");
        let candidate = asked.candidates[0].subject;
        let done = questions::answer(
            &desk.office,
            asked.mention,
            Answer::Same(candidate),
            &officer(),
            "证书住所一致",
        )
        .await;
        let done = done.expect("answered");
        let joined = report(&desk, 1).await;
        assert!(joined.contains("Z-1") && joined.contains("Z-2"), "{joined}");
        undo(&desk, done.id).await;
        assert!(!report(&desk, 1).await.contains("Z-1"), "{}", desk.engine);
        let again = questions::open(&desk.office, None).await.expect("a page");
        assert_eq!(again.rows.len(), 1, "the question is open again");
        let other = questions::answer(
            &desk.office,
            asked.mention,
            Answer::NotSame,
            &officer(),
            "另一家",
        )
        .await;
        other.expect("answered otherwise");
        desk.take(
            "registration",
            "c.csv",
            registration(&[1]).replace("软件开发", "餐饮"),
        )
        .await;
        assert!(
            questions::open(&desk.office, None)
                .await
                .expect("a page")
                .rows
                .is_empty(),
            "decided"
        );
    }
}

#[tokio::test]
async fn a_fact_against_a_decision_opens_a_question_and_moves_nothing() {
    let head = "企业名称,统一社会信用代码,工商注册号,注册日期,经营范围\n";
    for desk in desks(&catalog(&[])).await {
        desk.take("registration", "a.csv", registration(&[1, 2]))
            .await;
        let number = "110108000000016";
        let old = format!("{head}北京旧号贸易有限公司,,{number},2001-02-03,贸易\n");
        let taken = desk.take("registration", "old.csv", old).await;
        if taken.counts.accepted == 0 {
            println!(
                "skipped: the registration theme takes no old number alone: {:?}",
                taken.counts
            );
            continue;
        }
        identity::decide(
            &desk.office,
            Verdict::Different,
            (&uscc(1), number),
            &officer(),
            "两家",
        )
        .await
        .expect("decided");
        let before = report(&desk, 1).await;
        let both = format!(
            "{head}北京明远1号软件有限公司,{},{number},2001-02-03,软件开发\n",
            uscc(1)
        );
        desk.take("registration", "both.csv", both).await;
        let open = questions::open(&desk.office, None).await.expect("a page");
        assert_eq!(open.rows.len(), 1, "{}", desk.engine);
        assert_eq!(open.rows[0].reason, "holders-disagree");
        let left = identity::mention(&desk.office, &uscc(1))
            .await
            .expect("known");
        let right = identity::mention(&desk.office, number)
            .await
            .expect("known");
        let roots = [
            desk.office.store.subject_root(left).await.expect("a root"),
            desk.office.store.subject_root(right).await.expect("a root"),
        ];
        assert_ne!(roots[0], roots[1], "people decided: it stays");
        assert!(!before.contains("北京旧号"));
        // Answered: the same fact again is not asked about again.
        let asked = &open.rows[0];
        questions::answer(
            &desk.office,
            asked.mention,
            Answer::NotSame,
            &officer(),
            "仍是两家",
        )
        .await
        .expect("answered");
        let again = format!(
            "{head}北京明远1号软件有限公司,{},{number},2001-02-03,餐饮\n",
            uscc(1)
        );
        desk.take("registration", "again.csv", again).await;
        let still = questions::open(&desk.office, None).await.expect("a page");
        assert!(still.rows.is_empty(), "{}: {still:?}", desk.engine);
        // Decided the same, and then another unified code comes with the old number.
        identity::decide(
            &desk.office,
            Verdict::Same,
            (&uscc(2), number),
            &officer(),
            "换照",
        )
        .await
        .expect("decided");
        let third = format!(
            "{head}北京明远3号软件有限公司,{},{number},2001-02-03,软件开发\n",
            uscc(3)
        );
        desk.take("registration", "third.csv", third).await;
        let open = questions::queue(&desk.office, &QueueAsk::default())
            .await
            .expect("a page");
        assert!(
            open.rows.iter().any(|one| one.reason == "stronger-differs"),
            "{}: {open:?}",
            desk.engine
        );
        let third = identity::mention(&desk.office, &uscc(3))
            .await
            .expect("known");
        assert_eq!(
            desk.office.store.subject_root(third).await.expect("a root"),
            third
        );
    }
}

#[tokio::test]
async fn any_sequence_of_moves_gives_the_reports_of_what_is_in_force() {
    const COUNT: u32 = 5;
    for desk in desks(&catalog(&[])).await {
        desk.take("registration", "a.csv", registration(&[1, 2, 3, 4, 5]))
            .await;
        let mut in_force: BTreeMap<DecisionId, (Verdict, u32, u32)> = BTreeMap::new();
        let mut reports: BTreeMap<BTreeSet<u32>, String> = BTreeMap::new();
        let mut dice = 20_261_122_u64;
        let mut roll = move |sides: u64| {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for step in 0..40 {
            if roll(3) == 0 && !in_force.is_empty() {
                let nth = usize::try_from(roll(in_force.len() as u64)).unwrap_or(0);
                let id = *in_force.keys().nth(nth).expect("one");
                in_force.remove(&id);
                undo(&desk, id).await;
            } else {
                let draw = |sides: u64| u32::try_from(sides).unwrap_or(0) + 1;
                let (a, b) = (draw(roll(5)), draw(roll(5)));
                let verdict = if roll(3) == 0 {
                    Verdict::Different
                } else {
                    Verdict::Same
                };
                match decide(&desk, verdict, a, b).await {
                    Ok(done) => {
                        in_force.insert(done.id, (verdict, a, b));
                    }
                    Err(Error::Request(_)) => {}
                    Err(error) => panic!("{error:?}"),
                }
            }
            for set in model(&in_force, COUNT) {
                for n in &set {
                    let now = report(&desk, *n).await;
                    let known = reports.entry(set.clone()).or_insert_with(|| now.clone());
                    assert_eq!(*known, now, "{} step {step}: {n} of {set:?}", desk.engine);
                    for m in 1..=COUNT {
                        assert_eq!(
                            now.contains(&format!("明远{m}号")),
                            set.contains(&m),
                            "{m} in {set:?}"
                        );
                    }
                }
            }
        }
        assert!(reports.len() > COUNT as usize, "subjects were joined");
    }
}

/// Naive: the transitive closure of what is the same.
fn model(in_force: &BTreeMap<DecisionId, (Verdict, u32, u32)>, count: u32) -> Vec<BTreeSet<u32>> {
    let mut label: Vec<u32> = (0..=count).collect();
    for (_, a, b) in in_force.values().filter(|one| one.0 == Verdict::Same) {
        let (from, to) = (label[*a as usize], label[*b as usize]);
        label
            .iter_mut()
            .filter(|one| **one == from)
            .for_each(|one| *one = to);
    }
    let mut sets: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for n in 1..=count {
        sets.entry(label[n as usize]).or_default().insert(n);
    }
    sets.into_values().collect()
}

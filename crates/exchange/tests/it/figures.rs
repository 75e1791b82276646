//! What the site says it holds is what went in, on both engines: kept up by slices, corrections,
//! joined mentions and moves that people decide.

use crate::desk::{Desk, catalog, desks};
use crate::identity::uscc;
use exchange::browse::{self, Figures};
use exchange::identity::{self, Verdict};
use exchange::office::date_of;
use policy::Officer;

const HEAD: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n";

fn rows(numbers: std::ops::Range<u32>, scope: &str) -> String {
    let row = |n| format!("北京明远{n}号软件有限公司,{},2001-02-03,{scope}\n", uscc(n));
    format!("{HEAD}{}", numbers.map(row).collect::<String>())
}

async fn held(desk: &Desk) -> (u64, u64) {
    let Figures {
        subjects, records, ..
    } = browse::figures(&desk.office).await.expect("figures");
    (subjects, records)
}

#[tokio::test]
async fn an_empty_site_holds_nothing() {
    for desk in desks(&catalog(&[])).await {
        let figures = browse::figures(&desk.office).await.expect("figures");
        assert_eq!(figures, Figures::default(), "{}", desk.engine);
    }
}

#[tokio::test]
async fn subjects_and_records_are_counted_once() {
    for desk in desks(&catalog(&[])).await {
        let engine = desk.engine;
        desk.on("2026-03-01");
        // Three slices, the last of them short; a repeat within and one wrong row.
        let mut file = rows(0..2_100, "软件开发");
        file.push_str(&rows(0..1, "软件开发")[HEAD.len()..]);
        file.push_str("坏码有限公司,91110000MA00000153,2001-02-03,贸易\n");
        desk.take("registration", "a.csv", file).await;
        assert_eq!(held(&desk).await, (2_100, 2_100), "{engine}");
        // The same rows and corrections of them are no new records; a new firm is one.
        desk.on("2026-03-02");
        desk.take("registration", "b.csv", rows(0..50, "软件开发"))
            .await;
        desk.take("registration", "c.csv", rows(40..60, "软件销售"))
            .await;
        desk.take("registration", "d.csv", rows(2_100..2_101, "贸易"))
            .await;
        assert_eq!(held(&desk).await, (2_101, 2_101), "{engine}");
        // A second theme's fact on a known firm, under its code and under the code inside it.
        let honour = "企业名,统一社会信用代码,守信信息名称,证书号,发证日期,颁证单位\n";
        let row = |code: &str, number: u32| {
            format!(
                "北京明远3号软件有限公司,{code},守合同重信用企业,证{number}号,2026-01-05,某局\n"
            )
        };
        let taken = desk
            .take("honour", "h.csv", format!("{honour}{}", row(&uscc(3), 1)))
            .await;
        assert_eq!(taken.counts.accepted, 1, "{engine}");
        assert_eq!(held(&desk).await, (2_101, 2_102), "{engine}");
        // A file that changes nothing still is the newest that came in.
        desk.on("2026-03-09");
        desk.take("registration", "e.csv", rows(0..1, "软件开发"))
            .await;
        let newest = browse::figures(&desk.office).await.expect("figures").newest;
        assert_eq!(
            newest.map(date_of).map(|day| day.to_string()).as_deref(),
            Some("2026-03-09"),
            "{engine}"
        );
    }
}

#[tokio::test]
async fn a_merge_makes_one_subject_of_two_and_its_undoing_two_again() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-03-01");
        desk.take("registration", "a.csv", rows(1..4, "软件开发"))
            .await;
        let officer = Officer::parse("甲某", "信用中心").expect("an officer");
        let pair = |a, b| (uscc(a), uscc(b));
        let same = async |(a, b): (String, String)| {
            identity::decide(&desk.office, Verdict::Same, (&a, &b), &officer, "同一住所")
                .await
                .expect("decided")
        };
        let first = same(pair(1, 2)).await;
        assert_eq!(held(&desk).await, (2, 3), "{}", desk.engine);
        let second = same(pair(3, 2)).await;
        assert_eq!(held(&desk).await, (1, 3), "{}", desk.engine);
        // Taking the first back parts one of the three, in whichever order they lead.
        for (done, left) in [(first, 2), (second, 3)] {
            identity::undo(&desk.office, done.id, &officer, "有误")
                .await
                .expect("undone");
            assert_eq!(held(&desk).await, (left, 3), "{}", desk.engine);
        }
    }
}

#[tokio::test]
async fn after_a_bulk_load_the_engine_learns_how_the_data_lie() {
    use credit::limits::LARGE_FILE_ROWS;
    for desk in desks(&catalog(&[])).await {
        let learnt = || {
            let counts = desk.office.store.transactions();
            counts.get("analyze").copied().unwrap_or_default()
        };
        desk.on("2026-03-01");
        desk.take("registration", "few.csv", rows(0..50, "软件开发"))
            .await;
        assert_eq!(learnt().committed, 0, "{}", desk.engine);
        let many = u32::try_from(LARGE_FILE_ROWS).expect("a small number") + 50;
        desk.take("registration", "many.csv", rows(50..many, "软件开发"))
            .await;
        assert_eq!(learnt().committed, 1, "{}", desk.engine);
        // What is on file already is no load.
        desk.take("registration", "again.csv", rows(0..many, "软件开发"))
            .await;
        assert_eq!(learnt().committed, 1, "{}", desk.engine);
        assert_eq!(learnt().failed, 0, "{}", desk.engine);
    }
}

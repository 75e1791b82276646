//! Full snapshots: absence removes, too much absence waits, rejected rows count as present, older
//! days remove nothing.

use crate::desk::{Desk, catalog, desks};
use credit::catalog::Mode;
use exchange::Error;
use exchange::ingest::{File, Receipt};

const HEAD: &str =
    "企业名称,统一社会信用代码,列入决定文书号,列入日期,列入经营异常名录原因,作出决定机关（列入）\n";

/// A synthetic code of a running number, with its check character.
pub(crate) fn code(number: u32) -> String {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let body = format!("91990100MA{number:06}0");
    let sum: u32 = body
        .bytes()
        .enumerate()
        .map(|(ix, byte)| {
            let value = LETTERS
                .iter()
                .position(|letter| *letter == byte)
                .unwrap_or(0) as u32;
            let weight = (0..ix).fold(1_u32, |weight, _| weight * 3 % 31);
            value * weight
        })
        .sum();
    format!(
        "{body}{}",
        char::from(LETTERS[((31 - sum % 31) % 31) as usize])
    )
}

fn row(number: u32) -> String {
    format!(
        "云汀第{number}号贸易有限公司,{},云异列〔2026〕{number}号,2026-05-04,通过登记的住所无法取得联系,云汀市市场监督管理局\n",
        code(number)
    )
}

fn list(rows: impl Iterator<Item = u32>) -> String {
    rows.fold(HEAD.to_owned(), |text, number| text + &row(number))
}

async fn take(desk: &Desk, date: &str, text: String) -> Receipt {
    let file = File::bytes("abnormal.csv", text.into_bytes());
    desk.submit("abnormal", Some(Mode::Snapshot), Some(date), file)
        .await
        .expect("taken")
}

async fn is_listed(desk: &Desk, number: u32) -> bool {
    match desk.report(&code(number), None).await {
        Ok(report) => report.contains("云异列"),
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_little_absence_removes_and_the_row_may_come_back() {
    for desk in desks(&catalog(&[])).await {
        take(&desk, "2026-06-01", list(0..100)).await;
        let second = take(&desk, "2026-07-01", list(2..100)).await;
        assert_eq!(second.counts.removed, 2, "{}", desk.engine);
        assert!(second.waiting.is_none());
        assert!(!is_listed(&desk, 0).await && is_listed(&desk, 2).await);
        let third = take(&desk, "2026-08-01", list(0..100)).await;
        assert_eq!(
            (third.counts.accepted, third.counts.unchanged),
            (2, 98),
            "{}",
            desk.engine
        );
        assert!(is_listed(&desk, 0).await);
    }
}

#[tokio::test]
async fn much_absence_waits_for_a_second_officer() {
    for desk in desks(&catalog(&[])).await {
        take(&desk, "2026-06-01", list(0..100)).await;
        let second = take(&desk, "2026-07-01", list(3..100)).await;
        let waiting = second.waiting.expect("waits");
        assert_eq!(
            (waiting.earlier, waiting.absent),
            (100, 3),
            "{}",
            desk.engine
        );
        assert!(is_listed(&desk, 0).await, "nothing is removed before");
        let nobody = exchange::snapshots::confirm(&desk.office, &second.id, " ", "信用中心").await;
        assert!(matches!(nobody, Err(Error::Request(_))));
        let removed =
            exchange::snapshots::confirm(&desk.office, &second.id, "乙某", "信用中心").await;
        assert_eq!(removed.expect("confirmed"), 3);
        assert!(!is_listed(&desk, 0).await);
        let again =
            exchange::snapshots::confirm(&desk.office, &second.id, "乙某", "信用中心").await;
        assert!(matches!(again, Err(Error::NotFound)), "once only");
    }
}

#[tokio::test]
async fn a_rejected_row_counts_as_present() {
    for desk in desks(&catalog(&[])).await {
        take(&desk, "2026-06-01", list(0..100)).await;
        // Row 0 stands there with a fault that leaves its key readable: it is present.
        let faulty = list(0..100).replacen("通过登记的住所无法取得联系", "", 1);
        let second = take(&desk, "2026-07-01", faulty).await;
        assert_eq!(
            (second.counts.rejected, second.counts.removed),
            (1, 0),
            "{}",
            desk.engine
        );
        assert!(second.waiting.is_none());
        assert!(is_listed(&desk, 0).await);
        // With a broken code nobody can say which row it is: nothing is removed by itself.
        let unreadable = list(0..100).replacen(&code(0), "91990100MA000000X", 1);
        let third = take(&desk, "2026-08-01", unreadable).await;
        let waiting = third.waiting.expect("waits");
        assert_eq!(
            (waiting.absent, waiting.unreadable),
            (1, 1),
            "{}",
            desk.engine
        );
        assert!(is_listed(&desk, 0).await);
    }
}

#[tokio::test]
async fn an_older_day_removes_nothing() {
    for desk in desks(&catalog(&[])).await {
        take(&desk, "2026-07-01", list(0..100)).await;
        let older = take(&desk, "2026-06-01", list(0..99)).await;
        assert_eq!(older.counts.removed, 0, "{}", desk.engine);
        assert!(is_listed(&desk, 99).await, "{}", desk.engine);
    }
}

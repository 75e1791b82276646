//! What is owed by when, what counts as reported, and what was missed.

use crate::desk::{Desk, Quiet, catalog, desks};
use exchange::Error;
use exchange::due::{self, DueStanding, Kept, Owed};
use exchange::ingest::{self, File, Nil, Recall, Receipt, Request, Told, What};
use jiff::civil::{Date, date};
use std::sync::Arc;

/// Registrations of a firm, for the month's theme of contracts: its smallest sound row.
async fn send(desk: &Desk, theme: &str, day: &str, text: String) -> Receipt {
    let request = Request {
        theme: theme.into(),
        supplier: Some("samr".into()),
        mode: Some(credit::catalog::Mode::Delta),
        date: Some(day.parse().expect("a day")),
        file: File::bytes("r.csv", text.into_bytes()),
        told: Told::default(),
    };
    ingest::submit(&desk.office, request, Arc::new(Quiet))
        .await
        .expect("taken")
}

fn firm(name: &str) -> String {
    format!("企业名称,统一社会信用代码\n{name},91110000MA00000152\n")
}

async fn nil(desk: &Desk, day: Date) -> Result<Receipt, Error> {
    let nil = Nil {
        supplier: "samr".to_owned(),
        theme: "registration".to_owned(),
        period: (day, day),
        officer: "account:1".to_owned(),
    };
    ingest::nil(&desk.office, nil).await
}

fn standings(owed: &[Owed]) -> Vec<(Date, DueStanding)> {
    owed.iter()
        .map(|one| (one.period.from, one.standing))
        .collect()
}

#[tokio::test]
async fn a_day_is_reported_by_a_file_or_by_nothing_to_report() {
    for desk in desks(&catalog(&[])).await {
        // Wednesday 2026-06-10 on: registrations are due on the next working day.
        desk.on("2026-06-10");
        let from = date(2026, 6, 1);
        let all = async |to| {
            due::owed(&desk.office, "samr", from, to)
                .await
                .expect("owed")
        };
        assert!(
            all(date(2026, 6, 30)).await.is_empty(),
            "{}: nothing sent, nothing owed",
            desk.engine
        );
        send(&desk, "registration", "2026-06-10", firm("云汀甲有限公司")).await;
        desk.on("2026-06-15");
        use DueStanding::{Late, Missed, OnTime, Open};
        let (wed, thu, fri) = (date(2026, 6, 10), date(2026, 6, 11), date(2026, 6, 12));
        assert_eq!(
            standings(&all(date(2026, 6, 30)).await),
            [(wed, OnTime), (thu, Missed), (fri, Open)],
            "{}",
            desk.engine
        );
        let to_do = due::to_do(&desk.office, "samr").await.expect("a list");
        assert_eq!(standings(&to_do.owed), [(thu, Missed), (fri, Open)]);
        // Friday had nothing; Thursday's file comes late.
        let receipt = nil(&desk, fri).await.expect("taken");
        assert!(
            receipt.json.contains("\"kind\":\"nil\""),
            "{}",
            receipt.json
        );
        assert!(
            nil(&desk, fri).await.expect("again").repeated,
            "{}",
            desk.engine
        );
        let sent = send(&desk, "registration", "2026-06-11", firm("云汀乙有限公司")).await;
        assert_eq!(
            standings(&all(date(2026, 6, 30)).await),
            [(wed, OnTime), (thu, Late), (fri, OnTime)],
            "{}",
            desk.engine
        );
        let kept = due::kept(&desk.office, "samr", from, date(2026, 6, 30)).await;
        let expected = Kept {
            on_time: 2,
            late: 1,
            missed: 0,
        };
        assert_eq!(
            kept.expect("figures"),
            [("registration".to_owned(), expected)]
        );
        // What is taken back is not reported.
        let recall = Recall {
            what: What::Submission(sent.id),
            reason: "误报".to_owned(),
            officer: "account:1".to_owned(),
        };
        ingest::recall(&desk.office, recall)
            .await
            .expect("recalled");
        assert_eq!(
            standings(&all(date(2026, 6, 30)).await)[1],
            (thu, Missed),
            "{}",
            desk.engine
        );
    }
}

#[tokio::test]
async fn nothing_to_report_is_said_of_an_ended_and_empty_period_only() {
    for desk in desks(&catalog(&[])).await {
        desk.on("2026-06-10");
        send(&desk, "registration", "2026-06-10", firm("云汀甲有限公司")).await;
        desk.on("2026-06-12");
        for (day, why) in [
            (date(2026, 6, 10), "facts were sent"),
            (date(2026, 6, 12), "today has not ended"),
            (date(2026, 6, 13), "a Saturday is no period"),
        ] {
            let refused = nil(&desk, day).await;
            assert!(
                matches!(refused, Err(Error::Request(_))),
                "{}: {why}",
                desk.engine
            );
        }
        let stranger = Nil {
            supplier: "tax".to_owned(),
            theme: "registration".to_owned(),
            period: (date(2026, 6, 11), date(2026, 6, 11)),
            officer: "account:1".to_owned(),
        };
        assert!(
            ingest::nil(&desk.office, stranger).await.is_err(),
            "not its theme"
        );
        assert!(
            nil(&desk, date(2026, 6, 11)).await.is_ok(),
            "{}",
            desk.engine
        );
    }
}

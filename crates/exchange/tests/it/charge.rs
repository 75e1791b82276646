//! A supplier cannot write outside its themes, its area and its subjects, through whichever door: file,
//! form, correction, nil report, recall, and what a platform above returns.

use crate::desk::{Desk, Quiet, catalog, counts, desks};
use credit::catalog::{Catalog, Mode, Outside, SupplierLimit};
use credit::subject::SubjectKind;
use exchange::Error;
use exchange::corrections::{self, Corrected, Correction, Paper};
use exchange::ingest::{self, File, Nil, Receipt, Rehearsed, Request, Told};
use jiff::civil::{Date, date};
use std::sync::Arc;

const OWN: &str = "91110000MA00000152";
const ELSEWHERE: &str = "91330000MA00000029";

/// The catalogue in which the market authority has Beijing in its charge from a day on.
fn limited(outside: Outside, from: Date, kinds: &[SubjectKind]) -> Arc<Catalog> {
    let mut catalog = Arc::into_inner(catalog(&[])).expect("ours alone");
    for supplier in catalog
        .suppliers
        .iter_mut()
        .filter(|one| one.code == "samr")
    {
        supplier.limits.push(SupplierLimit {
            from,
            area: "11".to_owned(),
            outside,
            kinds: kinds.to_vec(),
        });
    }
    Arc::new(catalog)
}

fn rows() -> String {
    let elsewhere = checked(ELSEWHERE);
    format!("企业名称,统一社会信用代码\n云汀甲有限公司,{OWN}\n云汀乙有限公司,{elsewhere}\n")
}

/// The same code with the check character that fits.
fn checked(code: &str) -> String {
    let begin = &code[..17];
    let all = "0123456789ABCDEFGHJKLMNPQRTUWXY".chars();
    let found = all.map(|last| format!("{begin}{last}")).find(|code| {
        use credit::identifier::{Identifier, System};
        Identifier::parse(System::Uscc, code).is_ok()
    });
    found.expect("one of them fits")
}

fn request(date: &str, text: String) -> Request {
    Request {
        theme: "registration".into(),
        supplier: Some("samr".into()),
        mode: Some(Mode::Delta),
        date: Some(date.parse().expect("a day")),
        file: File::bytes("r.csv", text.into_bytes()),
        told: Told::default(),
    }
}

async fn send(desk: &Desk, date: &str) -> Receipt {
    ingest::submit(&desk.office, request(date, rows()), Arc::new(Quiet))
        .await
        .expect("taken")
}

async fn faults(desk: &Desk, receipt: &Receipt) -> Vec<String> {
    let page = exchange::supply::rejects(&desk.office, &receipt.id, None).await;
    page.expect("a page")
        .rows
        .into_iter()
        .map(|row| row.faults)
        .collect()
}

#[tokio::test]
async fn rows_outside_the_area_go_back_or_wait_from_the_day_on() {
    let from = date(2026, 3, 1);
    for desk in desks(&limited(Outside::Reject, from, &[])).await {
        desk.on("2026-05-06");
        assert_eq!(
            counts(&send(&desk, "2026-02-28").await)[0],
            2,
            "{}: before",
            desk.engine
        );
        let after = send(&desk, "2026-03-01").await;
        assert_eq!(after.counts.rejected, 1, "{}", desk.engine);
        assert!(
            faults(&desk, &after).await[0].contains("I31"),
            "{}",
            desk.engine
        );
        let alone = request(
            "2026-03-02",
            rows().replace(&format!("云汀甲有限公司,{OWN}\n"), ""),
        );
        let tried = ingest::rehearse(&desk.office, alone.clone())
            .await
            .expect("read");
        assert!(
            matches!(tried, Rehearsed::Rejected(row) if row.faults.contains("I31")),
            "by form"
        );
        let correction = Correction {
            request: alone,
            seen: None,
            reason: "更正".to_owned(),
            paper: Paper {
                kind: "更正决定书".to_owned(),
                number: "1".to_owned(),
                day: "2026-03-01".to_owned(),
                organ: "某局".to_owned(),
            },
        };
        let corrected = corrections::correct(&desk.office, correction)
            .await
            .expect("read");
        assert!(
            matches!(corrected, Corrected::Rejected(_)),
            "{}: by correction",
            desk.engine
        );
    }
    for desk in desks(&limited(Outside::Hold, from, &[])).await {
        desk.on("2026-05-06");
        let sent = send(&desk, "2026-03-01").await;
        assert_eq!(
            (sent.counts.accepted, sent.counts.held),
            (1, 1),
            "{}",
            desk.engine
        );
        let held = exchange::supply::holds(&desk.office, Some("samr"), None)
            .await
            .expect("a page");
        assert_eq!(held.rows[0].reason, "outside-area", "{}", desk.engine);
        let hidden = desk.report(&checked(ELSEWHERE), None).await;
        assert!(
            matches!(hidden, Err(Error::NotFound)),
            "{}: it is shown to nobody",
            desk.engine
        );
    }
}

#[tokio::test]
async fn a_supplier_keeps_to_its_kinds_of_subject_and_to_its_themes() {
    let limited = limited(
        Outside::Hold,
        date(2026, 1, 1),
        &[SubjectKind::SocialOrganisation],
    );
    for desk in desks(&limited).await {
        desk.on("2026-05-06");
        let sent = send(&desk, "2026-03-01").await;
        assert_eq!(sent.counts.rejected, 2, "{}", desk.engine);
        assert!(
            faults(&desk, &sent)
                .await
                .iter()
                .all(|fault| fault.contains("R01"))
        );
        for theme in ["tax-a", "judgment-debtor"] {
            let mut foreign = request("2026-03-01", rows());
            foreign.theme = theme.to_owned();
            let refused = ingest::submit(&desk.office, foreign.clone(), Arc::new(Quiet)).await;
            assert!(
                matches!(refused, Err(Error::Request(_))),
                "{}: {theme}",
                desk.engine
            );
            assert!(
                ingest::rehearse(&desk.office, foreign).await.is_err(),
                "{theme}"
            );
            let nil = Nil {
                supplier: "samr".to_owned(),
                theme: theme.to_owned(),
                period: (date(2026, 3, 1), date(2026, 3, 31)),
                officer: "account:1".to_owned(),
            };
            assert!(ingest::nil(&desk.office, nil).await.is_err(), "{theme}");
        }
    }
}

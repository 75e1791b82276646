//! Invariant 14: every change and every look is an entry of the log, and a look around the platform shows.

use crate::desk::{catalog, desks};
use exchange::journal::{Journal, LogKey, Wrong, audit};
use exchange::report::{Ask, issue, own, window};

const CODE: &str = "91110000MA00000152";
const ROWS: &str = "企业名称,统一社会信用代码,注册日期,经营范围\n\
    北京明远软件有限公司,91110000MA00000152,2001-02-03,软件开发\n";

#[tokio::test]
async fn invariant_14_every_change_and_every_look_is_an_entry() {
    for desk in desks(&catalog(&[])).await {
        let office = &desk.office;
        let log = seal::Signer::from_seed([21; 32]);
        let journal = Journal::open(office, None, LogKey::Here(log), Vec::new());
        let journal = journal.await.expect("a journal");
        let entries = |before: u64| {
            let journal = journal.clone();
            async move {
                journal.run().await.expect("written");
                let head = office.store.journal_head().await.expect("read");
                head.map_or(0, |head| head.size) - before
            }
        };
        desk.take("registration", "a.csv", ROWS).await;
        let mut size = entries(0).await;
        assert_eq!(size, 2, "{}: a slice and a receipt", desk.engine);
        // A public look is nobody's business; an own report is a look; an issue is an entry, once.
        desk.report(CODE, None).await.expect("a report");
        assert_eq!(entries(size).await, 0);
        let named = || window("甲某", "信用中心", "2026-1").expect("named");
        let (officer, case) = named();
        own(office, CODE, officer, case, &Ask::default())
            .await
            .expect("a report");
        assert_eq!(entries(size).await, 1, "{}", desk.engine);
        size += 1;
        for _ in 0..2 {
            issue::public(office, CODE, &Ask::default())
                .await
                .expect("issued");
        }
        assert_eq!(entries(size).await, 1, "{}", desk.engine);
        let (officer, case) = named();
        issue::own(office, CODE, officer, case, &Ask::default())
            .await
            .expect("issued");
        assert_eq!(
            entries(size + 1).await,
            2,
            "{}: a look and an issue",
            desk.engine
        );
        let found = audit(&office.store).await.expect("an audit");
        assert_eq!(found.wrong, 0, "{}: {:?}", desk.engine, found.findings);
        // Whoever has the database cannot hide a look, invent an issue, or change what was issued.
        desk.around("DELETE FROM access WHERE permit_id IN (SELECT permit_id FROM access ORDER BY permit_id LIMIT 1)");
        let found = audit(&office.store).await.expect("an audit");
        let wrongs: Vec<Wrong> = found.findings.iter().map(|finding| finding.wrong).collect();
        assert_eq!(wrongs, [Wrong::RowGone], "{}", desk.engine);
    }
}

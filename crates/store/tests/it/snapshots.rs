//! Snapshots: what is absent is counted, removed, and may be listed again.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use credit::record::Change;
use policy::Officer;
use store::{Absent, Finish};

fn facts(keys: std::ops::Range<u32>) -> Vec<Fact> {
    keys.map(|n| Fact::new(n, n, "a")).collect()
}

both! {
    async fn absent_is_removed_and_may_be_listed_again(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Snapshot, day(1)), &facts(0..10), 1).await?;
        let second = submission(2, Mode::Snapshot, day(2));
        store.submission_begin(&second).await?;
        slice(&store, &second, 0, &facts(2..12), 2).await?;
        let absent = store.snapshot_absent(&second.id).await?;
        assert_eq!(absent, Absent { earlier: 10, absent: 2 });
        assert_eq!(store.snapshot_remove(&second.id, at(3), [1; 16]).await?, 2);
        assert_eq!(store.snapshot_remove(&second.id, at(4), [1; 16]).await?, 0, "once");
        assert_eq!(versions(stores, &store, 0).await?, [(1, Change::Stated), (2, Change::Removed)]);
        assert_eq!(versions(stores, &store, 5).await?, [(1, Change::Stated)]);
        send(&store, &submission(3, Mode::Snapshot, day(3)), &facts(0..12), 5).await?;
        let listed = [(1, Change::Stated), (2, Change::Removed), (3, Change::Stated)];
        assert_eq!(versions(stores, &store, 0).await?, listed);
        let third = submission(3, Mode::Snapshot, day(3));
        assert_eq!(store.snapshot_absent(&third.id).await?, Absent { earlier: 10, absent: 0 });
    }

    async fn an_older_snapshot_removes_nothing_newer(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Snapshot, day(5)), &facts(0..10), 1).await?;
        let older = submission(2, Mode::Snapshot, day(1));
        store.submission_begin(&older).await?;
        slice(&store, &older, 0, &facts(0..2), 2).await?;
        assert_eq!(store.snapshot_absent(&older.id).await?.absent, 0);
        assert_eq!(store.snapshot_remove(&older.id, at(3), [1; 16]).await?, 0);
    }

    async fn a_touched_record_counts_as_present(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Snapshot, day(1)), &facts(0..3), 1).await?;
        let second = submission(2, Mode::Snapshot, day(2));
        store.submission_begin(&second).await?;
        store.slice_apply(&second.id, 0, &[], at(2), &mut |_| store::SlicePlan {
            touched: vec![record(0)],
            rejects: vec![reject(1), reject(2), reject(3)],
            ..store::SlicePlan::default()
        }).await?;
        assert_eq!(store.snapshot_absent(&second.id).await?, Absent { earlier: 3, absent: 2 });
        let page = store.rejects(&second.id, None, 2).await?;
        let rest = store.rejects(&second.id, page.next.as_deref(), 2).await?;
        let rows: Vec<u64> = page.rows.iter().chain(&rest.rows).map(|one| one.row).collect();
        assert_eq!(rows, [1, 2, 3]);
        assert_eq!(rest.next, None);
    }

    async fn a_great_absence_waits_for_a_second_officer(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Snapshot, day(1)), &facts(0..2500), 1).await?;
        let second = submission(2, Mode::Snapshot, day(2));
        store.submission_begin(&second).await?;
        let applied = slice(&store, &second, 0, &facts(0..10), 2).await?;
        store.submission_finish(&second.id, &Finish { waiting: true, ..finish(applied.counts) }).await?;
        let waiting = store.snapshots_waiting().await?;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].absent, Absent { earlier: 2500, absent: 2490 });
        let officer = Officer::parse("乙某", "信用中心").expect("an officer");
        assert_eq!(store.snapshot_remove(&second.id, at(3), [1; 16]).await?, 2490);
        store.snapshot_confirm(&second.id, &officer, at(4)).await?;
        assert!(store.snapshots_waiting().await?.is_empty());
        assert!(store.snapshot_confirm(&second.id, &officer, at(5)).await.is_err());
        let stored = store.submission(&second.id).await?.expect("stored");
        assert_eq!(stored.counts.removed, 2490);
        let page = store.submissions(Some("market-regulator"), None, 1).await?;
        assert_eq!(page.rows[0].number, 2);
        let page = store.submissions(None, page.next.as_deref(), 1).await?;
        assert_eq!((page.rows[0].number, page.next), (1, None));
        let quality = store.supplier_quality("market-regulator", day(1), day(9)).await?;
        assert_eq!((quality[0].submissions, quality[0].counts.removed), (2, 2490));
    }
}

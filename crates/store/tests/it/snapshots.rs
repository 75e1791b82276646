//! Snapshots: what is absent is counted, removed, and may be listed again.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use credit::record::Change;
use policy::Officer;
use store::{Absent, Error, Finish, Mended, NewSubmission, SubmissionState};

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
        assert_eq!(store.snapshot_remove(&second.id, None, at(3), [1; 16]).await?, 2);
        assert_eq!(store.snapshot_remove(&second.id, None, at(4), [1; 16]).await?, 0, "once");
        store.submission_finish(&second.id, &finish(store::Counts::default())).await?;
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
        assert_eq!(store.snapshot_remove(&older.id, None, at(3), [1; 16]).await?, 0);
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
        let second = NewSubmission {
            sent_by: Some("甲某".to_owned()),
            ..submission(2, Mode::Snapshot, day(2))
        };
        store.submission_begin(&second).await?;
        let applied = slice(&store, &second, 0, &facts(0..10), 2).await?;
        store.submission_finish(&second.id, &Finish { waiting: true, ..finish(applied.counts) }).await?;
        let waiting = store.snapshots_waiting().await?;
        assert_eq!(waiting.len(), 1);
        assert_eq!(waiting[0].absent, Absent { earlier: 2500, absent: 2490 });
        let officer = Officer::parse("乙某", "信用中心").expect("an officer");
        let early = store.snapshot_remove(&second.id, None, at(3), [1; 16]).await;
        assert!(matches!(early, Err(Error::Conflict(_))), "nobody confirmed yet");
        let early = store.snapshot_close(&second.id, at(3)).await;
        assert!(matches!(early, Err(Error::NotFound(_))));
        // Another process asks for the sender's confirmation: the store knows who sent it.
        for sender in ["甲某", " 甲 某 "] {
            let sender = Officer::parse(sender, "另一单位").expect("an officer");
            let refused = stores.open().await?.snapshot_confirm(&second.id, &sender, at(3)).await;
            assert!(matches!(refused, Err(Error::SameOfficer)));
        }
        store.snapshot_confirm(&second.id, &officer, at(4)).await?;
        // Broken off here, it goes on with whoever confirms next.
        let third = Officer::parse("丙某", "信用中心").expect("an officer");
        store.snapshot_confirm(&second.id, &third, at(4)).await?;
        assert_eq!(store.snapshot_remove(&second.id, None, at(4), [1; 16]).await?, 2490);
        assert_eq!(store.snapshot_close(&second.id, at(4)).await?, 2490);
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
    async fn one_full_list_of_a_source_at_a_time(stores: &Stores) {
        let (store, other) = (stores.open().await?, stores.open().await?);
        let (first, second) = (submission(1, Mode::Snapshot, day(1)), submission(2, Mode::Snapshot, day(1)));
        let change = submission(3, Mode::Delta, day(1));
        other.submission_begin(&change).await?;
        store.submission_begin(&first).await?;
        slice(&store, &first, 0, &facts(0..3), 1).await?;
        let refused = other.submission_begin(&second).await;
        assert!(matches!(refused, Err(Error::SourceTaken)), "a second list waits");
        assert!(other.submission(&second.id).await?.is_none(), "and left nothing");
        let refused = slice(&other, &change, 0, &facts(5..6), 2).await;
        assert!(matches!(refused, Err(Error::SourceTaken)), "and so do changes, even begun before");
        // The same list goes on from another process; another source is free.
        assert_eq!(other.submission_begin(&first).await?, SubmissionState::Resumed { slices: 1 });
        let elsewhere = NewSubmission { supplier: "another".to_owned(), ..submission(4, Mode::Snapshot, day(1)) };
        other.submission_begin(&elsewhere).await?;
        store.submission_finish(&first.id, &finish(store::Counts::default())).await?;
        slice(&other, &change, 0, &facts(5..6), 2).await?;
        other.submission_begin(&second).await?;
        // One that was broken off lets others in after five minutes, and is let in itself no more.
        let late = credit::record::Instant(at(0).0 + 301_000_000);
        let third = NewSubmission { received_at: late, ..submission(5, Mode::Snapshot, day(1)) };
        other.submission_begin(&third).await?;
        let stale = slice(&store, &second, 0, &facts(0..3), 301_000_001).await;
        assert!(matches!(stale, Err(Error::SourceTaken)));
        let stale = store.snapshot_remove(&second.id, None, late, [1; 16]).await;
        assert!(matches!(stale, Err(Error::SourceTaken)));
    }

    async fn what_later_submissions_saw_is_not_absent(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Snapshot, day(1)), &facts(0..10), 1).await?;
        let list = submission(2, Mode::Snapshot, day(2));
        store.submission_begin(&list).await?;
        let applied = slice(&store, &list, 0, &facts(0..4), 2).await?;
        store.submission_finish(&list.id, &Finish { waiting: true, ..finish(applied.counts) }).await?;
        assert_eq!(store.snapshot_absent(&list.id).await?.absent, 6);
        // Changes of the same day say that two of the absent are in force, and touch a present one.
        send(&store, &submission(3, Mode::Delta, day(2)), &facts(3..6), 3).await?;
        assert_eq!(store.snapshot_absent(&list.id).await?.absent, 4);
    }

    async fn a_mended_row_is_noted_once_and_again(stores: &Stores) {
        let store = stores.open().await?;
        let first = submission(1, Mode::Delta, day(1));
        store.submission_begin(&first).await?;
        store.slice_apply(&first.id, 0, &[], at(1), &mut |_| store::SlicePlan {
            rejects: (1..=4).map(|row| store::NewReject {
                record: (row < 3).then(|| record(row as u32)),
                ..reject(row)
            }).collect(),
            ..store::SlicePlan::default()
        }).await?;
        store.submission_finish(&first.id, &finish(store::Counts::default())).await?;
        // Row 1 is good in a later file, row 2 wrong once more, row 3 was mended in place.
        let second = submission(2, Mode::Delta, day(1));
        store.submission_begin(&second).await?;
        slice(&store, &second, 0, &facts(1..2), 2).await?;
        store.slice_apply(&second.id, 1, &[], at(2), &mut |_| store::SlicePlan {
            rejects: vec![store::NewReject { record: Some(record(2)), ..reject(9) }],
            touched: vec![record(2)],
            ..store::SlicePlan::default()
        }).await?;
        assert_eq!(store.reject_mended(&first.id, 3, &second.id).await?, Mended::First);
        assert_eq!(store.reject_mended(&first.id, 3, &second.id).await?, Mended::First, "a retry");
        let third = submission(3, Mode::Delta, day(1));
        send(&store, &third, &facts(1..2), 3).await?;
        assert_eq!(store.reject_mended(&first.id, 3, &third.id).await?, Mended::Again);
        assert_eq!(store.reject_mended(&first.id, 1, &third.id).await?, Mended::Again);
        assert!(store.reject_mended(&first.id, 99, &third.id).await.is_err());
        let rows = store.rejects(&first.id, None, 9).await?.rows;
        let seen: Vec<_> = rows.iter().map(|row| (row.row, row.mended_in, row.mended_times)).collect();
        let by = Some(second.id);
        assert_eq!(seen, [(1, by, 2), (2, None, 0), (3, by, 2), (4, None, 0)]);
    }
}

//! Slices: applied once, resumed, raced, moved, repeated.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use credit::record::Change;
use policy::Permit;
use store::{Engine, Error, SubmissionState};

both! {
    async fn a_slice_is_applied_once(stores: &Stores) {
        let store = stores.open().await?;
        let new = submission(1, Mode::Delta, day(1));
        assert_eq!(store.submission_begin(&new).await?, SubmissionState::New);
        let facts: Vec<Fact> = (0..50).map(|n| Fact::new(n, n, "a")).collect();
        let first = slice(&store, &new, 0, &facts, 1).await?;
        assert!(!first.repeated);
        assert_eq!(first.counts.accepted, 50);
        let again = slice(&store, &new, 0, &facts, 2).await?;
        assert!(again.repeated);
        assert_eq!(again.counts, first.counts);
        assert_eq!(store.submission_begin(&new).await?, SubmissionState::Resumed { slices: 1 });
        store.submission_finish(&new.id, &finish(first.counts)).await?;
        assert!(matches!(store.submission_begin(&new).await?, SubmissionState::Done { .. }));
        let found = store.subject_find(&code(7)).await?;
        assert_eq!(found, Some(mention_of(7)));
        assert!(store.subject_facts(&Permit::public(mention_of(7)), at(3)).await?.is_some());
        assert!(store.subject_facts(&Permit::public(mention_of(99)), at(3)).await?.is_none());
    }

    async fn a_broken_off_submission_goes_on_where_it_stopped(stores: &Stores) {
        let new = submission(1, Mode::Delta, day(1));
        let slices: Vec<Vec<Fact>> = (0..3_u32)
            .map(|part| (0..20).map(|n| Fact::new(part * 20 + n, part * 20 + n, "a")).collect())
            .collect();
        {
            let store = stores.open().await?;
            store.submission_begin(&new).await?;
            slice(&store, &new, 0, &slices[0], 1).await?;
            slice(&store, &new, 1, &slices[1], 1).await?;
        }
        let store = stores.open().await?;
        let state = store.submission_begin(&new).await?;
        assert_eq!(state, SubmissionState::Resumed { slices: 2 });
        let mut total = 0;
        for (number, facts) in (0..).zip(&slices) {
            let applied = slice(&store, &new, number, facts, 2).await?;
            assert_eq!(applied.repeated, number < 2);
            total += applied.counts.accepted;
        }
        assert_eq!(total, 60);
        assert_eq!(versions(stores, &store, 59).await?.len(), 1);
    }

    async fn every_commit_moves_the_mark_and_reading_does_not(stores: &Stores) {
        let (store, other) = (stores.open().await?, stores.open().await?);
        let new = submission(1, Mode::Delta, day(1));
        let mut marks = vec![store.data_version().await?];
        store.submission_begin(&new).await?;
        marks.push(store.data_version().await?);
        for number in 0..4 {
            let by = if number % 2 == 0 { &store } else { &other };
            slice(by, &new, number, &[Fact::new(number, number, "a")], 1).await?;
            marks.push(store.data_version().await?);
        }
        for (place, mark) in marks.iter().enumerate() {
            assert!(!marks[..place].contains(mark), "commit {place} left the mark as it was");
        }
        if store.engine() == Engine::Sqlite {
            // On PostgreSQL other databases of the cluster move it too, which only costs.
            let mark = store.data_version().await?;
            store.subject_facts(&Permit::public(mention_of(1)), at(3)).await?;
            assert_eq!(store.data_version().await?, mark);
        }
    }

    async fn new_and_known_rows_share_a_slice_without_a_second_try(stores: &Stores) {
        let store = stores.open().await?;
        let known: Vec<Fact> = (0..20).map(|n| Fact::new(n, n, "a")).collect();
        send(&store, &submission(1, Mode::Delta, day(1)), &known, 1).await?;
        // New records of known subjects, new subjects with two records each, a known record.
        let mut facts: Vec<Fact> = (100..120).map(|n| Fact::new(n, n - 100, "b")).collect();
        facts.extend((200..210).map(|n| Fact::new(n, 50 + n % 5, "c")));
        facts.push(Fact::new(1, 1, "d"));
        let counts = send(&store, &submission(2, Mode::Delta, day(2)), &facts, 2).await?;
        assert_eq!(counts.accepted, 31);
        for (subject, count) in [(0, 2), (1, 3), (19, 2), (50, 2), (54, 2)] {
            assert_eq!(versions(stores, &store, subject).await?.len(), count, "{subject}");
        }
        let applied = store.transactions().get("slice_apply").copied().unwrap_or_default();
        assert_eq!((applied.committed, applied.retried), (2, 0));
    }

    async fn the_same_file_again_writes_no_version(stores: &Stores) {
        let store = stores.open().await?;
        let facts: Vec<Fact> = (0..30).map(|n| Fact::new(n, n, "a")).collect();
        send(&store, &submission(1, Mode::Delta, day(1)), &facts, 1).await?;
        let again = send(&store, &submission(2, Mode::Delta, day(2)), &facts, 2).await?;
        assert_eq!((again.accepted, again.unchanged), (0, 30));
        for n in 0..30 {
            assert_eq!(versions(stores, &store, n).await?.len(), 1);
        }
    }

    async fn an_older_statement_is_kept_and_does_not_come_back(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Delta, day(3)), &[Fact::new(1, 1, "newer")], 1).await?;
        send(&store, &submission(2, Mode::Delta, day(1)), &[Fact::new(1, 1, "older")], 2).await?;
        let again = send(&store, &submission(3, Mode::Delta, day(1)), &[Fact::new(1, 1, "older")], 3).await?;
        assert_eq!(again.unchanged, 1, "the older day already said this");
        send(&store, &submission(4, Mode::Delta, day(4)), &[Fact::new(1, 1, "newest")], 4).await?;
        let seen: Vec<(u32, Change)> = versions(stores, &store, 1).await?;
        assert_eq!(seen.iter().map(|one| one.0).collect::<Vec<_>>(), [1, 2, 3]);
    }

    async fn a_corrected_code_closes_the_record_there_and_opens_it_here(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Delta, day(1)), &[Fact::new(1, 10, "a")], 1).await?;
        let moved = Fact { code: Some(11), says: "b".to_owned(), ..Fact::new(1, 10, "a") };
        send(&store, &submission(2, Mode::Delta, day(2)), &[moved], 2).await?;
        assert_eq!(versions(stores, &store, 10).await?, [(1, Change::Stated), (2, Change::Moved)]);
        assert_eq!(versions(stores, &store, 11).await?, [(3, Change::Stated)]);
        // What was said before the move is still known after it: the chain is followed back.
        let old = Fact { code: Some(11), ..Fact::new(1, 10, "a") };
        let again = send(&store, &submission(3, Mode::Delta, day(1)), &[old], 3).await?;
        assert_eq!(again.unchanged, 1);
    }

    async fn two_processes_write_one_store(stores: &Stores) {
        let one = stores.open().await?;
        let other = stores.open().await?;
        for (store, number) in [(&one, 1), (&other, 2)] {
            store.submission_begin(&submission(number, Mode::Delta, day(1))).await?;
        }
        let work = |store, number: u32| async move {
            for slice_no in 0..10_u32 {
                // Subjects are shared, records are not; the last slice shares records too.
                let base = if slice_no == 9 { 5_000 } else { number * 1_000 + slice_no * 20 };
                let facts: Vec<Fact> = (0..20).map(|n| Fact::new(base + n, n, "a")).collect();
                slice(store, &submission(number, Mode::Delta, day(1)), slice_no, &facts, 1).await?;
            }
            store::Result::Ok(())
        };
        let (first, second) = tokio::join!(work(&one, 1), work(&other, 2));
        first?;
        second?;
        // 9 + 9 slices of own records and one shared: each subject has 19, none twice.
        let all = versions(stores, &one, 3).await?;
        assert_eq!(all.len(), 19);
        assert!(all.iter().all(|one| one.0 == 1));
    }

    async fn a_slice_without_its_submission_is_refused(stores: &Stores) {
        let store = stores.open().await?;
        let applied = slice(&store, &submission(1, Mode::Delta, day(1)), 0, &[], 1).await;
        assert!(matches!(applied, Err(Error::NotFound("submission"))));
        let engine = store.engine();
        assert!(matches!(engine, Engine::Sqlite | Engine::Postgres));
    }
}

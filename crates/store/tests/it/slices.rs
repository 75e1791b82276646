//! Slices: applied once, resumed, raced, moved, repeated.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use policy::Permit;
use store::SubmissionState;

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
}

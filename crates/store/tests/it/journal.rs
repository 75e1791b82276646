//! The journal: a tree over all events, whoever gives them their places and wherever that stops.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use credit::record::Instant;
use seal::tile::{self, Holds, Tile, Tiles};
use seal::{Digest, merkle};
use store::{JournalHead, NewEvent, Round, Store};

fn event(number: u64) -> NewEvent {
    NewEvent {
        id: format!("probe:{number}"),
        kind: "probe".to_owned(),
        at: at(1),
        content: seal::sha256(&number.to_be_bytes()),
    }
}

/// Every entry of the log, out of its bundles.
async fn entries(store: &Store, size: u64) -> store::Result<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for number in 0.. {
        let Some(tile) = Tile::of(Holds::Entries, number, size) else {
            break;
        };
        let body = store.journal_tile(&tile).await?.expect("a bundle");
        found.extend(
            tile::entries(&body)
                .unwrap()
                .into_iter()
                .map(<[u8]>::to_vec),
        );
    }
    Ok(found)
}

/// Whether entries, tiles, heads and proofs are one tree.
async fn check_tree(store: &Store, head: JournalHead) -> store::Result<()> {
    let entries = entries(store, head.size).await?;
    assert_eq!(entries.len() as u64, head.size);
    let leaves: Vec<Digest> = entries.iter().map(|entry| merkle::leaf(entry)).collect();
    assert_eq!(
        merkle::root(&leaves),
        head.root,
        "the head is the root of its entries"
    );
    for earlier in store.audit_heads(0).await? {
        let begins = leaves.get(..earlier.size as usize).expect("no head beyond");
        assert_eq!(merkle::root(begins), earlier.root, "head {}", earlier.size);
    }
    let order = store.audit_order(0).await?;
    for placed in order.iter().take(100) {
        let event = placed.event.as_ref().expect("its row");
        let salt = event.own_salt().or(placed.salt).expect("its salt");
        assert_eq!(entries[placed.index as usize], event.entry(&salt));
    }
    let tree = merkle::Tree::from_leaves(&leaves);
    for index in [0, head.size / 2, head.size - 1] {
        let mut tiles = Tiles::new(head.size);
        while let Err(missing) = tiles.inclusion(index) {
            assert!(!missing.is_empty());
            for tile in missing {
                let body = store.journal_tile(&tile).await?.expect("a tile");
                assert!(tiles.add(&tile, &body));
            }
        }
        assert_eq!(
            tiles.inclusion(index).ok(),
            tree.inclusion(index, head.size)
        );
    }
    Ok(())
}

both! {
    async fn a_log_grows_over_tiles_and_batches(stores: &Stores) {
        let store = stores.open().await?;
        let turn = store.journal_turn("one", at(1)).await?.expect("the turn");
        let (mut next, mut last) = (0, None);
        for batch in [1_u64, 254, 1, 1, 255, 300, 700, 66_000, 3] {
            let new: Vec<NewEvent> = (next..next + batch).map(event).collect();
            let round = store.journal_round(turn, at(2), &new, 10, &[batch as u8; 32]).await?;
            let Round::Done { from, head } = round else { panic!("{round:?}") };
            assert_eq!((from, head.size), (next, next + batch));
            next += batch;
            last = Some(head);
            if batch < 1_000 {
                check_tree(&store, head).await?;
            }
        }
        let head = last.expect("a head");
        assert_eq!(store.journal_head().await?, Some(head));
        // Another process goes on from what stands in the tables.
        let other = stores.open().await?;
        check_tree(&other, head).await?;
        let nothing = other.journal_round(turn, at(3), &[], 10, &[0; 32]).await?;
        assert_eq!(nothing, Round::Nothing);
    }

    async fn a_partial_tile_of_an_earlier_head_is_served_for_ever(stores: &Stores) {
        let store = stores.open().await?;
        let turn = store.journal_turn("one", at(1)).await?.expect("the turn");
        let new: Vec<NewEvent> = (0..100).map(event).collect();
        store.journal_round(turn, at(2), &new, 0, &[1; 32]).await?;
        let partial = [Holds::Entries, Holds::Hashes(0)].map(|holds| Tile::of(holds, 0, 100).unwrap());
        let before = [store.journal_tile(&partial[0]).await?, store.journal_tile(&partial[1]).await?];
        assert!(before.iter().all(Option::is_some));
        let new: Vec<NewEvent> = (100..600).map(event).collect();
        store.journal_round(turn, at(2), &new, 0, &[2; 32]).await?;
        let after = [store.journal_tile(&partial[0]).await?, store.journal_tile(&partial[1]).await?];
        assert_eq!(before, after);
        for absent in [
            Tile { holds: Holds::Hashes(0), number: 2, width: 256 },
            Tile { holds: Holds::Hashes(0), number: 3, width: 1 },
            Tile { holds: Holds::Hashes(1), number: 0, width: 3 },
            Tile { holds: Holds::Hashes(9), number: 0, width: 1 },
            Tile { holds: Holds::Entries, number: u64::MAX, width: 256 },
        ] {
            assert_eq!(store.journal_tile(&absent).await?, None, "{absent:?}");
        }
    }

    async fn one_process_at_a_time_gives_places(stores: &Stores) {
        let (one, other) = (stores.open().await?, stores.open().await?);
        let old = one.journal_turn("one", at(1)).await?.expect("the turn");
        assert!(other.journal_turn("other", at(2)).await?.is_none());
        let later = Instant(at(1).0 + 10_000_001);
        let new = other.journal_turn("other", later).await?.expect("an idle turn can be taken");
        let round = one.journal_round(old, later, &[event(1)], 10, &[1; 32]).await?;
        assert_eq!(round, Round::Elsewhere, "the stale holder is refused by its fence");
        let round = other.journal_round(new, later, &[event(2)], 10, &[1; 32]).await?;
        assert!(matches!(round, Round::Done { from: 0, head } if head.size == 1));
        assert_eq!(one.audit_order(0).await?.len(), 1, "nothing of the stale holder");
    }

    async fn what_waits_gets_its_place_once(stores: &Stores) {
        let store = stores.open().await?;
        send(&store, &submission(1, Mode::Delta, day(1)), &[Fact::new(1, 1, "a")], 1).await?;
        assert!(store.journal_waits().await?);
        assert!(sequence(&store, "one", at(1)).await?.is_some_and(|done| done > 0));
        assert!(!store.journal_waits().await?);
        assert_eq!(sequence(&store, "one", at(1)).await?, Some(0));
        let head = store.journal_head().await?.expect("a head");
        check_tree(&store, head).await?;
        assert_eq!(store.audit_strays().await?, Vec::<String>::new());
    }

    async fn an_erased_salt_leaves_the_log_valid(stores: &Stores) {
        let store = stores.open().await?;
        let turn = store.journal_turn("one", at(1)).await?.expect("the turn");
        let new: Vec<NewEvent> = (0..10).map(event).collect();
        store.journal_round(turn, at(2), &new, 0, &[1; 32]).await?;
        let head = store.journal_head().await?.expect("a head");
        let before = entries(&store, 10).await?;
        assert!(store.journal_placed("probe:4").await?.expect("its place").salt.is_some());
        assert!(store.journal_forget("probe:4").await?);
        assert!(!store.journal_forget("probe:4").await?, "it is gone");
        assert!(!store.journal_forget("probe:99").await?);
        let placed = store.journal_placed("probe:4").await?.expect("its place");
        assert_eq!((placed.index, placed.salt), (4, None));
        assert_eq!(entries(&store, 10).await?, before);
        assert_eq!(store.journal_head().await?, Some(head));
    }

    async fn salts_differ_and_signatures_stand_once(stores: &Stores) {
        let store = stores.open().await?;
        let turn = store.journal_turn("one", at(1)).await?.expect("the turn");
        let new: Vec<NewEvent> = (0..50).map(event).collect();
        store.journal_round(turn, at(2), &new, 0, &[1; 32]).await?;
        let order = store.audit_order(0).await?;
        let salts: std::collections::BTreeSet<_> = order.iter().map(|one| one.salt).collect();
        assert_eq!(salts.len(), 50);
        assert_eq!(store.journal_signed("log").await?, None);
        store.journal_sign(50, "log", "first", at(3)).await?;
        store.journal_sign(50, "log", "second", at(4)).await?;
        store.journal_sign(50, "w1", "witness", at(4)).await?;
        assert_eq!(store.journal_signatures(50).await?, ["first", "witness"]);
        let head = store.journal_head().await?;
        assert_eq!(store.journal_signed("log").await?, head);
        assert_eq!(store.journal_cosigned("log", 1).await?, head);
        assert_eq!(store.journal_cosigned("log", 2).await?, None);
        let named = store.journal_name("a", "key", at(1)).await?;
        assert_eq!(store.journal_name("b", "other", at(2)).await?, named, "a log keeps its name");
    }
}

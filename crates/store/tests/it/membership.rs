//! Decisions of people move mentions and no row: merged, split, taken back, against a model that
//! computes everything anew, on both engines.

use crate::both;
use crate::kit::*;
use credit::catalog::Mode;
use credit::subject::SubjectId;
use policy::Officer;
use std::collections::{BTreeMap, BTreeSet};
use store::{Arranged, By, Component, DecisionId, Moved, NewMembership, SliceKey, Store, Verdict};

/// Naive: people first, then links in order, by repeated relabelling.
pub(crate) fn arrange(component: &Component) -> Arranged {
    let mut label: BTreeMap<SubjectId, usize> = component
        .members
        .iter()
        .enumerate()
        .map(|(place, one)| (one.id, place))
        .collect();
    let unite = |label: &mut BTreeMap<SubjectId, usize>, a: &SubjectId, b: &SubjectId| {
        let (a, b) = (label[a], label[b]);
        for one in label.values_mut().filter(|one| **one == a.max(b)) {
            *one = a.min(b);
        }
    };
    for one in component
        .decided
        .iter()
        .filter(|one| one.verdict == Verdict::Same)
    {
        unite(&mut label, &one.left, &one.right);
    }
    let apart: Vec<_> = component
        .decided
        .iter()
        .filter(|one| one.verdict == Verdict::Different)
        .collect();
    let clash = |label: &BTreeMap<SubjectId, usize>| {
        apart
            .iter()
            .find(|one| label[&one.left] == label[&one.right])
            .map(|one| one.decision)
    };
    if let Some(decision) = clash(&label) {
        return Err(vec![decision]);
    }
    for (one, other) in &component.links {
        let before = label.clone();
        unite(&mut label, one, other);
        if clash(&label).is_some() {
            label = before;
        }
    }
    Ok(label
        .iter()
        .map(|(id, place)| (*id, component.members[*place].id))
        .collect())
}

fn officer() -> Officer {
    Officer::parse("甲某", "信用中心").expect("an officer")
}

async fn decide(store: &Store, n: u8, verdict: Verdict, a: u32, b: u32) -> store::Result<Moved> {
    let officer = officer();
    let by = By {
        officer: &officer,
        reason: "seen",
        at: at(i64::from(n) * 10),
    };
    let pair = [(mention_of(a), mention_of(b))];
    store
        .decide(DecisionId([n; 16]), verdict, &pair, &by, &mut arrange)
        .await
}

async fn undo(store: &Store, n: u8, tick: i64) -> store::Result<Moved> {
    let officer = officer();
    let by = By {
        officer: &officer,
        reason: "wrong",
        at: at(tick),
    };
    store
        .decision_undo(DecisionId([n; 16]), &by, &mut arrange)
        .await
}

/// Subjects as sets of their mentions.
async fn subjects(store: &Store, count: u32) -> store::Result<BTreeSet<BTreeSet<u32>>> {
    let mut sets: BTreeMap<SubjectId, BTreeSet<u32>> = BTreeMap::new();
    for n in 1..=count {
        let root = store.subject_root(mention_of(n)).await?;
        assert_eq!(store.subject_root(root).await?, root, "a root is its own");
        assert_eq!(store.subject_find(&code(n)).await?, Some(root));
        let public = store.subject_public(&code(n)).await?;
        assert_eq!(public.map(|(permit, _)| permit.subject()), Some(root));
        sets.entry(root).or_default().insert(n);
    }
    Ok(sets.into_values().collect())
}

fn sets(given: &[&[u32]]) -> BTreeSet<BTreeSet<u32>> {
    given
        .iter()
        .map(|one| one.iter().copied().collect())
        .collect()
}

both! {
    async fn merging_and_splitting_move_no_row(stores: &Stores) {
        let store = stores.open().await?;
        let facts: Vec<Fact> = (1..=3).map(|n| Fact::new(n, n, "a")).collect();
        send(&store, &submission(1, Mode::Delta, day(1)), &facts, 1).await?;
        decide(&store, 1, Verdict::Same, 1, 2).await?;
        decide(&store, 2, Verdict::Same, 2, 3).await?;
        assert_eq!(subjects(&store, 3).await?, sets(&[&[1, 2, 3]]));
        let lead = store.subject_root(mention_of(1)).await?;
        let lead = (1..=3).find(|n| mention_of(*n) == lead).expect("one of the three");
        assert_eq!(versions(stores, &store, lead).await?.len(), 3);
        let refused = decide(&store, 3, Verdict::Different, 1, 3).await?;
        assert!(matches!(refused, Moved::Refused(_)), "two decisions say that they are one");
        assert!(store.decision(DecisionId([3; 16])).await?.is_none(), "nothing is written");
        undo(&store, 1, 40).await?;
        assert_eq!(subjects(&store, 3).await?, sets(&[&[1], &[2, 3]]));
        assert_eq!(versions(stores, &store, 1).await?.len(), 1);
        undo(&store, 2, 50).await?;
        assert_eq!(subjects(&store, 3).await?, sets(&[&[1], &[2], &[3]]));
        assert_eq!(stores.lying().await.len(), 3, "no row was moved or added");
        // Who they were on past days.
        assert_eq!(store.subject_root_at(mention_of(3), at(0)).await?, mention_of(3));
        let then = store.subject_root_at(mention_of(3), at(30)).await?;
        assert_eq!(then, store.subject_root_at(mention_of(1), at(30)).await?);
    }

    async fn each_move_is_an_event_that_names_whom_it_touched(stores: &Stores) {
        let store = stores.open().await?;
        let facts: Vec<Fact> = (1..=2).map(|n| Fact::new(n, n, "a")).collect();
        send(&store, &submission(1, Mode::Delta, day(1)), &facts, 1).await?;
        let Moved::Done(touched) = decide(&store, 1, Verdict::Same, 1, 2).await? else { panic!("refused") };
        assert_eq!(touched, BTreeSet::from([mention_of(1), mention_of(2)]).into_iter().collect::<Vec<_>>());
        let Moved::Done(idle) = decide(&store, 2, Verdict::Same, 2, 1).await? else { panic!("refused") };
        assert!(idle.is_empty(), "they are one already");
        undo(&store, 1, 50).await?;
        assert_eq!(subjects(&store, 2).await?, sets(&[&[1, 2]]), "the second decision holds");
        undo(&store, 2, 60).await?;
        assert_eq!(subjects(&store, 2).await?, sets(&[&[1], &[2]]));
        sequence(&store, "one", at(99)).await?;
        let log = store.events_log(0, 100).await?;
        let kinds: Vec<&str> = log.iter().map(|one| one.kind.as_str()).collect();
        for (kind, count) in [("merge", 2), ("undo", 2), ("reissue", 4)] {
            assert_eq!(kinds.iter().filter(|one| **one == kind).count(), count, "{kind}: {kinds:?}");
        }
        for n in 1..=2 {
            let name = mention_of(n).to_string();
            assert_eq!(log.iter().filter(|one| one.kind == "reissue" && one.event.ends_with(&name)).count(), 2);
        }
    }

    async fn a_link_belongs_to_the_mention_that_held_the_number(stores: &Stores) {
        let store = stores.open().await?;
        let facts: Vec<Fact> = (1..=2).map(|n| Fact::new(n, n, "a")).collect();
        send(&store, &submission(1, Mode::Delta, day(1)), &facts, 1).await?;
        decide(&store, 1, Verdict::Same, 1, 2).await?;
        let root = store.subject_root(mention_of(2)).await?;
        // A third mention joins by a number that the second one holds.
        let new = submission(2, Mode::Delta, day(2));
        store.submission_begin(&new).await?;
        let third = Fact::new(3, 3, "a");
        let codes = [code(3)];
        let keys = [SliceKey { mention: mention(&third), record: record(3), digest: digest(&third),
            stated_on: day(2), identifiers: &codes, name_form: None, person: false }];
        store.slice_apply(&new.id, 0, &keys, at(20), &mut |seen| {
            let mut plan = decide_plan(&third, seen);
            // The test's codes share their inner part; only these two are claimed.
            plan.identifiers = vec![(code(3), mention(&third)), (code(2), mention(&third))];
            plan.memberships.push(NewMembership { mention: mention(&third), root, reason: "same-identifier".to_owned() });
            plan
        }).await?;
        assert_eq!(subjects(&store, 3).await?, sets(&[&[1, 2, 3]]));
        undo(&store, 1, 50).await?;
        assert_eq!(subjects(&store, 3).await?, sets(&[&[1], &[2, 3]]), "it stays with the second");
        decide(&store, 2, Verdict::Different, 3, 2).await?;
        assert_eq!(subjects(&store, 3).await?, sets(&[&[1], &[2], &[3]]), "people win over numbers");
    }

    async fn any_sequence_of_moves_is_what_a_model_computes_anew(stores: &Stores) {
        const COUNT: u32 = 7;
        let store = stores.open().await?;
        let facts: Vec<Fact> = (1..=COUNT).map(|n| Fact::new(n, n, "a")).collect();
        send(&store, &submission(1, Mode::Delta, day(1)), &facts, 1).await?;
        let mut in_force: BTreeMap<u8, (Verdict, u32, u32)> = BTreeMap::new();
        let mut dice = 0x9E37_79B9_u64;
        let mut roll = move |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        for n in 1..=80_u8 {
            if roll(3) == 0 && !in_force.is_empty() {
                let nth = roll(in_force.len() as u64) as usize;
                let old = *in_force.keys().nth(nth).expect("one");
                in_force.remove(&old);
                assert!(matches!(undo(&store, old, i64::from(n) * 10).await?, Moved::Done(_)));
            } else {
                let (a, b) = (1 + roll(7) as u32, 1 + roll(7) as u32);
                if a == b { continue; }
                let verdict = if roll(2) == 0 { Verdict::Same } else { Verdict::Different };
                let mut wanted = in_force.clone();
                wanted.insert(n, (verdict, a, b));
                match decide(&store, n, verdict, a, b).await? {
                    Moved::Done(_) => { assert!(model(&wanted, COUNT).is_some(), "it contradicts"); in_force = wanted; }
                    Moved::Refused(_) => assert!(model(&wanted, COUNT).is_none(), "nothing stands against it"),
                    Moved::Unknown => panic!("they are on file"),
                }
            }
            assert_eq!(Some(subjects(&store, COUNT).await?), model(&in_force, COUNT), "after move {n}");
        }
        for old in in_force.keys() { undo(&store, *old, 900).await?; }
        assert_eq!(subjects(&store, COUNT).await?.len(), COUNT as usize, "as before the first");
    }
}

fn decide_plan(fact: &Fact, seen: &[store::Seen]) -> store::SlicePlan {
    crate::kit::decide(std::slice::from_ref(fact), seen, day(2))
}

/// The transitive closure of what is the same, unless it holds a pair that is not.
fn model(
    in_force: &BTreeMap<u8, (Verdict, u32, u32)>,
    count: u32,
) -> Option<BTreeSet<BTreeSet<u32>>> {
    let mut label: Vec<u32> = (0..=count).collect();
    for (verdict, a, b) in in_force.values() {
        if *verdict == Verdict::Same {
            let (from, to) = (label[*a as usize], label[*b as usize]);
            label
                .iter_mut()
                .filter(|one| **one == from)
                .for_each(|one| *one = to);
        }
    }
    let torn = in_force.values().any(|(verdict, a, b)| {
        *verdict == Verdict::Different && label[*a as usize] == label[*b as usize]
    });
    let mut found: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for n in 1..=count {
        found.entry(label[n as usize]).or_default().insert(n);
    }
    (!torn).then(|| found.into_values().collect())
}

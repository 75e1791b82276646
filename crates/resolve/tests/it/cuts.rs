//! What holds of every cut of a component, whatever the evidence: no bar is broken, every group earned its joins,
//! no join is left undone, and neither order nor numbering decides.

use proptest::prelude::*;
use resolve::cluster::{APART, Node, Tie, cut};
use std::collections::BTreeMap;

/// Bits of a pair that has no tie.
const ABSENT: f32 = -4.0;

/// Ties between up to seven members: few strengths, so that equal means occur.
fn ties() -> impl Strategy<Value = Vec<Tie>> {
    let strength = prop_oneof![
        1 => Just(APART),
        2 => Just(-9.0),
        2 => Just(-1.0),
        2 => Just(2.0),
        2 => Just(3.0),
        2 => Just(11.0),
    ];
    prop::collection::vec((0_u32..7, 0_u32..7, strength), 0..21).prop_map(|all| {
        let unique: BTreeMap<(Node, Node), f32> = all
            .into_iter()
            .filter(|(left, right, _)| left != right)
            .map(|(left, right, bits)| ((left.min(right), left.max(right)), bits))
            .collect();
        let tie = |((left, right), bits)| Tie { left, right, bits };
        unique.into_iter().map(tie).collect()
    })
}

fn members() -> Vec<(Node, u64)> {
    (0..7).map(|node| (node, u64::from(node) * 3 + 1)).collect()
}

/// The evidence of a pair.
fn bits(ties: &[Tie], left: Node, right: Node) -> f32 {
    let (left, right) = (left.min(right), left.max(right));
    let found = ties
        .iter()
        .find(|tie| (tie.left, tie.right) == (left, right));
    found.map_or(ABSENT, |tie| tie.bits)
}

/// All pairs between two groups.
fn between(ties: &[Tie], left: &[Node], right: &[Node]) -> Vec<f32> {
    let pairs = left
        .iter()
        .flat_map(|one| right.iter().map(move |other| (*one, *other)));
    pairs.map(|(one, other)| bits(ties, one, other)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn each_member_stands_in_one_group_and_groups_in_order_of_age(ties in ties()) {
        let groups = cut(&members(), &ties, &[], ABSENT);
        let mut all: Vec<Node> = groups.concat();
        all.sort_unstable();
        prop_assert_eq!(all, (0..7).collect::<Vec<_>>());
        prop_assert!(groups.iter().all(|group| group.is_sorted()));
        prop_assert!(groups.is_sorted_by(|one, other| one.first() < other.first()));
    }

    #[test]
    fn no_group_holds_a_barred_pair_or_more_against_it_than_for_it(ties in ties()) {
        for group in cut(&members(), &ties, &[], ABSENT) {
            let mut sum = 0.0;
            for (at, left) in group.iter().enumerate() {
                for right in &group[at + 1..] {
                    sum += bits(&ties, *left, *right);
                }
            }
            // One barred pair makes the sum minus infinity.
            prop_assert!(group.len() == 1 || sum > 0.0, "{group:?} {sum}");
        }
    }

    /// No two groups are left between which the evidence speaks for one.
    #[test]
    fn nothing_that_should_be_joined_is_left_apart(ties in ties()) {
        let groups = cut(&members(), &ties, &[], ABSENT);
        for (at, left) in groups.iter().enumerate() {
            for right in &groups[at + 1..] {
                let sum: f32 = between(&ties, left, right).into_iter().sum();
                // Where nothing ties two groups they were never compared.
                prop_assert!(sum <= 0.0, "{left:?} {right:?} {sum}");
            }
        }
    }

    #[test]
    fn neither_order_nor_direction_of_ties_decides(
        (ties, other) in ties().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        turned in prop::collection::vec(any::<bool>(), 21),
    ) {
        let turn = |(tie, turn): (&Tie, &bool)| match turn {
            true => Tie { left: tie.right, right: tie.left, bits: tie.bits },
            false => *tie,
        };
        let other: Vec<Tie> = other.iter().zip(&turned).map(turn).collect();
        prop_assert_eq!(cut(&members(), &ties, &[], ABSENT), cut(&members(), &other, &[], ABSENT));
    }

    /// Other numbers, the same ranks: the same groups.
    #[test]
    fn numbers_of_members_decide_nothing(
        ties in ties(),
        order in Just((0_u32..7).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let named = |node: Node| order[node as usize];
        let mut renamed: Vec<(Node, u64)> = members().iter().map(|(node, rank)| (named(*node), *rank)).collect();
        renamed.sort_unstable();
        let moved: Vec<Tie> = ties
            .iter()
            .map(|tie| Tie { left: named(tie.left), right: named(tie.right), bits: tie.bits })
            .collect();
        let sets = |groups: Vec<Vec<Node>>| {
            let mut sets = groups;
            sets.iter_mut().for_each(|group| group.sort_unstable());
            sets.sort();
            sets
        };
        let mine = cut(&members(), &ties, &[], ABSENT);
        let mine = mine.into_iter().map(|group| group.into_iter().map(named).collect()).collect();
        prop_assert_eq!(sets(mine), sets(cut(&renamed, &moved, &[], ABSENT)));
    }

    /// Evidence of strangers changes no group: components are cut one by one.
    #[test]
    fn strangers_change_nothing(ties in ties(), more in ties()) {
        let alone = cut(&members(), &ties, &[], ABSENT);
        let mut all = members();
        all.extend((0..7).map(|node| (node + 7, u64::from(node) * 3 + 2)));
        let mut both = ties;
        both.extend(more.into_iter().map(|tie| Tie { left: tie.left + 7, right: tie.right + 7, bits: tie.bits }));
        let together = cut(&all, &both, &[], ABSENT);
        let old: Vec<Vec<Node>> = together.into_iter().filter(|group| group[0] < 7).collect();
        prop_assert_eq!(alone, old);
    }

    /// What a person joined stays joined whatever speaks against it, and only what is told.
    #[test]
    fn joined_members_stay_together(ties in ties(), left in 0_u32..7, right in 0_u32..7) {
        let groups = cut(&members(), &ties, &[(left, right)], ABSENT);
        let of = |node: Node| groups.iter().position(|group| group.contains(&node));
        prop_assert_eq!(of(left), of(right));
    }
}

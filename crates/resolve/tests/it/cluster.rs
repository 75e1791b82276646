//! Clusters: the order of arrival decides nothing, decisions win and leave no trace when undone.

use proptest::prelude::*;
use resolve::cluster::{APART, Change, Conflict, Decision, Graph, Node, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Evidence about pairs of eight rows, few distinct strengths so that ties occur.
fn evidence() -> impl Strategy<Value = Vec<(u8, u8, f32)>> {
    let strength = prop_oneof![
        Just(APART),
        Just(-9.0),
        Just(-1.0),
        Just(2.0),
        Just(3.0),
        Just(9.0)
    ];
    proptest::collection::vec((0_u8..8, 0_u8..8, strength), 0..24).prop_map(|pairs| {
        let unique: BTreeMap<(u8, u8), f32> = pairs
            .into_iter()
            .filter(|(left, right, _)| left != right)
            .map(|(left, right, bits)| ((left.min(right), left.max(right)), bits))
            .collect();
        unique
            .into_iter()
            .map(|((left, right), bits)| (left, right, bits))
            .collect()
    })
}

fn decision(id: u64, left: Node, right: Node, verdict: Verdict) -> Decision {
    let (author, reason) = ("officer".to_owned(), "papers".to_owned());
    Decision {
        id,
        left,
        right,
        verdict,
        author,
        reason,
    }
}

/// Adds the rows in this order; settles after each row when `each`.
fn grow(order: &[u8], pairs: &[(u8, u8, f32)], each: bool) -> (Graph, BTreeMap<u8, Node>) {
    let mut graph = Graph::new(-4.0);
    let mut at = BTreeMap::new();
    for row in order {
        at.insert(*row, graph.add(u64::from(*row)));
        for (left, right, bits) in pairs {
            if let (Some(l), Some(r)) = (at.get(left), at.get(right))
                && (left == row || right == row)
            {
                graph.link(*l, *r, *bits);
            }
        }
        if each {
            graph.settle();
        }
    }
    graph.settle();
    (graph, at)
}

fn partition(graph: &Graph, at: &BTreeMap<u8, Node>) -> BTreeSet<BTreeSet<u8>> {
    let mut found: BTreeMap<Option<Node>, BTreeSet<u8>> = BTreeMap::new();
    for (row, node) in at {
        found.entry(graph.cluster(*node)).or_default().insert(*row);
    }
    found.into_values().collect()
}

/// Every id leads to a cluster, the oldest member names it, and the lists agree.
fn sound(graph: &Graph) {
    for node in 0..graph.len() as Node {
        let cluster = graph.cluster(node);
        let members = cluster.map(|id| graph.members(id)).unwrap_or_default();
        assert_eq!(members.first().copied(), cluster);
        assert!(members.contains(&node), "{node} in {members:?}");
        assert!(members.windows(2).all(|pair| pair[0] < pair[1]));
    }
    let listed: usize = graph.clusters().map(|id| graph.members(id).len()).sum();
    assert_eq!(listed, graph.len());
}

proptest! {
    #[test]
    fn one_by_one_in_any_order_gives_the_batch(
        pairs in evidence(),
        order in Just((0_u8..8).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let (batch, batch_at) = grow(&[0, 1, 2, 3, 4, 5, 6, 7], &pairs, false);
        let (single, single_at) = grow(&order, &pairs, true);
        sound(&batch);
        sound(&single);
        prop_assert_eq!(partition(&batch, &batch_at), partition(&single, &single_at));
    }

    #[test]
    fn what_is_undone_leaves_no_trace(
        pairs in evidence(),
        moves in proptest::collection::vec((0_u32..8, 0_u32..8, any::<bool>()), 1..8),
    ) {
        let (mut graph, at) = grow(&[0, 1, 2, 3, 4, 5, 6, 7], &pairs, false);
        let before = partition(&graph, &at);
        let mut taken = Vec::new();
        for (id, (left, right, same)) in moves.into_iter().enumerate() {
            let verdict = if same { Verdict::Same } else { Verdict::Different };
            if graph.decide(decision(id as u64, left, right, verdict)).is_ok() {
                taken.push((id as u64, left, right, verdict));
                graph.settle();
                sound(&graph);
            }
            for (_, left, right, verdict) in &taken {
                let together = graph.cluster(*left) == graph.cluster(*right);
                prop_assert_eq!(together, *verdict == Verdict::Same);
            }
        }
        for (id, ..) in taken {
            prop_assert!(graph.undo(id).is_some());
            graph.settle();
        }
        sound(&graph);
        prop_assert_eq!(partition(&graph, &at), before);
    }

    #[test]
    fn changes_replayed_give_the_clusters(
        pairs in evidence(),
        moves in proptest::collection::vec((0_u32..8, 0_u32..8, any::<bool>()), 0..8),
    ) {
        let mut graph = Graph::new(-4.0);
        let mut told: BTreeMap<Node, Node> = BTreeMap::new();
        let mut ids: BTreeSet<Node> = BTreeSet::new();
        for row in 0..8 {
            graph.add(row);
        }
        replay(&mut told, &mut ids, graph.settle());
        for (left, right, bits) in pairs {
            graph.link(Node::from(left), Node::from(right), bits);
            replay(&mut told, &mut ids, graph.settle());
        }
        for (id, (left, right, same)) in moves.into_iter().enumerate() {
            let verdict = if same { Verdict::Same } else { Verdict::Different };
            let _conflicts_change_nothing = graph.decide(decision(id as u64, left, right, verdict));
            replay(&mut told, &mut ids, graph.settle());
        }
        for node in 0..8 {
            prop_assert_eq!(told.get(&node).copied(), graph.cluster(node));
        }
        prop_assert_eq!(ids, graph.clusters().collect::<BTreeSet<_>>());
    }
}

/// What a reader of the changes knows after them.
fn replay(told: &mut BTreeMap<Node, Node>, ids: &mut BTreeSet<Node>, changes: Vec<Change>) {
    for change in changes {
        match change {
            Change::Moved { node, from, into } => {
                assert_eq!(told.insert(node, into), from);
            }
            Change::Founded { cluster } => assert!(ids.insert(cluster)),
            Change::Retired { cluster, .. } => assert!(ids.remove(&cluster)),
        }
    }
}

#[test]
fn a_decision_against_standing_ones_is_refused_with_their_numbers() {
    let mut graph = Graph::new(-4.0);
    for row in 0..4 {
        graph.add(row);
    }
    assert_eq!(graph.decide(decision(1, 0, 1, Verdict::Same)), Ok(()));
    assert_eq!(graph.decide(decision(2, 1, 2, Verdict::Same)), Ok(()));
    let opposite = graph.decide(decision(3, 0, 2, Verdict::Different));
    assert_eq!(opposite, Err(Conflict::Decided { by: vec![1, 2] }));
    assert_eq!(graph.decide(decision(4, 2, 3, Verdict::Different)), Ok(()));
    let through = graph.decide(decision(5, 3, 0, Verdict::Same));
    assert_eq!(through, Err(Conflict::Decided { by: vec![1, 2, 4] }));
    assert_eq!(
        graph.decide(decision(4, 0, 3, Verdict::Different)),
        Err(Conflict::Known(4))
    );
    assert_eq!(
        graph.decide(decision(6, 0, 9, Verdict::Same)),
        Err(Conflict::Members)
    );
    graph.undo(2);
    assert_eq!(graph.decide(decision(5, 3, 0, Verdict::Same)), Ok(()));
}

#[test]
fn two_valid_codes_do_not_flip_a_decision_but_are_told() {
    let mut graph = Graph::new(-4.0);
    for row in 0..2 {
        graph.add(row);
    }
    assert_eq!(graph.decide(decision(1, 0, 1, Verdict::Same)), Ok(()));
    graph.link(0, 1, APART);
    graph.settle();
    assert_eq!(graph.cluster(1), Some(0));
    let told = graph.contradictions();
    assert_eq!(
        told.iter().map(|found| found.decision).collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn an_old_id_leads_to_the_cluster_and_comes_back() {
    let mut graph = Graph::new(-4.0);
    for row in 0..3 {
        graph.add(row);
    }
    graph.settle();
    graph.link(1, 2, 5.0);
    assert!(graph.settle().contains(&Change::Retired {
        cluster: 2,
        into: 1
    }));
    assert_eq!(graph.cluster(2), Some(1));
    graph.unlink(1, 2);
    assert!(graph.settle().contains(&Change::Founded { cluster: 2 }));
    assert_eq!(graph.members(2), [2]);
}

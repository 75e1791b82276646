//! Which mentions make which subject, given the evidence. Pure: the graph of `resolve::cluster`,
//! filled from what the store read.
//!
//! Decisions of people always hold. An identifier that intake found joins two mentions as surely as
//! anything may; where that would unite a pair which a person decided to be different, it gives way.
//! The oldest mention of a set leads it, so that an id follows it.

use credit::subject::SubjectId;
use resolve::cluster::{self, Conflict, Graph, Node};
use std::collections::{BTreeSet, HashMap};
use store::{Arranged, Component, Decided, DecisionId, Verdict};

/// Bits of an exact identifier that two mentions share: beyond what any score of names reaches.
const LINK_BITS: f32 = 64.0;
/// Bits of a pair of which nothing is known: an identifier joins whole subjects, however many
/// mentions they have.
const ABSENT_BITS: f32 = 0.0;

/// Arranges a component: the subject of each of its mentions.
///
/// # Errors
/// The decisions that contradict each other, when no arrangement keeps them all.
pub fn arrange(component: &Component) -> Arranged {
    let mut graph = Graph::new(ABSENT_BITS);
    // Members come oldest first, and the graph's nodes are numbered by age.
    let nodes: HashMap<SubjectId, Node> = component
        .members
        .iter()
        .zip(0_u64..)
        .map(|(member, rank)| (member.id, graph.add(rank)))
        .collect();
    for (one, other) in &component.links {
        if let (Some(one), Some(other)) = (nodes.get(one), nodes.get(other)) {
            graph.link(*one, *other, LINK_BITS);
        }
    }
    for (decided, number) in component.decided.iter().zip(0_u64..) {
        decide(&mut graph, &nodes, component, (decided, number))?;
    }
    graph.settle();
    let lead = |node: &Node| {
        graph
            .cluster(*node)
            .and_then(|lead| member(component, lead))
    };
    Ok(component
        .members
        .iter()
        .map(|one| (one.id, nodes.get(&one.id).and_then(lead).unwrap_or(one.id)))
        .collect())
}

fn decide(
    graph: &mut Graph,
    nodes: &HashMap<SubjectId, Node>,
    component: &Component,
    (decided, number): (&Decided, u64),
) -> Result<(), Vec<DecisionId>> {
    let (Some(left), Some(right)) = (nodes.get(&decided.left), nodes.get(&decided.right)) else {
        return Ok(());
    };
    let taken = graph.decide(cluster::Decision {
        id: number,
        left: *left,
        right: *right,
        verdict: match decided.verdict {
            Verdict::Same => cluster::Verdict::Same,
            Verdict::Different => cluster::Verdict::Different,
        },
        author: String::new(),
        reason: String::new(),
    });
    match taken {
        Ok(()) => Ok(()),
        Err(Conflict::Decided { by }) => {
            let against = by.iter().filter_map(|number| {
                let one = component.decided.get(usize::try_from(*number).ok()?)?;
                Some(one.decision)
            });
            let named: BTreeSet<DecisionId> = against.chain([decided.decision]).collect();
            Err(named.into_iter().collect())
        }
        Err(Conflict::Known(_) | Conflict::Members) => Err(vec![decided.decision]),
    }
}

fn member(component: &Component, node: Node) -> Option<SubjectId> {
    let place = usize::try_from(node).ok()?;
    component.members.get(place).map(|member| member.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Member;

    fn id(number: u8) -> SubjectId {
        SubjectId([number; 16])
    }

    fn component(links: &[(u8, u8)], decided: &[(u8, Verdict, u8, u8)]) -> Component {
        Component {
            members: (0..6)
                .map(|n| Member {
                    id: id(n),
                    order: n.into(),
                    root: id(n),
                })
                .collect(),
            links: links.iter().map(|(a, b)| (id(*a), id(*b))).collect(),
            decided: decided
                .iter()
                .map(|(decision, verdict, left, right)| Decided {
                    decision: DecisionId([*decision; 16]),
                    verdict: *verdict,
                    left: id(*left),
                    right: id(*right),
                })
                .collect(),
        }
    }

    fn leads(component: &Component) -> Vec<u8> {
        let arranged = arrange(component).unwrap_or_default();
        arranged.iter().map(|(_, root)| root.0[0]).collect()
    }

    use Verdict::{Different, Same};

    #[test]
    fn the_oldest_leads_and_people_win_over_numbers() {
        assert_eq!(
            leads(&component(&[(3, 1), (5, 3)], &[])),
            [0, 1, 2, 1, 4, 1]
        );
        let cut = component(&[(3, 1), (5, 3)], &[(9, Different, 5, 1)]);
        assert_eq!(
            leads(&cut),
            [0, 1, 2, 1, 4, 5],
            "a chain breaks at its younger link"
        );
        let joined = component(&[(3, 1)], &[(9, Same, 3, 0), (8, Different, 1, 0)]);
        assert_eq!(leads(&joined), [0, 1, 2, 0, 4, 5], "the link gives way");
    }

    #[test]
    fn one_identifier_joins_subjects_of_many_mentions() {
        let links = [(1, 0), (2, 0), (4, 3), (5, 3), (5, 2)];
        assert_eq!(leads(&component(&links, &[])), [0; 6]);
    }

    #[test]
    fn decisions_that_contradict_are_named() {
        let three = component(
            &[],
            &[
                (1, Same, 0, 1),
                (2, Same, 1, 2),
                (3, Same, 4, 5),
                (7, Different, 0, 2),
            ],
        );
        let named = [1, 2, 7].map(|n| DecisionId([n; 16])).to_vec();
        assert_eq!(arrange(&three), Err(named), "and no others");
    }
}

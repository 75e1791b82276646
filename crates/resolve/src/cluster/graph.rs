//! Members, evidence and decisions, and the clusters they make. Only touched components are
//! computed again.

use super::cut::{Tie, cut_sides};
use super::{Change, Contradiction, Decision, Node, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// The graph. [`Graph::settle`] brings the clusters up to date after any number of changes.
///
/// Memory: 48 bytes a member, 8 a link and end; decisions are few.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    links: Vec<Vec<(Node, f32)>>,
    pub(super) decisions: BTreeMap<u64, Decision>,
    pub(super) ruled: BTreeMap<Node, BTreeSet<u64>>,
    cluster: Vec<Option<Node>>,
    ranks: Vec<u64>,
    /// Files of which none holds a subject twice, by member; 0 for none. Shorter than the members where
    /// the rest has none.
    sides: Vec<u32>,
    /// Clusters of two members and more.
    groups: BTreeMap<Node, Vec<Node>>,
    pub(super) touched: BTreeSet<Node>,
    absent: f32,
}

impl Graph {
    /// An empty graph. `absent` is the evidence, in bits, of a pair that was never compared: below
    /// zero where pairs that are alike are sure to be compared.
    #[must_use]
    pub fn new(absent: f32) -> Graph {
        Graph {
            absent,
            ..Graph::default()
        }
    }

    /// Takes in a member, younger than all before it. Where evidence is even, the lower `rank` goes
    /// first: take it from what the member is (a digest, a row number), not from when it came.
    pub fn add(&mut self, rank: u64) -> Node {
        let node = self.links.len() as Node;
        self.links.push(Vec::new());
        self.cluster.push(None);
        self.ranks.push(rank);
        self.touched.insert(node);
        node
    }

    /// Says that a member belongs to a side: two members of one side are never one subject, unless a person
    /// decides so. 0 for none. Unknown members are passed over.
    pub fn set_side(&mut self, node: Node, side: u32) {
        let at = node as usize;
        if at >= self.links.len() || self.side(node) == side {
            return;
        }
        if self.sides.len() <= at {
            self.sides.resize(at + 1, 0);
        }
        self.sides[at] = side;
        self.touched.insert(node);
    }

    fn side(&self, node: Node) -> u32 {
        self.sides.get(node as usize).copied().unwrap_or_default()
    }

    /// Members so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// No members yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Sets the evidence between two members, in bits relative to the threshold. The last word
    /// about a pair counts. Unknown members and a member with itself are passed over.
    pub fn link(&mut self, left: Node, right: Node, bits: f32) {
        let known = |node: Node| (node as usize) < self.links.len();
        if left == right || !known(left) || !known(right) || bits.is_nan() {
            return;
        }
        for (from, to) in [(left, right), (right, left)] {
            let links = &mut self.links[from as usize];
            match links.iter_mut().find(|(other, _)| *other == to) {
                Some((_, known)) => *known = bits,
                None => links.push((to, bits)),
            }
        }
        self.touched.extend([left, right]);
    }

    /// Takes the evidence between two members back.
    pub fn unlink(&mut self, left: Node, right: Node) {
        for (from, to) in [(left, right), (right, left)] {
            if let Some(links) = self.links.get_mut(from as usize) {
                links.retain(|(other, _)| *other != to);
                self.touched.insert(from);
            }
        }
    }

    /// The evidence between two members, where there is some.
    #[must_use]
    pub fn evidence(&self, left: Node, right: Node) -> Option<f32> {
        let links = self.links.get(left as usize)?;
        links
            .iter()
            .find(|(other, _)| *other == right)
            .map(|(_, bits)| *bits)
    }

    /// Members that evidence speaks of together with this one, with the bits.
    pub fn linked(&self, node: Node) -> impl Iterator<Item = (Node, f32)> + '_ {
        self.links.get(node as usize).into_iter().flatten().copied()
    }

    /// The cluster of a member, which is also where an old id leads: the id of its oldest member.
    /// None for a member that is unknown or came after the last [`Graph::settle`].
    #[must_use]
    pub fn cluster(&self, node: Node) -> Option<Node> {
        self.cluster.get(node as usize).copied().flatten()
    }

    /// The members of a cluster, oldest first; empty when the id is no cluster's.
    #[must_use]
    pub fn members(&self, cluster: Node) -> Vec<Node> {
        match self.groups.get(&cluster) {
            Some(members) => members.clone(),
            None if self.cluster(cluster) == Some(cluster) => vec![cluster],
            None => Vec::new(),
        }
    }

    /// All clusters, by age.
    pub fn clusters(&self) -> impl Iterator<Item = Node> + '_ {
        let own = |(at, cluster): (usize, &Option<Node>)| cluster.filter(|id| *id as usize == at);
        self.cluster.iter().enumerate().filter_map(own)
    }

    /// Recomputes the components that something touched, and tells what changed.
    pub fn settle(&mut self) -> Vec<Change> {
        let mut seen = BTreeSet::new();
        let mut moved = Vec::new();
        for start in std::mem::take(&mut self.touched) {
            if seen.contains(&start) {
                continue;
            }
            let members = self.component(start);
            seen.extend(members.iter().copied());
            self.assign(&members, &mut moved);
        }
        moved.sort_unstable();
        self.regroup(&moved);
        changes(&moved, |node| self.cluster(node))
    }

    /// Members that evidence or a decision connects with `start`, ascending.
    fn component(&self, start: Node) -> Vec<Node> {
        let mut found = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(node) = open.pop() {
            let linked = self.links[node as usize]
                .iter()
                .filter(|(_, bits)| *bits > 0.0);
            let near = linked.map(|(other, _)| *other).chain(self.ruled_same(node));
            for other in near {
                if found.insert(other) {
                    open.push(other);
                }
            }
        }
        found.into_iter().collect()
    }

    /// Members that a standing decision calls the same as this one.
    pub(super) fn ruled_same(&self, node: Node) -> impl Iterator<Item = Node> + '_ {
        self.rulings(node)
            .filter(|decision| decision.verdict == Verdict::Same)
            .map(move |decision| decision.left ^ decision.right ^ node)
    }

    /// Standing decisions about a member.
    pub(super) fn rulings(&self, node: Node) -> impl Iterator<Item = &Decision> + '_ {
        let ids = self.ruled.get(&node).into_iter().flatten();
        ids.filter_map(|id| self.decisions.get(id))
    }

    fn assign(&mut self, members: &[Node], moved: &mut Vec<(Node, Option<Node>, Node)>) {
        let groups = match members {
            [_] => vec![members.to_vec()],
            _ => self.cut(members),
        };
        for group in groups {
            let Some(oldest) = group.first().copied() else {
                continue;
            };
            for node in group {
                let before = self.cluster[node as usize].replace(oldest);
                if before != Some(oldest) {
                    moved.push((node, before, oldest));
                }
            }
        }
    }

    fn cut(&self, members: &[Node]) -> Vec<Vec<Node>> {
        let mut ties = BTreeMap::new();
        let mut joined = Vec::new();
        for &node in members {
            for &(other, bits) in &self.links[node as usize] {
                if node < other {
                    ties.insert((node, other), bits);
                }
            }
        }
        for &node in members {
            for decision in self.rulings(node).filter(|decision| decision.left == node) {
                let pair = (node.min(decision.right), node.max(decision.right));
                match decision.verdict {
                    Verdict::Same => joined.push(pair),
                    Verdict::Different => drop(ties.insert(pair, super::APART)),
                }
            }
        }
        let ties: Vec<Tie> = ties
            .into_iter()
            .map(|((left, right), bits)| Tie { left, right, bits })
            .collect();
        let ranked: Vec<(Node, u64)> = members
            .iter()
            .map(|&node| (node, self.ranks[node as usize]))
            .collect();
        let sides: Vec<u32> = members.iter().map(|&node| self.side(node)).collect();
        cut_sides(&ranked, &sides, &ties, &joined, self.absent)
    }

    /// Brings the lists of members up to date.
    fn regroup(&mut self, moved: &[(Node, Option<Node>, Node)]) {
        for &(node, from, _) in moved {
            if let Some(from) = from
                && let Some(members) = self.groups.get_mut(&from)
            {
                members.retain(|member| *member != node);
            }
        }
        for &(node, from, into) in moved {
            let members = self.groups.entry(into).or_default();
            if members.is_empty() && node != into && self.cluster[into as usize] == Some(into) {
                members.push(into);
            }
            if let Err(at) = members.binary_search(&node) {
                members.insert(at, node);
            }
            for id in from.into_iter().chain([into]) {
                if self
                    .groups
                    .get(&id)
                    .is_some_and(|members| members.len() < 2)
                {
                    self.groups.remove(&id);
                }
            }
        }
    }

    /// Pairs whose evidence bars what standing decisions keep together, ascending.
    #[must_use]
    pub fn contradictions(&self) -> Vec<Contradiction> {
        let mut found = BTreeSet::new();
        let ends = self
            .decisions
            .values()
            .flat_map(|ruling| [ruling.left, ruling.right]);
        for node in ends {
            for &(other, bits) in &self.links[node as usize] {
                if bits == super::APART
                    && let Some(by) = self.held_together(node, other)
                    && let Some(&decision) = by.first()
                {
                    let (left, right) = (node.min(other), node.max(other));
                    found.insert(Contradiction {
                        left,
                        right,
                        decision,
                    });
                }
            }
        }
        found.into_iter().collect()
    }
}

/// What the moves mean for the ids of clusters, then the moves themselves, by member.
fn changes(
    moved: &[(Node, Option<Node>, Node)],
    cluster: impl Fn(Node) -> Option<Node>,
) -> Vec<Change> {
    let mut found = Vec::with_capacity(moved.len());
    for &(node, from, into) in moved {
        found.push(Change::Moved { node, from, into });
        if into == node {
            found.push(Change::Founded { cluster: node });
        } else if from == Some(node)
            && let Some(into) = cluster(node)
        {
            found.push(Change::Retired {
                cluster: node,
                into,
            });
        }
    }
    found
}

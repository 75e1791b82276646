//! Takes one component apart: groups are joined, best agreement first, as long as the evidence
//! between them, taken together, speaks for it.
//!
//! Sums are kept in whole units of 1/1024 bit, so that no order of adding can change a result.

use super::Node;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Units of a bit.
pub(super) const UNIT: f32 = 1024.0;

/// Evidence of one pair of members.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// One member.
    pub left: Node,
    /// The other.
    pub right: Node,
    /// Bits above or below the threshold; [`super::APART`] bars the pair.
    pub bits: f32,
}

/// Cuts a component into groups.
///
/// `members` ascending, each with its rank; `ties` between members, each pair at most once; `joined` pairs that are one
/// group whatever the ties say; `absent` is the evidence, in bits, of a pair that has no tie.
/// Returns the groups, each ascending, by their oldest member.
///
/// Two groups join when the mean evidence over all pairs between them is above zero and no pair
/// is barred. The best mean goes first; equal means are taken by rank, lowest first, so that the order
/// of arrival decides nothing as long as the ranks differ.
#[must_use]
pub fn cut(
    members: &[(Node, u64)],
    ties: &[Tie],
    joined: &[(Node, Node)],
    absent: f32,
) -> Vec<Vec<Node>> {
    cut_sides(members, &[], ties, joined, absent)
}

/// As [`cut`], and no group gets two members of one side (above 0; `sides` in the order of `members`), unless
/// `joined` puts them there.
pub(super) fn cut_sides(
    members: &[(Node, u64)],
    sides: &[u32],
    ties: &[Tie],
    joined: &[(Node, Node)],
    absent: f32,
) -> Vec<Vec<Node>> {
    let mut groups = Groups::new(members, sides, joined, absent);
    for tie in ties {
        groups.tie(tie);
    }
    groups.join_all();
    groups.finish()
}

/// Evidence between two groups.
#[derive(Clone, Copy, Debug, Default)]
struct Between {
    sum: i64,
    pairs: i64,
    barred: bool,
}

impl Between {
    fn add(&mut self, other: Between) {
        self.sum += other.sum;
        self.pairs += other.pairs;
        self.barred |= other.barred;
    }
}

/// A join that may happen; void when one of its groups has changed since.
#[derive(PartialEq)]
struct Offer {
    mean: f64,
    ranks: (u64, u64),
    left: usize,
    right: usize,
    stamp: (u32, u32),
}

impl Eq for Offer {}
impl PartialOrd for Offer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Offer {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then_with(|| other.ranks.cmp(&self.ranks))
            .then_with(|| (other.left, other.right).cmp(&(self.left, self.right)))
            .then_with(|| self.stamp.cmp(&other.stamp))
    }
}

struct Groups<'m> {
    members: &'m [(Node, u64)],
    /// The lowest rank in the group.
    rank: Vec<u64>,
    /// Index of the group that took this one in; itself while it stands.
    into: Vec<usize>,
    size: Vec<i64>,
    stamp: Vec<u32>,
    near: Vec<BTreeMap<usize, Between>>,
    /// The sides of the group's members.
    sides: Vec<BTreeSet<u32>>,
    absent: i64,
}

impl<'m> Groups<'m> {
    fn new(
        members: &'m [(Node, u64)],
        sides: &[u32],
        joined: &[(Node, Node)],
        absent: f32,
    ) -> Groups<'m> {
        let side = |at: usize| sides.get(at).copied().filter(|side| *side > 0);
        let mut groups = Groups {
            members,
            rank: members.iter().map(|(_, rank)| *rank).collect(),
            into: (0..members.len()).collect(),
            size: vec![1; members.len()],
            stamp: vec![0; members.len()],
            near: vec![BTreeMap::new(); members.len()],
            sides: (0..members.len())
                .map(|at| side(at).into_iter().collect())
                .collect(),
            absent: units(absent),
        };
        for (left, right) in joined {
            if let (Some(left), Some(right)) = (groups.find(*left), groups.find(*right))
                && left != right
            {
                let (old, young) = (left.min(right), left.max(right));
                groups.into[young] = old;
                groups.size[old] += groups.size[young];
                groups.rank[old] = groups.rank[old].min(groups.rank[young]);
                let sides = std::mem::take(&mut groups.sides[young]);
                groups.sides[old].extend(sides);
            }
        }
        groups
    }

    fn root(&self, mut at: usize) -> usize {
        while self.into[at] != at {
            at = self.into[at];
        }
        at
    }

    fn find(&self, node: Node) -> Option<usize> {
        let at = self
            .members
            .binary_search_by_key(&node, |(known, _)| *known);
        at.ok().map(|at| self.root(at))
    }

    fn tie(&mut self, tie: &Tie) {
        let (Some(left), Some(right)) = (self.find(tie.left), self.find(tie.right)) else {
            return;
        };
        if left == right {
            return;
        }
        let barred = tie.bits == super::APART;
        let sum = if barred { 0 } else { units(tie.bits) };
        let one = Between {
            sum,
            pairs: 1,
            barred,
        };
        self.near[left].entry(right).or_default().add(one);
        self.near[right].entry(left).or_default().add(one);
    }

    fn offer(&self, left: usize, right: usize) -> Option<Offer> {
        let (left, right) = (left.min(right), left.max(right));
        let between = self.near[left].get(&right)?;
        let all = self.size[left] * self.size[right];
        let sum = between.sum + (all - between.pairs).max(0) * self.absent;
        let barred = between.barred || !self.sides[left].is_disjoint(&self.sides[right]);
        (!barred && sum > 0).then(|| Offer {
            mean: sum as f64 / all as f64,
            ranks: (
                self.rank[left].min(self.rank[right]),
                self.rank[left].max(self.rank[right]),
            ),
            left,
            right,
            stamp: (self.stamp[left], self.stamp[right]),
        })
    }

    fn join_all(&mut self) {
        let mut offers = BinaryHeap::new();
        for left in 0..self.near.len() {
            let later = self.near[left].range(left + 1..).map(|(right, _)| *right);
            offers.extend(later.filter_map(|right| self.offer(left, right)));
        }
        while let Some(offer) = offers.pop() {
            if (self.stamp[offer.left], self.stamp[offer.right]) != offer.stamp
                || self.into[offer.left] != offer.left
                || self.into[offer.right] != offer.right
            {
                continue;
            }
            self.join(offer.left, offer.right);
            let near: Vec<usize> = self.near[offer.left].keys().copied().collect();
            offers.extend(
                near.into_iter()
                    .filter_map(|other| self.offer(offer.left, other)),
            );
        }
    }

    /// The younger group goes into the older.
    fn join(&mut self, old: usize, young: usize) {
        self.into[young] = old;
        self.size[old] += self.size[young];
        self.rank[old] = self.rank[old].min(self.rank[young]);
        self.stamp[old] += 1;
        let sides = std::mem::take(&mut self.sides[young]);
        self.sides[old].extend(sides);
        self.near[old].remove(&young);
        for (other, between) in std::mem::take(&mut self.near[young]) {
            if other != old {
                self.near[other].remove(&young);
                self.near[other].entry(old).or_default().add(between);
                self.near[old].entry(other).or_default().add(between);
            }
        }
    }

    fn finish(&self) -> Vec<Vec<Node>> {
        let mut found: BTreeMap<usize, Vec<Node>> = BTreeMap::new();
        for (at, (member, _)) in self.members.iter().enumerate() {
            found.entry(self.root(at)).or_default().push(*member);
        }
        found.into_values().collect()
    }
}

/// Bits in whole units; what is beyond ±1000 bits counts as that.
fn units(bits: f32) -> i64 {
    (bits.clamp(-1000.0, 1000.0) * UNIT).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::APART;

    fn ties(of: &[(Node, Node, f32)]) -> Vec<Tie> {
        of.iter()
            .map(|&(left, right, bits)| Tie { left, right, bits })
            .collect()
    }

    const THREE: [(Node, u64); 3] = [(0, 7), (1, 8), (2, 9)];

    #[test]
    fn equal_means_are_taken_by_rank() {
        let even = ties(&[(0, 1, 3.0), (1, 2, 3.0), (0, 2, -9.0)]);
        assert_eq!(cut(&THREE, &even, &[], -8.0), [vec![0, 1], vec![2]]);
        let other = [(0, 9), (1, 8), (2, 7)];
        assert_eq!(cut(&other, &even, &[], -8.0), [vec![0], vec![1, 2]]);
    }

    #[test]
    fn a_chain_does_not_join_its_unlike_ends() {
        let chain = ties(&[(0, 1, 6.0), (1, 2, 3.0), (0, 2, -9.0)]);
        assert_eq!(cut(&THREE, &chain, &[], -8.0), [vec![0, 1], vec![2]]);
    }

    #[test]
    fn a_weak_pair_is_carried_by_the_others() {
        let dirty = ties(&[(0, 1, 9.0), (1, 2, 9.0), (0, 2, -3.0)]);
        assert_eq!(cut(&THREE, &dirty, &[], -8.0), [vec![0, 1, 2]]);
    }

    #[test]
    fn bars_win_and_joined_wins_over_ties() {
        let barred = ties(&[(0, 1, 40.0), (1, 2, 40.0), (0, 2, APART)]);
        assert_eq!(cut(&THREE, &barred, &[], -8.0), [vec![0, 1], vec![2]]);
        assert_eq!(cut(&THREE, &barred, &[(1, 2)], -8.0), [vec![0], vec![1, 2]]);
        assert_eq!(cut(&THREE, &barred, &[(0, 2)], -8.0), [vec![0, 1, 2]]);
    }

    #[test]
    fn a_pair_without_a_tie_counts_as_absent() {
        let open = ties(&[(0, 1, 3.0), (1, 2, 3.0)]);
        assert_eq!(cut(&THREE, &open, &[], -8.0), [vec![0, 1], vec![2]]);
        assert_eq!(cut(&THREE, &open, &[], 0.0), [vec![0, 1, 2]]);
    }
}

//! Which mentions are one subject? A graph of evidence, cut into clusters by a rule that does not
//! depend on the order in which anything arrived.
//!
//! Evidence between two members is a number of bits relative to the threshold: above zero speaks
//! for the same subject, below zero against it. Members that evidence connects form a component;
//! a component is taken apart by [`cut`], which joins the best agreeing groups first and never
//! joins two groups whose evidence, taken together, speaks against it. A chain of alike neighbours
//! (a–b, b–c) therefore does not make its unlike ends (a–c) one.
//!
//! Everything is a function of the members, the links and the standing decisions. So one member at
//! a time gives the clusters of the batch, and what is undone leaves no trace.
//!
//! **Ids.** A cluster bears the name of its oldest member. An id that is no cluster's any more is
//! still a member, so [`Graph::cluster`] answers for every id ever given: that is the redirect. When
//! a merge is undone, the old id is the id again.

mod cut;
mod decide;
mod graph;

pub use cut::{Tie, cut};
pub use graph::Graph;

/// A member of the graph: one mention, one row. Members are numbered from 0 in order of arrival, and
/// that order is their age.
pub type Node = u32;

/// Evidence that two members are different, whatever else speaks for them: two valid different codes.
pub const APART: f32 = f32::NEG_INFINITY;

/// What a person decided of two members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// They are one subject.
    Same,
    /// They are two.
    Different,
}

/// A decision of a person. It wins over all evidence until it is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The caller's number of the decision; unique while it stands.
    pub id: u64,
    /// One member.
    pub left: Node,
    /// The other.
    pub right: Node,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub author: String,
    /// Why, in the author's words.
    pub reason: String,
}

/// What a recomputation changed, in ascending order of the member concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// A member stands in another cluster than before; `from` is none for a new member.
    Moved {
        /// The member.
        node: Node,
        /// Where it was.
        from: Option<Node>,
        /// Where it is.
        into: Node,
    },
    /// This id is a cluster now: new, or again.
    Founded {
        /// The cluster's id.
        cluster: Node,
    },
    /// This id is no cluster any more and leads to another.
    Retired {
        /// The old id.
        cluster: Node,
        /// Where its oldest member, which gave it the name, stands now.
        into: Node,
    },
}

/// Why a decision was not taken. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Standing decisions say the opposite; undo one of them first.
    #[error("standing decisions {by:?} say the opposite: undo one of them first")]
    Decided {
        /// Numbers of the decisions that together say the opposite, ascending.
        by: Vec<u64>,
    },
    /// The number is taken by a standing decision.
    #[error("a decision numbered {0} stands already: give this one another number")]
    Known(u64),
    /// A member does not exist, or both are the same one.
    #[error("a decision names two different members that exist")]
    Members,
}

/// Evidence that speaks against a standing decision. The decision still holds; a person should look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Contradiction {
    /// The smaller member of the pair whose evidence speaks against it.
    pub left: Node,
    /// The greater.
    pub right: Node,
    /// The oldest standing decision that keeps them together.
    pub decision: u64,
}

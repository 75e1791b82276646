//! Merkle trees with proofs, as RFC 6962 section 2.1 defines them.
//!
//! Leaves and inner nodes are hashed apart, so that no node passes for a leaf. A [`Builder`]
//! gives the root of a stream with one digest a level; a [`Tree`] keeps every level and proves.

mod proof;

use crate::digest::{Digest, Hasher, sha256};

pub use proof::{verify_consistency, verify_inclusion};

/// The digest of a leaf: SHA-256 over 0x00 and the leaf's bytes.
#[must_use]
pub fn leaf(bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::new();
    hasher.update([0]);
    hasher.update(bytes);
    hasher.finish()
}

/// The digest of an inner node: SHA-256 over 0x01 and its two children.
pub(crate) fn node(left: &Digest, right: &Digest) -> Digest {
    let mut message = [1; 65];
    message[1..33].copy_from_slice(&left.0);
    message[33..].copy_from_slice(&right.0);
    sha256(&message)
}

/// The root over leaf digests; that of no leaves is the digest of no bytes.
#[must_use]
pub fn root(leaves: &[Digest]) -> Digest {
    let mut builder = Builder::new();
    leaves.iter().for_each(|leaf| builder.append(*leaf));
    builder.root()
}

/// The proof that a leaf stands at an index among these leaves: siblings from the leaf upwards.
/// `None` when there is no such leaf. For many proofs over the same leaves build a [`Tree`].
#[must_use]
pub fn inclusion(leaves: &[Digest], index: u64) -> Option<Vec<Digest>> {
    let tree = Tree::from_leaves(leaves);
    tree.inclusion(index, tree.len())
}

/// The proof that these leaves begin with the first `old` of them, as an earlier root had them.
/// `None` when `old` is more than there are.
#[must_use]
pub fn consistency(leaves: &[Digest], old: u64) -> Option<Vec<Digest>> {
    let tree = Tree::from_leaves(leaves);
    tree.consistency(old, tree.len())
}

/// The root of a stream of leaves, in memory of at most 64 digests however long it grows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Builder {
    /// Leaves so far.
    count: u64,
    /// Roots of the perfect trees that the leaves fall into, largest first: one for each binary
    /// digit of `count` that is set.
    peaks: Vec<Digest>,
}

impl Builder {
    /// No leaves yet.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Goes on from a saved state. `None` when the two do not belong together.
    #[must_use]
    pub fn resume(count: u64, peaks: Vec<Digest>) -> Option<Builder> {
        let fits = count.count_ones() as usize == peaks.len();
        fits.then_some(Builder { count, peaks })
    }

    /// Appends a leaf's digest.
    pub fn append(&mut self, leaf: Digest) {
        let mut carry = leaf;
        // Each trailing one of the count is a perfect tree as large as the one being carried.
        for _ in 0..self.count.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                carry = node(&left, &carry);
            }
        }
        self.peaks.push(carry);
        self.count = self.count.saturating_add(1);
    }

    /// Leaves so far.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether there is no leaf yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// What [`Builder::resume`] needs beside the count.
    #[must_use]
    pub fn peaks(&self) -> &[Digest] {
        &self.peaks
    }

    /// The root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev().copied();
        let smallest = peaks.next().unwrap_or_else(|| sha256(b""));
        peaks.fold(smallest, |right, left| node(&left, &right))
    }
}

/// A tree that keeps every full level: twice the leaves in memory, proofs without re-hashing.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `levels[k][i]` is the root over leaves `i·2ᵏ` to `(i+1)·2ᵏ − 1`, where all of them exist.
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    /// No leaves yet.
    #[must_use]
    pub fn new() -> Tree {
        Tree::default()
    }

    /// A tree over leaf digests.
    #[must_use]
    pub fn from_leaves(leaves: &[Digest]) -> Tree {
        let mut tree = Tree::new();
        leaves.iter().for_each(|leaf| tree.push(*leaf));
        tree
    }

    /// Appends a leaf's digest.
    pub fn push(&mut self, leaf: Digest) {
        let mut digest = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let row = &mut self.levels[level];
            row.push(digest);
            let [.., left, right] = row.as_slice() else {
                return;
            };
            if row.len() % 2 == 1 {
                return;
            }
            digest = node(left, right);
        }
    }

    /// Number of leaves.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Whether there is no leaf yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> Digest {
        self.range(0, self.len())
    }

    /// The root as it was with the first `size` leaves; `None` when there are fewer.
    #[must_use]
    pub fn root_at(&self, size: u64) -> Option<Digest> {
        (size <= self.len()).then(|| self.range(0, size))
    }

    /// The proof that the leaf at `index` is among the first `size`, siblings from the leaf up.
    /// `None` when it is not, or there are fewer leaves.
    #[must_use]
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Digest>> {
        if index >= size || size > self.len() {
            return None;
        }
        Some(path_to(index, size, |start, end| self.range(start, end)))
    }

    /// The proof that the tree of `new` leaves extends that of the first `old`. `None` when `old`
    /// is more than `new`, or there are fewer leaves. Nothing needs to be proven of an empty tree
    /// or of two equal ones.
    #[must_use]
    pub fn consistency(&self, old: u64, new: u64) -> Option<Vec<Digest>> {
        if old > new || new > self.len() {
            return None;
        }
        Some(path_between(old, new, |start, end| self.range(start, end)))
    }

    /// The root over leaves `start` to `end − 1`. `start` is a multiple of the largest power of
    /// two within, as it is everywhere in a proof.
    fn range(&self, start: u64, end: u64) -> Digest {
        let size = end.saturating_sub(start);
        if size == 0 {
            return sha256(b"");
        }
        if size.is_power_of_two() {
            let level = size.trailing_zeros() as usize;
            let row = self.levels.get(level);
            let kept = row.and_then(|row| row.get((start / size) as usize));
            // INVARIANT: callers ask within the leaves, so that a full subtree is always kept.
            return kept.copied().unwrap_or_else(|| sha256(b""));
        }
        let middle = start + split(size);
        node(&self.range(start, middle), &self.range(middle, end))
    }
}

/// Siblings from the leaf at `index` up to the root over `size` leaves; `root` gives the root over a
/// range of them. The caller has seen that there is such a leaf.
pub(crate) fn path_to(index: u64, size: u64, root: impl Fn(u64, u64) -> Digest) -> Vec<Digest> {
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(root(middle, end));
            end = middle;
        } else {
            path.push(root(start, middle));
            start = middle;
        }
    }
    path.reverse();
    path
}

/// What shows that `new` leaves begin with the first `old` of them; nothing where there were none.
/// The caller has seen that there are as many.
pub(crate) fn path_between(old: u64, new: u64, root: impl Fn(u64, u64) -> Digest) -> Vec<Digest> {
    if old == 0 {
        return Vec::new();
    }
    let (mut start, mut end) = (0, new);
    let mut path = Vec::new();
    while end != old {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(root(middle, end));
            end = middle;
        } else {
            path.push(root(start, middle));
            start = middle;
        }
    }
    // A reader who knows the old root needs no word of its left edge.
    if start > 0 {
        path.push(root(start, end));
    }
    path.reverse();
    path
}

/// The largest power of two below a size of at least two: the leaves of the left subtree.
pub(crate) fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}

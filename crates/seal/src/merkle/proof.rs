//! Verification of Merkle proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2). Needs no tree.

use super::node;
use crate::digest::{Digest, sha256};

/// Whether the proof shows that a leaf stands at `index` in the tree of `size` leaves with that
/// root. Never panics, whatever it is given.
#[must_use]
pub fn verify_inclusion(
    leaf: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut digest = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            digest = node(sibling, &digest);
            climb_while_even(&mut at, &mut last);
        } else {
            digest = node(&digest, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && digest == *root
}

/// Whether the proof shows that the tree of `new` leaves begins with the leaves of the tree of
/// `old` leaves. Never panics, whatever it is given.
#[must_use]
pub fn verify_consistency(
    old: u64,
    old_root: &Digest,
    new: u64,
    new_root: &Digest,
    proof: &[Digest],
) -> bool {
    match old {
        0 => return proof.is_empty() && *old_root == sha256(b""),
        _ if old > new => return false,
        _ if old == new => return proof.is_empty() && old_root == new_root,
        _ => {}
    }
    // A perfect old tree is itself the first node of the proof, and is left out of it.
    let (first, rest) = if old.is_power_of_two() {
        (old_root, proof)
    } else {
        match proof.split_first() {
            Some(split) => split,
            None => return false,
        }
    };
    let (mut at, mut last) = (old - 1, new - 1);
    while at % 2 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut of_old, mut of_new) = (*first, *first);
    for sibling in rest {
        if last == 0 {
            return false;
        }
        if at % 2 == 1 || at == last {
            of_old = node(sibling, &of_old);
            of_new = node(sibling, &of_new);
            climb_while_even(&mut at, &mut last);
        } else {
            of_new = node(&of_new, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && of_old == *old_root && of_new == *new_root
}

/// On the right edge a node without a right sibling is its own parent: levels are skipped until
/// it is somebody's right child.
fn climb_while_even(at: &mut u64, last: &mut u64) {
    while *at != 0 && at.is_multiple_of(2) {
        *at >>= 1;
        *last >>= 1;
    }
}

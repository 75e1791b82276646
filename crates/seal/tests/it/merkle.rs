//! Roots and proofs: known vectors, every small tree, and random large ones.

use proptest::prelude::*;
use seal::merkle::{
    Builder, Tree, consistency, inclusion, leaf, root, verify_consistency, verify_inclusion,
};
use seal::{Digest, sha256};

/// The test leaves of the Certificate Transparency log, and the root after each.
const KNOWN: [(&str, &str); 8] = [
    (
        "",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    ),
    (
        "00",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    ),
    (
        "10",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    ),
    (
        "2021",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (
        "3031",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    ),
    (
        "40414243",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    ),
    (
        "5051525354555657",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    ),
    (
        "606162636465666768696a6b6c6d6e6f",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ),
];

fn unhex(text: &str) -> Vec<u8> {
    let digit = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).unwrap_or_default();
    (0..text.len()).step_by(2).map(digit).collect()
}

fn leaves(count: u64) -> Vec<Digest> {
    (0..count).map(|n| leaf(&n.to_be_bytes())).collect()
}

/// The definition, word for word: split at the largest power of two below the size.
fn by_definition(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => sha256(b""),
        [only] => *only,
        _ => {
            let mut left = 1;
            while left * 2 < leaves.len() {
                left *= 2;
            }
            let (before, after) = leaves.split_at(left);
            let children = [&[1][..], &by_definition(before).0, &by_definition(after).0];
            sha256(&children.concat())
        }
    }
}

#[test]
fn known_roots() {
    let mut builder = Builder::new();
    let mut tree = Tree::new();
    assert_eq!(builder.root(), sha256(b""));
    assert_eq!(tree.root(), sha256(b""));
    for (bytes, expected) in KNOWN {
        let digest = leaf(&unhex(bytes));
        builder.append(digest);
        tree.push(digest);
        assert_eq!(builder.root().to_string(), expected);
        assert_eq!(tree.root().to_string(), expected);
    }
}

#[test]
fn a_node_is_no_leaf() {
    let two = leaves(2);
    let node = [two[0].0, two[1].0].concat();
    assert_ne!(root(&two), leaf(&node));
}

#[test]
fn every_small_tree_and_every_proof() {
    for size in 0..=40_u64 {
        let all = leaves(size);
        let tree = Tree::from_leaves(&all);
        let root_now = by_definition(&all);
        assert_eq!(root(&all), root_now, "{size}");
        assert_eq!(tree.root(), root_now, "{size}");
        assert_eq!(tree.inclusion(size, size), None);
        assert_eq!(tree.root_at(size + 1), None);
        assert_eq!(tree.consistency(size + 1, size), None);
        for index in 0..size {
            let proof = inclusion(&all, index).unwrap_or_default();
            for claimed in 0..=size {
                let fits = verify_inclusion(&all[index as usize], claimed, size, &proof, &root_now);
                assert_eq!(
                    fits,
                    claimed == index,
                    "leaf {index} as {claimed} of {size}"
                );
            }
        }
        for old in 0..=size {
            let proof = consistency(&all, old).unwrap_or_default();
            let root_then = by_definition(&all[..old as usize]);
            assert_eq!(tree.root_at(old), Some(root_then));
            assert!(
                verify_consistency(old, &root_then, size, &root_now, &proof),
                "{old} {size}"
            );
            if old != 0 && old != size {
                assert!(!verify_consistency(old, &root_now, size, &root_now, &proof));
                assert!(!verify_consistency(
                    old, &root_then, size, &root_then, &proof
                ));
                assert!(!verify_consistency(
                    size, &root_now, old, &root_then, &proof
                ));
            }
        }
    }
}

/// Proof lengths must not tell apart what the definition does not: at most one digest a level.
#[test]
fn proofs_are_logarithmic() {
    let all = leaves(1_000);
    let tree = Tree::from_leaves(&all);
    for index in 0..1_000 {
        assert!(
            tree.inclusion(index, 1_000)
                .is_some_and(|proof| proof.len() <= 10)
        );
        assert!(
            tree.consistency(index, 1_000)
                .is_some_and(|proof| proof.len() <= 11)
        );
    }
}

#[test]
fn a_builder_is_resumed_only_with_what_belongs_together() {
    let mut builder = Builder::new();
    leaves(11).into_iter().for_each(|leaf| builder.append(leaf));
    assert_eq!(builder.len(), 11);
    let resumed = Builder::resume(11, builder.peaks().to_vec());
    assert_eq!(resumed.as_ref(), Some(&builder));
    assert_eq!(Builder::resume(12, builder.peaks().to_vec()), None);
    assert_eq!(Builder::resume(0, builder.peaks().to_vec()), None);
}

/// Memory of a stream: as many digests as the count has binary ones.
#[test]
fn a_stream_keeps_one_digest_a_level() {
    let mut builder = Builder::new();
    for n in 0..10_000_u64 {
        builder.append(leaf(&n.to_be_bytes()));
        assert_eq!(builder.peaks().len(), builder.len().count_ones() as usize);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn large_trees(size in 1..3_000_u64, at in any::<prop::sample::Index>(), flip in any::<prop::sample::Index>()) {
        let all = leaves(size);
        let tree = Tree::from_leaves(&all);
        let index = at.index(size as usize) as u64;
        prop_assert_eq!(tree.root(), by_definition(&all));
        let mut proof = tree.inclusion(index, size).unwrap_or_default();
        let this = all[index as usize];
        prop_assert!(verify_inclusion(&this, index, size, &proof, &tree.root()));
        if !proof.is_empty() {
            let wrong = flip.index(proof.len());
            proof[wrong].0[flip.index(32)] ^= 1;
            prop_assert!(!verify_inclusion(&this, index, size, &proof, &tree.root()));
        }
        let old = index + 1;
        let then = tree.root_at(old).unwrap_or(this);
        let mut proof = tree.consistency(old, size).unwrap_or_default();
        prop_assert!(verify_consistency(old, &then, size, &tree.root(), &proof));
        if !proof.is_empty() {
            let wrong = flip.index(proof.len());
            proof[wrong].0[flip.index(32)] ^= 1;
            prop_assert!(!verify_consistency(old, &then, size, &tree.root(), &proof));
            proof.pop();
            prop_assert!(!verify_consistency(old, &then, size, &tree.root(), &proof));
        }
    }

    /// A changed, dropped or swapped leaf of the past is never consistent.
    #[test]
    fn history_cannot_be_rewritten(old in 1..200_u64, more in 1..200_u64, at in any::<prop::sample::Index>()) {
        let honest = leaves(old);
        let mut rewritten = leaves(old + more);
        rewritten[at.index(old as usize)] = leaf(b"rewritten");
        let tree = Tree::from_leaves(&rewritten);
        let proof = tree.consistency(old, old + more).unwrap_or_default();
        prop_assert!(!verify_consistency(old, &root(&honest), old + more, &tree.root(), &proof));
    }

    /// Whatever a stranger sends, the verifiers answer no and do not panic or hang.
    #[test]
    fn arbitrary_proofs_fail(
        index in any::<u64>(), size in any::<u64>(), new in any::<u64>(),
        proof in proptest::collection::vec(any::<[u8; 32]>().prop_map(Digest), 0..70),
    ) {
        let (one, two) = (leaf(b"1"), leaf(b"2"));
        prop_assert!(!verify_inclusion(&one, index, size, &proof, &two));
        prop_assert!(!verify_consistency(size, &one, new, &two, &proof));
    }
}

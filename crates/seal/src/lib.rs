//! Canonical bytes, digests, signatures and Merkle proofs; knows nothing of credit.

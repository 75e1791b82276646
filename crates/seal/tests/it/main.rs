//! Merkle proofs against the definition of RFC 6962, and attempts to forge them.

mod merkle;

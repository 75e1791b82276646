//! Digests, keyed digests, signatures and Merkle proofs: what makes history provable.
//!
//! Pure, and knows nothing of credit, so that an outsider can verify receipts, reports and logs
//! with this crate alone. Canonical bytes come from the caller (RFC 8785).
//!
//! | module | holds |
//! | --- | --- |
//! | [`digest`] | SHA-256 digests and salted commitments |
//! | [`key`] | the site's key, from which ids are derived |
//! | [`sign`] | Ed25519 signatures (RFC 8032) and key thumbprints (RFC 7638) |
//! | [`envelope`] | signed canonical JSON as compact JWS (RFC 7515, RFC 8037) |
//! | [`merkle`] | Merkle trees with proofs (RFC 6962) |

pub mod digest;
pub mod envelope;
pub mod key;
pub mod merkle;
pub mod sign;

pub use digest::{Digest, Hasher, commit, sha256};
pub use key::SiteKey;
pub use sign::{BadSignature, Signature, Signer, Verifier};

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
//! | [`message`] | signed HTTP requests (RFC 9421) and digests of their content (RFC 9530) |
//! | [`merkle`] | Merkle trees with proofs (RFC 6962) |
//! | [`note`], [`checkpoint`] | signed notes and heads of logs (C2SP signed-note, tlog-checkpoint) |
//! | [`tile`] | a log as immutable files (C2SP tlog-tiles) |
//! | [`leaf`] | what an entry of the journal commits to |
//! | [`proof`] | a proof as a text of its own (C2SP tlog-proof) |
//! | [`log`] | a published log, checked by anyone |
//! | [`stamp`] | time stamps of others (RFC 3161) |
//! | [`witness`] | when a head may be cosigned (C2SP tlog-witness) |
//! | [`vault`] | sealed values, bound to table, column and row (RFC 8452) |
//! | [`ring`] | numbered keys that wrap each subject's own key, and the blind index |

pub mod checkpoint;
pub mod digest;
pub mod envelope;
pub mod key;
pub mod leaf;
pub mod log;
pub mod merkle;
pub mod message;
pub mod note;
mod pem;
pub mod proof;
pub mod ring;
pub mod sign;
pub mod stamp;
pub mod tile;
pub mod vault;
pub mod witness;

pub use digest::{Digest, Hasher, commit, sha256};
pub use key::SiteKey;
pub use ring::{Ring, Wrapped};
pub use sign::{BadSignature, Signature, Signer, Verifier};
pub use vault::{BadSeal, DataKey, Place};

//! Signing in through an OpenID provider: out with a [`Trip`], back with a code, and what the
//! provider has proven. Knows nothing of accounts; what a proof is worth is decided elsewhere.
//!
//! Authorization code flow with PKCE (OpenID Connect Core 1.0, RFC 7636). The protocol is that of
//! `openidconnect`; this room adds what a site must decide: which algorithms count, where it may
//! connect to, how much it reads, and which claims say what.

mod error;
mod provider;
mod settings;
mod wire;

pub use error::Error;
pub use provider::{Proven, Provider, Trip};
pub use settings::{Claims, Settings};

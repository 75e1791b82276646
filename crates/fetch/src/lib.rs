//! Fetching a supplier's file: where a site may be sent to, and what may come back.
//!
//! Whoever writes an address for a server to fetch may try to make it ask its own machine or its own
//! network. So a file is fetched from the hosts of one list only; by TLS; without following a redirect;
//! from public addresses, unless the list says of a host that it stands inside; and the address that was
//! judged is the one that is connected to. Bytes and time are bounded. What the file means is decided
//! elsewhere.

mod address;
mod client;
mod settings;

pub use address::is_public;
pub use client::{Client, Fetched, Lost};
pub use settings::{BadSettings, Every, Settings, Source};

//! Are two rows of a plain table one subject? Evidence in bits, learnt without labels, explained
//! part by part.
//!
//! A [`Schema`] says what the columns hold; [`train`] learns a [`Model`] from rows; a [`Resolver`]
//! compares rows that share a key and keeps their clusters. The model is frozen: rows that come one
//! by one get the clusters that all of them together would get.
//!
//! This is for tables that an agency brings of its own. The platform itself matches natural persons
//! by verified identifier only (rights 7), and nothing here is reachable from its doors.

mod compare;
mod date;
mod edit;
mod field;
mod follow;
pub(crate) mod kind;
mod model;
mod person;
mod records;
mod resolver;
mod schema;
mod score;
mod scorer;
mod settings;
mod train;
mod waterfall;

pub(crate) use field::{Field, numbered};
pub use kind::{Kind, Role};
pub use model::{Costs, Follow, Model, Weights, WordBits};
pub use records::Records;
pub use resolver::{Resolver, Tally};
pub use schema::{Column, Schema, local_title};
pub use score::{Evidence, Scored};
pub use settings::{Settings, SettingsError};
pub use train::train;

//! Which subject does a row speak of? *Same*, *new*, or a person decides.
//!
//! Pure: the store says who holds the row's identifiers and who bears its name, this crate
//! answers. It never guesses silently. An exact identifier decides; a name alone never does, it
//! only makes a question for a person; and natural persons, individual businesses included, are
//! known by exact, verified identifier only, so that no name of a person is ever matched
//! (rights 7). Later work replaces the inside, not this interface.
//!
//! | module | holds |
//! | --- | --- |
//! | [`answer`] | candidates, answers and their reasons |
//! | [`cluster`] | evidence, decisions of persons, and the clusters they make |
//! | [`link`] | rows of plain tables: evidence learnt from them, scores, clusters |
//! | [`table`] | a plain table with each text kept once |
//! | [`key`] | the identifiers under which a claim is looked up and kept |
//! | [`name`] | organisation names, taken apart and compared |
//! | [`search`] | finding names: by part, with edits, by pinyin |

pub mod answer;
mod block;
pub mod cluster;
mod decide;
pub mod key;
pub mod link;
pub mod name;
pub mod search;
pub mod table;

pub use answer::{Answer, Candidate, Reason};
pub use decide::resolve;
pub use key::{Key, keys};

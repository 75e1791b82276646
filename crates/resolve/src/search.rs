//! Finding names: exact, by their beginning, by a part, with one or two edits, by pinyin, over ten
//! million names.
//!
//! A [`Builder`] writes names once into a [`Segment`]: a sorted, checked, read-only run of bytes,
//! which is a file or memory ([`Bytes`]). An [`Index`] asks several segments and merges what they
//! say, so that new names cost one small segment and no rewriting. Everything here is derived: a
//! damaged or missing segment is made again from the store, and every hit is checked there once more.
//! No name of a person may be pushed into a builder (rights 7); the callers' sources see to that.
//!
//! | module | holds |
//! | --- | --- |
//! | [`query`] | what is asked and answered, the order of hits |
//! | `alphabet`, `build`, `format`, `postings`, `segment` | the bytes of a segment, written and read |
//! | `contain`, `fuzzy`, `letters` | the three ways to find: containing, nearly equal, by pinyin |
//! | [`edit`] | distances between names |
//! | [`pinyin`] | readings of Chinese characters |

mod alphabet;
mod build;
mod contain;
pub mod edit;
mod format;
mod fuzzy;
mod index;
mod letters;
pub mod pinyin;
mod postings;
pub mod query;
mod segment;
mod text;

pub use build::Builder;
pub use format::Bytes;
pub use index::Index;
pub use query::{Cursor, Hit, Kind, Page, Query};
pub use segment::Segment;

/// Characters of a name that are kept: names of organisations may have no more than some hundred;
/// what is longer is found by its first part. One byte holds a length.
pub const NAME_CHARS: usize = 255;

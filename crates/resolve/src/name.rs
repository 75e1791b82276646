//! Organisation names: taken apart, compared, and the difference said in words.
//!
//! Pure and usable alone. A Chinese name is region + trade name + industry + legal form (企业名称登记
//! 管理规定), often with a branch behind it; a Latin or Cyrillic one is words and a legal form. Two
//! names are the same organisation's only when every part that tells subjects apart agrees: one
//! character of the trade name, another city or a branch make another subject, a legal form left out
//! hardly counts. A name is never more than evidence: who decides about facts asks for an identifier.
//!
//! | module | holds |
//! | --- | --- |
//! | [`likeness`] | the outcome of a comparison and its sentence |
//! | [`history`] | names with the dates on which they held |
//! | [`nearest`] | a list of names, asked for the one that a name may be |

mod compare;
mod fold;
mod han;
pub mod history;
mod lexicon;
pub mod likeness;
pub mod nearest;
mod parts;
mod why;
mod words;

pub use compare::compare;
pub use history::NameHistory;
pub use likeness::{Difference, Likeness, Part, PartDifference};
pub use nearest::Nearest;
pub use parts::{OrgName, Script};

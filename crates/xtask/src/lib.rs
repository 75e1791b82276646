//! The chores of the house: tidy, test, samples, bench. Standard library only, so that the first
//! command of a new checkout builds in seconds.

pub mod bench;
pub mod lex;
pub mod packages;
pub mod repro;
pub mod run;
pub mod samples;
pub mod sbom;
pub mod soak;
pub mod source;
pub mod test;
pub mod tidy;

//! The catalogue: reviewed, dated data that drives every room. One definition feeds validator,
//! form, template, API schema, report section, sharing and term: a new theme is one file, no code.
//!
//! [`model`] holds what a checked catalogue is. Nothing outside this module can build a [`Theme`]
//! that `rights.md` 3 would refuse, because only the checker makes one.

mod build;
mod check;
pub mod finding;
pub mod frictionless;
pub mod load;
pub mod model;
mod raw;
pub mod refusals;
mod words;

pub use finding::{Finding, Grade};
pub use load::check;
pub use model::*;

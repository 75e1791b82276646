//! The catalogue: reviewed, dated data that drives every room. One definition feeds validator,
//! form, template, API schema, report section, sharing and term: a new theme is one file, no code.
//!
//! [`model`] holds what a checked catalogue is. Nothing outside this module can build a [`Theme`]
//! that `rights.md` 3 would refuse, because only the checker makes one.

pub mod model;

pub use model::*;

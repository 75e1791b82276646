//! Widths, spaces, and the comparison form of an organisation's name.
//!
//! Suppliers' files mix full and half width, stray tabs and marks of no width. What is stored and
//! shown is the supplier's own text, only tidied; what is compared is a stricter form.

mod form;
mod simplify;
mod tidy;

pub use form::{could_be_person, looks_like_organisation, name_form};
pub use simplify::{simplify, simplify_char};
pub use tidy::{narrow, tidy};

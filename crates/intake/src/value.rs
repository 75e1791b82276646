//! One cell to the canonical text of its item's kind, or the reason why not.
//!
//! Canonical text is a fixed point: reading it again gives itself. So a mended file, an export and
//! a repeat of the same row all digest alike. No floating point is used anywhere.

pub mod code;
pub mod date;
pub mod decimal;

use credit::fault::FaultKind;
use credit::identifier::{Identifier, Parsed, System};
use std::borrow::Cow;

pub use code::CodeIndex;
pub use decimal::is_money;

/// A value as its item takes it; `None` where a spelling means that there is none.
pub type Canonical<'a> = Result<Option<Cow<'a, str>>, FaultKind>;

/// Reads an identifier of one system, or of any organisation's where `system` is `None`.
///
/// # Errors
/// The check that failed.
pub fn identifier(system: Option<System>, text: &str) -> Result<Parsed, FaultKind> {
    let parsed = match system {
        Some(system) => Identifier::parse(system, text),
        None => Identifier::detect(text),
    };
    parsed.map_err(|error| FaultKind::Identifier { system, error })
}

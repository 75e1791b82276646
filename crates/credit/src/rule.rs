//! Cross-field rules in CEL: terminating, without side effects, compiled once.

use crate::lang::Text;

/// A compiled rule. Items are variables by code: text and code items are strings (empty when
/// unfilled), dates are strings `YYYY-MM-DD` (they compare as dates do), numbers are doubles or
/// null; `today` is the day of the submission.
#[derive(Debug)]
pub struct Rule {
    /// Code shown to the supplier: `CF-01`.
    pub code: String,
    /// The expression as written.
    pub source: String,
    /// What to say when it does not hold, and how to mend the row.
    pub message: Text,
    /// Items it reads, for pointing at columns.
    pub items: Vec<String>,
}

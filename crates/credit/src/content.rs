//! Kinds of data that are never stored, and redaction of free text before publication.
//!
//! Rights 3 and R02 keep whole kinds of data out, by content and not only by column; free text is
//! published only after redaction, and doubtful text waits for a person. The patterns are data
//! (`catalog/content.toml`); this module is the machine that runs them.

mod find;
mod numbers;
mod openings;
mod pattern;
mod redact;
mod rules;

pub use numbers::{NumberKind, PersonalNumber};
pub use redact::{Hit, HitKind, Redaction};
pub use rules::{ContentError, ContentRules, Forbidden, ForbiddenKind};

/// The first statement of a forbidden kind about a person in a text, by the rules shipped with the
/// program. A firm's scope of business, a penalty's facts and addresses of temples are no such.
#[must_use]
pub fn forbidden(text: &str) -> Option<Forbidden> {
    ContentRules::builtin().forbidden(text)
}

/// Citizen's numbers (valid check), bank cards (Luhn, near a word for account), mobile phones, in
/// order of place.
#[must_use]
pub fn personal_numbers(text: &str) -> Vec<PersonalNumber> {
    numbers::personal_numbers(text)
}

/// A text with people, addresses, accounts, phones and health taken out, by the rules shipped.
#[must_use]
pub fn redact(text: &str) -> Redaction {
    ContentRules::builtin().redact(text)
}

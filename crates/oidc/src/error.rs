//! What can go wrong on the way to a provider and back.

use thiserror::Error;

/// What went wrong. The words are for whoever runs the site; readers get their own.
#[derive(Debug, Error)]
pub enum Error {
    /// The settings cannot be used.
    #[error("settings of providers: {0}")]
    Settings(String),
    /// The provider does not answer, or not as a provider does.
    #[error("the provider `{code}` cannot be asked: {cause}")]
    Unreachable {
        /// The provider's code in the settings.
        code: String,
        /// What was seen.
        cause: String,
    },
    /// The provider answered, and what it says proves nothing.
    #[error("the provider `{code}` proved nothing: {cause}")]
    Unproven {
        /// The provider's code in the settings.
        code: String,
        /// What was seen.
        cause: String,
    },
}

//! Settings as a file: a frozen model, or only what the columns hold.
//!
//! One JSON object, with a format word, so that another version is told apart. Digests are written
//! as hexadecimal words and lists are sorted: equal models give equal bytes.

mod wire;

use super::model::{Costs, Model};
use super::schema::Schema;

/// What a settings file says.
#[derive(Clone, Debug, PartialEq)]
pub enum Settings {
    /// Only the columns and costs: a model is to be learnt with them.
    Columns(Schema, Costs),
    /// A frozen model.
    Model(Box<Model>),
}

/// Why a settings file was refused.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It is no JSON, or not of this shape.
    #[error("the settings are not in the form that --save-settings writes")]
    Form(#[source] serde_json::Error),
    /// It is of another version or program.
    #[error("the settings have the format `{0}`; this program reads `{FORMAT}`: learn them again")]
    Format(String),
    /// A word or number in it cannot be.
    #[error("the settings say something that cannot be about {0}: mend it or learn them again")]
    Content(String),
}

/// The format word.
const FORMAT: &str = "gongxin-resolve-1";

impl Settings {
    /// Reads a settings file.
    ///
    /// # Errors
    /// When it has another form, version, or words that mean nothing.
    pub fn read(text: &str) -> Result<Settings, SettingsError> {
        let file: wire::File = serde_json::from_str(text).map_err(SettingsError::Form)?;
        if file.format != FORMAT {
            return Err(SettingsError::Format(file.format));
        }
        file.settings()
    }
}

impl Model {
    /// The settings file of this model.
    #[must_use]
    pub fn settings(&self) -> String {
        let file = wire::File::of(self);
        let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
        text.push('\n');
        text
    }
}

//! The form of `cases/*.toml`.

use super::{At, RawBasis};
use crate::lang::Text;
use serde::Deserialize;
use toml::value::Datetime;

/// A kind of case.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawCaseKind {
    pub(in super::super) code: At<String>,
    pub(in super::super) version: At<String>,
    /// The edition of which states and moves are taken that this file does not write itself.
    pub(in super::super) like: Option<At<String>>,
    pub(in super::super) valid_from: At<Datetime>,
    pub(in super::super) valid_to: Option<At<Datetime>>,
    pub(in super::super) jurisdiction: At<String>,
    pub(in super::super) layer: At<String>,
    pub(in super::super) title: At<Text>,
    pub(in super::super) about: At<Text>,
    #[serde(default)]
    pub(in super::super) unverified: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) basis: Vec<At<RawBasis>>,
    #[serde(default)]
    pub(in super::super) of: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) makes: Vec<At<String>>,
    pub(in super::super) kept: Option<RawKept>,
    pub(in super::super) total: Option<At<RawCaseDeadline>>,
    #[serde(default)]
    pub(in super::super) states: Vec<At<RawCaseState>>,
    #[serde(default)]
    pub(in super::super) moves: Vec<At<RawCaseMove>>,
}

/// `kept`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawKept {
    pub(in super::super) item: String,
    pub(in super::super) values: Vec<String>,
}

/// A deadline: `working_days` or `term`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawCaseDeadline {
    pub(in super::super) who: At<String>,
    pub(in super::super) working_days: Option<u16>,
    pub(in super::super) term: Option<At<String>>,
    #[serde(default = "one")]
    pub(in super::super) warn: u16,
    #[serde(default)]
    pub(in super::super) basis: String,
    #[serde(default)]
    pub(in super::super) verified: bool,
}

fn one() -> u16 {
    1
}

/// `[[states]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawCaseState {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
    #[serde(default)]
    pub(in super::super) end: bool,
    #[serde(default)]
    pub(in super::super) paused: bool,
    #[serde(default)]
    pub(in super::super) adverse: bool,
    #[serde(default)]
    pub(in super::super) settled: bool,
    #[serde(default)]
    pub(in super::super) admits: bool,
    #[serde(default)]
    pub(in super::super) effects: Vec<At<String>>,
    pub(in super::super) deadline: Option<At<RawCaseDeadline>>,
}

/// `[[moves]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawCaseMove {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
    #[serde(default)]
    pub(in super::super) from: Vec<At<String>>,
    pub(in super::super) to: At<String>,
    #[serde(default)]
    pub(in super::super) by: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) needs: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) choices: Vec<At<RawChoice>>,
    #[serde(default)]
    pub(in super::super) once: bool,
    #[serde(default)]
    pub(in super::super) late: bool,
    #[serde(default)]
    pub(in super::super) resumes: bool,
    pub(in super::super) extends: Option<u16>,
    pub(in super::super) receivers_working_days: Option<u16>,
    pub(in super::super) bars: Option<At<String>>,
    #[serde(default)]
    pub(in super::super) differs: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) told: Vec<At<String>>,
    pub(in super::super) remedy: Option<At<Text>>,
    pub(in super::super) letter: Option<At<Text>>,
    #[serde(default)]
    pub(in super::super) basis: String,
    #[serde(default)]
    pub(in super::super) verified: bool,
}

/// A thing to choose from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawChoice {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
}

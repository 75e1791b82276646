//! The form of `measures/*.toml`, as written.

use super::{At, RawBasis};
use crate::lang::Text;
use serde::Deserialize;
use toml::value::Datetime;

/// `measures/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawEdition {
    pub(in super::super) edition: At<String>,
    pub(in super::super) title: At<Text>,
    pub(in super::super) jurisdiction: At<String>,
    pub(in super::super) layer: At<String>,
    pub(in super::super) published_on: At<Datetime>,
    pub(in super::super) valid_from: At<Datetime>,
    pub(in super::super) valid_to: Option<At<Datetime>>,
    #[serde(default)]
    pub(in super::super) demonstration: bool,
    #[serde(default)]
    pub(in super::super) unverified: Vec<At<String>>,
    pub(in super::super) acts: Vec<At<RawWord>>,
    pub(in super::super) items: Vec<At<RawWord>>,
    pub(in super::super) organs: Vec<At<RawWord>>,
    pub(in super::super) measures: Vec<At<RawMeasure>>,
}

/// A code with its title.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawWord {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
}

/// `[[measures]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawMeasure {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
    pub(in super::super) class: At<String>,
    pub(in super::super) effect: At<String>,
    pub(in super::super) kinds: Vec<At<String>>,
    pub(in super::super) roles: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) organs: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) grounds: Vec<At<RawGround>>,
    pub(in super::super) term: Option<At<RawTerm>>,
    #[serde(default)]
    pub(in super::super) basis: Vec<At<RawLinked>>,
    pub(in super::super) lift: At<Text>,
    pub(in super::super) remedy: At<Text>,
}

/// A kind of fact. `grade` and `count` are read so that they can be refused by name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawGround {
    pub(in super::super) theme: Option<At<String>>,
    pub(in super::super) act: Option<At<String>>,
    pub(in super::super) severity: Option<At<String>>,
    pub(in super::super) grade: Option<At<String>>,
    pub(in super::super) count: Option<At<u32>>,
}

/// How long: `{ min, max }`, or `{ ends = "with-fact" | "by-order" }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawTerm {
    pub(in super::super) min: Option<At<String>>,
    pub(in super::super) max: Option<At<String>>,
    pub(in super::super) ends: Option<At<String>>,
}

/// A basis, and what it joins.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawLinked {
    pub(in super::super) law: At<String>,
    pub(in super::super) article: Option<String>,
    pub(in super::super) rank: At<String>,
    #[serde(default)]
    pub(in super::super) verified: bool,
    pub(in super::super) acts: Vec<At<String>>,
    pub(in super::super) items: Vec<At<String>>,
}

impl RawLinked {
    /// The basis without what it joins.
    pub(in super::super) fn basis(&self) -> RawBasis {
        RawBasis {
            law: self.law.clone(),
            article: self.article.clone(),
            rank: self.rank.clone(),
            verified: self.verified,
            responsible: false,
        }
    }
}

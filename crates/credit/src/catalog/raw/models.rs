//! The form of `models/*.toml`, as written.

use super::{At, RawBasis};
use crate::lang::Text;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::value::Datetime;

/// `models/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawModel {
    pub(in super::super) model: At<String>,
    pub(in super::super) version: At<String>,
    pub(in super::super) title: At<Text>,
    pub(in super::super) about: At<Text>,
    pub(in super::super) jurisdiction: At<String>,
    pub(in super::super) valid_from: At<Datetime>,
    pub(in super::super) valid_to: Option<At<Datetime>>,
    #[serde(default)]
    pub(in super::super) demonstration: bool,
    pub(in super::super) adopted: Option<At<RawAdopted>>,
    pub(in super::super) kinds: At<Vec<At<String>>>,
    pub(in super::super) form: Option<At<RawForm>>,
    pub(in super::super) excludes: At<Vec<At<String>>>,
    #[serde(default)]
    pub(in super::super) uses: Vec<At<String>>,
    pub(in super::super) scale: Option<At<RawScale>>,
    pub(in super::super) valid_for: At<String>,
    pub(in super::super) no_record: At<String>,
    pub(in super::super) notice_working_days: Option<u16>,
    #[serde(default)]
    pub(in super::super) unverified: Vec<At<String>>,
    #[serde(default)]
    pub(in super::super) basis: Vec<At<RawBasis>>,
    pub(in super::super) bands: Vec<At<RawBand>>,
    pub(in super::super) indicators: Vec<At<RawIndicator>>,
}

/// `adopted = { authority, document, on }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawAdopted {
    pub(in super::super) authority: At<Text>,
    pub(in super::super) document: At<String>,
    pub(in super::super) on: At<Datetime>,
}

/// `form = { theme, item }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawForm {
    pub(in super::super) theme: At<String>,
    pub(in super::super) item: At<String>,
}

/// `scale = { from, to, start }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawScale {
    pub(in super::super) from: i32,
    pub(in super::super) to: i32,
    pub(in super::super) start: i32,
}

/// `[[bands]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawBand {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
    pub(in super::super) from: Option<i32>,
    pub(in super::super) to: Option<i32>,
    #[serde(default)]
    pub(in super::super) bad: bool,
}

/// `[[indicators]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawIndicator {
    pub(in super::super) code: At<String>,
    pub(in super::super) title: At<Text>,
    pub(in super::super) theme: At<String>,
    pub(in super::super) severity: Option<At<String>>,
    pub(in super::super) on: Option<At<RawOn>>,
    pub(in super::super) date: Option<At<String>>,
    pub(in super::super) within: Option<At<String>>,
    pub(in super::super) points: Option<i32>,
    pub(in super::super) most: Option<u16>,
    pub(in super::super) band: Option<At<String>>,
    pub(in super::super) level: Option<At<RawLevel>>,
}

/// `on = { item, is, contains }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawOn {
    pub(in super::super) item: At<String>,
    #[serde(default)]
    pub(in super::super) is: Vec<String>,
    #[serde(default)]
    pub(in super::super) contains: Vec<String>,
}

/// `level = { item, bands = { value = band } }`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RawLevel {
    pub(in super::super) item: At<String>,
    pub(in super::super) bands: BTreeMap<String, At<String>>,
}

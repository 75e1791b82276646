//! The form of catalogue files, as written. Nothing here is trusted: `build` turns it into the
//! model and `check` refuses what breaks a right. Values carry their place in the file so that
//! each finding can name a line.

pub(super) mod measures;
pub(super) mod models;

use crate::lang::Text;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

mod cases;

pub(super) use cases::{
    RawCaseDeadline, RawCaseKind, RawCaseMove, RawCaseState, RawChoice, RawKept,
};

/// A value with its place.
pub(super) type At<T> = Spanned<T>;

/// `themes/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTheme {
    pub(super) code: At<String>,
    pub(super) version: At<String>,
    pub(super) valid_from: At<Datetime>,
    pub(super) valid_to: Option<At<Datetime>>,
    pub(super) jurisdiction: At<String>,
    pub(super) layer: At<String>,
    pub(super) class: At<String>,
    pub(super) section: At<String>,
    #[serde(default)]
    pub(super) suppliers: Vec<At<String>>,
    #[serde(default)]
    pub(super) any_authority: bool,
    pub(super) subject_kinds: At<Vec<At<String>>>,
    pub(super) public: At<bool>,
    pub(super) public_when: Option<At<String>>,
    #[serde(default)]
    pub(super) finality_required: bool,
    pub(super) names_organisations: Option<At<bool>>,
    pub(super) document: Option<At<String>>,
    #[serde(default)]
    pub(super) empty: Vec<String>,
    pub(super) key: At<Vec<At<String>>>,
    #[serde(default)]
    pub(super) digest_excludes: Vec<At<String>>,
    #[serde(default)]
    pub(super) unverified: Vec<At<String>>,
    pub(super) title: At<Text>,
    pub(super) about: At<Text>,
    #[serde(default)]
    pub(super) basis: Vec<At<RawBasis>>,
    pub(super) sharing: Option<At<RawSharing>>,
    pub(super) severity: Option<At<RawSeverity>>,
    pub(super) clocks: Option<At<RawClocks>>,
    pub(super) reporting: Option<At<RawReporting>>,
    pub(super) repair: Option<At<RawRepair>>,
    pub(super) submission: At<RawSubmission>,
    pub(super) individual_business: Option<At<RawPublished>>,
    pub(super) natural_person: Option<At<RawPersons>>,
    #[serde(default)]
    pub(super) layouts: Vec<At<RawLayout>>,
    pub(super) items: Vec<At<RawItem>>,
    #[serde(default)]
    pub(super) rules: Vec<At<RawRule>>,
}

/// A legal basis.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawBasis {
    pub(super) law: At<String>,
    pub(super) article: Option<String>,
    pub(super) rank: At<String>,
    #[serde(default)]
    pub(super) verified: bool,
    /// It holds other people than the subject responsible, and names who (R14).
    #[serde(default)]
    pub(super) responsible: bool,
}

/// `[sharing]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSharing {
    pub(super) class: At<String>,
    pub(super) reason: Option<At<Text>>,
    pub(super) basis: Option<At<RawBasis>>,
}

/// `[severity]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSeverity {
    pub(super) basis: At<RawBasis>,
    #[serde(default)]
    pub(super) case: Vec<At<RawCase>>,
    #[serde(default)]
    pub(super) publicity: Vec<At<RawPublicity>>,
}

/// `[[severity.case]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCase {
    pub(super) severity: At<String>,
    pub(super) when: At<String>,
}

/// `[[severity.publicity]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPublicity {
    pub(super) severity: At<String>,
    pub(super) published: bool,
    pub(super) min: Option<At<String>>,
    pub(super) max: At<String>,
}

/// `[clocks]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClocks {
    pub(super) publicity: Option<At<String>>,
    pub(super) sharing: Option<At<String>>,
    pub(super) query: Option<At<String>>,
    pub(super) archive: Option<At<String>>,
    pub(super) from: Option<At<String>>,
}

/// `[reporting]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReporting {
    pub(super) frequency: At<Text>,
    pub(super) deadline: Option<At<RawDeadline>>,
}

/// `reporting.deadline`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeadline {
    pub(super) working_days: u16,
    pub(super) from: At<String>,
}

/// `[repair]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRepair {
    pub(super) kind: At<String>,
    pub(super) how: Option<At<Text>>,
    pub(super) basis: Option<At<RawBasis>>,
}

/// `[submission]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSubmission {
    pub(super) mode: At<String>,
    #[serde(default)]
    pub(super) scope: Vec<At<String>>,
}

/// `[individual_business]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPublished {
    pub(super) items: Vec<At<String>>,
    pub(super) basis: At<RawBasis>,
}

/// `[natural_person]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPersons {
    pub(super) number: At<String>,
    pub(super) basis: At<RawBasis>,
}

/// `[[layouts]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLayout {
    pub(super) header: Vec<String>,
    pub(super) columns: Vec<At<String>>,
}

/// `[[items]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawItem {
    pub(super) code: At<String>,
    pub(super) title: At<Text>,
    #[serde(rename = "type")]
    pub(super) kind: At<String>,
    pub(super) length: Option<At<u32>>,
    pub(super) digits: Option<At<u8>>,
    #[serde(default)]
    pub(super) scale: u8,
    pub(super) unit: Option<At<String>>,
    pub(super) set: Option<At<String>>,
    #[serde(default)]
    pub(super) many: bool,
    pub(super) system: Option<At<String>>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) required_when: Option<At<String>>,
    pub(super) format: Option<At<String>>,
    #[serde(default)]
    pub(super) aliases: Vec<At<String>>,
    pub(super) role: Option<At<String>>,
    pub(super) exposure: Option<At<String>>,
    pub(super) mask: Option<At<(u8, u8)>>,
    #[serde(default)]
    pub(super) personal: bool,
    #[serde(default)]
    pub(super) free_text: bool,
    pub(super) consent_item: Option<At<String>>,
}

/// `[[rules]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) code: At<String>,
    pub(super) holds: At<String>,
    pub(super) message: At<Text>,
}

/// `codes/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCodeSet {
    pub(super) code: At<String>,
    pub(super) title: At<Text>,
    #[serde(default)]
    pub(super) unverified: Vec<At<String>>,
    pub(super) values: Vec<At<RawCodeValue>>,
}

/// A value of a code set. A title that is left out is the value itself, in every language: for
/// letters and numbers that need no translation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCodeValue {
    pub(super) value: At<String>,
    #[serde(default)]
    pub(super) aliases: Vec<At<String>>,
    pub(super) title: Option<At<Text>>,
}

/// `suppliers.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSuppliers {
    pub(super) suppliers: Vec<At<RawSupplier>>,
    #[serde(default)]
    pub(super) successions: Vec<At<RawSuccession>>,
}

/// A supplier.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSupplier {
    pub(super) code: At<String>,
    pub(super) title: At<Text>,
    pub(super) area: At<String>,
    #[serde(default)]
    pub(super) relays: bool,
    #[serde(default)]
    pub(super) limits: Vec<At<RawLimit>>,
}

/// Of whom a supplier may speak from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimit {
    pub(super) valid_from: At<Datetime>,
    pub(super) area: At<String>,
    pub(super) outside: At<String>,
    #[serde(default)]
    pub(super) subject_kinds: Vec<At<String>>,
}

/// `holds.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHolds {
    pub(super) holds: Vec<At<RawHold>>,
}

/// A reason to wait.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawHold {
    pub(super) code: At<String>,
    pub(super) title: At<Text>,
    pub(super) ask_within_working_days: u16,
    pub(super) answer_within_working_days: u16,
    pub(super) basis: String,
    #[serde(default)]
    pub(super) verified: bool,
}

/// `purposes.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPurposes {
    pub(super) purposes: Vec<At<RawPurpose>>,
}

/// A purpose for which agencies look up.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPurpose {
    pub(super) code: At<String>,
    pub(super) title: At<Text>,
    pub(super) valid_from: At<Datetime>,
    pub(super) valid_to: Option<At<Datetime>>,
    pub(super) case: At<String>,
    pub(super) subject_kinds: Vec<At<String>>,
    #[serde(default)]
    pub(super) basis: Vec<At<RawBasis>>,
}

/// `sharing.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSharingRules {
    #[serde(default)]
    pub(super) terms: Vec<At<RawSharingTerms>>,
    #[serde(default)]
    pub(super) limits: Vec<At<RawLookLimits>>,
}

/// `[[terms]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSharingTerms {
    pub(super) valid_from: At<Datetime>,
    pub(super) answer_within_working_days: u16,
    pub(super) settle_within_working_days: u16,
    pub(super) decide_within_working_days: u16,
    pub(super) longest_term: At<String>,
    /// Days; without it a consent ends on the day on which it is given.
    #[serde(default)]
    pub(super) longest_consent_days: u16,
    pub(super) basis: String,
    #[serde(default)]
    pub(super) verified: bool,
}

/// `[[limits]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLookLimits {
    pub(super) valid_from: At<Datetime>,
    pub(super) officer_minute: u32,
    pub(super) officer_day: u32,
    pub(super) agency_minute: u32,
    pub(super) agency_day: u32,
    pub(super) stands_out_times: u32,
    pub(super) stands_out_peers: u32,
    pub(super) stands_out_looks: u32,
}

/// `[[successions]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSuccession {
    pub(super) from: String,
    pub(super) to: At<String>,
    pub(super) on: At<Datetime>,
    pub(super) basis: String,
}

/// `supply.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSupply {
    pub(super) recall: Vec<At<RawDays>>,
    pub(super) remind: Vec<At<RawDays>>,
    #[serde(default)]
    pub(super) deferral: Vec<At<RawDeferral>>,
    #[serde(default)]
    pub(super) due: Vec<At<RawDue>>,
    #[serde(default, rename = "stop-use")]
    pub(super) stop_use: Vec<At<RawStopUse>>,
}

/// Who holds a fact that is changed or ended is told.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStopUse {
    pub(super) valid_from: At<Datetime>,
    pub(super) working_days: u16,
    #[serde(default)]
    pub(super) classes: Vec<At<String>>,
    pub(super) basis: At<String>,
    #[serde(default)]
    pub(super) verified: bool,
}

/// By when a theme is reported.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDue {
    pub(super) theme: At<String>,
    pub(super) valid_from: At<Datetime>,
    pub(super) every: At<String>,
    pub(super) working_days: u16,
    #[serde(default)]
    pub(super) suppliers: Vec<At<String>>,
    pub(super) basis: At<String>,
    #[serde(default)]
    pub(super) verified: bool,
}

/// A rule in working days, from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDays {
    pub(super) valid_from: At<Datetime>,
    pub(super) working_days: u16,
    pub(super) basis: At<String>,
    #[serde(default)]
    pub(super) verified: bool,
}

/// A law that allows to tell a person later.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeferral {
    pub(super) valid_from: At<Datetime>,
    pub(super) law: At<String>,
    pub(super) subject_kinds: Vec<At<String>>,
    pub(super) days: u16,
    #[serde(default)]
    pub(super) verified: bool,
}

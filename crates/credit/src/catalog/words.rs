//! The words that catalogue files use for choices, and back.

use super::model::{CaseRule, Class, Exposure, Layer, Mode, Rank, Role, Section, SharingClass};
use crate::clock::{Severity, Span};
use crate::measure::{Class as MeasureClass, Effect, Term};
use crate::subject::SubjectKind;

/// Words of one choice.
pub(super) type Words<T> = &'static [(&'static str, T)];

/// The meaning of a word.
pub(super) fn meaning<T: Copy>(words: Words<T>, word: &str) -> Option<T> {
    words
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, meaning)| *meaning)
}

/// The word for a meaning; empty for none, which the tests rule out.
pub(super) fn word<T: Copy + PartialEq>(words: Words<T>, meaning: T) -> &'static str {
    words
        .iter()
        .find(|(_, known)| *known == meaning)
        .map_or("", |(word, _)| *word)
}

/// All words, for an error message.
pub(super) fn all<T>(words: Words<T>) -> String {
    let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    list.join(", ")
}

pub(super) const LAYERS: Words<Layer> = &[
    ("national", Layer::National),
    ("province", Layer::Province),
    ("city", Layer::City),
];

pub(super) const CLASSES: Words<Class> = &[
    ("registration", Class::Registration),
    ("permit", Class::Permit),
    ("penalty", Class::Penalty),
    ("judgment", Class::Judgment),
    ("abnormal", Class::Abnormal),
    ("serious-list", Class::SeriousList),
    ("promise", Class::Promise),
    ("evaluation", Class::Evaluation),
    ("contract", Class::Contract),
    ("honour", Class::Honour),
    ("positive", Class::Positive),
    ("other-negative", Class::OtherNegative),
    ("other", Class::Other),
];

pub(super) const SECTIONS: Words<Section> = &[
    ("basic", Section::Basic),
    ("administrative", Section::Administrative),
    ("trustworthy", Section::Trustworthy),
    ("serious-list", Section::SeriousList),
    ("abnormal", Section::Abnormal),
    ("promise", Section::Promise),
    ("evaluation", Section::Evaluation),
    ("judgment", Section::Judgment),
    ("other", Section::Other),
    ("local", Section::Local),
];

pub(super) const CASES: Words<CaseRule> = &[
    ("named", CaseRule::Named),
    ("confirmed", CaseRule::Confirmed),
];

pub(super) const RANKS: Words<Rank> = &[
    ("law", Rank::Law),
    ("administrative-regulation", Rank::AdministrativeRegulation),
    ("central-policy", Rank::CentralPolicy),
    ("local-regulation", Rank::LocalRegulation),
    ("departmental-rule", Rank::DepartmentalRule),
    ("standard", Rank::Standard),
];

pub(super) const SHARING: Words<SharingClass> = &[
    ("unconditional", SharingClass::Unconditional),
    ("conditional", SharingClass::Conditional),
    ("not-shared", SharingClass::NotShared),
];

pub(super) const MODES: Words<Mode> = &[("delta", Mode::Delta), ("snapshot", Mode::Snapshot)];

pub(super) const SEVERITIES: Words<Severity> = &[
    ("minor", Severity::Minor),
    ("ordinary", Severity::Ordinary),
    ("serious", Severity::Serious),
];

pub(super) const EXPOSURES: Words<Exposure> = &[
    ("public", Exposure::Public),
    ("government", Exposure::Government),
    ("authorised", Exposure::Authorised),
    ("own", Exposure::Own),
];

pub(super) const ROLES: Words<Role> = &[
    ("content", Role::Content),
    ("subject-name", Role::SubjectName),
    ("subject-kind", Role::SubjectKind),
    ("subject-identifier", Role::SubjectIdentifier),
    ("subject-place", Role::SubjectPlace),
    ("person-identifier", Role::PersonIdentifier),
    ("person-name", Role::PersonName),
    ("document-name", Role::DocumentName),
    ("document-number", Role::DocumentNumber),
    ("document-organ", Role::DocumentOrgan),
    ("document-organ-code", Role::DocumentOrganCode),
    ("source-name", Role::SourceName),
    ("source-code", Role::SourceCode),
    ("decided-on", Role::DecidedOn),
    ("valid-from", Role::ValidFrom),
    ("valid-to", Role::ValidTo),
    ("publicity-end", Role::PublicityEnd),
    ("removed-on", Role::RemovedOn),
    ("final-on", Role::FinalOn),
    ("severity", Role::Severity),
];

pub(super) const KINDS: Words<SubjectKind> = &[
    ("enterprise", SubjectKind::Enterprise),
    ("social-organisation", SubjectKind::SocialOrganisation),
    ("public-institution", SubjectKind::PublicInstitution),
    ("government-agency", SubjectKind::GovernmentAgency),
    ("other-organisation", SubjectKind::OtherOrganisation),
    ("individual-business", SubjectKind::IndividualBusiness),
    ("natural-person", SubjectKind::NaturalPerson),
];

pub(super) const MEASURE_CLASSES: Words<MeasureClass> = &[
    ("I", MeasureClass::Reducing),
    ("II", MeasureClass::Managing),
    ("III", MeasureClass::Informing),
];

pub(super) const EFFECTS: Words<Effect> = &[
    ("bar", Effect::Bar),
    ("office", Effect::Office),
    ("restrict", Effect::Restrict),
    ("favours", Effect::Favours),
    ("inspect", Effect::Inspect),
    ("inform", Effect::Inform),
];

pub(super) const MEASURE_ENDS: Words<Term> = &[
    ("with-fact", Term::WhileInForce),
    ("by-order", Term::ByOrder),
];

/// What a grade may serve (R17): how often one is inspected, or a benefit that its law opens by it.
pub(super) const GRADE_USES: [&str; 2] = ["inspection", "benefit"];

/// The word for an entity of which nothing is on file and that is not graded then (无记载不评价).
pub(super) const NOT_GRADED: &str = "not-graded";

/// Reads `3 months`, `1 year`, `90 days`.
pub(super) fn span(text: &str) -> Option<Span> {
    let (count, unit) = text.split_once(' ')?;
    let count: u16 = count.parse().ok().filter(|count| *count > 0)?;
    match unit.strip_suffix('s').unwrap_or(unit) {
        "day" => Some(Span::Days(count)),
        "month" => Some(Span::Months(count)),
        "year" => Some(Span::Years(count)),
        _ => None,
    }
}

/// A span in days, rounded up: only for comparing one term with another.
pub(super) fn days(span: Span) -> u32 {
    match span {
        Span::Days(count) => u32::from(count),
        Span::Months(count) => u32::from(count) * 31,
        Span::Years(count) => u32::from(count) * 366,
    }
}

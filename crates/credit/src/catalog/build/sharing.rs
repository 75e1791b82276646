//! `purposes.toml` and `sharing.toml`.

use super::super::finding::Desk;
use super::super::model::{LookLimits, SharingTerms, Succession, UsePurpose};
use super::super::raw::{RawPurposes, RawSharingRules, RawSuppliers};
use super::super::{refusals, words};
use super::Build;
use crate::clock::Span;

/// Names of the lock's own purposes, which the journal knows beside those of the catalogue.
const OWN: [&str; 6] = [
    "public-lookup",
    "own-report",
    "own-supply",
    "forward",
    "duty",
    "case-work",
];

pub(in super::super) fn purposes(desk: &mut Desk<'_>, raw: &RawPurposes) -> Vec<UsePurpose> {
    let mut build = Build { desk, codes: &[] };
    let mut purposes: Vec<UsePurpose> = Vec::new();
    for purpose in &raw.purposes {
        let purpose = purpose.get_ref();
        let code = build.slug(&purpose.code);
        let known = purposes.iter().any(|one| one.code == code);
        if known || OWN.contains(&code.as_str()) {
            let span = purpose.code.span();
            build.desk.refuse(span, &refusals::DUPLICATE, &[&code]);
        }
        let bases = build.bases(&purpose.basis);
        if bases.is_empty() {
            let span = purpose.code.span();
            build.desk.refuse(span, &refusals::NO_BASIS, &[]);
        }
        let kinds = purpose.subject_kinds.iter();
        let kinds = kinds.filter_map(|kind| build.choice(words::KINDS, kind));
        let kinds = kinds.collect();
        let (case, from) = (
            build.choice(words::CASES, &purpose.case),
            build.date(&purpose.valid_from),
        );
        let title = build.text(&purpose.title);
        let valid_to = purpose.valid_to.as_ref().and_then(|day| build.date(day));
        if let (Some(case), Some(valid_from)) = (case, from) {
            purposes.push(UsePurpose {
                code,
                title,
                bases,
                kinds,
                case,
                valid_from,
                valid_to,
            });
        }
    }
    purposes
}

/// Agencies that passed on to others; who takes over must be a supplier of the catalogue.
pub(in super::super) fn successions(desk: &mut Desk<'_>, raw: &RawSuppliers) -> Vec<Succession> {
    let mut build = Build { desk, codes: &[] };
    let mut successions = Vec::new();
    for one in &raw.successions {
        let one = one.get_ref();
        let mut suppliers = raw.suppliers.iter();
        if !suppliers.any(|supplier| supplier.get_ref().code.get_ref() == one.to.get_ref()) {
            let span = one.to.span();
            let to = one.to.get_ref();
            build.desk.refuse(span, &refusals::SUPPLIER_UNKNOWN, &[to]);
        }
        if let Some(on) = build.date(&one.on) {
            successions.push(Succession {
                from: one.from.clone(),
                to: one.to.get_ref().clone(),
                on,
                basis: one.basis.clone(),
            });
        }
    }
    successions
}

pub(in super::super) fn rules(
    desk: &mut Desk<'_>,
    raw: &RawSharingRules,
) -> (Vec<SharingTerms>, Vec<LookLimits>) {
    let mut build = Build { desk, codes: &[] };
    let mut terms = Vec::new();
    for one in &raw.terms {
        let one = one.get_ref();
        if !one.verified {
            let span = one.valid_from.span();
            build.desk.warn(span, &refusals::UNVERIFIED, &[&one.basis]);
        }
        let longest = build.span(&one.longest_term);
        if let (Some(valid_from), Some(longest)) = (build.date(&one.valid_from), longest) {
            terms.push(SharingTerms {
                valid_from,
                answer: one.answer_within_working_days,
                settle: one.settle_within_working_days,
                decide: one.decide_within_working_days,
                longest,
                consent_days: one.longest_consent_days,
                basis: one.basis.clone(),
                verified: one.verified,
            });
        }
    }
    let mut limits = Vec::new();
    for one in &raw.limits {
        let one = one.get_ref();
        if let Some(valid_from) = build.date(&one.valid_from) {
            limits.push(LookLimits {
                valid_from,
                officer_minute: one.officer_minute.max(1),
                officer_day: one.officer_day,
                agency_minute: one.agency_minute.max(1),
                agency_day: one.agency_day,
                stands_out_times: one.stands_out_times.max(1),
                stands_out_peers: one.stands_out_peers,
                stands_out_looks: one.stands_out_looks,
            });
        }
    }
    terms.sort_by_key(|one| one.valid_from);
    limits.sort_by_key(|one| one.valid_from);
    (terms, limits)
}

impl SharingTerms {
    /// What holds where the catalogue says nothing: the shortest of everything.
    pub(in super::super) fn fallback() -> SharingTerms {
        SharingTerms {
            valid_from: jiff::civil::Date::MIN,
            answer: 10,
            settle: 10,
            decide: 10,
            longest: Span::Months(3),
            consent_days: 0,
            basis: String::new(),
            verified: false,
        }
    }
}

impl LookLimits {
    /// What holds where the catalogue says nothing.
    pub(in super::super) fn fallback() -> LookLimits {
        LookLimits {
            valid_from: jiff::civil::Date::MIN,
            officer_minute: 10,
            officer_day: 100,
            agency_minute: 30,
            agency_day: 1_000,
            stands_out_times: 3,
            stands_out_peers: 4,
            stands_out_looks: 20,
        }
    }
}

//! `supply.toml`: the dated rules of the suppliers' desk.

use super::super::finding::{Desk, Finding};
use super::super::model::{DeferralRule, Outside, StopUseRule, SupplierLimit, SupplyRules};
use super::super::raw::{At, RawDays, RawDeferral, RawDue, RawLimit, RawStopUse, RawSupply};
use super::super::refusals;
use super::super::words::CLASSES;
use super::parse;
use crate::due::{DueRule, Every};
use crate::identifier;
use crate::subject::SubjectKind;
use jiff::civil::Date;
use toml::value::Datetime;

/// Reads the rules; without the file nothing is recalled as a whole but on its own day.
pub(super) fn rules(files: &[(&str, &str)], findings: &mut Vec<Finding>) -> SupplyRules {
    let Some((file, content)) = files.iter().find(|(path, _)| *path == "supply.toml") else {
        return SupplyRules::default();
    };
    let mut desk = Desk::new(file, content, findings);
    let Some(raw) = parse::<RawSupply>(&mut desk) else {
        return SupplyRules::default();
    };
    let stop_use = raw.stop_use.iter();
    SupplyRules {
        stop_use: stop_use
            .filter_map(|one| stop_of(&mut desk, one.get_ref()))
            .collect(),
        recall: days(&mut desk, &raw.recall),
        remind: days(&mut desk, &raw.remind),
        deferral: raw
            .deferral
            .iter()
            .filter_map(|one| deferral(&mut desk, one.get_ref()))
            .collect(),
        due: raw
            .due
            .iter()
            .filter_map(|one| due(&mut desk, one.get_ref()))
            .collect(),
    }
}

/// The limits of a supplier; an area is six digits, trailing noughts meaning all below it.
pub(super) fn limit(desk: &mut Desk<'_>, raw: &RawLimit) -> Option<SupplierLimit> {
    let area = raw.area.get_ref();
    let digits = area.len() == 6 && area.bytes().all(|byte| byte.is_ascii_digit());
    if !digits {
        desk.refuse(raw.area.span(), &refusals::CHOICE, &[area, "330100"]);
    }
    let outside = match raw.outside.get_ref().as_str() {
        "reject" => Some(Outside::Reject),
        "hold" => Some(Outside::Hold),
        other => {
            desk.refuse(
                raw.outside.span(),
                &refusals::CHOICE,
                &[other, "reject, hold"],
            );
            None
        }
    };
    let kinds = kinds(desk, &raw.subject_kinds);
    let from = day(desk, &raw.valid_from)?;
    Some(SupplierLimit {
        from,
        area: identifier::area::digits(area).to_owned(),
        outside: outside.filter(|_| digits)?,
        kinds,
    })
}

/// Kinds of subjects; one that is none is refused.
fn kinds(desk: &mut Desk<'_>, raw: &[At<String>]) -> Vec<SubjectKind> {
    let mut kinds = Vec::new();
    for kind in raw {
        match SubjectKind::parse(kind.get_ref()) {
            Some(known) => kinds.push(known),
            None => desk.refuse(
                kind.span(),
                &refusals::CHOICE,
                &[kind.get_ref(), "enterprise"],
            ),
        }
    }
    kinds
}

fn deferral(desk: &mut Desk<'_>, raw: &RawDeferral) -> Option<DeferralRule> {
    let law = raw.law.get_ref();
    if !raw.verified {
        desk.warn(raw.law.span(), &refusals::UNVERIFIED, &[law]);
    }
    let kinds = kinds(desk, &raw.subject_kinds);
    Some(DeferralRule {
        from: day(desk, &raw.valid_from)?,
        law: law.clone(),
        kinds,
        days: raw.days,
    })
}

/// Who holds a fact that changes is told: within how many days, and of which classes in any case.
fn stop_of(desk: &mut Desk<'_>, raw: &RawStopUse) -> Option<StopUseRule> {
    let basis = raw.basis.get_ref();
    if !raw.verified {
        desk.warn(raw.basis.span(), &refusals::UNVERIFIED, &[basis]);
    }
    let mut classes = Vec::new();
    for word in &raw.classes {
        let code = word.get_ref().as_str();
        match CLASSES.iter().find(|(known, _)| *known == code) {
            Some((_, class)) => classes.push(*class),
            None => desk.refuse(word.span(), &refusals::CHOICE, &[code, "penalty"]),
        }
    }
    Some(StopUseRule {
        from: day(desk, &raw.valid_from)?,
        days: raw.working_days,
        classes,
    })
}

fn due(desk: &mut Desk<'_>, raw: &RawDue) -> Option<DueRule> {
    if !raw.verified {
        desk.warn(
            raw.basis.span(),
            &refusals::UNVERIFIED,
            &[raw.basis.get_ref()],
        );
    }
    let every = Every::parse(raw.every.get_ref());
    if every.is_none() {
        let known = "day, month, quarter, year";
        desk.refuse(
            raw.every.span(),
            &refusals::CHOICE,
            &[raw.every.get_ref(), known],
        );
    }
    Some(DueRule {
        theme: raw.theme.get_ref().clone(),
        from: day(desk, &raw.valid_from)?,
        every: every?,
        within: raw.working_days,
        suppliers: raw
            .suppliers
            .iter()
            .map(|code| code.get_ref().clone())
            .collect(),
    })
}

fn day(desk: &mut Desk<'_>, raw: &At<Datetime>) -> Option<Date> {
    let text = raw.get_ref().to_string();
    let day = text.parse().ok();
    if day.is_none() {
        desk.refuse(raw.span(), &refusals::CHOICE, &[&text, "2026-04-01"]);
    }
    day
}

/// Rules in days, each once from its day on.
fn days(desk: &mut Desk<'_>, raw: &[At<RawDays>]) -> Vec<(Date, u16)> {
    let mut rules: Vec<(Date, u16)> = Vec::new();
    for one in raw.iter().map(At::get_ref) {
        let Some(from) = day(desk, &one.valid_from) else {
            continue;
        };
        if rules.iter().any(|(known, _)| *known == from) {
            let text = from.to_string();
            desk.refuse(one.valid_from.span(), &refusals::DUPLICATE, &[&text]);
        }
        if !one.verified {
            let basis = one.basis.get_ref();
            desk.warn(one.basis.span(), &refusals::UNVERIFIED, &[basis]);
        }
        rules.push((from, one.working_days));
    }
    rules
}

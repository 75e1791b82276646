//! What a firm, its penalty and its cases should be: reckoned here by hand, on no line of the platform.

use super::oracle::Oracle;
use credit::case::{Effect, Kind};
use credit::clock::Severity;
use credit::record::Instant;
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Who knocks, and at which door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seat {
    /// The subject's representative.
    Own,
    /// Another subject's.
    Other,
    Supplier,
    /// An officer of another agency.
    Stranger,
    Centre,
    Second,
    Auditor,
}

impl Seat {
    pub(super) const ALL: [Seat; 7] = [
        Seat::Own,
        Seat::Other,
        Seat::Supplier,
        Seat::Stranger,
        Seat::Centre,
        Seat::Second,
        Seat::Auditor,
    ];
}

/// A case as the oracle counts it.
pub(super) struct Case<'k> {
    pub(super) id: String,
    pub(super) oracle: Oracle<'k>,
    /// Number of the last move.
    pub(super) seq: u32,
    pub(super) opened: Instant,
    /// Who had a part in it.
    pub(super) part: BTreeSet<Seat>,
}

impl Case<'_> {
    pub(super) fn effects(&self) -> &[Effect] {
        effects(self.oracle.kind, &self.oracle.clock.state)
    }
}

pub(super) fn effects<'k>(kind: &'k Kind, state: &str) -> &'k [Effect] {
    &kind.state(state).expect("a state of the table").effects
}

/// Keeps a fact from third parties.
pub(super) fn hides(effects: &[Effect]) -> bool {
    effects.contains(&Effect::Suspended) || effects.contains(&Effect::Repaired)
}

/// A report as it read before something hid the fact: it must read so again once that is undone.
pub(super) struct Before {
    pub(super) as_of: Date,
    pub(super) report: String,
    pub(super) versions: usize,
}

/// A version of the penalty: when it came, and whether it takes the fact back.
pub(super) struct Version {
    pub(super) at: Instant,
    pub(super) removes: bool,
}

pub(super) struct Firm<'k> {
    pub(super) number: u32,
    pub(super) code: String,
    pub(super) severity: Severity,
    pub(super) decided: Date,
    /// The day on which the penalty came in; none while it has not.
    pub(super) taken: Option<Date>,
    pub(super) mandate: Option<(Date, String)>,
    pub(super) record: Option<String>,
    pub(super) versions: Vec<Version>,
    pub(super) cases: Vec<Case<'k>>,
    pub(super) before: Option<Before>,
}

impl Firm<'_> {
    pub(super) fn removed(&self) -> bool {
        self.versions.last().is_some_and(|last| last.removes)
    }

    /// The last day of publicity by Order 36: a year for an ordinary matter, three for a serious one.
    fn last_day(&self) -> Option<Date> {
        let years = match self.severity {
            Severity::Minor => return None,
            Severity::Ordinary => 1,
            Severity::Serious => 3,
        };
        self.decided.checked_add(years.years()).ok()
    }

    /// The last day on which a repair is too early: three months, or a year.
    pub(super) fn shortest(&self) -> Option<Date> {
        let months = match self.severity {
            Severity::Minor => return None,
            Severity::Ordinary => 3,
            Severity::Serious => 12,
        };
        self.decided.checked_add(months.months()).ok()
    }

    fn has(&self, effect: Effect) -> bool {
        self.cases
            .iter()
            .any(|case| case.effects().contains(&effect))
    }

    pub(super) fn repaired(&self) -> bool {
        self.has(Effect::Repaired)
    }

    /// The marks of the penalty in a third party's report on a day; none where it is not in it.
    pub(super) fn shown(&self, today: Date, as_of: Date) -> Option<Vec<&'static str>> {
        let within = self.last_day().is_some_and(|last| today <= last);
        let known = self.taken.is_some_and(|day| day <= as_of);
        let hidden = self.has(Effect::Suspended) || self.repaired() || self.removed();
        if !within || !known || hidden {
            return None;
        }
        let marks = [
            (Effect::Contested, "contested"),
            (Effect::Appealed, "appealed"),
        ];
        let marks = marks.into_iter().filter(|(effect, _)| self.has(*effect));
        Some(marks.map(|(_, code)| code).collect())
    }

    /// Whether a version that a move names is what the move needs; `corrects` or takes back.
    pub(super) fn names(&self, case: &Case<'_>, seq: u32, corrects: bool) -> bool {
        let named = (seq as usize)
            .checked_sub(1)
            .and_then(|ix| self.versions.get(ix));
        let newest = seq as usize == self.versions.len();
        named.is_some_and(|one| {
            one.at >= case.opened && one.removes != corrects && (newest || !corrects)
        })
    }
}

//! What stands around the themes: code sets, suppliers, holds, and the catalogue that has them all.

use super::{Class, LookLimits, SharingTerms, Succession, Theme, UsePurpose};
use crate::calendar::Calendar;
use crate::case::Kind;
use crate::due::DueRule;
use crate::grade::Model;
use crate::identifier::System;
use crate::lang::Text;
use crate::measure::Edition;
use crate::subject::{Claim, SubjectKind};
use jiff::civil::Date;
use std::sync::Arc;

/// A code set: dated values with titles.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeSet {
    /// `cf-cflb`.
    pub code: String,
    /// What it is.
    pub title: Text,
    /// Values in order.
    pub values: Vec<CodeValue>,
}

/// One value of a code set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeValue {
    /// The canonical value, as rows write it: `罚款`.
    pub value: String,
    /// Other spellings accepted: `03`.
    pub aliases: Vec<String>,
    /// Title in three languages.
    pub title: Text,
}

/// A supplier (信源单位).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    /// Short code or unified code.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// Area code of its jurisdiction.
    pub area: String,
    /// A platform above, which returns other agencies' facts: each stays its source's.
    pub relays: bool,
    /// Of whom it may speak, from a day on; nothing limits it before the first.
    pub limits: Vec<SupplierLimit>,
}

/// Of whom a supplier may speak from a day on: the area and the kinds of subject in its charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierLimit {
    /// The first day, by the day for which rows are stated.
    pub from: Date,
    /// The area in its charge: the digits that codes of it begin with (`3301` for 330100).
    pub area: String,
    /// What becomes of rows on subjects outside it.
    pub outside: Outside,
    /// Kinds of subject, within those of the theme; empty for all of them.
    pub kinds: Vec<SubjectKind>,
}

/// What becomes of a row on a subject outside its supplier's area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// It is rejected.
    Reject,
    /// It waits for a person.
    Hold,
}

/// What a supplier may not say of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// It is registered elsewhere.
    Area(Outside),
    /// It is of another kind.
    Kind,
}

impl Supplier {
    /// Whether a row of this supplier goes beyond its charge on a day. The area of a subject is that of
    /// its unified code; where there is none it cannot be told, and nothing is said.
    #[must_use]
    pub fn beyond(&self, claim: &Claim, day: Date) -> Option<Beyond> {
        let begun = self.limits.iter().filter(|limit| limit.from <= day);
        let limit = begun.max_by_key(|limit| limit.from)?;
        if !limit.kinds.is_empty() && !limit.kinds.contains(&claim.kind) {
            return Some(Beyond::Kind);
        }
        let code = claim
            .identifiers
            .iter()
            .find(|one| one.system() == System::Uscc)?;
        let area = code.value().get(2..8)?;
        (!area.starts_with(&limit.area)).then_some(Beyond::Area(limit.outside))
    }
}

/// How long a held fact waits, by the reason for which it is held (`holds.toml`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldClock {
    /// Code of the reason: `severity-unknown`.
    pub code: String,
    /// What the source is told.
    pub title: Text,
    /// Working days within which the source is asked (R08: three).
    pub ask_within: u16,
    /// Working days within which it answers; after that the centre is told. The fact stays held.
    pub answer_within: u16,
    /// Where the term comes from.
    pub basis: String,
    /// Whether it was read in a source.
    pub verified: bool,
}

/// A law under which somebody is told later, by decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeferralRule {
    /// The first day on which this is so.
    pub from: Date,
    /// Law and article.
    pub law: String,
    /// Of which kinds somebody is; of no other kind anybody is told later under this law.
    pub kinds: Vec<SubjectKind>,
    /// Days within which they are told at the latest.
    pub days: u16,
}

/// By when, and about which facts, whoever looked is told that a fact is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopUseRule {
    /// The first day on which this is so.
    pub from: Date,
    /// Working days within which it is acknowledged.
    pub days: u16,
    /// Classes of themes of which also what an ordinary file changes or ends is told.
    pub classes: Vec<Class>,
}

/// Rules of the suppliers' desk (`supply.toml`): dated, each from its first day on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupplyRules {
    /// From which day on a whole file may be taken back within how many working days of its arrival.
    pub recall: Vec<(Date, u16)>,
    /// From which day on a deadline is told how many working days before it.
    pub remind: Vec<(Date, u16)>,
    /// Laws that allow to tell later.
    pub deferral: Vec<DeferralRule>,
    /// By when each theme is reported.
    pub due: Vec<DueRule>,
    /// Who holds a fact that its supplier changes, takes back or ends is told.
    pub stop_use: Vec<StopUseRule>,
}

impl SupplyRules {
    /// Working days within which a whole file may be taken back; 0 (its own day) where no rule says.
    #[must_use]
    pub fn recall_days(&self, today: Date) -> u16 {
        in_force(&self.recall, today).unwrap_or(0)
    }

    /// Working days before a deadline on which its supplier is told; 1 where no rule says.
    #[must_use]
    pub fn remind_days(&self, today: Date) -> u16 {
        in_force(&self.remind, today).unwrap_or(1)
    }

    /// Working days within which whoever looked at a fact acknowledges that it is not used as it was; none
    /// where nobody is told. `named`: the supplier corrects the fact itself or takes it back.
    #[must_use]
    pub fn stop_use_days(&self, class: Class, named: bool, today: Date) -> Option<u16> {
        let begun = self.stop_use.iter().filter(|rule| rule.from <= today);
        let rule = begun.max_by_key(|rule| rule.from)?;
        (named || rule.classes.contains(&class)).then_some(rule.days)
    }

    /// Laws by which somebody may be told later on a day, with the days that each allows, in the order of
    /// the catalogue.
    #[must_use]
    pub fn deferral_laws(&self, today: Date) -> Vec<(String, u16)> {
        let mut laws: Vec<(String, u16)> = Vec::new();
        for DeferralRule { law, .. } in &self.deferral {
            let days = self.deferral_days(law, today);
            if let Some(days) = days.filter(|_| laws.iter().all(|(known, _)| known != law)) {
                laws.push((law.clone(), days));
            }
        }
        laws
    }

    /// Days within which somebody is told at the latest under a law; none where it is no law of the
    /// catalogue's.
    #[must_use]
    pub fn deferral_days(&self, law: &str, today: Date) -> Option<u16> {
        self.deferral_of(law, today).map(|rule| rule.days)
    }

    /// Whether somebody of a kind is told later under a law, by the rule of that day.
    #[must_use]
    pub fn defers(&self, law: &str, kind: SubjectKind, today: Date) -> bool {
        let rule = self.deferral_of(law, today);
        rule.is_some_and(|rule| rule.kinds.contains(&kind))
    }

    /// Kinds of subjects of whom somebody is told later under a law; none where it is no law of the
    /// catalogue's.
    #[must_use]
    pub fn deferral_kinds(&self, law: &str, today: Date) -> &[SubjectKind] {
        let rule = self.deferral_of(law, today);
        rule.map(|rule| rule.kinds.as_slice()).unwrap_or_default()
    }

    fn deferral_of(&self, law: &str, today: Date) -> Option<&DeferralRule> {
        let begun = self.deferral.iter();
        let begun = begun.filter(|rule| rule.from <= today && rule.law == law);
        begun.max_by_key(|rule| rule.from)
    }
}

fn in_force(rules: &[(Date, u16)], today: Date) -> Option<u16> {
    let begun = rules.iter().filter(|(from, _)| *from <= today);
    begun.max_by_key(|(from, _)| *from).map(|(_, days)| *days)
}

/// The whole catalogue in force.
#[derive(Debug, Default)]
pub struct Catalog {
    /// Themes by code, then by `valid_from`.
    pub themes: Vec<Arc<Theme>>,
    /// Code sets.
    pub code_sets: Vec<Arc<CodeSet>>,
    /// Suppliers.
    pub suppliers: Vec<Supplier>,
    /// Agencies that passed on to others.
    pub successions: Vec<Succession>,
    /// How long a fact may wait, by reason.
    pub holds: Vec<HoldClock>,
    /// Purposes for which agencies look up.
    pub purposes: Vec<UsePurpose>,
    /// Deadlines of sharing, by the day from which they hold.
    pub sharing: Vec<SharingTerms>,
    /// Rails of look-ups, by the day from which they hold.
    pub looks: Vec<LookLimits>,
    /// Rules of the suppliers' desk.
    pub supply: SupplyRules,
    /// Lists of measures.
    pub measures: Vec<Edition>,
    /// Models of grading by code, then by `valid_from`; whether one was adopted it says itself.
    pub models: Vec<Arc<Model>>,
    /// Kinds of case by code, then by jurisdiction and `valid_from`.
    pub cases: Vec<Arc<Kind>>,
    /// Working-day calendars by year.
    pub calendar: Calendar,
    /// SHA-256 over all files, hexadecimal: the bundle's name.
    pub digest: String,
}

impl Catalog {
    /// The edition of a theme that is effective on a day.
    #[must_use]
    pub fn theme(&self, code: &str, day: Date) -> Option<&Arc<Theme>> {
        self.themes
            .iter()
            .rev()
            .find(|theme| theme.code == code && theme.is_effective(day))
    }

    /// The edition of that version, else the newest one: for showing stored facts.
    #[must_use]
    pub fn edition(&self, code: &str, version: &str) -> Option<&Arc<Theme>> {
        let mut of_code = self.themes.iter().filter(|theme| theme.code == code);
        of_code
            .clone()
            .find(|theme| theme.version == version)
            .or_else(|| of_code.next_back())
    }

    /// A model by code and version, adopted or not: for whoever prepares one.
    #[must_use]
    pub fn model(&self, code: &str, version: &str) -> Option<&Arc<Model>> {
        let mut of_code = self.models.iter().filter(|one| one.code == code);
        of_code.find(|one| one.version == version)
    }

    /// A code set by its code.
    #[must_use]
    pub fn code_set(&self, code: &str) -> Option<&Arc<CodeSet>> {
        self.code_sets.iter().find(|set| set.code == code)
    }

    /// The clock of a reason to wait.
    #[must_use]
    pub fn hold(&self, code: &str) -> Option<&HoldClock> {
        self.holds.iter().find(|hold| hold.code == code)
    }

    /// A supplier by its code.
    #[must_use]
    pub fn supplier(&self, code: &str) -> Option<&Supplier> {
        self.suppliers.iter().find(|supplier| supplier.code == code)
    }

    /// A purpose by its code, where it may be named on a day.
    #[must_use]
    pub fn purpose(&self, code: &str, day: Date) -> Option<&UsePurpose> {
        let mut of_code = self.purposes.iter().filter(|one| one.code == code);
        of_code.find(|one| one.is_effective(day))
    }

    /// The deadlines of sharing on a day.
    #[must_use]
    pub fn sharing_terms(&self, day: Date) -> SharingTerms {
        let of_day = self.sharing.iter().rev().find(|one| one.valid_from <= day);
        of_day.cloned().unwrap_or_else(SharingTerms::fallback)
    }

    /// The rails of look-ups on a day.
    #[must_use]
    pub fn look_limits(&self, day: Date) -> LookLimits {
        let of_day = self.looks.iter().rev().find(|one| one.valid_from <= day);
        of_day.cloned().unwrap_or_else(LookLimits::fallback)
    }

    /// The kind of case by which somebody goes on a day in an area: the city's before the province's
    /// before the nation's, and of several the newest.
    #[must_use]
    pub fn case_kind(&self, code: &str, area: &str, day: Date) -> Option<&Arc<Kind>> {
        let of_code = self.cases.iter().filter(|one| one.code == code);
        let effective = of_code.filter(|one| one.is_effective(day));
        let covering = effective.filter_map(|one| Some((one.covers(area)?, one)));
        covering
            .max_by_key(|(digits, one)| (*digits, one.valid_from))
            .map(|(_, one)| one)
    }

    /// The very edition under which a case was opened.
    #[must_use]
    pub fn case_edition(&self, code: &str, version: &str) -> Option<&Arc<Kind>> {
        let mut of_code = self.cases.iter().filter(|one| one.code == code);
        of_code.find(|one| one.version == version)
    }
}

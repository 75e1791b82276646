//! What a theme may not be: the rights and the domain's rules, checked before anything is loaded.
//!
//! A theme that passes here is believed by every other room, so this is the one place where rights
//! 2, 3, 7, 8 and 9 are decided for whole kinds of data.

use super::finding::Desk;
use super::model::{Class, Layer, Rank, Required, Role, Section, SharingClass, Theme};
use super::raw::{At, RawTheme};
use super::{refusals, words};
use crate::clock::{Severity, Span};
use crate::subject::SubjectKind;

pub(super) mod bundle;
pub(super) mod cases;
mod items;
pub(super) mod models;
mod never;

pub(super) use bundle::together;

/// Checks one theme by itself.
pub(super) fn theme(desk: &mut Desk<'_>, raw: &RawTheme, theme: &Theme) {
    let mut check = Check { desk, raw, theme };
    check.basis();
    check.validity();
    check.supplier();
    check.layer();
    check.sharing();
    check.people();
    check.terms();
    check.query_end();
    check.severity();
    check.document();
    check.listing();
    check.finality();
    check.bare_names();
    check.key();
    check.notes();
    items::check(&mut check);
    never::check(&mut check);
}

/// One theme under the checker's eyes: as written, for the lines, and as built.
struct Check<'c, 'd> {
    desk: &'c mut Desk<'d>,
    raw: &'c RawTheme,
    theme: &'c Theme,
}

impl Check<'_, '_> {
    /// Rights 3: no basis, no data. A standard alone carries nothing.
    fn basis(&mut self) {
        let carries = self
            .theme
            .bases
            .iter()
            .any(|basis| basis.rank != Rank::Standard);
        if !carries {
            let at = self
                .raw
                .basis
                .first()
                .map_or(self.raw.code.span(), toml::Spanned::span);
            self.desk.refuse(at, &refusals::NO_BASIS, &[]);
        }
    }

    fn validity(&mut self) {
        if let (Some(end), Some(raw)) = (self.theme.valid_to, &self.raw.valid_to)
            && end < self.theme.valid_from
        {
            self.desk.refuse(
                raw.span(),
                &refusals::SENSE,
                &["valid_to", "valid_to < valid_from"],
            );
        }
        let area = &self.theme.jurisdiction;
        let known =
            (2..=12).contains(&area.len()) && area.chars().all(|c| c.is_ascii_alphanumeric());
        if !known {
            let at = self.raw.jurisdiction.span();
            self.desk
                .refuse(at, &refusals::SENSE, &["jurisdiction", "CN, 330000, JP …"]);
        }
    }

    fn supplier(&mut self) {
        if self.theme.suppliers.is_empty() && !self.theme.any_authority {
            self.desk
                .refuse(self.raw.code.span(), &refusals::NO_SUPPLIER, &[]);
        }
    }

    /// Domain §1.1: below the nation only a local regulation carries an item.
    fn layer(&mut self) {
        let local = self
            .theme
            .bases
            .iter()
            .any(|basis| basis.rank == Rank::LocalRegulation);
        if self.theme.layer != Layer::National && !local {
            self.desk
                .refuse(self.raw.layer.span(), &refusals::LAYER_BASIS, &[]);
        }
    }

    fn sharing(&mut self) {
        let Some(raw) = &self.raw.sharing else {
            self.desk
                .refuse(self.raw.code.span(), &refusals::SHARING, &["[sharing]"]);
            return;
        };
        let sharing = &self.theme.sharing;
        if sharing.class == SharingClass::Unconditional {
            return;
        }
        if sharing.reason.is_none() {
            self.desk
                .refuse(raw.span(), &refusals::SHARING, &["reason"]);
        }
        if sharing.basis.is_none() {
            self.desk.refuse(raw.span(), &refusals::SHARING, &["basis"]);
        }
    }

    /// Rights 2 and 7: people are not graded, and an individual business is a person.
    fn people(&mut self) {
        let kinds = &self.theme.subject_kinds;
        if kinds.is_empty() {
            let at = self.raw.subject_kinds.span();
            self.desk
                .refuse(at, &refusals::MISSING, &["subject_kinds", "R01"]);
        }
        let graded = matches!(self.theme.class, Class::Evaluation)
            || matches!(self.theme.section, Section::Evaluation);
        for (kind, raw) in kinds.iter().zip(self.raw.subject_kinds.get_ref()) {
            if graded && !kind.is_organisation() {
                self.desk
                    .refuse(raw.span(), &refusals::PERSON_GRADE, &[kind.code()]);
            }
        }
        let individual = kinds.contains(&SubjectKind::IndividualBusiness);
        if individual != self.theme.individual_business.is_some() {
            let at = self.raw.subject_kinds.span();
            self.desk.refuse(at, &refusals::INDIVIDUAL, &[]);
        }
        self.natural_persons();
    }

    /// Rights 7 and 13: persons' rows are found by a number that no other row keeps, and need a kind
    /// that says they are persons'.
    fn natural_persons(&mut self) {
        let (Some(persons), Some(raw)) = (&self.theme.natural_person, &self.raw.natural_person)
        else {
            return;
        };
        let number = self.theme.items.get(persons.number);
        let is_number = number.is_some_and(|item| item.role == Role::PersonIdentifier);
        if !is_number || self.theme.item_with(Role::SubjectKind).is_none() {
            self.desk.refuse(raw.span(), &refusals::NATURAL_PERSON, &[]);
        }
    }

    /// Rights 9: what weighs against someone, or speaks of a person, has its four ends. An
    /// individual business's registration lasts while it is registered: that is its end.
    fn terms(&mut self) {
        let people = self.theme.subject_kinds.iter().any(|kind| match kind {
            SubjectKind::NaturalPerson => true,
            SubjectKind::IndividualBusiness => self.theme.class != Class::Registration,
            _ => false,
        });
        let people = people || self.theme.natural_person.is_some();
        if !self.theme.is_negative() && !people {
            return;
        }
        let clocks = self.theme.clocks;
        let at = self
            .raw
            .clocks
            .as_ref()
            .map_or(self.raw.code.span(), toml::Spanned::span);
        let by_severity = self
            .theme
            .severity
            .as_ref()
            .is_some_and(|table| !table.publicity.is_empty());
        let shown = self.theme.is_negative() && self.theme.public;
        let terms = [
            (
                "publicity",
                clocks.publicity.is_some() || by_severity || !shown,
            ),
            ("sharing", clocks.sharing.is_some()),
            ("query", clocks.query.is_some()),
            ("archive", clocks.archive.is_some()),
            ("from", clocks.from.is_some()),
        ];
        for (name, given) in terms {
            if !given {
                self.desk.refuse(at.clone(), &refusals::NO_TERMS, &[name]);
            }
        }
    }

    /// R11: queries end after five years at the latest.
    fn query_end(&mut self) {
        let Some(query) = self.theme.clocks.query else {
            return;
        };
        let at = self
            .raw
            .clocks
            .as_ref()
            .and_then(|clocks| clocks.get_ref().query.as_ref());
        if let Some(text) = at.filter(|_| words::days(query) > words::days(Span::Years(5))) {
            self.desk
                .refuse(text.span(), &refusals::QUERY_TOO_LONG, &[text.get_ref()]);
        }
    }

    /// R08: a negative theme says how severity is found, and each severity has its term.
    fn severity(&mut self) {
        let Some(table) = &self.theme.severity else {
            if self.theme.is_negative() {
                self.desk
                    .refuse(self.raw.class.span(), &refusals::SEVERITY, &["[severity]"]);
            }
            return;
        };
        let at = self
            .raw
            .severity
            .as_ref()
            .map_or(self.raw.code.span(), toml::Spanned::span);
        if table.cases.is_empty() {
            self.desk
                .refuse(at.clone(), &refusals::SEVERITY, &["[[severity.case]]"]);
        }
        for case in &table.cases {
            let terms = table
                .publicity
                .iter()
                .filter(|term| term.severity == case.severity);
            if terms.count() != 1 {
                let what = format!("[[severity.publicity]] {}", case.severity.code());
                self.desk.refuse(at.clone(), &refusals::SEVERITY, &[&what]);
            }
        }
        self.publicity_order(at);
    }

    /// A shortest term longer than the longest one would keep a fact public for ever.
    fn publicity_order(&mut self, at: std::ops::Range<usize>) {
        let Some(table) = &self.theme.severity else {
            return;
        };
        for term in &table.publicity {
            let min = term.min.map_or(0, words::days);
            if min > words::days(term.max) {
                let what = format!("{} min", term.severity.code());
                self.desk
                    .refuse(at.clone(), &refusals::SENSE, &[&what, "min > max"]);
            }
        }
        let max_of = |severity| {
            table
                .publicity
                .iter()
                .find(|term| term.severity == severity)
                .map(|term| words::days(term.max))
        };
        let pairs = [
            (Severity::Minor, Severity::Ordinary),
            (Severity::Ordinary, Severity::Serious),
        ];
        for (lower, higher) in pairs {
            if let (Some(less), Some(more)) = (max_of(lower), max_of(higher))
                && less > more
            {
                let what = format!("{} max", lower.code());
                let why = format!("> {} max", higher.code());
                self.desk
                    .refuse(at.clone(), &refusals::SENSE, &[&what, &why]);
            }
        }
    }

    /// R03: a fact that weighs against someone stands on a document with legal effect. Abroad a
    /// register may publish without numbers; then the publication itself is the reference.
    fn document(&mut self) {
        if !self.theme.is_negative() {
            return;
        }
        self.need_role(
            "document-organ",
            &[Role::DocumentOrgan, Role::DocumentOrganCode],
        );
        self.need_role("decided-on", &[Role::DecidedOn]);
        if self.theme.reference.is_empty() {
            self.need_role("document-number", &[Role::DocumentNumber]);
        }
        if let Some(kind) = &self.raw.document
            && !self.theme.reference.is_empty()
            && self.is_chinese()
        {
            self.desk
                .refuse(kind.span(), &refusals::DOCUMENT, &["document-number"]);
        }
    }

    fn is_chinese(&self) -> bool {
        let area = &self.theme.jurisdiction;
        area == "CN" || area.starts_with(|c: char| c.is_ascii_digit())
    }

    fn need_role(&mut self, name: &str, roles: &[Role]) {
        let found = self
            .theme
            .items
            .iter()
            .any(|item| roles.contains(&item.role) && matches!(item.required, Required::Yes));
        if !found {
            self.desk
                .refuse(self.raw.class.span(), &refusals::DOCUMENT, &[name]);
        }
    }

    /// Rights 8 and R12: a row of a serious list shows that the decision was made and served. The
    /// basis and the service are found by the fixed codes that the checklist names.
    fn listing(&mut self) {
        if self.theme.class != Class::SeriousList {
            return;
        }
        for code in ["LRYJ", "SDRQ"] {
            let given = self
                .theme
                .item(code)
                .is_some_and(|item| matches!(self.theme.items[item].required, Required::Yes));
            if !given {
                self.desk
                    .refuse(self.raw.class.span(), &refusals::LISTING, &[code]);
            }
        }
        self.listed_people();
    }

    /// R14: a list names other people than its subject only where a law holds them responsible.
    fn listed_people(&mut self) {
        let carries = ["law", "administrative-regulation", "local-regulation"];
        let mut bases = self.raw.basis.iter().map(At::get_ref);
        if bases.any(|one| one.responsible && carries.contains(&one.rank.get_ref().as_str())) {
            return;
        }
        let people = [Role::PersonName, Role::PersonIdentifier];
        for (item, raw) in self.theme.items.iter().zip(&self.raw.items) {
            if people.contains(&item.role) || item.personal {
                let (at, text) = (raw.get_ref().code.span(), [item.code.as_str()]);
                self.desk.refuse(at, &refusals::LISTED_PEOPLE, &text);
            }
        }
    }

    /// Rights 7 and 13: in a Chinese jurisdiction an organisation has a code, so a bare name that does
    /// not look like an organisation's is treated as a person's, whatever a theme would like.
    fn bare_names(&mut self) {
        let Some(flag) = &self.raw.names_organisations else {
            return;
        };
        let people = self
            .theme
            .subject_kinds
            .iter()
            .any(|kind| !kind.is_organisation());
        if *flag.get_ref() && (people || self.is_chinese()) {
            let name = "names_organisations";
            self.desk
                .refuse(flag.span(), &refusals::PERSON_PUBLIC, &[name]);
        }
    }

    /// R05: waiting for a decision to become final is a rule of some provinces, not of the nation.
    fn finality(&mut self) {
        if !self.theme.finality_required {
            return;
        }
        let mut bases = self.theme.bases.iter();
        if !bases.any(|basis| basis.rank == Rank::LocalRegulation) {
            let at = self.raw.code.span();
            self.desk
                .refuse(at, &refusals::FINALITY, &["local-regulation"]);
        }
        if self.theme.item_with(Role::FinalOn).is_none() {
            let at = self.raw.code.span();
            self.desk.refuse(at, &refusals::FINALITY, &["final-on"]);
        }
    }

    fn key(&mut self) {
        if self.theme.key.is_empty() {
            self.desk.refuse(
                self.raw.key.span(),
                &refusals::MISSING,
                &["key", "@subject, ITEM"],
            );
        }
    }

    /// What the author did not find in a source is said at every check, so that it is not forgotten.
    fn notes(&mut self) {
        for note in &self.raw.unverified {
            self.desk
                .warn(note.span(), &refusals::UNVERIFIED, &[note.get_ref()]);
        }
    }
}

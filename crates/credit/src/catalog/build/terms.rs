//! Terms of a theme: sharing, severity, clocks, reporting, repair, and what a statute publishes.

use super::super::model::{
    Basis, Clocks, NaturalPersons, Publicity, Rank, Repair, Reporting, SeverityCase, SeverityTable,
    Sharing, SharingClass, StatutePublished,
};
use super::super::raw::{
    At, RawBasis, RawClocks, RawPersons, RawPublished, RawRepair, RawReporting, RawSeverity,
    RawSharing, RawTheme,
};
use super::super::{refusals, words};
use super::Build;
use super::rules::internal_text;

impl Build<'_, '_> {
    pub(super) fn bases(&mut self, bases: &[At<RawBasis>]) -> Vec<Basis> {
        bases.iter().filter_map(|basis| self.basis(basis)).collect()
    }

    pub(super) fn basis(&mut self, basis: &At<RawBasis>) -> Option<Basis> {
        let raw = basis.get_ref();
        if raw.law.get_ref().trim().is_empty() {
            self.desk.refuse(raw.law.span(), &refusals::NO_BASIS, &[]);
        }
        Some(Basis {
            law: raw.law.get_ref().clone(),
            article: raw.article.clone(),
            rank: self.choice(words::RANKS, &raw.rank)?,
            verified: raw.verified,
        })
    }

    /// The sharing class; a theme without one is refused by `check`, which knows the line.
    pub(super) fn sharing(&mut self, sharing: Option<&At<RawSharing>>) -> Sharing {
        let raw = sharing.map(At::get_ref);
        Sharing {
            class: raw
                .and_then(|raw| self.choice(words::SHARING, &raw.class))
                .unwrap_or(SharingClass::NotShared),
            reason: raw
                .and_then(|raw| raw.reason.as_ref())
                .map(|reason| self.text(reason)),
            basis: raw
                .and_then(|raw| raw.basis.as_ref())
                .and_then(|basis| self.basis(basis)),
        }
    }

    pub(super) fn severity(&mut self, table: &At<RawSeverity>) -> Option<SeverityTable> {
        let raw = table.get_ref();
        let mut cases = Vec::new();
        for (position, case) in raw.case.iter().enumerate() {
            let case = case.get_ref();
            let code = format!("severity-{}", position + 1);
            let severity = self.choice(words::SEVERITIES, &case.severity);
            let when = self.rule(&code, &case.when, internal_text());
            if let (Some(severity), Some(when)) = (severity, when) {
                cases.push(SeverityCase { severity, when });
            }
        }
        let mut publicity = Vec::new();
        for term in &raw.publicity {
            let term = term.get_ref();
            let severity = self.choice(words::SEVERITIES, &term.severity);
            let max = self.span(&term.max);
            let min = term.min.as_ref().and_then(|min| self.span(min));
            if let (Some(severity), Some(max)) = (severity, max) {
                let published = term.published;
                publicity.push(Publicity {
                    severity,
                    published,
                    min,
                    max,
                });
            }
        }
        Some(SeverityTable {
            basis: self.basis(&raw.basis)?,
            cases,
            publicity,
        })
    }

    pub(super) fn clocks(&mut self, clocks: Option<&At<RawClocks>>) -> Clocks {
        let Some(raw) = clocks.map(At::get_ref) else {
            return Clocks::default();
        };
        let mut read = |span: &Option<At<String>>| span.as_ref().and_then(|text| self.span(text));
        Clocks {
            publicity: read(&raw.publicity),
            sharing: read(&raw.sharing),
            query: read(&raw.query),
            archive: read(&raw.archive),
            from: raw.from.as_ref().and_then(|code| self.item(code)),
        }
    }

    pub(super) fn reporting(&mut self, raw: &RawTheme) -> Reporting {
        let Some(reporting) = raw.reporting.as_ref().map(At::get_ref) else {
            let say = "reporting = { frequency = { zh, en, ru } }";
            self.desk
                .refuse(raw.code.span(), &refusals::MISSING, &["reporting", say]);
            let frequency = internal_text();
            return Reporting {
                frequency,
                deadline: None,
            };
        };
        let RawReporting {
            frequency,
            deadline,
        } = reporting;
        let deadline = deadline.as_ref().and_then(|deadline| {
            let item = self.item(&deadline.get_ref().from)?;
            Some((deadline.get_ref().working_days, item))
        });
        Reporting {
            frequency: self.text(frequency),
            deadline,
        }
    }

    pub(super) fn repair(&mut self, repair: Option<&At<RawRepair>>) -> Repair {
        let Some(repair) = repair else {
            return Repair::NotApplicable;
        };
        let raw = repair.get_ref();
        let how = raw.how.as_ref().map(|how| self.text(how));
        let basis = raw.basis.as_ref().and_then(|basis| self.basis(basis));
        let kinds: words::Words<u8> = &[
            ("not-applicable", 0),
            ("repairable", 1),
            ("not-repairable", 2),
        ];
        match (self.choice(kinds, &raw.kind).unwrap_or(0), how, basis) {
            (0, ..) => Repair::NotApplicable,
            (1, Some(how), Some(basis)) => Repair::Repairable(how, basis),
            (2, Some(how), Some(basis)) => Repair::NotRepairable(how, basis),
            _ => {
                let say = "repair.how + repair.basis";
                self.desk
                    .refuse(repair.span(), &refusals::MISSING, &["how, basis", say]);
                Repair::NotApplicable
            }
        }
    }

    pub(super) fn published(
        &mut self,
        published: Option<&At<RawPublished>>,
    ) -> Option<StatutePublished> {
        let published = published?;
        let raw = published.get_ref();
        let basis = self.basis(&raw.basis)?;
        if !matches!(basis.rank, Rank::Law | Rank::AdministrativeRegulation) {
            self.desk
                .refuse(published.span(), &refusals::INDIVIDUAL, &[]);
        }
        Some(StatutePublished {
            items: self.known(&raw.items),
            basis,
        })
    }

    pub(super) fn persons(&mut self, persons: Option<&At<RawPersons>>) -> Option<NaturalPersons> {
        let persons = persons?;
        let raw = persons.get_ref();
        let basis = self.basis(&raw.basis)?;
        let number = self.known(std::slice::from_ref(&raw.number));
        Some(NaturalPersons {
            number: number.first().copied()?,
            basis,
        })
    }
}

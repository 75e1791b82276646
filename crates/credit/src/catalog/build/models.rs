//! `models/*.toml`: each model built; what the law forbids is refused by `check::models`.

use super::super::finding::Desk;
use super::super::raw::models::{RawBand, RawIndicator, RawModel};
use super::super::raw::{At, RawBasis};
use super::super::{refusals, words};
use super::Build;
use crate::grade::{Adoption, Band, EntityKind, Form, Indicator, Model, On, Says, Scale};

/// Builds a model; what cannot be read leaves a finding.
pub(in super::super) fn model(desk: &mut Desk<'_>, raw: &RawModel) -> Option<Model> {
    let mut build = Build { desk, codes: &[] };
    for note in &raw.unverified {
        let (span, text) = (note.span(), note.get_ref());
        build.desk.warn(span, &refusals::UNVERIFIED, &[text]);
    }
    let bands = raw.bands.iter().map(|band| build.band(band.get_ref()));
    let bands = bands.collect();
    let indicators = raw.indicators.iter().map(At::get_ref);
    let indicators = indicators.filter_map(|one| build.indicator(one)).collect();
    let adopted = raw.adopted.as_ref().map(At::get_ref);
    let adopted = adopted.and_then(|by| {
        Some(Adoption {
            authority: build.text(&by.authority),
            document: by.document.get_ref().clone(),
            on: build.date(&by.on)?,
        })
    });
    let no_record = raw.no_record.get_ref();
    Some(Model {
        code: build.slug(&raw.model),
        version: build.slug(&raw.version),
        title: build.text(&raw.title),
        about: build.text(&raw.about),
        jurisdiction: raw.jurisdiction.get_ref().clone(),
        valid_from: build.date(&raw.valid_from)?,
        valid_to: raw.valid_to.as_ref().and_then(|day| build.date(day)),
        demonstration: raw.demonstration,
        adopted,
        bases: build.models_bases(&raw.basis),
        kinds: build.entity_kinds(raw.kinds.get_ref()),
        form: raw.form.as_ref().map(At::get_ref).map(|form| Form {
            theme: form.theme.get_ref().clone(),
            item: form.item.get_ref().clone(),
        }),
        scale: raw.scale.as_ref().map(At::get_ref).map(|scale| Scale {
            from: scale.from,
            to: scale.to,
            start: scale.start,
        }),
        bands,
        indicators,
        no_record: (no_record != words::NOT_GRADED).then(|| no_record.clone()),
        valid_for: build.span(&raw.valid_for)?,
        notice_days: raw.notice_working_days,
        unverified: super::plain(&raw.unverified),
    })
}

impl Build<'_, '_> {
    fn models_bases(&mut self, raw: &[At<RawBasis>]) -> Vec<crate::catalog::Basis> {
        for basis in raw.iter().filter(|basis| !basis.get_ref().verified) {
            let law = basis.get_ref().law.get_ref();
            self.desk.warn(basis.span(), &refusals::UNVERIFIED, &[law]);
        }
        self.bases(raw)
    }

    /// Rights 2: persons and individual businesses are no kind of a model.
    fn entity_kinds(&mut self, raw: &[At<String>]) -> Vec<EntityKind> {
        let mut kinds = Vec::new();
        for word in raw {
            let Some(kind) = self.choice(words::KINDS, word) else {
                continue;
            };
            match EntityKind::of(kind) {
                Some(kind) => kinds.push(kind),
                None => self
                    .desk
                    .refuse(word.span(), &refusals::PERSON_GRADE, &[word.get_ref()]),
            }
        }
        kinds
    }

    fn band(&mut self, raw: &RawBand) -> Band {
        if raw.from.is_some() != raw.to.is_some() {
            let code = raw.code.get_ref();
            self.desk
                .refuse(raw.code.span(), &refusals::MODEL_BANDS, &[code]);
        }
        Band {
            code: raw.code.get_ref().clone(),
            title: self.text(&raw.title),
            points: raw.from.zip(raw.to),
            bad: raw.bad,
        }
    }

    fn indicator(&mut self, raw: &RawIndicator) -> Option<Indicator> {
        let severity = raw.severity.as_ref();
        Some(Indicator {
            code: self.slug(&raw.code),
            title: self.text(&raw.title),
            theme: raw.theme.get_ref().clone(),
            severity: severity.and_then(|word| self.choice(words::SEVERITIES, word)),
            on: raw.on.as_ref().map(At::get_ref).map(|on| On {
                item: on.item.get_ref().clone(),
                is: on.is.clone(),
                contains: on.contains.clone(),
            }),
            date: raw.date.as_ref().map(|item| item.get_ref().clone()),
            within: raw.within.as_ref().and_then(|span| self.span(span)),
            says: self.says(raw)?,
        })
    }

    /// One of points, a band and a level.
    fn says(&mut self, raw: &RawIndicator) -> Option<Says> {
        let says = match (raw.points, &raw.band, &raw.level) {
            (Some(each), None, None) => raw
                .most
                .filter(|most| *most > 0)
                .map(|most| Says::Points { each, most }),
            (None, Some(band), None) if raw.most.is_none() => {
                Some(Says::Band(band.get_ref().clone()))
            }
            (None, None, Some(level)) if raw.most.is_none() => {
                let level = level.get_ref();
                let bands = level.bands.iter();
                let bands = bands.map(|(value, band)| (value.clone(), band.get_ref().clone()));
                Some(Says::Level {
                    item: level.item.get_ref().clone(),
                    bands: bands.collect(),
                })
            }
            _ => None,
        };
        if says.is_none() {
            let code = raw.code.get_ref();
            self.desk
                .refuse(raw.code.span(), &refusals::MODEL_SAYS, &[code]);
        }
        says
    }
}

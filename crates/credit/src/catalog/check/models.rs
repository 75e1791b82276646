//! What a model of grading may not be: a person's, hidden, unfair by its own words, or more than a grade.

use super::super::finding::Desk;
use super::super::model::{Exposure, ItemKind, Role, Theme};
use super::super::raw::At;
use super::super::raw::models::{RawIndicator, RawModel};
use super::super::{refusals, words};
use crate::grade::{EntityKind, Model, Says, Standing};
use std::ops::Range;
use std::sync::Arc;

/// Checks one model beside the themes and the models read before it.
pub(in super::super) fn model(
    desk: &mut Desk<'_>,
    raw: &RawModel,
    model: &Model,
    themes: &[Arc<Theme>],
) {
    let mut check = Check {
        desk,
        raw,
        model,
        themes,
    };
    check.head();
    check.excludes();
    check.uses();
    check.bands();
    check.form();
    if raw.indicators.len() == model.indicators.len() {
        check.indicators();
    }
}

struct Check<'c, 'd> {
    desk: &'c mut Desk<'d>,
    raw: &'c RawModel,
    model: &'c Model,
    themes: &'c [Arc<Theme>],
}

impl Check<'_, '_> {
    fn head(&mut self) {
        if self.model.bases.is_empty() {
            self.desk
                .refuse(self.raw.model.span(), &refusals::NO_BASIS, &[]);
        }
        if self.raw.kinds.get_ref().is_empty() {
            self.desk
                .refuse(self.raw.kinds.span(), &refusals::MISSING, &["kinds", "R33"]);
        }
        if let Some(adopted) = &self.raw.adopted
            && (self.model.demonstration || adopted.get_ref().document.get_ref().trim().is_empty())
        {
            self.desk
                .refuse(adopted.span(), &refusals::MODEL_ADOPTED, &[]);
        }
        let tells = self.model.notice_days.is_some_and(|days| days > 0);
        if self.model.bands.iter().any(|band| band.bad) && !tells {
            self.desk
                .refuse(self.raw.model.span(), &refusals::MODEL_NOTICE, &[]);
        }
        if let Some(band) = &self.model.no_record {
            self.band(self.raw.no_record.span(), band);
        }
    }

    /// Rights 9 to 11: what never counts is said in the model that everybody reads.
    fn excludes(&mut self) {
        let at = &self.raw.excludes;
        for never in Standing::NEVER {
            if at.get_ref().iter().all(|word| word.get_ref() != never) {
                self.desk
                    .refuse(at.span(), &refusals::MODEL_EXCLUDES, &[never]);
            }
        }
        for word in at.get_ref() {
            if !Standing::NEVER.contains(&word.get_ref().as_str()) {
                let all = Standing::NEVER.join(", ");
                let text = word.get_ref();
                self.desk
                    .refuse(word.span(), &refusals::CHOICE, &[text, &all]);
            }
        }
    }

    /// R17: a grade is no ground.
    fn uses(&mut self) {
        for word in &self.raw.uses {
            if !words::GRADE_USES.contains(&word.get_ref().as_str()) {
                let text = word.get_ref();
                self.desk.refuse(word.span(), &refusals::MODEL_USE, &[text]);
            }
        }
    }

    /// The bands that points lead to cover the scale, each point once.
    fn bands(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        for (band, raw) in self.model.bands.iter().zip(&self.raw.bands) {
            if seen.contains(&band.code.as_str()) {
                self.desk
                    .refuse(raw.span(), &refusals::DUPLICATE, &[&band.code]);
            }
            seen.push(&band.code);
        }
        let mut spans: Vec<(i32, i32)> = self.model.bands.iter().filter_map(|b| b.points).collect();
        spans.sort_unstable();
        let at = self
            .raw
            .scale
            .as_ref()
            .map_or(self.raw.model.span(), At::span);
        let Some(scale) = self.model.scale else {
            if let Some((from, _)) = spans.first() {
                self.desk
                    .refuse(at, &refusals::MODEL_BANDS, &[&from.to_string()]);
            }
            return;
        };
        if !(scale.from <= scale.start && scale.start <= scale.to) {
            let text = scale.start.to_string();
            self.desk
                .refuse(at.clone(), &refusals::MODEL_BANDS, &[&text]);
        }
        let mut next = Some(scale.from);
        for (from, to) in spans {
            if next != Some(from) || to < from {
                let text = from.to_string();
                self.desk
                    .refuse(at.clone(), &refusals::MODEL_BANDS, &[&text]);
            }
            next = to.checked_add(1);
        }
        if next != scale.to.checked_add(1) {
            let text = scale.to.to_string();
            self.desk.refuse(at, &refusals::MODEL_BANDS, &[&text]);
        }
    }

    /// Rights, preamble: of an enterprise it must be told whether it is its owner's.
    fn form(&mut self) {
        match &self.raw.form {
            Some(form) => {
                let form = form.get_ref();
                let theme = (form.theme.span(), form.theme.get_ref().as_str());
                if self.theme(theme) {
                    self.item(form.theme.get_ref(), &form.item);
                }
            }
            None if self.model.kinds.contains(&EntityKind::Enterprise) => {
                let details = ["form", "rights 2"];
                self.desk
                    .refuse(self.raw.kinds.span(), &refusals::MISSING, &details);
            }
            None => {}
        }
    }

    fn indicators(&mut self) {
        let mut seen: Vec<&str> = Vec::new();
        for (one, raw) in self.model.indicators.iter().zip(&self.raw.indicators) {
            let at = raw.get_ref();
            if seen.contains(&one.code.as_str()) {
                self.desk
                    .refuse(at.code.span(), &refusals::DUPLICATE, &[&one.code]);
            }
            seen.push(&one.code);
            if !self.theme((at.theme.span(), &one.theme)) {
                continue;
            }
            self.reads(at);
            match &one.says {
                Says::Points { .. } => {
                    if self.model.scale.is_none() {
                        self.desk
                            .refuse(at.code.span(), &refusals::MODEL_SAYS, &[&one.code]);
                    }
                }
                Says::Band(band) => self.band(at.code.span(), band),
                Says::Level { bands, .. } => {
                    for (_, band) in bands {
                        self.band(at.code.span(), band);
                    }
                }
            }
        }
        if self.model.indicators.is_empty() {
            let details = ["indicators", "R33"];
            self.desk
                .refuse(self.raw.model.span(), &refusals::MISSING, &details);
        }
    }

    /// The items that an indicator reads.
    fn reads(&mut self, raw: &RawIndicator) {
        let theme = raw.theme.get_ref();
        if let Some(on) = raw.on.as_ref().map(At::get_ref) {
            self.item(theme, &on.item);
            if on.is.is_empty() && on.contains.is_empty() {
                let code = raw.code.get_ref();
                self.desk
                    .refuse(on.item.span(), &refusals::MODEL_SAYS, &[code]);
            }
        }
        if let Some(level) = raw.level.as_ref().map(At::get_ref) {
            self.item(theme, &level.item);
        }
        if let Some(date) = &raw.date {
            let kind = self.item(theme, date);
            if kind.is_some_and(|kind| *kind != ItemKind::Date) {
                let text = date.get_ref();
                self.desk
                    .refuse(date.span(), &refusals::MODEL_READS, &[text]);
            }
        }
    }

    /// Shenzhen 29: a grade rests on what everybody can read; so its themes are public ones.
    fn theme(&mut self, (at, code): (Range<usize>, &str)) -> bool {
        let mut editions = self.themes.iter().filter(|one| one.code == code).peekable();
        let known = editions.peek().is_some() && editions.all(|one| one.public);
        if !known {
            self.desk.refuse(at, &refusals::MODEL_READS, &[code]);
        }
        known
    }

    /// An item is public and speaks of no person (rights 2).
    fn item(&mut self, theme: &str, item: &At<String>) -> Option<&ItemKind> {
        let code = item.get_ref();
        let editions = self.themes.iter().filter(|one| one.code == theme);
        let found: Vec<_> = editions
            .filter_map(|one| one.items.get(one.item(code)?))
            .collect();
        let open = found.iter().all(|found| {
            let people = [Role::PersonName, Role::PersonIdentifier].contains(&found.role);
            found.exposure == Exposure::Public
                && !found.personal
                && !found.free_text
                && found.mask.is_none()
                && !people
        });
        if found.is_empty() || !open {
            self.desk
                .refuse(item.span(), &refusals::MODEL_READS, &[code]);
        }
        found.first().map(|found| &found.kind)
    }

    fn band(&mut self, at: Range<usize>, code: &str) {
        if self.model.band(code).is_none() {
            let known: Vec<&str> = self.model.bands.iter().map(|b| b.code.as_str()).collect();
            let known = known.join(", ");
            self.desk.refuse(at, &refusals::CHOICE, &[code, &known]);
        }
    }
}

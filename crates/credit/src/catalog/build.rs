//! From a theme's file as written to the model: every word looked up, every reference resolved.
//! What cannot be resolved is a finding with its line; what the law forbids is `check`'s matter.

use super::finding::Desk;
use super::model::{Class, CodeSet, Layer, Mode, Section, Submission, Supplier, Theme};
use super::raw::{At, RawTheme};
use super::{ItemIx, refusals, words};
use crate::clock::Span;
use crate::lang::Text;
use crate::subject::SubjectKind;
use jiff::civil::Date;
use std::sync::Arc;
use toml::value::Datetime;

pub(super) mod cases;
mod items;
mod keys;
pub(super) mod measures;
pub(super) mod models;
mod rules;
pub(super) mod sharing;
mod terms;

/// What a theme may refer to outside its own file.
pub(super) struct Shelf<'a> {
    pub(super) sets: &'a [Arc<CodeSet>],
    pub(super) suppliers: &'a [Supplier],
}

/// Builds a theme. What cannot be read leaves a finding and a plain stand-in, so that one check
/// names everything that is wrong with a file.
pub(super) fn theme(desk: &mut Desk<'_>, raw: &RawTheme, shelf: &Shelf<'_>) -> Theme {
    let codes: Vec<&str> = raw
        .items
        .iter()
        .map(|item| item.get_ref().code.get_ref().as_str())
        .collect();
    let mut build = Build {
        desk,
        codes: &codes,
    };
    build.suppliers(&raw.suppliers, shelf.suppliers);
    let head = build.head(raw);
    let key = build.key(raw.key.get_ref());
    Theme {
        code: build.slug(&raw.code),
        version: build.slug(&raw.version),
        valid_from: build.date(&raw.valid_from).unwrap_or_default(),
        valid_to: raw.valid_to.as_ref().and_then(|date| build.date(date)),
        jurisdiction: raw.jurisdiction.get_ref().clone(),
        layer: head.layer,
        class: head.class,
        section: head.section,
        title: build.text(&raw.title),
        about: build.text(&raw.about),
        suppliers: plain(&raw.suppliers),
        any_authority: raw.any_authority,
        subject_kinds: head.kinds,
        bases: build.bases(&raw.basis),
        sharing: build.sharing(raw.sharing.as_ref()),
        public: *raw.public.get_ref(),
        public_when: build.public_when(raw),
        severity: raw
            .severity
            .as_ref()
            .and_then(|table| build.severity(table)),
        clocks: build.clocks(raw.clocks.as_ref()),
        reporting: build.reporting(raw),
        repair: build.repair(raw.repair.as_ref()),
        submission: head.submission,
        reference: build.reference(raw, &key),
        key,
        digest_excludes: build.known(&raw.digest_excludes),
        individual_business: build.published(raw.individual_business.as_ref()),
        natural_person: build.persons(raw.natural_person.as_ref()),
        layouts: build.layouts(&raw.layouts),
        items: items::items(&mut build, raw, shelf.sets),
        rules: build.rules(raw),
        unverified: plain(&raw.unverified),
        finality_required: raw.finality_required,
        names_organisations: raw
            .names_organisations
            .as_ref()
            .is_some_and(|flag| *flag.get_ref()),
        empty: raw.empty.clone(),
        digest: super::load::digest([build.desk.content()]),
    }
}

fn plain(values: &[At<String>]) -> Vec<String> {
    values.iter().map(|value| value.get_ref().clone()).collect()
}

/// The choices at the top of a file.
struct Head {
    layer: Layer,
    class: Class,
    section: Section,
    kinds: Vec<SubjectKind>,
    submission: Submission,
}

/// The desk, and the codes of the theme's items in order.
struct Build<'d, 'a> {
    desk: &'d mut Desk<'a>,
    codes: &'d [&'d str],
}

impl Build<'_, '_> {
    fn head(&mut self, raw: &RawTheme) -> Head {
        let layer = self.choice(words::LAYERS, &raw.layer);
        let class = self.choice(words::CLASSES, &raw.class);
        let section = self.choice(words::SECTIONS, &raw.section);
        let submission = raw.submission.get_ref();
        let mode = self.choice(words::MODES, &submission.mode);
        let kinds = raw.subject_kinds.get_ref().iter();
        Head {
            layer: layer.unwrap_or(Layer::National),
            class: class.unwrap_or(Class::Other),
            section: section.unwrap_or(Section::Other),
            kinds: kinds
                .filter_map(|kind| self.choice(words::KINDS, kind))
                .collect(),
            submission: Submission {
                mode: mode.unwrap_or(Mode::Delta),
                scope: self.known(&submission.scope),
            },
        }
    }

    /// A code for URLs and file names: lower case letters, digits, hyphens and dots.
    fn slug(&mut self, code: &At<String>) -> String {
        let text = code.get_ref();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        if text.is_empty() || text.len() > 64 || !text.chars().all(plain) {
            let reason = "a-z, 0-9, -, .; 1–64";
            self.desk
                .refuse(code.span(), &refusals::SENSE, &[text, reason]);
        }
        text.clone()
    }

    /// A text that exists in every language.
    fn text(&mut self, text: &At<Text>) -> Text {
        let value = text.get_ref();
        for (lang, part) in [("zh", &value.zh), ("en", &value.en), ("ru", &value.ru)] {
            if part.trim().is_empty() {
                self.desk.refuse(text.span(), &refusals::LANGUAGE, &[lang]);
            }
        }
        value.clone()
    }

    fn choice<T: Copy>(&mut self, choices: words::Words<T>, word: &At<String>) -> Option<T> {
        let meaning = words::meaning(choices, word.get_ref());
        if meaning.is_none() {
            let all = words::all(choices);
            self.desk
                .refuse(word.span(), &refusals::CHOICE, &[word.get_ref(), &all]);
        }
        meaning
    }

    fn date(&mut self, date: &At<Datetime>) -> Option<Date> {
        let text = date.get_ref().to_string();
        let parsed = text
            .parse::<Date>()
            .ok()
            .filter(|_| date.get_ref().time.is_none());
        if parsed.is_none() {
            self.desk
                .refuse(date.span(), &refusals::CHOICE, &[&text, "2026-04-01"]);
        }
        parsed
    }

    fn span(&mut self, text: &At<String>) -> Option<Span> {
        let span = words::span(text.get_ref());
        if span.is_none() {
            self.desk
                .refuse(text.span(), &refusals::SPAN, &[text.get_ref()]);
        }
        span
    }

    /// The position of an item that must exist.
    fn item(&mut self, code: &At<String>) -> Option<ItemIx> {
        let found = self.codes.iter().position(|known| known == code.get_ref());
        if found.is_none() {
            self.desk
                .refuse(code.span(), &refusals::ITEM, &[code.get_ref()]);
        }
        found
    }

    fn known(&mut self, codes: &[At<String>]) -> Vec<ItemIx> {
        codes.iter().filter_map(|code| self.item(code)).collect()
    }

    fn suppliers(&mut self, wanted: &[At<String>], known: &[Supplier]) {
        for code in wanted {
            if !known
                .iter()
                .any(|supplier| supplier.code == *code.get_ref())
            {
                self.desk
                    .refuse(code.span(), &refusals::SUPPLIER_UNKNOWN, &[code.get_ref()]);
            }
        }
    }
}

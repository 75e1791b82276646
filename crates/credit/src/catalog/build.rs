//! From a theme's file as written to the model: every word looked up, every reference resolved.
//! What cannot be resolved is a finding with its line; what the law forbids is `check`'s matter.

use super::finding::Desk;
use super::model::{
    Basis, Class, CodeSet, KeyPart, Layer, Layout, Mode, Publicity, Rank, Repair, Reporting,
    Section, SeverityCase, SeverityTable, Sharing, SharingClass, StatutePublished, Submission,
    Supplier, Theme,
};
use super::raw::{
    At, RawBasis, RawClocks, RawItem, RawLayout, RawPublished, RawRepair, RawReporting,
    RawSeverity, RawSharing, RawTheme,
};
use super::{ItemIx, refusals, words};
use crate::catalog::Clocks;
use crate::clock::Span;
use crate::lang::Text;
use crate::rule::Rule;
use jiff::civil::Date;
use std::sync::Arc;
use toml::value::Datetime;

mod items;

/// What a theme may refer to outside its own file.
pub(super) struct Shelf<'a> {
    pub(super) sets: &'a [Arc<CodeSet>],
    pub(super) suppliers: &'a [Supplier],
}

/// Builds a theme, or leaves findings on the desk and gives what could be read of it.
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
    let valid_from = build.date(&raw.valid_from);
    let valid_to = raw.valid_to.as_ref().and_then(|date| build.date(date));
    build.suppliers(&raw.suppliers, shelf.suppliers);
    let about = build.text(&raw.about);
    let severity = raw.severity.as_ref().map(|table| build.severity(table));
    let rules = build.rules(raw);
    let public_when = raw
        .public_when
        .as_ref()
        .and_then(|when| build.rule("public-when", when, internal_text()));
    let key = build.key(raw.key.get_ref());
    let reference = build.reference(raw, &key);
    Theme {
        code: build.slug(&raw.code),
        version: build.slug(&raw.version),
        valid_from: valid_from.unwrap_or_default(),
        valid_to,
        jurisdiction: raw.jurisdiction.get_ref().clone(),
        layer: build
            .choice(words::LAYERS, &raw.layer)
            .unwrap_or(Layer::National),
        class: build
            .choice(words::CLASSES, &raw.class)
            .unwrap_or(Class::Other),
        section: build
            .choice(words::SECTIONS, &raw.section)
            .unwrap_or(Section::Other),
        title: build.text(&raw.title),
        about,
        suppliers: raw
            .suppliers
            .iter()
            .map(|code| code.get_ref().clone())
            .collect(),
        any_authority: raw.any_authority,
        subject_kinds: raw
            .subject_kinds
            .get_ref()
            .iter()
            .filter_map(|kind| build.choice(words::KINDS, kind))
            .collect(),
        bases: raw
            .basis
            .iter()
            .filter_map(|basis| build.basis(basis))
            .collect(),
        sharing: build.sharing(raw.sharing.as_ref()),
        public: *raw.public.get_ref(),
        public_when,
        severity: severity.flatten(),
        clocks: raw
            .clocks
            .as_ref()
            .map(|clocks| build.clocks(clocks))
            .unwrap_or_default(),
        reporting: build.reporting(raw),
        repair: build
            .repair(raw.repair.as_ref())
            .unwrap_or(Repair::NotApplicable),
        submission: Submission {
            mode: build
                .choice(words::MODES, &raw.submission.get_ref().mode)
                .unwrap_or(Mode::Delta),
            scope: build.known(&raw.submission.get_ref().scope),
        },
        key,
        digest_excludes: build.known(&raw.digest_excludes),
        individual_business: raw
            .individual_business
            .as_ref()
            .and_then(|published| build.published(published)),
        layouts: raw
            .layouts
            .iter()
            .filter_map(|layout| build.layout(layout))
            .collect(),
        items: items::items(&mut build, raw, shelf.sets),
        rules,
        unverified: raw
            .unverified
            .iter()
            .map(|note| note.get_ref().clone())
            .collect(),
        finality_required: raw.finality_required,
        empty: raw.empty.clone(),
        reference,
        digest: super::load::digest([build.desk.content()]),
    }
}

/// The desk, and the codes of the theme's items in order.
struct Build<'d, 'a> {
    desk: &'d mut Desk<'a>,
    codes: &'d [&'d str],
}

impl Build<'_, '_> {
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

    fn basis(&mut self, basis: &At<RawBasis>) -> Option<Basis> {
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
    fn sharing(&mut self, sharing: Option<&At<RawSharing>>) -> Sharing {
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

    fn severity(&mut self, table: &At<RawSeverity>) -> Option<SeverityTable> {
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

    fn clocks(&mut self, clocks: &At<RawClocks>) -> Clocks {
        let raw = clocks.get_ref();
        let mut read = |span: &Option<At<String>>| span.as_ref().and_then(|text| self.span(text));
        Clocks {
            publicity: read(&raw.publicity),
            sharing: read(&raw.sharing),
            query: read(&raw.query),
            archive: read(&raw.archive),
            from: raw.from.as_ref().and_then(|code| self.item(code)),
        }
    }

    fn reporting(&mut self, raw: &RawTheme) -> Reporting {
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

    fn repair(&mut self, repair: Option<&At<RawRepair>>) -> Option<Repair> {
        let Some(repair) = repair else {
            return Some(Repair::NotApplicable);
        };
        let raw = repair.get_ref();
        let how = raw.how.as_ref().map(|how| self.text(how));
        let basis = raw.basis.as_ref().and_then(|basis| self.basis(basis));
        let kinds: words::Words<u8> = &[
            ("not-applicable", 0),
            ("repairable", 1),
            ("not-repairable", 2),
        ];
        match (self.choice(kinds, &raw.kind)?, how, basis) {
            (0, ..) => Some(Repair::NotApplicable),
            (1, Some(how), Some(basis)) => Some(Repair::Repairable(how, basis)),
            (2, Some(how), Some(basis)) => Some(Repair::NotRepairable(how, basis)),
            _ => {
                let say = "repair.how + repair.basis";
                self.desk
                    .refuse(repair.span(), &refusals::MISSING, &["how, basis", say]);
                None
            }
        }
    }

    fn key(&mut self, parts: &[At<String>]) -> Vec<KeyPart> {
        let mut key = Vec::new();
        for part in parts {
            if part.get_ref() == "@subject" {
                key.push(KeyPart::Subject);
            } else if let Some(item) = self.item(part) {
                key.push(KeyPart::Item(item));
            }
        }
        key
    }

    /// `document = "publication"`: the publication of a row is its own reference, told apart by the
    /// items of the natural key.
    fn reference(&mut self, raw: &RawTheme, key: &[KeyPart]) -> Vec<ItemIx> {
        let kinds: words::Words<bool> = &[("decision", false), ("publication", true)];
        let publication = raw
            .document
            .as_ref()
            .and_then(|kind| self.choice(kinds, kind));
        if publication != Some(true) {
            return Vec::new();
        }
        key.iter()
            .filter_map(|part| match part {
                KeyPart::Item(item) => Some(*item),
                KeyPart::Subject => None,
            })
            .collect()
    }

    fn published(&mut self, published: &At<RawPublished>) -> Option<StatutePublished> {
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

    fn layout(&mut self, layout: &At<RawLayout>) -> Option<Layout> {
        let raw = layout.get_ref();
        if raw.header.len() != raw.columns.len() {
            let reason = "header.len() != columns.len()";
            self.desk
                .refuse(layout.span(), &refusals::SENSE, &["layouts", reason]);
            return None;
        }
        let mut columns = Vec::new();
        for column in &raw.columns {
            columns.push(if column.get_ref().is_empty() {
                None
            } else {
                self.item(column)
            });
        }
        Some(Layout {
            header: raw.header.clone(),
            columns,
        })
    }

    fn rules(&mut self, raw: &RawTheme) -> Vec<Rule> {
        let mut rules = Vec::new();
        for rule in &raw.rules {
            let rule = rule.get_ref();
            let message = self.text(&rule.message);
            rules.extend(self.rule(rule.code.get_ref(), &rule.holds, message));
        }
        for item in &raw.items {
            rules.extend(self.consent(item.get_ref()));
        }
        rules
    }

    /// 征信业管理条例 14: the item may be filled only beside the number of a written consent. The
    /// rule is made here, so that no author of a theme can forget it.
    fn consent(&mut self, item: &RawItem) -> Option<Rule> {
        let consent = item.consent_item.as_ref()?;
        self.item(consent)?;
        let number = matches!(item.kind.get_ref().as_str(), "integer" | "decimal");
        let empty = if number { "null" } else { "\"\"" };
        let (code, given) = (item.code.get_ref(), consent.get_ref());
        let source = format!("{code} == {empty} || {given} != \"\"");
        let (title, code) = (item.title.get_ref(), format!("consent:{code}"));
        let message = Text {
            zh: format!(
                "填写“{}”须有本人书面同意：请填写同意书编号，否则留空。",
                title.zh
            ),
            en: format!(
                "\"{}\" needs the person's written consent: give its number or leave it empty.",
                title.en
            ),
            ru: format!(
                "«{}» требует письменного согласия: укажите его номер или оставьте пустым.",
                title.ru
            ),
        };
        match Rule::compile(&code, &source, message, self.codes) {
            Ok(rule) => Some(rule),
            Err(error) => {
                self.desk
                    .refuse(consent.span(), &refusals::CEL, &[&code, &error.message]);
                None
            }
        }
    }

    /// Compiles a rule; a defect is shown on the line where it stands.
    fn rule(&mut self, code: &str, source: &At<String>, message: Text) -> Option<Rule> {
        match Rule::compile(code, source.get_ref(), message, self.codes) {
            Ok(rule) => Some(rule),
            Err(error) => {
                self.desk
                    .refuse(source.span(), &refusals::CEL, &[code, &error.message]);
                None
            }
        }
    }
}

/// For rules that decide something and refuse nothing: their message is never shown for a row.
fn internal_text() -> Text {
    Text {
        zh: "内部规则".to_owned(),
        en: "internal rule".to_owned(),
        ru: "внутреннее правило".to_owned(),
    }
}

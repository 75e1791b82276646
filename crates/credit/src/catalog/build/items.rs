//! Items of a theme: type, requirement, format, names, and who may see them.

use super::super::model::{CodeSet, Exposure, Item, ItemKind, Mask, Required, Role};
use super::super::raw::{At, RawItem, RawTheme};
use super::super::{refusals, words};
use super::Build;
use crate::identifier::System;
use crate::lang::Text;
use crate::limits;
use regex::Regex;
use std::sync::Arc;

/// Builds all items in order. An item that cannot be read leaves a finding and a plain stand-in,
/// so that positions of the others stay true for the rest of the check.
pub(super) fn items(build: &mut Build<'_, '_>, raw: &RawTheme, sets: &[Arc<CodeSet>]) -> Vec<Item> {
    raw.items
        .iter()
        .map(|item| build.one(item.get_ref(), sets))
        .collect()
}

impl Build<'_, '_> {
    fn one(&mut self, raw: &RawItem, sets: &[Arc<CodeSet>]) -> Item {
        self.item_code(&raw.code);
        let role = raw
            .role
            .as_ref()
            .and_then(|role| self.choice(words::ROLES, role))
            .unwrap_or(Role::Content);
        let exposure = raw
            .exposure
            .as_ref()
            .and_then(|exposure| self.choice(words::EXPOSURES, exposure))
            .unwrap_or(default_exposure(role));
        Item {
            code: raw.code.get_ref().clone(),
            title: self.text(&raw.title),
            kind: self.kind(raw, sets).unwrap_or(ItemKind::Text(1)),
            required: self.required(raw),
            format: raw.format.as_ref().and_then(|format| self.format(format)),
            aliases: raw
                .aliases
                .iter()
                .map(|alias| alias.get_ref().clone())
                .collect(),
            role,
            exposure,
            mask: raw.mask.as_ref().map(|mask| {
                let (left, right) = *mask.get_ref();
                Mask { left, right }
            }),
            personal: raw.personal || matches!(role, Role::PersonName | Role::PersonIdentifier),
            free_text: raw.free_text,
            consent: raw.consent_item.as_ref().and_then(|code| self.item(code)),
        }
    }

    /// Item codes are variables of CEL and keys of JSON.
    fn item_code(&mut self, code: &At<String>) {
        let text = code.get_ref();
        let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let starts = text.starts_with(|c: char| c.is_ascii_alphabetic());
        if !plain || !starts || text.len() > 64 || text == "today" {
            self.desk.refuse(
                code.span(),
                &refusals::SENSE,
                &[text, "A-Z, a-z, 0-9, _; 1–64"],
            );
        }
    }

    fn kind(&mut self, raw: &RawItem, sets: &[Arc<CodeSet>]) -> Option<ItemKind> {
        let kinds: words::Words<u8> = &[
            ("text", 0),
            ("date", 1),
            ("integer", 2),
            ("decimal", 3),
            ("code", 4),
            ("identifier", 5),
        ];
        match self.choice(kinds, &raw.kind)? {
            0 => self.length(raw).map(ItemKind::Text),
            1 => Some(ItemKind::Date),
            2 => Some(ItemKind::Integer),
            3 => self.decimal(raw),
            4 => self.code_kind(raw, sets),
            _ => self.identifier(raw),
        }
    }

    fn length(&mut self, raw: &RawItem) -> Option<u32> {
        let most = u32::try_from(limits::CELL_CHARS).unwrap_or(u32::MAX);
        match raw.length.as_ref().map(At::get_ref) {
            Some(length) if (1..=most).contains(length) => Some(*length),
            _ => {
                let range = format!("1–{most}");
                self.desk
                    .refuse(raw.code.span(), &refusals::MISSING, &["length", &range]);
                None
            }
        }
    }

    /// 28 digits is what the decimal arithmetic holds exactly.
    fn decimal(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let digits = raw.digits.as_ref().map_or(0, |digits| *digits.get_ref());
        if !(1..=28).contains(&digits) || raw.scale > digits {
            self.desk.refuse(
                raw.code.span(),
                &refusals::MISSING,
                &["digits, scale", "1–28"],
            );
            return None;
        }
        Some(ItemKind::Decimal {
            digits,
            scale: raw.scale,
            unit: raw.unit.as_ref().map(|unit| unit.get_ref().clone()),
        })
    }

    fn code_kind(&mut self, raw: &RawItem, sets: &[Arc<CodeSet>]) -> Option<ItemKind> {
        let Some(name) = &raw.set else {
            self.desk.refuse(
                raw.code.span(),
                &refusals::MISSING,
                &["set", "codes/*.toml"],
            );
            return None;
        };
        let found = sets.iter().find(|set| set.code == *name.get_ref());
        if found.is_none() {
            self.desk
                .refuse(name.span(), &refusals::CODE_SET, &[name.get_ref()]);
        }
        Some(ItemKind::Code {
            set: Arc::clone(found?),
            many: raw.many,
        })
    }

    fn identifier(&mut self, raw: &RawItem) -> Option<ItemKind> {
        let Some(name) = &raw.system else {
            return Some(ItemKind::Identifier(None));
        };
        let system = System::parse(name.get_ref());
        if system.is_none() {
            let all: Vec<&str> = System::ALL.iter().map(|system| system.code()).collect();
            let all = all.join(", ");
            self.desk
                .refuse(name.span(), &refusals::CHOICE, &[name.get_ref(), &all]);
        }
        Some(ItemKind::Identifier(Some(system?)))
    }

    fn required(&mut self, raw: &RawItem) -> Required {
        let Some(when) = &raw.required_when else {
            return if raw.required {
                Required::Yes
            } else {
                Required::No
            };
        };
        let code = format!("required:{}", raw.code.get_ref());
        let title = raw.title.get_ref();
        let message = Text {
            zh: format!("此时“{}”必填。", title.zh),
            en: format!("\"{}\" must be filled here.", title.en),
            ru: format!("Здесь нужно заполнить «{}».", title.ru),
        };
        self.rule(&code, when, message)
            .map_or(Required::Yes, Required::When)
    }

    /// A format is matched against the whole canonical text.
    fn format(&mut self, format: &At<String>) -> Option<Regex> {
        match Regex::new(&format!("^(?:{})$", format.get_ref())) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let reason = error.to_string().replace('\n', " ");
                self.desk
                    .refuse(format.span(), &refusals::FORMAT, &[&reason]);
                None
            }
        }
    }
}

/// Where a file says nothing: what speaks of a person is closed, all else is open where the theme
/// itself is public.
fn default_exposure(role: Role) -> Exposure {
    match role {
        Role::PersonIdentifier => Exposure::Own,
        Role::PersonName => Exposure::Government,
        _ => Exposure::Public,
    }
}

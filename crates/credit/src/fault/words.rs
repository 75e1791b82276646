//! The sentences of faults: what is wrong and how to mend it, in all three languages.
//!
//! No sentence carries a value of the row.

mod persons;
mod table;

use super::{Fault, FaultKind};
use crate::catalog::Theme;
use crate::lang::Lang;
use crate::rule::Rule;
use table::{CODE_OF_ANY_SYSTEM, FORM_UNNAMED, NO_UNIT, REPEAT_OF_A_PART, TABLE, Words};

/// The sentence number `part` (0: what is wrong, 1: how to mend it).
pub(super) fn say(fault: &Fault, lang: Lang, theme: &Theme, part: usize) -> String {
    let code = fault.kind.code();
    let Some(words) = words_of(&fault.kind, theme, fault, code) else {
        return code.to_owned();
    };
    let pair = match lang {
        Lang::Zh => words.zh,
        Lang::En => words.en,
        Lang::Ru => words.ru,
    };
    let sentence = pair.get(part).copied().unwrap_or(code);
    let item = fault.title(lang, theme).unwrap_or("");
    let (a, b) = figures(&fault.kind, lang, theme, fault);
    sentence
        .replace("{item}", item)
        .replace("{a}", &a)
        .replace("{b}", &b)
}

/// The sentences of a kind: some read otherwise where they have no figure to name.
fn words_of(kind: &FaultKind, theme: &Theme, fault: &Fault, code: &str) -> Option<&'static Words> {
    match kind {
        FaultKind::Repeat { row: 0 } => Some(&REPEAT_OF_A_PART),
        FaultKind::Identifier { system: None, .. } => Some(&CODE_OF_ANY_SYSTEM),
        FaultKind::Unit { wanted } if wanted.is_empty() => Some(&NO_UNIT),
        FaultKind::Format if pattern(theme, fault).is_empty() => Some(&FORM_UNNAMED),
        _ => TABLE
            .iter()
            .chain(persons::TABLE)
            .find(|words| words.code == code),
    }
}

/// What stands for `{a}` and `{b}`.
fn figures(kind: &FaultKind, lang: Lang, theme: &Theme, fault: &Fault) -> (String, String) {
    let none = String::new;
    match kind {
        FaultKind::Ragged { expected, found } => (expected.to_string(), found.to_string()),
        FaultKind::CellTooLong => (crate::limits::CELL_CHARS.to_string(), none()),
        FaultKind::MissingWhen => (condition(lang, theme, fault), none()),
        FaultKind::TooLong { max, found } => (max.to_string(), found.to_string()),
        FaultKind::Format => (pattern(theme, fault), none()),
        FaultKind::Future { today } => (today.to_string(), none()),
        FaultKind::Digits { digits, scale } => {
            (digits.saturating_sub(*scale).to_string(), scale.to_string())
        }
        FaultKind::Unit { wanted } => (wanted.clone(), none()),
        FaultKind::NotInSet { allowed } => {
            let join = if lang == Lang::Zh { "、" } else { ", " };
            (allowed.join(join), none())
        }
        FaultKind::Identifier { system, .. } => (
            system.map_or("", |system| system.title(lang)).to_owned(),
            none(),
        ),
        FaultKind::Repeat { row } => (row.to_string(), none()),
        FaultKind::Rule(ix) => (columns(lang, theme, *ix), none()),
        FaultKind::KindNotAllowed(kind) => (kind.title(lang).to_owned(), none()),
        _ => (none(), none()),
    }
}

/// Titles of the columns whose values made an item required.
fn condition(lang: Lang, theme: &Theme, fault: &Fault) -> String {
    let item = fault.item.and_then(|ix| theme.items.get(ix));
    match item.map(|item| &item.required) {
        Some(crate::catalog::Required::When(rule)) => titles(lang, theme, rule),
        _ => String::new(),
    }
}

fn pattern(theme: &Theme, fault: &Fault) -> String {
    fault
        .item
        .and_then(|ix| theme.items.get(ix))
        .and_then(|item| item.format.as_ref())
        .map_or_else(String::new, |format| format.as_str().to_owned())
}

/// Titles of the columns that a cross-field rule reads.
fn columns(lang: Lang, theme: &Theme, rule: usize) -> String {
    theme
        .rules
        .get(rule)
        .map_or_else(String::new, |rule| titles(lang, theme, rule))
}

fn titles(lang: Lang, theme: &Theme, rule: &Rule) -> String {
    let titles: Vec<&str> = rule
        .items
        .iter()
        .filter_map(|code| theme.items.iter().find(|item| item.code == *code))
        .map(|item| item.title.get(lang))
        .collect();
    titles.join(if lang == Lang::Zh { "、" } else { ", " })
}

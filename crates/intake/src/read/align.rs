//! Settles which title stands over which column when header and rows disagree.
//!
//! Real files have a tab where a delimiter belongs, so that two titles stand in one cell, and
//! titles for columns that nobody filled. A split is taken when it explains the rows; a title is
//! dropped only when the theme leaves no other reading. Anything else is refused with the figures,
//! since a guess here would put a name into another column for the whole file.

use super::RowBuf;
use super::header::usual_width;
use super::rows::Facts;
use crate::refusal::{FileRefusal, RefusalKind};
use credit::catalog::model::{Item, ItemKind, Role, Theme};
use std::collections::VecDeque;

/// Rows that must all fit a reading.
const EVIDENCE: usize = 50;

/// Settles the header against the first rows.
pub(super) fn settle(
    waiting: &VecDeque<RowBuf>,
    facts: &mut Facts,
    theme: Option<&Theme>,
) -> Result<(), FileRefusal> {
    // The theme knows this very header and says what stands where.
    if theme.is_some_and(|theme| {
        theme
            .layouts
            .iter()
            .any(|layout| layout.fits(&facts.header))
    }) {
        return Ok(());
    }
    let rows = || {
        waiting
            .iter()
            .map(RowBuf::row)
            .filter(|row| !row.is_blank())
    };
    let Some(width) = usual_width(rows().map(|row| row.len())) else {
        return Ok(());
    };
    let split = split(&facts.header);
    let was_split = split.len() > facts.header.len();
    if was_split {
        facts.header = split;
    }
    let titles = facts.header.len();
    if titles == width || (!was_split && titles < width) {
        return Ok(());
    }
    let evidence: Vec<&RowBuf> = waiting
        .iter()
        .filter(|buf| buf.row().len() == width)
        .take(EVIDENCE)
        .collect();
    let readings = theme.map_or_else(Vec::new, |theme| {
        readings(&facts.header, width, &evidence, theme)
    });
    match readings.as_slice() {
        [only] => {
            facts.dropped.push(facts.header.remove(*only));
            Ok(())
        }
        // Without a stray tab rows that are merely shorter are the rows' own fault.
        _ if !was_split => Ok(()),
        _ => {
            let cause = format!(
                "{} readings fit {titles} titles over {width} cells",
                readings.len()
            );
            let kind = RefusalKind::HeaderUnclear {
                titles,
                cells: width,
            };
            Err(FileRefusal::new(kind, cause).at(facts.header_row))
        }
    }
}

/// Splits titles that hold a tab. Outer tabs were trimmed before, so both sides have text.
fn split(header: &[String]) -> Vec<String> {
    let parts = header.iter().flat_map(|title| title.split('\t'));
    parts.map(|part| part.trim().to_owned()).collect()
}

/// Titles without which every row of the evidence fits the theme, for a header one too wide.
fn readings(header: &[String], width: usize, evidence: &[&RowBuf], theme: &Theme) -> Vec<usize> {
    if header.len() != width + 1 || evidence.is_empty() {
        return Vec::new();
    }
    let items: Vec<Option<&Item>> = header.iter().map(|title| item(title, theme)).collect();
    let without = |dropped: usize| {
        let mut left = items.clone();
        left.remove(dropped);
        left
    };
    let candidates = (0..header.len()).filter(|&dropped| {
        let left = without(dropped);
        evidence.iter().all(|buf| {
            let row = buf.row();
            left.iter()
                .enumerate()
                .all(|(column, item)| item.is_none_or(|item| fits(row.text(column), item)))
        })
    });
    candidates.collect()
}

/// The item that a title names.
fn item<'t>(title: &str, theme: &'t Theme) -> Option<&'t Item> {
    let wanted = credit::text::name_form(title);
    theme.items.iter().find(|item| {
        [&item.code, &item.title.zh, &item.title.en, &item.title.ru]
            .into_iter()
            .chain(&item.aliases)
            .any(|spelling| credit::text::name_form(spelling) == wanted)
    })
}

/// Whether a value could stand under an item: by its shape only, since checking comes later.
fn fits(value: &str, item: &Item) -> bool {
    let value = value.trim();
    if value.is_empty() {
        return true;
    }
    let digits = value.chars().filter(char::is_ascii_digit).count();
    match &item.kind {
        ItemKind::Integer | ItemKind::Decimal { .. } => {
            digits > 0 && digits * 2 >= value.chars().count()
        }
        ItemKind::Date => digits > 0,
        ItemKind::Identifier(_) => {
            value.len() >= 6
                && value
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' '))
        }
        ItemKind::Code { set, many } => {
            let known = |value: &str| {
                set.values.iter().any(|known| {
                    known.value == value || known.aliases.iter().any(|alias| alias == value)
                })
            };
            known(value)
                || (*many
                    && value
                        .split([';', '；', '、', ','])
                        .any(|part| known(part.trim())))
        }
        ItemKind::Text(_) => match &item.format {
            Some(format) => format.is_match(value),
            None => {
                !is_name(item.role)
                    || digits == 0
                    || !value.chars().all(|c| c.is_ascii_alphanumeric())
            }
        },
    }
}

/// Whether an item holds names, which are never a bare number or code.
fn is_name(role: Role) -> bool {
    matches!(
        role,
        Role::SubjectName | Role::PersonName | Role::DocumentOrgan | Role::DocumentName
    )
}

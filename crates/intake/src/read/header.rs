//! Finds the header: the first row, or a row below title lines such as 附件1 and 信息公示表.

use super::rows::Facts;
use super::{Reader, RowBuf};
use crate::refusal::{FileRefusal, RefusalKind};
use credit::catalog::model::Theme;
use std::collections::{HashMap, HashSet, VecDeque};

/// Rows read ahead: title lines above the header, and enough rows below it to know their width.
const AHEAD: usize = 64;
/// Rows among which the header is sought.
const TITLES: usize = 20;

/// Reads the first rows.
pub(super) fn look_ahead(reader: &mut dyn Reader) -> Result<VecDeque<RowBuf>, FileRefusal> {
    let mut waiting = VecDeque::new();
    while waiting.len() < AHEAD {
        let mut row = RowBuf::new();
        if !reader.next(&mut row)? {
            break;
        }
        waiting.push_back(row);
    }
    Ok(waiting)
}

/// Takes the header, and the title rows above it, out of the rows read ahead.
pub(super) fn find(
    waiting: &mut VecDeque<RowBuf>,
    facts: &mut Facts,
    theme: Option<&Theme>,
) -> Result<(), FileRefusal> {
    let place = by_theme(waiting, theme)
        .or_else(|| by_shape(waiting))
        .or_else(|| waiting.iter().position(|row| !row.row().is_blank()))
        .ok_or_else(|| FileRefusal::new(RefusalKind::NoHeader, "no row that is not blank"))?;
    for row in waiting.drain(..place) {
        facts.skipped.push(row.number);
    }
    if let Some(header) = waiting.pop_front() {
        facts.header_row = header.number;
        facts.header = header
            .row()
            .iter()
            .map(|title| title.trim().to_owned())
            .collect();
    }
    Ok(())
}

/// The row with the most titles of the theme, if it has two or half of the row.
fn by_theme(waiting: &VecDeque<RowBuf>, theme: Option<&Theme>) -> Option<usize> {
    let titles = titles(theme?);
    let mut best = None;
    for (place, row) in waiting.iter().take(TITLES).enumerate() {
        let row = row.row();
        let known = row
            .iter()
            .flat_map(|cell| cell.split('\t'))
            .filter(|cell| titles.contains(&credit::text::name_form(cell)))
            .count();
        let enough = known >= 2 || (known == 1 && row.len() <= 2);
        if enough && best.is_none_or(|(_, most)| known > most) {
            best = Some((place, known));
        }
    }
    best.map(|(place, _)| place)
}

/// Every spelling of every title of a theme, in comparison form.
pub(super) fn titles(theme: &Theme) -> HashSet<String> {
    let spellings = theme.items.iter().flat_map(|item| {
        [&item.code, &item.title.zh, &item.title.en, &item.title.ru]
            .into_iter()
            .chain(&item.aliases)
    });
    spellings
        .map(|title| credit::text::name_form(title))
        .collect()
}

/// The first row in which at least three cells in five of the usual width hold distinct text. Only
/// rows with a single cell, or with few, are title lines that may stand above it; a fuller row is
/// the header, however poor its titles.
fn by_shape(waiting: &VecDeque<RowBuf>) -> Option<usize> {
    let width = usual_width(waiting.iter().map(|row| row.row().len()))?;
    waiting.iter().take(TITLES).position(|row| {
        let row = row.row();
        let mut seen = HashSet::new();
        let filled = || row.iter().map(str::trim).filter(|cell| !cell.is_empty());
        let texts = filled()
            .filter(|cell| is_title(cell) && seen.insert(*cell))
            .count();
        let full = filled().count();
        texts * 5 >= width * 3 || (full > 1 && full * 5 > width * 2)
    })
}

/// A title has letters; a bare number or date is none.
fn is_title(cell: &str) -> bool {
    cell.chars().any(char::is_alphabetic)
}

/// The commonest width.
pub(super) fn usual_width(widths: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for width in widths {
        *counts.entry(width).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|&(width, count)| (count, width))
        .map(|(width, _)| width)
}

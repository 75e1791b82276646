//! What the content of a column looks like: shares of its rows.

use super::hint::{Hint, hint};
use crate::link::{date, numbered, person};
use crate::table::{MISSING, Table};
use credit::text::looks_like_organisation;

/// Most distinct values that are looked at.
const SAMPLE: usize = 20_000;

/// Shares and means over the distinct values of a column.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub(super) title: String,
    pub(super) hint: Hint,
    /// Rows with a value, and distinct values.
    pub(super) filled: usize,
    pub(super) distinct: usize,
    /// No file has the same value in two rows.
    pub(super) unique: bool,
    pub(super) dates: f32,
    pub(super) at_signs: f32,
    /// Mostly digits; a decimal number; every digit string an integer in a dense range.
    pub(super) digits: f32,
    pub(super) decimals: f32,
    pub(super) dense: bool,
    pub(super) han: f32,
    pub(super) organisations: f32,
    pub(super) any_digit: f32,
    /// Two to four words of letters only; a number whose check digits fit.
    pub(super) persons: f32,
    pub(super) numbered: f32,
    /// Mean length in letters and mean number of words.
    pub(super) length: f32,
    pub(super) words: f32,
}

impl Look {
    pub(super) fn new(table: &Table, column: usize) -> Look {
        let values = table.column(column);
        let title = table.headers().get(column).cloned().unwrap_or_default();
        let filled = table.rows() - (values.rows_with(MISSING) as usize).min(table.rows());
        let mut look = Look {
            hint: hint(&title),
            title,
            filled,
            distinct: values.len() - 1,
            unique: unique(table, column),
            dates: 0.0,
            at_signs: 0.0,
            digits: 0.0,
            decimals: 0.0,
            dense: false,
            han: 0.0,
            organisations: 0.0,
            any_digit: 0.0,
            persons: 0.0,
            numbered: 0.0,
            length: 0.0,
            words: 0.0,
        };
        let step = (values.len() / SAMPLE).max(1);
        let mut seen = 0_usize;
        let (mut least, mut most, mut integers) = (u64::MAX, 0, 0_usize);
        for id in values.ids().step_by(step) {
            let text = values.text(id);
            seen += 1;
            look.add(text);
            if let Ok(number) = text.parse::<u64>() {
                integers += 1;
                (least, most) = (least.min(number), most.max(number));
            }
        }
        let range = (most.saturating_sub(least) as usize).saturating_add(1);
        look.dense = integers == seen && step == 1 && range <= look.distinct * 2;
        look.divide(seen.max(1) as f32);
        look
    }

    fn add(&mut self, text: &str) {
        let letters = text
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .count();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let share = |is: bool| if is { 1.0 } else { 0.0 };
        self.dates += share(date::read(text).is_some());
        self.at_signs += share(text.contains('@'));
        self.digits += share(letters > 0 && digits * 10 >= letters * 6);
        self.any_digit += share(digits > 0);
        self.decimals += share(text.contains(['.', '$', '€', '¥']) && digits * 10 >= letters * 8);
        self.han += share(
            text.chars()
                .any(|letter| ('\u{3400}'..='\u{9fff}').contains(&letter)),
        );
        self.persons += share(person::looks_whole(text));
        self.numbered += share(digits >= 8 && numbered(text).is_some());
        self.organisations += share(looks_like_organisation(text));
        self.length += text.chars().count() as f32;
        self.words += text
            .split([' ', ',', '/', '-'])
            .filter(|word| !word.is_empty())
            .count() as f32;
    }

    fn divide(&mut self, by: f32) {
        for share in [
            &mut self.dates,
            &mut self.at_signs,
            &mut self.digits,
            &mut self.decimals,
            &mut self.han,
            &mut self.organisations,
            &mut self.any_digit,
            &mut self.persons,
            &mut self.numbered,
            &mut self.length,
            &mut self.words,
        ] {
            *share /= by;
        }
    }

    /// Distinct values per filled row.
    pub(super) fn variety(&self) -> f32 {
        self.distinct as f32 / self.filled.max(1) as f32
    }
}

fn unique(table: &Table, column: usize) -> bool {
    let mut last_seen = vec![usize::MAX; table.column(column).len()];
    let starts = table.file_starts();
    let mut file = 0;
    for row in 0..table.rows() {
        while starts.get(file + 1).is_some_and(|start| *start <= row) {
            file += 1;
        }
        let id = table.row(row)[column];
        if id != MISSING && std::mem::replace(&mut last_seen[id as usize], file) == file {
            return false;
        }
    }
    true
}

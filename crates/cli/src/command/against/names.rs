//! Two files of organisations: the column of names and, where there is one, that of codes.

use super::super::plain::{NAME_TITLES, Plain};
use super::Found;
use credit::identifier::Identifier;
use credit::lang::Lang;
use resolve::name::{Nearest, OrgName};
use std::collections::HashMap;
use std::ops::Range;

/// Rows looked at to tell what a column holds.
const SAMPLE: usize = 500;

/// The known file, ready to be asked, and where the asking file has its names and codes.
pub(super) struct Pairing {
    list: Nearest,
    codes: HashMap<String, u32>,
    code_of: Vec<Option<String>>,
    name: usize,
    code: Option<usize>,
}

impl Pairing {
    /// `None` where one of the files has no column of organisations' names.
    pub(super) fn find(plain: &Plain, known: usize) -> Option<Pairing> {
        let (theirs, ours) = (0..known, known..plain.rows());
        let (their_name, name) = (names_in(plain, &theirs)?, names_in(plain, &ours)?);
        let their_code = codes_in(plain, &theirs);
        let code_of: Vec<Option<String>> = theirs
            .clone()
            .map(|row| their_code.and_then(|code| sound(cell(plain, row, code))))
            .collect();
        let mut codes = HashMap::new();
        for (place, code) in (0_u32..).zip(&code_of) {
            if let Some(code) = code {
                codes.entry(code.clone()).or_insert(place);
            }
        }
        Some(Pairing {
            list: Nearest::of(theirs.map(|row| cell(plain, row, their_name))),
            codes,
            code_of,
            name,
            code: codes_in(plain, &ours),
        })
    }

    /// The row that this one most likely is.
    pub(super) fn row(&self, plain: &Plain, row: usize, lang: Lang) -> Option<Found> {
        let found = |place: u32, score, same, why| {
            usize::try_from(place).ok().map(|row| Found {
                row,
                score,
                same,
                why,
            })
        };
        let code = self.code.and_then(|code| sound(cell(plain, row, code)));
        let held = code.as_ref().and_then(|code| self.codes.get(code));
        if let (Some(place), Some(code)) = (held, &code) {
            return found(*place, 1.0, true, code.clone());
        }
        let (place, likeness) = self.list.find(cell(plain, row, self.name))?;
        // Two sound codes that differ outweigh any name.
        let other = usize::try_from(place).ok();
        let other = other.and_then(|at| self.code_of.get(at)?.as_ref());
        if let (Some(one), Some(other)) = (&code, other)
            && one.len() == other.len()
        {
            return found(place, 0.0, false, format!("{one} ≠ {other}"));
        }
        found(place, likeness.score, likeness.same, likeness.why(lang))
    }
}

fn cell(plain: &Plain, row: usize, column: usize) -> &str {
    plain.cell(row, column).trim()
}

/// A code whose check digits hold, in its normal form.
fn sound(text: &str) -> Option<String> {
    let parsed = Identifier::detect(text).ok()?;
    Some(parsed.identifier.value().to_owned())
}

/// The column in which most filled cells of these rows pass.
fn column(plain: &Plain, rows: &Range<usize>, pass: impl Fn(&str) -> bool) -> Option<usize> {
    let sample = rows.clone().take(SAMPLE);
    let mut counts = vec![(0_u32, 0_u32); plain.titles.len()];
    for row in sample {
        for (count, cell) in counts.iter_mut().zip(plain.cells(row)) {
            if !cell.trim().is_empty() {
                count.0 += 1;
                count.1 += u32::from(pass(cell));
            }
        }
    }
    counts
        .iter()
        .position(|(filled, passed)| *passed > 0 && passed * 10 >= filled * 8)
}

fn codes_in(plain: &Plain, rows: &Range<usize>) -> Option<usize> {
    column(plain, rows, |text| sound(text).is_some())
}

fn names_in(plain: &Plain, rows: &Range<usize>) -> Option<usize> {
    let filled = |at: usize| {
        let mut sample = rows.clone().take(SAMPLE);
        sample.any(|row| !cell(plain, row, at).is_empty())
    };
    // A company's table may call anything a name; persons' tables have further columns to weigh.
    let organisation = |text: &str| {
        let name = OrgName::parse(text);
        !name.form().is_empty() || !name.branch().is_empty()
    };
    let by_content = column(plain, rows, organisation);
    let single = plain
        .titles
        .iter()
        .enumerate()
        .filter(|(at, _)| filled(*at))
        .count()
        == 1;
    let by_title = plain.titles.iter().position(|title| {
        let title = title.trim_matches(['\u{FEFF}', ' ', '"']).to_lowercase();
        NAME_TITLES.contains(&title.as_str())
    });
    by_content.or(by_title.filter(|at| single && filled(*at)))
}

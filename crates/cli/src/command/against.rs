//! `gongxin match FILE --against FILE`: for each row the one it most likely is in another file.
//!
//! Where both files have a column of organisations' names, names and codes decide; else the columns
//! that both have are weighed as in `gongxin resolve`.

mod names;

use super::matching::told;
use super::plain::Plain;
use super::resolve::spinner;
use crate::args::Match;
use crate::exit::{Exit, Failure};
use credit::lang::Lang;
use resolve::link::{Costs, Resolver, Schema};
use std::path::Path;
use std::time::Instant;

/// The columns that an answer adds: the row of the other file, counted from 1, and why. Behind them
/// stand the columns of that row, each title behind [`THEIRS`].
const ADDED: [&str; 4] = ["match", "score", "same", "why"];
/// What begins the titles of the other file.
const THEIRS: &str = "match_";

/// The row of the other file that a row most likely is, counted from 0.
struct Found {
    row: usize,
    score: f32,
    same: bool,
    why: String,
}

pub(super) fn run(ask: &Match, file: &Path, against: &Path, lang: Lang) -> Result<Exit, Failure> {
    let start = Instant::now();
    let busy = spinner();
    let paths = [against.to_path_buf(), file.to_path_buf()];
    let plain = Plain::read(&paths, &ask.reading)?;
    let known = plain.starts.get(1).copied().unwrap_or_default();
    let pairing = names::Pairing::find(&plain, known);
    let same = if let Some(pairing) = pairing {
        busy.finish_and_clear();
        write(ask, &plain, known, |row| pairing.row(&plain, row, lang))?
    } else {
        let table = plain.table(&plain.titles, plain.rows());
        let schema = Schema::detect(&table);
        let resolver = Resolver::learn(&schema, &table, Costs::default(), 1, 2);
        busy.finish_and_clear();
        write(ask, &plain, known, |row| weighed(&resolver, known, row))?
    };
    told((plain.rows() - known) as u64, same, start, lang);
    Ok(Exit::Done)
}

/// The row of the known file that speaks most for being this one.
fn weighed(resolver: &Resolver, known: usize, row: usize) -> Option<Found> {
    let row = u32::try_from(row).ok()?;
    let other = resolver.nearest(row, 0..u32::try_from(known).ok()?)?;
    let scored = resolver.explain(other, row)?;
    Some(Found {
        row: usize::try_from(other).ok()?,
        score: scored.probability,
        same: scored.same(),
        why: scored.why(),
    })
}

/// Writes each asking row with what was found for it. Gives how many are the same.
fn write(
    ask: &Match,
    plain: &Plain,
    known: usize,
    mut find: impl FnMut(usize) -> Option<Found>,
) -> Result<u64, Failure> {
    let (theirs, ours) = (plain.columns(0), plain.columns(1));
    let titles = theirs.iter().filter_map(|at| plain.titles.get(*at));
    let added: Vec<String> = ADDED
        .iter()
        .map(|title| (*title).to_owned())
        .chain(titles.map(|title| format!("{THEIRS}{title}")))
        .collect();
    let mut same = 0;
    plain.write(
        ask.out.as_deref(),
        (known..plain.rows(), ours),
        &added,
        |row| {
            let Some(found) = find(row) else {
                let mut nothing = vec![String::new(); added.len()];
                for (cell, text) in nothing.iter_mut().zip(["", "0.0000", "false"]) {
                    text.clone_into(cell);
                }
                return nothing;
            };
            same += u64::from(found.same);
            let answer = [
                (found.row + 1).to_string(),
                format!("{:.4}", found.score),
                found.same.to_string(),
                found.why,
            ];
            let values = theirs
                .iter()
                .map(|at| plain.cell(found.row, *at).to_owned());
            answer.into_iter().chain(values).collect()
        },
    )?;
    Ok(same)
}

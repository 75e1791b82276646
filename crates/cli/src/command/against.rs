//! `gongxin match FILE --against FILE`: for each row the one it most likely is in another file.
//!
//! Where both files have a column of organisations' names, names and codes decide; else the columns
//! that both have are weighed as in `gongxin resolve`.

mod names;

use super::plain::Plain;
use super::resolve::spinner;
use crate::exit::{Exit, Failure};
use crate::text;
use credit::lang::Lang;
use resolve::link::{Costs, Resolver, Schema};
use std::path::Path;
use std::time::Instant;

/// The columns that an answer adds: the row of the other file, counted from 1, and why.
const ADDED: [&str; 4] = ["match", "score", "same", "why"];

pub(super) fn run(
    file: &Path,
    against: &Path,
    out: Option<&Path>,
    lang: Lang,
) -> Result<Exit, Failure> {
    let start = Instant::now();
    let busy = spinner();
    let plain = Plain::read(&[against.to_path_buf(), file.to_path_buf()])?;
    let known = plain.starts.get(1).copied().unwrap_or_default();
    if let Some(pairing) = names::Pairing::find(&plain, known) {
        busy.finish_and_clear();
        let mut same = 0;
        plain.write(out, known..plain.rows(), &ADDED, |row| {
            let found = pairing.row(&plain, row, lang);
            same += u64::from(found.get(2).is_some_and(|same| same == "true"));
            found
        })?;
        return told(&plain, known, same, start, lang);
    }
    let table = plain.table(&plain.titles, plain.rows());
    let schema = Schema::detect(&table);
    let resolver = Resolver::learn(&schema, &table, Costs::default(), 1, 2);
    busy.finish_and_clear();
    let mut same = 0_u64;
    plain.write(out, known..plain.rows(), &ADDED, |row| {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let best = resolver.nearest(row, 0..known as u32);
        let scored = best.and_then(|other| Some((other, resolver.explain(other, row)?)));
        let Some((other, scored)) = scored else {
            return [
                String::new(),
                "0.0000".into(),
                "false".into(),
                String::new(),
            ]
            .into();
        };
        same += u64::from(scored.same());
        vec![
            (other + 1).to_string(),
            format!("{:.4}", scored.probability),
            scored.same().to_string(),
            scored.why(),
        ]
    })?;
    told(&plain, known, same, start, lang)
}

/// The last line: rows asked, rows matched, seconds.
fn told(
    plain: &Plain,
    known: usize,
    same: u64,
    start: Instant,
    lang: Lang,
) -> Result<Exit, Failure> {
    let counts = [
        (plain.rows() - known).to_string(),
        same.to_string(),
        format!("{:.2}", start.elapsed().as_secs_f64()),
    ];
    eprintln!(
        "{}",
        text::MATCHED.say(lang, &counts.each_ref().map(String::as_str))
    );
    Ok(Exit::Done)
}

//! `gongxin match`: names of organisations side by side, from plain CSV, without a platform.

use super::plain::{Answer, Source};
use crate::args::Match;
use crate::exit::{Exit, Failure};
use crate::text;
use credit::lang::Lang;
use resolve::name::{OrgName, compare};
use std::path::Path;
use std::time::Instant;

/// The columns that an answer adds; those of the same name in the file are replaced.
const ADDED: [&str; 3] = ["score", "same", "why"];

pub(super) fn run(ask: &Match, lang: Lang) -> Result<Exit, Failure> {
    match (&ask.pairs, &ask.file, &ask.against) {
        (Some(path), ..) => pairs(path, ask, lang),
        (None, Some(file), Some(against)) => super::against::run(ask, file, against, lang),
        _ => Err(Failure::usage(text::PAIRS_HEADER, &["FILE"])),
    }
}

/// Compares the two names of each row.
fn pairs(path: &Path, ask: &Match, lang: Lang) -> Result<Exit, Failure> {
    let start = Instant::now();
    let mut table = Source::open(path, &ask.reading)?;
    let columns = Columns::find(&table.header)
        .ok_or_else(|| Failure::request(text::PAIRS_HEADER, &[&path.display().to_string()]))?;
    let mut answer = Answer::to(ask.out.as_deref())?;
    let titles = columns.kept.iter().filter_map(|at| table.header.get(*at));
    answer.row(titles.map(String::as_str).chain(ADDED))?;
    let (mut rows, mut same) = (0_u64, 0_u64);
    while let Some(row) = table.next()? {
        let cell = |at: usize| row.get(at).unwrap_or("");
        let [left, right] = [columns.left, columns.right].map(|at| OrgName::parse(cell(at)));
        let found = compare(&left, &right);
        let added = [
            format!("{:.4}", found.score),
            found.same.to_string(),
            found.why(lang),
        ];
        let kept = columns.kept.iter().map(|at| cell(*at));
        (rows, same) = (rows + 1, same + u64::from(found.same));
        if !answer.row(kept.chain(added.iter().map(String::as_str)))? {
            break;
        }
    }
    answer.finish()?;
    told(rows, same, start, lang);
    Ok(Exit::Done)
}

/// The last line: rows asked, rows that are the same, seconds.
pub(super) fn told(rows: u64, same: u64, start: Instant, lang: Lang) {
    let counts = [
        rows.to_string(),
        same.to_string(),
        format!("{:.2}", start.elapsed().as_secs_f64()),
    ];
    let words = text::MATCHED.say(lang, &counts.each_ref().map(String::as_str));
    eprintln!("{words}");
}

/// Which columns hold the names, and which are written out again.
struct Columns {
    left: usize,
    right: usize,
    kept: Vec<usize>,
}

impl Columns {
    /// `None` where one of the two is missing or stands twice: nobody could say which is meant.
    fn find(header: &[String]) -> Option<Columns> {
        let titles: Vec<String> = header
            .iter()
            .map(|title| title.trim_matches(['\u{FEFF}', ' ', '"']).to_lowercase())
            .collect();
        let at = |wanted: &str| {
            let mut found =
                (0..titles.len()).filter(|at| titles.get(*at).is_some_and(|title| title == wanted));
            found.next().filter(|_| found.next().is_none())
        };
        let kept = titles
            .iter()
            .enumerate()
            .filter(|(_, title)| !ADDED.contains(&title.as_str()));
        Some(Columns {
            left: at("left")?,
            right: at("right")?,
            kept: kept.map(|(at, _)| at).collect(),
        })
    }
}

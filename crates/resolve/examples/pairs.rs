//! Compares the pairs of a tab-separated file (`left`, `right`, `label`, `kind`) and prints how many of
//! each kind are called the same, and what a pair costs: the bench of M2 runs it, and so does who tunes.

use resolve::name::{OrgName, compare};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Instant;

/// Pairs between two readings of the clock.
const CHUNK: usize = 256;

fn main() -> std::io::Result<()> {
    let mut words = std::env::args().skip(1);
    let path = words.next().unwrap_or_default();
    let wrong = words.next();
    let text = std::fs::read_to_string(path)?;
    let pairs: Vec<[&str; 4]> = text.lines().filter_map(row).collect();
    // The words of the catalogue are read once a program, not once a pair.
    let _ = compare(&OrgName::parse("上海"), &OrgName::parse("Shanghai"));
    let (mut parsing, mut comparing) = (0.0, 0.0);
    let mut found = Vec::with_capacity(pairs.len());
    for some in pairs.chunks(CHUNK) {
        let start = Instant::now();
        let parsed: Vec<_> = some
            .iter()
            .map(|[left, right, ..]| (OrgName::parse(left), OrgName::parse(right)))
            .collect();
        parsing += start.elapsed().as_secs_f64();
        let start = Instant::now();
        found.extend(parsed.iter().map(|(left, right)| compare(left, right)));
        comparing += start.elapsed().as_secs_f64();
    }
    let mut kinds: BTreeMap<(&str, &str), [usize; 2]> = BTreeMap::new();
    let (mut hit, mut missed, mut false_accept) = (0_usize, 0_usize, 0_usize);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for ([left, right, label, kind], likeness) in pairs.iter().zip(&found) {
        let same = *label == "1";
        let count = kinds.entry((label, kind)).or_default();
        count[0] += 1;
        count[1] += usize::from(likeness.same);
        hit += usize::from(same && likeness.same);
        missed += usize::from(same && !likeness.same);
        false_accept += usize::from(!same && likeness.same);
        if wrong.is_some() && same != likeness.same {
            writeln!(
                out,
                "{kind}\t{left}\t{right}\t{:.3}\t{:?}",
                likeness.score, likeness.parts
            )?;
        }
    }
    for ((label, kind), [all, accepted]) in &kinds {
        writeln!(
            out,
            "{label} {kind}: {accepted} of {all}, {:.4}",
            *accepted as f64 / *all as f64
        )?;
    }
    let [near, accepted] = kinds
        .get(&("0", "one character"))
        .copied()
        .unwrap_or_default();
    let f1 = 2.0 * hit as f64 / (2 * hit + missed + false_accept).max(1) as f64;
    writeln!(
        out,
        "{{\"pairs\":{},\"f1\":{f1:.4},\"missed\":{missed},\"false_accepts\":{false_accept},\"one_character\":{:.4},\"microseconds\":{:.3},\"comparing\":{:.3}}}",
        pairs.len(),
        accepted as f64 / near.max(1) as f64,
        (parsing + comparing) * 1e6 / pairs.len().max(1) as f64,
        comparing * 1e6 / pairs.len().max(1) as f64
    )
}

fn row(line: &str) -> Option<[&str; 4]> {
    let mut cells = line.split('\t');
    Some([
        cells.next()?,
        cells.next()?,
        cells.next()?,
        cells.next().unwrap_or("-"),
    ])
}

//! M3: names with one slip found again among half a million registered names, among short names, and
//! among ten million, beside a full scan by rapidfuzz and an index of pg_trgm. All are judged alike.

use super::figures::{Row, Table};
use super::measure::{Bench, Ran, number};
use super::postgres;
use std::io;
use std::path::Path;

/// Runs of each list of ours.
const RUNS: usize = 3;
/// Questions that a peer is asked; it would take minutes to ask it all of them.
const PEER_QUESTIONS: &str = "200";
/// The peer from PyPI, pinned.
const RAPIDFUZZ: &str = "rapidfuzz==3.14.3";
/// Lists with what they are called.
const LISTS: [(&str, &str); 3] = [
    ("real", "half a million registered names"),
    ("short", "267 thousand short names"),
    ("many", "ten million invented names"),
];

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["--workspace", "--bin", "gongxin"])?;
    let python = bench.python(&[RAPIDFUZZ])?;
    let (folder, shared) = (bench.file(""), shared(&bench.root));
    let prepare = script("prepare");
    bench.run("prepare", &[&python, &prepare, &folder, &shared])?;
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    peers(bench, &python, &mut rows, &mut notes)?;
    for (list, about) in LISTS {
        ours(bench, &python, (list, about), &mut rows, &mut notes)?;
    }
    notes.push(
        "times by the clock, one search after another, ten hits each; ours searches for two edits too and \
         reads its index from a file, the peers hold names and index in memory"
            .to_owned(),
    );
    notes.push(
        "recall: the name is among the first ten; with ties: or all ten are as near by Levenshtein's distance".to_owned(),
    );
    Ok(Table {
        title: "name search with one slip".to_owned(),
        unit: "ms at p95 (less is better)",
        goal: "p95 at most 5 ms, at most 20 ms at ten million; recall@10 at least 0.99, ties counted as found for short names",
        rows,
        notes,
    })
}

/// Where real names are, when they are on this machine.
fn shared(root: &Path) -> String {
    let beside = root.join("../shared/data").to_string_lossy().into_owned();
    std::env::var("GONGXIN_SHARED_DATA").unwrap_or(beside)
}

fn script(name: &str) -> String {
    format!("docs/benchmarks/peers/m3/{name}.py")
}

/// What a run printed between a mark and the next.
fn p95(ran: &Ran) -> f64 {
    number(&ran.output, "p95=").unwrap_or(0.0)
}

/// Recall of a file of hits, as a sentence.
fn judge(
    bench: &mut Bench,
    python: &str,
    list: &str,
    hits: &str,
    most: &str,
) -> io::Result<String> {
    let (asked, truth) = (
        bench.file(&format!("{list}.q")),
        bench.file(&format!("{list}.t")),
    );
    let judge = script("judge");
    let ran = bench.run("judge", &[python, &judge, &asked, &truth, hits, most])?;
    Ok(ran.output.trim().replace("ties=", "with ties "))
}

fn peers(
    bench: &mut Bench,
    python: &str,
    rows: &mut Vec<Row>,
    notes: &mut Vec<String>,
) -> io::Result<()> {
    let file = |name: &str| bench.file(name);
    let (names, asked, hits) = (file("real.txt"), file("real.q"), file("hits.csv"));
    let scan = script("rapidfuzz_scan");
    let ran = bench.run(
        "rapidfuzz",
        &[python, &scan, &names, &asked, PEER_QUESTIONS, &hits],
    )?;
    rows.push(
        Row::peer("rapidfuzz, full scan, half a million", vec![p95(&ran)]).memory(ran.memory),
    );
    let recall = judge(bench, python, "real", &hits, PEER_QUESTIONS)?;
    notes.push(format!(
        "rapidfuzz ({RAPIDFUZZ}): {}; {recall}",
        ran.output.trim()
    ));
    let Some(cluster) = postgres::Cluster::start(&bench.work)? else {
        return Ok(());
    };
    let url = cluster.database("m3")?;
    let trgm = script("trgm");
    let words = [python, &trgm, &url, &names, &asked, PEER_QUESTIONS, &hits];
    match bench.run("pg-trgm", &words) {
        Ok(ran) => {
            rows.push(Row::peer("pg_trgm, GIN, half a million", vec![p95(&ran)]));
            let recall = judge(bench, python, "real", &hits, PEER_QUESTIONS)?;
            notes.push(format!("pg_trgm: {}; {recall}", ran.output.trim()));
        }
        Err(cause) => notes.push(format!("pg_trgm was left out: {}", first_line(&cause))),
    }
    Ok(())
}

fn first_line(cause: &io::Error) -> String {
    let text = cause.to_string();
    text.lines().next().unwrap_or_default().to_owned()
}

fn ours(
    bench: &mut Bench,
    python: &str,
    (list, about): (&str, &str),
    rows: &mut Vec<Row>,
    notes: &mut Vec<String>,
) -> io::Result<()> {
    let file = |name: &str| bench.file(name);
    let (names, asked) = (file(&format!("{list}.txt")), file(&format!("{list}.q")));
    let (hits, said) = (file("hits.csv"), file("said"));
    let command = format!(
        "{} --lang en search --names {names} --queries {asked} --out {hits} 2> {said}",
        bench.built("gongxin")
    );
    let runs = if list == "many" { 1 } else { RUNS };
    let (mut figures, mut last) = (Vec::new(), String::new());
    for _ in 0..runs {
        // The shell gives way to the program, so that its memory is the one that is watched.
        let ran = bench.run(
            &format!("gongxin-{list}"),
            &["sh", "-c", &format!("exec {command}")],
        )?;
        last = std::fs::read_to_string(&said)?.trim().to_owned();
        figures.push(number(&last, "p95=").unwrap_or(0.0));
        rows.retain(|row| row.label != label(about));
        rows.push(Row::ours(&label(about), figures.clone()).memory(ran.memory));
    }
    let recall = judge(bench, python, list, &hits, "1000000")?;
    notes.push(format!("gongxin, {about}: {last}; {recall}"));
    Ok(())
}

fn label(about: &str) -> String {
    format!("gongxin, {about}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_read_from_what_each_program_says() {
        let ran = |output: &str| Ran {
            output: output.to_owned(),
            ..Ran::default()
        };
        assert_eq!(p95(&ran("p50=1.000 p95=2.500 cpu_p50=3")), 2.5);
        assert_eq!(p95(&ran("nothing")), 0.0);
        assert_eq!(
            number(
                "544534 names indexed in 1.40 s; 3000 searches, ms: p50=0.06 p95=1.29 p99=4",
                "p95="
            ),
            Some(1.29)
        );
    }
}

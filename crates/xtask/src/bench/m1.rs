//! M1: which rows are one subject? Sets with truth, beside Splink in its better of two settings.

use super::figures::{Row, Table};
use super::measure::{Bench, Ran};
use std::collections::HashMap;
use std::io;
use std::path::PathBuf;

/// Runs of each program on each set.
const RUNS: usize = 2;
/// The peer from PyPI, pinned.
const PEER: [&str; 2] = ["splink==5.0.0", "pandas==3.1.1"];
/// Invented sets: label, seed, mistakes a row, percent repeated, percent missing, columns.
const INVENTED: [[&str; 6]; 3] = [
    ["people-addresses", "101", "2.2", "45", "4", "gfnaubptd"],
    ["people-mail", "103", "2.0", "50", "8", "gfdceh"],
    ["people-few-columns", "104", "2.0", "45", "5", "gfdc"],
];

/// One set: label, table, truth.
struct Set {
    label: String,
    file: String,
    truth: String,
}

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["-p", "resolve", "--examples"])?;
    let python = bench.python(&PEER)?;
    let sets = sets(bench)?;
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for set in &sets {
        let peer = peer(bench, &python, set)?;
        let ours = ours(bench, set)?;
        let at = rows.len();
        rows.push(
            Row::peer(&format!("{}: Splink", set.label), f1s(&peer, "\"f1\":"))
                .memory(memory(&peer)),
        );
        let figures = scores(bench, set, &ours)?;
        rows.push(
            Row::ours(&format!("{}: gongxin", set.label), figures)
                .memory(memory(&ours))
                .against(at),
        );
        let (theirs, own) = (least(&peer, "\"cpu\":"), least(&ours, "\"cpu\":"));
        notes.push(format!(
            "{}: F1 over pairs above the threshold {:.4} by Splink, {:.4} by ours; CPU seconds {theirs:.2} and {own:.2}, \
             {:.0} times less",
            set.label,
            least(&peer, "\"pair_f1\":"),
            pair_f1(bench, set)?,
            theirs / own.max(0.01),
        ));
        notes.push(one_by_one(bench, set)?);
    }
    notes.push(
        "Splink: the better of two settings, and of six thresholds the best by the truth; ours knows no truth. Its \
         CPU seconds have the start of the interpreter and the reading of the table in them, ours too"
            .to_owned(),
    );
    Ok(Table {
        title: "pairs in clusters".to_owned(),
        unit: "F1",
        goal: "at least the peer's on every set, 0.03 more on hard ones, a fifth of its CPU; one by one equals the batch",
        rows,
        notes,
    })
}

/// The sets: real ones where the shared data lies, and invented ones.
fn sets(bench: &mut Bench) -> io::Result<Vec<Set>> {
    let mut sets = Vec::new();
    let stated = std::env::var_os("GONGXIN_SHARED_DATA").map(PathBuf::from);
    let data = stated
        .unwrap_or_else(|| bench.root.join("../shared/data"))
        .join("er");
    for name in ["dataset1", "dataset2", "dataset3", "fake_1000"] {
        let file = data.join(format!("{name}.csv"));
        if file.is_file() {
            let truth = bench.file(&format!("{name}.truth"));
            std::fs::write(&truth, truth_of(&std::fs::read_to_string(&file)?))?;
            let label = name.replace("dataset", "febrl");
            sets.push(Set {
                label,
                file: file.to_string_lossy().into_owned(),
                truth,
            });
        }
    }
    let generate = bench.built("examples/m1_people");
    for [label, seed, mistakes, repeats, missing, columns] in INVENTED {
        let (file, truth) = (
            bench.file(&format!("{label}.csv")),
            bench.file(&format!("{label}.ids")),
        );
        let words = [
            &generate, "50000", seed, mistakes, repeats, missing, columns, &file, &truth,
        ];
        bench.run(&format!("make-{label}"), &words)?;
        let ids: String = std::fs::read_to_string(&truth)?
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').nth(1))
            .fold(String::new(), |all, id| all + id + "\n");
        std::fs::write(&truth, ids)?;
        sets.push(Set {
            label: label.to_owned(),
            file,
            truth,
        });
    }
    Ok(sets)
}

/// The subject of each row: a column `cluster`, or the number in the first column.
fn truth_of(text: &str) -> String {
    let mut lines = text.lines();
    let titles = lines.next().unwrap_or_default().split(',').map(str::trim);
    let place = titles.clone().position(|title| title == "cluster");
    let mut truth = String::new();
    for line in lines {
        let cell = line
            .split(',')
            .nth(place.unwrap_or(0))
            .unwrap_or_default()
            .trim();
        let number = cell.trim_start_matches("rec-").split('-').next();
        truth.push_str(number.unwrap_or_default());
        truth.push('\n');
    }
    truth
}

/// Splink once in each setting, and again in the better one; the runs of that.
fn peer(bench: &mut Bench, python: &str, set: &Set) -> io::Result<Vec<Ran>> {
    let script = "docs/benchmarks/peers/m1/peer.py";
    let mut best: (&str, Vec<Ran>) = ("", Vec::new());
    for setting in ["distance", "dedicated"] {
        let label = format!("splink-{setting}-{}", set.label);
        let words = [python, script, &set.file, &set.truth, setting];
        let ran = vec![bench.run(&label, &words)?];
        if best.1.is_empty() || least(&ran, "\"f1\":") > least(&best.1, "\"f1\":") {
            best = (setting, ran);
        }
    }
    let label = format!("splink-{}-{}", best.0, set.label);
    for _ in 1..RUNS {
        let words = [python, script, &set.file, &set.truth, best.0];
        best.1.push(bench.run(&label, &words)?);
    }
    Ok(best.1)
}

fn ours(bench: &mut Bench, set: &Set) -> io::Result<Vec<Ran>> {
    let (program, out) = (bench.built("examples/m1"), bench.file("clusters"));
    let label = format!("gongxin-{}", set.label);
    (0..RUNS)
        .map(|_| bench.run(&label, &[&program, &set.file, &out]))
        .collect()
}

/// Ninety percent at once and the rest one by one.
fn one_by_one(bench: &mut Bench, set: &Set) -> io::Result<String> {
    let (program, out) = (bench.built("examples/m1"), bench.file("clusters"));
    let label = format!("one-by-one-{}", set.label);
    let ran = bench.run(&label, &[&program, &set.file, &out, "10"])?;
    let rows = ran.number("\"rows\":").unwrap_or(0.0) / 10.0;
    let micros = ran.number("\"added_seconds\":").unwrap_or(0.0) * 1e6 / rows.max(1.0);
    let word = if ran.output.contains("\"equal\":true") {
        "equal"
    } else {
        "NOT equal"
    };
    Ok(format!(
        "{}: the last 10 % one by one, {micros:.0} µs a row: {word} to the batch",
        set.label
    ))
}

/// F1 over pairs of rows; the same for every run, since a run is a function of its input.
fn scores(bench: &Bench, set: &Set, runs: &[Ran]) -> io::Result<Vec<f64>> {
    let clusters = std::fs::read_to_string(bench.file("clusters"))?;
    let truth = std::fs::read_to_string(&set.truth)?;
    let f1 = f1(truth.lines(), clusters.lines());
    Ok(vec![f1; runs.len()])
}

fn f1<'a>(truth: impl Iterator<Item = &'a str>, clusters: impl Iterator<Item = &'a str>) -> f64 {
    let pairs = |count: &u64| (count * count.saturating_sub(1) / 2) as f64;
    let (mut real, mut said, mut both) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (subject, cluster) in truth.zip(clusters) {
        *real.entry(subject).or_insert(0_u64) += 1;
        *said.entry(cluster).or_insert(0_u64) += 1;
        *both.entry((subject, cluster)).or_insert(0_u64) += 1;
    }
    let right: f64 = both.values().map(pairs).sum();
    let all: f64 = real.values().map(pairs).sum::<f64>() + said.values().map(pairs).sum::<f64>();
    if all > 0.0 { 2.0 * right / all } else { 0.0 }
}

/// F1 of the pairs above the threshold, before they are made clusters.
fn pair_f1(bench: &Bench, set: &Set) -> io::Result<f64> {
    let truth = std::fs::read_to_string(&set.truth)?;
    let truth: Vec<&str> = truth.lines().collect();
    let pairs = std::fs::read_to_string(bench.file("clusters.pairs"))?;
    let subject = |row: &str| row.parse::<usize>().ok().and_then(|row| truth.get(row));
    let (mut said, mut right) = (0.0, 0.0);
    for (left, other) in pairs.lines().filter_map(|line| line.split_once(' ')) {
        said += 1.0;
        right += f64::from(u8::from(subject(left) == subject(other)));
    }
    let mut real: HashMap<&str, u64> = HashMap::new();
    for subject in &truth {
        *real.entry(subject).or_default() += 1;
    }
    let real: f64 = real
        .values()
        .map(|rows| (rows * (rows - 1) / 2) as f64)
        .sum();
    Ok(2.0 * right / (said + real).max(1.0))
}

fn f1s(runs: &[Ran], after: &str) -> Vec<f64> {
    runs.iter().filter_map(|ran| ran.number(after)).collect()
}

fn least(runs: &[Ran], after: &str) -> f64 {
    f1s(runs, after).into_iter().fold(f64::INFINITY, f64::min)
}

fn memory(runs: &[Ran]) -> f64 {
    runs.iter().map(|ran| ran.memory).fold(0.0, f64::max)
}

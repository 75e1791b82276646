//! M10: grade a million subjects from ten million facts by the shipped model of general credit risk, beside DuckDB
//! running the same rules as SQL on the same file and on its columnar copy. All must come to the same bands.

use super::figures::{Row, Table};
use super::measure::{Bench, Ran};
use std::io;

/// Subjects of the smallest set, of which there are two more of twice and four times as many.
const SUBJECTS: u32 = 1_000_000;
/// How many times that.
const TIMES: [u32; 3] = [1, 2, 4];
/// Runs of each program over the smallest set; they take turns.
const RUNS: usize = 3;
/// The peer from PyPI, pinned.
const DUCKDB: &str = "duckdb==1.4.2";
/// Bands that the programs print.
const BANDS: [&str; 4] = ["\"A\":", "\"B\":", "\"C\":", "\"D\":"];

/// Runs it.
///
/// # Errors
/// When a command fails, or the programs differ about a band.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["-p", "policy", "--examples"])?;
    let ours = bench.built("examples/m10");
    let python = bench.python(&[DUCKDB])?;
    let peer = "docs/benchmarks/peers/m10/peer.py";
    let (file, copy) = (bench.file("facts.csv"), bench.file("facts.parquet"));
    let subjects = SUBJECTS.to_string();
    bench.run(
        "make-1",
        &[&ours, "make", "catalog", &file, &subjects, "10"],
    )?;
    bench.run("copy", &[&python, peer, "copy", &file, &copy])?;
    let commands: [(&str, Vec<&str>); 4] = [
        ("duckdb-csv", vec![&python, peer, &file, "2"]),
        ("duckdb-parquet", vec![&python, peer, &copy, "2"]),
        ("gongxin-1", vec![&ours, "grade", "catalog", &file, "1"]),
        ("gongxin-2", vec![&ours, "grade", "catalog", &file, "2"]),
    ];
    let mut ran: [Vec<Ran>; 4] = Default::default();
    for _ in 0..RUNS {
        for (slot, (label, words)) in ran.iter_mut().zip(&commands) {
            slot.push(bench.run(label, words)?);
        }
    }
    agree(&ran)?;
    let mut table = table(&ran);
    table.notes.push(growth(bench, &ours)?);
    Ok(table)
}

/// Every program and run comes to the same bands.
fn agree(ran: &[Vec<Ran>]) -> io::Result<()> {
    let bands = |ran: &Ran| BANDS.map(|band| ran.number(band).unwrap_or(0.0).to_bits());
    let mut all = ran.iter().flatten().map(bands);
    let first = all.next();
    if all.all(|one| Some(one) == first) {
        Ok(())
    } else {
        Err(io::Error::other(
            "the programs differ about a band: see the raw logs",
        ))
    }
}

fn table(ran: &[Vec<Ran>; 4]) -> Table {
    let rates = |runs: &[Ran]| -> Vec<f64> {
        let seconds = runs.iter().filter_map(|ran| ran.number("\"seconds\":"));
        seconds
            .map(|seconds| f64::from(SUBJECTS) / seconds)
            .collect()
    };
    let memory = |runs: &[Ran]| runs.iter().map(|ran| ran.memory).fold(0.0, f64::max);
    let [csv, parquet, one, two] = ran;
    let alone = two.first().and_then(|ran| ran.number("\"micros\":"));
    Table {
        title: "grade a million subjects from ten million facts".to_owned(),
        unit: "subjects/s",
        goal: "half of DuckDB over a columnar projection; near linear at 1, 2 and 4 million; one subject in a millisecond",
        rows: vec![
            Row::peer("DuckDB, CSV, two threads", rates(csv)).memory(memory(csv)),
            Row::peer("DuckDB, Parquet, two threads", rates(parquet)).memory(memory(parquet)),
            Row::ours("gongxin, one core", rates(one))
                .memory(memory(one))
                .against(1),
            Row::ours("gongxin, two cores", rates(two))
                .memory(memory(two))
                .against(1),
        ],
        notes: vec![
            format!(
                "{SUBJECTS} subjects × 10 facts from a fixed seed; the peer is told of each fact whether it stands and until when it is public, ours finds out from versions, clocks and editions"
            ),
            "the same number of subjects in each band by every program and run".to_owned(),
            format!(
                "one subject, from its facts in memory to its grade with the reason of every point: {:.1} µs",
                alone.unwrap_or(f64::NAN)
            ),
        ],
    }
}

/// Seconds a million subjects for one, two and four times as many.
fn growth(bench: &mut Bench, ours: &str) -> io::Result<String> {
    let mut parts = Vec::new();
    for times in TIMES {
        let (file, subjects) = (bench.file("growth.csv"), (SUBJECTS * times).to_string());
        let make = format!("make-growth-{times}");
        bench.run(&make, &[ours, "make", "catalog", &file, &subjects, "11"])?;
        let label = format!("growth-{times}");
        let ran = bench.run(&label, &[ours, "grade", "catalog", &file, "2"])?;
        let seconds = ran.number("\"seconds\":").unwrap_or(f64::NAN);
        parts.push(format!(
            "{times} million: {seconds:.1} s, {:.0} MiB",
            ran.memory
        ));
        _ = std::fs::remove_file(&file);
    }
    Ok(format!("growth, two cores: {}", parts.join("; ")))
}

//! M5: from a file to stored, resolved, versioned records with their events, beside raw inserts of the
//! same engine into one table with one random index.

use super::figures::{Row, Table};
use super::measure::Bench;
use super::{input, postgres};
use std::io;

/// Facts of one run.
const ROWS: u32 = 400_000;
/// Runs of each; they take turns.
const RUNS: usize = 3;

/// What is measured on one engine.
#[derive(Default)]
struct Engine {
    raw: Vec<f64>,
    slices: Vec<f64>,
    whole: Vec<f64>,
    memory: f64,
}

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["-p", "store", "--examples"])?;
    bench.build(&["-p", "cli"])?;
    let file = bench.file("registrations.csv");
    input::registrations(&file, ROWS)?;
    let cluster = postgres::Cluster::start(&bench.work)?;
    let (mut lite, mut pg) = (Engine::default(), Engine::default());
    for at in 0..RUNS {
        let path = bench.file(&format!("m5-{at}.db"));
        measure(bench, &mut lite, "sqlite", &format!("sqlite:{path}"), &file)?;
        if let Some(cluster) = &cluster {
            let url = cluster.database(&format!("m5_{at}"))?;
            measure(bench, &mut pg, "postgres", &url, &file)?;
        }
    }
    let mut rows = Vec::new();
    for (name, engine) in [("SQLite", lite), ("PostgreSQL", pg)] {
        let first = rows.len();
        rows.push(Row::peer(&format!("{name}, raw insert"), engine.raw));
        rows.push(Row::ours(&format!("{name}, slices"), engine.slices).against(first));
        rows.push(
            Row::ours(&format!("{name}, file to record"), engine.whole)
                .memory(engine.memory)
                .against(first),
        );
    }
    rows.retain(|row| !row.figures.is_empty() || row.against.is_some());
    Ok(Table {
        title: "file to stored record".to_owned(),
        unit: "facts/s",
        goal: "half of the raw rate of each engine; at least 20,000 facts a second on SQLite, 15,000 on PostgreSQL",
        rows,
        notes: vec![
            format!("{ROWS} registrations of as many new subjects; every row that a fact needs is written"),
            "raw: COPY BINARY, or prepared inserts of 20,000 rows a transaction, into one table with one random index".to_owned(),
        ],
    })
}

fn measure(
    bench: &mut Bench,
    engine: &mut Engine,
    name: &str,
    url: &str,
    file: &str,
) -> io::Result<()> {
    let example = bench.built("examples/m5_store");
    let ran = bench.run(
        &format!("{name}-store"),
        &[&example, "--store", url, "--rows", &ROWS.to_string()],
    )?;
    for line in ran.output.lines() {
        let rate = super::measure::number(line, "\"rows_per_second\":").unwrap_or(0.0);
        let into = if line.contains("\"raw\"") {
            &mut engine.raw
        } else {
            &mut engine.slices
        };
        into.push(rate);
    }
    let program = bench.built("gongxin");
    let data = bench.file(&format!("data-{name}-{}", engine.whole.len()));
    let words = [
        program.as_str(),
        "--data",
        &data,
        "--store",
        &format!("{url}_whole"),
        "ingest",
        "--theme",
        "registration",
        "--supplier",
        "samr",
        "--date",
        "2026-09-18",
        file,
    ];
    let ran = bench.run(&format!("{name}-ingest"), &words)?;
    engine.whole.push(f64::from(ROWS) / ran.seconds);
    engine.memory = engine.memory.max(ran.memory);
    Ok(())
}

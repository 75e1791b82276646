//! M5: from a file to stored, resolved, versioned records with their events, beside raw inserts of the
//! same engine into one table with one random index.

use super::figures::{Row, Table};
use super::measure::Bench;
use super::{input, postgres};
use std::io;

/// Facts of one run.
const ROWS: u32 = 300_000;
/// Runs of each; they take turns.
const RUNS: usize = 3;

/// What is measured on one engine: rows a second of the raw insert and of ours, facts a second of ours
/// from prepared facts and from a file.
#[derive(Default)]
struct Engine {
    raw: Vec<f64>,
    rows: Vec<f64>,
    facts: Vec<f64>,
    whole: Vec<f64>,
    memory: f64,
}

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    let examples = ["--example", "m5_store", "--example", "m5_file"];
    bench.build(&[&["--workspace"], examples.as_slice()].concat())?;
    let file = bench.file("registrations.csv");
    input::registrations(&file, ROWS)?;
    let cluster = postgres::Cluster::start(&bench.work)?;
    let mut engines = [
        ("sqlite", "SQLite", Engine::default()),
        ("postgres", "PostgreSQL", Engine::default()),
    ];
    for at in 0..RUNS {
        let example = bench.built("examples/m5_store");
        let ran = bench.run("store", &[&example, &ROWS.to_string(), "both"])?;
        for (key, _, engine) in &mut engines {
            read(engine, &ran.output, key);
        }
        let path = bench.file(&format!("m5-{}-{at}.db", std::process::id()));
        let [(_, _, lite), (_, _, pg)] = &mut engines;
        whole(bench, lite, "sqlite", &format!("sqlite:{path}"), &file)?;
        if let Some(cluster) = &cluster {
            whole(
                bench,
                pg,
                "postgres",
                &cluster.database(&format!("m5_{at}"))?,
                &file,
            )?;
        }
    }
    Ok(table(engines))
}

fn table(engines: [(&str, &str, Engine); 2]) -> Table {
    let mut rows = Vec::new();
    for (_, name, engine) in engines {
        if engine.raw.is_empty() {
            continue;
        }
        let raw = rows.len();
        rows.push(Row::peer(&format!("{name}, raw insert, rows"), engine.raw));
        rows.push(Row::ours(&format!("{name}, slices, rows"), engine.rows).against(raw));
        rows.push(Row::ours(&format!("{name}, slices, facts"), engine.facts).against(raw));
        rows.push(
            Row::ours(&format!("{name}, file to record, facts"), engine.whole)
                .memory(engine.memory)
                .against(raw),
        );
    }
    Table {
        title: "file to stored record".to_owned(),
        unit: "a second",
        goal: "half of the raw rate of each engine in rows; at least 20,000 facts a second on SQLite, 15,000 on PostgreSQL",
        rows,
        notes: vec![
            format!("{ROWS} registrations of as many new subjects; a fact is several rows, and all of them are written"),
            "raw: COPY BINARY, or prepared inserts, into one table with one random index".to_owned(),
            "slices: from facts in memory; file to record: both passes over the file, checking and the receipt included, as `gongxin ingest` does it".to_owned(),
        ],
    }
}

/// Takes the figures of one engine from the example's lines.
fn read(engine: &mut Engine, output: &str, key: &str) {
    let of_engine = output
        .lines()
        .filter(|line| line.contains(&format!("\"engine\":\"{key}")));
    for line in of_engine {
        let number = |name| super::measure::number(line, name);
        let rows = number("\"rows_per_second\":");
        if line.contains("slice_apply") {
            engine.rows.extend(rows);
            engine.facts.extend(number("\"facts_per_second\":"));
        } else {
            engine.raw.extend(rows);
        }
    }
}

/// The whole way, by the door that `gongxin ingest` uses.
fn whole(
    bench: &mut Bench,
    engine: &mut Engine,
    name: &str,
    url: &str,
    file: &str,
) -> io::Result<()> {
    let program = bench.built("examples/m5_file");
    let words = [program.as_str(), url, "registration", "2026-09-18", file];
    let ran = bench.run(&format!("{name}-ingest"), &words)?;
    if !ran.output.contains(&format!("\"accepted\":{ROWS},")) {
        return Err(io::Error::other(format!(
            "not every row was taken:\n{}",
            ran.output
        )));
    }
    engine.whole.push(f64::from(ROWS) / ran.seconds);
    engine.memory = engine.memory.max(ran.memory);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_by_engine_and_kind() {
        let output = "{\"engine\":\"sqlite\",\"what\":\"raw insert\",\"rows_per_second\":200}\n\
                      {\"engine\":\"sqlite\",\"what\":\"slice_apply\",\"facts_per_second\":20,\"rows_per_second\":100}\n\
                      {\"engine\":\"postgres\",\"what\":\"slice_apply\",\"facts_per_second\":9,\"rows_per_second\":45}";
        let mut engine = Engine::default();
        read(&mut engine, output, "sqlite");
        assert_eq!(
            (engine.raw, engine.rows, engine.facts),
            (vec![200.0], vec![100.0], vec![20.0])
        );
    }
}

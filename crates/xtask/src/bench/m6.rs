//! M6: durable appends to the journal, each waited for until a signed head covers it, at 1, 8 and 64
//! writers on both engines; and proofs that an outsider checks.

use super::figures::{Row, Table};
use super::measure::Bench;
use super::postgres;
use std::io;

/// Writers and events that each has on their way.
const LOADS: [(u32, u32); 5] = [(1, 1), (8, 1), (64, 1), (64, 16), (64, 64)];
/// Seconds of a run.
const SECONDS: &str = "5";
/// Runs of each.
const RUNS: usize = 3;
/// What Tessera publishes for disk and for NVMe, in entries a second.
const PEERS: [(&str, f64); 2] = [
    ("Tessera, POSIX on disk, 12 cores (its own figure)", 2_900.0),
    ("Tessera, POSIX on NVMe, 7 cores (its own figure)", 10_000.0),
];

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["-p", "exchange", "--example", "m6"])?;
    let program = bench.built("examples/m6");
    let cluster = postgres::Cluster::start(&bench.work)?;
    let mut rows: Vec<Row> = PEERS
        .iter()
        .map(|(label, figure)| Row::peer(label, vec![*figure]))
        .collect();
    let mut notes = vec![
        "an append is acknowledged when its event, its entry, its tiles and the new head are on the disk and the head is signed; the peer's figures are its authors', on their machines, and take 0.6 to 6 s to a proof".to_owned(),
        "64 × 16 and 64 × 64: each of 64 writers has so many events on their way, so that a commit is shared by more; 4,096 on their way at 50,000 a second wait 82 ms".to_owned(),
    ];
    let mut stores = vec![("SQLite", format!("sqlite:{}", bench.file("m6.db")))];
    if let Some(cluster) = &cluster {
        stores.push(("PostgreSQL", cluster.database("m6")?));
    }
    for (name, url) in &stores {
        for (writers, each) in LOADS {
            let (row, note) = appended(bench, &program, (name, url), (writers, each))?;
            rows.push(row);
            notes.push(note);
        }
    }
    let (name, url) = &stores[0];
    let ran = bench.run(
        &format!("verify-{name}"),
        &[&program, "verify", url, SECONDS],
    )?;
    let whole = ran.number("verified ").unwrap_or_default();
    let known = ran.number("signature, ").unwrap_or_default();
    rows.push(Row::ours(
        "proofs checked on one core, signature and all",
        vec![whole],
    ));
    rows.push(Row::ours(
        "proofs checked on one core under a known head",
        vec![known],
    ));
    Ok(Table {
        title: "journal: durable appends with proof".to_owned(),
        unit: "a second",
        goal: "at 64 writers 50,000 on SQLite and 10,000 on PostgreSQL, p99 to a proof at most 50 ms, 30,000 verifications",
        rows,
        notes,
    })
}

fn appended(
    bench: &mut Bench,
    program: &str,
    (name, url): (&str, &str),
    (writers, each): (u32, u32),
) -> io::Result<(Row, String)> {
    let mut rates = Vec::new();
    let mut slowest: Vec<f64> = Vec::new();
    for turn in 0..RUNS {
        let label = format!("{name}-{writers}x{each}-{turn}");
        let (writers, each) = (writers.to_string(), each.to_string());
        let words = [program, "append", url, &writers, &each, SECONDS];
        let ran = bench.run(&label, &words)?;
        rates.push(ran.number("appended ").unwrap_or_default());
        slowest.push(ran.number("p99 ").unwrap_or_default());
    }
    slowest.sort_by(f64::total_cmp);
    let label = format!("{name}, {writers} writers × {each}");
    let p99 = slowest.get(RUNS / 2).copied().unwrap_or_default();
    let note = format!("{label}: p99 to a proof {p99} ms (the middle of {RUNS} runs)");
    Ok((Row::ours(&label, rates), note))
}

//! M4: validate a million rows of 14 columns with 4 % bad, beside a validator in Python and one made of
//! the usual crates. All must reject the same number of rows.

use super::figures::{Row, Table};
use super::measure::{Bench, Ran};
use std::io;

/// Rows of the input.
const ROWS: u32 = 1_000_000;
/// Runs of each program; they take turns.
const RUNS: usize = 3;
/// The peer from PyPI, pinned.
const FRICTIONLESS: &str = "frictionless==5.18.1";

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    let example = |name: &str| bench.built(&format!("examples/{name}"));
    let (generate, ours) = (example("m4_generate"), example("m4"));
    bench.build(&["-p", "intake", "--examples"])?;
    let peer = bench.file("peer");
    bench.build(&[
        "--manifest-path",
        "docs/benchmarks/peers/m4/Cargo.toml",
        "--target-dir",
        &peer,
    ])?;
    let crates = format!("{peer}/release/m4-peer");
    let python = bench.python(&[FRICTIONLESS])?;
    let (input, rows) = (bench.file("m4.csv"), ROWS.to_string());
    bench.run("generate", &[&generate, &input, &rows])?;

    let mut ran: [Vec<Ran>; 4] = Default::default();
    for _ in 0..RUNS {
        let commands: [(&str, Vec<&str>); 4] = [
            (
                "frictionless",
                vec![
                    &python,
                    "docs/benchmarks/peers/m4/frictionless_peer.py",
                    &input,
                ],
            ),
            (
                "csv-jsonschema",
                vec![&crates, &input, "docs/benchmarks/peers/m4/json-schema.json"],
            ),
            ("gongxin-1-core", vec![&ours, &input, "--threads", "1"]),
            ("gongxin-2-cores", vec![&ours, &input, "--threads", "2"]),
        ];
        for (slot, (label, words)) in ran.iter_mut().zip(commands) {
            slot.push(bench.run(label, &words)?);
        }
    }
    let [frictionless, crates, one, two] = ran.map(|runs| summary(&runs));
    let notes = vec![
        format!("{ROWS} rows × 14 columns, 4 % bad, from a fixed seed"),
        format!("rejected: {} by {FRICTIONLESS}, {} by the crates, {} by ours", frictionless.2, crates.2, one.2),
        "ours checks digits of codes, code sets, dates, cross-field rules and words a message for each fault; the peers check what a schema can say".to_owned(),
    ];
    Ok(Table {
        title: "validate a million rows".to_owned(),
        unit: "rows/s",
        goal: "at least 400,000 rows a second on two cores, at most 200 MiB, the same rows rejected",
        rows: vec![
            Row::peer("frictionless", frictionless.0).memory(frictionless.1),
            Row::peer("csv + jsonschema", crates.0)
                .memory(crates.1)
                .against(0),
            Row::ours("gongxin, one core", one.0)
                .memory(one.1)
                .against(1),
            Row::ours("gongxin, two cores", two.0)
                .memory(two.1)
                .against(1),
        ],
        notes,
    })
}

/// Rows a second of each run, peak memory, rejected rows. A program says its own `seconds` where it
/// can, so that starting an interpreter is not counted.
fn summary(runs: &[Ran]) -> (Vec<f64>, f64, f64) {
    let rates = runs
        .iter()
        .map(|ran| f64::from(ROWS) / ran.number("\"seconds\":").unwrap_or(ran.seconds));
    let memory = runs.iter().map(|ran| ran.memory).fold(0.0, f64::max);
    let rejected = runs
        .first()
        .and_then(|ran| ran.number("\"rejected\":"))
        .unwrap_or(f64::NAN);
    (rates.collect(), memory, rejected)
}

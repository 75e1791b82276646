//! M4: validate a million rows of 14 columns with 4 % bad, beside a validator in Python and one made of
//! the usual crates. All must reject the same number of rows.

use super::figures::{self, Row, Table};
use super::measure::{Bench, Ran};
use std::io;

/// Rows of the input, unless `GONGXIN_BENCH_ROWS` says otherwise.
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
    let (plain, all, rows) = (
        bench.file("plain.csv"),
        bench.file("all.csv"),
        rows().to_string(),
    );
    bench.run("generate-plain", &[&generate, &plain, &rows, "1", "plain"])?;
    bench.run("generate-all", &[&generate, &all, &rows, "1", "all"])?;
    let schema = "docs/benchmarks/peers/m4/json-schema.json";
    let script = "docs/benchmarks/peers/m4/peer.py";
    let commands: [(&str, Vec<&str>); 6] = [
        ("frictionless", vec![&python, script, &plain]),
        ("csv-jsonschema", vec![&crates, &plain, schema]),
        (
            "csv-jsonschema-words",
            vec![&crates, &plain, schema, "errors"],
        ),
        ("gongxin-1", vec![&ours, &plain, "--threads", "1"]),
        ("gongxin-2", vec![&ours, &plain, "--threads", "2"]),
        ("gongxin-2-all", vec![&ours, &all, "--threads", "2"]),
    ];
    let mut ran: [Vec<Ran>; 6] = Default::default();
    for _ in 0..RUNS {
        for (slot, (label, words)) in ran.iter_mut().zip(&commands) {
            slot.push(bench.run(label, words)?);
        }
    }
    Ok(table(&ran.map(|runs| summary(&runs))))
}

fn table([frictionless, valid, words, one, two, all]: &[Summary; 6]) -> Table {
    let row =
        |label: &str, from: &Summary| Row::ours(label, from.rates.clone()).memory(from.memory);
    let peer =
        |label: &str, from: &Summary| Row::peer(label, from.rates.clone()).memory(from.memory);
    Table {
        title: format!("validate {} rows", figures::grouped(f64::from(rows()))),
        unit: "rows/s",
        goal: "at least 400,000 rows a second on two cores, at most 200 MiB, the same rows rejected",
        rows: vec![
            peer("frictionless", frictionless),
            peer("csv + jsonschema, yes or no", valid).against(0),
            peer("csv + jsonschema, with words", words).against(0),
            row("gongxin, one core", one).against(2),
            row("gongxin, two cores", two).against(2),
            row("gongxin, two cores, all mistakes", all).against(2),
        ],
        notes: vec![
            format!(
                "{} rows × 14 columns, 4 % bad, from a fixed seed; the peers are given mistakes that a schema can say",
                rows()
            ),
            format!(
                "rejected: {} by {FRICTIONLESS}, {} and {} by the crates, {} by ours; {} of all mistakes",
                frictionless.rejected, valid.rejected, words.rejected, two.rejected, all.rejected
            ),
            "ours also checks digits of codes, code sets with aliases, cross-field rules, severity, lateness, kinds of data \
             that are never stored, and words a message and a way to mend for each fault"
                .to_owned(),
        ],
    }
}

fn rows() -> u32 {
    let told = std::env::var("GONGXIN_BENCH_ROWS");
    told.ok().and_then(|told| told.parse().ok()).unwrap_or(ROWS)
}

/// What the runs of one program gave.
struct Summary {
    rates: Vec<f64>,
    memory: f64,
    rejected: f64,
}

/// A program says its own `seconds` where it can, so that starting an interpreter is not counted.
fn summary(runs: &[Ran]) -> Summary {
    let rates = runs
        .iter()
        .map(|ran| f64::from(rows()) / ran.number("\"seconds\":").unwrap_or(ran.seconds));
    Summary {
        rates: rates.collect(),
        memory: runs.iter().map(|ran| ran.memory).fold(0.0, f64::max),
        rejected: runs
            .first()
            .and_then(|ran| ran.number("\"rejected\":"))
            .unwrap_or(f64::NAN),
    }
}

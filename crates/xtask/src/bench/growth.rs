//! Time and memory of resolving 1, 2, 4 and 8 × 250,000 rows: does either grow faster than the rows?

use super::figures::{Row, Table};
use super::measure::{Bench, Ran};
use std::io;

/// Rows of the smallest set.
const ROWS: u32 = 250_000;
/// How many times that.
const TIMES: [u32; 4] = [1, 2, 4, 8];

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["-p", "resolve", "--examples"])?;
    let (make, resolve) = (
        bench.built("examples/m1_people"),
        bench.built("examples/m1"),
    );
    let (mut rows, mut notes) = (Vec::new(), Vec::new());
    for times in TIMES {
        let count = ROWS * times;
        let (file, truth) = (bench.file("people.csv"), bench.file("people.ids"));
        let out = bench.file("clusters");
        let words = count.to_string();
        let words = [
            &make,
            &words,
            "301",
            "1.5",
            "40",
            "4",
            "gfnaubptd",
            &file,
            &truth,
        ];
        bench.run(&format!("make-{count}"), &words)?;
        let ran = bench.run(&format!("resolve-{count}"), &[&resolve, &file, &out])?;
        let cpu = figure(&ran, "\"cpu\":");
        rows.push(
            Row::ours(&format!("{count} rows"), vec![cpu * 1e6 / f64::from(count)])
                .memory(ran.memory),
        );
        notes.push(format!(
            "{count} rows: {cpu:.1} CPU seconds, {:.1} by the clock, {:.0} MiB at the peak, {:.1} pairs a row",
            figure(&ran, "\"seconds\":"),
            ran.memory,
            figure(&ran, "\"pairs\":") / f64::from(count),
        ));
        for file in [&file, &truth, &out] {
            _ = std::fs::remove_file(file);
        }
    }
    notes.push(
        "one run each; invented people with households and mistakes, learnt and resolved at once"
            .to_owned(),
    );
    Ok(Table {
        title: "resolving twice as many rows".to_owned(),
        unit: "CPU µs a row (less is better)",
        goal: "near linear: the figure for a row hardly grows",
        rows,
        notes,
    })
}

fn figure(ran: &Ran, key: &str) -> f64 {
    ran.number(key).unwrap_or(f64::NAN)
}

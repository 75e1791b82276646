//! M11: resident memory while serving, with a tenth of the records and with all of them.

use super::figures::{Row, Table};
use super::input;
use super::measure::{self, Bench};
use std::io;

/// Subjects of the large store, unless `GONGXIN_BENCH_SUBJECTS` says fewer; each has a registration
/// and four years of one list.
const SUBJECTS: u32 = 1_000_000;
/// Years of the list.
const YEARS: [u32; 4] = [2021, 2022, 2023, 2024];
/// Runs of each store.
const RUNS: usize = 3;

/// Runs it.
///
/// # Errors
/// When a command fails.
pub fn run(bench: &mut Bench) -> io::Result<Table> {
    bench.build(&["--workspace", "--bin", "gongxin"])?;
    let wrk = bench.debian("wrk", "wrk")?;
    let told = std::env::var("GONGXIN_BENCH_SUBJECTS");
    let subjects = told
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(SUBJECTS)
        .max(100_000);
    let sizes = [subjects / 10, subjects];
    for subjects in sizes {
        fill(bench, subjects)?;
    }
    let mut figures = vec![Vec::new(); sizes.len()];
    for _ in 0..RUNS {
        for (slot, subjects) in figures.iter_mut().zip(sizes) {
            slot.push(serve(bench, &wrk, subjects)?);
        }
    }
    let records = |subjects: u32| subjects as usize * (YEARS.len() + 1);
    let rows = sizes.iter().zip(figures).map(|(subjects, figures)| {
        Row::ours(
            &format!("{subjects} subjects, {} records", records(*subjects)),
            figures,
        )
    });
    Ok(Table {
        title: "memory while serving".to_owned(),
        unit: "MiB resident",
        goal: "at most 400 MiB with a million subjects and five million records, and flat as records grow",
        rows: rows.collect(),
        notes: vec!["SQLite; after 10 s of look-ups of different subjects by wrk with 32 connections; less is better".to_owned()],
    })
}

fn words(bench: &Bench, subjects: u32) -> Vec<String> {
    let (program, data) = (
        bench.built("gongxin"),
        bench.file(&format!("data-{subjects}")),
    );
    let store = format!("sqlite:{}", bench.file(&format!("m11-{subjects}.db")));
    [program.as_str(), "--data", &data, "--store", &store]
        .map(str::to_owned)
        .to_vec()
}

/// Takes the records in, unless an earlier run did.
fn fill(bench: &mut Bench, subjects: u32) -> io::Result<()> {
    let done = bench.file(&format!("filled-{subjects}"));
    if std::path::Path::new(&done).is_file() {
        return Ok(());
    }
    let registrations = bench.file(&format!("registrations-{subjects}.csv"));
    input::registrations(&registrations, subjects)?;
    let mut files = vec![("registration", "samr", registrations)];
    for year in YEARS {
        let list = bench.file(&format!("tax-{year}-{subjects}.csv"));
        input::taxpayers(&list, subjects, year)?;
        files.push(("tax-a", "tax", list));
    }
    for (theme, supplier, file) in files {
        let mut all = words(bench, subjects);
        all.extend(
            [
                "ingest",
                "--theme",
                theme,
                "--supplier",
                supplier,
                "--date",
                "2026-09-18",
                &file,
            ]
            .map(str::to_owned),
        );
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        bench.run(&format!("ingest-{theme}-{subjects}"), &all)?;
        std::fs::remove_file(&file)?;
    }
    std::fs::write(done, b"")
}

/// Memory after load.
fn serve(bench: &mut Bench, wrk: &str, subjects: u32) -> io::Result<f64> {
    let port = measure::port()?;
    let mut all = words(bench, subjects);
    all.extend([
        "serve".to_owned(),
        "--listen".to_owned(),
        format!("127.0.0.1:{port}"),
    ]);
    let server = bench.serve(&all.iter().map(String::as_str).collect::<Vec<_>>(), port)?;
    let codes: Vec<String> = (0..10_000)
        .map(|at| format!("\"{}\"", input::code(at * (subjects / 10_000))))
        .collect();
    let script = bench.file("look-up.lua");
    let text = format!(
        "local codes = {{{}}}\nlocal at = 0\nrequest = function()\n  at = at % #codes + 1\n  return wrk.format(\"GET\", \"/api/v1/subjects/\" .. codes[at])\nend\n",
        codes.join(",")
    );
    std::fs::write(&script, text)?;
    let address = format!("http://127.0.0.1:{port}");
    bench.run(
        &format!("serve-{subjects}"),
        &[wrk, "-t2", "-c32", "-d10s", "-s", &script, &address],
    )?;
    Ok(server.resident())
}

//! `cargo xtask CHORE`: the commands of the working day.

use std::path::Path;
use std::process::ExitCode;
use xtask::{bench, repro, run, samples, sbom, soak, test, tidy};

const HELP: &str = "\
cargo xtask tidy                    sizes, edges, banned calls, SQL, words; style by the numbers
cargo xtask test [--skip-missing]   everything: format, lints, tests, database and browser included
cargo xtask bench NAME              a figure beside its peer's; table and plot in docs/benchmarks.
                                    Without a name that it knows it prints them all
cargo xtask soak [--minutes M]      kills, fuzz and real files for hours; goes on where it stopped
cargo xtask sbom [FILE]             the parts of the program, as CycloneDX
cargo xtask repro                   two release builds in two folders give equal bytes
cargo xtask samples                 write the sample files of an invented city again
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let root = run::root();
    let passed = match words.as_slice() {
        ["tidy"] => run_tidy(&root),
        ["bench", name] => said(bench::run(&root, name)),
        ["soak", rest @ ..] => said(soak::Ask::parse(rest).and_then(|ask| soak::run(&root, &ask))),
        ["sbom"] => said(sbom::write(&root, None)),
        ["sbom", to] => said(sbom::write(&root, Some(to))),
        ["repro"] => said(repro::run(&root, "cli", "gongxin", true)),
        ["samples"] => said(samples::write_all(&root)),
        ["test"] => test::all(&root, false),
        ["test", "--skip-missing"] => test::all(&root, true),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn said(result: std::io::Result<()>) -> bool {
    result
        .inspect_err(|error| eprintln!("xtask: {error}"))
        .is_ok()
}

fn run_tidy(root: &Path) -> bool {
    let report = match tidy::check(root) {
        Ok(report) => report,
        Err(error) => {
            eprintln!("tidy cannot read the workspace: {error}");
            return false;
        }
    };
    println!("{}", report.style);
    for finding in &report.findings {
        println!("{finding}");
    }
    println!("tidy: {} findings", report.findings.len());
    report.findings.is_empty()
}

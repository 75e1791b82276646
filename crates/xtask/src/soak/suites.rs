//! Parts that are suites of the house with larger numbers: broken inputs for each reader, and every
//! real file on both engines.

use super::{Part, Progress};
use crate::run;
use std::io;
use std::time::Instant;

/// Readers that share the broken inputs: delimited text, JSON, NDJSON, XML, detection, workbooks.
const READERS: u64 = 6;

/// Inputs a reader in one go; between two goes a soak may end.
const GO: u64 = 100_000;

/// Broken inputs for each reader. Every go draws others, since its number is part of the dice.
///
/// # Errors
/// When a reader panics, hangs or breaks a promise; the suite says which input.
pub fn fuzz(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    while progress.done() < part.ask.fuzz && part.has_time() {
        let left = (part.ask.fuzz - progress.done()).div_ceil(READERS);
        let go = left.min(GO);
        let told = [
            ("GONGXIN_FUZZ_ITERS", go.to_string()),
            ("GONGXIN_FUZZ_SEED", progress.done().to_string()),
        ];
        suite(part, &["-p", "intake"], "fuzz::", &told)?;
        progress.step(go * READERS, &[("goes", 1)])?;
    }
    Ok(())
}

/// Every real file on both engines, all years.
///
/// # Errors
/// When a file is read otherwise than the suites expect.
pub fn real_files(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    let told = [("GONGXIN_REAL_YEARS", "all".to_owned())];
    let suites = ["registry::", "japan::", "bad_inputs::"];
    for filter in suites
        .iter()
        .skip(usize::try_from(progress.done()).unwrap_or(0))
    {
        if !part.has_time() {
            break;
        }
        let start = Instant::now();
        suite(part, &["-p", "exchange"], filter, &told)?;
        progress.step(1, &[("seconds of suites", start.elapsed().as_secs())])?;
    }
    Ok(())
}

/// Runs the tests of a crate whose names begin so.
fn suite(
    part: &Part<'_>,
    package: &[&str],
    filter: &str,
    told: &[(&str, String)],
) -> io::Result<()> {
    let words = [&["cargo", "test", "-q"], package, &["--test", "it", filter]].concat();
    let mut command = run::command(part.root, &words)?;
    for (name, value) in told {
        command.env(name, value);
    }
    let output = command.stdin(std::process::Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let log = part.work.join("failed.log");
    std::fs::write(&log, [output.stdout, output.stderr].concat())?;
    let tail = format!(
        "{filter} failed; what it printed stands in {}",
        log.display()
    );
    Err(io::Error::other(tail))
}

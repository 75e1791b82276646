//! Parts that are suites of the house with larger numbers: broken inputs for each reader, and every
//! real file on both engines.

use super::{Part, Progress};
use crate::run;
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
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

/// Three years of cases of many firms, on both engines: each seed once.
///
/// # Errors
/// When a move, a deadline or a view is not the oracle's; the suite says which.
pub fn years(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    while progress.done() < YEARS && part.has_time() {
        let told = [
            ("GONGXIN_YEARS_FIRMS", part.ask.firms.to_string()),
            ("GONGXIN_YEARS_DEEDS", part.ask.deeds.to_string()),
            ("GONGXIN_YEARS_SEED", (progress.done() + 1).to_string()),
        ];
        let printed = suite(part, &["-p", "exchange"], "years::", &told)?;
        let figures = figures(&printed, "years ");
        let figures: Vec<(&str, u64)> = figures.iter().map(|(one, n)| (&**one, *n)).collect();
        progress.step(1, &figures)?;
    }
    Ok(())
}

/// Seeds of the years; each takes an hour or so with ten thousand firms.
const YEARS: u64 = 1;

/// Kills of a program with 64 writers of the journal, on both engines: nothing that was acknowledged is lost,
/// and the log is consistent.
///
/// # Errors
/// When an entry is lost, or an audit finds something.
pub fn log(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    while progress.done() < part.ask.rounds && part.has_time() {
        let go = (part.ask.rounds - progress.done()).min(KILLS);
        let told = [("GONGXIN_KILLS", go.to_string())];
        let filter = "journal_kill::nothing_acknowledged";
        let printed = suite(part, &["-p", "exchange"], filter, &told)?;
        let figures = figures(&printed, "soak ");
        let figures: Vec<(&str, u64)> = figures.iter().map(|(one, n)| (&**one, *n)).collect();
        progress.step(go, &figures)?;
    }
    Ok(())
}

/// Kills on each engine in one go, into one log; between two goes a soak may end.
const KILLS: u64 = 250;

/// What a suite says of itself: lines `WORD ENGINE name=number …`.
fn figures(printed: &str, word: &str) -> Vec<(String, u64)> {
    let lines = printed.lines().filter_map(|line| line.strip_prefix(word));
    let mut found = Vec::new();
    for line in lines {
        let (engine, rest) = line.split_once(' ').unwrap_or_default();
        let pairs = rest.split(' ').filter_map(|pair| pair.split_once('='));
        found.extend(pairs.filter_map(|(name, number)| {
            Some((format!("{name} on {engine}"), number.parse().ok()?))
        }));
    }
    found
}

/// A folder for temporary files of a part, among them its database server's, which clears away after itself.
/// The path is short, since sockets stand in it.
fn rooms(part: &Part<'_>) -> io::Result<PathBuf> {
    let name = part.work.file_name().unwrap_or_default().to_string_lossy();
    let folder = std::env::temp_dir().join(format!("gongxin-soak-{name}"));
    std::fs::create_dir_all(&folder)?;
    // As the folder of all temporary files is: the server runs as a user of its own.
    std::fs::set_permissions(&folder, Permissions::from_mode(0o1777))?;
    Ok(folder)
}

/// Runs the tests of a crate whose names begin so, and gives what they print.
fn suite(
    part: &Part<'_>,
    package: &[&str],
    filter: &str,
    told: &[(&str, String)],
) -> io::Result<String> {
    let after = ["--test", "it", filter, "--", "--nocapture"];
    let words = [&["cargo", "test", "-q"], package, &after].concat();
    let mut command = run::command(part.root, &words)?;
    // A database server of its own: runs of tests share one, and whoever stops that would end this.
    command.env("TMPDIR", rooms(part)?);
    for (name, value) in told {
        command.env(name, value);
    }
    let output = command.stdin(std::process::Stdio::null()).output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let printed = part.printed(&[output.stdout, output.stderr].concat());
    Err(io::Error::other(format!("{filter} failed; {printed}")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn figures_are_read_from_what_a_suite_prints() {
        let printed =
            "running 1 test\nyears sqlite lawful=7 looks=x undone=2\n{\"a\": 1}\nyears \n";
        let read = super::figures(printed, "years ");
        let expected = [("lawful on sqlite", 7), ("undone on sqlite", 2)];
        assert_eq!(read, expected.map(|(name, n)| (name.to_owned(), n)));
    }
}

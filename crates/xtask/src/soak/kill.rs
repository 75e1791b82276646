//! An intake that is killed at any moment and begun again. After each round: every sound row is on
//! file once, every bad row came back, and the same rows in another file change nothing.

use super::{Part, Progress};
use crate::bench::input;
use crate::bench::measure;
use crate::bench::postgres::Cluster;
use crate::samples::dice::Dice;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Each so manieth row has a wrong check digit.
const WRONG: u32 = 50;

/// Kills tried in one round; the next run goes to the end.
const KILLS: u64 = 3;

/// Kills on SQLite, each round in a store of its own.
///
/// # Errors
/// When a round cannot be run or an invariant does not hold.
pub fn on_sqlite(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    let begin = |round: u64| {
        let data = part.work.join(format!("data-{round}"));
        _ = std::fs::remove_dir_all(&data);
        Ok(Store {
            data,
            address: None,
        })
    };
    rounds(part, progress, begin)
}

/// Kills on PostgreSQL, each round in a database of its own; skipped where it is not installed.
///
/// # Errors
/// As [`on_sqlite`].
pub fn on_postgres(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    let Some(cluster) = Cluster::start(&part.work)? else {
        return Ok(());
    };
    let begin = |round: u64| {
        let data = part.work.join(format!("data-{round}"));
        _ = std::fs::remove_dir_all(&data);
        let address = cluster.database(&format!("soak_{round}"))?;
        let store = Store {
            data,
            address: Some(address),
        };
        // A database on a server is given its schema by a person, and not by the first intake.
        let made = store.command(part, &["migrate"]).status()?;
        if !made.success() {
            return Err(io::Error::other("the database could not be made"));
        }
        Ok(store)
    };
    rounds(part, progress, begin)
}

/// Where one round writes.
struct Store {
    data: PathBuf,
    address: Option<String>,
}

impl Store {
    fn command(&self, part: &Part<'_>, words: &[&str]) -> Command {
        let mut command = Command::new(&part.program);
        command
            .arg("--data")
            .arg(&self.data)
            .args(words)
            .env("GONGXIN_LANG", "en")
            .current_dir(&part.work)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(address) = &self.address {
            command.args(["--store", address]);
        }
        command
    }

    /// The counts of the last line of an intake that went to its end.
    fn ingest(&self, part: &Part<'_>, file: &Path) -> io::Result<Counts> {
        let output = self.intake(part, file).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("an intake failed: {why}")));
        }
        Counts::of(&text)
    }

    /// Takes everything away: a thousand databases would fill the disk.
    fn remove(self) -> io::Result<()> {
        std::fs::remove_dir_all(&self.data)?;
        let Some((server, name)) = self.address.as_deref().and_then(|at| at.rsplit_once('/'))
        else {
            return Ok(());
        };
        let gone = Command::new("psql")
            .arg(format!("{server}/postgres"))
            .args(["-q", "-c", &format!("DROP DATABASE {name} WITH (FORCE)")])
            .stdin(Stdio::null())
            .status()?;
        if gone.success() {
            return Ok(());
        }
        Err(io::Error::other(format!("{name} cannot be dropped")))
    }

    fn intake(&self, part: &Part<'_>, file: &Path) -> Command {
        let mut command = self.command(
            part,
            &["ingest", "--theme", "registration", "--date", "2026-09-01"],
        );
        command.arg(file);
        command
    }
}

/// What an intake says in its last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counts {
    accepted: u64,
    rejected: u64,
    held: u64,
    unchanged: u64,
}

impl Counts {
    fn of(output: &str) -> io::Result<Counts> {
        let last = output.lines().last().unwrap_or_default();
        let number = |name: &str| {
            last.split(", ")
                .find_map(|part| part.strip_prefix(name)?.trim().parse::<u64>().ok())
                .ok_or_else(|| io::Error::other(format!("no `{name}` in `{last}`")))
        };
        Ok(Counts {
            accepted: number("accepted")?,
            rejected: number("rejected")?,
            held: number("held")?,
            unchanged: number("unchanged")?,
        })
    }
}

fn rounds(
    part: &Part<'_>,
    progress: &mut Progress,
    mut begin: impl FnMut(u64) -> io::Result<Store>,
) -> io::Result<()> {
    let files = files(part)?;
    let whole = alone(part, &files.first, &mut begin)?;
    while progress.done() < part.ask.rounds && part.has_time() {
        let round = progress.done() + 1;
        let store = begin(round)?;
        let killed = round_of(part, &store, &files, whole, round)
            .map_err(|cause| io::Error::other(format!("round {round}: {cause}")))?;
        store.remove()?;
        progress.step(1, &[("kills", killed), ("rows", u64::from(part.ask.rows))])?;
    }
    Ok(())
}

/// The file that is killed, and the same rows in other bytes.
struct Files {
    first: PathBuf,
    again: PathBuf,
    wrong: u64,
}

fn files(part: &Part<'_>) -> io::Result<Files> {
    let sound = part.work.join(format!("sound-{}.csv", part.ask.rows));
    input::registrations(&sound.to_string_lossy(), part.ask.rows)?;
    let mut text = String::new();
    let mut wrong = 0;
    for (number, line) in std::fs::read_to_string(&sound)?.lines().enumerate() {
        let bad = number > 0 && (number as u32).is_multiple_of(WRONG);
        wrong += u64::from(bad);
        text.push_str(&if bad { mistyped(line) } else { line.to_owned() });
        text.push('\n');
    }
    let files = Files {
        first: part.work.join(format!("first-{}.csv", part.ask.rows)),
        again: part.work.join(format!("again-{}.csv", part.ask.rows)),
        wrong,
    };
    std::fs::write(&files.first, &text)?;
    std::fs::write(&files.again, text + "\n")?;
    Ok(files)
}

/// A registration whose code has another check character inside: neither the code nor the
/// organisation code in it fits any more.
fn mistyped(line: &str) -> String {
    let Some((name, rest)) = line.split_once(',') else {
        return line.to_owned();
    };
    match (rest.get(..16), rest.get(16..17), rest.get(17..)) {
        (Some(front), Some(digit), Some(end)) => {
            let other = if digit == "0" { "1" } else { "0" };
            format!("{name},{front}{other}{end}")
        }
        _ => line.to_owned(),
    }
}

/// How long the file takes where nobody kills: machines differ tenfold.
fn alone(
    part: &Part<'_>,
    file: &Path,
    begin: &mut impl FnMut(u64) -> io::Result<Store>,
) -> io::Result<Duration> {
    // A number that no round has: the time of the clock keeps databases of several runs apart.
    let clock = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let store = begin(1_000_000_000 + clock)?;
    let start = Instant::now();
    store.ingest(part, file)?;
    let took = start.elapsed();
    store.remove()?;
    Ok(took)
}

/// One round; how many kills met a living process.
fn round_of(
    part: &Part<'_>,
    store: &Store,
    files: &Files,
    whole: Duration,
    round: u64,
) -> io::Result<u64> {
    let mut dice = Dice::new(round);
    let mut killed = 0;
    for _ in 0..KILLS {
        let mut child = store.intake(part, &files.first).spawn()?;
        // Anywhere within what the whole takes, start and end included.
        let thousandth = u32::try_from(dice.below(1_000)).unwrap_or(0);
        std::thread::sleep(whole * thousandth / 1_000);
        child.kill()?;
        let output = child.wait_with_output()?;
        killed += u64::from(!output.status.success());
    }
    let sound = u64::from(part.ask.rows) - files.wrong;
    let done = store.ingest(part, &files.first)?;
    hold("after the kills", done.rejected, files.wrong)?;
    hold("after the kills, held", done.held, 0)?;
    hold(
        "after the kills, sound rows",
        done.accepted + done.unchanged,
        sound,
    )?;
    let again = store.ingest(part, &files.again)?;
    hold("the same rows once more, new", again.accepted, 0)?;
    hold("the same rows once more, unchanged", again.unchanged, sound)?;
    hold("the same rows once more, bad", again.rejected, files.wrong)?;
    for number in [0, part.ask.rows - 2] {
        let code = input::code(number);
        let found = store.command(part, &["subject", &code]).output()?;
        if !found.status.success() {
            return Err(io::Error::other(format!("{code} is not on file")));
        }
    }
    Ok(killed)
}

fn hold(what: &str, found: u64, wanted: u64) -> io::Result<()> {
    if found == wanted {
        return Ok(());
    }
    let load = measure::load();
    Err(io::Error::other(format!(
        "{what}: {found} instead of {wanted} (load {})",
        load.trim()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_read_and_nothing_else_is() {
        let said = "file.csv\naccepted 3, rejected 1, held 0, unchanged 2, late 0\n";
        let counts = Counts {
            accepted: 3,
            rejected: 1,
            held: 0,
            unchanged: 2,
        };
        assert_eq!(Counts::of(said).ok(), Some(counts));
        for wrong in [
            "",
            "accepted 3",
            "accepted x, rejected 1, held 0, unchanged 2, late 0",
        ] {
            assert!(Counts::of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mistyped_row_differs_in_one_character_of_its_code() {
        let sound = format!("甲,{},2019-01-01", input::code(7));
        let wrong = mistyped(&sound);
        let differing = sound.chars().zip(wrong.chars()).filter(|(a, b)| a != b);
        assert_eq!((differing.count(), wrong.len()), (1, sound.len()));
    }

    #[test]
    fn an_invariant_that_does_not_hold_says_by_how_much() {
        assert!(hold("rows", 3, 3).is_ok());
        let said = hold("rows", 4, 3).err().map(|cause| cause.to_string());
        assert!(said.is_some_and(|said| said.contains("4 instead of 3")));
    }
}

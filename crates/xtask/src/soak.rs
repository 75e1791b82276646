//! `cargo xtask soak`: what takes hours and is not part of every test run. Kills of writers of the
//! journal and inside an intake, three years of cases, each rule of law taken out, millions of broken files
//! for each reader, and all real files, on both engines. Each part goes on where it stopped, ends with its share of the time, and leaves a small log of its figures.

pub mod kill;
pub mod progress;
pub mod rules;
pub mod suites;

use crate::run;
use progress::Progress;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What is asked of a soak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// Only this part; without it all.
    pub part: Option<String>,
    /// Minutes of wall clock for all parts together; without it to their ends.
    pub minutes: Option<u64>,
    /// Kills of writers of the journal, and killed intakes, on each engine.
    pub rounds: u64,
    /// Changed inputs for all readers together.
    pub fuzz: u64,
    /// Rows of the file that is killed.
    pub rows: u32,
    /// Firms whose cases are played through three years.
    pub firms: u64,
    /// Deeds for each of them, lawful and not.
    pub deeds: u64,
    /// A program that is built already, as it will be used; without it one is built here.
    pub program: Option<PathBuf>,
}

impl Default for Ask {
    /// A thousand kills an engine, ten thousand firms through three years and ten million broken files, as
    /// the measures of the house ask.
    fn default() -> Ask {
        Ask {
            part: None,
            minutes: None,
            rounds: 1_000,
            fuzz: 10_000_000,
            rows: 4_000,
            firms: 10_000,
            deeds: 16,
            program: None,
        }
    }
}

impl Ask {
    /// Reads `--part NAME --minutes M --rounds N --fuzz N --rows N --firms N --deeds N --program FILE`.
    ///
    /// # Errors
    /// When a word is unknown or a number is none.
    pub fn parse(words: &[&str]) -> io::Result<Ask> {
        let mut ask = Ask::default();
        for pair in words.chunks(2) {
            let [name, value] = pair else {
                return Err(io::Error::other(format!(
                    "{} needs a value",
                    pair.join(" ")
                )));
            };
            let number = || {
                value
                    .parse::<u64>()
                    .map_err(|_| io::Error::other(format!("{name} takes a number, not `{value}`")))
            };
            match *name {
                "--part" => ask.part = Some((*value).to_owned()),
                "--program" => ask.program = Some(PathBuf::from(value)),
                "--minutes" => ask.minutes = Some(number()?),
                "--rounds" => ask.rounds = number()?,
                "--fuzz" => ask.fuzz = number()?,
                "--firms" => ask.firms = number()?,
                "--deeds" => ask.deeds = number()?,
                "--rows" => {
                    ask.rows = u32::try_from(number()?)
                        .map_err(|_| io::Error::other("--rows is too large"))?;
                }
                other => return Err(io::Error::other(format!("no option `{other}`"))),
            }
        }
        Ok(ask)
    }
}

/// What a part works with.
pub struct Part<'a> {
    /// The workspace.
    pub root: &'a Path,
    /// The program under test.
    pub program: PathBuf,
    /// A folder of its own, kept between runs.
    pub work: PathBuf,
    /// What is asked.
    pub ask: &'a Ask,
    /// When it has to stop.
    pub until: Option<Instant>,
}

impl Part<'_> {
    /// Keeps what a failed command printed, and says where: below the target folder, wherever that is.
    fn printed(&self, text: &[u8]) -> String {
        let name = self.work.file_name().unwrap_or_default();
        _ = std::fs::write(self.work.join("failed.log"), text);
        format!(
            "what it printed stands in soak/{}/failed.log of the target folder",
            name.to_string_lossy()
        )
    }

    /// Whether there is time for more.
    #[must_use]
    pub fn has_time(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }
}

/// A part: does what is left of it and says how far it is.
type Act = fn(&Part<'_>, &mut Progress) -> io::Result<()>;

/// Every part by its name, in the order in which a mistake shows soonest.
const PARTS: [(&str, Act); 7] = [
    ("log", suites::log),
    ("kill-sqlite", kill::on_sqlite),
    ("kill-postgres", kill::on_postgres),
    ("years", suites::years),
    ("rules", rules::removed),
    ("fuzz", suites::fuzz),
    ("real-files", suites::real_files),
];

/// Runs the parts that are asked for. Their logs stand in `docs/soak`, their standing in `target`.
///
/// # Errors
/// When a part is unknown, cannot be run, or finds something wrong.
pub fn run(root: &Path, ask: &Ask) -> io::Result<()> {
    let chosen: Vec<&(&str, Act)> = PARTS
        .iter()
        .filter(|(name, _)| ask.part.as_deref().is_none_or(|part| part == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = PARTS.iter().map(|(name, _)| *name).collect();
        return Err(io::Error::other(format!("parts are {}", names.join(", "))));
    }
    let build = ["cargo", "build", "-q", "--workspace", "--bin", "gongxin"];
    if ask.program.is_none() && !run::shown(root, &build)? {
        return Err(io::Error::other("the program does not build"));
    }
    run_in(root, ask, &chosen, &root.join("docs/soak"))
}

fn run_in(root: &Path, ask: &Ask, chosen: &[&(&str, Act)], logs: &Path) -> io::Result<()> {
    let start = Instant::now();
    let whole = ask.minutes.map(|minutes| Duration::from_secs(minutes * 60));
    for (index, (name, act)) in chosen.iter().enumerate() {
        // What a part leaves over is shared by those after it.
        let until = whole.map(|whole| {
            let left = whole.saturating_sub(start.elapsed());
            let parts = u32::try_from(chosen.len() - index).unwrap_or(1);
            Instant::now() + left / parts
        });
        let work = run::target(root).join("soak").join(name);
        std::fs::create_dir_all(&work)?;
        let built = || run::target(root).join("debug/gongxin");
        let part = Part {
            root,
            program: ask.program.clone().unwrap_or_else(built),
            work: work.clone(),
            ask,
            until,
        };
        let mut progress = Progress::open(&work, logs, name)?;
        println!("== {name}: {} done before", progress.done());
        let ended = act(&part, &mut progress);
        progress.close(root, &ended)?;
        ended?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_and_mistakes_are_named() {
        let ask =
            Ask::parse(&["--minutes", "5", "--part", "fuzz", "--rounds", "7"]).unwrap_or_default();
        assert_eq!(
            (ask.minutes, ask.rounds, ask.part.as_deref()),
            (Some(5), 7, Some("fuzz"))
        );
        assert_eq!(ask.fuzz, 10_000_000, "the rest stays");
        for wrong in [&["--minutes"][..], &["--minutes", "x"], &["--speed", "1"]] {
            assert!(Ask::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn parts_go_on_where_they_stopped_and_a_failure_is_written_down() -> io::Result<()> {
        fn three(_: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
            for _ in 0..3 {
                progress.step(1, &[("kills", 2)])?;
            }
            Ok(())
        }
        fn broken(_: &Part<'_>, _: &mut Progress) -> io::Result<()> {
            Err(io::Error::other("a row came twice"))
        }
        let root = std::env::temp_dir().join(format!("gongxin-soak-{}", std::process::id()));
        let logs = root.join("logs");
        let ask = Ask {
            minutes: Some(1),
            ..Ask::default()
        };
        let name = format!("three-{}", std::process::id());
        let name: &'static str = Box::leak(name.into_boxed_str());
        run_in(&root, &ask, &[&(name, three as Act)], &logs)?;
        run_in(&root, &ask, &[&(name, three as Act)], &logs)?;
        let log = std::fs::read_to_string(logs.join(format!("{name}.log")))?;
        assert!(log.contains("done 6") && log.contains("kills 12"), "{log}");
        assert!(run_in(&root, &ask, &[&(name, broken as Act)], &logs).is_err());
        let log = std::fs::read_to_string(logs.join(format!("{name}.log")))?;
        assert!(log.contains("FAILED: a row came twice"), "{log}");
        _ = std::fs::remove_dir_all(run::target(&root).join("soak").join(name));
        std::fs::remove_dir_all(&root)
    }
}

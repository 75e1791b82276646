//! How far a part of a soak is: a small state file that a later run reads, and a log of figures that
//! a person reads.

use crate::bench::measure;
use crate::run;
use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The standing of a part.
pub struct Progress {
    state: PathBuf,
    log: PathBuf,
    name: String,
    done: u64,
    before: u64,
    figures: BTreeMap<String, u64>,
    seconds: u64,
    start: Instant,
    load: String,
}

impl Progress {
    /// Reads what earlier runs left.
    ///
    /// # Errors
    /// When its folders cannot be made.
    pub fn open(work: &Path, logs: &Path, name: &str) -> io::Result<Progress> {
        std::fs::create_dir_all(logs)?;
        let state = work.join("state.tsv");
        let mut progress = Progress {
            log: logs.join(format!("{name}.log")),
            name: name.to_owned(),
            done: 0,
            before: 0,
            figures: BTreeMap::new(),
            seconds: 0,
            start: Instant::now(),
            load: measure::load(),
            state,
        };
        let text = std::fs::read_to_string(&progress.state).unwrap_or_default();
        for line in text.lines() {
            let Some((name, number)) = line.split_once('\t') else {
                continue;
            };
            let number = number.parse().unwrap_or(0);
            match name {
                "done" => progress.done = number,
                "seconds" => progress.seconds = number,
                _ => _ = progress.figures.insert(name.to_owned(), number),
            }
        }
        progress.before = progress.done;
        Ok(progress)
    }

    /// Steps done by all runs.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Counts steps and figures, and keeps them at once: a soak may be ended at any moment.
    ///
    /// # Errors
    /// When the state cannot be written.
    pub fn step(&mut self, steps: u64, figures: &[(&str, u64)]) -> io::Result<()> {
        self.done += steps;
        for (name, number) in figures {
            *self.figures.entry((*name).to_owned()).or_default() += number;
        }
        let mut text = format!("done\t{}\nseconds\t{}\n", self.done, self.spent().as_secs());
        for (name, number) in &self.figures {
            text.push_str(&format!("{name}\t{number}\n"));
        }
        let part = self.state.with_extension("part");
        std::fs::write(&part, text)?;
        std::fs::rename(part, &self.state)
    }

    fn spent(&self) -> Duration {
        Duration::from_secs(self.seconds) + self.start.elapsed()
    }

    /// Writes what this run did below what earlier runs wrote.
    ///
    /// # Errors
    /// When the log cannot be written.
    pub fn close(&self, root: &Path, ended: &io::Result<()>) -> io::Result<()> {
        let mut log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.log)?;
        let figures: Vec<String> = self
            .figures
            .iter()
            .map(|(name, number)| format!("{name} {number}"))
            .collect();
        writeln!(
            log,
            "{name}: this run {here} in {took} s; all runs done {done} in {all} s; {figures}\n  commit {commit}; {machine}; load at the start {load}, at the end {end}\n  {verdict}",
            name = self.name,
            here = self.done - self.before,
            took = self.start.elapsed().as_secs(),
            done = self.done,
            all = self.spent().as_secs(),
            figures = figures.join(", "),
            commit = commit(root),
            machine = measure::machine(),
            load = self.load.trim(),
            end = measure::load().trim(),
            verdict = match ended {
                Ok(()) => "nothing wrong was found".to_owned(),
                Err(cause) => format!("FAILED: {cause}"),
            },
        )
    }
}

/// The short name of the commit, or `unknown` outside a checkout.
fn commit(root: &Path) -> String {
    run::kept(root, &["git", "rev-parse", "--short", "HEAD"])
        .ok()
        .filter(|output| output.status.success())
        .map_or_else(
            || "unknown".to_owned(),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        )
}

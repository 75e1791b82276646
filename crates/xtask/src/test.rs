//! `cargo xtask test`: everything that must hold, in one command, in the development profile with one
//! selection of features, so that nothing is built twice.

use crate::{packages, run};
use std::path::Path;
use std::time::Duration;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// It held.
    Passed,
    /// It did not.
    Failed,
    /// What it needs is not on this machine.
    Skipped,
}

/// A step with its name, its end and its time.
struct Step {
    name: &'static str,
    end: End,
    took: Duration,
}

/// Runs everything. `skip_missing` goes on without packages that cannot be installed and says so;
/// without it a missing package stops the run, since a green run without a database would mislead.
#[must_use]
pub fn all(root: &Path, skip_missing: bool) -> bool {
    let missing = packages::provide(root);
    if !missing.is_empty() {
        println!(
            "missing packages; this line installs them:\n\n    {}\n",
            packages::line(&missing)
        );
        if !skip_missing {
            println!("then run this again, or add --skip-missing to leave out what needs them");
            return false;
        }
    }
    say_data(root);
    let steps = steps(root);
    summary(&steps, &missing)
}

fn say_data(root: &Path) {
    let named = std::env::var_os("GONGXIN_SHARED_DATA").map(std::path::PathBuf::from);
    let beside = root.parent().map(|parent| parent.join("shared/data"));
    match named.or(beside).filter(|folder| folder.is_dir()) {
        Some(folder) => println!("real data: {}", folder.display()),
        None => println!("real data: absent, its tests are skipped (set GONGXIN_SHARED_DATA)"),
    }
}

/// What is checked of the sources, in the order in which a mistake shows soonest.
const SOURCES: [(&str, &str); 3] = [
    ("format", "cargo fmt --all -- --check"),
    ("tidy", "cargo xtask tidy"),
    (
        "clippy",
        "cargo clippy -q --workspace --all-targets -- -D warnings",
    ),
];
const BUILD: &str = "cargo build -q --workspace --all-targets";
/// A process a test: one that hangs is named. Used where it is installed.
const NEXTEST: &str =
    "cargo nextest run --workspace --no-fail-fast --status-level fail --success-output never";
const TESTS: &str = "cargo test -q --workspace --lib --bins --tests --no-fail-fast";
const DOC_TESTS: &str = "cargo test -q --workspace --doc";
/// Tools that are used where they are installed. Known holes are left to `cargo deny check`, whose list
/// comes from the network.
const TOOLS: [(&str, &str, &str); 2] = [
    (
        "deny",
        "cargo-deny",
        "cargo deny --offline check bans licenses sources",
    ),
    ("machete", "cargo-machete", "cargo machete"),
];

fn steps(root: &Path) -> Vec<Step> {
    let mut steps: Vec<Step> = SOURCES
        .iter()
        .map(|(name, line)| step(root, name, line))
        .collect();
    let build = step(root, "build", BUILD);
    let built = build.end == End::Passed;
    steps.push(build);
    if built {
        let nextest = run::find("cargo-nextest").is_some();
        steps.push(step(root, "tests", if nextest { NEXTEST } else { TESTS }));
        steps.push(step(root, "doc tests", DOC_TESTS));
        let program = run::target(root).join("debug/gongxin");
        steps.push(step(
            root,
            "catalogue",
            &format!("{} catalog check", program.display()),
        ));
    }
    for (name, program, line) in TOOLS {
        steps.push(match run::find(program) {
            Some(_) => step(root, name, line),
            None => Step {
                name,
                end: End::Skipped,
                took: Duration::ZERO,
            },
        });
    }
    steps
}

/// Runs one command, written as one line without quotes.
fn step(root: &Path, name: &'static str, line: &str) -> Step {
    println!("\n== {name}: {line}");
    let words: Vec<&str> = line.split(' ').collect();
    let (passed, took) = run::timed(|| run::shown(root, &words).unwrap_or(false));
    let end = if passed { End::Passed } else { End::Failed };
    Step { name, end, took }
}

fn summary(steps: &[Step], missing: &[&str]) -> bool {
    println!();
    for Step { name, end, took } in steps {
        let end = match end {
            End::Passed => "passed",
            End::Failed => "FAILED",
            End::Skipped => "skipped (not installed)",
        };
        println!("{name:<12}{:>8.1} s  {end}", took.as_secs_f64());
    }
    let total: Duration = steps.iter().map(|step| step.took).sum();
    let passed = steps.iter().all(|step| step.end != End::Failed);
    let left_out = match missing {
        [] => String::new(),
        names => format!(", without {}", names.join(", ")),
    };
    let word = if passed {
        "everything passed"
    } else {
        "FAILED"
    };
    println!(
        "cargo xtask test: {word} in {:.0} s{left_out}",
        total.as_secs_f64()
    );
    passed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_run_and_a_skipped_one_does_not() {
        let step = |end| Step {
            name: "a",
            end,
            took: Duration::from_secs(1),
        };
        assert!(summary(&[step(End::Passed), step(End::Skipped)], &[]));
        assert!(!summary(
            &[step(End::Passed), step(End::Failed)],
            &["chromium"]
        ));
    }
}

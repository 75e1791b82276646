//! Under which conditions a bench ran: a figure without them cannot be read again.

use super::measure;
use crate::run;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Programs whose versions are told where they are installed.
const PROGRAMS: [(&str, &str); 4] = [
    ("rustc", "--version"),
    ("postgres", "--version"),
    ("nginx", "-v"),
    ("wrk", "-v"),
];

/// What was noted when a bench began.
pub struct Start {
    at: Instant,
    load: String,
}

impl Start {
    /// Notes it.
    #[must_use]
    pub fn now() -> Start {
        Start {
            at: Instant::now(),
            load: measure::load(),
        }
    }

    /// The lines of a table: source, build, machine, what it was doing, versions.
    #[must_use]
    pub fn end(&self, root: &Path) -> String {
        let mut text = String::new();
        _ = writeln!(text, "- source: {}; build: {}", commit(root), build(root));
        _ = writeln!(
            text,
            "- machine: {}; load average {} before and {} after {:.0} s, the bench itself included",
            measure::machine(),
            self.load,
            measure::load(),
            self.at.elapsed().as_secs_f64()
        );
        let versions: Vec<String> = PROGRAMS
            .iter()
            .filter_map(|(name, ask)| version(name, ask))
            .collect();
        _ = writeln!(text, "- versions: {}", versions.join("; "));
        text
    }
}

/// The commit, and whether files of the programs differ from it. `GONGXIN_BENCH_COMMIT` names the one
/// that the programs were built at, where `GONGXIN_BENCH_BUILT` says that they were.
fn commit(root: &Path) -> String {
    if let Ok(told) = std::env::var("GONGXIN_BENCH_COMMIT") {
        return format!("commit {told}");
    }
    let git = |words: &[&str]| {
        let asked = Command::new("git").arg("-C").arg(root).args(words).output();
        asked.map_or_else(
            |_| String::new(),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        )
    };
    let head = git(&["rev-parse", "--short=10", "HEAD"]);
    let changed = git(&[
        "status",
        "--porcelain",
        "--",
        "crates",
        "catalog",
        "Cargo.lock",
    ]);
    match (head.is_empty(), changed.is_empty()) {
        (true, _) => "unknown commit".to_owned(),
        (_, true) => format!("commit {head}"),
        _ => format!("commit {head} with changes"),
    }
}

/// The profile, as the workspace and the environment set it.
fn build(root: &Path) -> String {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
    let told = std::env::var("CARGO_PROFILE_RELEASE_LTO").ok();
    let lto = told.unwrap_or_else(|| setting(&manifest, "lto"));
    format!(
        "release, {lto} LTO, {} codegen units",
        setting(&manifest, "codegen-units")
    )
}

/// A setting of the release profile.
fn setting(manifest: &str, name: &str) -> String {
    let profile = manifest.split("[profile.release]").nth(1);
    let profile = profile.and_then(|text| text.split("\n[").next());
    let value = profile.and_then(|text| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.trim().strip_prefix('='))
    });
    value.map_or("default", str::trim).replace('"', "")
}

/// The first line of what a program says of itself, its name in front.
fn version(name: &str, ask: &str) -> Option<String> {
    let path = run::find(name)?;
    let output = Command::new(path).arg(ask).output().ok()?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let line = said.lines().next()?.trim();
    let short = line.split(" Copyright").next().unwrap_or(line).trim();
    let known = short.starts_with(name);
    Some(if known {
        short.to_owned()
    } else {
        format!("{name}: {short}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_from_the_release_profile_alone() {
        let manifest = "[profile.dev]\nlto = \"off\"\n[profile.release]\ndebug = 1\nlto = \"thin\"\n[x]\ncodegen-units = 9\n";
        assert_eq!(setting(manifest, "lto"), "thin");
        assert_eq!(setting(manifest, "codegen-units"), "default");
    }

    #[test]
    fn conditions_name_load_and_source() {
        let text = Start::now().end(Path::new(env!("CARGO_MANIFEST_DIR")));
        assert!(
            text.contains("load average") && text.contains("source: "),
            "{text}"
        );
        assert!(text.contains("rustc"), "{text}");
    }
}

//! What a compiler does not check and a reviewer should not have to: sizes, edges between rooms,
//! calls that are banned, SQL outside its room, words that must not ship. Each finding says what to
//! do instead. Exceptions stand by name in `crates/xtask/exceptions.tsv`, and an exception that
//! excuses nothing is itself a finding: the list can only shrink.

pub mod banned;
pub mod edges;
pub mod links;
pub mod sizes;
pub mod sql;
pub mod style;
pub mod words;

use crate::source::{self, File, Rust};
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// Something to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Path from the workspace's root.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Short name of the rule, as exceptions name it.
    pub rule: &'static str,
    /// What is wrong and what to do instead.
    pub message: String,
}

impl Finding {
    /// A finding about a file.
    #[must_use]
    pub fn new(
        file: &File,
        line: usize,
        rule: &'static str,
        message: impl Into<String>,
    ) -> Finding {
        Finding {
            file: file.path.clone(),
            line,
            rule,
            message: message.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: [{}] {}",
            self.file, self.line, self.rule, self.message
        )
    }
}

/// What a run of tidy found.
pub struct Report {
    /// To mend, in path order.
    pub findings: Vec<Finding>,
    /// Style by the numbers.
    pub style: style::Table,
}

/// Where exceptions stand.
pub const EXCEPTIONS: &str = "crates/xtask/exceptions.tsv";

/// Checks a workspace.
///
/// # Errors
/// When its files cannot be read.
pub fn check(root: &Path) -> std::io::Result<Report> {
    Ok(check_files(&source::read(root)?))
}

/// Checks files that were read.
#[must_use]
pub fn check_files(files: &[File]) -> Report {
    let sources: Vec<Rust<'_>> = files
        .iter()
        .filter(|f| f.is_rust())
        .map(Rust::new)
        .collect();
    let test_files = source::test_files(&sources);
    let mut findings = Vec::new();
    for source in &sources {
        let product = !source.file.is_development() && !test_files.contains(&source.file.path);
        let tests = source.file.path.contains("/tests/") || test_files.contains(&source.file.path);
        sizes::check(source, !tests, &mut findings);
        if product {
            banned::check(source, &mut findings);
            sql::check_rust(source, &mut findings);
        }
    }
    sizes::check_reachable(&sources, &mut findings);
    sql::check_files(files, &mut findings);
    edges::check(files, &mut findings);
    words::check(files, &mut findings);
    links::check(files, &mut findings);
    excuse(files, &mut findings);
    findings.sort();
    Report {
        findings,
        style: style::Table::new(&sources, &test_files),
    }
}

/// Takes out what is excepted by name, and reports exceptions that excuse nothing.
fn excuse(files: &[File], findings: &mut Vec<Finding>) {
    let Some(file) = files.iter().find(|file| file.path == EXCEPTIONS) else {
        return;
    };
    let mut used = BTreeSet::new();
    let rows: Vec<(usize, Vec<&str>)> = file
        .text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| (at + 1, line.split('\t').collect()))
        .collect();
    findings.retain(|finding| {
        let excuse = rows.iter().find(|(_, cells)| {
            matches!(cells.as_slice(), [rule, path, reason]
                if *rule == finding.rule && *path == finding.file && !reason.is_empty())
        });
        excuse.inspect(|(line, _)| _ = used.insert(*line)).is_none()
    });
    for (line, cells) in rows {
        if !used.contains(&line) {
            let row = cells.join(" ");
            let message =
                format!("`{row}` excuses nothing (rule, path, reason by tabs): remove it");
            findings.push(Finding::new(file, line, "exception", message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File {
            path: path.into(),
            text: text.into(),
        }
    }

    fn rules(files: &[File]) -> Vec<&'static str> {
        check_files(files)
            .findings
            .into_iter()
            .map(|finding| finding.rule)
            .collect()
    }

    #[test]
    fn an_exception_needs_a_reason_and_a_use() {
        let long = file("crates/credit/src/lib.rs", "fn a() {}\n");
        assert_eq!(rules(&[file(&long.path, &long.text)]), ["header"]);
        let excused = file(
            EXCEPTIONS,
            "header\tcrates/credit/src/lib.rs\tit is a test\n",
        );
        assert!(rules(&[file(&long.path, &long.text), excused]).is_empty());
        let idle = file(
            EXCEPTIONS,
            "# a comment\nheader\tcrates/credit/src/no.rs\twhy\n",
        );
        assert_eq!(rules(&[idle]), ["exception"]);
        let mute = file(EXCEPTIONS, "header\tcrates/credit/src/lib.rs\t\n");
        assert_eq!(rules(&[long, mute]), ["header", "exception"]);
    }
}

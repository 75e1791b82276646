//! Which room may know which. The table stands in `ARCHITECTURE.md`, for people; it is read here, so
//! that it stays true. An edge that is not listed is an error, and so is a listed one that nothing
//! uses. Every dependency from outside needs a reason in `docs/decisions/0002-dependencies.md`.

use super::Finding;
use crate::source::File;
use std::collections::{BTreeMap, BTreeSet};

/// Where the table of edges stands.
pub const TABLE: &str = "ARCHITECTURE.md";
/// Where the reasons for dependencies stand.
pub const REASONS: &str = "docs/decisions/0002-dependencies.md";

/// Rooms that serve development: anybody may use them in tests, nobody elsewhere.
const DEVELOPMENT: [&str; 2] = ["testkit", "xtask"];

/// A dependency as a manifest names it.
#[derive(Debug, PartialEq, Eq)]
struct Dependency {
    name: String,
    line: usize,
    is_dev: bool,
}

/// Checks the manifests against the documents. Without the documents there is nothing to check.
pub fn check(files: &[File], findings: &mut Vec<Finding>) {
    let find = |path: &str| files.iter().find(|file| file.path == path);
    let manifests: Vec<(&str, &File)> = files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml") && file.path.matches('/').count() == 2)
        .filter_map(|file| Some((file.room()?, file)))
        .collect();
    if let Some(table) = find(TABLE) {
        check_edges(table, &manifests, findings);
    }
    if let Some(reasons) = find(REASONS) {
        check_reasons(reasons, &manifests, find("Cargo.toml"), findings);
    }
}

fn check_edges(table: &File, manifests: &[(&str, &File)], findings: &mut Vec<Finding>) {
    let listed = edges(&table.text);
    for (room, manifest) in manifests {
        let mut used = BTreeSet::new();
        for dependency in dependencies(&manifest.text) {
            let name = dependency.name.as_str();
            if !manifests.iter().any(|(room, _)| *room == name) {
                continue;
            }
            let allowed = if DEVELOPMENT.contains(&name) {
                dependency.is_dev && name == "testkit"
            } else {
                dependency.is_dev || listed.get(*room).is_some_and(|to| to.contains(name))
            };
            if !allowed {
                let message = format!("`{room} -> {name}` is not an edge of {TABLE}");
                findings.push(Finding::new(manifest, dependency.line, "edge", message));
            }
            if !dependency.is_dev {
                used.insert(dependency.name);
            }
        }
        for idle in listed
            .get(*room)
            .into_iter()
            .flatten()
            .filter(|to| !used.contains(*to))
        {
            let message = format!(
                "`{room} -> {idle}` is listed, but {} does not use it",
                manifest.path
            );
            findings.push(Finding::new(table, 0, "edge", message));
        }
        if !listed.contains_key(*room) && !DEVELOPMENT.contains(room) {
            let message = format!("the room `{room}` has no row in the table of edges");
            findings.push(Finding::new(table, 0, "edge", message));
        }
    }
}

/// The rows of the table whose head says `may know`: room, then the rooms it may know.
fn edges(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut rows = text
        .lines()
        .skip_while(|line| !(line.starts_with('|') && line.contains("may know")));
    rows.next();
    rows.skip(1)
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| {
            let mut cells = line.trim_matches('|').split('|');
            let room = ticked(cells.next()?).into_iter().next()?;
            Some((room, ticked(cells.next()?).into_iter().collect()))
        })
        .collect()
}

/// The words between backticks.
fn ticked(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn dependencies(manifest: &str) -> Vec<Dependency> {
    let mut section = "";
    let mut found = Vec::new();
    for (at, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_end_matches(']');
            continue;
        }
        if !section.ends_with("dependencies") {
            continue;
        }
        let name: String = line
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        if !name.is_empty() {
            let is_dev = section.ends_with("dev-dependencies");
            found.push(Dependency {
                name,
                line: at + 1,
                is_dev,
            });
        }
    }
    found
}

fn check_reasons(
    reasons: &File,
    manifests: &[(&str, &File)],
    workspace: Option<&File>,
    findings: &mut Vec<Finding>,
) {
    let listed: BTreeSet<String> = reasons
        .text
        .lines()
        .filter(|line| line.starts_with('|'))
        .filter_map(|line| line.trim_matches('|').split('|').next())
        .flat_map(ticked)
        .collect();
    let ours: BTreeSet<&str> = manifests.iter().map(|(room, _)| *room).collect();
    let mut used = BTreeSet::new();
    let all = manifests
        .iter()
        .map(|(_, manifest)| *manifest)
        .chain(workspace);
    for manifest in all {
        for dependency in dependencies(&manifest.text) {
            let name = dependency.name;
            if !ours.contains(name.as_str()) && !listed.contains(&name) {
                let message = format!("`{name}` has no reason in {REASONS}");
                findings.push(Finding::new(manifest, dependency.line, "reason", message));
            }
            used.insert(name);
        }
    }
    for idle in listed.iter().filter(|name| !used.contains(*name)) {
        findings.push(Finding::new(
            reasons,
            0,
            "reason",
            format!("`{idle}` is explained, but no manifest names it"),
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        "text\n\n| room | may know |\n|---|---|\n| `web` | `credit` |\n| `credit` | nothing |\n";

    fn messages(document: &str, web: &str) -> Vec<String> {
        let file = |path: &str, text: &str| File {
            path: path.into(),
            text: text.into(),
        };
        let files = [
            file(TABLE, document),
            file("crates/web/Cargo.toml", web),
            file("crates/credit/Cargo.toml", "[dependencies]\n"),
            file("crates/testkit/Cargo.toml", ""),
        ];
        let mut findings = Vec::new();
        check(&files, &mut findings);
        findings
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn listed_edges_pass_and_testkit_in_tests() {
        let web = "[dependencies]\ncredit.workspace = true\naxum = \"1\"\n[dev-dependencies]\ntestkit.workspace = true\n";
        assert!(messages(DOCUMENT, web).is_empty());
    }

    #[test]
    fn an_edge_that_is_not_listed_is_refused() {
        let web = "[dependencies]\ncredit.workspace = true\ntestkit.workspace = true\n";
        assert_eq!(
            messages(DOCUMENT, web),
            ["`web -> testkit` is not an edge of ARCHITECTURE.md"]
        );
        let open = DOCUMENT.replace("| `credit` |\n|", "| nothing |\n|");
        let web = "[dependencies]\ncredit = { workspace = true }\n";
        assert_eq!(
            messages(&open, web),
            ["`web -> credit` is not an edge of ARCHITECTURE.md"]
        );
    }

    #[test]
    fn a_listed_edge_that_nothing_uses_is_refused_and_so_is_a_room_without_a_row() {
        assert_eq!(messages(DOCUMENT, "").len(), 1);
        assert_eq!(
            messages("| room | may know |\n|---|---|\n| `web` | nothing |\n", "").len(),
            1
        );
    }

    #[test]
    fn every_dependency_needs_a_reason_and_every_reason_a_dependency() {
        let file = |path: &str, text: &str| File {
            path: path.into(),
            text: text.into(),
        };
        let files = [
            file(
                REASONS,
                "| crate | why |\n|---|---|\n| `axum` | HTTP |\n| `idle` | none |\n",
            ),
            file(
                "Cargo.toml",
                "[workspace.dependencies]\naxum = \"1\"\nnew = \"2\"\n",
            ),
        ];
        let mut findings = Vec::new();
        check(&files, &mut findings);
        let lines: Vec<_> = findings.iter().map(|f| (f.file.as_str(), f.line)).collect();
        assert_eq!(lines, [("Cargo.toml", 3), (REASONS, 0)]);
    }
}

//! Every rule of tidy against a small made-up workspace: it passes as it is, and one bad change is
//! found by exactly the rule that is meant for it. The list of rules is read from the sources, so a
//! rule without a bad example fails here.

use std::collections::BTreeSet;
use xtask::source::File;
use xtask::tidy;

fn file(path: &str, text: &str) -> File {
    File {
        path: path.into(),
        text: text.into(),
    }
}

/// A workspace of two rooms and a store that breaks no rule.
fn clean() -> Vec<File> {
    vec![
        file(
            "ARCHITECTURE.md",
            "# Map\n\n| room | may know |\n|---|---|\n| `web` | `credit` |\n| `store` | `credit` |\n| `credit` | nothing |\n",
        ),
        file(
            "docs/decisions/0002-dependencies.md",
            "# Why\n\n| crate | why |\n|---|---|\n| `jiff` | days |\n",
        ),
        file("Cargo.toml", "[workspace.dependencies]\njiff = \"1\"\n"),
        file(
            "crates/credit/Cargo.toml",
            "[dependencies]\njiff.workspace = true\n",
        ),
        file(
            "crates/web/Cargo.toml",
            "[dependencies]\ncredit.workspace = true\n",
        ),
        file(
            "crates/store/Cargo.toml",
            "[dependencies]\ncredit.workspace = true\n",
        ),
        file("crates/credit/src/lib.rs", "//! Nouns.\npub mod term;\n"),
        file(
            "crates/credit/src/term.rs",
            "//! Terms.\n/// Days.\npub fn days() -> u8 {\n    7\n}\n",
        ),
        file("crates/web/src/lib.rs", "//! Pages.\n"),
        file(
            "crates/store/src/lib.rs",
            "//! Rows.\nconst ONE: &str = \"SELECT a FROM b WHERE c = $1\";\n",
        ),
        file("docs/guide.md", "See [the map](../ARCHITECTURE.md).\n"),
    ]
}

/// The rules that a changed workspace breaks.
fn broken(path: &str, text: &str) -> BTreeSet<&'static str> {
    let mut files = clean();
    files.retain(|file| file.path != path);
    files.push(file(path, text));
    let report = tidy::check_files(&files);
    report
        .findings
        .into_iter()
        .map(|finding| finding.rule)
        .collect()
}

fn long_function(lines: usize) -> String {
    format!(
        "//! Pages.\nfn long() {{\n{}}}\n",
        "    step();\n".repeat(lines)
    )
}

/// One bad change for each rule: the file, and what it says then.
fn bad() -> Vec<(&'static str, &'static str, String)> {
    let web = "crates/web/src/lib.rs";
    let store = "crates/store/src/lib.rs";
    let note = concat!("TO", "DO");
    let place = concat!("/wo", "rk/here");
    [
        (
            "banned",
            web,
            "//! Pages.\nfn a() { b.unwrap(); }\n".to_owned(),
        ),
        (
            "edge",
            "crates/credit/Cargo.toml",
            "[dependencies]\njiff.workspace = true\nstore.workspace = true\n".to_owned(),
        ),
        (
            "reason",
            "crates/web/Cargo.toml",
            "[dependencies]\ncredit.workspace = true\nleft-pad = \"1\"\n".to_owned(),
        ),
        (
            "link",
            "docs/guide.md",
            "See [the map](../NOWHERE.md).\n".to_owned(),
        ),
        ("header", web, "fn a() {}\n".to_owned()),
        (
            "file-lines",
            web,
            format!("//! Pages.\n{}", "const A: u8 = 1;\n".repeat(700)),
        ),
        ("function-lines", web, long_function(90)),
        (
            "dead-file",
            "crates/web/src/forgotten.rs",
            "//! Nobody names it.\n".to_owned(),
        ),
        (
            "mod-rs",
            "crates/web/src/page/mod.rs",
            "//! A page.\n".to_owned(),
        ),
        (
            "sql-outside-store",
            web,
            "//! Pages.\nconst A: &str = \"DELETE FROM subject WHERE id = 1\";\n".to_owned(),
        ),
        (
            "sql-portable",
            store,
            "//! Rows.\nconst A: &str = \"SELECT a FROM b WHERE c = now()\";\n".to_owned(),
        ),
        (
            "sql-order",
            store,
            "//! Rows.\nconst A: &str = \"SELECT a FROM b\";\n".to_owned(),
        ),
        ("note", web, format!("//! Pages.\n// {note}: later\n")),
        ("place", "docs/guide.md", format!("Go to {place}.\n")),
        (
            "exception",
            tidy::EXCEPTIONS,
            "header\tcrates/web/src/no.rs\tnobody knows\n".to_owned(),
        ),
    ]
    .into_iter()
    .collect()
}

/// The names of rules, as the sources write them beside a finding.
fn rules_of_the_sources() -> BTreeSet<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tidy");
    let mut rules = BTreeSet::from(["exception".to_owned()]);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for call in ["Finding::new(", "refuse("] {
            for rest in product.split(call).skip(1) {
                let arguments = rest.split(';').next().unwrap_or_default();
                let name = arguments.split('"').nth(1).unwrap_or_default();
                let like = |c: char| c.is_ascii_lowercase() || c == '-';
                if !name.is_empty() && name.chars().all(like) {
                    rules.insert(name.to_owned());
                }
            }
        }
    }
    rules
}

#[test]
fn a_clean_workspace_has_no_findings() {
    let findings = tidy::check_files(&clean()).findings;
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn each_rule_finds_its_bad_example_and_no_other_rule_does() {
    for (rule, path, text) in bad() {
        assert_eq!(
            broken(path, &text),
            BTreeSet::from([rule]),
            "{path}:\n{text}"
        );
    }
}

#[test]
fn every_rule_of_the_sources_has_a_bad_example() {
    let tried: BTreeSet<String> = bad().iter().map(|(rule, ..)| (*rule).to_owned()).collect();
    let rules = rules_of_the_sources();
    assert!(rules.len() > 10, "{rules:?}");
    let untried: Vec<_> = rules.difference(&tried).collect();
    assert!(untried.is_empty(), "add a bad example for {untried:?}");
}

#[test]
fn tests_may_do_what_products_may_not() {
    let text = "//! Pages.\n#[cfg(test)]\nmod tests {\n    fn a() { b.unwrap(); panic!(); }\n}\n";
    assert!(broken("crates/web/src/lib.rs", text).is_empty());
    let text = "//! Tests.\nfn a() { b.unwrap(); }\n";
    assert!(broken("crates/web/tests/it/main.rs", text).is_empty());
}

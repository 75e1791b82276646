//! Sizes a reader can hold in the head, a header that says why a file exists, and no file that
//! nothing refers to.

use super::Finding;
use crate::source::{Rust, module_folder};
use std::collections::BTreeSet;

/// Lines of a file without its test module.
pub const FILE_LINES: usize = 600;
/// Lines of a function from `fn` to its closing brace.
pub const FUNCTION_LINES: usize = 70;
/// Lines of an HTTP handler: parse, permit, call, answer.
pub const HANDLER_LINES: usize = 40;

/// The verbs that handlers are named after: `get_subject`, `post_submission`.
const VERBS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];

/// Checks one file; functions of tests may be long tables, so they are not `limited`.
pub fn check(source: &Rust<'_>, limited: bool, findings: &mut Vec<Finding>) {
    let file = source.file;
    if file.path.ends_with("/mod.rs") {
        let message = "name the file after the module: `foo.rs` beside `foo/`";
        findings.push(Finding::new(file, 0, "mod-rs", message));
    }
    if !file.text.starts_with("//!") {
        let message = "begin with a `//!` header that says why the file exists";
        findings.push(Finding::new(file, 1, "header", message));
    }
    let lines = source.own_lines();
    if lines > FILE_LINES {
        let message = format!("{lines} lines, at most {FILE_LINES}: split it by what it knows");
        findings.push(Finding::new(file, 0, "file-lines", message));
    }
    for function in &source.functions {
        let line = *function.lines.start();
        let limit = if is_handler(&file.path, &function.name) {
            HANDLER_LINES
        } else {
            FUNCTION_LINES
        };
        let length = function.length();
        if limited && !source.is_test(line) && length > limit {
            let name = &function.name;
            let message = format!("`{name}` has {length} lines, at most {limit}: name its parts");
            findings.push(Finding::new(file, line, "function-lines", message));
        }
    }
}

/// A function of `web` named after a verb, in the API or a portal.
fn is_handler(path: &str, name: &str) -> bool {
    let placed = ["crates/web/src/api", "crates/web/src/portal"]
        .iter()
        .any(|at| path.starts_with(at));
    placed
        && VERBS.iter().any(|verb| {
            name == *verb
                || name
                    .strip_prefix(verb)
                    .is_some_and(|rest| rest.starts_with('_'))
        })
}

/// A file under `src/` that no `mod` names is dead: the compiler never sees it.
pub fn check_reachable(sources: &[Rust<'_>], findings: &mut Vec<Finding>) {
    let declared: BTreeSet<String> = sources
        .iter()
        .flat_map(|source| {
            let folder = module_folder(&source.file.path);
            source
                .modules
                .iter()
                .map(move |(name, _)| format!("{folder}/{name}.rs"))
        })
        .collect();
    let named: BTreeSet<&str> = sources.iter().flat_map(paths).collect();
    for source in sources {
        let path = &source.file.path;
        let name = path.rsplit('/').next().unwrap_or(path);
        let root = matches!(name, "lib.rs" | "main.rs" | "mod.rs" | "build.rs")
            || path.contains("/src/bin/");
        let inside = path.contains("/src/") || path.contains("/tests/it/");
        if inside && !root && !declared.contains(path) && !named.contains(name) {
            findings.push(Finding::new(
                source.file,
                0,
                "dead-file",
                "no `mod` names this file: name it or remove it",
            ));
        }
    }
}

/// Names of files that a `#[path = "…"]` of this source leads to.
fn paths<'a>(source: &Rust<'a>) -> Vec<&'a str> {
    let attributes = source.code.windows(3).filter_map(|window| match window {
        [word, equals, path] if word.is("path") && equals.is("=") => Some(path.text),
        _ => None,
    });
    attributes
        .filter_map(|path| path.rsplit('/').next())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::File;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        let file = File {
            path: path.into(),
            text: text.into(),
        };
        let mut findings = Vec::new();
        check(&Rust::new(&file), true, &mut findings);
        findings.into_iter().map(|finding| finding.rule).collect()
    }

    fn function(name: &str, lines: usize) -> String {
        format!(
            "//! Why.\nfn {name}() {{\n{}}}\n",
            "    x();\n".repeat(lines - 2)
        )
    }

    #[test]
    fn a_function_may_have_seventy_lines() {
        assert!(rules("crates/web/src/a.rs", &function("get_a", 70)).is_empty());
        assert_eq!(
            rules("crates/web/src/a.rs", &function("get_a", 71)),
            ["function-lines"]
        );
    }

    #[test]
    fn a_handler_may_have_forty() {
        assert!(rules("crates/web/src/api/a.rs", &function("get_a", 40)).is_empty());
        assert_eq!(
            rules("crates/web/src/api/a.rs", &function("get_a", 41)),
            ["function-lines"]
        );
        assert!(rules("crates/web/src/api/a.rs", &function("getter", 41)).is_empty());
    }

    #[test]
    fn test_modules_do_not_count() {
        let text = format!(
            "//! Why.\n#[cfg(test)]\nmod tests {{\n{}}}\n",
            "// x\n".repeat(700)
        );
        assert!(rules("crates/web/src/a.rs", &text).is_empty());
        let text = format!("//! Why.\n{}", "const A: u8 = 1;\n".repeat(600));
        assert_eq!(rules("crates/web/src/a.rs", &text), ["file-lines"]);
    }

    #[test]
    fn mod_rs_and_a_missing_header_are_refused() {
        assert_eq!(
            rules("crates/web/src/a/mod.rs", "mod b;"),
            ["mod-rs", "header"]
        );
    }

    #[test]
    fn a_file_that_nothing_names_is_dead() {
        let files = ["lib.rs", "a.rs", "a/b.rs", "a/c.rs"].map(|name| File {
            path: format!("crates/web/src/{name}"),
            text: match name {
                "lib.rs" => "mod a;",
                "a.rs" => "mod b;",
                _ => "",
            }
            .into(),
        });
        let sources: Vec<_> = files.iter().map(Rust::new).collect();
        let mut findings = Vec::new();
        check_reachable(&sources, &mut findings);
        assert_eq!(
            findings.iter().map(|f| f.file.as_str()).collect::<Vec<_>>(),
            ["crates/web/src/a/c.rs"]
        );
    }
}

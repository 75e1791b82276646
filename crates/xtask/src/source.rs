//! The files of the workspace as the checks see them: which room, which part is test, where
//! functions begin and end.

use crate::lex::{Kind, Token, lex};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::path::Path;
use std::{fs, io};

/// A text file of the repository.
pub struct File {
    /// Path from the workspace's root, with `/`.
    pub path: String,
    /// Its text; files that are not UTF-8 are not read.
    pub text: String,
}

impl File {
    /// The crate it belongs to: `crates/NAME/…`.
    #[must_use]
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }

    /// Rust source.
    #[must_use]
    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// Rust that only tests, benches or shows: nothing of it reaches a user.
    #[must_use]
    pub fn is_development(&self) -> bool {
        ["/tests/", "/examples/", "/benches/", "/fuzz/"]
            .iter()
            .any(|part| self.path.contains(part))
            || self.path.starts_with("docs/")
            || matches!(self.room(), Some("testkit" | "xtask"))
    }
}

/// Folders that are never looked into: made by tools, or data.
const SKIPPED: [&str; 4] = ["target", ".git", "data", "node_modules"];

/// Reads every text file of the workspace, in path order.
///
/// # Errors
/// When a folder cannot be read.
pub fn read(root: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    walk(root, root, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        if path.is_dir() {
            let nested = folder == root && SKIPPED.contains(&name.as_str());
            if !nested && name != "target" {
                walk(root, &path, files)?;
            }
        } else if name == ".git" {
            // In a second work tree of a checkout this is a file that tells where the first stands.
        } else if let Ok(text) = fs::read_to_string(&path) {
            let relative = path.strip_prefix(root).unwrap_or(&path);
            let path = relative.to_string_lossy().replace('\\', "/");
            files.push(File { path, text });
        }
    }
    Ok(())
}

/// A function's name and the lines from its `fn` to its closing brace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub lines: RangeInclusive<usize>,
}

impl Function {
    /// How many lines it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.lines.end() + 1 - self.lines.start()
    }
}

/// A Rust file with its tokens and what was found in them.
pub struct Rust<'a> {
    /// The file.
    pub file: &'a File,
    /// Its tokens without comments.
    pub code: Vec<Token<'a>>,
    /// Its comments.
    pub comments: Vec<Token<'a>>,
    /// Lines that stand under `#[cfg(test)]`.
    pub tests: Vec<RangeInclusive<usize>>,
    /// Modules declared with `mod name;`, and whether under `#[cfg(test)]`.
    pub modules: Vec<(String, bool)>,
    /// Its functions, tests included.
    pub functions: Vec<Function>,
}

impl<'a> Rust<'a> {
    /// Reads a file.
    #[must_use]
    pub fn new(file: &'a File) -> Rust<'a> {
        let (comments, code): (Vec<_>, Vec<_>) = lex(&file.text)
            .into_iter()
            .partition(|token| token.kind == Kind::Comment);
        let tests = test_ranges(&code);
        let modules = modules(&code, &tests);
        let functions = functions(&code);
        Rust {
            file,
            code,
            comments,
            tests,
            modules,
            functions,
        }
    }

    /// Whether a line is test code.
    #[must_use]
    pub fn is_test(&self, line: usize) -> bool {
        self.tests.iter().any(|range| range.contains(&line))
    }

    /// Lines outside test modules.
    #[must_use]
    pub fn own_lines(&self) -> usize {
        (1..=self.file.text.lines().count())
            .filter(|line| !self.is_test(*line))
            .count()
    }
}

/// Paths of files that are modules under `#[cfg(test)]`.
#[must_use]
pub fn test_files(sources: &[Rust<'_>]) -> BTreeSet<String> {
    sources
        .iter()
        .flat_map(|source| {
            let folder = module_folder(&source.file.path);
            let tests = source.modules.iter().filter(|(_, is_test)| *is_test);
            tests.map(move |(name, _)| format!("{folder}/{name}.rs"))
        })
        .collect()
}

/// The folder where a file's child modules stand.
#[must_use]
pub fn module_folder(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    match name {
        "lib.rs" | "main.rs" | "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
    }
}

/// Index of the mark that closes the one at `open`.
fn closing(code: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in code.iter().enumerate().skip(open) {
        if token.kind != Kind::Punct {
            continue;
        }
        match token.text {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    code.len().saturating_sub(1)
}

/// Index of the end of the item that begins at `start`: its `;`, or the brace that closes its body.
fn item_end(code: &[Token<'_>], start: usize) -> usize {
    let mut at = start;
    while let Some(token) = code.get(at) {
        if token.is(";") {
            return at;
        }
        if token.is("{") {
            return closing(code, at);
        }
        at = if token.is("(") || token.is("[") {
            closing(code, at) + 1
        } else {
            at + 1
        };
    }
    code.len().saturating_sub(1)
}

fn test_ranges(code: &[Token<'_>]) -> Vec<RangeInclusive<usize>> {
    let mut ranges = Vec::new();
    for (at, token) in code.iter().enumerate() {
        if !(token.is("#") && code.get(at + 1).is_some_and(|next| next.is("["))) {
            continue;
        }
        let end = closing(code, at + 1);
        let words: Vec<&str> = code
            .get(at..end)
            .unwrap_or_default()
            .iter()
            .filter(|t| t.kind == Kind::Ident)
            .map(|t| t.text)
            .collect();
        let is_test =
            words.first() == Some(&"cfg") && words.contains(&"test") && !words.contains(&"not");
        if let Some(last) = code.get(item_end(code, end + 1)).filter(|_| is_test) {
            ranges.push(token.line..=last.end);
        }
    }
    ranges
}

fn modules(code: &[Token<'_>], tests: &[RangeInclusive<usize>]) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for window in code.windows(3) {
        if let [keyword, name, end] = window
            && keyword.is("mod")
            && name.kind == Kind::Ident
            && end.is(";")
        {
            let is_test = tests.iter().any(|range| range.contains(&name.line));
            found.push((name.text.to_owned(), is_test));
        }
    }
    found
}

fn functions(code: &[Token<'_>]) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, pair) in code.windows(2).enumerate() {
        let [keyword, name] = pair else { continue };
        if !(keyword.is("fn") && name.kind == Kind::Ident) {
            continue;
        }
        let end = item_end(code, at);
        if let Some(last) = code.get(end).filter(|last| last.is("}")) {
            let lines = keyword.line..=last.end;
            found.push(Function {
                name: name.text.to_owned(),
                lines,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> File {
        File {
            path: "crates/credit/src/a.rs".into(),
            text: text.into(),
        }
    }

    #[test]
    fn functions_end_at_their_own_brace() {
        let text = "fn a(x: [u8; 2]) -> Option<fn(u8)> {\n if x { '}' }\n}\ntrait T { fn b(); }\nfn c() {}";
        let file = file(text);
        let rust = Rust::new(&file);
        let lengths: Vec<_> = rust
            .functions
            .iter()
            .map(|f| (f.name.as_str(), f.length()))
            .collect();
        assert_eq!(lengths, [("a", 3), ("c", 1)]);
    }

    #[test]
    fn test_code_is_told_apart() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() {}\n}\n#[cfg(not(test))]\nfn c() {}\n#[cfg(test)]\nmod other;\n";
        let file = file(text);
        let rust = Rust::new(&file);
        assert_eq!(rust.tests, [2..=5, 8..=9]);
        assert_eq!(rust.own_lines(), 3);
        assert_eq!(rust.modules, [("other".to_owned(), true)]);
        let all = [rust];
        assert_eq!(
            test_files(&all),
            BTreeSet::from(["crates/credit/src/a/other.rs".to_owned()])
        );
    }

    #[test]
    fn rooms_and_development_files_are_told_by_path() {
        let of = |path: &str| File {
            path: path.into(),
            text: String::new(),
        };
        assert_eq!(of("crates/web/src/api.rs").room(), Some("web"));
        assert!(of("crates/web/tests/it/main.rs").is_development());
        assert!(!of("crates/web/src/testing.rs").is_development());
        assert_eq!(of("README.md").room(), None);
    }
}

//! Style by the numbers: what the house measures of itself on every run.

use crate::lex::{Kind, Token};
use crate::source::Rust;
use std::collections::BTreeSet;
use std::fmt;

/// Median, ninth decile and maximum of a set of lengths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many.
    pub count: usize,
    /// Half are at most this.
    pub median: usize,
    /// Nine in ten are at most this.
    pub p90: usize,
    /// The largest.
    pub max: usize,
}

impl Spread {
    /// Of these lengths; zeros when there are none.
    #[must_use]
    pub fn new(mut lengths: Vec<usize>) -> Spread {
        lengths.sort_unstable();
        let at = |share: usize| {
            let rank = (lengths.len() * share).div_ceil(100).saturating_sub(1);
            lengths.get(rank).copied().unwrap_or(0)
        };
        Spread {
            count: lengths.len(),
            median: at(50),
            p90: at(90),
            max: at(100),
        }
    }
}

/// The table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Own lines of product files.
    pub files: Spread,
    /// Lines of product functions.
    pub functions: Spread,
    /// Public items, and how many of them have a doc comment.
    pub public: (usize, usize),
    /// Files with a `//!` header, of all.
    pub headers: (usize, usize),
    /// Lines of doc comments, of all lines of product code that are not blank.
    pub docs: (usize, usize),
    /// Lines of tests, and of product code, by room.
    pub tests: Vec<(String, usize, usize)>,
}

impl Table {
    /// Measures sources.
    #[must_use]
    pub fn new(sources: &[Rust<'_>], test_files: &BTreeSet<String>) -> Table {
        let mut table = Table::default();
        let mut files = Vec::new();
        let mut functions = Vec::new();
        for source in sources {
            let Some(room) = source.file.room() else {
                continue;
            };
            let test_file =
                test_files.contains(&source.file.path) || source.file.path.contains("/tests/");
            let (tests, code, docs) = count(source, test_file);
            table.add_tests(room, tests, code);
            if test_file {
                continue;
            }
            files.push(source.own_lines());
            let own = source
                .functions
                .iter()
                .filter(|f| !source.is_test(*f.lines.start()));
            functions.extend(own.map(crate::source::Function::length));
            let (all, documented) = public_items(source);
            table.public = (table.public.0 + all, table.public.1 + documented);
            table.headers.0 += 1;
            table.headers.1 += usize::from(source.file.text.starts_with("//!"));
            table.docs = (table.docs.0 + docs, table.docs.1 + code);
        }
        table.files = Spread::new(files);
        table.functions = Spread::new(functions);
        table
    }

    fn add_tests(&mut self, room: &str, tests: usize, code: usize) {
        match self.tests.iter_mut().find(|(name, _, _)| name == room) {
            Some(row) => *row = (row.0.clone(), row.1 + tests, row.2 + code),
            None => self.tests.push((room.to_owned(), tests, code)),
        }
    }
}

/// Lines of tests, of code and of doc comments; blank lines count nowhere.
fn count(source: &Rust<'_>, test_file: bool) -> (usize, usize, usize) {
    let (mut tests, mut code, mut docs) = (0, 0, 0);
    for (at, line) in source.file.text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if test_file || source.is_test(at + 1) {
            tests += 1;
            continue;
        }
        code += 1;
        docs += usize::from(line.starts_with("///") || line.starts_with("//!"));
    }
    (tests, code, docs)
}

/// Public items outside tests, and how many stand right below a doc comment or an attribute that
/// itself stands below one.
fn public_items(source: &Rust<'_>) -> (usize, usize) {
    const ITEMS: [&str; 9] = [
        "fn", "struct", "enum", "trait", "const", "static", "type", "async", "union",
    ];
    let lines: Vec<&str> = source.file.text.lines().map(str::trim).collect();
    let is_item = |pair: &[Token<'_>]| {
        matches!(pair, [first, second]
            if first.is("pub") && second.kind == Kind::Ident && ITEMS.contains(&second.text))
    };
    let places = source
        .code
        .windows(2)
        .filter(|pair| is_item(pair))
        .filter_map(|pair| pair.first());
    let (mut all, mut documented) = (0, 0);
    for token in places.filter(|token| !source.is_test(token.line)) {
        all += 1;
        documented += usize::from(stands_below_docs(&lines, token.line));
    }
    (all, documented)
}

fn stands_below_docs(lines: &[&str], line: usize) -> bool {
    let above = lines.iter().take(line.saturating_sub(1)).rev();
    let mut above = above
        .skip_while(|text| text.starts_with("#[") || text.ends_with(")]") || text.ends_with(','));
    above.next().is_some_and(|text| text.starts_with("///"))
}

fn percent(part: usize, whole: usize) -> f64 {
    let (part, whole) = (
        f64::from(u32::try_from(part).unwrap_or(u32::MAX)),
        f64::from(u32::try_from(whole.max(1)).unwrap_or(u32::MAX)),
    );
    100.0 * part / whole
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<28}{:>7}{:>8}{:>6}{:>6}   goal",
            "style", "count", "median", "p90", "max"
        )?;
        self.files
            .line(f, "own lines per file", "median 150, p90 400, max 600")?;
        self.functions
            .line(f, "lines per function", "p90 35, max 70")?;
        let (all, documented) = self.public;
        share(f, "public items documented", documented, all, "100 %")?;
        let (all, headed) = self.headers;
        share(f, "files with a header", headed, all, "100 %")?;
        let (docs, code) = self.docs;
        share(f, "doc lines among code lines", docs, code, "12-20 %")?;
        writeln!(
            f,
            "{:<28}{:>7}{:>8}{:>12}   goal",
            "room", "tests", "code", "ratio"
        )?;
        let tests = self.tests.iter().map(|row| row.1).sum();
        let code = self.tests.iter().map(|row| row.2).sum();
        let all = ("all".to_owned(), tests, code);
        for (room, tests, code) in self.tests.iter().chain([&all]) {
            let ratio = percent(*tests, *code) / 100.0;
            let guarded = ["policy", "intake", "resolve", "seal"].contains(&room.as_str());
            let goal = if guarded { "2" } else { "1.2" };
            writeln!(f, "{room:<28}{tests:>7}{code:>8}{ratio:>12.2}   {goal}")?;
        }
        Ok(())
    }
}

impl Spread {
    fn line(self, f: &mut fmt::Formatter<'_>, name: &str, goal: &str) -> fmt::Result {
        let Spread {
            count,
            median,
            p90,
            max,
        } = self;
        writeln!(
            f,
            "{name:<28}{count:>7}{median:>8}{p90:>6}{max:>6}   {goal}"
        )
    }
}

fn share(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    part: usize,
    whole: usize,
    goal: &str,
) -> fmt::Result {
    writeln!(
        f,
        "{name:<28}{part:>7}{whole:>8}{:>10.1} %   {goal}",
        percent(part, whole)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::File;

    #[test]
    fn deciles_are_values_that_occur() {
        let spread = Spread::new((1..=10).collect());
        assert_eq!((spread.median, spread.p90, spread.max), (5, 9, 10));
        assert_eq!(Spread::new(Vec::new()), Spread::default());
        assert_eq!(
            Spread::new(vec![7]),
            Spread {
                count: 1,
                median: 7,
                p90: 7,
                max: 7
            }
        );
    }

    #[test]
    fn public_items_are_counted_with_their_docs() {
        let text = "//! Why.\n/// Doc.\n#[must_use]\npub fn a() {}\npub fn b() {}\npub(crate) fn c() {}\n/// Doc.\npub struct D;\n#[cfg(test)]\nmod tests {\n pub fn e() {}\n}\n";
        let file = File {
            path: "crates/credit/src/a.rs".into(),
            text: text.into(),
        };
        let table = Table::new(&[Rust::new(&file)], &BTreeSet::new());
        assert_eq!(table.public, (3, 2));
        assert_eq!(table.headers, (1, 1));
        assert_eq!(table.docs.0, 3);
        assert_eq!(table.tests, [("credit".to_owned(), 4, 8)]);
        assert!(table.to_string().contains("own lines per file"));
    }
}

//! Whether a test can fail: each rule is taken out of a copy of the program, by itself, and its test must
//! notice. What goes and what comes stands in `docs/rules-removed.txt`.

use super::{Part, Progress};
use crate::run;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Output;

/// The list, from the root of the workspace.
const LIST: &str = "docs/rules-removed.txt";

/// One change that takes a rule out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// `R17`.
    pub rule: String,
    /// The crate whose test must notice.
    pub package: String,
    /// The test.
    pub test: String,
    /// The file.
    pub file: String,
    /// The text that goes.
    pub old: String,
    /// What comes in its place.
    pub new: String,
}

impl Removed {
    /// The file without the rule.
    ///
    /// # Errors
    /// When the text does not stand in it exactly once.
    pub fn apply(&self, text: &str) -> io::Result<String> {
        let count = text.matches(&self.old).count();
        if count == 1 {
            return Ok(text.replacen(&self.old, &self.new, 1));
        }
        let (rule, file) = (&self.rule, &self.file);
        Err(io::Error::other(format!(
            "{LIST}: the text of {rule} stands {count} times in {file}"
        )))
    }
}

/// Reads the list; what is no block of four lines is a mistake.
///
/// # Errors
/// Names the block.
pub fn read(text: &str) -> io::Result<Vec<Removed>> {
    let blocks = text.split("\n\n").skip(1);
    let read = blocks.map(|block| {
        one(block).ok_or_else(|| io::Error::other(format!("{LIST}: not a block:\n{block}")))
    });
    read.collect()
}

fn one(block: &str) -> Option<Removed> {
    let lines: Vec<&str> = block.trim_end().lines().collect();
    let [head, file, old, new] = lines.as_slice() else {
        return None;
    };
    let words: Vec<&str> = head.split(' ').collect();
    let [rule, package, test] = words.as_slice() else {
        return None;
    };
    Some(Removed {
        rule: (*rule).to_owned(),
        package: (*package).to_owned(),
        test: (*test).to_owned(),
        file: file.strip_prefix("@ ")?.to_owned(),
        old: old.strip_prefix("- ")?.to_owned(),
        new: new.strip_prefix("+ ")?.to_owned(),
    })
}

/// Takes each rule out in turn.
///
/// # Errors
/// When a change cannot be made or does not build, and when a test passes without its rule.
pub fn removed(part: &Part<'_>, progress: &mut Progress) -> io::Result<()> {
    let list = read(&std::fs::read_to_string(part.root.join(LIST))?)?;
    let tree = part.work.join("tree");
    copy(part.root, &tree)?;
    let done = usize::try_from(progress.done()).unwrap_or(usize::MAX);
    for one in list.iter().skip(done) {
        if !part.has_time() {
            break;
        }
        let whole = std::fs::read_to_string(tree.join(&one.file))?;
        let noticed = without(part, &tree, one, &one.apply(&whole)?);
        std::fs::write(tree.join(&one.file), whole)?;
        noticed?;
        progress.step(1, &[("rules taken out and noticed", 1)])?;
    }
    Ok(())
}

/// Runs the test of a rule with a file that lacks it.
fn without(part: &Part<'_>, tree: &Path, one: &Removed, text: &str) -> io::Result<()> {
    std::fs::write(tree.join(&one.file), text)?;
    let words = [
        "cargo",
        "test",
        "-q",
        "-p",
        &one.package,
        "--test",
        "it",
        &one.test,
    ];
    let mut command = run::command(tree, &words)?;
    command.env("CARGO_TARGET_DIR", target(part)?);
    let output = command.stdin(std::process::Stdio::null()).output()?;
    verdict(&output).map_err(|why| {
        let printed = part.printed(&[&*output.stdout, &*output.stderr].concat());
        let (rule, test) = (&one.rule, &one.test);
        io::Error::other(format!("{rule} ({test}): {why}; {printed}"))
    })
}

/// Whether the test ran and failed.
fn verdict(output: &Output) -> Result<(), &'static str> {
    let printed = String::from_utf8_lossy(&output.stdout);
    if printed.contains("test result: FAILED") {
        Ok(())
    } else if output.status.success() && printed.contains("running 0 tests") {
        Err("there is no such test")
    } else if output.status.success() {
        Err("the test passes without the rule")
    } else {
        Err("the program does not build without the rule")
    }
}

/// A target folder of its own: programs that lack a rule are never taken for the whole ones, which cargo
/// tells by their place in a workspace, not by where the workspace stands.
fn target(part: &Part<'_>) -> io::Result<PathBuf> {
    std::path::absolute(part.work.join("built"))
}

/// Copies what git knows of the workspace, as it stands; a file that is the same is left alone, so that
/// nothing is built twice.
fn copy(root: &Path, tree: &Path) -> io::Result<()> {
    let listed = run::kept(root, &["git", "ls-files", "-z"])?;
    if !listed.status.success() {
        return Err(io::Error::other(
            "the files of the workspace cannot be listed",
        ));
    }
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let content = std::fs::read(root.join(name))?;
        let to = tree.join(name);
        if std::fs::read(&to).is_ok_and(|there| there == content) {
            continue;
        }
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&to, content)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Rules of the table that the platform keeps, by their numbers.
    fn kept(table: &str) -> BTreeSet<String> {
        let rows = table.lines().filter(|line| line.starts_with("| R"));
        let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
        let kept = cells.filter(|cells| !cells[3].starts_with("not yet"));
        kept.map(|cells| cells[1].to_owned()).collect()
    }

    #[test]
    fn every_rule_that_is_kept_can_be_taken_out() -> io::Result<()> {
        let root = run::root();
        let list = read(&std::fs::read_to_string(root.join(LIST))?)?;
        for one in &list {
            let text = std::fs::read_to_string(root.join(&one.file))?;
            assert_ne!(one.apply(&text)?, text, "{one:?}");
        }
        let table = std::fs::read_to_string(root.join("docs/rules.md"))?;
        let taken: BTreeSet<String> = list.into_iter().map(|one| one.rule).collect();
        assert_eq!(kept(&table), taken, "rules.md and {LIST}");
        Ok(())
    }

    #[test]
    fn a_block_is_four_lines_and_a_text_that_stands_once() {
        let text = "About.\n\nR01 credit a::b\n@ f.rs\n- x > 1\n+ true\n";
        let list = read(text).unwrap_or_default();
        assert_eq!((list.len(), list[0].rule.as_str()), (1, "R01"));
        assert_eq!(
            list[0].apply("if x > 1 {").ok().as_deref(),
            Some("if true {")
        );
        assert!(list[0].apply("x > 1 || x > 1").is_err() && list[0].apply("x").is_err());
        assert!(read("About.\n\nR01 credit\n@ f.rs\n- x\n+ y\n").is_err());
    }

    #[test]
    fn only_a_test_that_ran_and_failed_has_noticed() {
        let ran = |code: i32, out: &str| {
            use std::os::unix::process::ExitStatusExt as _;
            verdict(&Output {
                status: std::process::ExitStatus::from_raw(code << 8),
                stdout: out.as_bytes().to_vec(),
                stderr: Vec::new(),
            })
        };
        assert!(ran(101, "running 1 test\ntest result: FAILED. 0 passed").is_ok());
        for (code, out) in [(0, "running 1 test\nok"), (0, "running 0 tests"), (101, "")] {
            assert!(ran(code, out).is_err(), "{code} {out}");
        }
    }
}

//! Running programs: where they stand, what they printed, how long they took.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// The workspace: the nearest folder with a lock file, from this crate's as cargo names it while it runs,
/// or from the current one. No path is built in, so that two builds are the same program.
#[must_use]
pub fn root() -> PathBuf {
    let named = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = named.or_else(|| std::env::current_dir().ok());
    let here = here.unwrap_or_default();
    let root = here
        .ancestors()
        .find(|one| one.join("Cargo.lock").is_file());
    root.unwrap_or(&here).to_path_buf()
}

/// The folder of built programs.
#[must_use]
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// A program on `PATH`, or where Debian keeps servers and versions apart.
#[must_use]
pub fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    folders.push(PathBuf::from("/usr/sbin"));
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    folders.extend(versions.map(|version| version.path().join("bin")));
    folders
        .into_iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// Runs a command with its output on this terminal and nothing on its input.
///
/// # Errors
/// When it cannot be started.
pub fn shown(root: &Path, words: &[&str]) -> io::Result<bool> {
    Ok(command(root, words)?
        .stdin(Stdio::null())
        .status()?
        .success())
}

/// Runs a command and keeps what it printed.
///
/// # Errors
/// When it cannot be started.
pub fn kept(root: &Path, words: &[&str]) -> io::Result<Output> {
    command(root, words)?.stdin(Stdio::null()).output()
}

/// A command in the workspace.
///
/// # Errors
/// When no words are given.
pub fn command(root: &Path, words: &[&str]) -> io::Result<Command> {
    let (program, arguments) = words
        .split_first()
        .ok_or_else(|| io::Error::other("a command needs a program"))?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root);
    // What cargo told this chore of its own package would look, to build scripts that read it, like a
    // change of theirs: they would run again at every turn between cargo and its subcommands.
    let told = std::env::vars_os().map(|(name, _)| name);
    for name in told.filter(|name| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    }) {
        command.env_remove(name);
    }
    Ok(command)
}

/// Does something and says how long it took.
pub fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = act();
    (result, start.elapsed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_answer_with_their_code_and_output() -> io::Result<()> {
        let root = root();
        assert!(shown(&root, &["true"])?);
        assert!(!shown(&root, &["false"])?);
        assert_eq!(kept(&root, &["echo", "a"])?.stdout, b"a\n");
        assert!(kept(&root, &[]).is_err());
        assert!(kept(&root, &["no-such-program"]).is_err());
        Ok(())
    }

    #[test]
    fn programs_are_found_by_name() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program").is_none());
        assert!(root().join("Cargo.lock").is_file());
    }
}

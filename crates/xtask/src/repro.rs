//! `cargo xtask repro`: two builds of the same sources in two folders give equal bytes. What differs
//! between machines (where the checkout and cargo's folder stand) is mapped away from the program.

use crate::run;
use std::io;
use std::path::{Path, PathBuf};

/// The names under which the two folders stand in the program.
const SOURCES: &str = "/gongxin";
const CARGO: &str = "/cargo";

/// Builds a program twice and compares. `package` and `program`: which. `release`: as it is shipped.
///
/// # Errors
/// When a build fails, or the two differ; the message says at which byte.
pub fn run(root: &Path, package: &str, program: &str, release: bool) -> io::Result<()> {
    let work = run::target(root).join("repro");
    let mut built = Vec::new();
    for name in ["one", "another-folder"] {
        let folder = work.join(name);
        copy(root, &folder)?;
        built.push(build(&folder, package, program, release)?);
    }
    let (one, other) = (std::fs::read(&built[0])?, std::fs::read(&built[1])?);
    match difference(&one, &other) {
        None => {
            println!("{program}: {} bytes, equal in both builds", one.len());
            Ok(())
        }
        Some(at) => Err(io::Error::other(format!(
            "{} and {} differ from byte {at} on",
            built[0].display(),
            built[1].display()
        ))),
    }
}

/// The first byte at which two files differ.
#[must_use]
pub fn difference(one: &[u8], other: &[u8]) -> Option<usize> {
    if one == other {
        return None;
    }
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    Some(same)
}

/// Copies what git knows of the checkout, as it lies there.
fn copy(root: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    let words = [
        "git",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ];
    let listed = run::kept(root, &words)?;
    if !listed.status.success() {
        return Err(io::Error::other(
            "git does not list the files of this checkout",
        ));
    }
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    for name in listed.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (root.join(name), to.join(name));
        if !from.is_file() {
            continue;
        }
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::copy(from, to)?;
    }
    Ok(())
}

fn build(folder: &Path, package: &str, program: &str, release: bool) -> io::Result<PathBuf> {
    let mut words = vec![
        "cargo", "build", "-q", "--locked", "-p", package, "--bin", program,
    ];
    if release {
        words.push("--release");
    }
    println!("-- {}: {}", folder.display(), words.join(" "));
    let mut command = run::command(folder, &words)?;
    let done = command
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_ENCODED_RUSTFLAGS", flags(folder))
        .env_remove("RUSTFLAGS")
        // Tests run under cargo, whose word about the crate at hand must not reach the next one.
        .env_remove("CARGO_MANIFEST_DIR")
        .stdin(std::process::Stdio::null())
        .status()?;
    if !done.success() {
        return Err(io::Error::other("the build failed"));
    }
    let profile = if release { "release" } else { "debug" };
    Ok(folder.join("target").join(profile).join(program))
}

/// The flags of a reproducible build: `docs/reproducible.md` names the same.
fn flags(folder: &Path) -> String {
    let cargo = std::env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"),
        PathBuf::from,
    );
    [
        format!("--remap-path-prefix={}={SOURCES}", folder.display()),
        format!("--remap-path-prefix={}={CARGO}", cargo.display()),
    ]
    .join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn files_differ_where_they_do() {
        assert_eq!(difference(b"ab", b"ab"), None);
        assert_eq!(difference(b"ab", b"ac"), Some(1));
        assert_eq!(difference(b"ab", b"abc"), Some(2));
    }
}

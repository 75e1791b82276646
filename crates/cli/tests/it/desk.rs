//! A folder of its own for each test, and the binary run in it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary folder with files and a data folder, and the language of messages.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
    lang: &'static str,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) bytes: Vec<u8>,
}

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk {
            folder: tempfile::tempdir().unwrap(),
            lang: "en",
        }
    }

    pub(crate) fn speaking(lang: &'static str) -> Desk {
        Desk {
            lang,
            ..Desk::new()
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The binary with nothing of the caller's environment, in this folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongxin"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env_clear()
            .env("GONGXIN_LANG", self.lang)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().unwrap())
    }

    /// Runs it, expects the exit code and gives what it wrote.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(code), "{args:?}: {ran:#?}");
        ran
    }
}

impl Ran {
    pub(crate) fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            bytes: output.stdout,
        }
    }

    /// The numbers of the last line; its shape is checked sign by sign.
    #[track_caller]
    pub(crate) fn counts(&self) -> [u64; 5] {
        let last = self.out.lines().last().unwrap_or_default();
        let numbers: Vec<u64> = last
            .split(", ")
            .zip(["accepted", "rejected", "held", "unchanged", "late"])
            .filter_map(|(part, name)| part.strip_prefix(name)?.strip_prefix(' ')?.parse().ok())
            .collect();
        let counts: [u64; 5] = numbers.try_into().expect(last);
        let [accepted, rejected, held, unchanged, late] = counts;
        let again = format!(
            "accepted {accepted}, rejected {rejected}, held {held}, unchanged {unchanged}, late {late}"
        );
        assert_eq!(last, again);
        counts
    }
}

/// Every file below a folder, with its bytes.
pub(crate) fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_below(&path));
        } else {
            found.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

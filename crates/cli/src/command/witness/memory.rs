//! What was signed last of each log: a small file that is on the disk before any signature leaves.

use crate::exit::Failure;
use crate::text;
use seal::Digest;
use seal::witness::{Refusal, Seen};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What was signed, by the log's name.
pub(crate) type Signed = BTreeMap<String, Seen>;

/// The file and what it holds.
pub(crate) struct Memory {
    path: PathBuf,
    seen: Mutex<Signed>,
}

impl Memory {
    /// Opens it; a file that cannot be read is no reason to begin anew, for that would let a log be
    /// rewritten.
    pub(crate) fn open(path: &Path) -> Result<Memory, Failure> {
        let seen = match fs::read_to_string(path) {
            Ok(text) => parse(&text).ok_or_else(|| {
                Failure::request(text::KEY_DAMAGED, &[&path.display().to_string()])
            })?,
            Err(cause) if cause.kind() == ErrorKind::NotFound => Signed::new(),
            Err(cause) => return Err(Failure::io(path, text::CANNOT_READ, cause)),
        };
        Ok(Memory {
            path: path.to_owned(),
            seen: Mutex::new(seen),
        })
    }

    /// Runs a step that may change what was signed, and writes the change down before its result is
    /// given away. `None`: it could not be written, and nothing was signed for anybody to see.
    pub(crate) fn under_lock<T>(
        &self,
        step: impl FnOnce(&mut Signed) -> Result<T, Refusal>,
    ) -> Option<Result<T, Refusal>> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = seen.clone();
        let outcome = step(&mut changed);
        if changed != *seen {
            if let Err(cause) = self.write(&changed) {
                tracing::error!(error = %cause, "what was signed could not be written down");
                return None;
            }
            *seen = changed;
        }
        Some(outcome)
    }

    fn write(&self, seen: &Signed) -> io::Result<()> {
        let fresh = self.path.with_extension("new");
        let mut file = File::create(&fresh)?;
        for (origin, last) in seen {
            writeln!(file, "{} {} {origin}", last.size, last.root)?;
        }
        file.sync_all()?;
        fs::rename(&fresh, &self.path)?;
        match self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            Some(folder) => File::open(folder)?.sync_all(),
            None => Ok(()),
        }
    }
}

/// One line a log: size, root, name.
fn parse(text: &str) -> Option<Signed> {
    let mut seen = Signed::new();
    for line in text.lines() {
        let mut parts = line.splitn(3, ' ');
        let (size, root) = (parts.next()?.parse().ok()?, Digest::parse(parts.next()?)?);
        seen.insert(parts.next()?.to_owned(), Seen { size, root });
    }
    Some(seen)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;

    #[test]
    fn what_was_signed_is_there_again_and_a_damaged_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state");
        let memory = Memory::open(&path).unwrap();
        let last = Seen {
            size: 7,
            root: seal::sha256(b"x"),
        };
        let done = memory.under_lock(|seen| {
            seen.insert("a/b c".to_owned(), last);
            Ok(1)
        });
        assert_eq!(done, Some(Ok(1)));
        let again = Memory::open(&path).unwrap();
        let found = again.under_lock(|seen| Ok(seen.get("a/b c").copied()));
        assert_eq!(found, Some(Ok(Some(last))));
        fs::write(&path, "7 xyz a\n").unwrap();
        assert!(Memory::open(&path).is_err());
    }

    #[test]
    fn nothing_is_signed_that_cannot_be_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::open(&folder.path().join("gone").join("state")).unwrap();
        let step = |seen: &mut Signed| {
            seen.insert(
                "a".to_owned(),
                Seen {
                    size: 1,
                    root: seal::sha256(b"x"),
                },
            );
            Ok(())
        };
        assert_eq!(memory.under_lock(step), None);
        assert_eq!(memory.under_lock(|seen| Ok(seen.len())), Some(Ok(0)));
    }
}

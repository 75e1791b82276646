//! Real data from elsewhere: read where it lies, never copied into the repository. A machine
//! without it still runs every other test, and says once what it left out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Names the folder that holds the data; without it `../shared/data` beside the checkout is tried.
pub const VARIABLE: &str = "GONGXIN_SHARED_DATA";

/// A file or folder of the real data, by its path inside that folder. `None` when it is absent;
/// then one line per missing path goes to standard error, so that a green run cannot hide a skip.
#[must_use]
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = root().map(|root| root.join(path)).filter(|at| at.exists());
    if found.is_none() {
        say_once(path);
    }
    found
}

/// The workspace this crate was built in: tests of every crate find `catalog/` and `samples/` here.
#[must_use]
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Compares what a test measured with the committed file; `GONGXIN_ACCEPT=1` writes it anew.
///
/// # Panics
/// Where they differ: the difference is read before it is accepted.
pub fn kept(name: &str, measured: &str) {
    let at = workspace().join(name);
    if std::env::var_os("GONGXIN_ACCEPT").is_some() {
        // What was not written differs below.
        _ = std::fs::write(&at, measured);
    }
    let committed = std::fs::read_to_string(&at).unwrap_or_default();
    assert!(
        committed == measured,
        "{} differs from what is measured; review it, then run this test with GONGXIN_ACCEPT=1",
        at.display()
    );
}

/// The files of a folder in name order, so that every run takes them in the same order.
#[must_use]
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

fn root() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    let beside = workspace()
        .parent()
        .map(|parent| parent.join("shared/data"));
    named.or(beside).filter(|folder| folder.is_dir())
}

fn say_once(path: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut said = SAID
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if said.insert(path.to_owned()) {
        eprintln!(
            "SKIPPED: real data `{path}` is absent; set {VARIABLE} to the folder that holds it"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_does_not_exist_is_none() {
        assert_eq!(shared("no/such/folder"), None);
    }

    #[test]
    fn the_workspace_is_the_folder_of_the_lock_file() {
        assert!(workspace().join("Cargo.lock").is_file());
    }

    #[test]
    fn files_come_in_name_order_and_without_folders() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        for name in ["b", "a", "c"] {
            std::fs::write(folder.path().join(name), name)?;
        }
        std::fs::create_dir(folder.path().join("0"))?;
        let names: Vec<_> = files(folder.path())
            .iter()
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
            .collect();
        assert_eq!(names, ["a", "b", "c"]);
        Ok(())
    }
}

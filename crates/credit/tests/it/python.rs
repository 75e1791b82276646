//! A Python with one package of another project, as an oracle. It is the one that an environment
//! variable names, or one installed at a pinned version into the folder that `GONGXIN_CACHE` names;
//! without either the test says that it is skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A package and how to find it.
pub(crate) struct Package {
    /// Folder of its environment under `GONGXIN_CACHE`.
    pub(crate) folder: &'static str,
    /// Names a Python that has it.
    pub(crate) variable: &'static str,
    /// What is installed.
    pub(crate) pinned: &'static str,
    /// What shows that it is there.
    pub(crate) import: &'static str,
}

impl Package {
    /// A Python that has the package.
    pub(crate) fn python(&self) -> Option<PathBuf> {
        let found = self.find();
        if found.is_none() {
            eprintln!(
                "SKIPPED: {}; set GONGXIN_CACHE to a folder where it may be installed, or {} to a \
                 Python that has it",
                self.pinned, self.variable
            );
        }
        found
    }

    fn find(&self) -> Option<PathBuf> {
        if let Some(named) = std::env::var_os(self.variable) {
            return Some(PathBuf::from(named)).filter(|python| self.is_in(python));
        }
        let folder = PathBuf::from(std::env::var_os("GONGXIN_CACHE")?).join(self.folder);
        let python = folder.join("bin/python");
        if self.is_in(&python) {
            return Some(python);
        }
        let made = Command::new("python3")
            .args(["-m", "venv"])
            .arg(&folder)
            .status();
        let installed = made.ok()?.success()
            && Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", self.pinned])
                .status()
                .ok()?
                .success();
        installed.then_some(python)
    }

    fn is_in(&self, python: &Path) -> bool {
        Command::new(python)
            .args(["-c", self.import])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

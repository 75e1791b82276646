//! The shipped catalogue loads, and says what it must.

use credit::catalog::{Catalog, Finding, Grade, Theme};
use jiff::civil::date;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The catalogue folder of this repository.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog")
}

/// Its files, as the command line reads them.
pub(crate) fn shipped() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&folder(), &folder(), &mut files);
    files
}

fn collect(root: &Path, at: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

pub(crate) fn load() -> Catalog {
    Catalog::load(&shipped()).unwrap_or_else(|findings| panic!("{}", listed(&findings)))
}

fn listed(findings: &[Finding]) -> String {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Grade::Error);
    errors.map(|finding| format!("{finding}\n")).collect()
}

fn theme(catalog: &Catalog, code: &str) -> Arc<Theme> {
    Arc::clone(catalog.theme(code, date(2026, 11, 22)).unwrap())
}

#[test]
fn the_shipped_catalogue_has_no_error() {
    let catalog = load();
    assert!(!catalog.themes.is_empty());
    assert_eq!(catalog.digest.len(), 64);
}

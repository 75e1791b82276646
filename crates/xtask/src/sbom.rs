//! `cargo xtask sbom`: what the program is made of, as CycloneDX 1.6. Made from `Cargo.lock`, from what
//! cargo says is linked into the program, and from the manifests of the crates; it names no machine and
//! no time, so that the same sources give the same bytes.

use crate::run;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// A package as `Cargo.lock` has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its archive; none for crates of this workspace.
    pub checksum: Option<String>,
    /// What it depends on, as names or `name version`.
    pub needs: Vec<String>,
}

impl Package {
    fn key(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version)
    }
}

/// Writes the list of parts.
///
/// # Errors
/// When cargo fails or the file cannot be written.
pub fn write(root: &Path, to: Option<&str>) -> io::Result<()> {
    let text = text(root)?;
    let path = to.map_or_else(
        || run::target(root).join("gongxin.cdx.json"),
        |to| root.join(to),
    );
    std::fs::write(&path, text)?;
    println!("{}", path.display());
    Ok(())
}

/// The list of parts as text.
///
/// # Errors
/// When cargo fails, or something is linked that the lock file does not name.
pub fn text(root: &Path) -> io::Result<String> {
    let locked = locked(&std::fs::read_to_string(root.join("Cargo.lock"))?);
    let linked = linked(root)?;
    let parts: Vec<&Package> = locked
        .iter()
        .filter(|one| linked.contains(&(one.name.clone(), one.version.clone())))
        .collect();
    if parts.len() != linked.len() {
        return Err(io::Error::other(
            "cargo links what Cargo.lock does not name",
        ));
    }
    Ok(document(&parts, &licences(root)))
}

/// The packages of a lock file.
#[must_use]
pub fn locked(text: &str) -> Vec<Package> {
    let mut packages = Vec::new();
    for block in text.split("[[package]]").skip(1) {
        let value = |name: &str| {
            let line = block
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
            line.map(|value| value.trim_matches('"').to_owned())
        };
        let needs = block.split_once("dependencies = [").map(|(_, rest)| rest);
        let needs =
            needs
                .and_then(|rest| rest.split_once(']'))
                .map_or_else(Vec::new, |(list, _)| {
                    let names = list
                        .lines()
                        .map(|line| line.trim().trim_matches([',', '"']));
                    names
                        .filter(|name| !name.is_empty())
                        .map(str::to_owned)
                        .collect()
                });
        packages.push(Package {
            name: value("name").unwrap_or_default(),
            version: value("version").unwrap_or_default(),
            checksum: value("checksum"),
            needs,
        });
    }
    packages
}

/// Name and version of everything that is linked into the program on this machine's system.
fn linked(root: &Path) -> io::Result<BTreeSet<(String, String)>> {
    let words = [
        "cargo", "tree", "--locked", "-p", "cli", "-e", "normal", "--prefix", "none", "--format",
        "{p}",
    ];
    let output = run::kept(root, &words)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(said));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut linked = BTreeSet::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        if let (Some(name), Some(version)) = (words.next(), words.next()) {
            let version = version.trim_start_matches('v').to_owned();
            linked.insert((name.to_owned(), version));
        }
    }
    Ok(linked)
}

/// Licences by `name-version`, as the manifests in cargo's folder and in the workspace say.
fn licences(root: &Path) -> BTreeMap<String, String> {
    let home = std::env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo"),
        PathBuf::from,
    );
    let registries = std::fs::read_dir(home.join("registry/src"));
    let mut found = BTreeMap::new();
    for registry in registries.into_iter().flatten().flatten() {
        let crates = std::fs::read_dir(registry.path());
        for one in crates.into_iter().flatten().flatten() {
            let name = one.file_name().to_string_lossy().into_owned();
            let manifest = std::fs::read_to_string(one.path().join("Cargo.toml"));
            if let Some(licence) = manifest.ok().as_deref().and_then(licence) {
                found.insert(name, licence);
            }
        }
    }
    let own = std::fs::read_to_string(root.join("Cargo.toml")).ok();
    if let Some(licence) = own.as_deref().and_then(licence) {
        found.insert(String::new(), licence);
    }
    found
}

fn licence(manifest: &str) -> Option<String> {
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("license = \""))?;
    // The old form with a slash means either.
    Some(line.trim_end_matches('"').replace('/', " OR "))
}

fn document(parts: &[&Package], licences: &BTreeMap<String, String>) -> String {
    let keys = keys(parts);
    let mut text = String::from(
        "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n",
    );
    let program = parts.iter().find(|part| part.name == "cli");
    let version = program.map_or("", |part| part.version.as_str());
    // Writing to a string does not fail.
    let _written = write!(
        text,
        "  \"metadata\": {{\n    \"component\": {{ \"type\": \"application\", \"bom-ref\": \"gongxin\", \"name\": \"gongxin\", \"version\": {} }}\n  }},\n  \"components\": [\n",
        string(version)
    );
    let components: Vec<String> = parts.iter().map(|part| component(part, licences)).collect();
    text.push_str(&components.join(",\n"));
    text.push_str("\n  ],\n  \"dependencies\": [\n");
    let top = program.map(|part| part.key()).unwrap_or_default();
    let mut edges = vec![edge("gongxin", &[top])];
    for part in parts {
        let needs: Vec<String> = part
            .needs
            .iter()
            .filter_map(|name| keys.get(name.as_str()).cloned())
            .collect();
        edges.push(edge(&part.key(), &needs));
    }
    text.push_str(&edges.join(",\n"));
    text.push_str("\n  ]\n}\n");
    text
}

/// Parts by the names under which a lock file depends on them: alone where that is enough, and with
/// the version.
fn keys(parts: &[&Package]) -> BTreeMap<String, String> {
    let mut keys = BTreeMap::new();
    for part in parts {
        keys.insert(part.name.clone(), part.key());
        keys.insert(format!("{} {}", part.name, part.version), part.key());
    }
    keys
}

fn component(part: &Package, licences: &BTreeMap<String, String>) -> String {
    let own = part.checksum.is_none();
    let name = format!("{}-{}", part.name, part.version);
    let licence = licences.get(if own { "" } else { name.as_str() });
    let mut members = vec![
        "\"type\": \"library\"".to_owned(),
        format!("\"bom-ref\": {}", string(&part.key())),
        format!("\"name\": {}", string(&part.name)),
        format!("\"version\": {}", string(&part.version)),
        "\"scope\": \"required\"".to_owned(),
    ];
    if let Some(checksum) = &part.checksum {
        let hash = string(checksum);
        members.push(format!(
            "\"hashes\": [{{ \"alg\": \"SHA-256\", \"content\": {hash} }}]"
        ));
        members.push(format!("\"purl\": {}", string(&part.key())));
    }
    if let Some(licence) = licence {
        let licence = string(licence);
        members.push(format!("\"licenses\": [{{ \"expression\": {licence} }}]"));
    }
    format!("    {{ {} }}", members.join(", "))
}

fn edge(from: &str, to: &[String]) -> String {
    let to: Vec<String> = to.iter().map(|key| string(key)).collect();
    format!(
        "    {{ \"ref\": {}, \"dependsOn\": [{}] }}",
        string(from),
        to.join(", ")
    )
}

/// A text in JSON. Names, versions and licences of crates are plain; what is not is written out.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control.is_control() => {
                let _written = write!(out, "\\u{:04x}", u32::from(control));
            }
            plain => out.push(plain),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "version = 4\n\n[[package]]\nname = \"cli\"\nversion = \"0.1.0\"\ndependencies = [\n \"a\",\n \"b 2.0.0\",\n]\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry\"\nchecksum = \"00ff\"\n\n[[package]]\nname = \"b\"\nversion = \"2.0.0\"\nchecksum = \"11\"\n";

    #[test]
    fn a_lock_file_is_read() {
        let packages = locked(LOCK);
        assert_eq!(packages.len(), 3);
        assert_eq!(packages[0].needs, ["a", "b 2.0.0"]);
        assert_eq!(packages[1].checksum.as_deref(), Some("00ff"));
        assert_eq!(packages[1].key(), "pkg:cargo/a@1.0.0");
    }

    #[test]
    fn parts_and_what_they_need_are_named() {
        let packages = locked(LOCK);
        let parts: Vec<&Package> = packages.iter().collect();
        let licences = [("a-1.0.0".to_owned(), "MIT".to_owned())];
        let text = document(&parts, &licences.into_iter().collect());
        for part in [
            r#""purl": "pkg:cargo/a@1.0.0""#,
            r#"{ "alg": "SHA-256", "content": "00ff" }"#,
            r#"[{ "expression": "MIT" }]"#,
            r#"{ "ref": "gongxin", "dependsOn": ["pkg:cargo/cli@0.1.0"] }"#,
            r#""dependsOn": ["pkg:cargo/a@1.0.0", "pkg:cargo/b@2.0.0"]"#,
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert_eq!(string("a\"\\\n"), "\"a\\\"\\\\\\u000a\"");
        assert_eq!(
            licence("license = \"MIT/Apache-2.0\"\n").as_deref(),
            Some("MIT OR Apache-2.0")
        );
    }
}

//! Debian packages that tests need beyond Rust: a database, a browser, a font. Installed when this
//! process may, else named in one line.

use crate::run;
use std::path::Path;

/// A package and how to see that what it brings is there.
struct Package {
    name: &'static str,
    brings: &'static [&'static str],
}

const PACKAGES: &[Package] = &[
    Package {
        name: "postgresql",
        brings: &["initdb"],
    },
    Package {
        name: "chromium",
        brings: &["chromium", "chromium-browser", "google-chrome"],
    },
    Package {
        name: "chromium-driver",
        brings: &["chromedriver"],
    },
];

/// A font with Chinese glyphs: PDF and screenshots are blank boxes without one.
const FONT: Package = Package {
    name: "fonts-noto-cjk",
    brings: &[],
};
const FONT_FOLDERS: [&str; 3] = [
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts/opentype/noto",
];

/// Names of packages that are missing.
#[must_use]
pub fn missing() -> Vec<&'static str> {
    let programs = PACKAGES
        .iter()
        .filter(|package| !package.brings.iter().any(|name| run::find(name).is_some()));
    let font = (!has_cjk_font()).then_some(FONT.name);
    programs.map(|package| package.name).chain(font).collect()
}

fn has_cjk_font() -> bool {
    FONT_FOLDERS
        .iter()
        .any(|folder| contains_cjk(Path::new(folder), 4))
}

fn contains_cjk(folder: &Path, depth: usize) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|path| {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().to_lowercase())
            .unwrap_or_default();
        let fits = ["cjk", "sourcehan", "notosanssc", "wqy"]
            .iter()
            .any(|part| name.contains(part));
        (path.is_file() && fits) || (depth > 0 && path.is_dir() && contains_cjk(&path, depth - 1))
    })
}

/// The one line that installs packages.
#[must_use]
pub fn line(packages: &[&str]) -> String {
    format!(
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        packages.join(" ")
    )
}

/// Installs what is missing where this process may; what is missing afterwards.
#[must_use]
pub fn provide(root: &Path) -> Vec<&'static str> {
    let wanted = missing();
    if wanted.is_empty() || !is_root() || run::find("apt-get").is_none() {
        return wanted;
    }
    println!("installing {}", wanted.join(" "));
    let apt = |words: &[&str]| {
        let command = run::command(root, words);
        let done = command.and_then(|mut command| {
            command
                .env("DEBIAN_FRONTEND", "noninteractive")
                .stdin(std::process::Stdio::null())
                .output()
        });
        done.is_ok_and(|output| output.status.success())
    };
    let mut install = vec!["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    install.extend(&wanted);
    if apt(&["apt-get", "update", "-qq"]) && apt(&install) {
        println!("installed");
    } else {
        println!("apt-get could not install them");
    }
    missing()
}

/// Whether this process runs as root, as the owner of its own entry in `/proc` tells.
#[must_use]
pub fn is_root() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ids = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    ids.and_then(|ids| ids.split_whitespace().nth(1)) == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_can_be_pasted() {
        let line = line(&["a", "b"]);
        assert!(line.ends_with("install -y --no-install-recommends a b"));
        assert!(!line.contains('\n'));
    }

    #[test]
    fn a_font_is_found_by_its_file() -> std::io::Result<()> {
        let folder = std::env::temp_dir().join(format!("gongxin-font-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("noto"))?;
        assert!(!contains_cjk(&folder, 4));
        std::fs::write(folder.join("noto/NotoSansCJK-Regular.ttc"), b"")?;
        assert!(contains_cjk(&folder, 4));
        std::fs::remove_dir_all(folder)
    }
}

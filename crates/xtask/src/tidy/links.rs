//! Links between the documents: one that leads nowhere costs its reader more than a missing one.

use super::Finding;
use crate::source::File;
use std::collections::BTreeSet;

/// Checks the relative links of every Markdown file against the files that are there.
pub fn check(files: &[File], findings: &mut Vec<Finding>) {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        for (at, line) in file.text.lines().enumerate() {
            // Pictures in bytes are not among the files that were read.
            for link in links(line).filter(|link| !link.ends_with(".png")) {
                let path = resolved(&file.path, link);
                let folder = format!("{}/", path.trim_end_matches('/'));
                let exists = paths.contains(path.as_str())
                    || paths.iter().any(|known| known.starts_with(&folder));
                if !exists {
                    let message = format!("`{link}` leads nowhere");
                    findings.push(Finding::new(file, at + 1, "link", message));
                }
            }
        }
    }
}

/// Targets of the links and pictures of a line, without anchors; addresses elsewhere are left out.
fn links(line: &str) -> impl Iterator<Item = &str> {
    line.split("](").skip(1).filter_map(|tail| {
        let target = tail.split([')', '#', ' ']).next()?;
        let local = !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:");
        local.then_some(target)
    })
}

/// A path from the workspace's root, of a link in a file.
fn resolved(file: &str, link: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_from_their_file() {
        let file = |path: &str, text: &str| File {
            path: path.into(),
            text: text.into(),
        };
        let text = "[a](b.md) [c](../README.md#top) [d](nested/) ![e](gone.svg) [f](https://example.invalid/x)";
        let files = [
            file("docs/a.md", text),
            file("docs/b.md", ""),
            file("docs/nested/c.md", ""),
            file("README.md", ""),
        ];
        let mut findings = Vec::new();
        check(&files, &mut findings);
        let messages: Vec<_> = findings
            .iter()
            .map(|finding| finding.message.as_str())
            .collect();
        assert_eq!(messages, ["`gone.svg` leads nowhere"]);
    }
}

//! Words that must not ship: notes to oneself, and paths of one developer's machine.

use super::Finding;
use crate::source::File;

/// Notes to oneself belong into the tracker. Written in halves, since this file is checked too.
const NOTES: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
];

/// Places that exist on one machine only.
const PLACES: [&str; 5] = [
    concat!("/wo", "rk/"),
    concat!("/tmp/", "brief"),
    concat!("/tmp/", "target"),
    concat!("/ro", "ot/"),
    concat!("shared/", "design"),
];

/// Test data lies beside the checkout, if anywhere: a path to it is written from there.
const DATA: &str = concat!("shared/", "data");

/// Checks every text file.
pub fn check(files: &[File], findings: &mut Vec<Finding>) {
    for file in files.iter().filter(|file| !is_foreign(&file.path)) {
        for (at, line) in file.text.lines().enumerate() {
            check_line(file, at + 1, line, findings);
        }
    }
}

/// Text that is not ours to word: the licence, the lock file, agencies' files.
fn is_foreign(path: &str) -> bool {
    path == "LICENSE"
        || path == "Cargo.lock"
        || path.starts_with("samples/") && !path.ends_with(".md")
}

fn check_line(file: &File, number: usize, line: &str, findings: &mut Vec<Finding>) {
    for note in NOTES {
        let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == ':'));
        if words
            .into_iter()
            .any(|word| word == note || word.trim_end_matches(':') == note)
        {
            findings.push(Finding::new(
                file,
                number,
                "note",
                format!("`{note}`: do it, or open an issue"),
            ));
        }
    }
    for place in PLACES {
        if line.contains(place) {
            let message = format!("`{place}` exists on one machine only");
            findings.push(Finding::new(file, number, "place", message));
        }
    }
    let outside = line
        .match_indices(DATA)
        .any(|(at, _)| !line.get(..at).unwrap_or("").ends_with("../") && !line.contains(".join("));
    let product = file.is_rust()
        && file.path.contains("/src/")
        && !file.is_development()
        && line.contains(DATA)
        && !line.trim_start().starts_with("//");
    if outside || product {
        let message =
            "tests find real data through `testkit::data::shared`; texts name it `../shared/data`";
        findings.push(Finding::new(file, number, "place", message));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        let file = File {
            path: path.into(),
            text: text.into(),
        };
        let mut findings = Vec::new();
        check(&[file], &mut findings);
        findings.len()
    }

    #[test]
    fn notes_and_places_are_found() {
        for word in NOTES.into_iter().chain(PLACES) {
            assert_eq!(count("docs/a.md", &format!("see {word} here")), 1, "{word}");
        }
        assert_eq!(count("docs/a.md", "mastodons, autodoc, networks/"), 0);
    }

    #[test]
    fn the_data_folder_is_named_from_the_checkout() {
        assert_eq!(count("docs/a.md", &format!("put it into ../{DATA}")), 0);
        assert_eq!(count("docs/a.md", &format!("put it into {DATA}")), 1);
        assert_eq!(
            count("crates/web/src/a.rs", &format!("let a = \"../{DATA}\";")),
            1
        );
        assert_eq!(
            count(
                "crates/web/tests/it/a.rs",
                &format!("let a = \"../{DATA}\";")
            ),
            0
        );
    }
}

//! Pairs of real registrations labelled by reading them, joined with the shared data by code; the
//! names themselves are not in the repository. See `tests/labels/README.md`.

use resolve::name::{OrgName, compare};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// Rows whose codes add up to an odd number are held back: nothing in the program may be changed
/// because of one of them.
fn half(left: &str, right: &str) -> &'static str {
    let sum: u32 = left.bytes().chain(right.bytes()).map(u32::from).sum();
    if sum.is_multiple_of(2) {
        "tuned"
    } else {
        "held back"
    }
}

/// Counts of one half.
#[derive(Default)]
struct Half {
    hit: usize,
    missed: usize,
    accepted: usize,
    refused: usize,
}

impl Half {
    fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / (2 * self.hit + self.missed + self.accepted).max(1) as f64
    }

    fn false_accepts(&self) -> f64 {
        self.accepted as f64 / (self.accepted + self.refused).max(1) as f64
    }
}

#[test]
fn labelled_pairs_of_both_halves() -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels");
    let rows = rows(&folder)?;
    let Some(names) = names()? else {
        eprintln!("skipped: the shared data with registrations is absent");
        return Ok(());
    };
    if rows.is_empty() {
        eprintln!("skipped: no labels yet");
        return Ok(());
    }
    let mut halves: BTreeMap<(bool, &str), Half> = BTreeMap::new();
    for ([left, right, label], hard) in &rows {
        let half = (*hard, half(left, right));
        let (Some(left), Some(right)) = (names.get(left), names.get(right)) else {
            continue;
        };
        let found = compare(&OrgName::parse(left), &OrgName::parse(right)).same;
        let count = halves.entry(half).or_default();
        match (label == "same", found) {
            (true, true) => count.hit += 1,
            (true, false) => count.missed += 1,
            (false, true) => count.accepted += 1,
            (false, false) => count.refused += 1,
        }
    }
    for ((hard, half), count) in &halves {
        println!(
            "{half}{}: F1 {:.4}, false accepts {:.4}",
            if *hard { ", neighbours" } else { "" },
            count.f1(),
            count.false_accepts()
        );
        // Of neighbours hardly any are one, and those are towns and villages that a name alone does not tell.
        if *hard {
            assert!(
                count.false_accepts() <= 0.01,
                "{half}: {:.4}",
                count.false_accepts()
            );
            continue;
        }
        assert!(count.f1() >= 0.9, "{half}: F1 {:.4}", count.f1());
        assert!(
            count.false_accepts() <= 0.02,
            "{half}: {:.4}",
            count.false_accepts()
        );
        assert!(
            count.hit > 5 * count.missed,
            "{half}: {} missed of {}",
            count.missed,
            count.hit + count.missed
        );
    }
    Ok(())
}

/// The labels of every file: left, right, label, and whether they are those of neighbours.
fn rows(folder: &Path) -> std::io::Result<Vec<([String; 3], bool)>> {
    let mut rows = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        for line in std::fs::read_to_string(&path)?.lines().skip(1) {
            let mut cells = line.split(',').map(|cell| cell.trim().to_owned());
            if let (Some(left), Some(right), Some(label)) =
                (cells.next(), cells.next(), cells.next())
            {
                let hard = path.file_stem().is_some_and(|name| name == "neighbours");
                rows.push(([left, right, label], hard));
            }
        }
    }
    Ok(rows)
}

/// Names by code; `tax:CODE` means the list of taxpayers.
fn names() -> std::io::Result<Option<HashMap<String, String>>> {
    let told = std::env::var_os("GONGXIN_SHARED_DATA").map(PathBuf::from);
    let folder =
        told.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let Ok(files) = std::fs::read_dir(folder.join("cn_registry")) else {
        return Ok(None);
    };
    let mut names = HashMap::new();
    for file in files {
        let output = std::process::Command::new("gzip")
            .arg("-dc")
            .arg(file?.path())
            .output()?;
        for line in String::from_utf8_lossy(&output.stdout).lines().skip(1) {
            let mut cells = line.split(',');
            if let (Some(name), Some(code)) = (cells.next(), cells.next()) {
                names
                    .entry(code.to_owned())
                    .or_insert_with(|| name.to_owned());
            }
        }
    }
    let list = std::process::Command::new("iconv")
        .args(["-c", "-f", "GB18030", "-t", "UTF-8"])
        .arg(folder.join("cn_tax_a_list/heilongjiang.csv"))
        .output()?;
    for line in String::from_utf8_lossy(&list.stdout).lines().skip(1) {
        let mut cells = line.split(',').skip(1);
        if let (Some(code), Some(name)) = (cells.next(), cells.next()) {
            names
                .entry(format!("tax:{}", code.trim()))
                .or_insert_with(|| name.trim().to_owned());
        }
    }
    Ok(Some(names))
}

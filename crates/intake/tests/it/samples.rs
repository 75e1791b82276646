//! The shipped sample files give the counts that their manifest promises, as far as a file alone can
//! tell: repeats and names that are known already are found by the rooms behind.

use credit::catalog::{Catalog, Supplier, Theme};
use credit::lang::{Lang, Text};
use intake::check::{CheckOptions, Checker, Outcome};
use intake::read::{self, ReadOptions};
use intake::source::Source;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Files in which a row is rejected (a repeat that differs) or held (a name that is known) only when
/// other rows are known: file, rejected, held.
const KNOWN_LATER: [(&str, usize, usize); 2] =
    [("01-registration.csv", 1, 0), ("17-honour.xlsx", 0, 2)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn catalog() -> Catalog {
    let mut files = Vec::new();
    for folder in ["", "themes", "codes", "calendars"] {
        for entry in std::fs::read_dir(root().join("catalog").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "toml") {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                let name = if folder.is_empty() {
                    name
                } else {
                    format!("{folder}/{name}")
                };
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    Catalog::load(&files).unwrap_or_else(|findings| panic!("{findings:?}"))
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    ready: usize,
    rejected: usize,
    held: usize,
    late: usize,
}

fn count(
    catalog: &Catalog,
    theme: &Theme,
    file: &Path,
    day: jiff::civil::Date,
) -> (Counts, Vec<String>) {
    let open = || -> io::Result<Box<dyn Read + Send>> { Ok(Box::new(File::open(file)?)) };
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    let bytes = std::fs::metadata(file).unwrap().len();
    let source = Source {
        name,
        open: &open,
        bytes,
    };
    let options = ReadOptions {
        theme: Some(theme),
        ..ReadOptions::default()
    };
    let mut rows = read::open(&source, &options).unwrap();
    let binding = intake::header::bind(theme, rows.header(), Lang::Zh).unwrap();
    let supplier = Supplier {
        code: "sample".into(),
        title: Text {
            zh: "样例".into(),
            en: "sample".into(),
            ru: "образец".into(),
        },
        area: "990100".into(),
        relays: false,
        limits: Vec::new(),
    };
    let options = CheckOptions {
        today: day,
        supplier: &supplier,
        calendar: &catalog.calendar,
    };
    let mut checker = Checker::new(theme, binding, options);
    let mut counts = Counts::default();
    let mut said = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        match checker.row(&row) {
            Outcome::Ready(draft) => {
                counts.ready += 1;
                counts.late += usize::from(draft.late);
            }
            Outcome::Held(draft, reason) => {
                counts.held += 1;
                said.push(format!("row {} held: {reason:?}", draft.row));
            }
            Outcome::Rejected(rejected) => {
                counts.rejected += 1;
                let faults: Vec<String> = rejected
                    .faults
                    .iter()
                    .map(|fault| fault.message(Lang::En, theme))
                    .collect();
                said.push(format!("row {}: {}", rejected.row, faults.join(" | ")));
            }
            Outcome::Blank | Outcome::Footer { .. } | Outcome::Personal(_) => {}
        }
    }
    (counts, said)
}

#[test]
fn sample_files_give_the_counts_of_their_manifest() {
    let catalog = catalog();
    let manifest = std::fs::read_to_string(root().join("samples/manifest.tsv")).unwrap();
    let mut wrong = Vec::new();
    for line in manifest.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |at: usize| cells[at].parse::<usize>().unwrap();
        let day = cells[5].parse().unwrap();
        let theme = catalog.theme(cells[2], day).unwrap();
        let (_, later_rejected, later_held) = KNOWN_LATER
            .into_iter()
            .find(|(file, _, _)| *file == cells[1])
            .unwrap_or(("", 0, 0));
        let expected = Counts {
            ready: number(6) + number(9) + later_rejected + later_held,
            rejected: number(7) - later_rejected,
            held: number(8) - later_held,
            late: number(10),
        };
        let (counts, said) = count(&catalog, theme, &root().join("samples").join(cells[1]), day);
        if counts != expected {
            let said = said.join("\n    ");
            wrong.push(format!(
                "{}: {counts:?}, expected {expected:?}\n    {said}",
                cells[1]
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

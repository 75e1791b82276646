//! The measurement M4: validates a file against a theme and prints one JSON line.
//!
//! `m4 FILE.csv [--theme FILE.toml] [--catalog DIR] [--threads N] [--date DATE]`. It does what the
//! intake does with every row up to the point where the store would take over, the words of every
//! fault included.

use credit::catalog::{Catalog, Supplier};
use credit::lang::{Lang, Text};
use intake::check::{CheckOptions, Checker, Outcome, par};
use intake::header::bind;
use intake::read::{ReadOptions, open};
use intake::source::Source;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The options of the command line.
struct Ask {
    file: PathBuf,
    theme: PathBuf,
    catalog: PathBuf,
    threads: usize,
    date: Date,
}

fn ask() -> Result<Ask, Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut ask = Ask {
        file: PathBuf::new(),
        theme: here.join("examples/m4/theme.toml"),
        catalog: here.join("../../catalog"),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        date: "2026-11-20".parse()?,
    };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--theme" => ask.theme = value()?.into(),
            "--catalog" => ask.catalog = value()?.into(),
            "--threads" => ask.threads = value()?.parse()?,
            "--date" => ask.date = value()?.parse()?,
            file => ask.file = file.into(),
        }
    }
    Ok(ask)
}

/// Code sets and calendars of the catalogue, with the one theme that is measured.
fn load(ask: &Ask) -> Result<Catalog, Box<dyn Error>> {
    let mut files = vec![("themes/m4.toml".to_owned(), fs::read_to_string(&ask.theme)?)];
    for folder in ["codes", "calendars"] {
        for entry in fs::read_dir(ask.catalog.join(folder))? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.push((format!("{folder}/{name}"), fs::read_to_string(&path)?));
        }
    }
    for file in ["suppliers.toml", "holds.toml"] {
        files.push((file.to_owned(), fs::read_to_string(ask.catalog.join(file))?));
    }
    Catalog::load(&files).map_err(|findings| format!("the theme is refused: {findings:#?}").into())
}

/// Peak resident memory in kB, as the kernel counts it.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .unwrap_or(0)
}

/// What became of the rows.
#[derive(Default)]
struct Counts {
    rows: u64,
    accepted: u64,
    held: u64,
    rejected: u64,
    other: u64,
    letters: usize,
    rules: BTreeMap<String, u64>,
}

fn supplier() -> Supplier {
    Supplier {
        code: "m4".into(),
        title: Text {
            zh: "测量".into(),
            en: "measurement".into(),
            ru: "измерение".into(),
        },
        area: "CN".into(),
        relays: false,
        limits: Vec::new(),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let ask = ask()?;
    let catalog = load(&ask)?;
    let theme = catalog.themes.first().ok_or("no theme")?;
    let bytes = fs::metadata(&ask.file)?.len();
    let opener =
        || -> io::Result<Box<dyn io::Read + Send>> { Ok(Box::new(fs::File::open(&ask.file)?)) };
    let source = Source {
        name: "m4.csv".into(),
        open: &opener,
        bytes,
    };
    let supplier = supplier();
    let start = Instant::now();
    let mut rows = open(
        &source,
        &ReadOptions {
            theme: Some(theme),
            ..ReadOptions::default()
        },
    )?;
    let options = CheckOptions {
        today: ask.date,
        supplier: &supplier,
        calendar: &catalog.calendar,
    };
    let checker = Checker::new(theme, bind(theme, rows.header(), Lang::Zh)?, options);
    let mut counts = Counts::default();
    par::run(&mut rows, &checker, ask.threads, &mut |outcome| {
        counts.rows += 1;
        match outcome {
            Outcome::Ready(_) => counts.accepted += 1,
            Outcome::Held(..) => counts.held += 1,
            Outcome::Rejected(rejected) => {
                counts.rejected += 1;
                for fault in &rejected.faults {
                    counts.letters +=
                        fault.message(Lang::Zh, theme).len() + fault.mend(Lang::Zh, theme).len();
                    *counts.rules.entry(fault.rule.to_string()).or_default() += 1;
                }
            }
            // Persons pass only where a checker seals them, and this one does not.
            Outcome::Blank | Outcome::Footer { .. } | Outcome::Personal(_) => counts.other += 1,
        }
        true
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let Counts {
        rows,
        accepted,
        held,
        rejected,
        other,
        letters,
        rules,
    } = counts;
    println!(
        "{{\"rows\":{rows},\"accepted\":{accepted},\"held\":{held},\"rejected\":{rejected},\"other\":{other},\"seconds\":{seconds:.3},\"rows_per_second\":{:.0},\"threads\":{},\"peak_kb\":{},\"letters\":{letters},\"rules\":{rules:?}}}",
        rows as f64 / seconds,
        ask.threads,
        peak(),
    );
    Ok(())
}

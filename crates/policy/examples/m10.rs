//! The measurement M10: grade subjects by the shipped model of general credit risk.
//!
//! `m10 make CATALOG OUT.csv SUBJECTS SEED` writes ten facts a subject, in the order of the subjects: subject, theme,
//! day, severity, what the last version says, last day of publicity. `m10 grade CATALOG FILE THREADS` reads such a
//! file, makes of each subject's rows the facts that the store would give, and grades them behind the lock. It prints
//! one JSON line: subjects by outcome, seconds, and microseconds of one grade alone.

use credit::catalog::Catalog;
use credit::clock::{self, Effect, Severity};
use credit::grade::Model;
use credit::record::{AsOf, Change, DocumentClock, Facts, Instant, Record, Subject, Version};
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::{Date, date};
use policy::OrganisationFacts;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::Instant as Clock;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The day of the grades.
const DAY: Date = date(2026, 11, 30);

/// Facts of a subject.
const FACTS: u64 = 10;

/// A small generator of numbers: the same seed gives the same file on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

fn main() -> Done<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", catalog, out, subjects, seed] => {
            make(&load(catalog)?, out, subjects.parse()?, seed.parse()?)
        }
        ["grade", catalog, file, threads] => grade(&load(catalog)?, file, threads.parse()?),
        _ => Err("m10 make CATALOG OUT.csv SUBJECTS SEED | m10 grade CATALOG FILE THREADS".into()),
    }
}

fn load(folder: &str) -> Done<Catalog> {
    let root = Path::new(folder);
    let (mut files, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "toml") {
                files.push((name, std::fs::read_to_string(&path)?));
            }
        }
    }
    Catalog::load(&files).map_err(|_| "the catalogue is refused".into())
}

fn make(catalog: &Catalog, out: &str, subjects: u64, seed: u64) -> Done<()> {
    let mut out = BufWriter::new(File::create(out)?);
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    writeln!(out, "subject,theme,dated,severity,state,until")?;
    for subject in 0..subjects {
        writeln!(out, "{subject},registration,2015-03-02,,stated,")?;
        for _ in 1..FACTS {
            let theme = match dice.roll(1_000) {
                0..300 => "penalty",
                300..600 => "tax-a",
                600..900 => "honour",
                900..995 => "abnormal",
                _ => "serious-list",
            };
            let severity = match (theme, dice.roll(10)) {
                ("penalty", 0..2) => Some(Severity::Serious),
                ("penalty", 2..4) => Some(Severity::Minor),
                ("penalty", _) => Some(Severity::Ordinary),
                ("abnormal", _) => Some(Severity::Ordinary),
                ("serious-list", _) => Some(Severity::Serious),
                _ => None,
            };
            let days = i64::try_from(dice.roll(5 * 365))?;
            let dated = DAY.checked_sub(jiff::Span::new().days(days))?;
            let state = match dice.roll(100) {
                0..4 => "removed",
                4..7 => "held",
                _ => "stated",
            };
            let edition = catalog.theme(theme, DAY).ok_or("a theme")?;
            let until = match clock::effect(edition, Some(dated), severity, None, DAY) {
                Effect::Public { until } => until.map(|day| day.to_string()),
                Effect::Ended(_) => Some("1900-01-01".to_owned()),
            };
            let (severity, until) = (
                severity.map_or("", Severity::code),
                until.unwrap_or_default(),
            );
            writeln!(out, "{subject},{theme},{dated},{severity},{state},{until}")?;
        }
    }
    Ok(out.flush()?)
}

/// What a part of the file gave.
#[derive(Default)]
struct Sum {
    outcomes: BTreeMap<String, u64>,
    grading: f64,
}

fn grade(catalog: &Catalog, file: &str, threads: u64) -> Done<()> {
    let model = catalog.models.iter().find(|one| one.code == "credit");
    let model = model.ok_or("the model of general credit risk")?;
    let size = std::fs::metadata(file)?.len();
    let begun = Clock::now();
    let parts: Vec<Done<Sum>> = std::thread::scope(|scope| {
        let parts = (0..threads).map(|part| {
            let (from, to) = (size * part / threads, size * (part + 1) / threads);
            scope.spawn(move || of_part(catalog, model, file, from, to))
        });
        let parts: Vec<_> = parts.collect();
        let ended = parts.into_iter().map(|part| part.join());
        ended
            .map(|part| part.unwrap_or_else(|_| Err("a thread ended".into())))
            .collect()
    });
    let seconds = begun.elapsed().as_secs_f64();
    let mut sum = Sum::default();
    for part in parts {
        let part = part?;
        sum.grading += part.grading;
        for (outcome, count) in part.outcomes {
            *sum.outcomes.entry(outcome).or_default() += count;
        }
    }
    let subjects: u64 = sum.outcomes.values().sum();
    let each = sum.grading * 1e6 / f64::from(u32::try_from(subjects)?);
    let outcomes: Vec<String> = sum
        .outcomes
        .iter()
        .map(|(outcome, count)| format!("\"{outcome}\": {count}"))
        .collect();
    println!(
        "{{\"subjects\": {subjects}, {}, \"seconds\": {seconds:.3}, \"micros\": {each:.2}}}",
        outcomes.join(", ")
    );
    Ok(())
}

/// Grades the subjects whose first row begins within a part of the file.
fn of_part(catalog: &Catalog, model: &Model, file: &str, from: u64, to: u64) -> Done<Sum> {
    let mut read = BufReader::with_capacity(1 << 20, File::open(file)?);
    let mut at = read.seek(SeekFrom::Start(from.saturating_sub(1)))?;
    let mut line = String::new();
    // To the next line, and from there to the next subject: the one before begins in the part before.
    at += read.read_line(&mut line)? as u64;
    let mut sum = Sum::default();
    let mut open: Option<(u64, Vec<Record>)> = None;
    let mut skip: Option<String> = None;
    let mut first = from > 0;
    loop {
        line.clear();
        let begins = at;
        let read = read.read_line(&mut line)?;
        at += read as u64;
        let row: Vec<&str> = line.trim_end().split(',').collect();
        let [subject, theme, dated, severity, state, _] = row.as_slice() else {
            break;
        };
        if first {
            // The line where the part begins belongs to the part before unless it is a subject's first.
            first = false;
            skip = (*theme != "registration").then(|| (*subject).to_owned());
        }
        if skip.as_deref() == Some(subject) {
            continue;
        }
        let number: u64 = subject.parse()?;
        if open.as_ref().is_none_or(|(known, _)| *known != number) {
            if let Some(done) = open.take() {
                close(catalog, model, done, &mut sum)?;
            }
            if begins >= to {
                break;
            }
            open = Some((number, Vec::with_capacity(FACTS as usize)));
        }
        if let Some((_, records)) = &mut open {
            let place = records.len() as u64;
            let told = (*theme, *dated, *severity, *state);
            records.push(record(catalog, number * FACTS + place, told)?);
        }
    }
    if let Some(done) = open {
        close(catalog, model, done, &mut sum)?;
    }
    Ok(sum)
}

fn id(number: u64) -> [u8; 16] {
    let mut id = [0; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    id
}

/// A record as the store reads it.
fn record(
    catalog: &Catalog,
    number: u64,
    (theme, dated, severity, state): (&str, &str, &str, &str),
) -> Done<Record> {
    let dated: Date = dated.parse()?;
    let edition = catalog.theme(theme, DAY).ok_or("a theme")?;
    let value = |item: &str, value: &str| (item.to_owned(), value.to_owned());
    let values = match theme {
        "registration" => vec![value("ZTLX", "有限责任公司"), value("ZCRQ", "2015-03-02")],
        "penalty" => vec![value("CF_CFJG", "某市市场监督管理局")],
        _ => vec![value("BZ", "无")],
    };
    let document = theme != "registration";
    let stated = Version {
        seq: 1,
        known_at: Instant(1),
        stated_on: dated,
        change: Change::Stated,
        values,
        document: document.then(|| DocumentClock {
            id: DocumentId(id(number)),
            started_on: dated,
        }),
        severity: Severity::parse(severity),
        theme_version: edition.version.clone(),
        submission: SubmissionId([0; 16]),
        late: false,
        held: (state == "held").then(|| "not-final".to_owned()),
    };
    let removed = (state == "removed").then(|| Version {
        seq: 2,
        change: Change::Removed,
        values: Vec::new(),
        ..stated.clone()
    });
    Ok(Record {
        id: RecordId(id(number)),
        theme: theme.to_owned(),
        supplier: "s".to_owned(),
        versions: std::iter::once(stated).chain(removed).collect(),
        cases: Vec::new(),
    })
}

fn close(
    catalog: &Catalog,
    model: &Model,
    (number, records): (u64, Vec<Record>),
    sum: &mut Sum,
) -> Done<()> {
    let facts = Facts {
        subject: Subject {
            id: SubjectId(id(number)),
            kind: SubjectKind::Enterprise,
            name: "某公司".to_owned(),
            other_names: Vec::new(),
            identifiers: Vec::new(),
        },
        records,
    };
    let at = AsOf {
        known: Instant(i64::MAX),
        on: DAY,
        today: DAY,
    };
    let begun = Clock::now();
    let facts = OrganisationFacts::of(facts).ok_or("an organisation")?;
    let grade = policy::grade(model, facts, catalog, at);
    sum.grading += begun.elapsed().as_secs_f64();
    let outcome = match &grade {
        Ok(grade) => grade.outcome.band().unwrap_or("no-record"),
        Err(why) => why.code(),
    };
    *sum.outcomes.entry(outcome.to_owned()).or_default() += 1;
    Ok(())
}

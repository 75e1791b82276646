//! `gongxin match`: names of organisations side by side, from plain CSV, without a platform.

use crate::args::Match;
use crate::exit::{Exit, Failure};
use crate::text;
use credit::lang::Lang;
use csv::{ByteRecord, Writer};
use resolve::name::{OrgName, compare};
use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

/// The columns that an answer adds; those of the same name in the file are replaced.
const ADDED: [&str; 3] = ["score", "same", "why"];

pub(super) fn run(ask: &Match, lang: Lang) -> Result<Exit, Failure> {
    match (&ask.pairs, &ask.file, &ask.against) {
        (Some(path), ..) => pairs(path, ask.out.as_deref(), lang),
        (None, Some(file), Some(against)) => {
            super::against::run(file, against, ask.out.as_deref(), lang)
        }
        _ => Err(Failure::usage(text::PAIRS_HEADER, &["FILE"])),
    }
}

/// Where an answer goes.
fn output(path: Option<&Path>) -> Result<Box<dyn Write>, Failure> {
    Ok(match path {
        Some(path) => {
            let file = File::create(path);
            Box::new(BufWriter::new(
                file.map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))?,
            ))
        }
        None => Box::new(BufWriter::new(std::io::stdout().lock())),
    })
}

/// Compares the two names of each row.
fn pairs(path: &Path, out: Option<&Path>, lang: Lang) -> Result<Exit, Failure> {
    let start = Instant::now();
    let mut reader = open(path)?;
    let header = reader
        .byte_headers()
        .map_err(|cause| unreadable(path, &cause))?
        .clone();
    let columns = Columns::find(&header)
        .ok_or_else(|| Failure::usage(text::PAIRS_HEADER, &[&path.display().to_string()]))?;
    let mut writer = Writer::from_writer(output(out)?);
    let titles = columns
        .kept
        .iter()
        .map(|at| decode(header.get(*at).unwrap_or(b"")));
    let titles: Vec<String> = titles
        .map(|title| title.trim_start_matches('\u{FEFF}').to_owned())
        .collect();
    told(writer.write_record(titles.iter().map(String::as_str).chain(ADDED)))?;
    let (mut row, mut rows, mut same) = (ByteRecord::new(), 0_u64, 0_u64);
    while reader
        .read_byte_record(&mut row)
        .map_err(|cause| unreadable(path, &cause))?
    {
        let names = [columns.left, columns.right].map(|at| decode(row.get(at).unwrap_or(b"")));
        let [left, right] = names.each_ref().map(|name| OrgName::parse(name));
        let found = compare(&left, &right);
        let cells: Vec<Cow<'_, str>> = columns
            .kept
            .iter()
            .map(|at| decode(row.get(*at).unwrap_or(b"")))
            .collect();
        let added = [
            format!("{:.4}", found.score),
            found.same.to_string(),
            found.why(lang),
        ];
        let cells = cells
            .iter()
            .map(AsRef::as_ref)
            .chain(added.iter().map(String::as_str));
        told(writer.write_record(cells))?;
        (rows, same) = (rows + 1, same + u64::from(found.same));
    }
    told(writer.flush().map_err(csv::Error::from))?;
    let counts = [
        rows.to_string(),
        same.to_string(),
        format!("{:.2}", start.elapsed().as_secs_f64()),
    ];
    eprintln!(
        "{}",
        text::MATCHED.say(lang, &counts.each_ref().map(String::as_str))
    );
    Ok(Exit::Done)
}

/// Opens a table; the first line tells its delimiter.
fn open(path: &Path) -> Result<csv::Reader<BufReader<File>>, Failure> {
    let unreadable = |cause| Failure::io(path, text::CANNOT_READ, cause);
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
    let sample = file.fill_buf().map_err(unreadable)?;
    let first = sample.split(|byte| *byte == b'\n').next().unwrap_or(b"");
    let count = |delimiter: u8| first.iter().filter(|byte| **byte == delimiter).count();
    let delimiter = [b',', b'\t', b';']
        .into_iter()
        .rev()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',');
    Ok(csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(file))
}

/// Which columns hold the names, and which are written out again.
struct Columns {
    left: usize,
    right: usize,
    kept: Vec<usize>,
}

impl Columns {
    fn find(header: &ByteRecord) -> Option<Columns> {
        let title = |cell: &[u8]| {
            decode(cell)
                .trim_matches(['\u{FEFF}', ' ', '"', '\r'])
                .to_lowercase()
        };
        let titles: Vec<String> = header.iter().map(title).collect();
        let at = |wanted: &str| titles.iter().position(|title| title == wanted);
        let kept = titles
            .iter()
            .enumerate()
            .filter(|(_, title)| !ADDED.contains(&title.as_str()));
        Some(Columns {
            left: at("left")?,
            right: at("right")?,
            kept: kept.map(|(at, _)| at).collect(),
        })
    }
}

/// Text of a cell: UTF-8, else GB18030, the encoding of files from Chinese offices.
fn decode(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(cell).0,
    }
}

fn unreadable(path: &Path, cause: &csv::Error) -> Failure {
    Failure::request(
        text::TABLE_ROW,
        &[&path.display().to_string(), &cause.to_string()],
    )
}

/// A reader that has gone away (`| head`) is no failure; a full disk is one.
fn told(written: Result<(), csv::Error>) -> Result<(), Failure> {
    match written.map_err(csv::Error::into_kind) {
        Err(csv::ErrorKind::Io(cause)) if cause.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(csv::ErrorKind::Io(cause)) => Err(Failure::inner(text::OUTPUT_CLOSED, cause)),
        _ => Ok(()),
    }
}

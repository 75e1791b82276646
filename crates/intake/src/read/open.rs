//! Opens a file: looks at a bounded sample, picks the reader, finds the header.

use super::json::Columns;
use super::rows::{Facts, Rows};
use super::{ReadOptions, Reader, align, delimited, header, json, limit, lines, workbook, xml};
use crate::decode::{Decoded, read_some};
use crate::detect::{self, Format, SAMPLE};
use crate::refusal::{FileRefusal, RefusalKind, from_io};
use crate::source::Source;
use credit::limits;
use std::collections::VecDeque;
use std::io::{Cursor, Read};

/// Opens a file and finds out what it is. The rows that follow the header are delivered by
/// [`Rows::next`]; nothing is checked against a theme here.
pub fn open(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Rows, FileRefusal> {
    let sample = Sample::take(source)?;
    let found =
        detect::encoding(sample.telling(), options.encoding, sample.whole).map_err(|refusal| {
            FileRefusal {
                row: refusal.row.map(|row| row + sample.passed),
                ..refusal
            }
        });
    let format = match options.format {
        Some(format) => format,
        None => detect::form(&sample.bytes, &source.name, || {
            let found = found.clone()?;
            Ok(sample.text(found.encoding))
        })?,
    };
    let mut facts = Facts {
        format: Some(format),
        ..Facts::default()
    };
    if format.is_workbook() {
        return workbook(source, sample.packed, facts, options);
    }
    let found = found?;
    facts.encoding = Some(found.encoding.name());
    facts.certain = found.certain;
    let text = || Ok(Decoded::new(stream(source, sample.packed)?, found.encoding));
    match format {
        Format::Json => json(text, facts, options),
        Format::Ndjson => lines(text, facts),
        Format::Xml => xml(text, facts),
        _ => {
            let delimiter = match options.delimiter {
                Some(byte) => char::from(byte),
                None => detect::delimiter(&sample.text(found.encoding), &source.name, sample.whole),
            };
            facts.delimiter = Some(delimiter);
            finish(
                Box::new(delimited::Delimited::new(text()?, delimiter)),
                facts,
                options,
            )
        }
    }
}

/// A JSON document: its list of records, their columns, then the records from the first.
fn json(
    text: impl Fn() -> Result<Decoded, FileRefusal>,
    facts: Facts,
    options: &ReadOptions<'_>,
) -> Result<Rows, FileRefusal> {
    let place = json::locate(text()?)?;
    if place.shape == json::Shape::Arrays {
        return finish(
            Box::new(json::Json::new(text()?, &place, Columns::default())?),
            facts,
            options,
        );
    }
    let mut columns = Columns::default();
    let mut sampled = json::Json::new(text()?, &place, Columns::default())?;
    for _ in 0..json::SAMPLED {
        let Some(names) = sampled.names()? else { break };
        columns.learn(names);
    }
    named(columns, facts, |columns| {
        Ok(Box::new(json::Json::new(text()?, &place, columns)?))
    })
}

/// One record a line.
fn lines(
    text: impl Fn() -> Result<Decoded, FileRefusal>,
    facts: Facts,
) -> Result<Rows, FileRefusal> {
    let mut columns = Columns::default();
    let mut sampled = lines::Lines::new(text()?, Columns::default());
    for _ in 0..json::SAMPLED {
        let Some(names) = sampled.names()? else { break };
        columns.learn(names);
    }
    named(columns, facts, |columns| {
        Ok(Box::new(lines::Lines::new(text()?, columns)))
    })
}

/// An XML document: its record element, the columns, then the records from the first.
fn xml(text: impl Fn() -> Result<Decoded, FileRefusal>, facts: Facts) -> Result<Rows, FileRefusal> {
    let record = xml::survey(text()?)?;
    let columns = xml::columns(text()?, &record)?;
    named(columns, facts, |columns| {
        Ok(Box::new(xml::Xml::new(text()?, record, columns)?))
    })
}

/// Rows whose cells carry names: the names are the header.
fn named(
    columns: Columns,
    mut facts: Facts,
    reader: impl FnOnce(Columns) -> Result<Box<dyn Reader>, FileRefusal>,
) -> Result<Rows, FileRefusal> {
    if columns.names().is_empty() {
        return Err(FileRefusal::new(
            RefusalKind::NoRecords,
            "records without fields",
        ));
    }
    facts.header = columns.names().to_vec();
    // Lines are numbered from the first, which is a record; lists as if a header stood above.
    facts.header_row = u64::from(facts.format != Some(Format::Ndjson));
    not_too_wide(&facts)?;
    Ok(Rows::new(reader(columns)?, facts, VecDeque::new()))
}

/// A workbook, read in a process of its own where there is a runner.
fn workbook(
    source: &Source<'_>,
    packed: bool,
    mut facts: Facts,
    options: &ReadOptions<'_>,
) -> Result<Rows, FileRefusal> {
    if source.bytes > limits::WORKBOOK_BYTES {
        return Err(workbook::too_large());
    }
    let mut bytes = Vec::new();
    let mut stream = stream(source, packed)?.take(limits::WORKBOOK_BYTES + 1);
    stream
        .read_to_end(&mut bytes)
        .map_err(|error| from_io(&error))?;
    if bytes.len() as u64 > limits::WORKBOOK_BYTES {
        return Err(workbook::too_large());
    }
    let rows: Box<dyn Read + Send> = match options.workbook {
        Some(runner) => runner(&bytes).map_err(|error| {
            FileRefusal::new(
                RefusalKind::WorkbookTooHeavy,
                format!("the process did not start: {error}"),
            )
        })?,
        None => {
            let mut rows = Vec::new();
            workbook::rows(&bytes, options.sheet, &mut rows).map_err(|error| from_io(&error))?;
            Box::new(Cursor::new(rows))
        }
    };
    let child = workbook::Child::new(rows)?;
    facts.sheet = Some(child.sheet().to_owned());
    finish(Box::new(child), facts, options)
}

/// Finds the header among the first rows and settles what stands under which title.
fn finish(
    mut reader: Box<dyn Reader>,
    mut facts: Facts,
    options: &ReadOptions<'_>,
) -> Result<Rows, FileRefusal> {
    let mut waiting = header::look_ahead(&mut *reader)?;
    header::find(&mut waiting, &mut facts, options.theme)?;
    align::settle(&waiting, &mut facts, options.theme)?;
    not_too_wide(&facts)?;
    Ok(Rows::new(reader, facts, waiting))
}

fn not_too_wide(facts: &Facts) -> Result<(), FileRefusal> {
    if facts.header.len() <= limits::COLUMNS {
        return Ok(());
    }
    let cause = format!("{} columns", facts.header.len());
    Err(FileRefusal::new(RefusalKind::TooManyColumns, cause).at(facts.header_row))
}

/// The file's bytes from the start, unpacked and bounded.
pub(super) fn stream(
    source: &Source<'_>,
    packed: bool,
) -> Result<Box<dyn Read + Send>, FileRefusal> {
    let bytes = (source.open)().map_err(|error| from_io(&error))?;
    let bytes = if packed { limit::gunzip(bytes) } else { bytes };
    Ok(limit::bounded(bytes, limits::FILE_BYTES))
}

/// What was looked at before choosing.
pub(super) struct Sample {
    /// The beginning of the file, unpacked.
    pub(super) bytes: Vec<u8>,
    /// A later part that is not plain ASCII, where the beginning is.
    later: Vec<u8>,
    /// Lines before `later`.
    passed: u64,
    /// The file is gzip.
    pub(super) packed: bool,
    /// `bytes` is the whole file.
    pub(super) whole: bool,
}

impl Sample {
    fn take(source: &Source<'_>) -> Result<Sample, FileRefusal> {
        let mut head = [0_u8; 4];
        let mut raw = (source.open)().map_err(|error| from_io(&error))?;
        let got = fill(&mut *raw, &mut head)?;
        if got == 0 {
            return Err(FileRefusal::new(RefusalKind::Empty, "no bytes"));
        }
        let packed = detect::is_gzip(head.get(..got).unwrap_or(&[]));
        let mut stream = stream(source, packed)?;
        let mut bytes = vec![0; SAMPLE];
        let got = fill(&mut *stream, &mut bytes)?;
        bytes.truncate(got);
        if got == 0 {
            return Err(FileRefusal::new(
                RefusalKind::Empty,
                "packed file of no bytes",
            ));
        }
        let whole = got < SAMPLE;
        let mut passed = 0;
        let later = if !whole && detect::is_ascii(&bytes) {
            passed = line_feeds(&bytes);
            first_telling(&mut *stream, &mut passed)?
        } else {
            Vec::new()
        };
        Ok(Sample {
            bytes,
            later,
            passed,
            packed,
            whole,
        })
    }

    /// The part that says most about the encoding.
    fn telling(&self) -> &[u8] {
        if self.later.is_empty() {
            &self.bytes
        } else {
            &self.later
        }
    }

    /// The beginning as text.
    pub(super) fn text(&self, encoding: &'static encoding_rs::Encoding) -> String {
        let (text, _, _) = encoding.decode(&self.bytes);
        let text = text.into_owned();
        // A character cut by the sample's end is no damage of the file.
        if self.whole {
            text
        } else {
            text.trim_end_matches(char::REPLACEMENT_CHARACTER)
                .to_owned()
        }
    }
}

/// The first part of a stream that is not plain ASCII: a file of codes and dates may show a name
/// only far down. Empty where there is none; the lines before it are added up.
fn first_telling(stream: &mut dyn Read, passed: &mut u64) -> Result<Vec<u8>, FileRefusal> {
    let mut chunk = vec![0; SAMPLE];
    loop {
        let got = fill(stream, &mut chunk)?;
        let bytes = chunk.get(..got).unwrap_or(&[]);
        if got == 0 {
            return Ok(Vec::new());
        }
        if let Some(first) = bytes.iter().position(|byte| !byte.is_ascii()) {
            *passed += line_feeds(bytes.get(..first).unwrap_or(&[]));
            let mut telling = bytes.get(first..).unwrap_or(&[]).to_vec();
            let mut more = vec![0; SAMPLE];
            let got = fill(stream, &mut more)?;
            telling.extend_from_slice(more.get(..got).unwrap_or(&[]));
            return Ok(telling);
        }
        *passed += line_feeds(bytes);
    }
}

fn line_feeds(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Fills a buffer as far as the stream goes.
fn fill(stream: &mut dyn Read, buffer: &mut [u8]) -> Result<usize, FileRefusal> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match read_some(stream, rest).map_err(|error| from_io(&error))? {
            0 => break,
            got => filled += got,
        }
    }
    Ok(filled)
}

//! The two passes over a file, each on a reading thread of its own.

use super::decide::Decider;
use super::part::{self, Parcel, Part, Sorter};
use super::prepare::Row;
use super::terms::Terms;
use crate::cases::made::doors;
use crate::error::{Error, Result};
use crate::office::Office;
use credit::catalog::Mode;
use credit::lang::Lang;
use credit::limits::{LARGE_FILE_ROWS, SLICE_ROWS, SLICE_ROWS_LARGE};
use credit::record::Instant;
use credit::subject::{RecordId, SubjectId, SubmissionId};
use intake::check::{CheckOptions, Checker, Outcome, par};
use intake::header::{self, Binding};
use intake::read::{self, ReadOptions, Rows};
use intake::refusal::FileRefusal;
use intake::source::Source;
use std::sync::Arc;
use store::{CaseWhose, Counts, SliceKey, SlicePlan, TwinAsk};
use tokio::sync::mpsc;

/// Slices that may wait between the reading thread and the write connection: with the one being
/// read and the one being written three are in memory, about 30 MB each for a large file.
const QUEUE: usize = 1;
/// Threads that check rows while slices are stored. Reading 100,000 registrations twice, checking
/// and preparing them took 0.64 CPU seconds and storing them on SQLite 2.83 (development build, CPU
/// time by thread), so this one waits for the write connection most of the time; a second would
/// only take that connection's core away.
const CHECKERS: usize = 1;
/// Rows between two words to the bar.
const STEP: u64 = 1_000;

/// The record of a row whose key could not be read: a keyed digest of all zeros does not occur.
const NO_RECORD: RecordId = RecordId([0; 16]);

/// Someone who watches a submission.
pub trait Progress: Send + Sync {
    /// So many more rows were checked in the first pass.
    fn rows_checked(&self, rows: u64);
    /// So many more rows were applied in the second pass.
    fn rows_applied(&self, rows: u64);
    /// All is done.
    fn done(&self);
}

/// Nobody watches.
pub struct Quiet;

impl Progress for Quiet {
    fn rows_checked(&self, _: u64) {}
    fn rows_applied(&self, _: u64) {}
    fn done(&self) {}
}

/// What the first pass found.
pub(super) struct Scan {
    /// Rows read, blank ones and footers included.
    read: u64,
    pub(super) digest: seal::Digest,
    pub(super) format: String,
    pub(super) encoding: Option<String>,
}

impl Scan {
    /// A submission without rows: a move in place of a file.
    pub(super) fn of_move(format: &str, digest: seal::Digest) -> Scan {
        Scan {
            read: 0,
            digest,
            format: format.to_owned(),
            encoding: None,
        }
    }
}

/// What kinds of rows the second pass met.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) rows: u64,
    pub(super) blank: u64,
    pub(super) footer: u64,
    /// Rejected rows whose key could not be read.
    pub(super) unreadable: u64,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Blank => self.blank += 1,
            Outcome::Footer { .. } => self.footer += 1,
            Outcome::Rejected(rejected) => {
                self.rows += 1;
                self.unreadable += u64::from(rejected.key.is_none());
            }
            Outcome::Ready(_) | Outcome::Held(..) | Outcome::Personal(_) => self.rows += 1,
        }
    }
}

/// Reads the whole file to its last byte; refuses it or says what is in it. Nothing is stored, and
/// rows are not checked yet: what is wrong with one row never refuses the file.
pub(super) async fn scan(
    office: &Office,
    terms: &Arc<Terms>,
    progress: &Arc<dyn Progress>,
) -> Result<Scan> {
    let (office, terms, progress) = (office.clone(), Arc::clone(terms), Arc::clone(progress));
    tokio::task::spawn_blocking(move || scan_file(&office, &terms, &*progress))
        .await
        .map_err(|cause| Error::inner("the first pass ended early", cause))?
}

fn scan_file(office: &Office, terms: &Terms, progress: &dyn Progress) -> Result<Scan> {
    let digest = terms
        .file
        .digest()
        .map_err(|cause| Error::inner("the file could not be read", cause))?;
    let mut read = 0_u64;
    let about = with_rows(office, terms, |rows, _| {
        while rows.next().map_err(refused)?.is_some() {
            read += 1;
            if read.is_multiple_of(STEP) {
                progress.rows_checked(STEP);
            }
        }
        Ok(())
    })?;
    progress.rows_checked(read % STEP);
    Ok(Scan {
        read,
        digest,
        format: about.format,
        encoding: about.encoding,
    })
}

struct About {
    format: String,
    encoding: Option<String>,
}

fn refused(refusal: FileRefusal) -> Error {
    Error::File(Box::new(refusal))
}

/// Opens the file, binds its header and hands its rows over.
fn with_rows(
    office: &Office,
    terms: &Terms,
    act: impl FnOnce(&mut Rows, Binding) -> Result<()>,
) -> Result<About> {
    let open = || terms.file.open();
    let source = Source {
        name: terms.file.name.clone(),
        open: &open,
        bytes: terms.file.bytes,
    };
    let workbooks = office.workbooks.clone();
    let sheet = terms.told.sheet.clone();
    let run = workbooks.map(|run| move |bytes: &[u8]| run(bytes, sheet.as_deref()));
    let options = ReadOptions {
        format: None,
        encoding: terms.told.encoding.as_deref(),
        delimiter: terms.told.delimiter,
        sheet: terms.told.sheet.as_deref(),
        theme: Some(&terms.theme),
        workbook: run.as_ref().map(|run| run as &read::WorkbookRunner),
    };
    let mut rows = read::open(&source, &options).map_err(refused)?;
    let binding = header::bind(&terms.theme, rows.header(), Lang::default()).map_err(refused)?;
    let about = About {
        format: rows.format().code().to_owned(),
        encoding: rows.encoding().map(str::to_owned),
    };
    act(&mut rows, binding)?;
    Ok(about)
}

/// Checks every row on so many threads, and gives each outcome to `take`, in the order of the rows,
/// until it says stop.
pub(super) fn each_row(
    office: &Office,
    terms: &Terms,
    threads: usize,
    mut take: impl FnMut(&mut Outcome, &Binding) -> bool,
) -> Result<Tally> {
    let mut tally = Tally::default();
    with_rows(office, terms, |rows, binding| {
        let options = CheckOptions {
            today: terms.date,
            supplier: &terms.supplier,
            calendar: &office.catalog.calendar,
        };
        // A full list removes what it lacks, and a platform above names sources: rows of persons come
        // by neither.
        let seals =
            office.persons.is_some() && terms.mode == Mode::Delta && terms.returned.is_none();
        let checker = Checker::new(&terms.theme, binding, options).sealing_persons(seals);
        par::run(rows, &checker, threads, &mut |outcome| {
            tally.count(outcome);
            take(outcome, checker.binding())
        })
        .map_err(refused)
    })?;
    Ok(tally)
}

/// Rows of a slice of this file; a retry of the same file cuts it at the same places.
fn slice_rows(scan: &Scan) -> usize {
    if scan.read < LARGE_FILE_ROWS {
        SLICE_ROWS
    } else {
        SLICE_ROWS_LARGE
    }
}

/// A part of the file and what became of its rows.
pub(super) struct Done {
    pub(super) part: Arc<Part>,
    pub(super) counts: Counts,
}

/// What became of the file.
pub(super) struct Applied {
    /// All rows.
    pub(super) total: Counts,
    pub(super) tally: Tally,
    /// The sources of a returned file, in the order in which they were met; else none.
    pub(super) parts: Vec<Done>,
}

/// Applies the file slice by slice, skipping the slices that an earlier try applied. Parts of
/// sources begin when their first rows come.
pub(super) async fn apply(
    office: &Office,
    terms: &Arc<Terms>,
    id: SubmissionId,
    scan: &Scan,
    progress: &Arc<dyn Progress>,
    started_at: Instant,
) -> Result<Applied> {
    let mut seed = [0; 32];
    (office.entropy)(&mut seed);
    let (send, mut receive) = mpsc::channel::<Parcel>(QUEUE);
    let reading = {
        let (office, terms, size) = (office.clone(), Arc::clone(terms), slice_rows(scan));
        let file = (id, scan.digest);
        tokio::task::spawn_blocking(move || {
            let mut sorter = Sorter::new(&office, &terms, file, seed, size, send);
            let tally = each_row(&office, &terms, CHECKERS, |outcome, binding| {
                sorter.put(std::mem::replace(outcome, Outcome::Blank), binding)
            })?;
            // A closed channel is reported by the side that closed it.
            let _closed = sorter.flush();
            Ok::<_, Error>(tally)
        })
    };
    let mut total = Counts::default();
    let mut parts: Vec<Done> = Vec::new();
    while let Some(parcel) = receive.recv().await {
        let known = parts.iter().any(|done| done.part.id == parcel.part.id);
        if parcel.part.id != id && !known {
            super::begin_part(office, terms, scan, (id, started_at), &parcel.part).await?;
            parts.push(Done {
                part: Arc::clone(&parcel.part),
                counts: Counts::default(),
            });
        }
        let counts = apply_slice(office, terms, &parcel, seed).await?;
        total += counts;
        if let Some(done) = parts.iter_mut().find(|one| one.part.id == parcel.part.id) {
            done.counts += counts;
        }
        progress.rows_applied(parcel.rows.len() as u64);
    }
    let tally = reading
        .await
        .map_err(|cause| Error::inner("the second pass ended early", cause))??;
    progress.done();
    Ok(Applied {
        total,
        tally,
        parts,
    })
}

async fn apply_slice(
    office: &Office,
    terms: &Terms,
    parcel: &Parcel,
    seed: [u8; 32],
) -> Result<Counts> {
    let Parcel { part, slice, rows } = parcel;
    let frame = part::frame(office, terms, part, seed);
    let keys: Vec<SliceKey<'_>> = rows.iter().map(|row| key(row, terms)).collect();
    let whose: Vec<CaseWhose<'_>> = keys.iter().map(whose).collect();
    let doors = doors(office, (&terms.theme, &part.supplier), &whose).await?;
    let named = terms.told.cause.is_some();
    let stop = super::stop_use(office, &terms.theme, &part.supplier, named);
    let applied = office
        .store
        .slice_apply(&part.id, *slice, &keys, frame.known_at, &mut |seen| {
            SlicePlan {
                stop: stop.clone(),
                ..Decider::decide(&frame, rows, seen, &doors)
            }
        })
        .await?;
    let facts: Vec<TwinAsk> = rows.iter().filter_map(twin).collect();
    crate::cases::differ(office, (&terms.theme, &part.supplier), &facts).await?;
    Ok(applied.counts)
}

/// A fact on an organisation that rests on a document: another supplier may have stated that, too.
fn twin(row: &Row) -> Option<TwinAsk> {
    let Row::Fact(fact) = row else { return None };
    let organisation = fact.draft.claim.kind.is_organisation();
    fact.document
        .filter(|_| organisation)
        .map(|document| TwinAsk {
            subject: fact.mention,
            record: fact.record,
            document,
        })
}

fn whose<'k>(key: &SliceKey<'k>) -> CaseWhose<'k> {
    CaseWhose {
        mention: key.mention,
        identifiers: key.identifiers,
    }
}

fn key<'r>(row: &'r Row, terms: &Terms) -> SliceKey<'r> {
    match row {
        Row::Fact(fact) => SliceKey {
            mention: fact.mention,
            record: fact.record,
            digest: fact.digest,
            stated_on: terms.date,
            identifiers: &fact.keys,
            name_form: fact.name_form.as_deref(),
            person: false,
        },
        Row::Person(person) => SliceKey {
            mention: person.subject,
            record: person.record,
            digest: person.digest,
            stated_on: terms.date,
            identifiers: &[],
            name_form: None,
            person: true,
        },
        Row::Refused(refused) => SliceKey {
            mention: SubjectId([0; 16]),
            record: refused.record.unwrap_or(NO_RECORD),
            digest: [0; 32],
            stated_on: terms.date,
            identifiers: &[],
            name_form: None,
            person: false,
        },
    }
}

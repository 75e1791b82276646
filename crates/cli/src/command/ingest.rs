//! `gongxin ingest`: files in, in order; a receipt and the rejected rows out.

use crate::args::{Ingest, Mode};
use crate::exit::{Exit, Failure};
use crate::setup::Desk;
use crate::{out, text};
use credit::people::Action;
use exchange::corrections::{self, Corrected, Correction, Paper};
use exchange::ingest::{File, Progress, Receipt, Request, Told};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use store::Counts;

pub(super) fn run(desk: &Desk, ask: &Ingest) -> Result<Exit, Failure> {
    let told = told(ask)?;
    for path in [&ask.receipt, &ask.rejects].into_iter().flatten() {
        writable(path)?;
    }
    let mut total = Counts::default();
    let mut receipts = Vec::new();
    let mut waits = false;
    let mut failed = None;
    for file in &ask.files {
        match one(desk, ask, &told, file) {
            Ok(receipt) => {
                add(&mut total, &receipt.counts);
                waits |= receipt.waiting.is_some();
                receipts.push(receipt);
            }
            Err(failure) => {
                failed = Some((file, failure));
                break;
            }
        }
    }
    // The last line comes whatever happens to the files written beside it.
    let written = write_receipts(ask, &receipts).and_then(|()| write_rejects(desk, ask, &receipts));
    if let Some((file, _)) = failed.as_ref().filter(|_| !receipts.is_empty()) {
        let blanks = [file.display().to_string(), receipts.len().to_string()];
        let blanks = blanks.each_ref().map(String::as_str);
        eprintln!("{}", text::STOPPED.say(desk.lang, &blanks));
    }
    out::line(&line(&total))?;
    if let Some((_, failure)) = failed {
        return Err(failure);
    }
    written?;
    let incomplete = waits || total.rejected + total.held > 0;
    Ok(if ask.strict && incomplete {
        Exit::Incomplete
    } else {
        Exit::Done
    })
}

/// Takes one file in, with a bar, and prints a line about it.
fn one(desk: &Desk, ask: &Ingest, told: &Told, path: &Path) -> Result<Receipt, Failure> {
    let file = File::path(path).map_err(|cause| Failure::io(path, text::CANNOT_READ, cause))?;
    let bar: Arc<dyn Progress> = Arc::new(Bar::new(path));
    let request = Request {
        theme: ask.theme.clone(),
        supplier: ask.supplier.clone(),
        mode: ask.mode.map(mode),
        date: ask.date,
        file,
        told: told.clone(),
    };
    let receipt = match &ask.corrects {
        Some(reason) => correct(desk, ask, request, reason)?,
        None => desk
            .runtime
            .block_on(exchange::ingest::submit(&desk.office, request, bar))
            .map_err(|error| Failure::of(error, desk.lang))?,
    };
    out::line(&format!("{}: {}", path.display(), line(&receipt.counts)))?;
    if receipt.counts.removed > 0 {
        let removed = receipt.counts.removed.to_string();
        out::line(&text::REMOVED.say(desk.lang, &[&removed]))?;
    }
    if let Some(waiting) = &receipt.waiting {
        let blanks = [
            waiting.absent.to_string(),
            waiting.earlier.to_string(),
            receipt.id.to_string(),
        ];
        let blanks = blanks.each_ref().map(String::as_str);
        out::line(&text::ABSENT.say(desk.lang, &blanks))?;
    }
    Ok(receipt)
}

/// Sends the file's row as a correction on the ground of a document.
fn correct(
    desk: &Desk,
    ask: &Ingest,
    mut request: Request,
    reason: &str,
) -> Result<Receipt, Failure> {
    let document = ask.document.as_deref().unwrap_or_default();
    let parts: Vec<&str> = document.splitn(4, ',').map(str::trim).collect();
    let &[kind, number, day, organ] = parts.as_slice() else {
        return Err(Failure::usage(text::DOCUMENT_PARTS, &[]));
    };
    let [kind, number, day, organ] = [kind, number, day, organ].map(str::to_owned);
    request.told.officer = Some(corrector(desk, ask)?);
    let correction = Correction {
        request,
        seen: None,
        reason: reason.to_owned(),
        paper: Paper {
            kind,
            number,
            day,
            organ,
        },
    };
    let made = desk
        .runtime
        .block_on(corrections::correct(&desk.office, correction))
        .map_err(|error| Failure::of(error, desk.lang))?;
    match made {
        Corrected::Sent(receipt) => Ok(*receipt),
        Corrected::Rejected(row) => {
            let words = exchange::ingest::fault_words(&row, desk.lang);
            Err(Failure::request(text::CORRECTION_REJECTED, &[&words]))
        }
    }
}

/// The mark of the account in whose name a fact is corrected, where it may for the agency and theme.
fn corrector(desk: &Desk, ask: &Ingest) -> Result<String, Failure> {
    let who = super::lookup::acting(desk, ask.by.as_deref().unwrap_or_default())?;
    let supplier = ask.supplier.as_deref().unwrap_or_default();
    let theme = std::iter::once(ask.theme.as_str());
    who.may_all(Action::FactCorrect, supplier, theme)
        .and_then(|()| who.officer(supplier))
        .map(|officer| officer.name().to_owned())
        .map_err(|error| Failure::of(error, desk.lang))
}

pub(super) fn mode(mode: Mode) -> credit::catalog::Mode {
    match mode {
        Mode::Delta => credit::catalog::Mode::Delta,
        Mode::Snapshot => credit::catalog::Mode::Snapshot,
    }
}

fn told(ask: &Ingest) -> Result<Told, Failure> {
    let delimiter = match ask.delimiter.as_deref() {
        None => None,
        Some("tab" | "\\t" | "\t") => Some(b'\t'),
        Some(sign) if sign.len() == 1 => sign.bytes().next(),
        Some(_) => return Err(Failure::usage(text::DELIMITER, &[])),
    };
    Ok(Told {
        encoding: ask.encoding.clone(),
        delimiter,
        sheet: ask.sheet.clone(),
        ..Told::default()
    })
}

/// Refuses before anything is taken in when a file asked for could not be written afterwards.
/// What stands in the file stays until there is something to write.
fn writable(path: &Path) -> Result<(), Failure> {
    let opened = std::fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(path);
    opened
        .map(drop)
        .map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))
}

/// The line that scripts read; late counts within accepted.
pub(super) fn line(counts: &Counts) -> String {
    format!(
        "accepted {}, rejected {}, held {}, unchanged {}, late {}",
        counts.accepted, counts.rejected, counts.held, counts.unchanged, counts.late
    )
}

fn add(total: &mut Counts, counts: &Counts) {
    total.accepted += counts.accepted;
    total.rejected += counts.rejected;
    total.held += counts.held;
    total.unchanged += counts.unchanged;
    total.late += counts.late;
    total.removed += counts.removed;
}

fn write_receipts(ask: &Ingest, receipts: &[Receipt]) -> Result<(), Failure> {
    let Some(path) = &ask.receipt else {
        return Ok(());
    };
    let failed = |cause| Failure::io(path, text::CANNOT_WRITE, cause);
    let mut file = BufWriter::new(std::fs::File::create(path).map_err(failed)?);
    for receipt in receipts {
        // One line: the receipt's own JSON with its signature beside it.
        let body = receipt.json.strip_suffix('}').unwrap_or(&receipt.json);
        writeln!(file, "{body},\"signature\":\"{}\"}}", receipt.signature).map_err(failed)?;
    }
    file.flush().map_err(failed)
}

fn write_rejects(desk: &Desk, ask: &Ingest, receipts: &[Receipt]) -> Result<(), Failure> {
    let Some(path) = &ask.rejects else {
        return Ok(());
    };
    let xlsx = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
    // What a platform above returned may have rejected repeats among the rows of a source.
    let with_parts = |receipt: &Receipt| [&[receipt.id], receipt.parts.as_slice()].concat();
    let ids: Vec<_> = receipts.iter().flat_map(with_parts).collect();
    let bytes = desk
        .runtime
        .block_on(exchange::supply::rejects_file(
            &desk.office,
            &ids,
            xlsx,
            desk.lang,
        ))
        .map_err(|error| Failure::of(error, desk.lang))?;
    std::fs::write(path, bytes).map_err(|cause| Failure::io(path, text::CANNOT_WRITE, cause))
}

/// A bar on standard error: first the check of the whole file, then the taking in.
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    pub(super) fn new(path: &Path) -> Bar {
        let bar = ProgressBar::new(0);
        if let Ok(style) =
            ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len} {elapsed} {eta}")
        {
            bar.set_style(style);
        }
        bar.set_message(
            path.file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned(),
        );
        Bar { bar }
    }
}

impl Progress for Bar {
    fn rows_checked(&self, rows: u64) {
        self.bar.inc_length(rows.saturating_mul(2));
        self.bar.inc(rows);
    }

    fn rows_applied(&self, rows: u64) {
        self.bar.inc(rows);
    }

    fn done(&self) {
        self.bar.finish_and_clear();
    }
}

//! The list of erasures in the data folder, `erasures.list`: kept apart from the store, so that a copy
//! of the store that is put back does not bring back whom it was decided to erase.

use crate::exit::Failure;
use crate::setup::Desk;
use crate::text;
use exchange::persons;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use store::Erasure;

fn path(folder: &Path) -> PathBuf {
    folder.join("erasures.list")
}

/// Adds erasures, on the disk before this returns. A last line that was never finished is cut off.
pub(crate) fn add(folder: &Path, erasures: &[Erasure]) -> exchange::error::Result<()> {
    if erasures.is_empty() {
        return Ok(());
    }
    let lines: String = erasures.iter().map(persons::line).collect();
    written(&path(folder), &lines)
        .map_err(|cause| exchange::Error::inner("the list of erasures could not be written", cause))
}

fn written(path: &Path, lines: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private(&mut options);
    let mut file = options.open(path)?;
    let mut text = Vec::new();
    Read::by_ref(&mut file)
        .take(persons::LIST_BYTES)
        .read_to_end(&mut text)?;
    let whole = text
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    file.set_len(whole as u64)?;
    file.seek(SeekFrom::End(0))?;
    file.write_all(lines.as_bytes())?;
    file.sync_all()?;
    // The folder, too, so that a new file is not lost with the power.
    if let Some(folder) = path.parent() {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_: &mut OpenOptions) {}

/// Erasures that the store misses, and those that the list misses.
pub(crate) fn compared(desk: &Desk) -> Result<(Vec<Erasure>, Vec<Erasure>), Failure> {
    let path = path(&desk.data);
    let list = match fs::read_to_string(&path) {
        Ok(text) => persons::parse(&text).map_err(|bad| {
            let line = bad.line.to_string();
            Failure::request(text::LIST_DAMAGED, &[&path.display().to_string(), &line])
        })?,
        Err(cause) if cause.kind() == ErrorKind::NotFound => Vec::new(),
        Err(cause) => return Err(Failure::io(&path, text::CANNOT_READ, cause)),
    };
    let compared = persons::missed(&desk.office, &list);
    let compared = desk.runtime.block_on(compared);
    compared.map_err(|error| Failure::of(error, desk.lang))
}

/// Refuses a store that misses an erasure: it is an older copy, and serves nobody before `restore`.
pub(crate) fn check(desk: &Desk) -> Result<(), Failure> {
    let (missed, unlisted) = compared(desk)?;
    if !missed.is_empty() {
        let count = missed.len().to_string();
        return Err(Failure::request(text::ERASURES_MISSED, &[&count]));
    }
    add(&desk.data, &unlisted).map_err(|error| Failure::of(error, desk.lang))
}

//! Segments as files: written beside and renamed when they are whole and on disk, read by position.

use resolve::search::{Builder, Bytes, Segment};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// A file that is read by position.
struct Positions {
    file: File,
    size: u64,
}

impl Bytes for Positions {
    #[cfg(unix)]
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, into, at)
    }

    #[cfg(windows)]
    fn read_at(&self, mut at: u64, mut into: &mut [u8]) -> io::Result<()> {
        while !into.is_empty() {
            let read = std::os::windows::fs::FileExt::seek_read(&self.file, into, at)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            at += read as u64;
            into = into.get_mut(read..).unwrap_or_default();
        }
        Ok(())
    }

    fn size(&self) -> u64 {
        self.size
    }
}

/// Opens a segment and checks its sum.
pub(super) fn open(path: &Path) -> io::Result<Segment> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    Segment::open(Box::new(Positions { file, size }))
}

/// Writes a segment: it stands under its name only when it is whole.
pub(super) fn write(builder: Builder, path: &Path) -> io::Result<Segment> {
    put(path, |out| builder.finish(out))?;
    open(path)
}

/// Writes a file that is either as it was or whole, whenever the machine stops.
pub(super) fn put(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut out = BufWriter::with_capacity(1 << 18, File::create(&part)?);
    fill(&mut out)?;
    out.flush()?;
    out.get_ref().sync_all()?;
    drop(out);
    std::fs::rename(part, path)
}

/// A segment in memory.
pub(super) fn in_memory(builder: Builder) -> io::Result<Segment> {
    let mut bytes = Vec::new();
    builder.finish(&mut bytes)?;
    Segment::open(Box::new(bytes))
}

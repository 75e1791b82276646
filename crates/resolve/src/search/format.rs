//! The frame of a segment: sections one after another, a trailer that says where each stands, and a
//! checksum over everything before it. A file of another version, cut short or damaged is refused.

use std::io::{self, Write};

/// What a segment is read from: a file by position, or memory.
pub trait Bytes: Send + Sync {
    /// Fills `into` from a position on.
    ///
    /// # Errors
    /// When the bytes cannot be read or end before.
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()>;

    /// How many bytes there are.
    fn size(&self) -> u64;
}

impl Bytes for Vec<u8> {
    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let from = usize::try_from(at).map_err(|_| damaged("a place beyond memory"))?;
        let bytes = self.get(from..).and_then(|tail| tail.get(..into.len()));
        into.copy_from_slice(bytes.ok_or_else(|| damaged("a segment cut short"))?);
        Ok(())
    }

    fn size(&self) -> u64 {
        self.len() as u64
    }
}

/// The error of a segment that is not what it should be; it is made again from the store.
pub(super) fn damaged(what: &'static str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the name index is damaged: {what}"),
    )
}

/// Name and version of the format; another version is another magic.
const MAGIC: u64 = u64::from_le_bytes(*b"gxnames1");
/// Sections of a segment, in the order of [`Section`].
const SECTIONS: usize = 9;
/// Magic, sections with place and size, checksum.
const TRAILER: usize = 8 + SECTIONS * 16 + 8;

/// A section by its place in the trailer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Section {
    /// Names of each length: 256 × u32.
    Lengths = 0,
    /// Names as numbers of characters, by length and then in order.
    Texts = 1,
    /// What was pushed with each name: u64.
    Keys = 2,
    /// The first four characters of each 64th name of a length: u64.
    Samples = 3,
    /// Names that hold a pair of neighbours, pair after pair.
    Postings = 4,
    /// Pairs: second character, place and size of their postings.
    Pairs = 5,
    /// Code points of the alphabet: u32.
    Alphabet = 6,
    /// Initials of names with the name: 12 bytes each, sorted.
    Letters = 7,
    /// Which characters each name holds, as marks: u32.
    Marks = 8,
}

/// Place and size of each section.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    sections: [(u64, u64); SECTIONS],
}

impl Frame {
    /// Place and size of a section.
    pub(super) fn section(&self, which: Section) -> (u64, u64) {
        self.sections.get(which as usize).copied().unwrap_or((0, 0))
    }

    /// Reads and checks the whole.
    pub(super) fn read(bytes: &dyn Bytes) -> io::Result<Frame> {
        let body = bytes.size().checked_sub(TRAILER as u64);
        let body = body.ok_or_else(|| damaged("too short"))?;
        let mut trailer = [0; TRAILER];
        bytes.read_at(body, &mut trailer)?;
        let words: Vec<u64> = trailer.chunks_exact(8).map(word).collect();
        if words.first() != Some(&MAGIC) {
            return Err(damaged("not of this version"));
        }
        let mut frame = Frame::default();
        let pairs = words.get(1..).unwrap_or_default().chunks_exact(2);
        for (slot, pair) in frame.sections.iter_mut().zip(pairs) {
            let [at, size] = *pair else { continue };
            if at.checked_add(size).is_none_or(|end| end > body) {
                return Err(damaged("a section beyond its end"));
            }
            *slot = (at, size);
        }
        let mut sum = Sum::default();
        let mut buffer = vec![0; 1 << 18];
        let mut at = 0;
        let end = body + TRAILER as u64 - 8;
        while at < end {
            let size = (end - at).min(buffer.len() as u64);
            let part = buffer.get_mut(..size as usize).unwrap_or_default();
            bytes.read_at(at, part)?;
            sum.add(part);
            at += size;
        }
        if words.last() == Some(&sum.value()) {
            Ok(frame)
        } else {
            Err(damaged("its checksum differs"))
        }
    }
}

/// Little-endian u64 of up to eight bytes.
pub(super) fn word(bytes: &[u8]) -> u64 {
    let mut word = [0; 8];
    for (to, from) in word.iter_mut().zip(bytes) {
        *to = *from;
    }
    u64::from_le_bytes(word)
}

/// A checksum against decay and cut files; no protection against somebody who means harm, who could
/// as well write the file anew.
#[derive(Clone, Debug, Default)]
struct Sum {
    state: u64,
    rest: [u8; 8],
    held: usize,
    size: u64,
}

impl Sum {
    fn add(&mut self, mut bytes: &[u8]) {
        self.size += bytes.len() as u64;
        while self.held > 0 {
            let Some((first, tail)) = bytes.split_first() else {
                return;
            };
            self.rest[self.held] = *first;
            bytes = tail;
            self.held += 1;
            if self.held == 8 {
                self.held = 0;
                self.mix(u64::from_le_bytes(self.rest));
            }
        }
        let words = bytes.chunks_exact(8);
        let rest = words.remainder();
        for eight in words {
            self.mix(word(eight));
        }
        self.rest[..rest.len()].copy_from_slice(rest);
        self.held = rest.len();
    }

    fn mix(&mut self, word: u64) {
        self.state = (self.state ^ word)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(29);
    }

    fn value(&self) -> u64 {
        let mut last = self.clone();
        last.mix(word(self.rest.get(..self.held).unwrap_or_default()));
        last.mix(self.size);
        last.state
    }
}

/// Writes sections and their trailer.
pub(super) struct Out<'a> {
    inner: &'a mut dyn Write,
    sum: Sum,
    frame: Frame,
    open: u64,
}

impl<'a> Out<'a> {
    /// Begins a segment.
    pub(super) fn new(inner: &'a mut dyn Write) -> Out<'a> {
        Out {
            inner,
            sum: Sum::default(),
            frame: Frame::default(),
            open: 0,
        }
    }

    /// Adds bytes to the section that is open.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sum.add(bytes);
        self.inner.write_all(bytes)
    }

    /// Closes the section; the next begins here.
    pub(super) fn close(&mut self, which: Section) {
        if let Some(slot) = self.frame.sections.get_mut(which as usize) {
            *slot = (self.open, self.sum.size - self.open);
        }
        self.open = self.sum.size;
    }

    /// Writes the trailer.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.put(&MAGIC.to_le_bytes())?;
        for (at, size) in self.frame.sections {
            self.put(&at.to_le_bytes())?;
            self.put(&size.to_le_bytes())?;
        }
        let sum = self.sum.value();
        self.inner.write_all(&sum.to_le_bytes())?;
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(parts: &[&[u8]]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut out = Out::new(&mut bytes);
        for part in parts {
            out.put(part)?;
        }
        out.close(Section::Texts);
        out.finish()?;
        Ok(bytes)
    }

    #[test]
    fn the_sum_does_not_depend_on_how_the_bytes_came() -> io::Result<()> {
        let whole = segment(&[b"abcdefghijklmnopqrstu"])?;
        assert_eq!(whole, segment(&[b"abc", b"", b"defghijklmno", b"pqrstu"])?);
        assert_eq!(Frame::read(&whole)?.section(Section::Texts), (0, 21));
        Ok(())
    }

    #[test]
    fn each_changed_bit_and_each_cut_is_noticed() -> io::Result<()> {
        let whole = segment(&[b"abcdefghijk"])?;
        for at in 0..whole.len() {
            for bit in 0..8 {
                let mut broken = whole.clone();
                broken[at] ^= 1 << bit;
                assert!(Frame::read(&broken).is_err(), "byte {at} bit {bit}");
            }
            assert!(Frame::read(&whole[..at].to_vec()).is_err(), "cut at {at}");
        }
        Ok(())
    }
}

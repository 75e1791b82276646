//! A segment opened for reading: names by number, lists of names by pair, places in the order.
//! In memory stand the alphabet, the table of pairs and a sample of the names, some ten bytes
//! a name; texts, keys and lists are read where they are.

use super::NAME_CHARS;
use super::alphabet::Alphabet;
use super::format::{Bytes, Frame, Section, damaged, word};
use super::postings::List;
use super::text::Texts;
use std::io;
use std::ops::Range;

/// One name in so many of a length is held in memory by its first four characters.
pub(super) const SAMPLE_EVERY: usize = 64;
/// Bytes of an entry of the table of pairs: second character, place, size, count.
pub(super) const PAIR_BYTES: usize = 16;
/// Bytes of an entry of the table of initials.
pub(super) const LETTER_BYTES: usize = 12;

/// The first four characters of a name as one number that orders as they do.
pub(super) fn sample(name: &[u16]) -> u64 {
    let four = (0..4).map(|at| u64::from(name.get(at).copied().unwrap_or(0)));
    four.fold(0, |all, number| all << 16 | number)
}

/// Which characters a name holds, each as one of 32 marks. Each edit adds at most one mark and takes
/// at most one away, so most candidates are dropped without reading their names.
pub(super) fn marks(name: &[u16]) -> u32 {
    let mark = |one: &u16| 1 << (u32::from(*one).wrapping_mul(0x9E37_79B9) >> 27);
    name.iter().map(mark).fold(0, |all, one: u32| all | one)
}

/// Names written by a [`super::Builder`], ready to be asked.
pub struct Segment {
    bytes: Box<dyn Bytes>,
    frame: Frame,
    alphabet: Alphabet,
    lengths: Vec<Length>,
    samples: Vec<u64>,
    heads: Vec<u32>,
    pairs: Vec<u8>,
    marks: Vec<u32>,
}

/// The names of one length.
#[derive(Clone, Copy, Debug, Default)]
struct Length {
    first: u32,
    end: u32,
    text: u64,
    sample: usize,
}

impl Segment {
    /// Opens a segment and checks its sum: every byte is read once.
    ///
    /// # Errors
    /// When it cannot be read, is of another version, or damaged.
    pub fn open(bytes: Box<dyn Bytes>) -> io::Result<Segment> {
        let frame = Frame::read(&*bytes)?;
        let read = |which| section(&*bytes, &frame, which);
        let chars = numbers(&read(Section::Alphabet)?);
        let chars = chars.into_iter().filter_map(char::from_u32).collect();
        let samples = read(Section::Samples)?.chunks_exact(8).map(word).collect();
        let (heads, pairs) = heads(read(Section::Pairs)?)?;
        let lengths = lengths(&numbers(&read(Section::Lengths)?));
        let segment = Segment {
            alphabet: Alphabet::new(chars),
            samples,
            heads,
            pairs,
            marks: numbers(&read(Section::Marks)?),
            lengths,
            bytes,
            frame,
        };
        let texts = segment.lengths.last().map_or(0, |last| last.text);
        let whole = frame.section(Section::Texts).1 == texts
            && frame.section(Section::Keys).1 == u64::from(segment.names()) * 8
            && segment.marks.len() == segment.names() as usize;
        whole
            .then_some(segment)
            .ok_or_else(|| damaged("its sections do not fit"))
    }

    /// How many names it holds.
    #[must_use]
    pub fn names(&self) -> u32 {
        self.lengths.last().map_or(0, |last| last.first)
    }

    /// How many bytes it has, wherever they stand.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.bytes.size()
    }

    /// How many bytes of it stand in memory while it is open.
    #[must_use]
    pub fn resident(&self) -> usize {
        self.alphabet.chars().len() * 4
            + self.samples.len() * 8
            + self.heads.len() * 4
            + self.pairs.len()
            + self.marks.len() * 4
    }

    pub(super) fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    pub(super) fn bytes(&self) -> &dyn Bytes {
        &*self.bytes
    }

    /// The numbers of names whose lengths are in a range.
    pub(super) fn of_lengths(&self, range: Range<usize>) -> Range<u32> {
        let at = |length: usize| {
            let slot = self.lengths.get(length).or(self.lengths.last());
            slot.map_or(0, |slot| slot.first)
        };
        at(range.start)..at(range.end)
    }

    /// The list of names that hold a pair; `None` where no name does.
    pub(super) fn list(&self, pair: (u16, u16)) -> Option<List> {
        let head = usize::from(pair.0);
        let from = *self.heads.get(head)? as usize * PAIR_BYTES;
        let to = *self.heads.get(head + 1)? as usize * PAIR_BYTES;
        let mut entries = self.pairs.get(from..to)?;
        while !entries.is_empty() {
            let middle = entries.len() / PAIR_BYTES / 2 * PAIR_BYTES;
            let (before, rest) = entries.split_at_checked(middle)?;
            let (entry, after) = rest.split_at_checked(PAIR_BYTES)?;
            let second = word(entry.get(..2)?) as u16;
            match second.cmp(&pair.1) {
                std::cmp::Ordering::Equal => {
                    let at = self.frame.section(Section::Postings).0 + word(entry.get(2..8)?);
                    let size = word(entry.get(8..12)?) as u32;
                    return Some(List::new(word(entry.get(12..16)?) as u32, at, size));
                }
                std::cmp::Ordering::Less => entries = after,
                std::cmp::Ordering::Greater => entries = before,
            }
        }
        None
    }

    /// Whether a name may be so few edits from one with these marks.
    pub(super) fn may_be_near(&self, number: u32, marks: u32, edits: u32) -> bool {
        let held = self.marks.get(number as usize).copied().unwrap_or(0);
        (held & !marks).count_ones() <= edits && (marks & !held).count_ones() <= edits
    }

    /// Whether a name may hold all characters that have these marks.
    pub(super) fn may_hold(&self, number: u32, marks: u32) -> bool {
        self.marks
            .get(number as usize)
            .is_some_and(|held| marks & !held == 0)
    }

    /// A reader of names.
    pub(super) fn texts(&self) -> Texts<'_> {
        let (at, size) = self.frame.section(Section::Texts);
        Texts::new(&*self.bytes, at + size)
    }

    /// The characters of a name.
    pub(super) fn name<'t>(&self, texts: &'t mut Texts<'_>, number: u32) -> io::Result<&'t [u16]> {
        let length = self.lengths.partition_point(|slot| slot.end <= number);
        let slot = self
            .lengths
            .get(length)
            .ok_or_else(|| damaged("no such name"))?;
        let within = u64::from(number - slot.first) * length as u64 * 2;
        let at = self.frame.section(Section::Texts).0 + slot.text + within;
        texts.read(at, length)
    }

    /// What was pushed with a name.
    pub(super) fn key(&self, number: u32) -> io::Result<u64> {
        let mut key = [0; 8];
        let at = self.frame.section(Section::Keys).0 + u64::from(number) * 8;
        self.bytes.read_at(at, &mut key)?;
        Ok(u64::from_le_bytes(key))
    }

    /// The names of one length that begin with a text, as a range of numbers.
    pub(super) fn beginning(
        &self,
        texts: &mut Texts<'_>,
        length: usize,
        text: &[u16],
    ) -> io::Result<Range<u32>> {
        let Some(slot) = self
            .lengths
            .get(length)
            .filter(|slot| slot.first < slot.end)
        else {
            return Ok(0..0);
        };
        let least = sample(text);
        let bits = 16 * 4_usize.saturating_sub(text.len());
        let beyond = 1_u64
            .checked_shl(bits as u32)
            .map_or(u64::MAX, |bit| bit - 1);
        let samples = (least, least | beyond);
        let start = self.bound(texts, *slot, length, samples, |name| name < text)?;
        let head = |name: &[u16]| name.get(..text.len()).is_some_and(|head| head <= text);
        let end = self.bound(texts, *slot, length, samples, head)?;
        Ok(start..end.max(start))
    }

    /// The first name of a length for which `before` is false. Names whose samples are below the
    /// first of `samples` are surely before, those whose samples are above the second surely not.
    fn bound(
        &self,
        texts: &mut Texts<'_>,
        slot: Length,
        length: usize,
        samples: (u64, u64),
        before: impl Fn(&[u16]) -> bool,
    ) -> io::Result<u32> {
        let count = (slot.end - slot.first) as usize;
        let held = slot.sample..slot.sample + count.div_ceil(SAMPLE_EVERY);
        let held = self.samples.get(held).unwrap_or_default();
        let from = held
            .partition_point(|one| *one < samples.0)
            .saturating_sub(1);
        let to = held.partition_point(|one| *one <= samples.1);
        let mut low = slot.first + (from * SAMPLE_EVERY) as u32;
        let mut high = slot.first + (to * SAMPLE_EVERY).min(count) as u32;
        let base = self.frame.section(Section::Texts).0 + slot.text;
        while low < high {
            let middle = low.midpoint(high);
            let at = base + u64::from(middle - slot.first) * length as u64 * 2;
            if before(texts.read(at, length)?) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// Place and number of the entries of initials.
    pub(super) fn letters(&self) -> (u64, u64) {
        let (at, size) = self.frame.section(Section::Letters);
        (at, size / LETTER_BYTES as u64)
    }
}

fn section(bytes: &dyn Bytes, frame: &Frame, which: Section) -> io::Result<Vec<u8>> {
    let (at, size) = frame.section(which);
    let size = usize::try_from(size).map_err(|_| damaged("a section beyond memory"))?;
    let mut read = vec![0; size];
    bytes.read_at(at, &mut read)?;
    Ok(read)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes
        .chunks_exact(4)
        .map(|four| word(four) as u32)
        .collect()
}

/// Splits the section of pairs into the places of first characters and the entries.
fn heads(mut bytes: Vec<u8>) -> io::Result<(Vec<u32>, Vec<u8>)> {
    let count = bytes.get(..4).map_or(0, word) as usize;
    let end = count * 4 + 4;
    let heads = numbers(
        bytes
            .get(4..end)
            .ok_or_else(|| damaged("no table of pairs"))?,
    );
    bytes.drain(..end);
    bytes.shrink_to_fit();
    Ok((heads, bytes))
}

/// Places of the names of each length; the last entry says where all of them end.
fn lengths(counts: &[u32]) -> Vec<Length> {
    let mut next = Length::default();
    let mut all = Vec::with_capacity(NAME_CHARS + 2);
    for (length, &count) in counts.iter().enumerate().take(NAME_CHARS + 1) {
        let end = next.first.saturating_add(count);
        all.push(Length { end, ..next });
        next.first = end;
        next.text += u64::from(count) * length as u64 * 2;
        next.sample += (count as usize).div_ceil(SAMPLE_EVERY);
    }
    next.end = u32::MAX;
    all.push(next);
    all
}

//! Writes a segment. Names are numbered by length and then in order, so that every list of names
//! rises with length: the shortest hits come first and a search for nearly equal names reads only
//! the lengths that edits can reach. Pairs are sorted in parts of bounded size: beside the names
//! themselves a build needs some 100 MB at any number of names.

use super::alphabet::{Alphabet, END, MOST, OTHER, START};
use super::format::{Out, Section};
use super::segment::{PAIR_BYTES, SAMPLE_EVERY, marks, sample};
use super::{NAME_CHARS, letters, postings};
use std::collections::HashMap;
use std::io::{self, Write};

/// Pairs sorted at once: 8 bytes each, 64 MiB.
const PART: u64 = 8 << 20;

/// Collects names and writes a segment of them.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    numbers: HashMap<char, u16>,
    chars: Vec<char>,
    text: Vec<u16>,
    starts: Vec<u32>,
    lengths: Vec<u8>,
    keys: Vec<u64>,
}

impl Builder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Builder {
        Builder::default()
    }

    /// Adds a name in the form of [`credit::text::name_form`] under a key. Several names may have
    /// one key. Characters beyond [`NAME_CHARS`] are left out, and names beyond four thousand
    /// million characters in all.
    pub fn push(&mut self, key: u64, form: &str) {
        let Ok(start) = u32::try_from(self.text.len()) else {
            return;
        };
        for one in form.chars().take(NAME_CHARS) {
            let next = self.chars.len().min(MOST);
            let number = *self.numbers.entry(one).or_insert_with(|| {
                self.chars.push(one);
                // INVARIANT: `next` is at most MOST, which fits.
                u16::try_from(next).unwrap_or(OTHER)
            });
            self.text.push(number);
        }
        let length = self.text.len() - start as usize;
        if length > 0 {
            self.starts.push(start);
            self.lengths.push(u8::try_from(length).unwrap_or(u8::MAX));
            self.keys.push(key);
        }
    }

    /// Names so far.
    #[must_use]
    pub fn names(&self) -> usize {
        self.keys.len()
    }

    /// Writes the segment.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut out = Out::new(out);
        let alphabet = self.renumber();
        let order = self.order();
        let names = self.put_names(&order, &mut out)?;
        drop(order);
        put_pairs(&names, &mut out)?;
        for &one in alphabet.chars() {
            out.put(&u32::from(one).to_le_bytes())?;
        }
        out.close(Section::Alphabet);
        letters::put(&names, &alphabet, &mut out)?;
        out.close(Section::Letters);
        out.finish()
    }

    /// From numbers by first use to numbers by code point.
    fn renumber(&mut self) -> Alphabet {
        self.numbers = HashMap::new();
        let chars = std::mem::take(&mut self.chars);
        let alphabet = Alphabet::new(chars.clone());
        let mut table: Vec<u16> = chars.iter().map(|&one| alphabet.of_name(one)).collect();
        // Those beyond the most share a number at the end of the table.
        table.truncate(MOST);
        for number in &mut self.text {
            *number = table.get(usize::from(*number)).copied().unwrap_or(OTHER);
        }
        alphabet
    }

    /// Names by length, then as their numbers order, then by key.
    fn order(&self) -> Vec<u32> {
        let mut order: Vec<(u8, u64, u32)> = Vec::with_capacity(self.keys.len());
        for (at, &length) in (0_u32..).zip(&self.lengths) {
            order.push((length, sample(self.name(at)), at));
        }
        order.sort_unstable_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| {
                let key = |at: u32| self.keys.get(at as usize);
                (self.name(a.2), key(a.2)).cmp(&(self.name(b.2), key(b.2)))
            })
        });
        order.into_iter().map(|(_, _, at)| at).collect()
    }

    fn name(&self, at: u32) -> &[u16] {
        let start = self.starts.get(at as usize).copied().unwrap_or(0) as usize;
        let length = self.lengths.get(at as usize).copied().unwrap_or(0);
        let text = self.text.get(start..start + usize::from(length));
        text.unwrap_or_default()
    }

    /// Writes lengths, texts, keys and samples; the names in their order remain.
    fn put_names(self, order: &[u32], out: &mut Out<'_>) -> io::Result<Sorted> {
        let mut sorted = Sorted {
            text: Vec::with_capacity(self.text.len()),
            counts: [0; NAME_CHARS + 1],
        };
        for &at in order {
            let name = self.name(at);
            sorted.text.extend_from_slice(name);
            sorted.counts[name.len()] += 1;
        }
        for count in sorted.counts {
            out.put(&count.to_le_bytes())?;
        }
        out.close(Section::Lengths);
        let mut bytes = Vec::new();
        for part in sorted.text.chunks(1 << 16) {
            bytes.clear();
            bytes.extend(part.iter().flat_map(|number| number.to_le_bytes()));
            out.put(&bytes)?;
        }
        out.close(Section::Texts);
        for &at in order {
            let key = self.keys.get(at as usize).copied().unwrap_or(0);
            out.put(&key.to_le_bytes())?;
        }
        out.close(Section::Keys);
        let mut before = (0, 0);
        for (_, name) in sorted.names() {
            let within = if before.0 == name.len() { before.1 } else { 0 };
            before = (name.len(), within + 1);
            if within % SAMPLE_EVERY == 0 {
                out.put(&sample(name).to_le_bytes())?;
            }
        }
        out.close(Section::Samples);
        for (_, name) in sorted.names() {
            out.put(&marks(name).to_le_bytes())?;
        }
        out.close(Section::Marks);
        Ok(sorted)
    }
}

/// All names in their order.
pub(super) struct Sorted {
    text: Vec<u16>,
    counts: [u32; NAME_CHARS + 1],
}

impl Sorted {
    /// Number and characters of each.
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, &[u16])> {
        let mut rest = self.text.as_slice();
        let lengths = self.counts.iter().enumerate();
        let lengths = lengths.flat_map(|(length, count)| (0..*count).map(move |_| length));
        (0_u32..).zip(lengths.map(move |length| {
            let (name, tail) = rest.split_at_checked(length).unwrap_or_default();
            rest = tail;
            name
        }))
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.counts.iter().map(|count| *count as usize).sum()
    }
}

/// Each pair of neighbours of a name, its ends included.
fn pairs(name: &[u16]) -> impl Iterator<Item = (u16, u16)> {
    let firsts = std::iter::once(START).chain(name.iter().copied());
    firsts.zip(name.iter().copied().chain(std::iter::once(END)))
}

/// Writes postings and the table of pairs.
fn put_pairs(names: &Sorted, out: &mut Out<'_>) -> io::Result<()> {
    let mut counts = vec![0_u64; usize::from(u16::MAX) + 1];
    for (_, name) in names.names() {
        for (first, _) in pairs(name) {
            counts[usize::from(first)] += 1;
        }
    }
    let mut table = Table::default();
    let mut from = 0;
    while from < counts.len() {
        let mut to = from + 1;
        let mut sum = counts[from];
        while to < counts.len() && sum + counts[to] <= PART {
            sum += counts[to];
            to += 1;
        }
        if sum > 0 {
            put_part(names, from..to, sum, &mut table, out)?;
        }
        from = to;
    }
    out.close(Section::Postings);
    table.put(out)?;
    out.close(Section::Pairs);
    Ok(())
}

/// Writes the postings of all pairs whose first character is in a range.
fn put_part(
    names: &Sorted,
    firsts: std::ops::Range<usize>,
    count: u64,
    table: &mut Table,
    out: &mut Out<'_>,
) -> io::Result<()> {
    let mut found: Vec<(u32, u32)> = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    for (at, name) in names.names() {
        for (first, second) in pairs(name) {
            if firsts.contains(&usize::from(first)) {
                found.push((u32::from(first) << 16 | u32::from(second), at));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    let (mut numbers, mut bytes) = (Vec::new(), Vec::new());
    for run in found.chunk_by(|a, b| a.0 == b.0) {
        numbers.clear();
        numbers.extend(run.iter().map(|(_, at)| *at));
        bytes.clear();
        postings::write(&numbers, &mut bytes);
        let pair = run.first().map_or(0, |(pair, _)| *pair);
        table.add(pair, numbers.len(), bytes.len());
        out.put(&bytes)?;
    }
    Ok(())
}

/// The table of pairs while it grows.
#[derive(Default)]
struct Table {
    heads: Vec<u32>,
    entries: Vec<u8>,
    at: u64,
}

impl Table {
    fn add(&mut self, pair: u32, count: usize, size: usize) {
        let entries = (self.entries.len() / PAIR_BYTES) as u32;
        self.heads.resize((pair >> 16) as usize + 1, entries);
        self.entries.extend((pair as u16).to_le_bytes());
        self.entries.extend(self.at.to_le_bytes().iter().take(6));
        self.entries.extend((size as u32).to_le_bytes());
        self.entries.extend((count as u32).to_le_bytes());
        self.at += size as u64;
    }

    /// Number of heads, heads (each the place of the first entry of its character), entries.
    fn put(mut self, out: &mut Out<'_>) -> io::Result<()> {
        let entries = (self.entries.len() / PAIR_BYTES) as u32;
        self.heads.push(entries);
        out.put(&(self.heads.len() as u32).to_le_bytes())?;
        for head in self.heads {
            out.put(&head.to_le_bytes())?;
        }
        out.put(&self.entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_part_of_pairs() {
        let all: Vec<_> = pairs(&[7, 8]).collect();
        assert_eq!(all, [(START, 7), (7, 8), (8, END)]);
    }

    #[test]
    fn the_same_names_in_any_order_give_the_same_bytes() -> io::Result<()> {
        let names = ["甲乙丙", "乙", "甲乙", "丁丁丁", "甲乙丙"];
        let write = |order: &[usize]| {
            let mut builder = Builder::new();
            for &at in order {
                builder.push(at as u64, names[at]);
            }
            let mut bytes = Vec::new();
            builder.finish(&mut bytes).map(|()| bytes)
        };
        assert_eq!(write(&[0, 1, 2, 3, 4])?, write(&[4, 2, 0, 3, 1])?);
        Ok(())
    }
}

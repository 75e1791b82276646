//! Which names hold a pair of neighbouring characters: rising numbers of names, as differences of
//! one to five bytes, in blocks of 128 with a table of where each block begins, so that a part of a
//! long list is read without the rest.

use super::format::{Bytes, damaged};
use std::io;
use std::ops::Range;

/// Numbers in a block.
const BLOCK: usize = 128;
/// Bytes of an entry in the table of blocks: first number, end of the block's bytes.
const SKIP: usize = 8;

/// Writes a list of rising numbers.
pub(super) fn write(numbers: &[u32], out: &mut Vec<u8>) {
    if numbers.len() <= BLOCK {
        return write_block(0, numbers, out);
    }
    let table = out.len();
    let blocks = numbers.len().div_ceil(BLOCK);
    out.resize(table + blocks * SKIP, 0);
    let start = out.len();
    for (at, block) in numbers.chunks(BLOCK).enumerate() {
        let (first, rest) = block.split_first().unwrap_or((&0, &[]));
        write_block(*first, rest, out);
        let end = u32::try_from(out.len() - start).unwrap_or(u32::MAX);
        let place = table + at * SKIP;
        out[place..place + 4].copy_from_slice(&first.to_le_bytes());
        out[place + 4..place + 8].copy_from_slice(&end.to_le_bytes());
    }
}

fn write_block(mut last: u32, numbers: &[u32], out: &mut Vec<u8>) {
    for &number in numbers {
        let mut rest = number.wrapping_sub(last);
        last = number;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }
}

/// Reads one difference and adds it.
fn next(bytes: &mut &[u8], last: u32) -> io::Result<u32> {
    let mut value = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let (byte, rest) = bytes
            .split_first()
            .ok_or_else(|| damaged("a list cut short"))?;
        *bytes = rest;
        value |= u32::from(byte & 0x7F) << shift;
        if *byte < 0x80 {
            return Ok(last.wrapping_add(value));
        }
    }
    Err(damaged("a number too long"))
}

/// A list before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// How many numbers it has.
    pub(super) count: u32,
    /// Where its bytes stand.
    pub(super) at: u64,
    /// How many bytes it has.
    pub(super) size: u32,
    /// First number and end of each block, once read.
    skips: Vec<(u32, u32)>,
}

impl List {
    /// A list of so many numbers at a place.
    pub(super) fn new(count: u32, at: u64, size: u32) -> List {
        List {
            count,
            at,
            size,
            skips: Vec::new(),
        }
    }

    /// Adds the numbers of a range to `into`.
    pub(super) fn read(
        &mut self,
        from: &dyn Bytes,
        range: Range<u32>,
        into: &mut Vec<u32>,
    ) -> io::Result<()> {
        self.walk(from, &range, |_, _| true, |number| into.push(number))
    }

    /// Keeps only those of rising numbers that the list has too.
    pub(super) fn keep(&mut self, from: &dyn Bytes, numbers: &mut Vec<u32>) -> io::Result<()> {
        let (Some(&first), Some(&last)) = (numbers.first(), numbers.last()) else {
            return Ok(());
        };
        let (mut met, mut next) = (0, 0);
        let wanted = std::mem::take(numbers);
        let range = first..last.saturating_add(1);
        let asked = |from: u32, to: u32| {
            while wanted.get(met).is_some_and(|number| *number < from) {
                met += 1;
            }
            wanted.get(met).is_some_and(|number| *number < to)
        };
        self.walk(from, &range, asked, |number| {
            while wanted.get(next).is_some_and(|other| *other < number) {
                next += 1;
            }
            if wanted.get(next) == Some(&number) {
                numbers.push(number);
            }
        })
    }

    /// Visits the numbers of a range, leaving out blocks for which `asked` (first number, first
    /// number of the next block) is false.
    fn walk(
        &mut self,
        from: &dyn Bytes,
        range: &Range<u32>,
        mut asked: impl FnMut(u32, u32) -> bool,
        mut each: impl FnMut(u32),
    ) -> io::Result<()> {
        if self.count as usize <= BLOCK {
            let mut buffer = [0; BLOCK * 5];
            let bytes = buffer.get_mut(..self.size as usize);
            let bytes = bytes.ok_or_else(|| damaged("a list of the wrong size"))?;
            from.read_at(self.at, bytes)?;
            return visit(bytes, 0, self.count as usize, range, &mut each);
        }
        self.read_skips(from)?;
        let start = self
            .skips
            .partition_point(|(first, _)| *first <= range.start);
        let start = start.saturating_sub(1);
        let end = self.skips.partition_point(|(first, _)| *first < range.end);
        let Some(blocks) = self
            .skips
            .get(start..end)
            .filter(|blocks| !blocks.is_empty())
        else {
            return Ok(());
        };
        let offset = start.checked_sub(1).and_then(|at| self.skips.get(at));
        let offset = offset.map_or(0, |(_, end)| *end);
        let stop = blocks.last().map_or(offset, |(_, end)| *end);
        let size = stop
            .checked_sub(offset)
            .ok_or_else(|| damaged("blocks out of order"))?;
        let mut bytes = vec![0; size as usize];
        let body = self.at + (self.skips.len() * SKIP) as u64;
        from.read_at(body + u64::from(offset), &mut bytes)?;
        let mut begin = offset;
        for (at, &(first, end)) in blocks.iter().enumerate() {
            let next_first = self
                .skips
                .get(start + at + 1)
                .map_or(u32::MAX, |skip| skip.0);
            let block = bytes.get((begin - offset) as usize..(end.max(begin) - offset) as usize);
            begin = end.max(begin);
            if !asked(first, next_first) {
                continue;
            }
            if range.contains(&first) {
                each(first);
            }
            let held = (self.count as usize - (start + at) * BLOCK).min(BLOCK) - 1;
            let block = block.ok_or_else(|| damaged("a block beyond its list"))?;
            visit(block, first, held, range, &mut each)?;
        }
        Ok(())
    }

    fn read_skips(&mut self, from: &dyn Bytes) -> io::Result<()> {
        if !self.skips.is_empty() {
            return Ok(());
        }
        let blocks = (self.count as usize).div_ceil(BLOCK);
        if blocks * SKIP > self.size as usize {
            return Err(damaged("a list smaller than its table"));
        }
        let mut table = vec![0; blocks * SKIP];
        from.read_at(self.at, &mut table)?;
        let most = self.size - (blocks * SKIP) as u32;
        for entry in table.chunks_exact(SKIP) {
            let (first, end) = entry.split_at(4);
            let number = |four: &[u8]| super::format::word(four) as u32;
            self.skips.push((number(first), number(end).min(most)));
        }
        Ok(())
    }
}

fn visit(
    mut bytes: &[u8],
    mut last: u32,
    count: usize,
    range: &Range<u32>,
    each: &mut impl FnMut(u32),
) -> io::Result<()> {
    for _ in 0..count {
        last = next(&mut bytes, last)?;
        if last >= range.end {
            break;
        }
        if last >= range.start {
            each(last);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(count: u32) -> Vec<u32> {
        (0..count).map(|n| n * 7 + n * n % 5).collect()
    }

    #[test]
    fn lists_of_every_size_come_back_in_any_range() -> io::Result<()> {
        for count in [0, 1, 2, 127, 128, 129, 256, 257, 1_000, 5_000] {
            let all = numbers(count);
            let mut bytes = b"before".to_vec();
            write(&all, &mut bytes);
            let size = bytes.len() as u32 - 6;
            for range in [0..u32::MAX, 10..11, 700..2_000, 0..1, 34_000..40_000] {
                let mut list = List::new(count, 6, size);
                let mut read = Vec::new();
                list.read(&bytes, range.clone(), &mut read)?;
                let wanted = all.iter().copied().filter(|n| range.contains(n));
                assert_eq!(read, wanted.collect::<Vec<_>>(), "{count} {range:?}");
                let mut kept: Vec<u32> = range.clone().take(3_000).step_by(3).collect();
                let both = kept.iter().copied().filter(|n| all.contains(n));
                let both: Vec<u32> = both.collect();
                list.keep(&bytes, &mut kept)?;
                assert_eq!(kept, both, "{count} {range:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn nonsense_is_an_error_and_no_panic() {
        for fill in [0_u8, 0x7F, 0x80, 0xFF] {
            let bytes = vec![fill; 4_000];
            for count in [1, 100, 128, 129, 500, 40_000, u32::MAX] {
                for size in [0, 1, 100, 639, 641, 4_000, u32::MAX] {
                    let mut read = Vec::new();
                    let mut list = List::new(count, 0, size);
                    _ = list.read(&bytes, 0..u32::MAX, &mut read);
                    _ = list.keep(&bytes, &mut read);
                    assert!(read.len() <= 40_000);
                }
            }
        }
    }
}

//! Reads names of a segment one after another: neighbours share a read.

use super::format::{Bytes, damaged};
use std::io;

/// Bytes read at once; some forty names.
const WINDOW: usize = 1_024;

/// A reader of texts.
pub(super) struct Texts<'a> {
    from: &'a dyn Bytes,
    end: u64,
    window: Vec<u8>,
    at: u64,
    name: Vec<u16>,
}

impl<'a> Texts<'a> {
    /// A reader of a section that ends at `end`.
    pub(super) fn new(from: &'a dyn Bytes, end: u64) -> Texts<'a> {
        Texts {
            from,
            end,
            window: Vec::new(),
            at: 0,
            name: Vec::new(),
        }
    }

    /// The characters of a name of a length at a place.
    pub(super) fn read(&mut self, at: u64, length: usize) -> io::Result<&[u16]> {
        let held = at
            .checked_sub(self.at)
            .and_then(|from| usize::try_from(from).ok())
            .filter(|from| from + length * 2 <= self.window.len());
        let from = if let Some(from) = held {
            from
        } else {
            let left = usize::try_from(self.end.saturating_sub(at)).unwrap_or(usize::MAX);
            self.window.resize(left.min(WINDOW), 0);
            self.from.read_at(at, &mut self.window)?;
            self.at = at;
            0
        };
        let bytes = self.window.get(from..from + length * 2);
        let bytes = bytes.ok_or_else(|| damaged("a name beyond its section"))?;
        self.name.clear();
        let numbers = bytes.chunks_exact(2).map(|two| {
            let (low, high) = (two.first().copied(), two.get(1).copied());
            u16::from_le_bytes([low.unwrap_or(0), high.unwrap_or(0)])
        });
        self.name.extend(numbers);
        Ok(&self.name)
    }
}

//! Texts by number: each distinct text is kept once, in one long string.

use super::fold;

/// The number of "nothing".
pub const MISSING: u32 = 0;

/// A digest of bytes that is the same on every machine and in every version: keys of blocks and
/// frequencies in a settings file are made of it. Not for secrets.
#[must_use]
pub fn digest(bytes: &[u8], seed: u64) -> u64 {
    let mut mixed = seed ^ 0x9e37_79b9_7f4a_7c15;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = chunk
            .iter()
            .rev()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        mixed = stir(mixed ^ word);
    }
    let rest = chunks.remainder();
    let word = rest
        .iter()
        .rev()
        .fold(0, |word, byte| word << 8 | u64::from(*byte));
    stir(mixed ^ word ^ (bytes.len() as u64) << 56)
}

fn stir(word: u64) -> u64 {
    let word = (word ^ word >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let word = (word ^ word >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
    word ^ word >> 32
}

/// The distinct texts of one column, with how many rows bear each.
#[derive(Clone, Debug)]
pub struct Dictionary {
    text: String,
    ends: Vec<usize>,
    digests: Vec<u64>,
    counts: Vec<u32>,
    slots: Vec<u32>,
    scratch: String,
}

impl Default for Dictionary {
    fn default() -> Dictionary {
        let mut empty = Dictionary {
            text: String::new(),
            ends: Vec::new(),
            digests: Vec::new(),
            counts: Vec::new(),
            slots: vec![u32::MAX; 16],
            scratch: String::new(),
        };
        empty.intern("");
        empty
    }
}

impl Dictionary {
    /// The number of a raw text, folded; counts one row more for it.
    pub fn take(&mut self, raw: &str) -> u32 {
        let mut scratch = std::mem::take(&mut self.scratch);
        fold(raw, &mut scratch);
        let id = self.intern(&scratch);
        self.scratch = scratch;
        self.count(id);
        id
    }

    /// Counts one row more for a value.
    pub fn count(&mut self, id: u32) {
        if let Some(count) = self.counts.get_mut(id as usize) {
            *count = count.saturating_add(1);
        }
    }

    /// The number of a text as it is; a new one when it was not met yet.
    pub fn intern(&mut self, text: &str) -> u32 {
        let digest = digest(text.as_bytes(), 0);
        let mask = self.slots.len() - 1;
        let mut slot = digest as usize & mask;
        while self.slots[slot] != u32::MAX {
            let id = self.slots[slot];
            if self.digests[id as usize] == digest && self.text(id) == text {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        let id = self.ends.len() as u32;
        self.slots[slot] = id;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.digests.push(digest);
        self.counts.push(0);
        if self.ends.len() * 2 > self.slots.len() {
            self.widen();
        }
        id
    }

    fn widen(&mut self) {
        let size = self.slots.len() * 2;
        self.slots.clear();
        self.slots.resize(size, u32::MAX);
        for (id, digest) in self.digests.iter().enumerate() {
            let mut slot = *digest as usize & (size - 1);
            while self.slots[slot] != u32::MAX {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = id as u32;
        }
    }

    /// Distinct texts, "nothing" included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never: "nothing" is always there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of a number; empty for one that was never given.
    #[must_use]
    pub fn text(&self, id: u32) -> &str {
        let at = id as usize;
        let start = at
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied();
        let end = self.ends.get(at).copied().unwrap_or_default();
        self.text
            .get(start.unwrap_or_default()..end)
            .unwrap_or_default()
    }

    /// The digest of a number's text.
    #[must_use]
    pub fn digest(&self, id: u32) -> u64 {
        self.digests[id as usize]
    }

    /// How many rows bear a value.
    #[must_use]
    pub fn rows_with(&self, id: u32) -> u32 {
        self.counts.get(id as usize).copied().unwrap_or_default()
    }

    /// Numbers of all texts but "nothing".
    pub fn ids(&self) -> std::ops::Range<u32> {
        1..self.ends.len() as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_number_and_keep_their_text() {
        let mut dictionary = Dictionary::default();
        let ids: Vec<u32> = (0..500)
            .map(|n| dictionary.take(&format!("Value {}", n % 100)))
            .collect();
        assert_eq!(dictionary.len(), 101);
        assert_eq!(ids[7], ids[107]);
        assert_eq!(dictionary.text(ids[42]), "value 42");
        assert_eq!(dictionary.rows_with(ids[42]), 5);
        assert_eq!(dictionary.take("  "), MISSING);
        assert_eq!(dictionary.text(9_999), "");
    }

    #[test]
    fn digests_are_kept_forever() {
        assert_eq!(digest(b"", 0), digest(b"", 0));
        assert_ne!(digest(b"a", 0), digest(b"a\0", 0));
        assert_ne!(digest(b"a", 0), digest(b"a", 1));
    }
}

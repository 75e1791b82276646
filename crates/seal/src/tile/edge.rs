//! The right edge of a growing log: per level the digests that do not fill a tile yet.

use super::{LEVELS, WIDTH};
use crate::digest::{Digest, sha256};
use crate::merkle::{Builder, node};

/// A tile that became full and never changes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Full {
    /// Its level.
    pub level: u8,
    /// Its number within the level.
    pub number: u64,
    /// Its 256 digests.
    pub digests: Vec<Digest>,
}

/// A log that grows, in memory of at most 8 × 255 digests however long it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    levels: Vec<Vec<Digest>>,
}

impl Edge {
    /// Goes on from saved partial tiles, level 0 first. `None` when they do not belong to a log of
    /// that size.
    #[must_use]
    pub fn resume(size: u64, levels: Vec<Vec<Digest>>) -> Option<Edge> {
        let mut levels = levels;
        while levels.last().is_some_and(Vec::is_empty) {
            levels.pop();
        }
        let fits = (0..LEVELS).all(|level| {
            let expected = (size >> (u32::from(level) * 8)) % WIDTH;
            let found = levels.get(usize::from(level)).map_or(0, Vec::len);
            found as u64 == expected
        });
        (fits && levels.len() <= usize::from(LEVELS)).then_some(Edge { size, levels })
    }

    /// Leaves so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The partial tile of a level; empty when there is none.
    #[must_use]
    pub fn level(&self, level: u8) -> &[Digest] {
        self.levels
            .get(usize::from(level))
            .map_or(&[], Vec::as_slice)
    }

    /// Appends a leaf's digest; tiles that it fills are given to `full`, lowest level first.
    pub fn push(&mut self, leaf: Digest, full: &mut Vec<Full>) {
        self.size = self.size.saturating_add(1);
        let mut carry = leaf;
        for level in 0..LEVELS {
            let at = usize::from(level);
            if self.levels.len() <= at {
                self.levels.resize(at + 1, Vec::new());
            }
            let Some(row) = self.levels.get_mut(at) else {
                return;
            };
            row.push(carry);
            if (row.len() as u64) < WIDTH {
                return;
            }
            let digests = std::mem::take(row);
            carry = root_of(&digests).root();
            full.push(Full {
                level,
                number: (self.size >> (u32::from(level) * 8 + 8)) - 1,
                digests,
            });
        }
    }

    /// The root over all leaves so far.
    #[must_use]
    pub fn root(&self) -> Digest {
        let mut right: Option<Digest> = None;
        for row in self.levels.iter().filter(|row| !row.is_empty()) {
            for peak in root_of(row).peaks().iter().rev() {
                right = Some(match right {
                    Some(right) => node(peak, &right),
                    None => *peak,
                });
            }
        }
        right.unwrap_or_else(|| sha256(b""))
    }
}

fn root_of(digests: &[Digest]) -> Builder {
    let mut builder = Builder::new();
    digests.iter().for_each(|digest| builder.append(*digest));
    builder
}

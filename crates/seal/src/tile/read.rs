//! Roots and proofs out of tiles. Which tiles are needed is told first, so that whoever has them in
//! a store, in a folder or behind a network fetches them in one go.

use super::{Holds, Tile, digests};
use crate::digest::{Digest, sha256};
use crate::merkle::{Builder, node, path_between, path_to, split};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

/// Tiles of a log of one size.
#[derive(Clone, Debug, Default)]
pub struct Tiles {
    size: u64,
    known: HashMap<(u8, u64), Vec<Digest>>,
    missing: RefCell<BTreeSet<Tile>>,
}

impl Tiles {
    /// No tile of a log of that size yet.
    #[must_use]
    pub fn new(size: u64) -> Tiles {
        Tiles {
            size,
            ..Tiles::default()
        }
    }

    /// Adds the bytes of a tile. `false` when they are not what that tile holds.
    pub fn add(&mut self, tile: &Tile, bytes: &[u8]) -> bool {
        let Holds::Hashes(level) = tile.holds else {
            return false;
        };
        match digests(bytes) {
            Some(found) if found.len() >= usize::from(tile.width) => {
                self.known.insert((level, tile.number), found);
                true
            }
            _ => false,
        }
    }

    /// The proof that a leaf stands at `index`, siblings from the leaf up; or the tiles that are
    /// still needed.
    ///
    /// # Errors
    /// The missing tiles; none when there is no such leaf.
    pub fn inclusion(&self, index: u64) -> Result<Vec<Digest>, BTreeSet<Tile>> {
        if index >= self.size {
            return Err(BTreeSet::new());
        }
        let path = path_to(index, self.size, |start, end| self.range(start, end));
        self.whole(path)
    }

    /// The proof that this log begins with the first `old` leaves; or the tiles that are needed.
    ///
    /// # Errors
    /// The missing tiles; none when `old` is more than there are.
    pub fn consistency(&self, old: u64) -> Result<Vec<Digest>, BTreeSet<Tile>> {
        if old > self.size {
            return Err(BTreeSet::new());
        }
        let path = path_between(old, self.size, |start, end| self.range(start, end));
        self.whole(path)
    }

    /// The root over the first `size` leaves; or the tiles that are needed.
    ///
    /// # Errors
    /// The missing tiles; none when there are fewer leaves.
    pub fn root_at(&self, size: u64) -> Result<Digest, BTreeSet<Tile>> {
        if size > self.size {
            return Err(BTreeSet::new());
        }
        let root = self.range(0, size);
        self.whole(root)
    }

    /// The digest of the leaf at an index; or the tile that is needed.
    ///
    /// # Errors
    /// The missing tile; none when there is no such leaf.
    pub fn leaf(&self, index: u64) -> Result<Digest, BTreeSet<Tile>> {
        if index >= self.size {
            return Err(BTreeSet::new());
        }
        let leaf = self.perfect(0, index);
        self.whole(leaf)
    }

    /// A result, unless a tile was missed on the way to it.
    fn whole<T>(&self, made: T) -> Result<T, BTreeSet<Tile>> {
        let missing = self.missing.take();
        if missing.is_empty() {
            Ok(made)
        } else {
            Err(missing)
        }
    }

    fn range(&self, start: u64, end: u64) -> Digest {
        let size = end.saturating_sub(start);
        if size == 0 {
            return sha256(b"");
        }
        if size.is_power_of_two() {
            return self.perfect(size.trailing_zeros(), start / size);
        }
        let middle = start + split(size);
        node(&self.range(start, middle), &self.range(middle, end))
    }

    /// The root of the perfect tree of 2ʰ leaves at a number: within one tile of its level.
    fn perfect(&self, height: u32, number: u64) -> Digest {
        let (level, inner) = ((height / 8) as u8, height % 8);
        let first = number << inner;
        let tile = first / super::WIDTH;
        let from = (first % super::WIDTH) as usize;
        let row = self.known.get(&(level, tile));
        match row.and_then(|row| row.get(from..from + (1_usize << inner))) {
            Some(part) => {
                let mut builder = Builder::new();
                part.iter().for_each(|digest| builder.append(*digest));
                builder.root()
            }
            None => {
                let needed = Tile::of(Holds::Hashes(level), tile, self.size);
                self.missing.borrow_mut().extend(needed);
                Digest([0; 32])
            }
        }
    }
}

//! A published log, read and checked by anyone: from a folder, a mirror or a web server, with
//! nothing but its files, its key and the keys of the witnesses that the reader trusts.

use crate::checkpoint::Checkpoint;
use crate::digest::Digest;
use crate::merkle::{leaf, verify_consistency, verify_inclusion};
use crate::note::{Kind, NOTE_BYTES, NoteKey, Signed};
use crate::tile::{self, Edge, Holds, Tile, Tiles};
use std::collections::BTreeSet;

/// Most bytes of a bundle: 256 entries of at most 64 KiB with their lengths.
pub const FILE_BYTES: usize = 256 * (65_535 + 2);

/// What does not hold of a published log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A file is missing or cannot be read.
    #[error("the file {0} of the log is missing")]
    Missing(String),
    /// A file is not what its place in the tree says.
    #[error("the file {0} of the log does not fit its tree")]
    File(String),
    /// The checkpoint is not signed by the log's key, or is of another log.
    #[error("the checkpoint is not signed by the key of this log")]
    Signature,
    /// Fewer of the trusted witnesses signed than the reader wants.
    #[error("{found} of the trusted witnesses signed the checkpoint, {needed} are needed")]
    Witnesses {
        /// Who signed.
        found: usize,
        /// Who should.
        needed: usize,
    },
    /// The entry is not in the log.
    #[error("the log has no such entry")]
    Absent,
    /// The log is shorter than one that was seen before.
    #[error("the log has {found} entries, {seen} were seen before")]
    Shrunk {
        /// Entries now.
        found: u64,
        /// Entries before.
        seen: u64,
    },
    /// The log does not begin with what was seen before: it was forked or rewritten.
    #[error("the log does not begin with the entries that were seen before")]
    Forked,
}

/// Reads a file of the log by its path below the prefix.
pub type Fetch<'f> = dyn Fn(&str) -> Option<Vec<u8>> + 'f;

/// Whom a reader trusts.
#[derive(Clone, Debug)]
pub struct Trust {
    /// The log's key.
    pub log: NoteKey,
    /// Keys of witnesses.
    pub witnesses: Vec<NoteKey>,
    /// How many of them must have signed.
    pub needed: usize,
}

impl Trust {
    /// The head in a published checkpoint, and who signed it.
    ///
    /// # Errors
    /// [`Fault::Signature`] and [`Fault::Witnesses`].
    pub fn head(&self, note: &[u8]) -> Result<(Checkpoint, Vec<Signed>), Fault> {
        let note = note.get(..NOTE_BYTES).unwrap_or(note);
        let read = Checkpoint::verify(note, &self.log, &self.witnesses);
        let (head, signed) = read.map_err(|_| Fault::Signature)?;
        let found = signed.iter().filter(|one| one.time.is_some()).count();
        if found < self.needed {
            let needed = self.needed;
            return Err(Fault::Witnesses { found, needed });
        }
        Ok((head, signed))
    }

    /// Keys of one kind only: what a log's and a witness's text form may be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let witnesses = self.witnesses.iter();
        self.log.kind() == Kind::Ed25519
            && witnesses.clone().all(|key| key.kind() == Kind::Cosignature)
            && self.needed <= witnesses.len()
    }
}

/// A log of which a head was verified.
pub struct Log<'f> {
    fetch: &'f Fetch<'f>,
    /// Its head.
    pub head: Checkpoint,
    /// Who signed that.
    pub signed: Vec<Signed>,
}

impl<'f> Log<'f> {
    /// Reads the checkpoint and checks who signed it.
    ///
    /// # Errors
    /// The [`Fault`].
    pub fn open(fetch: &'f Fetch<'f>, trust: &Trust) -> Result<Log<'f>, Fault> {
        let note = file(fetch, "checkpoint")?;
        let (head, signed) = trust.head(&note)?;
        Ok(Log {
            fetch,
            head,
            signed,
        })
    }

    /// Checks every entry and every tile up to the head.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn check_all(&self) -> Result<(), Fault> {
        let size = self.head.size;
        let mut edge = Edge::default();
        let mut number = 0;
        while let Some(tile) = Tile::of(Holds::Entries, number, size) {
            let body = self.bytes(&tile)?;
            let entries = tile::entries(&body).ok_or_else(|| Fault::File(tile.path()))?;
            let mut full = Vec::new();
            for entry in entries.iter().take(usize::from(tile.width)) {
                edge.push(leaf(entry), &mut full);
            }
            for one in full {
                self.same(Holds::Hashes(one.level), one.number, &one.digests)?;
            }
            number += 1;
        }
        if edge.size() != size || edge.root() != self.head.root {
            return Err(Fault::File("checkpoint".to_owned()));
        }
        for level in 0..tile::LEVELS {
            let digests = edge.level(level);
            if !digests.is_empty() {
                let number = (size >> (u32::from(level) * 8)) / tile::WIDTH;
                self.same(Holds::Hashes(level), number, digests)?;
            }
        }
        Ok(())
    }

    fn same(&self, holds: Holds, number: u64, digests: &[Digest]) -> Result<(), Fault> {
        let Some(tile) = Tile::of(holds, number, self.head.size) else {
            return Ok(());
        };
        let body = self.bytes(&tile)?;
        if body.starts_with(&tile::bytes(digests)) {
            Ok(())
        } else {
            Err(Fault::File(tile.path()))
        }
    }

    /// The place of an entry, the first one first. Reads all bundles up to it.
    ///
    /// # Errors
    /// [`Fault::Absent`], or a file that is missing or broken.
    pub fn find(&self, entry: &[u8]) -> Result<u64, Fault> {
        let mut number = 0;
        while let Some(tile) = Tile::of(Holds::Entries, number, self.head.size) {
            let body = self.bytes(&tile)?;
            let entries = tile::entries(&body).ok_or_else(|| Fault::File(tile.path()))?;
            let width = usize::from(tile.width);
            if let Some(at) = entries.iter().take(width).position(|one| *one == entry) {
                return Ok(number * tile::WIDTH + at as u64);
            }
            number += 1;
        }
        Err(Fault::Absent)
    }

    /// Proves from the tiles that an entry stands at a place under the head.
    ///
    /// # Errors
    /// The [`Fault`].
    pub fn check_entry(&self, index: u64, entry: &[u8]) -> Result<Vec<Digest>, Fault> {
        let path = self.with_tiles(|tiles| tiles.inclusion(index))?;
        let head = &self.head;
        if verify_inclusion(&leaf(entry), index, head.size, &path, &head.root) {
            Ok(path)
        } else {
            Err(Fault::Absent)
        }
    }

    /// Proves from the tiles that the log begins with what an earlier head had.
    ///
    /// # Errors
    /// [`Fault::Shrunk`] and [`Fault::Forked`], or a file that is missing or broken.
    pub fn check_extends(&self, seen: &Checkpoint) -> Result<Vec<Digest>, Fault> {
        let head = &self.head;
        if seen.size > head.size {
            let (found, seen) = (head.size, seen.size);
            return Err(Fault::Shrunk { found, seen });
        }
        let path = if seen.size == head.size {
            Vec::new()
        } else {
            self.with_tiles(|tiles| tiles.consistency(seen.size))?
        };
        let extends = verify_consistency(seen.size, &seen.root, head.size, &head.root, &path);
        if extends && seen.origin == head.origin {
            Ok(path)
        } else {
            Err(Fault::Forked)
        }
    }

    /// Asks tiles, and fetches those that are missing until none is.
    fn with_tiles<T>(&self, ask: impl Fn(&Tiles) -> Result<T, BTreeSet<Tile>>) -> Result<T, Fault> {
        let mut tiles = Tiles::new(self.head.size);
        loop {
            let missing = match ask(&tiles) {
                Ok(answer) => return Ok(answer),
                Err(missing) => missing,
            };
            if missing.is_empty() {
                return Err(Fault::Absent);
            }
            for tile in missing {
                if !tiles.add(&tile, &self.bytes(&tile)?) {
                    return Err(Fault::File(tile.path()));
                }
            }
        }
    }

    /// The bytes of a tile; where a partial one is gone, the full one has it at its beginning.
    fn bytes(&self, tile: &Tile) -> Result<Vec<u8>, Fault> {
        let whole = Tile {
            width: tile::WIDTH as u16,
            ..*tile
        };
        file(self.fetch, &tile.path()).or_else(|fault| {
            let full = file(self.fetch, &whole.path());
            full.map_err(|_| fault)
        })
    }
}

fn file(fetch: &Fetch<'_>, path: &str) -> Result<Vec<u8>, Fault> {
    fetch(path)
        .filter(|bytes| bytes.len() <= FILE_BYTES)
        .ok_or_else(|| Fault::Missing(path.to_owned()))
}

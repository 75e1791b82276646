//! A published log of invented entries, in memory.

use seal::checkpoint::Checkpoint;
use seal::log::Trust;
use seal::note::{Kind, Note, NoteKey};
use seal::tile::{self, Holds, Tile};
use seal::{Digest, Signer, merkle};
use std::collections::BTreeMap;

pub(crate) const ORIGIN: &str = "log.example/test";

pub(crate) struct Site {
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    signer: Signer,
}

impl Site {
    /// A log of so many entries under the key of a seed.
    pub(crate) fn of(size: u64, seed: u8) -> Site {
        Site::forked(size, seed, size)
    }

    /// The same log, with other entries from a place on.
    pub(crate) fn forked(size: u64, seed: u8, from: u64) -> Site {
        let entry = |n: u64| {
            format!(
                "entry {n}{}",
                if n < from { "" } else { " of another history" }
            )
        };
        let entries: Vec<Vec<u8>> = (0..size).map(|n| entry(n).into_bytes()).collect();
        let mut site = Site {
            entries,
            files: BTreeMap::new(),
            signer: Signer::from_seed([seed; 32]),
        };
        site.publish();
        site
    }

    pub(crate) fn tree(&self) -> merkle::Tree {
        let leaves: Vec<Digest> = self
            .entries
            .iter()
            .map(|entry| merkle::leaf(entry))
            .collect();
        merkle::Tree::from_leaves(&leaves)
    }

    pub(crate) fn head(&self) -> Checkpoint {
        let size = self.entries.len() as u64;
        Checkpoint {
            origin: ORIGIN.to_owned(),
            size,
            root: self.tree().root(),
        }
    }

    pub(crate) fn trust(&self) -> Trust {
        let log = NoteKey::new(ORIGIN, Kind::Ed25519, self.signer.verifier()).unwrap();
        Trust {
            log,
            witnesses: Vec::new(),
            needed: 0,
        }
    }

    pub(crate) fn checkpoint(&self) -> String {
        let mut note = Note::new(&self.head().to_string()).unwrap();
        note.sign(ORIGIN, &self.signer).unwrap();
        note.written()
    }

    /// Tiles by their definition: each digest from its entries, not from the tile below.
    fn publish(&mut self) {
        let size = self.entries.len() as u64;
        let mut row: Vec<Digest> = self
            .entries
            .iter()
            .map(|entry| merkle::leaf(entry))
            .collect();
        for level in 0..8 {
            for (number, part) in (0..).zip(row.chunks(256)) {
                let tile = Tile::of(Holds::Hashes(level), number, size).unwrap();
                self.files.insert(tile.path(), tile::bytes(part));
            }
            row = row.chunks_exact(256).map(merkle::root).collect();
        }
        for (number, part) in (0..).zip(self.entries.chunks(256)) {
            let tile = Tile::of(Holds::Entries, number, size).unwrap();
            self.files
                .insert(tile.path(), tile::bundle(part.iter().map(Vec::as_slice)));
        }
        self.files
            .insert("checkpoint".to_owned(), self.checkpoint().into_bytes());
    }
}

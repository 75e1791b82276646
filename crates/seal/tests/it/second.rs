//! The same files under a second implementation, which shares no line with this one: what it proves
//! and refuses must be what this one does.

use crate::site::{ORIGIN, Site};
use seal::merkle;
use seal::note::NoteKey;
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{Checkpoint, Error, Hash, Tile, TileHashReader, TileReader};

/// Reads the tiles of a site; its paths have no height, theirs do.
struct Files<'s>(&'s Site);

impl TileReader for Files<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        let read = |tile: &Tile| {
            let path = tile.path().replacen("tile/8/", "tile/", 1);
            self.0.files.get(&path).cloned().ok_or(Error::InvalidTile)
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

fn verified(site: &Site, key: &NoteKey) -> Option<Checkpoint> {
    let note = Note::from_bytes(&site.files["checkpoint"]).ok()?;
    let verifier = StandardVerifier::new(&key.to_string()).ok()?;
    let (signed, others) = note
        .verify(&VerifierList::new(vec![Box::new(verifier)]))
        .ok()?;
    assert_eq!((signed.len(), others.len()), (1, 0));
    Checkpoint::from_bytes(note.text()).ok()
}

#[test]
fn the_checkpoint_is_read_and_verified_alike() {
    for size in [1, 255, 256, 257, 70_000] {
        let site = Site::of(size, 1);
        let head = verified(&site, &site.trust().log).expect("a checkpoint");
        assert_eq!((head.origin(), head.size()), (ORIGIN, size));
        assert_eq!(head.hash().0, site.head().root.0);
        assert!(verified(&site, &Site::of(size, 2).trust().log).is_none());
    }
}

#[test]
fn proofs_of_either_satisfy_the_other() {
    let site = Site::of(70_000, 1);
    let tree = site.tree();
    let files = Files(&site);
    let root = Hash(site.head().root.0);
    let reader = TileHashReader::new(70_000, root, &files);
    for index in [0, 1, 255, 256, 65_535, 65_536, 69_999] {
        let leaf = merkle::leaf(&site.entries[index as usize]);
        let theirs = tlog_tiles::prove_record(70_000, index, &reader).unwrap();
        let ours = tree.inclusion(index, 70_000).unwrap();
        let same: Vec<[u8; 32]> = theirs.iter().map(|hash| hash.0).collect();
        assert_eq!(same, ours.iter().map(|digest| digest.0).collect::<Vec<_>>());
        let hash = Hash(leaf.0);
        tlog_tiles::check_record(&theirs, 70_000, root, index, hash).unwrap();
        assert!(tlog_tiles::check_record(&theirs, 70_000, root, index ^ 1, hash).is_err());
    }
    for old in [1, 255, 256, 300, 65_536, 69_999] {
        let earlier = tree.root_at(old).unwrap();
        let theirs = tlog_tiles::prove_tree(70_000, old, &reader).unwrap();
        tlog_tiles::check_tree(&theirs, 70_000, root, old, Hash(earlier.0)).unwrap();
        let ours = tree.consistency(old, 70_000).unwrap();
        let same: Vec<[u8; 32]> = theirs.iter().map(|hash| hash.0).collect();
        assert_eq!(same, ours.iter().map(|digest| digest.0).collect::<Vec<_>>());
    }
}

#[test]
fn a_forked_tile_is_refused_by_both() {
    let (site, fork) = (Site::of(600, 1), Site::forked(600, 1, 300));
    let files = Files(&fork);
    let reader = TileHashReader::new(600, Hash(site.head().root.0), &files);
    assert!(tlog_tiles::prove_record(600, 10, &reader).is_err());
    let fetch = |path: &str| match path {
        "checkpoint" => site.files.get(path).cloned(),
        path => fork.files.get(path).cloned(),
    };
    let trust = site.trust();
    let log = seal::log::Log::open(&fetch, &trust).unwrap();
    assert!(log.check_entry(400, &fork.entries[400]).is_err());
}

//! Notes, checkpoints, tiles and proofs: against the examples of their specifications, against a
//! second implementation of the same files, and against whoever changes a byte.

use crate::site::Site;
use proptest::prelude::*;
use seal::checkpoint::Checkpoint;
use seal::leaf::Event;
use seal::log::{Fault, Log, Trust};
use seal::note::{Kind, Note, NoteKey};
use seal::proof::Proof;
use seal::tile::{self, Edge, Holds, Tile, Tiles};
use seal::witness::{self, Refusal, Request, Seen};
use seal::{Digest, Signer, merkle};

/// The checkpoint of C2SP tlog-cosignature, signed by its log and its witness.
const EXAMPLE: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";

fn key(name: &str, kind: Kind, signer: &Signer) -> NoteKey {
    NoteKey::new(name, kind, signer.verifier()).unwrap()
}

#[test]
fn the_example_of_the_specification_is_read_and_written_alike() {
    let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(note.written(), EXAMPLE);
    let head = Checkpoint::parse(note.text()).unwrap();
    assert_eq!(
        (head.origin.as_str(), head.size),
        ("example.com/behind-the-sofa", 20_852_163)
    );
    assert_eq!(head.to_string(), note.text());
    // The key of the Go checksum database: an Ed25519 key in the text form of notes.
    let sumdb = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    assert_eq!(NoteKey::parse(sumdb).unwrap().to_string(), sumdb);
    let other = sumdb.replacen("033de0ae", "033de0af", 1);
    assert!(
        NoteKey::parse(&other).is_err(),
        "an id that is not the key's"
    );
}

#[test]
fn what_is_no_note_is_refused() {
    for text in [
        "",
        "\n",
        "a",
        "a\n",
        "a\n\n",
        "a\n\nb\n",
        "a\n\n— n AAAA\n",
        "a\n\n— n AAAAAAA=",
        "a\n\n— n AAAAAAA\n",
        "a\n\n— n+m AAAAAAA=\n",
        "a\n\n—  AAAAAAA=\n",
        "a\r\n\n— n AAAAAAA=\n",
        "a\n\n— n AAAAAAA= \n",
        "a\n\n\n— n AAAAAAA=\n\n",
        "a\n\n— n AAAAAAB=\n",
    ] {
        assert!(Note::parse(text.as_bytes()).is_err(), "{text:?}");
    }
    assert!(Note::parse(b"a\n\n\xff").is_err());
    assert!(Note::parse("a\n\n— n AAAAAAA=\n".as_bytes()).is_ok());
    let line = "— n AAAAAAA=\n";
    assert!(Note::parse(format!("a\n\n{}", line.repeat(64)).as_bytes()).is_ok());
    assert!(Note::parse(format!("a\n\n{}", line.repeat(65)).as_bytes()).is_err());
    for text in [
        "",
        "a\n1\n",
        "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2=\n",
        "a\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    ] {
        assert!(Checkpoint::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn only_known_keys_count_and_a_false_one_refuses_the_note() {
    let (log, one, two) = (
        Signer::from_seed([1; 32]),
        Signer::from_seed([2; 32]),
        Signer::from_seed([3; 32]),
    );
    let mut note = Note::new("o\n1\nx\n").unwrap();
    note.sign("o", &log).unwrap();
    note.cosign("w1", &one, 77).unwrap();
    let keys = [
        key("o", Kind::Ed25519, &log),
        key("w1", Kind::Cosignature, &one),
    ];
    let signed = note.verify(&keys).unwrap();
    assert_eq!(signed.len(), 2);
    assert_eq!((signed[1].name.as_str(), signed[1].time), ("w1", Some(77)));
    assert!(
        note.verify(&[key("o", Kind::Ed25519, &two)]).is_err(),
        "an unknown key"
    );
    assert!(
        note.verify(&[key("w1", Kind::Ed25519, &one)]).is_err(),
        "another kind is another key"
    );
    // A line that claims a known key and does not fit refuses all.
    let forged = note.written().replace("o\n1\nx\n", "o\n2\nx\n");
    assert!(
        Note::parse(forged.as_bytes())
            .unwrap()
            .verify(&keys)
            .is_err()
    );
    // A key signs once, however often its line stands there.
    let mut doubled = note.clone();
    doubled.cosign("w1", &one, 78).unwrap();
    assert_eq!(doubled.verify(&keys).unwrap().len(), 2);
}

#[test]
fn paths_have_one_spelling() {
    for (path, holds, number, width) in [
        ("tile/0/x001/x234/067", Holds::Hashes(0), 1_234_067, 256),
        ("tile/63/000", Holds::Hashes(63), 0, 256),
        ("tile/entries/000.p/5", Holds::Entries, 0, 5),
        ("tile/1/x001/000.p/255", Holds::Hashes(1), 1_000, 255),
    ] {
        let tile = Tile {
            holds,
            number,
            width,
        };
        assert_eq!(tile.path(), path);
        assert_eq!(Tile::parse(path), Some(tile));
    }
    for path in [
        "tile/0/1",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/05",
        "tile/0/000.p/",
        "tile//000",
        "tile/0/../000",
        "tile/0/000/",
        "/tile/0/000",
        "tile/-1/000",
        "tile/0/00a",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/x999/999",
        "entries/000",
        "tile/entriess/000",
    ] {
        assert_eq!(Tile::parse(path), None, "{path}");
    }
}

#[test]
fn a_salted_entry_stands_for_one_event_only() {
    let event = Event {
        id: "a:1".into(),
        kind: "a".into(),
        at: 5,
        content: seal::sha256(b"x"),
    };
    let entry = event.entry(&[1; 16]);
    assert_eq!((entry.len(), entry[0]), (33, 1));
    for other in [
        Event {
            id: "a:2".into(),
            ..event.clone()
        },
        Event {
            kind: "b".into(),
            ..event.clone()
        },
        // A letter that wanders from one part to the next.
        Event {
            id: "a:".into(),
            kind: "1a".into(),
            ..event.clone()
        },
        Event {
            at: 6,
            ..event.clone()
        },
        Event {
            content: seal::sha256(b"y"),
            ..event.clone()
        },
    ] {
        assert_ne!(other.entry(&[1; 16]), entry, "{other:?}");
    }
    assert_ne!(event.entry(&[2; 16]), entry);
    assert_eq!(event.own_salt(), None);
    let receipt = Event {
        kind: "receipt".into(),
        ..event
    };
    assert!(receipt.own_salt().is_some());
}

#[test]
fn a_whole_log_is_checked_and_each_changed_file_is_named() {
    let site = Site::of(70_000, 1);
    let trust = site.trust();
    let fetch = |path: &str| site.files.get(path).cloned();
    let log = Log::open(&fetch, &trust).unwrap();
    log.check_all().unwrap();
    assert_eq!(log.find(&site.entries[69_999]), Ok(69_999));
    assert_eq!(log.find(b"nothing"), Err(Fault::Absent));
    assert!(log.check_entry(300, &site.entries[300]).is_ok());
    assert_eq!(log.check_entry(301, &site.entries[300]), Err(Fault::Absent));
    assert_eq!(
        log.check_entry(70_000, &site.entries[0]),
        Err(Fault::Absent)
    );
    let paths: Vec<&String> = site
        .files
        .keys()
        .filter(|path| *path != "checkpoint")
        .collect();
    for at in [0, 1, 2, paths.len() / 2, paths.len() - 1] {
        let broken = |path: &str| {
            let mut body = site.files.get(path).cloned()?;
            if path == paths[at] {
                body[40] ^= 1;
            }
            Some(body)
        };
        let log = Log::open(&broken, &trust).unwrap();
        let fault = log.check_all().unwrap_err();
        assert!(matches!(fault, Fault::File(_)), "{}: {fault:?}", paths[at]);
    }
    let gone = |path: &str| {
        site.files
            .get(path)
            .cloned()
            .filter(|_| path != "tile/0/005")
    };
    assert_eq!(
        Log::open(&gone, &trust).unwrap().check_all(),
        Err(Fault::Missing("tile/0/005".into()))
    );
}

#[test]
fn two_views_of_one_log_cannot_both_be_shown() {
    let (site, fork) = (Site::of(600, 1), Site::forked(700, 1, 450));
    let trust = site.trust();
    let fetch = |path: &str| fork.files.get(path).cloned();
    let log = Log::open(&fetch, &trust).unwrap();
    log.check_all().unwrap();
    // The fork is a sound log by itself; only who saw the other view can tell.
    assert_eq!(log.check_extends(&site.head()), Err(Fault::Forked));
    assert!(
        log.check_extends(&Site::of(450, 1).head()).is_ok(),
        "up to the fork they are one"
    );
    assert_eq!(
        log.check_extends(&Site::of(900, 1).head()),
        Err(Fault::Shrunk {
            found: 700,
            seen: 900
        })
    );
    let other = Checkpoint {
        origin: "other".into(),
        ..Site::of(450, 1).head()
    };
    assert_eq!(
        log.check_extends(&other),
        Err(Fault::Forked),
        "another log is no beginning of this one"
    );
    let wants = Trust {
        witnesses: vec![key("w1", Kind::Cosignature, &Signer::from_seed([9; 32]))],
        needed: 1,
        ..trust
    };
    assert_eq!(
        Log::open(&fetch, &wants).err(),
        Some(Fault::Witnesses {
            found: 0,
            needed: 1
        })
    );
}

#[test]
fn a_witness_signs_what_grows_and_nothing_else() {
    let keys = [Site::of(1, 1).trust().log];
    let ask = |site: &Site, old: u64, path: Vec<Digest>| {
        let request = Request {
            old,
            path,
            checkpoint: site.checkpoint(),
        };
        Request::parse(request.written().as_bytes()).unwrap()
    };
    let proof = |site: &Site, old| {
        site.tree()
            .consistency(old, site.entries.len() as u64)
            .unwrap()
    };
    let (old, new) = (Site::of(300, 1), Site::of(900, 1));
    let seen = |site: &Site| Seen {
        size: site.head().size,
        root: site.head().root,
    };
    let at_old = |_: &str| Some(seen(&old));
    let never = |_: &str| None;
    assert!(witness::consider(&ask(&old, 0, Vec::new()), &keys, never).is_ok());
    assert!(witness::consider(&ask(&new, 300, proof(&new, 300)), &keys, at_old).is_ok());
    assert!(
        witness::consider(&ask(&old, 300, Vec::new()), &keys, at_old).is_ok(),
        "the same again"
    );
    let refused = |request: &Request, seen: &dyn Fn(&str) -> Option<Seen>| {
        witness::consider(request, &keys, seen).unwrap_err()
    };
    assert_eq!(
        refused(&ask(&new, 0, Vec::new()), &at_old),
        Refusal::Stale(300)
    );
    assert_eq!(
        refused(&ask(&new, 300, proof(&new, 301)), &at_old),
        Refusal::Inconsistent
    );
    assert_eq!(
        refused(&ask(&new, 300, Vec::new()), &at_old),
        Refusal::Inconsistent
    );
    assert_eq!(
        refused(&ask(&new, 0, proof(&new, 1)), &never),
        Refusal::Inconsistent
    );
    let at_new = |_: &str| Some(seen(&new));
    assert_eq!(
        refused(&ask(&old, 300, Vec::new()), &at_new),
        Refusal::Stale(900),
        "a smaller one"
    );
    assert_eq!(
        refused(&ask(&old, 900, Vec::new()), &at_new),
        Refusal::Form,
        "old beyond the head"
    );
    let fork = Site::forked(900, 1, 200);
    assert_eq!(
        refused(&ask(&fork, 300, proof(&fork, 300)), &at_old),
        Refusal::Inconsistent
    );
    assert_eq!(
        refused(&ask(&fork, 900, Vec::new()), &at_new),
        Refusal::Forked
    );
    let stranger = Site::of(900, 2);
    assert_eq!(
        refused(&ask(&stranger, 300, proof(&new, 300)), &at_old),
        Refusal::Unsigned
    );
    let elsewhere = [key("elsewhere", Kind::Ed25519, &Signer::from_seed([1; 32]))];
    let unknown = witness::consider(&ask(&new, 0, Vec::new()), &elsewhere, never);
    assert_eq!(unknown.unwrap_err(), Refusal::Unknown);
    for text in [
        "",
        "old 1\n",
        "old 01\n\nx",
        "old -1\n\nx",
        "new 1\n\nx",
        "old 1\nAAAA\n\nx",
    ] {
        assert_eq!(
            Request::parse(text.as_bytes()),
            Err(Refusal::Form),
            "{text:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn tiles_prove_what_the_tree_proves(size in 1_u64..2_000, at in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        let site = Site::of(size, 1);
        let tree = site.tree();
        let (index, old) = (at.index(size as usize) as u64, cut.index(size as usize + 1) as u64);
        let mut tiles = Tiles::new(size);
        let fill = |missing: std::collections::BTreeSet<Tile>, tiles: &mut Tiles| {
            assert!(!missing.is_empty());
            missing.iter().for_each(|tile| assert!(tiles.add(tile, &site.files[&tile.path()])));
        };
        while let Err(missing) = tiles.inclusion(index) { fill(missing, &mut tiles); }
        prop_assert_eq!(tiles.inclusion(index).ok(), tree.inclusion(index, size));
        while let Err(missing) = tiles.consistency(old) { fill(missing, &mut tiles); }
        prop_assert_eq!(tiles.consistency(old).ok(), tree.consistency(old, size));
        while let Err(missing) = tiles.root_at(old) { fill(missing, &mut tiles); }
        prop_assert_eq!(tiles.root_at(old).ok(), tree.root_at(old));
        while let Err(missing) = tiles.leaf(index) { fill(missing, &mut tiles); }
        prop_assert_eq!(tiles.leaf(index).ok(), Some(merkle::leaf(&site.entries[index as usize])));
    }

    #[test]
    fn an_edge_goes_on_from_any_size(size in 0_u64..1_500, more in 0_u64..600) {
        let site = Site::of(size + more, 1);
        let mut edge = Edge::default();
        let mut full = Vec::new();
        let leaves: Vec<Digest> = site.entries.iter().map(|entry| merkle::leaf(entry)).collect();
        leaves[..size as usize].iter().for_each(|leaf| edge.push(*leaf, &mut full));
        let saved = (0..tile::LEVELS).map(|level| edge.level(level).to_vec()).collect();
        let mut again = Edge::resume(size, saved).unwrap();
        prop_assert_eq!(&again, &edge);
        leaves[size as usize..].iter().for_each(|leaf| again.push(*leaf, &mut full));
        prop_assert_eq!(again.root(), merkle::root(&leaves));
        prop_assert!(full.iter().all(|one| one.digests.len() == 256));
        prop_assert_eq!(Edge::resume(size + 1, vec![Vec::new(); 8]).is_some(), (size + 1) % 256 == 0 && size + 1 == 0);
    }

    #[test]
    fn a_proof_travels_and_no_changed_byte_passes(size in 1_u64..400, at in any::<prop::sample::Index>(), extra in proptest::collection::vec(any::<u8>(), 0..60), byte in any::<prop::sample::Index>(), with in any::<u8>()) {
        let site = Site::of(size, 1);
        let trust = site.trust();
        let index = at.index(size as usize) as u64;
        let path = site.tree().inclusion(index, size).unwrap();
        let proof = Proof { extra, index, path, checkpoint: site.checkpoint() };
        let text = proof.written();
        prop_assert_eq!(Proof::parse(&text).unwrap(), proof.clone());
        let entry = &site.entries[index as usize];
        prop_assert!(proof.verify(entry, &trust.log, &[]).is_ok());
        prop_assert!(proof.verify(b"other", &trust.log, &[]).is_err());
        let mut bytes = text.clone().into_bytes();
        let place = byte.index(bytes.len());
        prop_assume!(bytes[place] != with);
        bytes[place] = with;
        if let Ok(changed) = String::from_utf8(bytes)
            && let Ok(read) = Proof::parse(&changed)
            && read.verify(entry, &trust.log, &[]).is_ok()
        {
            // Only what nothing vouches for may differ.
            prop_assert_eq!((read.index, &read.path, &read.checkpoint), (proof.index, &proof.path, &proof.checkpoint));
        }
    }

    #[test]
    fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "[\\PC\\n— +=]{0,120}") {
        let _ = Note::parse(&bytes);
        let _ = Note::parse(text.as_bytes());
        let _ = NoteKey::parse(&text);
        let _ = Checkpoint::parse(&text);
        let _ = Proof::parse(&text);
        let _ = Request::parse(&bytes);
        let _ = Tile::parse(&text);
        let _ = tile::entries(&bytes);
        let _ = tile::digests(&bytes);
        if let Some(entries) = tile::entries(&bytes) {
            prop_assert_eq!(tile::bundle(entries), bytes);
        }
    }
}

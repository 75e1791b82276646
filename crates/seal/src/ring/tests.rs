//! Keys that wrap and open, files that come back or are refused, digests that tell apart.

#![allow(clippy::unwrap_used, reason = "a test may stop at once")]

use super::*;
use proptest::prelude::*;

const KEY: Place = Place::new("person_key.wrapped");
const OTHER: Place = Place::new("account_key.wrapped");
const VALUE: Place = Place::new("person_body.sealed");

fn ring() -> Ring {
    Ring::new([1; 32], [2; 32])
}

#[test]
fn the_newest_key_wraps_and_older_ones_open() {
    let mut ring = ring();
    let subject = DataKey::from_bytes([7; 32]);
    let old = ring.wrap(KEY, b"subject", [0; NONCE], &subject).unwrap();
    assert_eq!(ring.add([3; 32]), Ok(2));
    let new = ring.wrap(KEY, b"subject", [0; NONCE], &subject).unwrap();
    assert_eq!((old.number, new.number), (1, 2));
    let sealed = subject.seal(VALUE, b"row", [5; NONCE], b"value").unwrap();
    for wrapped in [&old, &new] {
        let key = ring.open(KEY, b"subject", wrapped).unwrap();
        assert_eq!(key.open(VALUE, b"row", &sealed).unwrap(), b"value");
    }
    ring.retire(1).unwrap();
    assert!(ring.open(KEY, b"subject", &old).is_err());
    assert!(ring.open(KEY, b"subject", &new).is_ok());
    assert_eq!(ring.retire(2), Err(BadRing::NotRetired));
    assert_eq!(ring.retire(1), Err(BadRing::NotRetired));
    // A number is not used again, so that what an old copy holds is not taken for the new key's.
    assert_eq!(ring.add([4; 32]), Ok(3));
}

#[test]
fn the_file_comes_back_and_nothing_else_prints_a_key() {
    let mut ring = Ring::new([0x41; 32], [0x42; 32]);
    ring.add([0x43; 32]).unwrap();
    let again = Ring::parse(&ring.file()).unwrap();
    assert_eq!(again.numbers(), [1, 2]);
    assert_eq!(again.file(), ring.file());
    assert_eq!(
        again.index("citizen-id", "x"),
        ring.index("citizen-id", "x")
    );
    assert_eq!(format!("{ring:?} {ring:#?}"), "Ring(2 keys) Ring(2 keys)");
}

#[test]
fn a_damaged_file_is_refused_by_its_line() {
    let good = ring().file();
    let key = "0".repeat(64);
    for (text, refused) in [
        (String::new(), BadRing::Line { line: 1 }),
        (good.replace("v1", "v2"), BadRing::Line { line: 1 }),
        (HEAD.to_owned(), BadRing::Incomplete),
        (format!("{HEAD}\nindex {key}"), BadRing::Incomplete),
        (format!("{HEAD}\n1 {key}"), BadRing::Incomplete),
        (format!("{good}x {key}"), BadRing::Line { line: 4 }),
        (format!("{good}2 {}", &key[1..]), BadRing::Line { line: 4 }),
        (format!("{good}2{key}"), BadRing::Line { line: 4 }),
        (format!("{good}1 {key}"), BadRing::Repeated { line: 4 }),
        (format!("{good}0 {key}"), BadRing::Repeated { line: 4 }),
        (format!("{good}index {key}"), BadRing::Repeated { line: 4 }),
        (format!("{good}-1 {key}"), BadRing::Line { line: 4 }),
    ] {
        let found = Ring::parse(&text).map(drop);
        assert_eq!(found, Err(refused), "{text}");
    }
}

#[test]
fn a_full_ring_takes_no_more() {
    let mut ring = ring();
    for _ in 1..KEYS {
        ring.add([3; 32]).unwrap();
    }
    assert!(ring.add([3; 32]).is_err());
    assert!(Ring::parse(&ring.file()).is_ok());
    ring.retire(1).unwrap();
    assert!(ring.add([3; 32]).is_ok());
}

#[test]
fn the_index_tells_systems_values_and_sites_apart() {
    let (one, other) = (ring(), Ring::new([1; 32], [3; 32]));
    let digest = one.index("citizen-id", "11");
    assert_eq!(digest, one.index("citizen-id", "11"));
    assert_ne!(digest, one.index("citizen-id", "12"));
    assert_ne!(digest, one.index("citizen-id1", "1"));
    assert_ne!(digest, one.index("passport", "11"));
    assert_ne!(digest, other.index("citizen-id", "11"));
    assert_ne!(&digest[..16], &one.id("blind", &[b"citizen-id", b"11"]));
    // A new key for wrapping leaves it as it is.
    let mut rotated = ring();
    rotated.add([9; 32]).unwrap();
    assert_eq!(digest, rotated.index("citizen-id", "11"));
}

proptest! {
    #[test]
    fn a_wrapped_key_opens_in_its_row_under_its_number_only(
        key in any::<[u8; 32]>(),
        nonce in any::<[u8; NONCE]>(),
        row in proptest::collection::vec(any::<u8>(), 0..20),
        other in proptest::collection::vec(any::<u8>(), 0..20),
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let mut ring = ring();
        // Two numbers with the same key: the number itself is bound.
        ring.add([1; 32]).unwrap();
        let wrapped = ring.wrap(KEY, &row, nonce, &DataKey::from_bytes(key)).unwrap();
        prop_assert!(ring.open(KEY, &row, &wrapped).is_ok());
        prop_assert!(ring.open(OTHER, &row, &wrapped).is_err());
        prop_assert_eq!(ring.open(KEY, &other, &wrapped).is_ok(), row == other);
        for number in [0, 1, 3, u32::MAX] {
            let moved = Wrapped { number, ..wrapped.clone() };
            prop_assert!(ring.open(KEY, &row, &moved).is_err());
        }
        let mut changed = wrapped.clone();
        let at = at.index(changed.bytes.len());
        changed.bytes[at] ^= 1 << bit;
        prop_assert!(ring.open(KEY, &row, &changed).is_err());
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        prop_assert!(Ring::parse(&text).is_err());
        let _ = Ring::parse(&format!("{HEAD}\n{text}"));
    }
}

//! The site's key: ids derived from it tell nothing to whom does not hold it.
//!
//! HMAC-SHA-256 (RFC 2104). Each use has a domain, and each part carries its length, so that no
//! two uses and no two lists of parts share a message.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// The secret from which a site derives the ids of subjects, records and documents.
///
/// It is read once by the program's edge. It cannot be printed, compared or read back.
#[derive(Clone)]
pub struct SiteKey {
    /// Keyed once; cloning it saves two blocks of hashing for every id.
    keyed: Hmac<Sha256>,
}

impl SiteKey {
    /// Takes 32 bytes of entropy.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> SiteKey {
        // A key shorter than a block is padded with zeros, as RFC 2104 has it.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&bytes);
        SiteKey {
            keyed: Hmac::<Sha256>::new(&block.into()),
        }
    }

    /// A keyed digest of parts, in a domain of its own.
    #[must_use]
    pub fn keyed32(&self, domain: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(domain, parts).finalize().into_bytes().into()
    }

    /// The first half of [`SiteKey::keyed32`]: for ids. At 2⁴⁰ ids two of them meet with a chance
    /// of about 2⁻⁴⁹.
    #[must_use]
    pub fn keyed16(&self, domain: &str, parts: &[&[u8]]) -> [u8; 16] {
        let whole = self.keyed32(domain, parts);
        let mut half = [0; 16];
        half.copy_from_slice(&whole[..16]);
        half
    }

    /// Whether a keyed digest is that of these parts. Takes the same time whatever the answer, so
    /// that a token cannot be guessed byte by byte.
    #[must_use]
    pub fn matches32(&self, domain: &str, parts: &[&[u8]], claimed: &[u8; 32]) -> bool {
        self.mac(domain, parts).verify_slice(claimed).is_ok()
    }

    fn mac(&self, domain: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.keyed.clone();
        let mut part = |bytes: &[u8]| {
            mac.update(&(bytes.len() as u64).to_be_bytes());
            mac.update(bytes);
        };
        part(domain.as_bytes());
        parts.iter().for_each(|bytes| part(bytes));
        mac
    }
}

impl fmt::Debug for SiteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SiteKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// HMAC-SHA-256 written out by its definition, as the reference.
    fn reference(key: [u8; 32], message: &[u8]) -> [u8; 32] {
        let pad = |with: u8| {
            let mut block = [with; 64];
            key.iter()
                .enumerate()
                .for_each(|(at, byte)| block[at] ^= byte);
            block
        };
        let inner = crate::sha256(&[&pad(0x36)[..], message].concat());
        crate::sha256(&[&pad(0x5c)[..], &inner.0].concat()).0
    }

    #[test]
    fn is_hmac_over_length_prefixed_parts() {
        let message = [
            &3_u64.to_be_bytes()[..],
            b"dom",
            &0_u64.to_be_bytes()[..],
            &2_u64.to_be_bytes()[..],
            b"xy",
        ]
        .concat();
        let key = SiteKey::from_bytes([9; 32]);
        assert_eq!(
            key.keyed32("dom", &[b"", b"xy"]),
            reference([9; 32], &message)
        );
    }

    #[test]
    fn debug_of_a_key_tells_nothing() {
        let text = format!(
            "{:?} {:#?}",
            SiteKey::from_bytes([0x41; 32]),
            SiteKey::from_bytes([1; 32])
        );
        assert_eq!(text, "SiteKey(…) SiteKey(…)");
    }

    #[test]
    fn a_match_takes_every_byte() {
        let key = SiteKey::from_bytes([1; 32]);
        let right = key.keyed32("token", &[b"a"]);
        assert!(key.matches32("token", &[b"a"], &right));
        for at in 0..32 {
            let mut wrong = right;
            wrong[at] ^= 1;
            assert!(!key.matches32("token", &[b"a"], &wrong), "byte {at}");
        }
        assert!(!key.matches32("tokem", &[b"a"], &right));
    }

    proptest! {
        #[test]
        fn parts_do_not_run_together(
            bytes in proptest::collection::vec(any::<u8>(), 0..40),
            cut in any::<prop::sample::Index>(),
            other in any::<prop::sample::Index>(),
        ) {
            let key = SiteKey::from_bytes([7; 32]);
            let (cut, other) = (cut.index(bytes.len() + 1), other.index(bytes.len() + 1));
            let of = |at: usize| key.keyed16("d", &[&bytes[..at], &bytes[at..]]);
            prop_assert_eq!(of(cut) == of(other), cut == other);
            prop_assert_ne!(of(cut), key.keyed16("d", &[&bytes]));
            prop_assert_ne!(key.keyed16("d", &[&bytes]), key.keyed16("e", &[&bytes]));
            let another = SiteKey::from_bytes([8; 32]);
            prop_assert_ne!(key.keyed16("d", &[&bytes]), another.keyed16("d", &[&bytes]));
        }

        #[test]
        fn an_id_is_the_first_half(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let key = SiteKey::from_bytes([3; 32]);
            prop_assert_eq!(&key.keyed16("d", &[&bytes])[..], &key.keyed32("d", &[&bytes])[..16]);
        }
    }
}

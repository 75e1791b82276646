//! Sealed values: AES-256-GCM-SIV (RFC 8452), bound to the table, column and row where they stand.
//!
//! A value that is copied to another place does not open there, nor one of which a bit was changed.
//! The nonce stands before what is sealed. One that came twice under a key would tell that two values
//! of one place are equal, and nothing else; callers draw it from their source of entropy.
//!
//! Not protected: how long a value is, how many there are, and when they were written.

use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use std::fmt;

/// Bytes of a nonce.
pub const NONCE: usize = 12;

/// What is sealed does not open: another key, another place, or a changed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what is sealed does not open here: another key, another place, or it was changed")]
pub struct BadSeal;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    name: &'static str,
}

impl Place {
    /// Names a column as `table.column`.
    #[must_use]
    pub const fn new(name: &'static str) -> Place {
        Place { name }
    }

    /// What a value in a row of the column is bound to. No name holds a zero byte, so that no two
    /// places and rows are bound to the same bytes.
    fn bound(self, row: &[u8]) -> Vec<u8> {
        [self.name.as_bytes(), b"\0", row].concat()
    }
}

/// A key that seals values. It cannot be printed, compared or read back.
#[derive(Clone)]
pub struct DataKey {
    bytes: [u8; 32],
}

impl DataKey {
    /// Takes 32 bytes of entropy.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> DataKey {
        DataKey { bytes }
    }

    /// Seals a value for a row of a column.
    ///
    /// # Errors
    /// When the value is longer than the cipher takes (64 GiB).
    pub fn seal(
        &self,
        place: Place,
        row: &[u8],
        nonce: [u8; NONCE],
        value: &[u8],
    ) -> Result<Vec<u8>, BadSeal> {
        let bound = place.bound(row);
        let payload = Payload {
            msg: value,
            aad: &bound,
        };
        let cipher = Aes256GcmSiv::new(&self.bytes.into());
        let made = cipher.encrypt(&Nonce::from(nonce), payload);
        let mut out = nonce.to_vec();
        out.extend(made.map_err(|_| BadSeal)?);
        Ok(out)
    }

    /// Opens what [`DataKey::seal`] sealed for the same row of the same column.
    ///
    /// # Errors
    /// When it was sealed under another key or for another place, or was changed.
    pub fn open(&self, place: Place, row: &[u8], sealed: &[u8]) -> Result<Vec<u8>, BadSeal> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(BadSeal)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| BadSeal)?;
        let bound = place.bound(row);
        let payload = Payload {
            msg: sealed,
            aad: &bound,
        };
        let cipher = Aes256GcmSiv::new(&self.bytes.into());
        cipher
            .decrypt(&Nonce::from(nonce), payload)
            .map_err(|_| BadSeal)
    }

    /// Seals this key under another one, to be kept in a row that can be deleted.
    pub(crate) fn wrapped(
        &self,
        under: &DataKey,
        place: Place,
        row: &[u8],
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, BadSeal> {
        under.seal(place, row, nonce, &self.bytes)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BODY: Place = Place::new("person_body.sealed");
    const NAME: Place = Place::new("person_body.name");
    const OTHER: Place = Place::new("person_card.sealed");

    fn key(byte: u8) -> DataKey {
        DataKey::from_bytes([byte; 32])
    }

    #[test]
    fn a_key_prints_nothing() {
        assert_eq!(
            format!("{:?} {:#?}", key(0x41), key(1)),
            "DataKey(…) DataKey(…)"
        );
    }

    #[test]
    fn rfc_8452_appendix_c_2_is_met() {
        // The first vector of AEAD_AES_256_GCM_SIV has neither text nor bound data. Ours always binds
        // something, so the cipher itself is asked.
        let mut secret = [0_u8; 32];
        secret[0] = 1;
        let mut nonce = [0_u8; NONCE];
        nonce[0] = 3;
        let cipher = Aes256GcmSiv::new(&secret.into());
        let made = cipher.encrypt(&Nonce::from(nonce), &[][..]).unwrap();
        let hex: String = made.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "07f5f4169bbf55a8400cd47ea6fd400f");
    }

    proptest! {
        #[test]
        fn a_value_opens_in_its_place_and_nowhere_else(
            value in proptest::collection::vec(any::<u8>(), 0..300),
            nonce in any::<[u8; NONCE]>(),
            row in proptest::collection::vec(any::<u8>(), 0..40),
            other in proptest::collection::vec(any::<u8>(), 0..40),
        ) {
            let sealed = key(7).seal(BODY, &row, nonce, &value).unwrap();
            prop_assert_eq!(key(7).open(BODY, &row, &sealed), Ok(value));
            prop_assert_eq!(key(8).open(BODY, &row, &sealed), Err(BadSeal));
            prop_assert_eq!(key(7).open(NAME, &row, &sealed), Err(BadSeal));
            prop_assert_eq!(key(7).open(OTHER, &row, &sealed), Err(BadSeal));
            if row != other {
                prop_assert_eq!(key(7).open(BODY, &other, &sealed), Err(BadSeal));
            }
        }

        #[test]
        fn no_bit_can_be_changed(
            value in proptest::collection::vec(any::<u8>(), 0..60),
            at in any::<prop::sample::Index>(),
            bit in 0_u8..8,
        ) {
            let mut sealed = key(7).seal(BODY, b"row", [9; NONCE], &value).unwrap();
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert_eq!(key(7).open(BODY, b"row", &sealed), Err(BadSeal));
        }

        #[test]
        fn nothing_of_another_form_opens(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(key(7).open(BODY, b"row", &bytes), Err(BadSeal));
        }

        #[test]
        fn equal_values_read_differently_in_other_rows_and_under_other_nonces(
            value in proptest::collection::vec(any::<u8>(), 1..60),
        ) {
            let one = key(7).seal(BODY, b"one", [1; NONCE], &value).unwrap();
            // Even under one nonce: the row is part of what the cipher derives its counter from.
            let other_row = key(7).seal(BODY, b"two", [1; NONCE], &value).unwrap();
            let other_nonce = key(7).seal(BODY, b"one", [2; NONCE], &value).unwrap();
            prop_assert_ne!(&one[NONCE..], &other_row[NONCE..]);
            prop_assert_ne!(&one[NONCE..], &other_nonce[NONCE..]);
            let plain = one.windows(value.len().max(4)).any(|found| found == value);
            prop_assert!(!plain || value.len() < 4);
        }
    }
}

//! The key ring of a site: numbered keys that wrap each subject's own key, and the key of the blind
//! index.
//!
//! The newest key wraps, older ones open. Each subject's values are sealed under a key of its own,
//! which stands wrapped in a row that can be deleted: with that row gone, nothing of the subject opens
//! any more, in this store or in a copy of it whose ring has lost the key as well.
//!
//! The blind index answers *is this the same number?* to whom holds the ring, and nothing to others.
//! Its key is not rotated with the rest: digests are compared for equality, and ids follow from them.

use crate::key::SiteKey;
use crate::vault::{BadSeal, DataKey, NONCE, Place};
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

/// First line of a key file.
const HEAD: &str = "gongxin-keys-v1";
/// Most keys of a ring: one a month for twenty years, and then the old ones are long retired.
const KEYS: usize = 240;

/// Numbered keys, and the key of the blind index. It cannot be printed or compared; only
/// [`Ring::file`] writes it, for the key file.
#[derive(Clone)]
pub struct Ring {
    keys: BTreeMap<u32, [u8; 32]>,
    index_bytes: [u8; 32],
    index: SiteKey,
}

/// A subject's key as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// Number of the ring's key that opens it.
    pub number: u32,
    /// The key, sealed.
    pub bytes: Vec<u8>,
}

/// A key file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRing {
    /// It is of another form.
    #[error("line {line} of the key file cannot be read")]
    Line {
        /// 1, 2, 3 …
        line: usize,
    },
    /// A number stands twice, or there are too many.
    #[error("line {line} of the key file repeats a key, or is one too many")]
    Repeated {
        /// 1, 2, 3 …
        line: usize,
    },
    /// There is no key, or no index key.
    #[error("the key file is incomplete")]
    Incomplete,
    /// The newest key seals, so it cannot be retired; nor can one that is not there.
    #[error("this key is the newest, or is not in the ring")]
    NotRetired,
}

impl Ring {
    /// A ring with its first key, number 1, from 64 bytes of entropy.
    #[must_use]
    pub fn new(first: [u8; 32], index: [u8; 32]) -> Ring {
        Ring {
            keys: BTreeMap::from([(1, first)]),
            index_bytes: index,
            index: SiteKey::from_bytes(index),
        }
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// [`BadRing`], which names the line and nothing of what stands in it.
    pub fn parse(text: &str) -> Result<Ring, BadRing> {
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, line)| line.trim_end()) != Some(HEAD) {
            return Err(BadRing::Line { line: 1 });
        }
        let (mut keys, mut index) = (BTreeMap::new(), None);
        for (at, text) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let line = at + 1;
            let (name, key) = text.trim().split_once(' ').ok_or(BadRing::Line { line })?;
            let key = crate::Digest::parse(key).ok_or(BadRing::Line { line })?.0;
            let repeated = match name {
                "index" => index.replace(key).is_some(),
                number => {
                    let number: u32 = number.parse().map_err(|_| BadRing::Line { line })?;
                    number == 0 || keys.len() >= KEYS || keys.insert(number, key).is_some()
                }
            };
            if repeated {
                return Err(BadRing::Repeated { line });
            }
        }
        let index_bytes = index
            .filter(|_| !keys.is_empty())
            .ok_or(BadRing::Incomplete)?;
        Ok(Ring {
            keys,
            index_bytes,
            index: SiteKey::from_bytes(index_bytes),
        })
    }

    /// The text of the key file: the only way in which the keys leave.
    #[must_use]
    pub fn file(&self) -> String {
        let mut text = format!("{HEAD}\n");
        let named = self
            .keys
            .iter()
            .map(|(number, key)| (number.to_string(), key));
        let index = std::iter::once(("index".to_owned(), &self.index_bytes));
        for (name, key) in index.chain(named) {
            // Writing to a text cannot fail.
            let _ = writeln!(text, "{name} {}", crate::Digest(*key));
        }
        text
    }

    /// Adds the next key, which wraps from now on, and tells its number.
    ///
    /// # Errors
    /// When the ring is full: retire old keys first.
    pub fn add(&mut self, key: [u8; 32]) -> Result<u32, BadRing> {
        if self.keys.len() >= KEYS {
            return Err(BadRing::Repeated { line: KEYS + 2 });
        }
        let number = self.newest() + 1;
        self.keys.insert(number, key);
        Ok(number)
    }

    /// Forgets an old key: what it alone opens is lost, in old copies too.
    ///
    /// # Errors
    /// When it is the newest, or not there.
    pub fn retire(&mut self, number: u32) -> Result<(), BadRing> {
        if number == self.newest() {
            return Err(BadRing::NotRetired);
        }
        self.keys
            .remove(&number)
            .map(drop)
            .ok_or(BadRing::NotRetired)
    }

    /// The number of the key that wraps.
    #[must_use]
    pub fn newest(&self) -> u32 {
        self.keys.keys().next_back().copied().unwrap_or(0)
    }

    /// The numbers of all keys, oldest first.
    #[must_use]
    pub fn numbers(&self) -> Vec<u32> {
        self.keys.keys().copied().collect()
    }

    /// Wraps a subject's key under the newest key, for a row of a column.
    ///
    /// # Errors
    /// Never for a key; as [`DataKey::seal`].
    pub fn wrap(
        &self,
        place: Place,
        row: &[u8],
        nonce: [u8; NONCE],
        key: &DataKey,
    ) -> Result<Wrapped, BadSeal> {
        let number = self.newest();
        let under = self.key(number)?;
        Ok(Wrapped {
            number,
            bytes: key.wrapped(&under, place, &bound(number, row), nonce)?,
        })
    }

    /// Opens a wrapped key.
    ///
    /// # Errors
    /// When the ring has no such number, the key stands in another row, or it was changed.
    pub fn open(&self, place: Place, row: &[u8], wrapped: &Wrapped) -> Result<DataKey, BadSeal> {
        let under = self.key(wrapped.number)?;
        let bytes = under.open(place, &bound(wrapped.number, row), &wrapped.bytes)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| BadSeal)?;
        Ok(DataKey::from_bytes(bytes))
    }

    /// The blind index of an identifier: a keyed digest of its system and normalised value.
    #[must_use]
    pub fn index(&self, system: &str, value: &str) -> [u8; 32] {
        self.index
            .keyed32("blind-index", &[system.as_bytes(), value.as_bytes()])
    }

    /// An id that follows from parts and tells nothing to whom does not hold the ring.
    #[must_use]
    pub fn id(&self, domain: &str, parts: &[&[u8]]) -> [u8; 16] {
        self.index.keyed16(domain, parts)
    }

    /// A digest that follows from parts and tells nothing to whom does not hold the ring.
    #[must_use]
    pub fn keyed32(&self, domain: &str, parts: &[&[u8]]) -> [u8; 32] {
        self.index.keyed32(domain, parts)
    }

    fn key(&self, number: u32) -> Result<DataKey, BadSeal> {
        let bytes = self.keys.get(&number).ok_or(BadSeal)?;
        Ok(DataKey::from_bytes(*bytes))
    }
}

impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ring({} keys)", self.keys.len())
    }
}

/// A wrapped key is bound to the number of the key that opens it, too.
fn bound(number: u32, row: &[u8]) -> Vec<u8> {
    [&number.to_be_bytes()[..], row].concat()
}

#[cfg(test)]
mod tests;

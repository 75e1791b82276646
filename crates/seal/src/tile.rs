//! Tiles (C2SP tlog-tiles): a log as immutable files that any web server can serve.
//!
//! A tile holds up to 256 consecutive digests of one level; level 0 is the leaves, and each digest
//! of a higher level is the root of a full tile below. Bundles hold the entries themselves.
//!
//! | type | does |
//! | --- | --- |
//! | [`Tile`] | names a file of the log |
//! | [`Edge`] | grows the log: what is not a full tile yet |
//! | [`Tiles`] | reads roots and proofs out of tiles |

mod edge;
mod read;

use crate::digest::Digest;

pub use edge::{Edge, Full};
pub use read::Tiles;

/// Digests of a full tile, and entries of a full bundle.
pub const WIDTH: u64 = 256;
/// Levels that a tree of 2⁶³ leaves can have: 8 binary levels a tile.
pub const LEVELS: u8 = 8;

/// What a tile holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holds {
    /// Entries of the log.
    Entries,
    /// Digests of a level.
    Hashes(u8),
}

/// The name of a file of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// Entries, or digests of a level.
    pub holds: Holds,
    /// 0, 1, 2 … within the level.
    pub number: u64,
    /// 1 to 255 for a partial tile, 256 for a full one.
    pub width: u16,
}

impl Tile {
    /// The tile of a number as a log of `size` leaves has it; `None` when it has none.
    #[must_use]
    pub fn of(holds: Holds, number: u64, size: u64) -> Option<Tile> {
        let count = match holds {
            Holds::Entries => size,
            Holds::Hashes(level) => size.checked_shr(u32::from(level) * 8).unwrap_or(0),
        };
        let width = count.checked_sub(number.checked_mul(WIDTH)?)?.min(WIDTH);
        let width = u16::try_from(width).ok().filter(|width| *width > 0)?;
        Some(Tile {
            holds,
            number,
            width,
        })
    }

    /// Whether it is full, and will never grow.
    #[must_use]
    pub fn is_full(&self) -> bool {
        u64::from(self.width) == WIDTH
    }

    /// Its path below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/000.p/5`.
    #[must_use]
    pub fn path(&self) -> String {
        let level = match self.holds {
            Holds::Entries => "entries".to_owned(),
            Holds::Hashes(level) => level.to_string(),
        };
        let mut groups = vec![format!("{:03}", self.number % 1000)];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.push(format!("x{:03}", rest % 1000));
            rest /= 1000;
        }
        groups.reverse();
        let number = groups.join("/");
        if self.is_full() {
            format!("tile/{level}/{number}")
        } else {
            format!("tile/{level}/{number}.p/{}", self.width)
        }
    }

    /// Reads a path; only the one spelling of a tile is understood.
    #[must_use]
    pub fn parse(path: &str) -> Option<Tile> {
        let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let holds = match level {
            "entries" => Holds::Entries,
            level => Holds::Hashes(u8::try_from(crate::checkpoint::number(level)?).ok()?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, crate::checkpoint::number(width)?),
            None => (rest, WIDTH),
        };
        let mut whole = 0_u64;
        for group in number.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            let sound = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
            if !sound {
                return None;
            }
            whole = whole.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
        }
        let tile = Tile {
            holds,
            number: whole,
            width: u16::try_from(width).ok()?,
        };
        // One spelling only: writing it again must give the same path.
        let known = (1..=WIDTH).contains(&width) && holds <= Holds::Hashes(63);
        (known && tile.path() == path).then_some(tile)
    }
}

/// Digests as the bytes of a tile.
#[must_use]
pub fn bytes(digests: &[Digest]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(digests.len() * 32);
    for digest in digests {
        bytes.extend_from_slice(&digest.0);
    }
    bytes
}

/// The digests in the bytes of a tile; `None` when they are not a whole number of digests, or more
/// than a full tile.
#[must_use]
pub fn digests(bytes: &[u8]) -> Option<Vec<Digest>> {
    let (whole, rest) = bytes.as_chunks::<32>();
    let fits = rest.is_empty() && whole.len() as u64 <= WIDTH;
    fits.then(|| whole.iter().map(|one| Digest(*one)).collect())
}

/// Entries as the bytes of a bundle: each with its length before it. Entries are below 64 KiB.
#[must_use]
pub fn bundle<'e>(entries: impl IntoIterator<Item = &'e [u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    entries
        .into_iter()
        .for_each(|entry| append(&mut out, entry));
    out
}

/// Appends one entry to the bytes of a bundle.
pub fn append(bundle: &mut Vec<u8>, entry: &[u8]) {
    let length = u16::try_from(entry.len()).unwrap_or(u16::MAX);
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry.get(..usize::from(length)).unwrap_or(entry));
}

/// The entries of a bundle; `None` when its lengths do not fit its bytes, or there are more than 256.
#[must_use]
pub fn entries(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        found.push(entry);
        bytes = rest;
    }
    (bytes.is_empty() && found.len() as u64 <= WIDTH).then_some(found)
}

//! Checkpoints (C2SP tlog-checkpoint): which log, how many leaves, and the root over them.

use crate::digest::Digest;
use crate::note::{BadNote, Note, NoteKey, Signed};
use crate::sign::BadSignature;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// The head of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: a name that is unique and never changes.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// The root over them (RFC 6962).
    pub root: Digest,
}

impl Checkpoint {
    /// Reads the text of a note. Lines after the third are the log's own and are passed over.
    ///
    /// # Errors
    /// When it is no checkpoint.
    pub fn parse(text: &str) -> Result<Checkpoint, BadNote> {
        let read = || {
            let body = text.strip_suffix('\n')?;
            let mut lines = body.split('\n');
            let (origin, size, root) = (lines.next()?, lines.next()?, lines.next()?);
            if origin.is_empty() || lines.any(str::is_empty) {
                return None;
            }
            Some(Checkpoint {
                origin: origin.to_owned(),
                size: number(size)?,
                root: hash(root)?,
            })
        };
        read().ok_or(BadSignature)
    }

    /// Reads a published checkpoint that a key of its log signed, with all signatures of known keys:
    /// the log's is the first.
    ///
    /// # Errors
    /// When it is of another log, or the log's signature is missing or does not fit.
    pub fn verify(
        note: &[u8],
        log: &NoteKey,
        witnesses: &[NoteKey],
    ) -> Result<(Checkpoint, Vec<Signed>), BadNote> {
        let note = Note::parse(note)?;
        let mut signed = note.verify(std::slice::from_ref(log))?;
        if !witnesses.is_empty()
            && let Ok(others) = note.verify(witnesses)
        {
            signed.extend(others);
        }
        let checkpoint = Checkpoint::parse(note.text())?;
        if checkpoint.origin == log.name() {
            Ok((checkpoint, signed))
        } else {
            Err(BadSignature)
        }
    }
}

impl fmt::Display for Checkpoint {
    /// The text that is signed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = STANDARD.encode(self.root.0);
        write!(f, "{}\n{}\n{root}\n", self.origin, self.size)
    }
}

/// A decimal number without leading zeros.
pub(crate) fn number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading = text.len() > 1 && text.starts_with('0');
    (digits && !leading).then(|| text.parse().ok()).flatten()
}

/// A digest in base64.
pub(crate) fn hash(text: &str) -> Option<Digest> {
    let bytes = STANDARD.decode(text).ok()?;
    Some(Digest(bytes.try_into().ok()?))
}

/// A digest as a line in base64.
pub(crate) fn hash_line(digest: &Digest) -> String {
    format!("{}\n", STANDARD.encode(digest.0))
}

//! Proofs that travel (C2SP tlog-proof): index, path and checkpoint of one entry in one text, which
//! anyone checks without asking the log.

use crate::checkpoint::{Checkpoint, hash, hash_line, number};
use crate::digest::Digest;
use crate::merkle::{leaf, verify_inclusion};
use crate::note::{BadNote, NoteKey, Signed};
use crate::sign::BadSignature;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a proof begins with.
const HEAD: &str = "c2sp.org/tlog-proof@v1\n";
/// Digests on the path of a leaf, at most: one a level of a tree of 2⁶³ leaves.
const PATH: usize = 63;

/// A proof that an entry is in a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What the application needs to make the entry again. Nothing vouches for it by itself.
    pub extra: Vec<u8>,
    /// Place of the entry.
    pub index: u64,
    /// Siblings from the leaf up.
    pub path: Vec<Digest>,
    /// The signed checkpoint, as published.
    pub checkpoint: String,
}

impl Proof {
    /// Reads a proof.
    ///
    /// # Errors
    /// When it is of another form.
    pub fn parse(text: &str) -> Result<Proof, BadNote> {
        let read = || {
            let (head, checkpoint) = text.strip_prefix(HEAD)?.split_once("\n\n")?;
            let mut lines = head.split('\n').peekable();
            let extra = lines.peek().and_then(|line| line.strip_prefix("extra "));
            let extra = match extra {
                Some(encoded) => STANDARD.decode(encoded).ok()?,
                None => Vec::new(),
            };
            if !extra.is_empty() {
                lines.next();
            }
            let index = number(lines.next()?.strip_prefix("index ")?)?;
            let path: Option<Vec<Digest>> = lines.take(PATH + 1).map(hash).collect();
            Some(Proof {
                extra,
                index,
                path: path.filter(|path| path.len() <= PATH)?,
                checkpoint: checkpoint.to_owned(),
            })
        };
        read().ok_or(BadSignature)
    }

    /// The proof as text.
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = HEAD.to_owned();
        if !self.extra.is_empty() {
            text.push_str(&format!("extra {}\n", STANDARD.encode(&self.extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        text.extend(self.path.iter().map(hash_line));
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Whether the entry stands at the index in a log whose checkpoint its key signed; gives the
    /// checkpoint and who signed it.
    ///
    /// # Errors
    /// When anything of it does not fit.
    pub fn verify(
        &self,
        entry: &[u8],
        log: &NoteKey,
        witnesses: &[NoteKey],
    ) -> Result<(Checkpoint, Vec<Signed>), BadNote> {
        let (head, signed) = Checkpoint::verify(self.checkpoint.as_bytes(), log, witnesses)?;
        let stands = verify_inclusion(&leaf(entry), self.index, head.size, &self.path, &head.root);
        if stands {
            Ok((head, signed))
        } else {
            Err(BadSignature)
        }
    }
}

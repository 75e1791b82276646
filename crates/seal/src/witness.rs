//! What a witness does (C2SP tlog-witness): it remembers the last head of a log that it signed, and
//! signs a later one only when that begins with all that stood before. Whoever sees enough witnesses
//! under a head knows that nobody was shown another history.

use crate::checkpoint::{Checkpoint, hash, hash_line, number};
use crate::digest::Digest;
use crate::merkle::verify_consistency;
use crate::note::{NOTE_BYTES, Note, NoteKey};

/// Digests of a consistency proof, at most, by the specification.
pub const PATH: usize = 63;
/// Most bytes of a request: a note and 63 lines of 45 characters.
pub const REQUEST_BYTES: usize = NOTE_BYTES + 4096;

/// A request to sign a head: `add-checkpoint`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The size that the witness signed last, as the log believes.
    pub old: u64,
    /// The proof from there to the head.
    pub path: Vec<Digest>,
    /// The signed head.
    pub checkpoint: String,
}

/// What a witness signed last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Leaves.
    pub size: u64,
    /// The root over them.
    pub root: Digest,
}

/// Why a head is not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request is of another form, or its old size is beyond its head.
    #[error("the request is no add-checkpoint request")]
    Form,
    /// No log of that name is watched.
    #[error("no log of that name is watched")]
    Unknown,
    /// The log's key did not sign it.
    #[error("no trusted key of the log signed the checkpoint")]
    Unsigned,
    /// The witness signed another size last: this one.
    #[error("another size was signed last: {0}")]
    Stale(u64),
    /// A head of the same size with another root: the log was forked.
    #[error("a checkpoint of this size with another root was signed before")]
    Forked,
    /// The head does not begin with what was signed before: the log was forked or rewritten.
    #[error("the checkpoint does not extend the one that was signed before")]
    Inconsistent,
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// [`Refusal::Form`].
    pub fn parse(bytes: &[u8]) -> Result<Request, Refusal> {
        let read = || {
            let text = std::str::from_utf8(bytes).ok()?;
            let (head, checkpoint) = text.split_once("\n\n")?;
            let mut lines = head.split('\n');
            let old = number(lines.next()?.strip_prefix("old ")?)?;
            let path: Option<Vec<Digest>> = lines.take(PATH + 1).map(hash).collect();
            Some(Request {
                old,
                path: path.filter(|path| path.len() <= PATH)?,
                checkpoint: checkpoint.to_owned(),
            })
        };
        let sized = bytes.len() <= REQUEST_BYTES;
        sized.then(read).flatten().ok_or(Refusal::Form)
    }

    /// The request as it is sent.
    #[must_use]
    pub fn written(&self) -> String {
        let path: String = self.path.iter().map(hash_line).collect();
        format!("old {}\n{path}\n{}", self.old, self.checkpoint)
    }
}

/// Whether a head may be signed, given what was signed last. The caller writes down what is given
/// back before it signs, and does both under one lock.
///
/// # Errors
/// The [`Refusal`].
pub fn consider(
    request: &Request,
    logs: &[NoteKey],
    seen: impl Fn(&str) -> Option<Seen>,
) -> Result<(Note, Checkpoint), Refusal> {
    let note = Note::parse(request.checkpoint.as_bytes()).map_err(|_| Refusal::Form)?;
    let head = Checkpoint::parse(note.text()).map_err(|_| Refusal::Form)?;
    let keys: Vec<NoteKey> = logs
        .iter()
        .filter(|key| key.name() == head.origin)
        .cloned()
        .collect();
    if keys.is_empty() {
        return Err(Refusal::Unknown);
    }
    note.verify(&keys).map_err(|_| Refusal::Unsigned)?;
    grows(request, &head, seen(&head.origin))?;
    Ok((note, head))
}

/// Whether a head extends what was signed last: also what a log's own signer asks before it signs.
///
/// # Errors
/// The [`Refusal`].
pub fn grows(request: &Request, head: &Checkpoint, last: Option<Seen>) -> Result<(), Refusal> {
    if request.old > head.size {
        return Err(Refusal::Form);
    }
    let size = last.map_or(0, |last| last.size);
    if request.old != size {
        return Err(Refusal::Stale(size));
    }
    match last {
        None if request.path.is_empty() => {}
        None => return Err(Refusal::Inconsistent),
        Some(last) if last.size == head.size => {
            if last.root != head.root {
                return Err(Refusal::Forked);
            }
        }
        Some(last) => {
            let grows =
                verify_consistency(last.size, &last.root, head.size, &head.root, &request.path);
            if !grows {
                return Err(Refusal::Inconsistent);
            }
        }
    }
    Ok(())
}

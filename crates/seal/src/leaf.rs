//! What a leaf of the journal is: a salted commitment to one event.
//!
//! The entry of version 1 has 33 bytes: 0x01 and `commit(salt, body)`, where the body is the event's
//! fields, each with its length before it. Whoever holds event and salt can show that the entry
//! stands for it; whoever holds neither learns nothing, not even the kind of the event; and erasing
//! the salt leaves the log as valid as it was.

use crate::digest::{Digest, Hasher, commit};

/// Version of entries that this program makes.
pub const VERSION: u8 = 1;
/// Bytes of an entry of that version.
pub const ENTRY_BYTES: usize = 33;
/// Names the form of the body.
const FORM: &[u8] = b"gongxin/event/1";

/// An event as the journal commits to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Kind and what it names; unique within the log.
    pub id: String,
    /// Its kind: slice, receipt, report, access, confirm, same, different, undo, reissue …
    pub kind: String,
    /// When it happened: microseconds since 1970-01-01 UTC.
    pub at: i64,
    /// A digest of what happened, made as `docs/journal.md` says for its kind.
    pub content: Digest,
}

/// The same, borrowed: a batch of thousands commits to its events where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRef<'e> {
    /// Kind and what it names; unique within the log.
    pub id: &'e str,
    /// Its kind.
    pub kind: &'e str,
    /// When it happened: microseconds since 1970-01-01 UTC.
    pub at: i64,
    /// A digest of what happened.
    pub content: &'e Digest,
}

impl Event {
    /// The same, borrowed.
    #[must_use]
    pub fn borrowed(&self) -> EventRef<'_> {
        EventRef {
            id: &self.id,
            kind: &self.kind,
            at: self.at,
            content: &self.content,
        }
    }

    /// The bytes that are committed to.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(128);
        self.borrowed().write_body(&mut body);
        body
    }

    /// The salt of an event that carries its own; see [`EventRef::own_salt`].
    #[must_use]
    pub fn own_salt(&self) -> Option<[u8; 16]> {
        self.borrowed().own_salt()
    }

    /// The entry that stands for it in the log.
    #[must_use]
    pub fn entry(&self, salt: &[u8; 16]) -> [u8; ENTRY_BYTES] {
        self.borrowed().entry(salt, &mut Vec::with_capacity(128))
    }
}

impl EventRef<'_> {
    /// Appends the bytes that are committed to: five parts, each after its length in eight bytes.
    fn write_body(&self, body: &mut Vec<u8>) {
        let at = self.at.to_be_bytes();
        let parts: [&[u8]; 5] = [
            FORM,
            self.id.as_bytes(),
            self.kind.as_bytes(),
            &at,
            &self.content.0,
        ];
        for part in parts {
            body.extend_from_slice(&(part.len() as u64).to_be_bytes());
            body.extend_from_slice(part);
        }
    }

    /// The salt of an event that carries its own: the content of a receipt or an issued report is a
    /// digest of a signed text, which nobody can guess and every holder of it has. `None` for all other kinds, whose
    /// salts are random and can be erased.
    #[must_use]
    pub fn own_salt(&self) -> Option<[u8; 16]> {
        if !matches!(self.kind, "receipt" | "report") {
            return None;
        }
        let mut hasher = Hasher::new();
        hasher.update(b"gongxin/receipt-salt/1\0");
        hasher.update(self.content.0);
        let digest = hasher.finish();
        digest.0.first_chunk::<16>().copied()
    }

    /// The entry that stands for it in the log. `room` is memory for its body, used again from event
    /// to event.
    #[must_use]
    pub fn entry(&self, salt: &[u8; 16], room: &mut Vec<u8>) -> [u8; ENTRY_BYTES] {
        let mut entry = [VERSION; ENTRY_BYTES];
        room.clear();
        self.write_body(room);
        let digest = commit(salt, room);
        entry[1..].copy_from_slice(&digest.0);
        entry
    }
}

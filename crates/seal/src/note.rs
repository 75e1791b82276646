//! Signed notes (C2SP signed-note): a text that people can read, under signatures that name their
//! keys. Checkpoints of logs are notes.
//!
//! Two kinds of signature are known: plain Ed25519 and the timestamped cosignatures of witnesses
//! (C2SP tlog-cosignature). Signatures of other kinds and of unknown keys are passed over, as the
//! specification asks; one that claims a known key and does not fit refuses the whole note.

mod key;

use crate::sign::{BadSignature, Signature, Signer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use key::{Kind, NoteKey};

/// Most bytes of a note: 16 signatures of post-quantum size (5 kB) and as much again for what comes.
pub const NOTE_BYTES: usize = 256 * 1024;
/// Most signature lines of a note: four times what the specification wants accepted at least.
pub const SIGNATURES: usize = 64;
/// What a signature line begins with: an em dash and a space.
const DASH: &str = "\u{2014} ";

/// Not a note, or not one that a trusted key signed. One error for all: why a forgery failed helps
/// only forgers.
pub type BadNote = BadSignature;

/// A text and the signatures under it. Nothing is proven until [`Note::verify`] was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    lines: Vec<Line>,
}

/// A signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

/// A signature that fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Name of its key.
    pub name: String,
    /// Seconds since 1970 as a cosigner states them; `None` for a plain signature.
    pub time: Option<u64>,
}

impl Note {
    /// A text without signatures yet. It ends in a newline and has no control characters else.
    ///
    /// # Errors
    /// When it is no text of a note.
    pub fn new(text: &str) -> Result<Note, BadNote> {
        let sound = text.ends_with('\n') && text.len() <= NOTE_BYTES && is_plain(text);
        if !sound {
            return Err(BadSignature);
        }
        Ok(Note {
            text: text.to_owned(),
            lines: Vec::new(),
        })
    }

    /// Reads a note.
    ///
    /// # Errors
    /// When it breaks the format, is too long, or carries no signature line.
    pub fn parse(bytes: &[u8]) -> Result<Note, BadNote> {
        if bytes.len() > NOTE_BYTES {
            return Err(BadSignature);
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| BadSignature)?;
        let (text, signatures) = whole.rsplit_once("\n\n").ok_or(BadSignature)?;
        let mut note = Note::new(&format!("{text}\n"))?;
        note.lines = parse_lines(signatures)?;
        if note.lines.is_empty() {
            return Err(BadSignature);
        }
        Ok(note)
    }

    /// The signed text, with its last newline.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Signs it as a log does, and gives the signature line.
    pub fn sign(&mut self, name: &str, signer: &Signer) -> Option<String> {
        let key = NoteKey::new(name, Kind::Ed25519, signer.verifier())?;
        let signature = signer.sign(self.text.as_bytes());
        Some(self.push(&key, signature.0.to_vec()))
    }

    /// Cosigns it as a witness does at a time in seconds since 1970, and gives the signature line.
    pub fn cosign(&mut self, name: &str, signer: &Signer, time: u64) -> Option<String> {
        let key = NoteKey::new(name, Kind::Cosignature, signer.verifier())?;
        let signature = signer.sign(cosigned(time, &self.text).as_bytes());
        let mut bytes = time.to_be_bytes().to_vec();
        bytes.extend(signature.0);
        Some(self.push(&key, bytes))
    }

    fn push(&mut self, key: &NoteKey, bytes: Vec<u8>) -> String {
        let line = Line {
            name: key.name().to_owned(),
            id: key.id(),
            bytes,
        };
        let written = line.written();
        self.lines.push(line);
        written
    }

    /// Adds signature lines that came from elsewhere, such as a witness's answer.
    ///
    /// # Errors
    /// When they are no signature lines, or there are too many.
    pub fn add_lines(&mut self, lines: &str) -> Result<(), BadNote> {
        let more = parse_lines(lines)?;
        if self.lines.len() + more.len() > SIGNATURES {
            return Err(BadSignature);
        }
        self.lines.extend(more);
        Ok(())
    }

    /// The signatures of keys that the caller trusts; at least one.
    ///
    /// # Errors
    /// When a signature that names a trusted key does not fit, or no trusted key signed.
    pub fn verify(&self, keys: &[NoteKey]) -> Result<Vec<Signed>, BadNote> {
        let mut signed: Vec<Signed> = Vec::new();
        for line in &self.lines {
            let known = |key: &&NoteKey| key.name() == line.name && key.id() == line.id;
            if let Some(key) = keys.iter().find(known) {
                let one = line.verify(key, &self.text)?;
                if !signed.iter().any(|known| known.name == one.name) {
                    signed.push(one);
                }
            }
        }
        if signed.is_empty() {
            return Err(BadSignature);
        }
        Ok(signed)
    }

    /// The note as it is published.
    #[must_use]
    pub fn written(&self) -> String {
        let lines: String = self.lines.iter().map(Line::written).collect();
        format!("{}\n{lines}", self.text)
    }
}

impl Line {
    fn written(&self) -> String {
        let mut bytes = self.id.to_vec();
        bytes.extend(&self.bytes);
        format!("{DASH}{} {}\n", self.name, STANDARD.encode(bytes))
    }

    fn parse(line: &str) -> Option<Line> {
        let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
        let bytes = STANDARD.decode(encoded).ok()?;
        let (id, bytes) = bytes.split_first_chunk::<4>()?;
        let sound = key::is_name(name) && !bytes.is_empty();
        sound.then(|| Line {
            name: name.to_owned(),
            id: *id,
            bytes: bytes.to_vec(),
        })
    }

    fn verify(&self, key: &NoteKey, text: &str) -> Result<Signed, BadNote> {
        let (time, signature, message) = match key.kind() {
            Kind::Ed25519 => (None, self.bytes.as_slice(), text.to_owned()),
            Kind::Cosignature => {
                let (time, rest) = self.bytes.split_first_chunk::<8>().ok_or(BadSignature)?;
                let time = u64::from_be_bytes(*time);
                (Some(time), rest, cosigned(time, text))
            }
        };
        // A time beyond 2^63 − 1 is refused by the specification.
        if time.is_some_and(|time| i64::try_from(time).is_err()) {
            return Err(BadSignature);
        }
        let signature = signature.try_into().map_err(|_| BadSignature)?;
        key.verifier()
            .verify(message.as_bytes(), &Signature(signature))?;
        Ok(Signed {
            name: self.name.clone(),
            time,
        })
    }
}

/// What a cosigner signs.
fn cosigned(time: u64, text: &str) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

fn parse_lines(text: &str) -> Result<Vec<Line>, BadNote> {
    let Some(body) = text.strip_suffix('\n') else {
        return Err(BadSignature);
    };
    let lines: Option<Vec<Line>> = body
        .split('\n')
        .take(SIGNATURES + 1)
        .map(Line::parse)
        .collect();
    match lines {
        Some(lines) if lines.len() <= SIGNATURES => Ok(lines),
        _ => Err(BadSignature),
    }
}

/// No control characters but newlines.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte >= 0x20 || byte == b'\n')
}

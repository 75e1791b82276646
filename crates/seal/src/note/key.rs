//! Keys of notes: a name, a kind and a public key, in the text form that verifiers are configured with.

use crate::digest::Hasher;
use crate::sign::{BadSignature, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;

/// How a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ed25519 over the text: logs.
    Ed25519,
    /// Ed25519 over the text and a time: witnesses.
    Cosignature,
}

impl Kind {
    /// The byte that the specification assigns to it.
    fn byte(self) -> u8 {
        match self {
            Kind::Ed25519 => 1,
            Kind::Cosignature => 4,
        }
    }
}

/// A public key that signs notes under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    kind: Kind,
    verifier: Verifier,
}

impl NoteKey {
    /// A key of a name. `None` when the name is empty or holds spaces or a plus sign.
    #[must_use]
    pub fn new(name: &str, kind: Kind, verifier: Verifier) -> Option<NoteKey> {
        is_name(name).then(|| NoteKey {
            name: name.to_owned(),
            kind,
            verifier,
        })
    }

    /// Reads `NAME+ID+KEY`: eight hexadecimal digits and base64.
    ///
    /// # Errors
    /// When it is of another form or kind, or the id is not the key's.
    pub fn parse(text: &str) -> Result<NoteKey, BadSignature> {
        let mut parts = text.trim().splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(BadSignature);
        };
        let bytes = STANDARD.decode(key).map_err(|_| BadSignature)?;
        let (kind, key) = bytes.split_first().ok_or(BadSignature)?;
        let kind = match kind {
            1 => Kind::Ed25519,
            4 => Kind::Cosignature,
            _ => return Err(BadSignature),
        };
        let verifier = Verifier::from_bytes(key.try_into().map_err(|_| BadSignature)?)?;
        let read = NoteKey::new(name, kind, verifier).ok_or(BadSignature)?;
        if read.id_text() == id.to_ascii_lowercase() {
            Ok(read)
        } else {
            Err(BadSignature)
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it signs.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The public key.
    #[must_use]
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Four bytes of a digest over name, kind and key, which tell keys of one name apart.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let mut hasher = Hasher::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', self.kind.byte()]);
        hasher.update(self.verifier.to_bytes());
        let digest = hasher.finish();
        let [a, b, c, d, ..] = digest.0;
        [a, b, c, d]
    }

    fn id_text(&self) -> String {
        self.id().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Display for NoteKey {
    /// The text form, `NAME+ID+KEY`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend(self.verifier.to_bytes());
        write!(
            f,
            "{}+{}+{}",
            self.name,
            self.id_text(),
            STANDARD.encode(bytes)
        )
    }
}

/// Whether a text may name a key.
pub(super) fn is_name(name: &str) -> bool {
    let banned = |c: char| c == '+' || c.is_whitespace() || c.is_control();
    !name.is_empty() && !name.contains(banned)
}

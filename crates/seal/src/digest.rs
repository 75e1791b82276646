//! SHA-256 digests (FIPS 180-4) and salted commitments.

use sha2::Digest as _;
use std::fmt;

/// A SHA-256 digest, printed as 64 lower-case hexadecimal digits.
///
/// Compared as public values are; a secret is compared with [`SiteKey::matches32`](crate::SiteKey::matches32).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// Reads 64 hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Digest> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0_u8; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            let high = char::from(*high).to_digit(16)?;
            let low = char::from(*low).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Digest(bytes))
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// SHA-256 over bytes that come in pieces: files, slices, whole catalogues.
#[derive(Clone, Default)]
pub struct Hasher(sha2::Sha256);

impl Hasher {
    /// An empty message.
    #[must_use]
    pub fn new() -> Hasher {
        Hasher::default()
    }

    /// Appends bytes to the message.
    pub fn update(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.update(bytes.as_ref());
    }

    /// The digest of all bytes so far.
    #[must_use]
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

impl fmt::Debug for Hasher {
    /// Prints no state: the message may be personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hasher(…)")
    }
}

impl std::io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The digest of a whole message.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Digest {
    Digest(sha2::Sha256::digest(bytes).into())
}

/// Commits to a body without telling it: who has salt and body can check, who has neither learns
/// nothing, and erasing the salt erases the link. The salt is 16 random bytes of its own.
#[must_use]
pub fn commit(salt: &[u8; 16], body: &[u8]) -> Digest {
    let mut hasher = Hasher::new();
    // The salt has a fixed length, so that no other (salt, body) gives the same message.
    hasher.update(b"gongxin/commit/1\0");
    hasher.update(salt);
    hasher.update(body);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_digests() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"").to_string(), empty);
        assert_eq!(sha256(b"abc").to_string(), abc);
    }

    #[test]
    fn pieces_are_the_whole() {
        let mut hasher = Hasher::new();
        hasher.update(b"a");
        hasher.update("b");
        std::io::Write::write_all(&mut hasher, b"c").ok();
        assert_eq!(hasher.finish(), sha256(b"abc"));
    }

    #[test]
    fn text_form_is_read_back_and_nothing_else_is() {
        let digest = sha256(b"x");
        assert_eq!(Digest::parse(&digest.to_string()), Some(digest));
        assert_eq!(
            Digest::parse(&digest.to_string().to_uppercase()),
            Some(digest)
        );
        for bad in [
            "",
            "00",
            &"g".repeat(64),
            &"0".repeat(63),
            &"0".repeat(65),
            &"é".repeat(32),
        ] {
            assert_eq!(Digest::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_commitment_depends_on_salt_and_body() {
        let one = commit(&[1; 16], b"body");
        assert_ne!(one, commit(&[2; 16], b"body"));
        assert_ne!(one, commit(&[1; 16], b"bodY"));
        assert_ne!(one, sha256(b"body"));
        // A byte that wanders from the body's front into the salt's end is another message.
        let mut salt = [1; 16];
        salt[15] = b'b';
        assert_ne!(commit(&salt, b"ody"), one);
    }

    #[test]
    fn debug_of_a_hasher_tells_nothing() {
        let mut hasher = Hasher::new();
        hasher.update(b"secret");
        assert_eq!(format!("{hasher:?}"), "Hasher(…)");
    }
}

//! Ed25519 keys as other programs write them: PEM (RFC 7468) around PKCS #8 and SPKI (RFC 8410).

use crate::sign::{BadSignature, Signer, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What stands before the 32 bytes of a public key: its algorithm, 1.3.101.112.
const PUBLIC: [u8; 12] = [0x30, 0x2a, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 0x21, 0];
/// What stands before the 32 bytes of a secret key of version 1, the form without a public half.
const SECRET: [u8; 16] = [
    0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20,
];
/// Characters of a key's file at most: what is read here has some 120.
const LONGEST: usize = 4_096;

impl Verifier {
    /// Reads a `PUBLIC KEY` of PEM, or the text form ([`Verifier::to_text`]).
    ///
    /// # Errors
    /// When it is none of Ed25519, or no usable key.
    pub fn from_file(text: &str) -> Result<Verifier, BadSignature> {
        match inside(text, "PUBLIC KEY") {
            Some(der) => Verifier::from_bytes(after(&der, &PUBLIC).ok_or(BadSignature)?),
            None => Verifier::parse(text.trim()),
        }
    }
}

impl Signer {
    /// Reads a `PRIVATE KEY` of PEM that is not encrypted.
    ///
    /// # Errors
    /// When it is none of Ed25519.
    pub fn from_file(text: &str) -> Result<Signer, BadSignature> {
        let der = inside(text, "PRIVATE KEY").ok_or(BadSignature)?;
        let seed = after(&der, &SECRET).ok_or(BadSignature)?;
        Ok(Signer::from_seed(seed))
    }
}

fn inside(text: &str, label: &str) -> Option<Vec<u8>> {
    let short = text.get(..LONGEST.min(text.len()))?;
    let (_, rest) = short.split_once(&format!("-----BEGIN {label}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----"))?;
    let body: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(body).ok()
}

fn after(der: &[u8], head: &[u8]) -> Option<[u8; 32]> {
    der.strip_prefix(head)?.try_into().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;

    /// The keys of RFC 9421, appendix B.1.4.
    const PUBLIC_KEY: &str = "-----BEGIN PUBLIC KEY-----\n\
        MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n";
    const PRIVATE_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n";

    #[test]
    fn the_halves_of_a_pair_are_read_and_belong_together() {
        let public = Verifier::from_file(PUBLIC_KEY).unwrap();
        assert!(Signer::from_file(PRIVATE_KEY).unwrap().verifier() == public);
        assert!(Verifier::from_file(&format!(" {}\n", public.to_text())).unwrap() == public);
        assert!(Verifier::from_file(&PUBLIC_KEY.replace('\n', "\r\n")).unwrap() == public);
    }

    #[test]
    fn anything_else_is_refused() {
        // A secret given for a public key, cut, of another algorithm, weak, long, empty.
        assert!(Verifier::from_file(PRIVATE_KEY).is_err());
        assert!(Signer::from_file(PUBLIC_KEY).is_err());
        assert!(Verifier::from_file(&PUBLIC_KEY.replace("c5D0bs=", "c5D0")).is_err());
        assert!(Verifier::from_file(&PUBLIC_KEY.replace("MCowBQYDK2Vw", "MCowBQYDK2Vu")).is_err());
        let weak = PUBLIC_KEY.replace(
            "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=",
            &"A".repeat(43),
        );
        assert!(Verifier::from_file(&weak).is_err());
        assert!(Verifier::from_file(&"-".repeat(10_000)).is_err());
        assert!(Verifier::from_file("").is_err());
    }
}

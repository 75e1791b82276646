//! Ed25519 signatures (RFC 8032) and the thumbprints that name keys (RFC 7638, RFC 8037).

use crate::digest::sha256;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use std::fmt;

/// Bytes that do not carry the signature they claim, or no usable key or signature at all.
/// One error for all: why a forgery failed helps only forgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not fit the content and the key")]
pub struct BadSignature;

/// A secret signing key.
#[derive(Clone)]
pub struct Signer(SigningKey);

impl Signer {
    /// Takes the 32 bytes of entropy that are the secret key.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Signer {
        Signer(SigningKey::from_bytes(&seed))
    }

    /// Signs a message. The same key and message give the same signature.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }

    /// The public half.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier(self.0.verifying_key())
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(…)")
    }
}

/// A public verification key.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier(VerifyingKey);

impl Verifier {
    /// Takes the 32 bytes of a public key.
    ///
    /// # Errors
    /// When they are no point of the curve, or one of small order, under which one signature
    /// would fit many messages.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Verifier, BadSignature> {
        match VerifyingKey::from_bytes(&bytes) {
            Ok(key) if !key.is_weak() => Ok(Verifier(key)),
            _ => Err(BadSignature),
        }
    }

    /// Reads the text form, see [`Verifier::to_text`].
    ///
    /// # Errors
    /// When it is not 32 bytes in base64url, or no usable key.
    pub fn parse(text: &str) -> Result<Verifier, BadSignature> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadSignature)?;
        Verifier::from_bytes(bytes.try_into().map_err(|_| BadSignature)?)
    }

    /// The 32 bytes of the key.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The key in base64url without padding, as the `x` of a JWK.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.to_bytes())
    }

    /// The key's name: its JWK thumbprint (RFC 7638, members as RFC 8037 section 2 sets them).
    #[must_use]
    pub fn kid(&self) -> String {
        let jwk = format!(
            r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#,
            self.to_text()
        );
        URL_SAFE_NO_PAD.encode(sha256(jwk.as_bytes()).0)
    }

    /// Checks a signature strictly: only one encoding of it passes.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), BadSignature> {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        self.0
            .verify_strict(message, &signature)
            .map_err(|_| BadSignature)
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({})", self.to_text())
    }
}

/// A signature of 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

impl Signature {
    /// Reads base64url without padding.
    ///
    /// # Errors
    /// When it is not 64 bytes in that form.
    pub fn parse(text: &str) -> Result<Signature, BadSignature> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| BadSignature)?;
        bytes.try_into().map(Signature).map_err(|_| BadSignature)
    }

    /// The signature in base64url without padding.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes<const N: usize>(hex: &str) -> [u8; N] {
        let mut bytes = [0; N];
        assert_eq!(hex.len(), 2 * N);
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap();
        }
        bytes
    }

    /// RFC 8032, section 7.1: secret key, public key, message, signature.
    const VECTORS: [(&str, &str, &[u8], &str); 3] = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            &[],
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            &[0x72],
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            &[0xaf, 0x82],
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];

    #[test]
    fn vectors_of_rfc_8032() {
        for (seed, public, message, signature) in VECTORS {
            let signer = Signer::from_seed(bytes(seed));
            assert_eq!(signer.verifier().to_bytes(), bytes::<32>(public));
            assert_eq!(signer.sign(message).0, bytes::<64>(signature));
            let verifier = Verifier::from_bytes(bytes(public)).unwrap();
            assert_eq!(
                verifier.verify(message, &Signature(bytes(signature))),
                Ok(())
            );
        }
    }

    #[test]
    fn thumbprint_of_rfc_8037() {
        let verifier = Verifier::parse("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        assert_eq!(
            verifier.kid(),
            "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
        );
    }

    #[test]
    fn keys_of_small_order_are_refused() {
        // The neutral element and the point of order two.
        let neutral = "0100000000000000000000000000000000000000000000000000000000000000";
        let order_two = "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";
        for point in [neutral, order_two] {
            assert_eq!(
                Verifier::from_bytes(bytes(point)),
                Err(BadSignature),
                "{point}"
            );
        }
    }

    #[test]
    fn a_second_encoding_of_a_signature_is_refused() {
        // S + L signs the same message where S is not required to be reduced.
        let order: [u8; 32] =
            bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        let signer = Signer::from_seed([1; 32]);
        let mut signature = signer.sign(b"m");
        let mut carry = 0_u16;
        for (byte, add) in signature.0[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = (sum & 0xff) as u8;
            carry = sum >> 8;
        }
        assert_eq!(
            signer.verifier().verify(b"m", &signature),
            Err(BadSignature)
        );
    }

    #[test]
    fn debug_of_a_signer_tells_nothing() {
        assert_eq!(format!("{:?}", Signer::from_seed([0x42; 32])), "Signer(…)");
    }

    #[test]
    fn texts_that_are_no_key_or_signature() {
        for text in [
            "",
            "A",
            "===",
            "é",
            "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        ] {
            assert_eq!(Verifier::parse(text), Err(BadSignature), "{text}");
            assert_eq!(Signature::parse(text), Err(BadSignature), "{text}");
        }
    }

    proptest! {
        #[test]
        fn only_the_signed_message_passes(
            seed in any::<[u8; 32]>(),
            message in proptest::collection::vec(any::<u8>(), 0..200),
            bit in 0..512_usize,
        ) {
            let signer = Signer::from_seed(seed);
            let signature = signer.sign(&message);
            prop_assert_eq!(signer.verifier().verify(&message, &signature), Ok(()));
            prop_assert_eq!(Signature::parse(&signature.to_text()), Ok(signature));
            prop_assert_eq!(Verifier::parse(&signer.verifier().to_text()), Ok(signer.verifier()));
            let mut wrong = signature;
            wrong.0[bit / 8] ^= 1 << (bit % 8);
            prop_assert_eq!(signer.verifier().verify(&message, &wrong), Err(BadSignature));
            let longer = [&message[..], b"!"].concat();
            prop_assert_eq!(signer.verifier().verify(&longer, &signature), Err(BadSignature));
        }
    }
}

//! Signed canonical JSON: compact JWS (RFC 7515) with EdDSA (RFC 8037).
//!
//! The header has one form only, byte for byte, built from the key that verifies. So there is no
//! algorithm to confuse, no header to parse and no second spelling of one signed text.

use crate::sign::{BadSignature, Signature, Signer, Verifier};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What stands before the key's name in the header, whose members are in canonical order.
const HEADER_START: &str = r#"{"alg":"EdDSA","kid":""#;
/// What stands after it.
const HEADER_END: &str = r#""}"#;

/// Signs canonical JSON (RFC 8785) and returns `header.payload.signature`.
#[must_use]
pub fn sign(signer: &Signer, canonical_json: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(canonical_json);
    let input = format!("{}.{payload}", header(&signer.verifier()));
    let signature = signer.sign(input.as_bytes()).to_text();
    format!("{input}.{signature}")
}

/// Checks an envelope against a key that the caller trusts, and returns the signed text.
///
/// # Errors
/// When the envelope is of another form, names another key, or its signature does not fit.
pub fn verify(verifier: &Verifier, envelope: &str) -> Result<String, BadSignature> {
    let (input, signature) = envelope.rsplit_once('.').ok_or(BadSignature)?;
    let (found, payload) = input.split_once('.').ok_or(BadSignature)?;
    if found != header(verifier) {
        return Err(BadSignature);
    }
    verifier.verify(input.as_bytes(), &Signature::parse(signature)?)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| BadSignature)?;
    String::from_utf8(payload).map_err(|_| BadSignature)
}

/// The name of the key that an envelope claims, for choosing the key to verify it with. Nothing
/// is proven by it.
#[must_use]
pub fn claimed_kid(envelope: &str) -> Option<String> {
    let header = envelope.split('.').next()?;
    let header = String::from_utf8(URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let kid = header
        .strip_prefix(HEADER_START)?
        .strip_suffix(HEADER_END)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    kid.chars().all(is_name).then(|| kid.to_owned())
}

/// The text that an envelope of one's own keeping holds. Nothing is proven by it.
#[must_use]
pub fn unverified(envelope: &str) -> Option<String> {
    let (input, _) = envelope.rsplit_once('.')?;
    let (_, payload) = input.split_once('.')?;
    String::from_utf8(URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

fn header(verifier: &Verifier) -> String {
    URL_SAFE_NO_PAD.encode(format!("{HEADER_START}{}{HEADER_END}", verifier.kid()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signer() -> Signer {
        Signer::from_seed([5; 32])
    }

    #[test]
    fn comes_back_and_names_its_key() {
        let envelope = sign(&signer(), r#"{"名称":"某公司"}"#);
        let verifier = signer().verifier();
        assert_eq!(
            verify(&verifier, &envelope).unwrap(),
            r#"{"名称":"某公司"}"#
        );
        assert_eq!(claimed_kid(&envelope).unwrap(), verifier.kid());
    }

    #[test]
    fn another_key_does_not_open_it() {
        let envelope = sign(&signer(), "{}");
        let other = Signer::from_seed([6; 32]);
        assert_eq!(verify(&other.verifier(), &envelope), Err(BadSignature));
        // Nor does the other key's signature under this key's name.
        let (input, _) = envelope.rsplit_once('.').unwrap();
        let forged = format!("{input}.{}", other.sign(input.as_bytes()).to_text());
        assert_eq!(verify(&signer().verifier(), &forged), Err(BadSignature));
    }

    #[test]
    fn other_algorithms_are_refused_even_when_signed() {
        let signer = signer();
        for header in [
            r#"{"alg":"none"}"#.to_owned(),
            format!(r#"{{"alg":"HS256","kid":"{}"}}"#, signer.verifier().kid()),
            format!(r#"{{"kid":"{}","alg":"EdDSA"}}"#, signer.verifier().kid()),
        ] {
            let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(&header));
            let envelope = format!("{input}.{}", signer.sign(input.as_bytes()).to_text());
            assert_eq!(
                verify(&signer.verifier(), &envelope),
                Err(BadSignature),
                "{header}"
            );
        }
    }

    #[test]
    fn what_is_no_envelope_is_refused() {
        for text in ["", ".", "..", "a.b.c", "a.b", "....", "é.é.é"] {
            assert_eq!(
                verify(&signer().verifier(), text),
                Err(BadSignature),
                "{text}"
            );
            assert_eq!(claimed_kid(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in any::<String>()) {
            let envelope = sign(&signer(), &text);
            prop_assert_eq!(verify(&signer().verifier(), &envelope), Ok(text));
        }

        #[test]
        fn no_changed_character_passes(
            text in "[a-z]{0,40}",
            at in any::<prop::sample::Index>(),
            with in proptest::char::range(' ', '~'),
        ) {
            let envelope = sign(&signer(), &text);
            let at = at.index(envelope.len());
            let mut bytes = envelope.clone().into_bytes();
            bytes[at] = with as u8;
            let changed = String::from_utf8(bytes).unwrap();
            prop_assume!(changed != envelope);
            prop_assert_eq!(verify(&signer().verifier(), &changed), Err(BadSignature));
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = claimed_kid(&text);
            prop_assert_eq!(verify(&signer().verifier(), &text), Err(BadSignature));
        }
    }
}

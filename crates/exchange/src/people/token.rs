//! Secrets that are handed out once, in a link or a cookie; the store keeps keyed digests of them.

use crate::office::Office;
use std::fmt;

/// 32 unpredictable bytes, written as 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub(super) fn fresh(office: &Office) -> Secret {
        let mut bytes = [0; 32];
        (office.entropy)(&mut bytes);
        // Two draws, so that a source with a short period is no trap.
        let digest = office
            .site_key
            .keyed32("people/secret", &[&bytes, &office.nonce()]);
        Secret(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Reads one as it came; anything that is none of ours in form is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Secret> {
        let sound = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(sound)).then(|| Secret(text.to_owned()))
    }

    /// The secret itself, to be handed out and not kept.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.0
    }

    /// What the store knows it by, in one use.
    pub(super) fn digest(&self, office: &Office, of: &str) -> [u8; 32] {
        office.site_key.keyed32(of, &[self.0.as_bytes()])
    }
}

impl fmt::Debug for Secret {
    /// Prints nothing of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

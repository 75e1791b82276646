//! Machines that sign their requests (RFC 9421): who signed, whether the signature is of now and
//! comes for the first time, and what its content must be.
//!
//! Who cannot show this is refused in one way; why stands in counters and the log alone.

use super::machine::{acting, name_of};
use super::session::Actor;
use crate::error::Result;
use crate::office::Office;
use credit::limits::{SIGNATURE_AHEAD_SECONDS, SIGNATURE_SECONDS};
use credit::record::Instant;
use seal::message::{Signed, Window};
use seal::{Digest, Hasher, Verifier};

pub use seal::message::{Message, Refusal};

/// For how long signatures are taken.
const WINDOW: Window = Window {
    length: SIGNATURE_SECONDS,
    ahead: SIGNATURE_AHEAD_SECONDS,
};
/// Microseconds of a second.
const SECOND: i64 = 1_000_000;

/// A machine whose signature fits, and the content that it signed.
#[derive(Debug)]
pub struct Passed {
    /// Who signed.
    pub actor: Actor,
    /// What is still to be shown: that the content is the one that was signed.
    pub content: Content,
}

/// Content as it comes, compared with what was signed.
#[derive(Clone, Debug)]
pub struct Content {
    expected: Option<Digest>,
    seen: Hasher,
    empty: bool,
}

impl Content {
    /// Takes the next piece.
    pub fn take(&mut self, piece: &[u8]) {
        self.empty &= piece.is_empty();
        self.seen.update(piece);
    }

    /// Whether all that came is what was signed; where no digest was, nothing may have come.
    #[must_use]
    pub fn fits(&self) -> bool {
        match &self.expected {
            Some(expected) => self.seen.clone().finish() == *expected,
            None => self.empty,
        }
    }
}

/// Reads who signed a request. A number is taken once the signature fits: a forger spends none.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn read(
    office: &Office,
    message: &Message<'_>,
) -> Result<std::result::Result<Passed, Refusal>> {
    let now = office.now();
    let (signed, expected) = match checked(message, now) {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let name = name_of(signed.keyid());
    let Some((id, public)) = office.store.machine_public(&name, now).await? else {
        return Ok(Err(Refusal::Key));
    };
    let Ok(key) = Verifier::from_bytes(public) else {
        return Ok(Err(Refusal::Key));
    };
    if key.kid() != signed.keyid() {
        return Ok(Err(Refusal::Key));
    }
    if let Err(refusal) = signed.fits(message, &key) {
        return Ok(Err(refusal));
    }
    let Some(actor) = acting(office, id, public).await? else {
        return Ok(Err(Refusal::Key));
    };
    let (nonce, expires) = signed.once();
    let nonce = seal::sha256(nonce.as_bytes()).0;
    let ends = Instant(WINDOW.forgotten(expires).saturating_mul(SECOND));
    let store = &office.store;
    if !store.machine_nonce_take(&name, &nonce, ends, now).await? {
        return Ok(Err(Refusal::Replayed));
    }
    let content = Content {
        expected,
        seen: Hasher::new(),
        empty: true,
    };
    Ok(Ok(Passed { actor, content }))
}

/// The signature as the request tells it, and the digest that its content must have.
fn checked(
    message: &Message<'_>,
    now: Instant,
) -> std::result::Result<(Signed, Option<Digest>), Refusal> {
    let signed = Signed::read(one(message, "signature-input")?, one(message, "signature")?)?;
    let expected = signed.demand(message, now.0.div_euclid(SECOND), WINDOW)?;
    Ok((signed, expected))
}

/// A field that stands once.
fn one<'m>(message: &Message<'m>, field: &str) -> std::result::Result<&'m str, Refusal> {
    let mut lines = message.fields.iter().filter(|(name, _)| *name == field);
    match (lines.next(), lines.next()) {
        (Some((_, value)), None) => Ok(value),
        _ => Err(Refusal::Form),
    }
}

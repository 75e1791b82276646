//! Signed HTTP requests (RFC 9421) with a digest of their content (RFC 9530), Ed25519 only.
//!
//! [`Signed::read`] parses the two fields strictly: one signature, in the one form in which
//! structured fields are written (RFC 9651, section 4.1), no parameters on what is covered.
//! [`Signed::fits`] checks the signature over a request. [`Signed::demand`] is the profile: what a
//! request must cover and say before anybody acts on it. [`sign`] makes such a request.

mod base;
mod content;
mod read;

pub use content::{content_digest, read_content_digest};
pub use read::Signed;

use crate::sign::Signer;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Characters of a signature's number at least: 16 of base64 are 96 bits, which never come twice.
pub const NONCE_LEAST: usize = 16;
/// Characters of a signature's number at most: 512 bits in hexadecimal.
pub const NONCE_MOST: usize = 128;
/// Components that a signature may cover: a request has some ten fields worth signing; × 3 for room.
pub const COVERED: usize = 32;
/// Bytes of `Signature-Input`: [`COVERED`] × 64, and 512 for the parameters, in round figures.
pub const INPUT_BYTES: usize = 4 << 10;

/// A request, or fields of it, that is not signed as it must be. Which of them goes to counters and
/// logs, never into an answer: why a forgery failed helps only forgers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, thiserror::Error)]
pub enum Refusal {
    /// The fields are absent, damaged, or written otherwise than the standard writes them.
    #[error("the signature's fields are not written as the standard has it")]
    Form,
    /// It does not cover what it must.
    #[error("the signature does not cover what it must")]
    Coverage,
    /// It is too old, from the future, or lives too long.
    #[error("the signature is not of this time")]
    Time,
    /// No such key is in force.
    #[error("the key is not known or not in force")]
    Key,
    /// The signature does not fit.
    #[error("the signature does not fit the request")]
    Forged,
    /// Its number was taken before.
    #[error("the signature's number was taken before")]
    Replayed,
    /// The content is not the one that was signed.
    #[error("the content is not the one that was signed")]
    Content,
}

impl Refusal {
    /// Every reason.
    pub const ALL: [Refusal; 7] = [
        Refusal::Form,
        Refusal::Coverage,
        Refusal::Time,
        Refusal::Key,
        Refusal::Forged,
        Refusal::Replayed,
        Refusal::Content,
    ];

    /// Its code in counters and logs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Refusal::Form => "form",
            Refusal::Coverage => "coverage",
            Refusal::Time => "time",
            Refusal::Key => "key",
            Refusal::Forged => "forged",
            Refusal::Replayed => "replayed",
            Refusal::Content => "content",
        }
    }
}

/// A request as a signature sees it.
#[derive(Clone, Copy, Debug)]
pub struct Message<'m> {
    /// `GET`, `POST` …
    pub method: &'m str,
    /// `https` or `http`.
    pub scheme: &'m str,
    /// Host, with a port that is not the scheme's own, as it came.
    pub authority: &'m str,
    /// Path, as it came.
    pub path: &'m str,
    /// What follows the question mark, as it came.
    pub query: Option<&'m str>,
    /// Fields with their names in lower case, in the order in which they came.
    pub fields: &'m [(&'m str, &'m str)],
}

/// For how long signatures are taken, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From `created` to `expires` at most.
    pub length: i64,
    /// How far the signer's clock may be before ours.
    pub ahead: i64,
}

impl Window {
    /// When the number of a signature may be forgotten, in seconds since 1970: no clock lets it pass
    /// any more.
    #[must_use]
    pub fn forgotten(self, expires: i64) -> i64 {
        expires.saturating_add(self.ahead)
    }
}

/// The fields of a signed request, to be sent with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// `Signature-Input`.
    pub input: String,
    /// `Signature`.
    pub signature: String,
    /// `Content-Digest`, where the request has content.
    pub digest: Option<String>,
}

/// What goes into a signature besides the request.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'t> {
    /// When, in seconds since 1970.
    pub created: i64,
    /// Until when.
    pub expires: i64,
    /// A number that comes once: at least [`NONCE_LEAST`] unpredictable characters of base64url.
    pub nonce: &'t str,
}

/// Signs a request with its content under one's key; the key's name is its thumbprint.
///
/// # Errors
/// [`Refusal::Form`] for a number or an address with characters that fields cannot carry.
pub fn sign(
    message: &Message<'_>,
    content: Option<&[u8]>,
    terms: Terms<'_>,
    signer: &Signer,
) -> Result<Fields, Refusal> {
    let digest = content.map(content_digest);
    let mut covered = vec!["@method", "@authority", "@path"];
    covered.extend(message.query.map(|_| "@query"));
    covered.extend(digest.as_ref().map(|_| "content-digest"));
    let params = read::write(&covered, terms, &signer.verifier().kid())?;
    let mut fields = message.fields.to_vec();
    fields.extend(digest.as_deref().map(|digest| ("content-digest", digest)));
    let message = Message {
        fields: &fields,
        ..*message
    };
    let covered: Vec<String> = covered.into_iter().map(str::to_owned).collect();
    let base = base::of(&message, &covered, &params)?;
    let signature = STANDARD.encode(signer.sign(base.as_bytes()).0);
    Ok(Fields {
        input: format!("sig={params}"),
        signature: format!("sig=:{signature}:"),
        digest,
    })
}

//! `Content-Digest` (RFC 9530): SHA-256 of what a request carries.

use super::{INPUT_BYTES, Refusal};
use crate::digest::{Digest, sha256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sfv::{BareItem, Dictionary, FieldType, ListEntry, Parser};

/// The field for a content.
#[must_use]
pub fn content_digest(content: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(sha256(content).0))
}

/// The SHA-256 of a field; other digests beside it are not looked at.
///
/// # Errors
/// [`Refusal::Form`] where there is none, or the field is not written as the standard writes it.
pub fn read_content_digest(field: &str) -> Result<Digest, Refusal> {
    if field.len() > INPUT_BYTES {
        return Err(Refusal::Form);
    }
    let parsed: Dictionary = Parser::new(field).parse().map_err(|_| Refusal::Form)?;
    if parsed.serialize().as_deref() != Some(field.trim()) {
        return Err(Refusal::Form);
    }
    match parsed.get("sha-256") {
        Some(ListEntry::Item(item)) if item.params.is_empty() => match &item.bare_item {
            BareItem::ByteSequence(bytes) => {
                let bytes = bytes.as_slice().try_into();
                bytes.map(Digest).map_err(|_| Refusal::Form)
            }
            _ => Err(Refusal::Form),
        },
        _ => Err(Refusal::Form),
    }
}

//! Time evidence by somebody else: requests to a time-stamping authority and its answers (RFC 3161).
//!
//! What is read here is what a token says and for which digest. Whether the authority signed it is for a
//! program that knows certificates: `openssl ts -verify` reads the same bytes, and `docs/journal.md`
//! has the line.

use crate::digest::Digest;
use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader, Tag, Tagged};

/// Most bytes of an answer: a token with a chain of four certificates has some 8 kB; × 8 for room.
pub const ANSWER_BYTES: usize = 64 * 1024;
/// Elements of one value that are read; a token's longest list is shorter than this.
const PARTS: usize = 64;

/// 2.16.840.1.101.3.4.2.1, SHA-256.
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// 1.2.840.113549.1.7.2, signed data.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// 1.2.840.113549.1.9.16.1.4, what a token says.
const TST_INFO: &[u8] = &[
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04,
];

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What was stamped.
    pub digest: Digest,
    /// The time, as the token writes it in UTC: `20261122040000Z`, with a fraction where it has one.
    pub time: String,
    /// The authority's number of the token, in hexadecimal.
    pub serial: String,
    /// The number that the request carried, if the token has it.
    pub nonce: Option<[u8; 8]>,
}

/// An answer that is no token for what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadStamp {
    /// The bytes are no answer of an authority.
    #[error("the answer is no time stamp")]
    Malformed,
    /// The authority refused.
    #[error("the time-stamping authority refused the request")]
    Refused,
    /// The token is for other bytes, or for another request.
    #[error("the time stamp is for something else")]
    Other,
}

/// The request for a digest. The authority's certificate is asked for, so that the token can be
/// verified years later. `nonce`: unpredictable; its first bit is cleared.
#[must_use]
pub fn request(digest: &Digest, nonce: [u8; 8]) -> Vec<u8> {
    let nonce = positive(nonce);
    let algorithm = element(0x30, &[&element(0x06, &[SHA256]), &element(0x05, &[])]);
    let imprint = element(0x30, &[&algorithm, &element(0x04, &[&digest.0])]);
    element(
        0x30,
        &[
            &element(0x02, &[&[1]]),
            &imprint,
            &element(0x02, &[&nonce]),
            &element(0x01, &[&[0xff]]),
        ],
    )
}

/// Reads an answer, and holds its token against what was asked.
///
/// # Errors
/// [`BadStamp`] when it is no token, a refusal, or one for something else.
pub fn check(answer: &[u8], digest: &Digest, nonce: [u8; 8]) -> Result<Token, BadStamp> {
    let token = read(answer)?;
    if token.digest != *digest || token.nonce != Some(positive(nonce)) {
        return Err(BadStamp::Other);
    }
    Ok(token)
}

/// What the token of an answer says.
///
/// # Errors
/// [`BadStamp`] when it is no token, or a refusal.
pub fn read(answer: &[u8]) -> Result<Token, BadStamp> {
    let status = status(answer).ok_or(BadStamp::Malformed)?;
    // 0: granted; 1: granted with modifications.
    if status > 1 {
        return Err(BadStamp::Refused);
    }
    token(answer).ok_or(BadStamp::Malformed)
}

fn status(answer: &[u8]) -> Option<u8> {
    let info = *whole(answer)?.first()?;
    match parts(info.value())?.first()?.value() {
        [status] => Some(*status),
        _ => None,
    }
}

fn token(answer: &[u8]) -> Option<Token> {
    let content = parts(whole(answer)?.get(1)?.value())?;
    if content.first()?.value() != SIGNED_DATA {
        return None;
    }
    let signed = parts(inside(content.get(1)?)?.value())?;
    let encapsulated = parts(signed.get(2)?.value())?;
    if encapsulated.first()?.value() != TST_INFO {
        return None;
    }
    let octets = inside(encapsulated.get(1)?)?;
    if octets.tag() != Tag::OctetString {
        return None;
    }
    said(octets.value())
}

/// The `TSTInfo`: version, policy, imprint, number, time, and what may follow.
fn said(bytes: &[u8]) -> Option<Token> {
    let parts_of = whole(bytes)?;
    let imprint = parts(parts_of.get(2)?.value())?;
    let algorithm = parts(imprint.first()?.value())?;
    if algorithm.first()?.value() != SHA256 {
        return None;
    }
    let serial = parts_of.get(3)?;
    let time = parts_of.get(4)?;
    if serial.tag() != Tag::Integer || time.tag() != Tag::GeneralizedTime {
        return None;
    }
    let nonce = parts_of
        .iter()
        .skip(5)
        .find(|part| part.tag() == Tag::Integer)
        .and_then(|part| padded(part.value()));
    Some(Token {
        digest: Digest(imprint.get(1)?.value().try_into().ok()?),
        time: std::str::from_utf8(time.value()).ok()?.to_owned(),
        serial: serial
            .value()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        nonce,
    })
}

/// An integer of at most eight bytes; shorter ones lost their leading zeros.
fn padded(value: &[u8]) -> Option<[u8; 8]> {
    let mut whole = [0; 8];
    let from = 8_usize.checked_sub(value.len())?;
    whole.get_mut(from..)?.copy_from_slice(value);
    Some(whole)
}

/// The number as it is sent: positive, and with no leading zero that DER would leave out.
fn positive(mut nonce: [u8; 8]) -> [u8; 8] {
    nonce[0] = (nonce[0] & 0x7f) | 0x40;
    nonce
}

/// The elements of a text that is one sequence and nothing more.
fn whole(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let outer = AnyRef::from_der(bytes).ok()?;
    (outer.tag() == Tag::Sequence).then(|| parts(outer.value()))?
}

/// The elements of a constructed value.
fn parts(value: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(value).ok()?;
    let mut parts = Vec::new();
    while !reader.is_finished() {
        if parts.len() == PARTS {
            return None;
        }
        parts.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(parts)
}

/// What stands inside an explicit tag.
fn inside<'a>(tagged: &AnyRef<'a>) -> Option<AnyRef<'a>> {
    if !matches!(tagged.tag(), Tag::ContextSpecific { .. }) {
        return None;
    }
    AnyRef::from_der(tagged.value()).ok()
}

/// An element: tag, length, value. Values of a request are shorter than 128 bytes.
fn element(tag: u8, value: &[&[u8]]) -> Vec<u8> {
    let value = value.concat();
    let mut out = vec![tag, u8::try_from(value.len()).unwrap_or(0x7f)];
    out.extend(value);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_request_is_one_der_sequence_of_69_bytes() {
        let request = request(&crate::sha256(b"head"), [0; 8]);
        assert_eq!(request.len(), 69);
        let read = whole(&request).map(|parts| parts.len());
        assert_eq!(read, Some(4));
    }

    #[test]
    fn a_refusal_is_told_from_damage() {
        // PKIStatusInfo { rejection }.
        assert_eq!(read(&[0x30, 5, 0x30, 3, 2, 1, 2]), Err(BadStamp::Refused));
        assert_eq!(read(&[0x30, 5, 0x30, 3, 2, 1, 0]), Err(BadStamp::Malformed));
        assert_eq!(read(b""), Err(BadStamp::Malformed));
        assert_eq!(read(b"<html>"), Err(BadStamp::Malformed));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
        }
    }
}

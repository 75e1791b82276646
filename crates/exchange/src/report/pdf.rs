//! Finding the signed file inside a PDF that the platform typeset.
//!
//! This is no reader of PDFs: it looks for the one attachment in the form in which our typesetter
//! writes it. A file that another program saved anew has another form and is refused, as it should
//! be: it is not what was issued.

use super::file::FILE_BYTES;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// What the dictionary of an attachment says of itself.
const KIND: &[u8] = b"/EmbeddedFile";
const STREAM: &[u8] = b"stream\n";
const LENGTH: &[u8] = b"/Length ";
/// Most bytes of such a dictionary.
const DICTIONARY: usize = 4_096;

/// The attachment of a PDF, inflated; `None` when it is no PDF, or has none or several of ours.
pub(super) fn attached(pdf: &[u8]) -> Option<Vec<u8>> {
    if !pdf.starts_with(b"%PDF-") {
        return None;
    }
    let mut found = None;
    let mut from = 0;
    while let Some(at) = find(pdf.get(from..)?, KIND) {
        let at = from + at;
        from = at + KIND.len();
        if let Some(file) = stream(pdf, at) {
            // Two would leave open which of them the pages show.
            if found.replace(file).is_some() {
                return None;
            }
        }
    }
    found
}

/// The stream whose dictionary names an attachment at a place.
fn stream(pdf: &[u8], at: usize) -> Option<Vec<u8>> {
    let before = pdf.get(at.saturating_sub(DICTIONARY)..at)?;
    let begins = at - before.len() + before.windows(4).rposition(|four| four == b"obj\n")?;
    let after = pdf.get(at..(at + DICTIONARY).min(pdf.len()))?;
    let body = at + find(after, STREAM)? + STREAM.len();
    let dictionary = pdf.get(begins..body)?;
    let digits = dictionary.get(find(dictionary, LENGTH)? + LENGTH.len()..)?;
    let digits: String = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    let length: usize = digits.parse().ok()?;
    let held = pdf.get(body..body.checked_add(length)?)?;
    if find(dictionary, b"/FlateDecode").is_none() {
        return Some(held.to_vec());
    }
    let mut inflated = Vec::new();
    let most = FILE_BYTES as u64 + 1;
    ZlibDecoder::new(held)
        .take(most)
        .read_to_end(&mut inflated)
        .ok()?;
    (inflated.len() <= FILE_BYTES).then_some(inflated)
}

fn find(held: &[u8], what: &[u8]) -> Option<usize> {
    held.windows(what.len()).position(|part| part == what)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at once")]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn pdf(files: &[&[u8]], flate: bool) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n".to_vec();
        for file in files {
            let mut held = file.to_vec();
            let mut filter = "";
            if flate {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
                encoder.write_all(file).unwrap();
                held = encoder.finish().unwrap();
                filter = "/Filter /FlateDecode";
            }
            let length = held.len();
            out.extend(
                format!("1 0 obj\n<< /Length {length} /Type /EmbeddedFile {filter} >>\nstream\n")
                    .bytes(),
            );
            out.extend(held);
            out.extend(b"\nendstream\nendobj\n");
        }
        out
    }

    #[test]
    fn the_one_attachment_is_found() {
        for flate in [false, true] {
            assert_eq!(
                attached(&pdf(&[b"{\"report\":1}"], flate)).unwrap(),
                b"{\"report\":1}"
            );
            assert_eq!(attached(&pdf(&[], flate)), None);
            assert_eq!(attached(&pdf(&[b"one", b"two"], flate)), None);
        }
    }

    #[test]
    fn what_is_no_such_file_has_none_and_nothing_panics() {
        assert_eq!(attached(b"{}"), None);
        let whole = pdf(&[b"{\"report\":1}"], true);
        for cut in 0..whole.len() {
            let _ = attached(&whole[..cut]);
            let mut changed = whole.clone();
            changed[cut] ^= 0x11;
            let _ = attached(&changed);
        }
        let far = b"%PDF-1.7\n1 0 obj\n<< /Length 99999999999999999999 /EmbeddedFile >>\nstream\nx";
        assert_eq!(attached(far), None);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![0_u8; FILE_BYTES + 1];
        assert_eq!(attached(&pdf(&[&zeros], true)), None);
    }
}

//! PDF: names that act are looked for in the file as it stands and in its compressed object streams. What
//! cannot be looked through is refused: the sender prints it anew.

use super::Unsafe;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Names of things that act or hold other files (ISO 32000-1, 7.11.4, 12.6, 13). A script's text stands
/// under a shorter name, but never without the first of these.
const ACTIVE: [&str; 10] = [
    "JavaScript",
    "Launch",
    "EmbeddedFile",
    "EmbeddedFiles",
    "OpenAction",
    "RichMedia",
    "XFA",
    "SubmitForm",
    "ImportData",
    "GoToR",
];
/// Bytes of all object streams together: they hold dictionaries, not pictures.
const UNPACKED: u64 = 32 << 20;

pub(super) fn examine(content: &[u8]) -> Result<(), Unsafe> {
    names(content)?;
    let mut left = UNPACKED;
    let mut rest = content;
    // Each object stream begins after its dictionary, which names it.
    while let Some(at) = find(rest, b"ObjStm") {
        let after = rest.get(at..).unwrap_or_default();
        let dictionary_before = rest.get(at.saturating_sub(512)..at).unwrap_or_default();
        let begin = find(after, b"stream").ok_or(Unsafe::Unreadable)?;
        let dictionary = after.get(..begin).unwrap_or_default();
        let body = after.get(begin + 6..).unwrap_or_default();
        let skip = match body {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        let body = body.get(skip..).unwrap_or_default();
        let flate = b"FlateDecode";
        let packed = find(dictionary, flate).or_else(|| find(dictionary_before, flate));
        if packed.is_none() {
            // Another filter, or none: what stands in it plainly was looked at already.
            let filtered =
                find(dictionary, b"Filter").or_else(|| find(dictionary_before, b"Filter"));
            if filtered.is_some() {
                return Err(Unsafe::Unreadable);
            }
        } else {
            let mut plain = Vec::new();
            let read = ZlibDecoder::new(body)
                .take(left + 1)
                .read_to_end(&mut plain);
            left = left
                .checked_sub(plain.len() as u64)
                .ok_or(Unsafe::Unreadable)?;
            if read.is_err() && plain.is_empty() {
                return Err(Unsafe::Unreadable);
            }
            names(&plain)?;
        }
        rest = after.get(begin + 6..).unwrap_or_default();
    }
    Ok(())
}

/// Refuses names that act, however they are written: a name may hold `#` and two hexadecimal digits in
/// place of a letter.
fn names(text: &[u8]) -> Result<(), Unsafe> {
    let mut at = 0;
    while let Some(slash) = text
        .get(at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == b'/'))
    {
        at += slash + 1;
        let name = name(text.get(at..).unwrap_or_default());
        if name == "Encrypt" {
            return Err(Unsafe::Locked);
        }
        if ACTIVE.contains(&name.as_str()) {
            return Err(Unsafe::Active);
        }
    }
    Ok(())
}

/// The name at the beginning of some bytes; cut where it is longer than any that is looked for.
fn name(text: &[u8]) -> String {
    let mut name = String::new();
    let mut at = 0;
    while name.len() < 16 {
        let Some(byte) = text.get(at) else { break };
        let ends = byte.is_ascii_whitespace() || b"()<>[]{}/%\0".contains(byte);
        if ends {
            break;
        }
        let digits = text
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let written = digits.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match (byte, written) {
            (b'#', Some(letter)) => {
                name.push(char::from(letter));
                at += 3;
            }
            _ => {
                name.push(char::from(*byte));
                at += 1;
            }
        }
    }
    name
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn packed(inside: &str) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        let _ = encoder.write_all(inside.as_bytes());
        let body = encoder.finish().unwrap_or_default();
        let mut file =
            b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n".to_vec();
        file.extend(body);
        file.extend(b"\nendstream\nendobj\n");
        file
    }

    #[test]
    fn what_acts_is_found_however_it_is_written() {
        let plain =
            |inside: &str| format!("%PDF-1.4\n1 0 obj << {inside} >> endobj\n").into_bytes();
        assert_eq!(examine(&plain("/Type /Catalog /Pages 2 0 R")), Ok(()));
        for active in [
            "/OpenAction 3 0 R",
            "/S /JavaScript /JS (app.alert(1))",
            "/S /#4aavaScript",
            "/Names << /EmbeddedFiles 4 0 R >>",
            "/Type /EmbeddedFile",
            "/S/Launch",
            "/XFA [1 0 R]",
        ] {
            assert_eq!(examine(&plain(active)), Err(Unsafe::Active), "{active}");
            assert_eq!(examine(&packed(active)), Err(Unsafe::Active), "{active}");
        }
        assert_eq!(examine(&plain("/Encrypt 5 0 R")), Err(Unsafe::Locked));
        assert_eq!(examine(&packed("/Type /Page")), Ok(()));
        // Names that only begin like these are others.
        assert_eq!(examine(&plain("/JSON /AAA /OpenActions")), Ok(()));
    }

    #[test]
    fn what_cannot_be_looked_through_is_refused() {
        let broken =
            b"%PDF-1.7\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\nnot packed at all";
        assert_eq!(examine(broken), Err(Unsafe::Unreadable));
        let other = b"%PDF-1.7\n<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nxx\nendstream";
        assert_eq!(examine(other), Err(Unsafe::Unreadable));
        let bomb = packed(&"/Page ".repeat(8 << 20));
        assert_eq!(examine(&bomb), Err(Unsafe::Unreadable));
    }
}

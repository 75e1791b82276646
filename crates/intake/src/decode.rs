//! Any encoding to UTF-8, streaming. Bytes that are no text become `U+FFFD` and are counted; the
//! row that holds them is marked, the file goes on.

use crate::refusal::{FileRefusal, RefusalKind};
use encoding_rs::{CoderResult, Decoder, Encoding};
use std::io::{self, BufRead, Read};

/// Bytes fetched at a time.
const INPUT: usize = 64 << 10;
/// Room for what they become: one byte of a single-byte encoding may take three in UTF-8.
const OUTPUT: usize = 3 * INPUT + 16;

/// Looks an encoding up by the names that senders use, `gb2312` and `utf8` among them.
///
/// GBK is read as GB18030, which contains it: files labelled GBK hold four-byte characters too.
pub fn encoding(name: &str) -> Result<&'static Encoding, FileRefusal> {
    let wanted = name.trim();
    let found = match wanted.to_ascii_lowercase().as_str() {
        "utf8" | "utf-8-sig" | "utf_8" => Some(encoding_rs::UTF_8),
        "cp936" | "ms936" | "gb_18030" => Some(encoding_rs::GB18030),
        "cp932" | "sjis" | "shift-jis" => Some(encoding_rs::SHIFT_JIS),
        "cp950" | "big5-hkscs" => Some(encoding_rs::BIG5),
        _ => Encoding::for_label_no_replacement(wanted.as_bytes()),
    };
    let found = found.map(|encoding| {
        if encoding == encoding_rs::GBK {
            encoding_rs::GB18030
        } else {
            encoding
        }
    });
    found.ok_or_else(|| {
        let shown: String = wanted.chars().take(32).collect();
        FileRefusal::new(
            RefusalKind::UnknownEncoding(shown),
            "label not in the Encoding Standard",
        )
    })
}

/// A stream of bytes as UTF-8. The bytes it yields are always valid UTF-8, though a chunk may end
/// within a character.
pub struct Decoded {
    inner: Box<dyn Read + Send>,
    decoder: Decoder,
    encoding: &'static Encoding,
    input: Vec<u8>,
    input_at: usize,
    input_end: usize,
    output: Vec<u8>,
    output_at: usize,
    output_end: usize,
    ended: bool,
    finished: bool,
    replaced: u64,
}

impl std::fmt::Debug for Decoded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Decoded")
            .field("encoding", &self.encoding.name())
            .finish_non_exhaustive()
    }
}

impl Decoded {
    /// Decodes `inner`; a byte order mark of this encoding is dropped, and one of another Unicode
    /// encoding wins over what was told.
    #[must_use]
    pub fn new(inner: Box<dyn Read + Send>, encoding: &'static Encoding) -> Decoded {
        Decoded {
            inner,
            decoder: encoding.new_decoder(),
            encoding,
            input: vec![0; INPUT],
            input_at: 0,
            input_end: 0,
            output: vec![0; OUTPUT],
            output_at: 0,
            output_end: 0,
            ended: false,
            finished: false,
            replaced: 0,
        }
    }

    /// The name of the encoding as the Encoding Standard spells it.
    #[must_use]
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// How many times so far bytes were no text and `U+FFFD` took their place.
    #[must_use]
    pub fn replaced(&self) -> u64 {
        self.replaced
    }

    /// Fetches input and decodes some of it. Output is empty afterwards only at the end.
    fn refill(&mut self) -> io::Result<()> {
        self.output_at = 0;
        self.output_end = 0;
        while self.output_end == 0 && !self.finished {
            if self.input_at == self.input_end && !self.ended {
                self.input_at = 0;
                self.input_end = read_some(&mut *self.inner, &mut self.input)?;
                self.ended = self.input_end == 0;
            }
            let source = self.input.get(self.input_at..self.input_end).unwrap_or(&[]);
            let (result, used, made, damaged) =
                self.decoder
                    .decode_to_utf8(source, &mut self.output, self.ended);
            self.input_at += used;
            self.output_end = made;
            if damaged {
                self.replaced += replacements(self.output.get(..made).unwrap_or(&[]));
            }
            self.finished = self.ended && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl BufRead for Decoded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.output_at == self.output_end && !self.finished {
            self.refill()?;
        }
        Ok(self
            .output
            .get(self.output_at..self.output_end)
            .unwrap_or(&[]))
    }

    fn consume(&mut self, amount: usize) {
        self.output_at = (self.output_at + amount).min(self.output_end);
    }
}

impl Read for Decoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..taken), available.get(..taken)) {
            to.copy_from_slice(from);
        }
        self.consume(taken);
        Ok(taken)
    }
}

/// Reads once, going on after an interruption as the standard library does.
pub(crate) fn read_some(inner: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match inner.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

/// Counts `U+FFFD` in UTF-8.
fn replacements(text: &[u8]) -> u64 {
    text.windows(3)
        .filter(|bytes| *bytes == "\u{FFFD}".as_bytes())
        .count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Yields its bytes one at a time, so that every character is cut somewhere.
    struct Drip(Vec<u8>, usize);

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some(byte) = self.0.get(self.1) else {
                return Ok(0);
            };
            buffer[0] = *byte;
            self.1 += 1;
            Ok(1)
        }
    }

    fn decode(bytes: &[u8], name: &str) -> Result<(String, u64), Box<dyn std::error::Error>> {
        let mut decoded = Decoded::new(Box::new(Drip(bytes.to_vec(), 0)), encoding(name)?);
        let mut text = String::new();
        decoded.read_to_string(&mut text)?;
        Ok((text, decoded.replaced()))
    }

    #[test]
    fn characters_cut_between_reads_are_whole() -> Result<(), Box<dyn std::error::Error>> {
        for name in ["gbk", "gb18030", "big5", "shift_jis", "utf-8"] {
            let text = "中人民,工商";
            let (bytes, _, unmapped) = encoding(name)?.encode(text);
            assert!(!unmapped, "{name}");
            assert_eq!(decode(&bytes, name)?, (text.to_owned(), 0), "{name}");
        }
        Ok(())
    }

    #[test]
    fn gbk_files_may_hold_four_byte_characters() -> Result<(), Box<dyn std::error::Error>> {
        let text = "㐀某某𠮷有限公司";
        let (bytes, _, _) = encoding_rs::GB18030.encode(text);
        assert_eq!(decode(&bytes, "gbk")?.0, text);
        Ok(())
    }

    #[test]
    fn damage_is_replaced_and_counted() -> Result<(), Box<dyn std::error::Error>> {
        let (text, replaced) = decode(b"a\xFFb\xC0c", "utf-8")?;
        assert_eq!(text, "a\u{FFFD}b\u{FFFD}c");
        assert_eq!(replaced, 2);
        Ok(())
    }

    #[test]
    fn a_character_cut_by_the_end_is_damage() -> Result<(), Box<dyn std::error::Error>> {
        let (text, replaced) = decode(b"ab\xE4\xB8", "utf-8")?;
        assert_eq!(text, "ab\u{FFFD}");
        assert_eq!(replaced, 1);
        Ok(())
    }

    #[test]
    fn byte_order_marks_win_over_what_was_told() -> Result<(), Box<dyn std::error::Error>> {
        assert_eq!(decode(b"\xEF\xBB\xBFab", "gbk")?.0, "ab");
        assert_eq!(decode(b"\xFF\xFEa\0b\0", "utf-8")?.0, "ab");
        Ok(())
    }

    #[test]
    fn unknown_names_are_refused_with_the_name() {
        let refusal = encoding("klingon");
        assert!(
            matches!(refusal, Err(FileRefusal { kind: RefusalKind::UnknownEncoding(name), .. }) if name == "klingon")
        );
    }
}

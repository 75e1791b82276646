//! The compact form of an identifier, made on the stack: files hold full width digits, lower case,
//! spaces of all kinds and hyphens, and a million rows should not pay an allocation for each.

use super::IdentifierError;

/// Longest identifier taken: a passport number or an old tax number of 20, with room.
const LONGEST: usize = 32;

/// An identifier's characters: ASCII, upper case, without spaces and hyphens.
pub(super) struct Compact {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Compact {
    /// Compacts a text. Characters outside ASCII that are no variant of it are refused here.
    pub(super) fn of(text: &str) -> Result<Compact, IdentifierError> {
        let mut compact = Compact {
            bytes: [0; LONGEST],
            len: 0,
        };
        if compact.copy_plain(text.as_bytes()) {
            return Ok(compact);
        }
        let mut found = 0_usize;
        for letter in text.chars() {
            let Some(byte) = narrow(letter).map_err(|()| IdentifierError::Character {
                position: found + 1,
            })?
            else {
                continue;
            };
            if let Some(slot) = compact.bytes.get_mut(found) {
                *slot = byte;
            }
            found += 1;
        }
        if found == 0 {
            return Err(IdentifierError::Empty);
        }
        if found > LONGEST {
            return Err(IdentifierError::Length { found });
        }
        compact.len = found;
        Ok(compact)
    }

    /// The common case: letters and digits only.
    fn copy_plain(&mut self, text: &[u8]) -> bool {
        let plain = !text.is_empty() && text.iter().all(u8::is_ascii_alphanumeric);
        match self.bytes.get_mut(..text.len()) {
            Some(room) if plain => {
                room.copy_from_slice(text);
                room.make_ascii_uppercase();
                self.len = text.len();
                true
            }
            _ => false,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        // INVARIANT: `narrow` yields ASCII only.
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// The bytes as an array, or the error of a wrong length.
    pub(super) fn exactly<const N: usize>(&self) -> Result<&[u8; N], IdentifierError> {
        self.bytes()
            .try_into()
            .map_err(|_| IdentifierError::Length { found: self.len })
    }
}

/// One character in compact form; `None` where it is dropped, an error where it is foreign.
fn narrow(letter: char) -> Result<Option<u8>, ()> {
    match letter {
        ' ' | '-' | '\t' | '\r' | '\n' => Ok(None),
        '!'..='~' => Ok(Some((letter as u8).to_ascii_uppercase())),
        '\u{FF0D}' => Ok(None),
        // Full width forms stand 0xFEE0 above ASCII.
        '\u{FF01}'..='\u{FF5E}' => match u8::try_from(letter as u32 - 0xFEE0) {
            Ok(byte) => Ok(Some(byte.to_ascii_uppercase())),
            Err(_) => Err(()),
        },
        // Dashes, joiners, the byte order mark and other marks of no width.
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{200B}'..='\u{200F}'
        | '\u{2060}'
        | '\u{FEFF}'
        | '\u{00AD}' => Ok(None),
        letter if letter.is_whitespace() => Ok(None),
        _ => Err(()),
    }
}

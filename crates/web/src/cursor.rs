//! Cursors in addresses: opaque, and of letters that need no escape.

/// A cursor as it stands in an address.
pub(crate) fn seal(cursor: &str) -> String {
    cursor.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// The cursor behind it; `None` for anything that [`seal`] did not make.
pub(crate) fn open(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if !bytes.len().is_multiple_of(2) || bytes.len() > 4_096 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let opened: Option<Vec<u8>> = bytes
        .chunks_exact(2)
        .map(|pair| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok())
        .collect();
    String::from_utf8(opened?).ok()
}

/// The cursor that an address asks to go on from; one that is none begins anew.
pub(crate) fn after(asked: Option<&str>) -> Option<String> {
    asked.map(|text| open(text).unwrap_or_default())
}

/// The cursor of the next page for an address; empty where there is none.
pub(crate) fn next(cursor: Option<&str>) -> String {
    cursor.map(seal).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{open, seal};

    #[test]
    fn what_was_sealed_opens_and_nothing_else_does() {
        for cursor in ["", "n12", "p00云汀", "a&b=c"] {
            assert_eq!(open(&seal(cursor)).as_deref(), Some(cursor));
        }
        for wrong in ["f", "zz", "ff", "é0"] {
            assert_eq!(open(wrong), None, "{wrong}");
        }
    }
}

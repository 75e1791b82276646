//! How a Latin name sounds, roughly: classes of consonants after the first letter. Names in other
//! scripts sound like themselves.

use crate::table::digest;

/// A number that names of one sound share.
#[must_use]
pub(crate) fn sound(name: &str) -> u64 {
    if name.is_empty() || !name.is_ascii() {
        return digest(name.as_bytes(), 1);
    }
    let mut code = 0_u64;
    let mut last = 0;
    let mut length = 0;
    let bytes = name.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let class = class(*byte, next, at == 0);
        if class != 0 && class != last && length < 6 {
            code = code << 5 | u64::from(class);
            length += 1;
        }
        // A vowel parts two consonants of one class; h and w do not.
        if class != 0 || matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y') {
            last = class;
        }
    }
    code | 1 << 40
}

/// The class of a consonant; 0 for what is passed over.
fn class(byte: u8, next: u8, first: bool) -> u8 {
    match byte {
        b'a' | b'e' | b'i' | b'o' | b'u' | b'y' if first => 1,
        b'p' if next == b'h' => 3,
        b'b' | b'p' => 2,
        b'f' | b'v' => 3,
        b'w' if first => 4,
        b'k' if first && next == b'n' => 0,
        b'c' if matches!(next, b'e' | b'i' | b'y') => 6,
        b'c' | b'k' | b'q' | b'g' | b'x' => 5,
        b'j' if first => 12,
        b'j' => 5,
        b's' | b'z' => 6,
        b'd' | b't' => 7,
        b'l' => 8,
        b'm' | b'n' => 9,
        b'r' => 10,
        b'h' if first => 11,
        b'0'..=b'9' => 16 + (byte - b'0'),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn names_of_one_sound_share_a_code() {
        for (left, right) in [
            ("smith", "smyth"),
            ("philip", "filip"),
            ("stephen", "steven"),
            ("katherine", "catherine"),
            ("meyer", "maier"),
        ] {
            assert_eq!(sound(left), sound(right), "{left} {right}");
        }
        for (left, right) in [
            ("smith", "jones"),
            ("lee", "ley x"),
            ("王", "李"),
            ("", "a"),
        ] {
            assert_ne!(sound(left), sound(right), "{left} {right}");
        }
    }
}

//! Check digits, as the standards define them. All take bytes in compact form and refuse what is
//! outside their alphabet instead of guessing.

/// Value of a character in GB 32100-2015: ten digits and the letters without I, O, S, V, Z.
/// 0xFF marks what is not in the alphabet.
const USCC_VALUE: [u8; 128] = {
    let alphabet = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let mut table = [0xFF_u8; 128];
    let mut value = 0;
    while value < alphabet.len() {
        table[alphabet[value] as usize] = value as u8;
        value += 1;
    }
    table
};

/// Weights of GB 32100-2015: powers of 3 modulo 31.
const USCC_WEIGHT: [u32; 18] = [
    1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1,
];

/// Value of a character of the unified code's alphabet.
pub(super) fn uscc_value(byte: u8) -> Option<u8> {
    let value = *USCC_VALUE.get(usize::from(byte))?;
    (value != 0xFF).then_some(value)
}

/// Whether the check character of a unified code fits: the weighted sum of all 18 is 0 modulo 31.
pub(super) fn uscc(code: &[u8; 18]) -> bool {
    let mut sum = 0_u32;
    for (byte, weight) in code.iter().zip(USCC_WEIGHT) {
        match uscc_value(*byte) {
            Some(value) => sum += u32::from(value) * weight,
            None => return false,
        }
    }
    sum.is_multiple_of(31)
}

/// Whether the check character of an organisation code fits (GB 11714: 11 − Σ mod 11, 10 is X,
/// 11 is 0).
pub(super) fn org_code(code: &[u8; 9]) -> bool {
    const WEIGHT: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    let mut sum = 0_u32;
    for (byte, weight) in code.iter().zip(WEIGHT) {
        let value = match byte {
            b'0'..=b'9' => byte - b'0',
            b'A'..=b'Z' => byte - b'A' + 10,
            _ => return false,
        };
        sum += u32::from(value) * weight;
    }
    let expected = match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b'0' + u8::try_from(digit).unwrap_or_default(),
    };
    code[8] == expected
}

/// Whether the check digit of a 15-digit registration number fits (GS15-2006, ISO 7064 MOD 11,10).
pub(super) fn reg_no(number: &[u8; 15]) -> bool {
    let mut product = 10_u32;
    for byte in &number[..14] {
        if !byte.is_ascii_digit() {
            return false;
        }
        let sum = (product % 11 + u32::from(byte - b'0')) % 10;
        product = if sum == 0 { 10 } else { sum } * 2;
    }
    number[14].is_ascii_digit() && (product % 11 + u32::from(number[14] - b'0')) % 10 == 1
}

/// Whether the check character of an 18-character citizen's number fits (GB 11643-1999,
/// ISO 7064 MOD 11-2).
pub(super) fn citizen(number: &[u8; 18]) -> bool {
    let mut sum = 0_u32;
    for byte in &number[..17] {
        if !byte.is_ascii_digit() {
            return false;
        }
        sum = (sum + u32::from(byte - b'0')) * 2 % 11;
    }
    let last = match number[17] {
        b'X' => 10,
        digit @ b'0'..=b'9' => u32::from(digit - b'0'),
        _ => return false,
    };
    (sum + last) % 11 == 1
}

/// Whether the two check digits of a Legal Entity Identifier fit (ISO 17442, ISO 7064 MOD 97-10).
pub(super) fn lei(code: &[u8; 20]) -> bool {
    let mut rest = 0_u32;
    for byte in code {
        rest = match byte {
            b'0'..=b'9' => rest * 10 + u32::from(byte - b'0'),
            b'A'..=b'Z' => rest * 100 + u32::from(byte - b'A') + 10,
            _ => return false,
        } % 97;
    }
    rest == 1 && code[18].is_ascii_digit() && code[19].is_ascii_digit()
}

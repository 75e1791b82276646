//! Codes of bodies that do not exist, with check digits that are right (GB 32100-2015, GB 11714-1997,
//! GS15-2006). Their area begins with 99, which no place has: no sample code can be a real body's.

const USCC: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The unified social credit code of a kind of body (`91`), an area and a serial number.
#[must_use]
pub fn uscc(kind: &str, area: u32, serial: u32) -> String {
    let stem = format!("{kind}{area:06}{}", organisation(serial));
    let check = uscc_check(&stem);
    format!("{stem}{check}")
}

/// The same code with a check character that is wrong.
#[must_use]
pub fn spoilt(code: &str) -> String {
    let stem = code.get(..17).unwrap_or(code);
    let right = uscc_check(stem);
    let wrong = if right == '0' { '1' } else { '0' };
    format!("{stem}{wrong}")
}

fn uscc_check(stem: &str) -> char {
    let mut weight = 1_usize;
    let mut sum = 0_usize;
    for c in stem.bytes() {
        let value = USCC.iter().position(|digit| *digit == c).unwrap_or(0);
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    let check = (31 - sum % 31) % 31;
    USCC.get(check).copied().map_or('0', char::from)
}

/// A nine-character organisation code of a serial number: `MD` and six digits, then the check.
fn organisation(serial: u32) -> String {
    let stem = format!("MD{serial:06}");
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let digits = stem.chars().map(|c| c.to_digit(36).unwrap_or(0));
    let sum: u32 = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let check = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        number => char::from_digit(number, 10).unwrap_or('0'),
    };
    format!("{stem}{check}")
}

/// An old registration number of 15 digits.
#[must_use]
pub fn registration(area: u32, serial: u32) -> String {
    let stem = format!("{area:06}{serial:08}");
    let mut rest = 0;
    for digit in stem.chars().filter_map(|c| c.to_digit(10)) {
        rest = (rest + digit) % 10;
        if rest == 0 {
            rest = 10;
        }
        rest = rest * 2 % 11;
    }
    format!("{stem}{}", (11 - rest) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_agree_with_published_vectors() {
        // Synthetic vectors of the domain notes, and the example printed in GB 11643.
        for code in [
            "91110000MA00000152",
            "11330000001234562L",
            "N1420000MF00000131",
        ] {
            let stem = code.get(..17).unwrap_or("");
            assert!(code.ends_with(uscc_check(stem)), "{code}");
        }
        assert_eq!(registration(110_108, 0).len(), 15);
    }

    #[test]
    fn a_spoilt_code_differs_in_its_check_only() {
        let code = uscc("91", 990_101, 7);
        let bad = spoilt(&code);
        assert_eq!((code.len(), bad.len()), (18, 18));
        assert_eq!(code.get(..17), bad.get(..17));
        assert_ne!(code, bad);
    }
}

//! One-time codes as authenticators make them: RFC 6238 over HMAC-SHA-1, six digits, thirty seconds.
//! SHA-1 is what every authenticator speaks; its collisions do not matter to HMAC.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Microseconds of a step.
const STEP: i64 = 30_000_000;
/// Steps before and after the present one whose codes are taken: clocks differ, and people type.
const WINDOW: i64 = 1;
/// The alphabet of RFC 4648, base 32.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What a person puts into an authenticator, shown once.
#[derive(Clone)]
pub struct Enrolment {
    /// The secret to type in, in groups of four.
    pub typed: String,
    /// The address that the QR code carries.
    pub uri: String,
}

impl Enrolment {
    /// Words for a secret. The label is told by the site and the name to sign in with.
    pub(super) fn of(secret: &[u8; 20], login: &str) -> Enrolment {
        let text = base32(secret);
        let groups: Vec<&str> = (0..text.len())
            .step_by(4)
            .filter_map(|at| text.get(at..at + 4))
            .collect();
        Enrolment {
            typed: groups.join(" "),
            uri: format!(
                "otpauth://totp/Gongxin:{}?secret={text}&issuer=Gongxin",
                login.replace('@', "%40")
            ),
        }
    }
}

/// The step whose code was given, if it is one of the window and later than the last one taken.
pub(super) fn step_of(secret: &[u8], now: i64, given: &str, last: i64) -> Option<i64> {
    let digits: String = given.chars().filter(|one| !one.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let present = now.div_euclid(STEP);
    // All are computed, whichever fits, so that the time taken tells nothing.
    let mut found = None;
    for step in present - WINDOW..=present + WINDOW {
        if at_step(secret, step) == digits && step > last {
            found = Some(step);
        }
    }
    found
}

/// The code of a step.
fn at_step(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else {
        return String::new();
    };
    mac.update(&step.to_be_bytes());
    let sum = mac.finalize().into_bytes();
    let from = usize::from(sum.last().copied().unwrap_or_default() & 0x0f);
    let word = sum.get(from..from + 4).unwrap_or_default();
    let number = word
        .iter()
        .fold(0_u32, |all, byte| all << 8 | u32::from(*byte))
        & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            let letter = LETTERS.get((held >> bits & 31) as usize);
            text.push(char::from(*letter.unwrap_or(&b'A')));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of appendix B of RFC 6238; its eight-digit codes end in these six.
    const SECRET: &[u8; 20] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(at_step(SECRET, seconds / 30), code, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_taken_once_and_only_about_its_time() {
        let now = 1_234_567_890 * 1_000_000;
        let step = now / STEP;
        assert_eq!(step_of(SECRET, now, "005 924", 0), Some(step));
        assert_eq!(step_of(SECRET, now, "005924", step), None, "it was taken");
        assert_eq!(step_of(SECRET, now + STEP, "005924", 0), Some(step));
        assert_eq!(step_of(SECRET, now - STEP, "005924", 0), Some(step));
        assert_eq!(step_of(SECRET, now + 2 * STEP, "005924", 0), None);
        for wrong in ["", "5924", "00592４", "005924x", "0059244"] {
            assert_eq!(step_of(SECRET, now, wrong, 0), None, "{wrong}");
        }
    }

    #[test]
    fn the_secret_is_written_as_authenticators_read_it() {
        let shown = Enrolment::of(SECRET, "li@samr");
        assert_eq!(
            shown.typed.replace(' ', ""),
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        );
        assert!(
            shown
                .uri
                .starts_with("otpauth://totp/Gongxin:li%40samr?secret=GEZ")
        );
    }
}

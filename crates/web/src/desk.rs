//! The desk of the suppliers. Until officers have accounts, one code stands before it: nobody passes
//! without, and what is done is signed with the name and agency that the officer gave.

mod jobs;
mod origin;
mod session;
mod tries;

pub(crate) use jobs::Jobs;
pub(crate) use origin::same_origin;
pub(crate) use session::Clerk;

use crate::Site;
use axum::http::HeaderMap;
use exchange::Office;
use tries::Tries;

/// The letters of a code: no I, L, O, U, which hands confuse.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The code of the desk: 80 bits as 16 letters and digits, read out and typed by people.
#[derive(Clone)]
pub struct DeskCode(String);

impl DeskCode {
    /// The code of a secret of 32 bytes that the machine keeps.
    #[must_use]
    pub fn of(secret: &[u8; 32]) -> DeskCode {
        let letters: Vec<u8> = secret
            .iter()
            .take(16)
            .map(|byte| LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'0'))
            .collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|group| String::from_utf8_lossy(group).into_owned())
            .collect();
        DeskCode(groups.join("-"))
    }

    /// The code as it is printed for the operator.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.0
    }
}

/// What the desk remembers while the process runs.
pub(crate) struct Desk {
    code: [u8; 32],
    tries: Tries,
    /// Submissions under way.
    pub(crate) jobs: Jobs,
}

impl Desk {
    pub(crate) fn new(office: &Office, code: &DeskCode) -> Desk {
        Desk {
            code: digest(office, code.shown()),
            tries: Tries::default(),
            jobs: Jobs::default(),
        }
    }
}

/// What became of a code that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// It is the one.
    Open,
    /// It is not.
    Wrong,
    /// Too many wrong ones came lately; none is looked at for a while.
    Shut,
}

impl Site {
    /// Tries a code. Digests are compared, so that the time taken tells nothing about the code; a
    /// wrong one costs half a second.
    pub(crate) async fn door(&self, code: &str) -> Door {
        if self.desk.tries.is_shut(self.office.now()) {
            return Door::Shut;
        }
        if digest(&self.office, code) == self.desk.code {
            return Door::Open;
        }
        self.desk.tries.wrong(self.office.now());
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        Door::Wrong
    }

    /// Tries the code of an `Authorization: Bearer` header; one that is absent is wrong, and free.
    pub(crate) async fn bearer(&self, headers: &HeaderMap) -> Door {
        let given = headers
            .get(axum::http::header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.strip_prefix("Bearer "));
        match given {
            Some(code) => self.door(code.trim()).await,
            None => Door::Wrong,
        }
    }
}

/// Upper case without what hands put between.
fn digest(office: &Office, code: &str) -> [u8; 32] {
    let bare: String = code
        .chars()
        .take(64)
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    office.site_key.keyed32("desk/code", &[bare.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::DeskCode;

    #[test]
    fn a_code_has_four_groups_of_letters_nobody_confuses() {
        let mut secret = [0_u8; 32];
        for (ix, byte) in secret.iter_mut().enumerate() {
            *byte = u8::try_from(ix * 7).unwrap_or(0);
        }
        let code = DeskCode::of(&secret);
        assert_eq!(code.shown().len(), 19);
        assert!(!code.shown().contains(['I', 'L', 'O', 'U']));
        secret[0] ^= 1;
        assert_ne!(DeskCode::of(&secret).shown(), code.shown());
    }
}

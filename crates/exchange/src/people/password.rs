//! Passwords: argon2id (RFC 9106) over a keyed digest, so that a copy of the store alone, without the
//! site's key, cannot be tried at all.
//!
//! Parameters: 19 MiB, two passes, one lane: the least that OWASP names for argon2id; about 30 ms on
//! the machine of the benchmarks. Two are made at once at most, so sign-in takes 2 × 19 = 38 MiB at
//! the very most, and a flood of tries waits in line instead of filling the memory.

use crate::error::{Error, Result};
use crate::office::Office;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use credit::people::{PASSWORD_LEAST, PASSWORD_MOST};
use tokio::sync::Semaphore;

/// Memory in KiB: 19 MiB.
const MEMORY: u32 = 19 * 1_024;
/// Passes over it.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;

/// Hashes made at once.
static SEATS: Semaphore = Semaphore::const_new(2);

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`PASSWORD_LEAST`] characters.
    Short,
    /// More than [`PASSWORD_MOST`] characters.
    Long,
    /// It holds the name to sign in with, or has fewer than five different characters.
    Plain,
}

/// Whether a password may be used at all. No rule on kinds of characters: they make people choose
/// worse ones (NIST SP 800-63B-4).
pub(super) fn judge(password: &str, login: &str) -> std::result::Result<(), Weak> {
    let length = password.chars().count();
    let mut kinds: Vec<char> = password.to_lowercase().chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    if length < PASSWORD_LEAST {
        Err(Weak::Short)
    } else if length > PASSWORD_MOST {
        Err(Weak::Long)
    } else if kinds.len() < 5 || password.to_lowercase().contains(login) {
        Err(Weak::Plain)
    } else {
        Ok(())
    }
}

/// The string that is kept of a password.
pub(super) async fn hash(office: &Office, password: &str) -> Result<String> {
    let salt = office.nonce();
    let out = derive(office, password, salt, (MEMORY, PASSES, LANES)).await?;
    Ok(format!(
        "$argon2id$v=19$m={MEMORY},t={PASSES},p={LANES}${}${}",
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(out)
    ))
}

/// Whether a password is that of a kept string. Without a string the same work is done, and the
/// answer is no: the time taken does not tell whether there is such an account.
pub(super) async fn verify(office: &Office, password: &str, kept: Option<&str>) -> Result<bool> {
    let read = kept.and_then(parse);
    let (cost, salt) = read.map_or(((MEMORY, PASSES, LANES), [0; 16]), |(cost, salt, _)| {
        (cost, salt)
    });
    // What is longer than any password is not worth hashing, and no password.
    let fits = password.chars().count() <= PASSWORD_MOST;
    let given = if fits { password } else { "" };
    let out = derive(office, given, salt, cost).await?;
    let expected = read.map_or([0; 32], |(_, _, hash)| hash);
    // Keyed digests are compared in equal time.
    let claimed = office.site_key.keyed32("people/compare", &[&out]);
    let same = office
        .site_key
        .matches32("people/compare", &[&expected], &claimed);
    Ok(same && read.is_some() && fits)
}

type Cost = (u32, u32, u32);

async fn derive(office: &Office, password: &str, salt: [u8; 16], cost: Cost) -> Result<[u8; 32]> {
    let pepper = office
        .site_key
        .keyed32("people/password", &[password.as_bytes()]);
    let broken = |what: String| Error::inner("a password could not be hashed", what);
    let _seat = SEATS
        .acquire()
        .await
        .map_err(|cause| broken(cause.to_string()))?;
    let work = tokio::task::spawn_blocking(move || {
        let params = Params::new(cost.0, cost.1, cost.2, Some(32))?;
        let mut out = [0_u8; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(&pepper, &salt, &mut out)?;
        Ok::<_, argon2::Error>(out)
    });
    work.await
        .map_err(|cause| broken(cause.to_string()))?
        .map_err(|cause| broken(cause.to_string()))
}

/// Reads a kept string; one with parameters beyond 64 MiB, ten passes or four lanes is not ours.
fn parse(kept: &str) -> Option<(Cost, [u8; 16], [u8; 32])> {
    let rest = kept.strip_prefix("$argon2id$v=19$")?;
    let mut parts = rest.split('$');
    let (cost, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut numbers = cost.split(',').map(|part| part.split_once('='));
    let mut number = |name: &str| {
        let (given, value) = numbers.next()??;
        (given == name).then(|| value.parse::<u32>().ok()).flatten()
    };
    let cost = (number("m")?, number("t")?, number("p")?);
    if cost.0 > 65_536 || cost.1 > 10 || cost.2 > 4 {
        return None;
    }
    let salt = STANDARD_NO_PAD.decode(salt).ok()?.try_into().ok()?;
    let hash = STANDARD_NO_PAD.decode(hash).ok()?.try_into().ok()?;
    Some((cost, salt, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_long_and_plain_passwords_are_told_apart() {
        let long = "长".repeat(PASSWORD_MOST + 1);
        for (password, verdict) in [
            ("elf zeichen", Err(Weak::Short)),
            ("zwölf zeichen", Ok(())),
            (&long, Err(Weak::Long)),
            ("aaaabbbbcccc", Err(Weak::Plain)),
            ("my WANG.li password", Err(Weak::Plain)),
            ("纸船明月竹杖芒鞋轻胜马", Err(Weak::Short)),
            ("纸船明月竹杖芒鞋轻胜马谁怕", Ok(())),
        ] {
            assert_eq!(judge(password, "wang.li"), verdict, "{password}");
        }
    }

    #[test]
    fn strings_that_would_take_the_machine_are_not_ours() {
        let salt = STANDARD_NO_PAD.encode([1_u8; 16]);
        let hash = STANDARD_NO_PAD.encode([2_u8; 32]);
        let of = |cost: &str| parse(&format!("$argon2id$v=19${cost}${salt}${hash}")).is_some();
        assert!(of("m=19456,t=2,p=1"));
        for wrong in [
            "m=4000000,t=2,p=1",
            "m=19456,t=99,p=1",
            "t=2,m=19456,p=1",
            "m=19456,t=2",
            "",
        ] {
            assert!(!of(wrong), "{wrong}");
        }
        assert!(parse("$2y$10$abc").is_none());
    }
}

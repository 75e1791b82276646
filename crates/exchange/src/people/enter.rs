//! Signing in: a password, then a one-time code or a recovery code. Nothing tells whether an account
//! exists, neither words nor time.
//!
//! After five failed tries in a row the next ones wait: a second, then twice as long each time, a
//! quarter of an hour at most. Tries that come too early are not looked at and do not count, so the
//! wait always ends. A browser in which the account signed in before is counted by itself: whoever
//! tries from elsewhere cannot keep its owner out. An address that failed fifty times waits, too.

use super::session::{self, Actor};
use super::{Secret, code, digest, login, password, vault};
use crate::error::Result;
use crate::office::Office;
use credit::people::{AccountId, AccountKind, AccountState};
use credit::record::Instant;
use store::{Stage, TryScope};

/// Failed tries in a row that cost nothing, by account and by browser.
const FREE: u64 = 5;
/// The same by address: behind one address works a whole agency.
const FREE_ADDRESS: u64 = 50;
/// The longest wait: a quarter of an hour, in microseconds.
const LONGEST: i64 = 15 * 60_000_000;
/// Failed tries are forgotten after a day.
const FORGOTTEN: i64 = 86_400_000_000;

/// Where a try comes from.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The address of the network, where it is known.
    pub address: Option<String>,
    /// The cookie of a browser in which an account signed in before.
    pub device: Option<String>,
}

/// What became of a try.
#[derive(Debug)]
pub enum Entered {
    /// It was right; this is the session's secret.
    In(Secret),
    /// It was not.
    Wrong,
    /// Too many wrong ones came; none is looked at for so many seconds.
    Shut(u64),
}

/// Tries a password. A right one begins a session that asks for the second factor.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn with_password(
    office: &Office,
    name: &str,
    given: &str,
    place: &Place,
) -> Result<Entered> {
    // A name that nobody can have is tried like any other.
    let name = login(name).unwrap_or_default();
    let counter = Counter::of(office, &name, place);
    if let Some(seconds) = counter.shut(office).await? {
        return Ok(Entered::Shut(seconds));
    }
    let found = office.store.account_of(&digest(office, &name)).await?;
    let found =
        found.filter(|one| one.state == AccountState::Active && one.kind != AccountKind::Machine);
    // An id that nobody has is read like any other.
    let id = found.as_ref().map_or(AccountId([0; 16]), |one| one.id);
    let secrets = office.store.account_secrets(id).await?;
    let right = password::verify(office, given, secrets.phc.as_deref()).await?;
    let proven = secrets.code.is_some_and(|code| code.confirmed);
    if !right || found.is_none() || !proven {
        counter.failed(office).await?;
        return Ok(Entered::Wrong);
    }
    let (secret, session) = session::fresh(office, id, Stage::Half);
    let now = office.now();
    office.store.session_begin(&session, None, now).await?;
    Ok(Entered::In(secret))
}

/// Tries the second factor: the code of an authenticator, or a recovery code. A right one makes the
/// session a full one with a new secret.
///
/// # Errors
/// [`Error::Store`](crate::Error::Store).
pub async fn with_code(
    office: &Office,
    actor: &Actor,
    given: &str,
    place: &Place,
) -> Result<Entered> {
    let counter = Counter::of(office, &actor.person.login, place);
    if let Some(seconds) = counter.shut(office).await? {
        return Ok(Entered::Shut(seconds));
    }
    if !is_right(office, actor.account, given).await? {
        counter.failed(office).await?;
        return Ok(Entered::Wrong);
    }
    counter.clear(office).await?;
    Ok(Entered::In(
        session::rotate(office, actor, Stage::Full).await?,
    ))
}

async fn is_right(office: &Office, id: AccountId, given: &str) -> Result<bool> {
    let secrets = office.store.account_secrets(id).await?;
    if let Some(kept) = secrets.code.filter(|code| code.confirmed) {
        let secret = vault::unseal(office, "account_code.sealed", id, &kept.sealed)?;
        let step = code::step_of(&secret, office.now().0, given, kept.last_step);
        if let Some(step) = step {
            return Ok(office.store.code_take(id, step).await?);
        }
    }
    let code = super::begin::recovery_digest(office, id, given);
    Ok(office.store.recovery_take(id, &code, office.now()).await?)
}

/// The cookie by which a browser is known in which an account signed in.
#[must_use]
pub fn device(office: &Office, actor_login: &str) -> String {
    let nonce = hex(&office.nonce());
    let mac = device_mac(office, actor_login, &nonce);
    format!("{nonce}.{mac}")
}

fn device_mac(office: &Office, login: &str, nonce: &str) -> String {
    let parts = [login.as_bytes(), nonce.as_bytes()];
    hex(&office.site_key.keyed32("people/device", &parts))
}

/// Counts failed tries of one name from one place.
pub(super) struct Counter(Vec<(TryScope, [u8; 32])>);

impl Counter {
    pub(super) fn of(office: &Office, login: &str, place: &Place) -> Counter {
        let key = |of: &str, text: &str| office.site_key.keyed32(of, &[text.as_bytes()]);
        let known = place.device.as_deref().and_then(|cookie| {
            let (nonce, mac) = cookie.split_once('.')?;
            let claimed = key("people/compare-device", mac);
            let right = device_mac(office, login, nonce);
            let same =
                office
                    .site_key
                    .matches32("people/compare-device", &[right.as_bytes()], &claimed);
            same.then(|| key("people/try-device", nonce))
        });
        let mut places = vec![match known {
            Some(device) => (TryScope::Device, device),
            None => (TryScope::Account, key("people/try-account", login)),
        }];
        if let Some(address) = &place.address {
            places.push((TryScope::Address, key("people/try-address", address)));
        }
        Counter(places)
    }

    /// For how many seconds no try is looked at; `None` where one may be.
    pub(super) async fn shut(&self, office: &Office) -> Result<Option<u64>> {
        let mut left = 0;
        for (scope, place) in &self.0 {
            let tries = office.store.tries(*scope, place).await?;
            let until = tries.last.0 + wait(*scope, tries.failed);
            left = left.max(until - office.now().0);
        }
        let seconds = u64::try_from(left).unwrap_or(0).div_ceil(1_000_000);
        Ok((seconds > 0).then_some(seconds))
    }

    pub(super) async fn failed(&self, office: &Office) -> Result<()> {
        let now = office.now();
        let forget = Instant(now.0 - FORGOTTEN);
        Ok(office.store.tries_failed(&self.0, now, forget).await?)
    }

    async fn clear(&self, office: &Office) -> Result<()> {
        for (scope, place) in self
            .0
            .iter()
            .filter(|(scope, _)| *scope != TryScope::Address)
        {
            office.store.tries_clear(*scope, place).await?;
        }
        Ok(())
    }
}

/// Microseconds to wait after so many failed tries in a row.
fn wait(scope: TryScope, failed: u64) -> i64 {
    let free = match scope {
        TryScope::Account | TryScope::Device => FREE,
        TryScope::Address => FREE_ADDRESS,
    };
    match failed.checked_sub(free) {
        None => 0,
        Some(over) => LONGEST.min(1_000_000 << over.min(20)),
    }
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<i64> = (0..9)
            .map(|failed| wait(TryScope::Account, failed) / 1_000_000)
            .collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 1, 2, 4, 8]);
        for failed in [15, 25, 100, u64::MAX] {
            assert_eq!(wait(TryScope::Device, failed), LONGEST);
        }
        assert_eq!(wait(TryScope::Address, 49), 0);
        assert_eq!(wait(TryScope::Address, 50), 1_000_000);
    }
}

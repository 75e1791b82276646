//! Machines of agencies: keys that are shown once, end by themselves and can be many at a time, so
//! that one is changed without a gap.

use super::session::Actor;
use super::{By, Secret, deed, get};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::people::{AccountId, AccountKind, AccountState};
use credit::record::Instant;

/// Days of a key for which nobody named an end.
pub const KEY_DAYS: i64 = 180;

/// Gives a machine's account one more key.
///
/// # Errors
/// [`Error::Request`] without a reason or for an account of a person; [`Error::NotFound`].
pub async fn key(office: &Office, id: AccountId, days: i64, by: By<'_>) -> Result<Secret> {
    let deed = deed(office, by)?;
    if get(office, id).await?.kind != AccountKind::Machine {
        return Err(Error::request(
            "只有系统接口账号使用密钥；工作人员用密码和动态口令登录。",
            "Only a machine's account has keys; people sign in by password and one-time code.",
            "Ключи бывают только у машин; люди входят по паролю и одноразовому коду.",
        ));
    }
    let secret = Secret::fresh(office);
    let proof = secret.digest(office, "people/machine");
    let ends = Instant(deed.at.0 + days.clamp(1, 366) * 86_400_000_000);
    let store = &office.store;
    store
        .machine_token_add(id, office.nonce(), &proof, ends, &deed)
        .await?;
    Ok(secret)
}

/// Who acts by a key; `None` for one that is none of ours, over, or of an account that may not act.
///
/// # Errors
/// [`Error::Store`].
pub async fn read(office: &Office, key: &str) -> Result<Option<Actor>> {
    let Some(secret) = Secret::parse(key) else {
        return Ok(None);
    };
    let proof = secret.digest(office, "people/machine");
    let Some(id) = office.store.machine_token(&proof, office.now()).await? else {
        return Ok(None);
    };
    let account = office.store.account(id).await?;
    match account.filter(|one| one.state == AccountState::Active) {
        Some(account) => Actor::of(office, account, [0; 16], proof),
        None => Ok(None),
    }
}

//! Machines of agencies and their keys. Of a key that signs requests ([`super::signed`]) the public
//! half is registered here and the secret never comes; a key that is sent with each request is shown
//! once. Keys end by themselves and can be many at a time, so that one is changed without a gap.

use super::session::Actor;
use super::{By, KeyKind, MachineKey, Secret, deed, get};
use crate::error::{Error, Result};
use crate::office::Office;
use credit::people::{AccountId, AccountKind, AccountState};
use credit::record::Instant;
use store::Deed;

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

/// Days of a key for which nobody named an end.
pub const KEY_DAYS: i64 = 180;

/// Gives a machine's account one more key.
///
/// # Errors
/// [`Error::Request`] without a reason or for an account of a person; [`Error::NotFound`].
pub async fn key(office: &Office, id: AccountId, days: i64, by: By<'_>) -> Result<Secret> {
    let deed = deed(office, by)?;
    is_machine(office, id).await?;
    let secret = Secret::fresh(office);
    let proof = secret.digest(office, "people/machine");
    let ends = after(&deed, days);
    let store = &office.store;
    store
        .machine_token_add(id, office.nonce(), &proof, ends, &deed)
        .await?;
    Ok(secret)
}

/// Registers the public half of a key by which a machine signs its requests, and gives its name.
/// With `overlap` the machine's other keys end after so many days: the new one takes their place.
///
/// # Errors
/// [`Error::Request`] without a reason, for an account of a person, for what is no public key of
/// Ed25519 and for one that was registered before; [`Error::NotFound`].
pub async fn register(
    office: &Office,
    id: AccountId,
    public: &str,
    (days, overlap): (i64, Option<i64>),
    by: By<'_>,
) -> Result<String> {
    let deed = deed(office, by)?;
    is_machine(office, id).await?;
    let public = seal::Verifier::from_file(public).map_err(|_| {
        Error::request(
            "这不是 Ed25519 公钥。请用 openssl pkey -pubout 导出 PEM 文件。",
            "This is no public key of Ed25519. `openssl pkey -pubout` writes one as PEM.",
            "Это не открытый ключ Ed25519. Его в форме PEM пишет openssl pkey -pubout.",
        )
    })?;
    let key = MachineKey {
        id: name_of(&public.kid()),
        kind: KeyKind::Ed25519,
        public: Some(public.to_bytes()),
        made: deed.at,
        ends: after(&deed, days),
        ended: None,
    };
    let overlap = overlap.map(|days| Instant(deed.at.0 + days.clamp(0, 366) * DAY));
    let store = &office.store;
    if store.machine_public_add(id, &key, overlap, &deed).await? {
        return Ok(public.kid());
    }
    Err(Error::request(
        "这把公钥已经登记过。请生成新的密钥对。",
        "This public key was registered before. Make a new pair.",
        "Этот открытый ключ уже зарегистрирован. Создайте новую пару.",
    ))
}

/// Keys of a machine, oldest first, those that are over included.
///
/// # Errors
/// [`Error::Store`].
pub async fn keys(office: &Office, id: AccountId) -> Result<Vec<MachineKey>> {
    Ok(office.store.machine_keys(id).await?)
}

/// Takes a key back at once.
///
/// # Errors
/// [`Error::Request`] without a reason; [`Error::NotFound`] where the machine has no such key.
pub async fn end(office: &Office, id: AccountId, key: &[u8; 16], by: By<'_>) -> Result<()> {
    let deed = deed(office, by)?;
    if office.store.machine_key_end(id, key, &deed).await? {
        Ok(())
    } else {
        Err(Error::NotFound)
    }
}

/// The name of a public key in the store: half of the digest of its thumbprint, so that a request that
/// names the thumbprint finds the key without an index of its own.
pub(super) fn name_of(kid: &str) -> [u8; 16] {
    let digest = seal::sha256(kid.as_bytes()).0;
    let mut name = [0; 16];
    name.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
    name
}

async fn is_machine(office: &Office, id: AccountId) -> Result<()> {
    if get(office, id).await?.kind == AccountKind::Machine {
        return Ok(());
    }
    Err(Error::request(
        "只有系统接口账号使用密钥；工作人员用密码和动态口令登录。",
        "Only a machine's account has keys; people sign in by password and one-time code.",
        "Ключи бывают только у машин; люди входят по паролю и одноразовому коду.",
    ))
}

/// The end of a key that is made now: a day at least, and a year at most.
fn after(deed: &Deed<'_>, days: i64) -> Instant {
    Instant(deed.at.0 + days.clamp(1, 366) * DAY)
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
    acting(office, id, proof).await
}

/// The machine of an account that may act.
pub(super) async fn acting(
    office: &Office,
    id: AccountId,
    proof: [u8; 32],
) -> Result<Option<Actor>> {
    let account = office.store.account(id).await?;
    match account.filter(|one| one.state == AccountState::Active) {
        Some(account) => Actor::of(office, account, [0; 16], proof),
        None => Ok(None),
    }
}

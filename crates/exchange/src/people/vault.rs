//! What is sealed of accounts: by `seal::vault`, bound to table, column and row, under keys that follow
//! from the site's key, one for each place.
//!
//! Not protected: how long a value is, when it was written, and that an account exists.

use super::Person;
use crate::error::{Error, Result};
use crate::office::Office;
use credit::people::AccountId;
use seal::vault::NONCE;
use seal::{DataKey, Place};

const KEY: &str = "account_key.wrapped";
const PERSON: Place = Place::new("account_person.sealed");

/// Seals under the site's key, in one use.
pub(super) fn seal(
    office: &Office,
    place: &'static str,
    id: AccountId,
    body: &[u8],
) -> Result<Vec<u8>> {
    let key = site_key(office, place);
    sealed(office, &key, Place::new(place), id, body)
}

/// Opens what [`seal`] sealed.
pub(super) fn unseal(
    office: &Office,
    place: &'static str,
    id: AccountId,
    body: &[u8],
) -> Result<Vec<u8>> {
    let opened = site_key(office, place).open(Place::new(place), &id.0, body);
    opened.map_err(|cause| broken(&cause))
}

/// A new key for an account, sealed, and its person under that key.
pub(super) fn lock(
    office: &Office,
    id: AccountId,
    login: &str,
    name: &str,
) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut key = [0_u8; 32];
    (office.entropy)(&mut key);
    let wrapped = seal(office, KEY, id, &key)?;
    let body = serde_json::json!({ "login": login, "name": name }).to_string();
    let key = DataKey::from_bytes(key);
    let person = sealed(office, &key, PERSON, id, body.as_bytes())?;
    Ok((wrapped, person))
}

/// The person of an account.
pub(super) fn open(office: &Office, id: AccountId, wrapped: &[u8], body: &[u8]) -> Result<Person> {
    let body = key(office, id, wrapped)?.open(PERSON, &id.0, body);
    let body = body.map_err(|cause| broken(&cause))?;
    let body: serde_json::Value =
        serde_json::from_slice(&body).map_err(|_| broken(&seal::BadSeal))?;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    Ok(Person {
        login: text("login"),
        name: text("name"),
    })
}

/// The key of an account.
pub(super) fn key(office: &Office, id: AccountId, wrapped: &[u8]) -> Result<DataKey> {
    let key = unseal(office, KEY, id, wrapped)?;
    let key: [u8; 32] = key.try_into().map_err(|_| broken(&seal::BadSeal))?;
    Ok(DataKey::from_bytes(key))
}

fn site_key(office: &Office, place: &str) -> DataKey {
    DataKey::from_bytes(office.site_key.keyed32("people/vault", &[place.as_bytes()]))
}

/// Seals under a key of the account's.
pub(super) fn sealed(
    office: &Office,
    key: &DataKey,
    place: Place,
    id: AccountId,
    body: &[u8],
) -> Result<Vec<u8>> {
    let mut nonce = [0_u8; NONCE];
    (office.entropy)(&mut nonce);
    let made = key.seal(place, &id.0, nonce, body);
    made.map_err(|cause| broken(&cause))
}

/// What is sealed was changed, or the key is another.
pub(super) fn broken(cause: &seal::BadSeal) -> Error {
    Error::inner("what is sealed does not open", *cause)
}

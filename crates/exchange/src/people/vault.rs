//! What is sealed: AES-256-GCM-SIV (RFC 8452), bound to table, column and row, so that a sealed value
//! copied elsewhere does not open. A nonce that came twice would tell equal values only.
//!
//! Not protected: how long a value is, when it was written, and that an account exists.

use super::Person;
use crate::error::{Error, Result};
use crate::office::Office;
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use credit::people::AccountId;

/// Bytes of a nonce, which stand before what is sealed.
const NONCE: usize = 12;

/// Seals under the site's key, in one use.
pub(super) fn seal(office: &Office, place: &str, id: AccountId, body: &[u8]) -> Result<Vec<u8>> {
    sealed(office, &site_key(office, place), place, id, body)
}

/// Opens what [`seal`] sealed.
pub(super) fn unseal(office: &Office, place: &str, id: AccountId, body: &[u8]) -> Result<Vec<u8>> {
    unsealed(&site_key(office, place), place, id, body)
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
    let wrapped = seal(office, "account_key.wrapped", id, &key)?;
    let body = serde_json::json!({ "login": login, "name": name }).to_string();
    let person = sealed(office, &key, "account_person.sealed", id, body.as_bytes())?;
    Ok((wrapped, person))
}

/// The person of an account.
pub(super) fn open(office: &Office, id: AccountId, wrapped: &[u8], body: &[u8]) -> Result<Person> {
    let key = unseal(office, "account_key.wrapped", id, wrapped)?;
    let key: [u8; 32] = key.try_into().map_err(|_| broken())?;
    let body = unsealed(&key, "account_person.sealed", id, body)?;
    let body: serde_json::Value = serde_json::from_slice(&body).map_err(|_| broken())?;
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    Ok(Person {
        login: text("login"),
        name: text("name"),
    })
}

fn site_key(office: &Office, place: &str) -> [u8; 32] {
    office.site_key.keyed32("people/vault", &[place.as_bytes()])
}

fn sealed(
    office: &Office,
    key: &[u8; 32],
    place: &str,
    id: AccountId,
    body: &[u8],
) -> Result<Vec<u8>> {
    let mut nonce = [0_u8; NONCE];
    (office.entropy)(&mut nonce);
    let bound = bound(place, id);
    let payload = Payload {
        msg: body,
        aad: &bound,
    };
    let cipher = Aes256GcmSiv::new(&(*key).into());
    let made = cipher.encrypt(&Nonce::from(nonce), payload);
    let mut out = nonce.to_vec();
    out.extend(made.map_err(|_| broken())?);
    Ok(out)
}

fn unsealed(key: &[u8; 32], place: &str, id: AccountId, body: &[u8]) -> Result<Vec<u8>> {
    let (nonce, body) = body.split_at_checked(NONCE).ok_or_else(broken)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
    let bound = bound(place, id);
    let payload = Payload {
        msg: body,
        aad: &bound,
    };
    let cipher = Aes256GcmSiv::new(&(*key).into());
    cipher
        .decrypt(&Nonce::from(nonce), payload)
        .map_err(|_| broken())
}

fn bound(place: &str, id: AccountId) -> Vec<u8> {
    [place.as_bytes(), b"\0", &id.0].concat()
}

fn broken() -> Error {
    Error::inner(
        "what is sealed does not open",
        "another site's key, or another row's value",
    )
}

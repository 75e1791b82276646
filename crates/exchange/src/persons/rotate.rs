//! Rotation of the ring: persons' keys that older keys of it opened are wrapped under the newest one, in
//! batches. It may stop at any batch and goes on where it stopped, since each row names its key.

use super::ring;
use crate::error::{Error, Result};
use crate::office::Office;
use seal::Ring;
use seal::vault::NONCE;
use store::PersonKey;

/// Keys of one batch: 2,000 × (16 + 76 bytes) are below 200 kB, and a batch is one short transaction.
const BATCH: usize = 2_000;

/// What a rotation has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// Keys that were wrapped anew.
    pub done: u64,
    /// Keys that the newest key opens now.
    pub newest: u64,
}

/// How many persons' keys each key of the ring opens, by number.
///
/// # Errors
/// [`Error::Store`] when the store failed.
pub async fn counts(office: &Office) -> Result<Vec<(u32, u64)>> {
    Ok(office.store.person_key_counts().await?)
}

/// Wraps every person's key under the newest key of the ring. `step` is told how many more were done.
///
/// # Errors
/// [`Error::Request`] when a row's key is not in the ring.
pub async fn rotate(office: &Office, step: &(dyn Fn(u64) + Sync)) -> Result<Rotation> {
    let ring = ring(office)?;
    let mut rotation = Rotation::default();
    for (number, _) in counts(office).await? {
        while number != ring.newest() {
            let batch = office.store.person_keys_under(number, BATCH).await?;
            if batch.is_empty() {
                break;
            }
            let new = rewrapped(office, &ring, &batch)?;
            let now = office.now();
            let done = office.store.person_keys_rewrap(number, &new, now).await?;
            rotation.done += done;
            step(done);
        }
    }
    let newest = ring.newest();
    let counts = counts(office).await?;
    let of_newest = counts.iter().find(|(number, _)| *number == newest);
    rotation.newest = of_newest.map_or(0, |(_, count)| *count);
    Ok(rotation)
}

fn rewrapped(office: &Office, ring: &Ring, batch: &[PersonKey]) -> Result<Vec<PersonKey>> {
    let rewrap = |one: &PersonKey| {
        let mut nonce = [0; NONCE];
        (office.entropy)(&mut nonce);
        let id = &one.subject.0;
        let key = ring.open(store::KEY, id, &one.key)?;
        let key = ring.wrap(store::KEY, id, nonce, &key)?;
        Ok(PersonKey {
            subject: one.subject,
            key,
        })
    };
    let new: std::result::Result<_, seal::BadSeal> = batch.iter().map(rewrap).collect();
    new.map_err(|_| {
        Error::request(
            "密钥环打不开库中的密钥：密钥文件与本库不符，或旧密钥已被移除。请放回原来的密钥文件。",
            "The ring does not open a key in the store: the key file is another store's, or an old key was removed too early. Put the former key file back.",
            "Связка не открывает ключ из хранилища: файл ключей от другого хранилища или старый ключ удалён раньше времени. Верните прежний файл ключей.",
        )
    })
}

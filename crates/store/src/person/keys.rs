//! Rotation: each person's key is opened with an older key of the ring and wrapped under the newest,
//! in bounded batches. What is sealed under the person's key stays as it is.

use crate::error::{Error, Result};
use crate::event;
use crate::sql::person as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Instant;
use credit::subject::SubjectId;
use seal::{Hasher, Wrapped};

/// A person's key as it stands, or as it is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonKey {
    /// The person.
    pub subject: SubjectId,
    /// The key.
    pub key: Wrapped,
}

impl Store {
    /// How many persons' keys each key of the ring opens, by number.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_key_counts(&self) -> Result<Vec<(u32, u64)>> {
        transact!(self, Read, "person_key_counts", tx => {
            let rows = tx.rows(sql::KEY_COUNTS, &[]).await;
            rows.and_then(|rows| rows.iter().map(|row| {
                Ok((row.small(0, "number of a key")?, row.count(1, "count")?))
            }).collect())
        })
    }

    /// A person's key; none where nobody of that id is on file.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_key(&self, person: SubjectId) -> Result<Option<Wrapped>> {
        transact!(self, Read, "person_key", tx => {
            let row = tx.one(sql::KEY, &[Val::Bytes(&person.0)]).await;
            row.and_then(|row| row.map(|row| {
                let bytes = row.opt_blob(1).ok_or(Error::Corrupt { what: "key" })?;
                Ok(Wrapped { number: row.small(0, "number of a key")?, bytes })
            }).transpose())
        })
    }

    /// One of the persons' keys that the newest key of the ring in use opens; none where nothing is held
    /// of anybody.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_key_newest(&self) -> Result<Option<PersonKey>> {
        transact!(self, Read, "person_key_newest", tx => {
            let row = tx.one(sql::KEY_OF_NEWEST, &[]).await;
            row.and_then(|row| row.map(|row| {
                let bytes = row.opt_blob(2).ok_or(Error::Corrupt { what: "key" })?;
                let number = row.small(1, "number of a key")?;
                let subject = SubjectId(row.bytes(0, "subject id")?);
                Ok(PersonKey { subject, key: Wrapped { number, bytes } })
            }).transpose())
        })
    }

    /// Some of the persons' keys that one key of the ring opens.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_keys_under(&self, number: u32, limit: usize) -> Result<Vec<PersonKey>> {
        transact!(self, Read, "person_keys_under", tx => {
            let asked = [Val::Int(number.into()), Val::count(limit as u64)];
            let rows = tx.rows(sql::KEYS_UNDER, &asked).await;
            rows.and_then(|rows| rows.iter().map(|row| {
                let bytes = row.opt_blob(1).ok_or(Error::Corrupt { what: "key" })?;
                let subject = SubjectId(row.bytes(0, "subject id")?);
                Ok(PersonKey { subject, key: Wrapped { number, bytes } })
            }).collect())
        })
    }

    /// Writes keys that were wrapped anew, with an event; tells how many still stood under `before`.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_keys_rewrap(
        &self,
        before: u32,
        keys: &[PersonKey],
        at: Instant,
    ) -> Result<u64> {
        transact!(self, Write, "person_keys_rewrap", tx => {
            rewrap(&mut tx, before, keys, at).await
        })
    }
}

async fn rewrap(tx: &mut Tx, before: u32, keys: &[PersonKey], at: Instant) -> Result<u64> {
    let Some(first) = keys.first() else {
        return Ok(0);
    };
    let mut digest = Hasher::new();
    let mut values = Vec::with_capacity(keys.len() * 4);
    for one in keys {
        digest.update(one.subject.0);
        values.extend([
            Val::Bytes(&one.subject.0),
            Val::Int(before.into()),
            Val::Int(one.key.number.into()),
            Val::Bytes(&one.key.bytes),
        ]);
    }
    let changed = tx.bulk(&sql::REWRAPPED, &values).await?;
    if changed > 0 {
        let id = format!(
            "keys:{before}:{}:{}:{}",
            first.key.number, first.subject, at.0
        );
        event::add(tx, &id, "keys", at, &digest.finish().0).await?;
    }
    Ok(changed)
}

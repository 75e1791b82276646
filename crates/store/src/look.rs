//! A public look-up in one transaction: who holds an identifier, and what is held on it. It is the
//! most frequent read by far, so it is one snapshot and, on PostgreSQL, two round trips.

use crate::error::Result;
use crate::facts;
use crate::sql::subject as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::identifier::Identifier;
use credit::record::Facts;
use credit::subject::SubjectId;
use policy::{Permit, Sealed};

impl Store {
    /// Everything held on whoever holds an identifier today, sealed, with the public permit that
    /// opens it. Nothing is logged: a public look-up leaves no trace of the asker. `None`: nobody
    /// holds it.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subject_public(
        &self,
        identifier: &Identifier,
    ) -> Result<Option<(Permit, Sealed<Facts>)>> {
        let facts = transact!(self, Read, "subject_public", tx => {
            held_by(&mut tx, identifier).await
        })?;
        Ok(facts.map(|facts| {
            let permit = Permit::public(facts.subject.id);
            let sealed = Sealed::new(&permit, facts);
            (permit, sealed)
        }))
    }
}

async fn held_by(tx: &mut Tx, identifier: &Identifier) -> Result<Option<Facts>> {
    let asked = [
        Val::Text(identifier.system().code()),
        Val::Text(identifier.value()),
    ];
    match tx.one(sql::FIND, &asked).await? {
        Some(row) => facts::read_of(tx, SubjectId(row.bytes(0, "subject id")?)).await,
        None => Ok(None),
    }
}

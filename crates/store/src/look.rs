//! A public look-up in one transaction: who holds an identifier, and what is held on it. It is the
//! most frequent read by far, so it is one snapshot and, on PostgreSQL, two round trips, which all
//! share who ask while others are under way.

mod together;

pub(crate) use together::Looks;

use crate::error::Result;
use crate::facts;
use crate::slice::place;
use crate::sql::slice as sql;
use crate::store::{Seat, Store, transact};
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
        if let Seat::Pg { looks, .. } = &self.seat
            && let Some(facts) = looks.ask(identifier).await
        {
            self.metrics
                .add("subject_public", |count| count.committed += 1);
            return Ok(facts.map(sealed));
        }
        // On SQLite; and where those who asked together were not answered, each is told why.
        let facts = transact!(self, Read, "subject_public", tx => {
            held_by(&mut tx, &[identifier]).await
        })?;
        Ok(facts.into_iter().flatten().next().map(sealed))
    }

    /// The same for each of many subjects, in their order, in one transaction. `None`: there is no
    /// such subject today, or it was merged into another.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn subjects_public(
        &self,
        subjects: &[SubjectId],
    ) -> Result<Vec<Option<(Permit, Sealed<Facts>)>>> {
        let found = transact!(self, Read, "subjects_public", tx => {
            facts::read_of_many(&mut tx, subjects).await
        })?;
        let own = |(facts, asked): (Option<Facts>, &SubjectId)| {
            facts.filter(|facts| facts.subject.id == *asked).map(sealed)
        };
        Ok(found.into_iter().zip(subjects).map(own).collect())
    }
}

/// Facts sealed for the public permit that opens them.
fn sealed(facts: Facts) -> (Permit, Sealed<Facts>) {
    let permit = Permit::public(facts.subject.id);
    let sealed = Sealed::new(&permit, facts);
    (permit, sealed)
}

/// What is held on the holder of each identifier.
async fn held_by(tx: &mut Tx, asked: &[&Identifier]) -> Result<Vec<Option<Facts>>> {
    let keys = asked
        .iter()
        .flat_map(|one| [Val::Text(one.system().code()), Val::Text(one.value())]);
    let keys: Vec<Val<'_>> = keys.collect();
    let (mut places, mut mentions) = (Vec::new(), Vec::new());
    for row in tx.each(&sql::HOLDERS, &keys).await? {
        places.push(place(&row)?);
        mentions.push(SubjectId(row.bytes(1, "subject id")?));
    }
    let mut held: Vec<Option<Facts>> = asked.iter().map(|_| None).collect();
    if mentions.is_empty() {
        return Ok(held);
    }
    let found = facts::read_of_many(tx, &mentions).await?;
    for (place, facts) in places.into_iter().zip(found) {
        if let Some(slot) = held.get_mut(place) {
            *slot = facts;
        }
    }
    Ok(held)
}

//! Failed tries in a row, counted by account, by a browser that signed in before, and by address.

use crate::error::Result;
use crate::sql::people as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Instant;

/// What tries are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryScope {
    /// The name that was given, whether or not there is such an account.
    Account,
    /// A browser in which that account signed in before.
    Device,
    /// Where the request came from.
    Address,
}

impl TryScope {
    fn code(self) -> &'static str {
        match self {
            TryScope::Account => "account",
            TryScope::Device => "device",
            TryScope::Address => "address",
        }
    }
}

/// Failed tries in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub failed: u64,
    /// When the last.
    pub last: Instant,
}

impl Store {
    /// How often tries failed in a row.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn tries(&self, scope: TryScope, place: &[u8; 32]) -> Result<Tries> {
        transact!(self, Read, "tries", tx => tries(&mut tx, scope, place).await)
    }

    /// Counts a failed try at each place; those a day old are forgotten.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn tries_failed(
        &self,
        places: &[(TryScope, [u8; 32])],
        at: Instant,
        forget: Instant,
    ) -> Result<()> {
        transact!(self, Write, "tries_failed", tx => failed(&mut tx, places, at, forget).await)
    }

    /// Begins to count anew.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn tries_clear(&self, scope: TryScope, place: &[u8; 32]) -> Result<()> {
        transact!(self, Write, "tries_clear", tx => {
            let values = [Val::Text(scope.code()), Val::Bytes(place)];
            tx.exec(sql::TRIES_CLEAR, &values).await.map(drop)
        })
    }
}

async fn tries(tx: &mut Tx, scope: TryScope, place: &[u8; 32]) -> Result<Tries> {
    let asked = [Val::Text(scope.code()), Val::Bytes(place)];
    let Some(row) = tx.one(sql::TRIES, &asked).await? else {
        return Ok(Tries {
            failed: 0,
            last: Instant(0),
        });
    };
    Ok(Tries {
        failed: row.count(0, "count")?,
        last: Instant(row.int(1, "instant")?),
    })
}

async fn failed(
    tx: &mut Tx,
    places: &[(TryScope, [u8; 32])],
    at: Instant,
    forget: Instant,
) -> Result<()> {
    tx.exec(sql::TRIES_FORGET, &[Val::Int(forget.0)]).await?;
    for (scope, place) in places {
        let values = [Val::Text(scope.code()), Val::Bytes(place), Val::Int(at.0)];
        tx.exec(sql::TRY_FAILED, &values).await?;
    }
    Ok(())
}

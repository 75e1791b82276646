//! How often one may look: buckets of tokens and figures of a day. They stand in the store, so that several
//! processes share them and a restart fills none.

use super::look::LookFault;
use crate::error::{Error, Result};
use crate::sql::grant as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::catalog::LookLimits;
use credit::record::Instant;
use jiff::civil::Date;
use policy::Officer;

/// A minute in microseconds.
const MINUTE: i64 = 60_000_000;

/// What a bucket of tokens gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// A token.
    Taken,
    /// None; the next one comes after so many microseconds.
    Wait(i64),
}

impl Store {
    /// Takes a token of an officer's bucket and one of the agency's. Buckets stand in the store, so
    /// that several processes share them and a restart fills none. A bucket holds as many tokens as its
    /// figure for a minute says, and fills at that pace.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn look_pace(
        &self,
        officer: &Officer,
        limits: &LookLimits,
        at: Instant,
    ) -> Result<Pace> {
        let asked = [
            ("officer", officer.name(), limits.officer_minute),
            ("agency", officer.agency(), limits.agency_minute),
        ];
        given(transact!(self, Write, "look_pace", tx => pace(&mut tx, &asked, at).await))
    }

    /// The same where persons are served, at the window; and counts the day's services there, of the officer
    /// and of the agency. What is served there counts for nothing elsewhere, and nothing is kept of whom.
    ///
    /// # Errors
    /// [`Error::Look`] with [`LookFault::Day`] where the day's are used up.
    pub async fn window_pace(
        &self,
        officer: &Officer,
        limits: &LookLimits,
        (at, today): (Instant, Date),
    ) -> Result<Pace> {
        let asked = [
            ("window", officer.name(), limits.officer_minute),
            ("window-agency", officer.agency(), limits.agency_minute),
        ];
        let of_day = [limits.officer_day, limits.agency_day];
        given(transact!(self, Write, "window_pace", tx => {
            window(&mut tx, (&asked, of_day), at, today).await
        }))
    }
}

fn given(paced: Result<()>) -> Result<Pace> {
    match paced {
        Ok(()) => Ok(Pace::Taken),
        Err(Error::Wait(micros)) => Ok(Pace::Wait(micros)),
        Err(error) => Err(error),
    }
}

async fn window(
    tx: &mut Tx,
    (asked, of_day): (&[(&'static str, &str, u32); 2], [u32; 2]),
    at: Instant,
    today: Date,
) -> Result<()> {
    pace(tx, asked, at).await?;
    let day = today.to_string();
    for ((scope, name, _), most) in asked.iter().zip(of_day) {
        let values = [*scope, *name, day.as_str(), ""].map(Val::Text);
        let row = tx.one(sql::COUNT, &values).await?.unwrap_or_default();
        if row.count(0, "count")? > u64::from(most) {
            return Err(Error::Look(LookFault::Day));
        }
    }
    Ok(())
}

async fn pace(tx: &mut Tx, asked: &[(&'static str, &str, u32); 2], at: Instant) -> Result<()> {
    for (scope, name, per_minute) in asked {
        let cost = MINUTE / i64::from((*per_minute).max(1));
        let values = [
            Val::Text(scope),
            Val::Text(name),
            Val::Int(at.0 + cost),
            Val::Int(at.0),
            Val::Int(cost),
        ];
        let row = tx.one(sql::PACE, &values).await?.unwrap_or_default();
        let missing = row.int(0, "instant")? - at.0 - MINUTE;
        // A full bucket is a minute's worth: what lies beyond it has to be waited for.
        if missing > 0 {
            return Err(Error::Wait(missing));
        }
    }
    Ok(())
}

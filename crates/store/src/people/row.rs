//! Rows of accounts as they are read back.

use super::{Account, Moved};
use crate::error::{Error, Result};
use crate::sql::people as sql;
use crate::tx::{Row, Tx, Val};
use credit::people::{
    AccountId, AccountKind, AccountMove, AccountState, Appointment, AppointmentId, Role,
};
use credit::record::Instant;

/// The state of an account and the number of its last move; none and 0 where it has none.
pub(super) async fn state(tx: &mut Tx, id: AccountId) -> Result<(Option<AccountState>, i64)> {
    let Some(row) = tx.one(sql::STATE, &[Val::Bytes(&id.0)]).await? else {
        return Ok((None, 0));
    };
    Ok((Some(read_state(&row, 0)?), row.int(1, "number of a move")?))
}

pub(super) async fn account(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    let Some(found) = tx.one(sql::ACCOUNT, &[Val::Bytes(&id.0)]).await? else {
        return Ok(None);
    };
    let rows = tx.rows(sql::APPOINTMENTS, &[Val::Bytes(&id.0)]).await?;
    let kind = AccountKind::parse(found.text(1, "kind of account")?);
    Ok(Some(Account {
        id,
        kind: kind.ok_or(Error::Corrupt {
            what: "kind of account",
        })?,
        sealed: found.opt_blob(2),
        wrapped: found.opt_blob(3),
        state: state(tx, id).await?.0.ok_or(Error::Corrupt {
            what: "state of an account",
        })?,
        appointments: rows.iter().map(appointment).collect::<Result<_>>()?,
    }))
}

fn appointment(row: &Row) -> Result<Appointment> {
    let role = Role::parse(row.text(1, "role")?);
    Ok(Appointment {
        id: AppointmentId(row.bytes(0, "appointment id")?),
        role: role.ok_or(Error::Corrupt { what: "role" })?,
        agency: row.text(2, "agency")?.to_owned(),
        unit: row.opt_text(3).map(str::to_owned),
        themes: row
            .text(4, "themes")?
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        from: row.day(5, "first day")?,
        until: row.day(6, "last day")?,
    })
}

pub(super) fn moved(row: &Row) -> Result<Moved> {
    let what = AccountMove::parse(row.text(0, "move")?);
    Ok(Moved {
        what: what.ok_or(Error::Corrupt { what: "move" })?,
        state: read_state(row, 1)?,
        at: Instant(row.int(2, "instant")?),
        by: row.opt_bytes(3, "account id")?.map(AccountId),
        reason: row.text(4, "reason")?.to_owned(),
    })
}

fn read_state(row: &Row, place: usize) -> Result<AccountState> {
    AccountState::parse(row.text(place, "state of an account")?).ok_or(Error::Corrupt {
        what: "state of an account",
    })
}

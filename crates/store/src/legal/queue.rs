//! Who has the next move in which case by when. Rows are derived from the moves; whoever reads a page
//! computes again where each case stands today.

use super::Rules;
use super::read::{self, CaseCard};
use crate::error::{Error, Result};
use crate::page::Page;
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::case::{Applied, CaseId, Party};
use jiff::civil::Date;

/// What is asked of the queue.
#[derive(Clone, Copy, Debug, Default)]
pub struct QueueAsk<'a> {
    /// Of whoever has the next move.
    pub who: Option<Party>,
    /// Of one agency.
    pub supplier: Option<&'a str>,
    /// Due by that day.
    pub until: Option<Date>,
}

/// A case in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queued {
    /// The last day, as it was when the last move was made.
    pub due: Date,
    /// The case.
    pub card: CaseCard,
}

impl Store {
    /// Cases that wait for somebody, by their last day.
    ///
    /// # Errors
    /// [`Error::Cursor`] for a cursor that is not ours.
    pub async fn case_queue(
        &self,
        ask: QueueAsk<'_>,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<Queued>> {
        let (day, id) = cursor(after)?;
        transact!(self, Read, "case_queue", tx => page(&mut tx, ask, (day, id), limit).await)
    }
}

fn cursor(after: Option<&str>) -> Result<(Date, CaseId)> {
    let Some(text) = after else {
        return Ok((Date::MIN, CaseId([0; 16])));
    };
    let read = text.split_once('.').and_then(|(day, id)| {
        let day: Date = day.parse().ok()?;
        Some((day, CaseId::parse(id)?))
    });
    read.ok_or(Error::Cursor)
}

async fn page(
    tx: &mut Tx,
    ask: QueueAsk<'_>,
    (day, id): (Date, CaseId),
    limit: usize,
) -> Result<Page<Queued>> {
    // Days are texts; before the first year there is none.
    let day = if day == Date::MIN {
        Val::Text("")
    } else {
        Val::Day(day)
    };
    let asked = [
        Val::Text(ask.who.map_or("", Party::code)),
        Val::Text(ask.supplier.unwrap_or_default()),
        day,
        Val::Bytes(&id.0),
        Val::Day(ask.until.unwrap_or(Date::MAX)),
        Val::count(limit as u64 + 1),
    ];
    let mut queued = Vec::new();
    for row in tx.rows(sql::QUEUE, &asked).await? {
        let id = CaseId(row.bytes(0, "case id")?);
        let card = read::card(tx, id).await?;
        queued.push(Queued {
            due: row.day(1, "day")?,
            card: card.ok_or(Error::Corrupt { what: "queue" })?,
        });
    }
    Ok(Page::cut(queued, limit, |one| {
        format!("{}.{}", one.due, one.card.id)
    }))
}

/// What the queue knows a case by: the fact, else the case itself.
fn about(card: &CaseCard) -> [u8; 16] {
    card.record.map_or(card.id.0, |record| record.0)
}

/// Puts a case that is being opened in the queue. Gives the case of the same kind about the same fact
/// that is open, if there is one; one that a deadline ended in the meantime makes room.
pub(super) async fn take(
    tx: &mut Tx,
    card: &CaseCard,
    applied: &Applied<'_>,
    rules: Rules<'_>,
    today: Date,
) -> Result<Option<CaseId>> {
    let Some((who, due)) = applied.then.who.zip(applied.then.next_due()) else {
        return Ok(None);
    };
    let about = about(card);
    let key = [
        Val::Bytes(&card.subject.0),
        Val::Text(&card.kind),
        Val::Bytes(&about),
    ];
    let rest = [
        Val::Bytes(&card.id.0),
        Val::Text(&card.supplier),
        Val::Text(&card.theme),
        Val::Text(who.code()),
        Val::Day(due),
    ];
    let values = [key.as_slice(), &rest].concat();
    if tx.exec(sql::QUEUE_NEW, &values).await? > 0 {
        return Ok(None);
    }
    let held = tx.one(sql::QUEUE_HOLDER, &key).await?.unwrap_or_default();
    let holder = CaseId(held.bytes(0, "case id")?);
    let other = read::card(tx, holder).await?;
    let other = other.ok_or(Error::Corrupt { what: "queue" })?;
    // It may follow an older edition than this one; an edition that is not ours to read stays open.
    let same = other.version == rules.kind.version;
    let standing = rules.kind.standing(&other.steps, today, rules.calendar);
    if !same || !standing.is_ok_and(|standing| standing.is_over()) {
        return Ok(Some(holder));
    }
    let done = [key[0], key[1], key[2], Val::Bytes(&holder.0)];
    tx.exec(sql::QUEUE_DONE, &done).await?;
    tx.exec(sql::QUEUE_NEW, &values).await?;
    Ok(None)
}

/// Brings the row of a case up to where a move led.
pub(super) async fn set(tx: &mut Tx, card: &CaseCard, applied: &Applied<'_>) -> Result<()> {
    let about = about(card);
    let key = [
        Val::Bytes(&card.subject.0),
        Val::Text(&card.kind),
        Val::Bytes(&about),
    ];
    let case = Val::Bytes(&card.id.0);
    match applied.then.who.zip(applied.then.next_due()) {
        Some((who, due)) => {
            let rest = [Val::Text(who.code()), Val::Day(due), case];
            tx.exec(sql::QUEUE_SET, &[key.as_slice(), &rest].concat())
                .await?;
        }
        None => {
            tx.exec(sql::QUEUE_DONE, &[key.as_slice(), &[case]].concat())
                .await?;
        }
    }
    Ok(())
}

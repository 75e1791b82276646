//! Rows of grants as they are written and read back.

use super::GrantStep;
use crate::error::{Error, Result};
use crate::sql::grant as sql;
use crate::tx::{Row, Tx, Val};
use credit::grant::{Grant, GrantId, GrantMove, GrantState, Items, Party, Terms};
use credit::people::AccountId;
use credit::record::Instant;
use credit::subject::SubjectKind;
use std::collections::BTreeSet;

/// Parts units, whose names may hold spaces.
const BETWEEN_UNITS: &str = "\n";

/// A grant as it stands and the number of its last move.
pub(super) async fn grant(tx: &mut Tx, id: GrantId) -> Result<Option<(Grant, i64)>> {
    let Some(head) = tx.one(sql::GRANT, &[Val::Bytes(&id.0)]).await? else {
        return Ok(None);
    };
    let rows = tx.rows(sql::TERMS, &[Val::Bytes(&id.0)]).await?;
    let mut stated = rows.iter().map(terms).collect::<Result<Vec<_>>>()?;
    let granted = if stated.len() > 1 { stated.pop() } else { None };
    let grant = Grant {
        id,
        asker: head.text(0, "agency")?.to_owned(),
        supplier: head.text(1, "agency")?.to_owned(),
        state: state(&head, 2)?,
        asked: stated.into_iter().next().ok_or(Error::Corrupt {
            what: "terms of a grant",
        })?,
        granted,
        due: head.opt_day(4, "day")?,
    };
    Ok(Some((grant, head.int(3, "number of a move")?)))
}

pub(super) fn step(row: &Row) -> Result<GrantStep> {
    let what = GrantMove::parse(row.text(0, "move")?);
    let party = Party::parse(row.text(2, "party")?);
    Ok(GrantStep {
        what: what.ok_or(Error::Corrupt { what: "move" })?,
        state: state(row, 1)?,
        party: party.ok_or(Error::Corrupt { what: "party" })?,
        at: Instant(row.int(3, "instant")?),
        by: AccountId(row.bytes(4, "account id")?),
        reason: row.text(5, "reason")?.to_owned(),
        due: row.opt_day(6, "day")?,
    })
}

fn state(row: &Row, place: usize) -> Result<GrantState> {
    GrantState::parse(row.text(place, "state of a grant")?).ok_or(Error::Corrupt {
        what: "state of a grant",
    })
}

fn terms(row: &Row) -> Result<Terms> {
    let words = |place: usize| -> Result<BTreeSet<String>> {
        let text = row.text(place, "terms of a grant")?;
        Ok(text.split_ascii_whitespace().map(str::to_owned).collect())
    };
    let items = Items::parse(row.text(0, "items")?);
    let mut kinds = BTreeSet::new();
    for code in words(2)? {
        let kind = SubjectKind::parse(&code);
        kinds.insert(kind.ok_or(Error::Corrupt { what: "kind" })?);
    }
    let units = row.text(6, "units")?.split(BETWEEN_UNITS);
    Ok(Terms {
        items: items.map_err(|_| Error::Corrupt { what: "items" })?,
        purposes: words(1)?,
        kinds,
        basis: row.text(3, "basis")?.to_owned(),
        power: row.opt_text(4).map(str::to_owned),
        impact: row.opt_text(5).map(str::to_owned),
        units: units
            .filter(|unit| !unit.is_empty())
            .map(str::to_owned)
            .collect(),
        areas: words(7)?,
        from: row.day(8, "first day")?,
        until: row.day(9, "last day")?,
        per_day: row.small(10, "count")?,
        in_all: row.small(11, "count")?,
    })
}

/// Writes terms and gives their texts in the order of the columns, for the move's event.
pub(super) async fn write_terms(
    tx: &mut Tx,
    id: GrantId,
    seq: i64,
    terms: &Terms,
) -> Result<Vec<String>> {
    let items = terms.items.to_string();
    let joined = |texts: &BTreeSet<String>, between: &str| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        texts.join(between)
    };
    let purposes = joined(&terms.purposes, " ");
    let kinds: Vec<&str> = terms.kinds.iter().map(|kind| kind.code()).collect();
    let kinds = kinds.join(" ");
    let (units, areas) = (
        joined(&terms.units, BETWEEN_UNITS),
        joined(&terms.areas, " "),
    );
    let values = [
        Val::Bytes(&id.0),
        Val::Int(seq),
        Val::Text(&items),
        Val::Text(&purposes),
        Val::Text(&kinds),
        Val::Text(&terms.basis),
        Val::opt_text(terms.power.as_deref()),
        Val::opt_text(terms.impact.as_deref()),
        Val::Text(&units),
        Val::Text(&areas),
        Val::Day(terms.from),
        Val::Day(terms.until),
        Val::count(terms.per_day.into()),
        Val::count(terms.in_all.into()),
    ];
    tx.exec(sql::TERMS_NEW, &values).await?;
    let power = terms.power.clone().unwrap_or_default();
    let impact = terms.impact.clone().unwrap_or_default();
    Ok(vec![
        items,
        purposes,
        kinds,
        terms.basis.clone(),
        power,
        impact,
        units,
        areas,
        terms.from.to_string(),
        terms.until.to_string(),
        terms.per_day.to_string(),
        terms.in_all.to_string(),
    ])
}

//! Reports that were issued on the subject, for the subject alone: how each stands today and, where it
//! is not current any more, what kind of change that was. Third parties learn one bit of it
//! ([`crate::report::standing`]).

use super::ground;
use crate::error::{Error, Result};
use crate::office::{Office, date_of};
use crate::people::mandate;
use crate::people::session::Actor;
use crate::report::issue::open_body;
use crate::report::standing::{read_ask, same};
use crate::report::{self, Ask, file};
use credit::people::MyAction;
use credit::subject::SubjectId;
use jiff::civil::Date;
use policy::{CaseNumber, Dossier, Officer, Permit, Purpose};
use serde_json::Value;
use std::collections::BTreeMap;
use store::Issue;

/// Issues that are listed, the newest first. Each that has ended is held against today's report: a read
/// of the subject each, 20 × 2 ms.
const LISTED: u32 = 20;

/// An issued report as its subject sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// The number printed on it.
    pub number: String,
    /// The day on which it was issued.
    pub on: Date,
    /// Through which permit it was read: the public's, or the subject's own.
    pub purpose: Purpose,
    /// What changed since. `None`: it is valid; empty: something that no line of the report shows.
    pub changes: Option<Vec<Change>>,
}

/// A kind of change, with how many facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Name or codes of the subject.
    Who,
    /// Today's report states facts that it did not.
    Added(u64),
    /// Facts have ended, were repaired or removed, or are not shown any more.
    Left(u64),
    /// Facts were corrected or marked, or stand otherwise.
    Changed(u64),
}

/// The newest reports that were issued on the subject. Reading them is a look at the subject's own file
/// and is written down.
///
/// # Errors
/// As [`super::file`].
pub async fn reports(office: &Office, actor: &Actor, own: &str) -> Result<Vec<Mine>> {
    let own = mandate::mine(office, actor, own, MyAction::File).await?;
    let ground = ground(actor, &own)?;
    let root = office.store.subject_root(own.subject).await?;
    let (officer, case) = ground.clone();
    report::own_dossier(office, root, officer, case).await?;
    let mut rows = office.store.report_list(root, LISTED).await?;
    if root != own.subject {
        // Issued before a decision joined the subject to another.
        rows.extend(office.store.report_list(own.subject, LISTED).await?);
    }
    let mut told = Vec::new();
    for (row, sealed) in rows {
        let changes = if same(office, &row).await? {
            None
        } else {
            let signature = open_body(office, &row, sealed.as_deref())?;
            let then = signature.map(|text| file::kept(&text)).transpose()?;
            let then = then.map_or(Value::Null, |signed| signed.report);
            let ask = read_ask(&row.ask);
            let today = today(office, root, &row, &ask, &ground).await?;
            Some(between(&then, &today))
        };
        told.push(Mine {
            on: date_of(row.at),
            number: row.number,
            purpose: row.purpose,
            changes,
        });
    }
    Ok(told)
}

/// Today's report on the same question; null where there is none any more.
async fn today(
    office: &Office,
    root: SubjectId,
    row: &Issue,
    ask: &Ask,
    (officer, case): &(Officer, CaseNumber),
) -> Result<Value> {
    let permit = match row.purpose {
        Purpose::OwnReport => Permit::own(office.nonce(), root, officer.clone(), case.clone()),
        _ => Permit::public(root),
    };
    match report::open(office, permit, ask.as_of).await {
        Ok(dossier) => Ok(tree(office, &dossier, ask)),
        Err(Error::NotFound) => Ok(Value::Null),
        Err(error) => Err(error),
    }
}

fn tree(office: &Office, dossier: &Dossier, ask: &Ask) -> Value {
    views::report::tree(&report::make(office, dossier, ask))
}

/// The kinds of change between two reports, as their trees have it.
fn between(then: &Value, today: &Value) -> Vec<Change> {
    let (before, after) = (entries(then), entries(today));
    let (mut left, mut changed) = (0, 0);
    for (record, entry) in &before {
        match after.get(record) {
            None => left += 1,
            Some(now) if now != entry => changed += 1,
            Some(_) => {}
        }
    }
    let added = after.keys().filter(|record| !before.contains_key(*record));
    let added = added.count() as u64;
    let who = then["subject"] != today["subject"] && !today.is_null() && !then.is_null();
    [
        (u64::from(who), Change::Who),
        (added, Change::Added(added)),
        (left, Change::Left(left)),
        (changed, Change::Changed(changed)),
    ]
    .into_iter()
    .filter_map(|(count, change)| (count > 0).then_some(change))
    .collect()
}

/// Entries by their record.
fn entries(report: &Value) -> BTreeMap<&str, &Value> {
    let sections = report["sections"].as_array().into_iter().flatten();
    sections
        .flat_map(|section| section["entries"].as_array().into_iter().flatten())
        .filter_map(|entry| Some((entry["record"].as_str()?, entry)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, between};
    use serde_json::{Value, json};

    fn report(name: &str, entries: &[(&str, &str)]) -> Value {
        let entries: Vec<Value> = entries
            .iter()
            .map(|(record, state)| json!({ "record": record, "state": state }))
            .collect();
        json!({ "subject": { "name": name }, "sections": [{ "entries": entries }] })
    }

    #[test]
    fn each_kind_of_change_is_told_with_how_many() {
        let then = report("A", &[("1", "in force"), ("2", "in force"), ("3", "x")]);
        let today = report("B", &[("1", "in force"), ("2", "contested"), ("4", "x")]);
        let expected = [
            Change::Who,
            Change::Added(1),
            Change::Left(1),
            Change::Changed(1),
        ];
        assert_eq!(between(&then, &today), expected);
        assert_eq!(between(&then, &then), []);
        // A subject of whom nothing is shown any more.
        assert_eq!(between(&then, &Value::Null), [Change::Left(3)]);
        // A text that was erased tells no more than that there are facts today.
        assert_eq!(between(&Value::Null, &today), [Change::Added(3)]);
    }
}

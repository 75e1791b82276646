//! What a clerk sees of a subject to tell it from another: names, numbers, days, who supplies and
//! how many records. Never what the records say.

use crate::error::Result;
use crate::slice::identifier;
use crate::sql::{membership as sql, subject as subject_sql};
use crate::store::{Store, transact};
use crate::subject::members;
use crate::tx::{Tx, Val};
use credit::identifier::Identifier;
use credit::subject::{SubjectId, SubjectKind};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A subject as evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// The subject.
    pub subject: SubjectId,
    /// Its kind.
    pub kind: SubjectKind,
    /// Its names with the first day each was stated for, newest first.
    pub names: Vec<(Date, String)>,
    /// Its identifiers.
    pub identifiers: Vec<Identifier>,
    /// Mentions that make it.
    pub mentions: usize,
    /// Its records by supplier and theme.
    pub holdings: Vec<Holding>,
}

/// Records of one supplier and theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Code of the supplier.
    pub supplier: String,
    /// Code of the theme.
    pub theme: String,
    /// How many records.
    pub records: u64,
    /// The earliest day for which one is stated.
    pub from: Date,
    /// The latest.
    pub to: Date,
}

impl Store {
    /// Cards of the subjects of some mentions; a mention that is not on file has none.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn cards(&self, mentions: &[SubjectId]) -> Result<Vec<Card>> {
        transact!(self, Read, "cards", tx => {
            let mut cards = Vec::with_capacity(mentions.len());
            let mut failed = None;
            for one in mentions {
                match card(&mut tx, *one).await {
                    Ok(card) => cards.extend(card),
                    Err(error) => { failed = Some(error); break; }
                }
            }
            failed.map_or(Ok(cards), Err)
        })
    }
}

async fn card(tx: &mut Tx, mention: SubjectId) -> Result<Option<Card>> {
    let root = crate::subject::root(tx, mention).await?;
    let mentions = members(tx, root).await?;
    let keys: Vec<Val<'_>> = mentions.iter().map(|one| Val::Bytes(&one.0)).collect();
    let mut kind = None;
    let mut names: BTreeMap<String, Date> = BTreeMap::new();
    let mut identifiers = Vec::new();
    for row in tx.each(&subject_sql::MENTION, &keys).await? {
        let own = SubjectKind::parse(row.text(1, "kind")?);
        kind = kind.or(own);
        name(&mut names, row.text(2, "name")?, row.day(3, "day")?);
        identifiers.extend(identifier(&row, 4)?);
    }
    let Some(kind) = kind else { return Ok(None) };
    for row in tx.each(&subject_sql::NAMES, &keys).await? {
        name(&mut names, row.text(1, "name")?, row.day(2, "day")?);
    }
    for row in tx.each(&subject_sql::IDENTIFIERS, &keys).await? {
        identifiers.extend(identifier(&row, 1)?);
    }
    identifiers.sort();
    identifiers.dedup();
    let mut names: Vec<(Date, String)> = names.into_iter().map(|(name, day)| (day, name)).collect();
    names.sort_by(|one, other| other.cmp(one));
    Ok(Some(Card {
        subject: root,
        kind,
        names,
        identifiers,
        mentions: mentions.len(),
        holdings: holdings(tx, &mentions).await?,
    }))
}

fn name(names: &mut BTreeMap<String, Date>, name: &str, day: Date) {
    if !name.is_empty() {
        let first = names.entry(name.to_owned()).or_insert(day);
        *first = (*first).min(day);
    }
}

async fn holdings(tx: &mut Tx, mentions: &[SubjectId]) -> Result<Vec<Holding>> {
    let mut all: BTreeMap<(String, String), Holding> = BTreeMap::new();
    for one in mentions {
        for row in tx.rows(sql::HELD_BY, &[Val::Bytes(&one.0)]).await? {
            let key = (
                row.text(0, "supplier")?.to_owned(),
                row.text(1, "theme")?.to_owned(),
            );
            let (records, from, to) = (
                row.count(2, "count")?,
                row.day(3, "day")?,
                row.day(4, "day")?,
            );
            let held = all.entry(key.clone()).or_insert(Holding {
                supplier: key.0,
                theme: key.1,
                records: 0,
                from,
                to,
            });
            held.records += records;
            held.from = held.from.min(from);
            held.to = held.to.max(to);
        }
    }
    Ok(all.into_values().collect())
}

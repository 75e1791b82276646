//! Facts of two suppliers on one document: in which items they differ. Codes of items come out, no value.

use crate::error::{Error, Result};
use crate::slice::{change, place};
use crate::sql::legal as sql;
use crate::store::{Store, transact};
use crate::tx::{Tx, Val};
use credit::record::Change;
use credit::subject::{DocumentId, RecordId, SubjectId};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A fact whose document somebody else may have stated as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwinAsk {
    /// The mention.
    pub subject: SubjectId,
    /// The fact.
    pub record: RecordId,
    /// Its document.
    pub document: DocumentId,
}

/// A fact of another supplier on the same document, and in what it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The fact that was asked for.
    pub asked: TwinAsk,
    /// The other fact.
    pub other: RecordId,
    /// Who states it.
    pub supplier: String,
    /// Codes of the items that both fill and in which they differ; never empty.
    pub items: Vec<String>,
}

impl Store {
    /// For each of some facts of a supplier's theme the facts of others on the same document that differ in
    /// one of some items. Both must be in force.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn twins(
        &self,
        (theme, supplier): (&str, &str),
        asked: &[TwinAsk],
        items: &[&str],
    ) -> Result<Vec<Twin>> {
        transact!(self, Read, "twins", tx => {
            twins(&mut tx, (theme, supplier), asked, items).await
        })
    }
}

async fn twins(
    tx: &mut Tx,
    (theme, supplier): (&str, &str),
    asked: &[TwinAsk],
    items: &[&str],
) -> Result<Vec<Twin>> {
    let keys = asked.iter().flat_map(|one| {
        [
            Val::Bytes(&one.subject.0),
            Val::Bytes(&one.document.0),
            Val::Bytes(&one.record.0),
        ]
    });
    let keys: Vec<Val<'_>> = keys.collect();
    let mut others: BTreeMap<(usize, RecordId), String> = BTreeMap::new();
    for row in tx.each(&sql::TWINS, &keys).await? {
        let by = row.text(2, "supplier")?;
        if by != supplier && row.text(3, "theme")? == theme {
            let other = RecordId(row.bytes(1, "record id")?);
            others.insert((place(&row)?, other), by.to_owned());
        }
    }
    let mut found = Vec::new();
    let mut met = BTreeSet::new();
    for ((at, other), by) in others {
        let Some(one) = asked.get(at).filter(|one| met.insert((one.record, other))) else {
            continue;
        };
        let own = content(tx, one.subject, one.record).await?;
        let theirs = content(tx, one.subject, other).await?;
        let Some((own, theirs)) = own.zip(theirs) else {
            continue;
        };
        let differ = items.iter().filter(|item| differ(&own, &theirs, item));
        let items: Vec<String> = differ.map(|item| (*item).to_owned()).collect();
        if !items.is_empty() {
            found.push(Twin {
                asked: *one,
                other,
                supplier: by,
                items,
            });
        }
    }
    Ok(found)
}

/// Whether both fill an item and differ in it.
fn differ(own: &Value, theirs: &Value, item: &str) -> bool {
    let text = |body: &Value| {
        let text = body[item].as_str().unwrap_or_default().trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    text(own)
        .zip(text(theirs))
        .is_some_and(|(own, theirs)| own != theirs)
}

/// What a fact says, where it is in force and nothing of it waits.
async fn content(tx: &mut Tx, subject: SubjectId, record: RecordId) -> Result<Option<Value>> {
    let key = [Val::Bytes(&subject.0), Val::Bytes(&record.0)];
    let Some(row) = tx.one(sql::CONTENT, &key).await? else {
        return Ok(None);
    };
    let stands = change(&row, 0)? == Change::Stated && row.opt_text(1).is_none();
    let Some(body) = row.opt_text(2).filter(|_| stands) else {
        return Ok(None);
    };
    let read = serde_json::from_str(body);
    read.map(Some).map_err(|_| Error::Corrupt { what: "body" })
}

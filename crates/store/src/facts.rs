//! Reading everything held on one subject, for sealing.

use crate::error::{Error, Result};
use crate::slice::{change, identifier, place};
use crate::sql::subject as sql;
use crate::sql::submission;
use crate::subject::members;
use crate::tx::{Row, Tx, Val};
use credit::clock::Severity;
use credit::identifier::Identifier;
use credit::record::{DocumentClock, Facts, Instant, Record, Subject, Version};
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::Date;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// What of a submission its versions need.
#[derive(Clone)]
struct Origin {
    id: SubmissionId,
    theme: String,
    supplier: String,
    edition: String,
}

/// A version with its record and origin, before it is sorted into place.
struct Found {
    record: RecordId,
    origin: Arc<Origin>,
    version: Version,
    document: Option<DocumentId>,
}

/// Everything held on a subject; `None` where there is no such mention.
pub(crate) async fn read(tx: &mut Tx, id: SubjectId) -> Result<Option<Facts>> {
    let mentions = members(tx, id).await?;
    let keys: Vec<Val<'_>> = mentions.iter().map(|one| Val::Bytes(&one.0)).collect();
    let Some(subject) = subject(tx, id, &mentions, &keys).await? else {
        return Ok(None);
    };
    let rows = tx.each(&sql::VERSIONS, &keys).await?;
    let origins = origins(tx, &rows).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        found.push(version(row, &origins)?);
    }
    clocks(tx, &mut found).await?;
    Ok(Some(Facts {
        subject,
        records: records(found),
    }))
}

/// Who a subject is: kind and identifiers of its mentions, its latest name and the others.
async fn subject(
    tx: &mut Tx,
    id: SubjectId,
    mentions: &[SubjectId],
    keys: &[Val<'_>],
) -> Result<Option<Subject>> {
    let mut kind = None;
    let mut names: Vec<(Date, String)> = Vec::new();
    let mut identifiers: BTreeSet<Identifier> = BTreeSet::new();
    for row in tx.each(&sql::MENTION, keys).await? {
        let own =
            SubjectKind::parse(row.text(1, "kind")?).ok_or(Error::Corrupt { what: "kind" })?;
        if kind.is_none() || mentions.get(place(&row)?) == Some(&id) {
            kind = Some(own);
        }
        names.push((row.day(3, "day")?, row.text(2, "name")?.to_owned()));
        if let Some(own) = identifier(&row, 4)? {
            identifiers.extend(own.org_code());
            identifiers.insert(own);
        }
    }
    let Some(kind) = kind else { return Ok(None) };
    for row in tx.each(&sql::NAMES, keys).await? {
        names.push((row.day(2, "day")?, row.text(1, "name")?.to_owned()));
    }
    for row in tx.each(&sql::IDENTIFIERS, keys).await? {
        identifiers.extend(identifier(&row, 1)?);
    }
    let mut names = newest_first(names).into_iter();
    Ok(Some(Subject {
        id,
        kind,
        name: names.next().unwrap_or_default(),
        other_names: names.collect(),
        identifiers: identifiers.into_iter().collect(),
    }))
}

/// Each name once, the latest first; the empty name of a claim without one last of all.
fn newest_first(mut names: Vec<(Date, String)>) -> Vec<String> {
    names.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let mut met = BTreeSet::new();
    let names = names.into_iter().map(|(_, name)| name);
    names
        .filter(|name| !name.is_empty() && met.insert(name.clone()))
        .collect()
}

async fn origins(tx: &mut Tx, rows: &[Row]) -> Result<HashMap<i64, Arc<Origin>>> {
    let mut origins = HashMap::new();
    for row in rows {
        let number = row.int(3, "submission number")?;
        if let Entry::Vacant(free) = origins.entry(number) {
            free.insert(Arc::new(origin(tx, number).await?));
        }
    }
    Ok(origins)
}

async fn origin(tx: &mut Tx, number: i64) -> Result<Origin> {
    let row = tx
        .one(submission::ORIGIN, &[Val::Int(number)])
        .await?
        .ok_or(Error::Corrupt { what: "submission" })?;
    Ok(Origin {
        id: SubmissionId(row.bytes(0, "submission id")?),
        supplier: row.text(1, "supplier")?.to_owned(),
        theme: row.text(2, "theme")?.to_owned(),
        edition: row.text(3, "edition")?.to_owned(),
    })
}

fn version(row: &Row, origins: &HashMap<i64, Arc<Origin>>) -> Result<Found> {
    let origin = origins
        .get(&row.int(3, "submission number")?)
        .ok_or(Error::Corrupt { what: "submission" })?;
    let severity = row
        .opt_text(8)
        .map(|code| Severity::parse(code).ok_or(Error::Corrupt { what: "severity" }))
        .transpose()?;
    let settled_by_answer = row.opt_int(12).is_some();
    Ok(Found {
        record: RecordId(row.bytes(1, "record id")?),
        origin: Arc::clone(origin),
        document: row.opt_bytes(7, "document id")?.map(DocumentId),
        version: Version {
            seq: row.small(2, "version number")?,
            known_at: Instant(row.int(4, "instant")?),
            stated_on: row.day(5, "day")?,
            change: change(row, 6)?,
            values: values(row.opt_text(11))?,
            document: None,
            severity,
            theme_version: origin.edition.clone(),
            submission: origin.id,
            late: row.flag(9, "flag")?,
            held: row
                .opt_text(10)
                .filter(|_| !settled_by_answer)
                .map(str::to_owned),
        },
    })
}

/// Item codes and texts of a body; none for removals and after erasure.
fn values(body: Option<&str>) -> Result<Vec<(String, String)>> {
    let Some(body) = body else {
        return Ok(Vec::new());
    };
    let map: BTreeMap<String, String> =
        serde_json::from_str(body).map_err(|_| Error::Corrupt { what: "body" })?;
    Ok(map.into_iter().collect())
}

/// Puts the clocks of legal documents on the versions that rest on them.
async fn clocks(tx: &mut Tx, found: &mut [Found]) -> Result<()> {
    let ids: Vec<DocumentId> = found
        .iter()
        .filter_map(|one| one.document)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let keys: Vec<Val<'_>> = ids.iter().map(|id| Val::Bytes(&id.0)).collect();
    let mut started: HashMap<DocumentId, Date> = HashMap::new();
    for row in tx.each(&sql::DOCUMENTS, &keys).await? {
        if let Some(id) = ids.get(place(&row)?) {
            started.insert(*id, row.day(1, "day")?);
        }
    }
    for one in found {
        one.version.document = one.document.and_then(|id| {
            let started_on = *started.get(&id)?;
            Some(DocumentClock { id, started_on })
        });
    }
    Ok(())
}

/// Sorts versions into records, by theme, then record; a record that came back to a mention of
/// the same subject is one record with one history.
fn records(found: Vec<Found>) -> Vec<Record> {
    let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
    for one in found {
        let record = records.entry(one.record).or_insert_with(|| Record {
            id: one.record,
            theme: one.origin.theme.clone(),
            supplier: one.origin.supplier.clone(),
            versions: Vec::new(),
        });
        record.versions.push(one.version);
    }
    let mut records: Vec<Record> = records.into_values().collect();
    for record in &mut records {
        record.versions.sort_by_key(|version| version.seq);
    }
    records.sort_by(|one, other| one.theme.cmp(&other.theme).then(one.id.cmp(&other.id)));
    records
}

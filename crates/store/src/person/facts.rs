//! Reading what is held on one person, for one permit that names officer and case.

use super::{BODY, KEY, body_row};
use crate::error::{Error, Result};
use crate::slice::change;
use crate::sql::person as sql;
use crate::store::{Store, transact};
use crate::tx::{Row, Tx, Val};
use credit::clock::Severity;
use credit::record::{DocumentClock, Facts, Instant, Record, Subject, Version};
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use policy::{Access, Permit, Sealed};
use seal::{DataKey, Ring, Wrapped};
use std::collections::BTreeMap;

impl Store {
    /// The person of a blind index.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_find(&self, system: &str, digest: &[u8; 32]) -> Result<Option<SubjectId>> {
        transact!(self, Read, "person_find", tx => {
            let row = tx.one(sql::FIND, &[Val::Text(system), Val::Bytes(digest)]).await;
            row.and_then(|row| row.map(|row| row.bytes(0, "subject id").map(SubjectId)).transpose())
        })
    }

    /// Whether a submission, or one row of it, stated something of a person.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn person_brought(&self, of: &SubmissionId, row: Option<u64>) -> Result<bool> {
        let row = row.map_or(Val::Int(-1), Val::count);
        transact!(self, Read, "person_brought", tx => {
            let found = tx.one(sql::BROUGHT, &[Val::Bytes(&of.0), row]).await;
            found.map(|found| found.is_some())
        })
    }

    /// Everything held on the permit's person, opened with the ring and sealed for that permit. The
    /// look is written in the same transaction, whether anything is on file or not, and a notice of it
    /// is owed. A permit without a look to log opens nothing of a person: `None`, as for an unknown one.
    ///
    /// # Errors
    /// [`Error::Conflict`] when a permit is used twice; [`Error::Corrupt`] when something does not open.
    pub async fn person_facts(
        &self,
        permit: &Permit,
        ring: &Ring,
        at: Instant,
    ) -> Result<Option<Sealed<Facts>>> {
        let Some(access) = permit.access() else {
            return Ok(None);
        };
        let facts = transact!(self, Write, "person_facts", tx => {
            read_logged(&mut tx, &access, ring, at).await
        })?;
        Ok(facts.map(|facts| self.sealed(permit, facts, at)))
    }
}

async fn read_logged(
    tx: &mut Tx,
    access: &Access,
    ring: &Ring,
    at: Instant,
) -> Result<Option<Facts>> {
    crate::subject::log(tx, access, at).await?;
    let facts = read(tx, access.subject, ring).await?;
    if facts.is_some() {
        owe(tx, access.subject, &access.permit, at).await?;
    }
    Ok(facts)
}

/// Owes a person the notice of a look.
pub(crate) async fn owe(
    tx: &mut Tx,
    person: SubjectId,
    permit: &[u8; 16],
    at: Instant,
) -> Result<()> {
    let notice = [
        Val::Bytes(&person.0),
        Val::Bytes(permit),
        Val::Text("looked-up"),
        Val::Int(at.0),
    ];
    tx.bulk(&sql::NEW_NOTICES, &notice).await.map(drop)
}

/// Everything held on a person, opened with the ring, for a permit of the same transaction that is
/// logged in it. `None`: nobody of that number is on file.
pub(crate) async fn read(tx: &mut Tx, subject: SubjectId, ring: &Ring) -> Result<Option<Facts>> {
    let Some(row) = tx.one(sql::KEY, &[Val::Bytes(&subject.0)]).await? else {
        return Ok(None);
    };
    let wrapped = Wrapped {
        number: row.small(0, "number of a key")?,
        bytes: row.opt_blob(1).ok_or(Error::Corrupt { what: "key" })?,
    };
    let key = ring.open(KEY, &subject.0, &wrapped);
    let key = key.map_err(|_| Error::Corrupt { what: "sealed key" })?;
    let mut found = Vec::new();
    for row in tx.rows(sql::VERSIONS, &[Val::Bytes(&subject.0)]).await? {
        found.push(version(&row, subject, &key)?);
    }
    clocks(tx, &mut found).await?;
    Ok(Some(facts(subject, found)))
}

/// A version, its record and origin, and the name it tells.
struct Found {
    record: RecordId,
    supplier: String,
    theme: String,
    name: String,
    document: Option<DocumentId>,
    version: Version,
}

fn version(row: &Row, subject: SubjectId, key: &DataKey) -> Result<Found> {
    let record = RecordId(row.bytes(0, "record id")?);
    let seq = row.small(1, "version number")?;
    let mut told = match row.opt_blob(6) {
        Some(sealed) => opened(key, &body_row(subject, record, seq), &sealed)?,
        None => BTreeMap::new(),
    };
    let mut take = |name: &str| told.remove(name).filter(|text| !text.is_empty());
    let severity = take("severity").map(|code| Severity::parse(&code).ok_or(BODY_CORRUPT));
    let document = take("document").map(|id| DocumentId::parse(&id).ok_or(BODY_CORRUPT));
    let values = take("values").map(|text| values(&text)).transpose()?;
    Ok(Found {
        record,
        supplier: row.text(7, "supplier")?.to_owned(),
        theme: row.text(8, "theme")?.to_owned(),
        name: take("name").unwrap_or_default(),
        document: document.transpose()?,
        version: Version {
            seq,
            known_at: Instant(row.int(3, "instant")?),
            stated_on: row.day(4, "day")?,
            change: change(row, 5)?,
            values: values.unwrap_or_default(),
            document: None,
            severity: severity.transpose()?,
            theme_version: row.text(9, "edition")?.to_owned(),
            submission: SubmissionId(row.bytes(2, "submission id")?),
            late: take("late").is_some(),
            held: take("held"),
        },
    })
}

const BODY_CORRUPT: Error = Error::Corrupt {
    what: "sealed body",
};

fn opened(key: &DataKey, row: &[u8], sealed: &[u8]) -> Result<BTreeMap<String, String>> {
    let body = key.open(BODY, row, sealed).map_err(|_| BODY_CORRUPT)?;
    serde_json::from_slice(&body).map_err(|_| BODY_CORRUPT)
}

fn values(text: &str) -> Result<Vec<(String, String)>> {
    let map: BTreeMap<String, String> = serde_json::from_str(text).map_err(|_| BODY_CORRUPT)?;
    Ok(map.into_iter().collect())
}

/// Puts the clocks of legal documents on the versions that rest on them.
async fn clocks(tx: &mut Tx, found: &mut [Found]) -> Result<()> {
    let ids: Vec<DocumentId> = found.iter().filter_map(|one| one.document).collect();
    let asked: Vec<Val<'_>> = ids.iter().map(|id| Val::Bytes(&id.0)).collect();
    let rows = tx.each(&crate::sql::subject::DOCUMENTS, &asked).await?;
    let mut slots = found.iter_mut().filter(|one| one.document.is_some());
    let mut started = vec![None; ids.len()];
    for row in rows {
        if let Some(slot) = started.get_mut(crate::slice::place(&row)?) {
            *slot = Some(row.day(1, "day")?);
        }
    }
    for started_on in started {
        let Some(one) = slots.next() else { break };
        one.version.document = one
            .document
            .zip(started_on)
            .map(|(id, started_on)| DocumentClock { id, started_on });
    }
    Ok(())
}

/// The person by the newest name, and the records. Numbers are not read: the lock lets none out.
fn facts(id: SubjectId, mut found: Vec<Found>) -> Facts {
    let newest = found.iter().max_by_key(|one| {
        let version = &one.version;
        (version.stated_on, version.known_at, version.seq)
    });
    let name = newest.map(|one| one.name.clone()).unwrap_or_default();
    let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
    found.sort_by_key(|one| (one.record, one.version.seq));
    for one in found {
        let record = records.entry(one.record).or_insert_with(|| Record {
            cases: Vec::new(),
            id: one.record,
            theme: one.theme,
            supplier: String::new(),
            versions: Vec::new(),
        });
        record.supplier = one.supplier;
        record.versions.push(one.version);
    }
    let mut records: Vec<Record> = records.into_values().collect();
    records.sort_by(|one, other| one.theme.cmp(&other.theme).then(one.id.cmp(&other.id)));
    Facts {
        subject: Subject {
            id,
            kind: SubjectKind::NaturalPerson,
            name,
            other_names: Vec::new(),
            identifiers: Vec::new(),
        },
        records,
    }
}

//! Persons' rows of a slice: what is known of them, and how what was decided is written.

use super::{NewPersonVersion, PersonHead, PersonPlan};
use crate::error::{Error, Result};
use crate::plan::{Seen, SliceKey};
use crate::slice::place;
use crate::sql::{notice as notices, person as sql};
use crate::submission::Frame;
use crate::tx::{Tx, Val};
use credit::notice::{Addressee, NoticeKind};
use credit::record::Instant;
use credit::subject::{RecordId, SubjectId};
use seal::Wrapped;
use std::collections::{BTreeMap, BTreeSet};

/// Reads what is known of persons and of records on them. A row on an organisation learns whether its
/// record is a person's.
pub(crate) async fn seen(
    tx: &mut Tx,
    frame: &Frame,
    keys: &[SliceKey<'_>],
    seen: &mut [Seen],
) -> Result<()> {
    heads(tx, frame, keys, seen).await?;
    let persons: Vec<usize> = (0..keys.len())
        .filter(|at| keys.get(*at).is_some_and(|key| key.person))
        .collect();
    if persons.is_empty() {
        return Ok(());
    }
    let of = |at: &usize| keys.get(*at);
    let subjects: Vec<Val<'_>> = persons
        .iter()
        .filter_map(of)
        .map(|key| Val::Bytes(&key.mention.0))
        .collect();
    let mut repeats = Vec::with_capacity(persons.len() * 4);
    for key in persons.iter().filter_map(of) {
        repeats.extend([
            Val::Bytes(&key.mention.0),
            Val::Bytes(&key.record.0),
            Val::Bytes(&key.digest),
            Val::Day(key.stated_on),
        ]);
    }
    let asked: [(&crate::tx::Each, &[Val<'_>]); 3] = [
        (&sql::KEYS, &subjects),
        (&sql::ERASED, &subjects),
        (&sql::REPEATS, &repeats),
    ];
    let answers = tx.gather(&asked).await?;
    for (kind, rows) in answers.iter().enumerate() {
        for row in rows {
            let at = persons.get(place(row)?).copied().unwrap_or(usize::MAX);
            let Some(slot) = seen.get_mut(at) else {
                continue;
            };
            match kind {
                0 => slot.person.key = Some(wrapped(row)?),
                1 => slot.person.erased = true,
                _ => slot.person.repeats = true,
            }
        }
    }
    Ok(())
}

/// A wrapped key from columns 1 and 2.
fn wrapped(row: &crate::tx::Row) -> Result<Wrapped> {
    Ok(Wrapped {
        number: row.small(1, "number of a key")?,
        bytes: row.opt_blob(2).ok_or(Error::Corrupt { what: "key" })?,
    })
}

async fn heads(tx: &mut Tx, frame: &Frame, keys: &[SliceKey<'_>], seen: &mut [Seen]) -> Result<()> {
    let mut asked = Vec::with_capacity(keys.len() * 2);
    for key in keys {
        asked.push(Val::Int(frame.source));
        asked.push(Val::Bytes(&key.record.0));
    }
    for row in tx.each(&sql::HEADS, &asked).await? {
        let head = PersonHead {
            subject: SubjectId(row.bytes(1, "subject id")?),
            seq: row.small(2, "version number")?,
            digest: row.bytes(3, "digest")?,
            change: crate::slice::change(&row, 7)?,
            held: row.flag(4, "flag")?,
            stated_on: row.day(5, "day")?,
            seen_now: row.int(6, "submission number")? == frame.number,
        };
        if let Some(slot) = seen.get_mut(place(&row)?) {
            slot.person.head = Some(head);
        }
    }
    Ok(())
}

/// Writes what was decided, and that a notice is owed for each version, in the slice's transaction.
pub(crate) async fn write(
    tx: &mut Tx,
    frame: &Frame,
    at: Instant,
    plan: &PersonPlan,
) -> Result<()> {
    if plan.unsealed {
        return Err(Error::Conflict(
            "a person's key does not open with this key ring; put the ring of this store in its place",
        ));
    }
    keys(tx, frame, at, plan).await?;
    let mut sorted: Vec<&NewPersonVersion> = plan.versions.iter().collect();
    sorted.sort_by_key(|version| (version.subject, version.record, version.seq));
    let (mut rows, mut bodies, mut notices) = (Vec::new(), Vec::new(), Vec::new());
    for version in &sorted {
        let key = [
            Val::Bytes(&version.subject.0),
            Val::Bytes(&version.record.0),
            Val::Int(version.seq.into()),
        ];
        rows.extend(key);
        rows.extend([
            Val::Int(frame.number),
            Val::count(version.row),
            Val::Int(at.0),
            Val::Day(frame.stated_on),
            Val::Text(version.change.code()),
            Val::Bytes(&version.leaf),
        ]);
        bodies.extend(key);
        bodies.extend([
            Val::Bytes(&version.digest),
            Val::Bytes(&version.salt),
            Val::Bytes(&version.sealed),
        ]);
        notices.extend([
            Val::Bytes(&version.subject.0),
            Val::Bytes(version.leaf.get(..16).unwrap_or(&version.leaf)),
            Val::Text("recorded"),
            Val::Int(at.0),
        ]);
    }
    tx.bulk(&sql::NEW_VERSIONS, &rows).await?;
    tx.bulk(&sql::NEW_BODIES, &bodies).await?;
    tx.bulk(&sql::NEW_NOTICES, &notices).await?;
    tell(tx, at, plan, &sorted).await?;
    new_heads(tx, frame, plan).await
}

/// Tells each person of each version in the inbox, and once outside it that there is something, where the
/// person left an address (rights 6).
async fn tell(
    tx: &mut Tx,
    at: Instant,
    plan: &PersonPlan,
    versions: &[&NewPersonVersion],
) -> Result<()> {
    let facts = credit::canon::object(&[("theme", plan.theme.as_str())]);
    let whom = versions.iter();
    let whom: Vec<String> = whom
        .map(|version| Addressee::Subject(version.subject).code())
        .collect();
    let (mut told, mut first) = (Vec::new(), BTreeMap::new());
    for (version, addressee) in versions.iter().zip(&whom) {
        let id = version.leaf.get(..16).unwrap_or(&version.leaf);
        first.entry(version.subject).or_insert(id);
        told.extend([
            Val::Bytes(id),
            Val::Text(addressee),
            Val::Text(NoticeKind::Recorded.code()),
            Val::Text(&facts),
            Val::Int(at.0),
            Val::Int(at.0),
        ]);
    }
    tx.bulk(&notices::TOLD, &told).await?;
    let outside = first.iter();
    let outside: Vec<Val<'_>> = outside
        .flat_map(|(person, id)| [Val::Bytes(id), Val::Bytes(&person.0), Val::Int(at.0)])
        .collect();
    tx.bulk(&notices::TOLD_OUTSIDE, &outside).await.map(drop)
}

/// The keys of the plan's persons: new ones are written, known ones are locked. Where one came or went
/// since it was read, the whole transaction runs again.
async fn keys(tx: &mut Tx, frame: &Frame, at: Instant, plan: &PersonPlan) -> Result<()> {
    let new: BTreeMap<SubjectId, _> = plan.new.iter().map(|one| (one.subject, one)).collect();
    ring_is_newest(tx, plan).await?;
    let (mut keys, mut identifiers) = (Vec::new(), Vec::new());
    for person in new.values() {
        keys.extend([
            Val::Bytes(&person.subject.0),
            Val::Int(person.key.number.into()),
            Val::Bytes(&person.key.bytes),
            Val::Int(at.0),
            Val::Int(frame.number),
        ]);
        identifiers.extend([
            Val::Bytes(&person.subject.0),
            Val::Text(person.system),
            Val::Bytes(&person.digest),
            Val::Bytes(&person.sealed),
        ]);
    }
    if tx.bulk(&sql::NEW_KEYS, &keys).await? != new.len() as u64 {
        return Err(Error::Raced);
    }
    tx.bulk(&sql::NEW_IDENTIFIERS, &identifiers).await?;
    let known: BTreeSet<SubjectId> = plan
        .versions
        .iter()
        .map(|version| version.subject)
        .filter(|subject| !new.contains_key(subject))
        .collect();
    let values: Vec<Val<'_>> = known
        .iter()
        .flat_map(|subject| [Val::Bytes(&subject.0), Val::Int(frame.number)])
        .collect();
    if tx.bulk(&sql::SEEN_KEYS, &values).await? != known.len() as u64 {
        return Err(Error::Raced);
    }
    Ok(())
}

/// Refuses to wrap under a key that a rotation has left behind: this program read the ring before it,
/// and the key may be retired at any time.
async fn ring_is_newest(tx: &mut Tx, plan: &PersonPlan) -> Result<()> {
    let Some(oldest) = plan.new.iter().map(|one| one.key.number).min() else {
        return Ok(());
    };
    let newest = tx.one(sql::KEY_NEWEST, &[]).await?.unwrap_or_default();
    if newest.opt_int(0) > Some(oldest.into()) {
        return Err(Error::Conflict(
            "the key ring was rotated since this program read it; start the program again",
        ));
    }
    Ok(())
}

async fn new_heads(tx: &mut Tx, frame: &Frame, plan: &PersonPlan) -> Result<()> {
    let last: BTreeMap<RecordId, &NewPersonVersion> = plan
        .versions
        .iter()
        .map(|version| (version.record, version))
        .collect();
    let mut values = Vec::new();
    for (record, version) in &last {
        values.extend([
            Val::Int(frame.source),
            Val::Bytes(&record.0),
            Val::Bytes(&version.subject.0),
            Val::Int(version.seq.into()),
            Val::Bytes(&version.digest),
            Val::Text(version.change.code()),
            Val::flag(version.held),
            Val::Day(frame.stated_on),
            Val::Int(frame.number),
        ]);
    }
    if tx.bulk(&sql::NEW_HEADS, &values).await? != last.len() as u64 {
        return Err(Error::Raced);
    }
    let touched: BTreeSet<RecordId> = plan.touched.iter().copied().collect();
    let values: Vec<Val<'_>> = touched
        .iter()
        .flat_map(|record| {
            [
                Val::Int(frame.source),
                Val::Bytes(&record.0),
                Val::Int(frame.number),
            ]
        })
        .collect();
    tx.bulk(&sql::SEEN_HEADS, &values).await?;
    Ok(())
}

//! What is known of every row of a slice: state, holders of its identifiers, namesakes, repeats.

use crate::error::{Error, Result};
use crate::plan::{Head, KnownMention, Namesake, Seen, SliceKey};
use crate::sql::{slice as sql, submission};
use crate::submission::Frame;
use crate::tx::{Row, Tx, Val};
use credit::identifier::{Identifier, System};
use credit::limits::CANDIDATES;
use credit::record::Change;
use credit::subject::{SubjectId, SubjectKind, SubmissionId};
use jiff::civil::Date;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Moves that the search for repeats follows back: a record changes hands once, rarely twice.
const MOVES: usize = 16;

pub(super) async fn seen(
    tx: &mut Tx,
    frame: &Frame,
    submission: &SubmissionId,
    keys: &[SliceKey<'_>],
) -> Result<Vec<Seen>> {
    let mut seen = vec![Seen::default(); keys.len()];
    heads(tx, frame, submission, keys, &mut seen).await?;
    slice_holders(tx, keys, &mut seen).await?;
    further_identifiers(tx, keys, &mut seen).await?;
    known_mentions(tx, keys, &mut seen).await?;
    namesakes(tx, keys, &mut seen).await?;
    repeats(tx, keys, &mut seen).await?;
    crate::person::seen(tx, frame, keys, &mut seen).await?;
    Ok(seen)
}

/// The place in a batch that a row answers.
pub(crate) fn place(row: &Row) -> Result<usize> {
    let number = row.int(0, "number of a key")?;
    usize::try_from(number - 1).map_err(|_| Error::Corrupt {
        what: "number of a key",
    })
}

async fn heads(
    tx: &mut Tx,
    frame: &Frame,
    submission: &SubmissionId,
    keys: &[SliceKey<'_>],
    seen: &mut [Seen],
) -> Result<()> {
    let mut asked = Vec::with_capacity(keys.len() * 2);
    for key in keys {
        asked.push(Val::Int(frame.source));
        asked.push(Val::Bytes(&key.record.0));
    }
    let mut ids = HashMap::from([(frame.number, *submission)]);
    for row in tx.each(&sql::HEADS, &asked).await? {
        let number = row.int(7, "submission number")?;
        let head = Head {
            subject: SubjectId(row.bytes(1, "subject id")?),
            seq: row.small(2, "version number")?,
            digest: row.bytes(3, "digest")?,
            change: change(&row, 4)?,
            held: row.flag(5, "flag")?,
            stated_on: row.day(6, "day")?,
            seen_in: submission_id(tx, &mut ids, number).await?,
        };
        if let Some(seen) = seen.get_mut(place(&row)?) {
            seen.head = Some(head);
        }
    }
    Ok(())
}

async fn submission_id(
    tx: &mut Tx,
    ids: &mut HashMap<i64, SubmissionId>,
    number: i64,
) -> Result<SubmissionId> {
    if let Some(id) = ids.get(&number) {
        return Ok(*id);
    }
    let row = tx.one(submission::ID, &[Val::Int(number)]).await?;
    let id = SubmissionId(row.unwrap_or_default().bytes(0, "submission id")?);
    ids.insert(number, id);
    Ok(id)
}

pub(crate) fn change(row: &Row, place: usize) -> Result<Change> {
    Change::parse(row.text(place, "change")?).ok_or(Error::Corrupt { what: "change" })
}

async fn slice_holders(tx: &mut Tx, keys: &[SliceKey<'_>], seen: &mut [Seen]) -> Result<()> {
    let asked: Vec<(usize, &Identifier)> = keys
        .iter()
        .enumerate()
        .flat_map(|(place, key)| key.identifiers.iter().map(move |one| (place, one)))
        .collect();
    let identifiers: Vec<&Identifier> = asked.iter().map(|(_, one)| *one).collect();
    let found = holders(tx, &identifiers).await?;
    for ((place, identifier), holder) in asked.into_iter().zip(found) {
        if let (Some(seen), Some(holder)) = (seen.get_mut(place), holder) {
            seen.holders.push((identifier.clone(), holder));
        }
    }
    Ok(())
}

/// Where only a part of a row's identifiers is known, the others of who holds it are read too:
/// without them a branch whose unified code contains its parent's organisation code would pass
/// for the parent.
async fn further_identifiers(tx: &mut Tx, keys: &[SliceKey<'_>], seen: &mut [Seen]) -> Result<()> {
    let mut asked: Vec<(usize, SubjectId)> = Vec::new();
    for (place, (key, seen)) in keys.iter().zip(seen.iter()).enumerate() {
        let strongest = key.identifiers.first();
        let whole = seen.holders.iter().any(|(one, _)| Some(one) == strongest);
        if !whole {
            asked.extend(seen.holders.iter().map(|(_, holder)| (place, *holder)));
        }
    }
    asked.dedup();
    let asked = with_members(tx, asked).await?;
    let holders: Vec<Val<'_>> = asked.iter().map(|(_, one, _)| Val::Bytes(&one.0)).collect();
    for statement in [&sql::OWN_IDENTIFIER, &sql::EXTRA_IDENTIFIERS] {
        for row in tx.each(statement, &holders).await? {
            let Some((at, _, holder)) = asked.get(place(&row)?) else {
                continue;
            };
            if let (Some(identifier), Some(seen)) = (identifier(&row, 1)?, seen.get_mut(*at))
                && seen.holders.iter().all(|(known, _)| *known != identifier)
            {
                seen.holders.push((identifier, *holder));
            }
        }
    }
    Ok(())
}

/// The mentions of each subject, each with its row and its root: a merged mention's number
/// contradicts as its root's own does.
async fn with_members(
    tx: &mut Tx,
    asked: Vec<(usize, SubjectId)>,
) -> Result<Vec<(usize, SubjectId, SubjectId)>> {
    let mut known: HashMap<SubjectId, Vec<SubjectId>> = HashMap::new();
    let mut all = Vec::with_capacity(asked.len());
    for (place, root) in asked {
        if let Entry::Vacant(free) = known.entry(root) {
            free.insert(crate::subject::members(tx, root).await?);
        }
        let members = known.get(&root).into_iter().flatten();
        all.extend(members.map(|one| (place, *one, root)));
    }
    Ok(all)
}

/// A row by name alone may speak of a mention that is on file.
async fn known_mentions(tx: &mut Tx, keys: &[SliceKey<'_>], seen: &mut [Seen]) -> Result<()> {
    let named = |(place, key): (usize, &SliceKey<'_>)| key.name_form.map(|_| (place, key.mention));
    let asked: Vec<(usize, SubjectId)> = keys.iter().enumerate().filter_map(named).collect();
    let mentions: Vec<Val<'_>> = asked.iter().map(|(_, one)| Val::Bytes(&one.0)).collect();
    for row in tx.each(&sql::KNOWN, &mentions).await? {
        let waiting = row.int(1, "count")? > 0;
        if let Some((at, _)) = asked.get(place(&row)?)
            && let Some(seen) = seen.get_mut(*at)
        {
            seen.mention = Some(KnownMention { waiting });
        }
    }
    Ok(())
}

/// The root of who holds each identifier.
pub(crate) async fn holders(
    tx: &mut Tx,
    identifiers: &[&Identifier],
) -> Result<Vec<Option<SubjectId>>> {
    let mut asked = Vec::with_capacity(identifiers.len() * 2);
    for identifier in identifiers {
        asked.push(Val::Text(identifier.system().code()));
        asked.push(Val::Text(identifier.value()));
    }
    let mut found = vec![None; identifiers.len()];
    for row in tx.each(&sql::HOLDERS, &asked).await? {
        if let Some(slot) = found.get_mut(place(&row)?) {
            *slot = Some(SubjectId(row.bytes(1, "subject id")?));
        }
    }
    mark_roots(tx, &mut found).await?;
    Ok(found)
}

/// Replaces mentions by the roots of their subjects.
pub(crate) async fn mark_roots(tx: &mut Tx, found: &mut [Option<SubjectId>]) -> Result<()> {
    let mentions: Vec<SubjectId> = found.iter().flatten().copied().collect();
    let roots = roots(tx, &mentions).await?;
    for slot in found.iter_mut().flatten() {
        if let Some((_, root)) = roots.get(slot) {
            *slot = *root;
        }
    }
    Ok(())
}

/// The last membership row of those mentions that have one: its number and root.
pub(crate) async fn roots(
    tx: &mut Tx,
    mentions: &[SubjectId],
) -> Result<HashMap<SubjectId, (u32, SubjectId)>> {
    let asked: Vec<Val<'_>> = mentions.iter().map(|one| Val::Bytes(&one.0)).collect();
    let mut roots = HashMap::new();
    for row in tx.each(&sql::ROOTS, &asked).await? {
        if let Some(mention) = mentions.get(place(&row)?) {
            let root = SubjectId(row.bytes(2, "subject id")?);
            roots.insert(*mention, (row.small(1, "membership number")?, root));
        }
    }
    Ok(roots)
}

async fn namesakes(tx: &mut Tx, keys: &[SliceKey<'_>], seen: &mut [Seen]) -> Result<()> {
    let asked: Vec<(usize, &str)> = keys
        .iter()
        .enumerate()
        .filter_map(|(place, key)| Some((place, key.name_form?)))
        .collect();
    let names: Vec<Val<'_>> = asked.iter().map(|(_, name)| Val::Text(name)).collect();
    for statement in [&sql::NAMESAKES, &sql::LATER_NAMESAKES] {
        for row in tx.each(statement, &names).await? {
            let Some((key, _)) = asked.get(place(&row)?) else {
                continue;
            };
            let Some(seen) = seen.get_mut(*key) else {
                continue;
            };
            if seen.namesakes.len() < CANDIDATES {
                seen.namesakes.push(namesake(&row)?);
            }
        }
    }
    root_namesakes(tx, seen).await
}

/// Namesakes are subjects: mentions of one subject count once.
async fn root_namesakes(tx: &mut Tx, seen: &mut [Seen]) -> Result<()> {
    let all: Vec<SubjectId> = seen
        .iter()
        .flat_map(|seen| seen.namesakes.iter().map(|one| one.subject))
        .collect();
    let roots = roots(tx, &all).await?;
    if roots.is_empty() {
        return Ok(());
    }
    for seen in seen {
        let mut met = Vec::new();
        seen.namesakes.retain_mut(|one| {
            if let Some((_, root)) = roots.get(&one.subject) {
                one.subject = *root;
            }
            let first = !met.contains(&one.subject);
            met.push(one.subject);
            first
        });
    }
    Ok(())
}

/// A namesake from columns 1 to 5.
pub(crate) fn namesake(row: &Row) -> Result<Namesake> {
    Ok(Namesake {
        subject: SubjectId(row.bytes(1, "subject id")?),
        kind: SubjectKind::parse(row.text(2, "kind")?).ok_or(Error::Corrupt { what: "kind" })?,
        name: row.text(3, "name")?.to_owned(),
        identifier: identifier(row, 4)?,
    })
}

/// An identifier from two columns, system and value.
pub(crate) fn identifier(row: &Row, place: usize) -> Result<Option<Identifier>> {
    let (Some(system), Some(value)) = (row.opt_text(place), row.opt_text(place + 1)) else {
        return Ok(None);
    };
    let system = System::parse(system).ok_or(Error::Corrupt { what: "system" })?;
    Ok(Some(Identifier::from_store(system, value.to_owned())))
}

/// A record whose version in force differs may have said the same before: then repeating it does
/// not bring it back. A record that changed hands is followed back to where it was.
async fn repeats(tx: &mut Tx, keys: &[SliceKey<'_>], seen: &mut [Seen]) -> Result<()> {
    let mut open: Vec<(usize, SubjectId)> = Vec::new();
    for (place, (key, seen)) in keys.iter().zip(seen.iter()).enumerate() {
        if let Some(head) = &seen.head
            && head.digest != key.digest
            && head.seq > 1
        {
            open.push((place, head.subject));
        }
    }
    for _ in 0..MOVES {
        if open.is_empty() {
            break;
        }
        open = repeats_at(tx, keys, seen, &open).await?;
    }
    Ok(())
}

async fn repeats_at(
    tx: &mut Tx,
    keys: &[SliceKey<'_>],
    seen: &mut [Seen],
    open: &[(usize, SubjectId)],
) -> Result<Vec<(usize, SubjectId)>> {
    let mut asked = Vec::with_capacity(open.len() * 2);
    for (place, subject) in open {
        if let Some(key) = keys.get(*place) {
            asked.push(Val::Bytes(&subject.0));
            asked.push(Val::Bytes(&key.record.0));
        }
    }
    let mut next = Vec::new();
    for row in tx.each(&sql::REPEATS, &asked).await? {
        let Some((at, _)) = open.get(place(&row)?) else {
            continue;
        };
        let (Some(key), Some(seen)) = (keys.get(*at), seen.get_mut(*at)) else {
            continue;
        };
        let digest: [u8; 32] = row.bytes(1, "digest")?;
        let stated_on: Date = row.day(2, "day")?;
        let says = change(&row, 3)?;
        if says == Change::Recalled {
            // What was taken back as an error may be stated again: its source looked at it.
            seen.repeats = false;
        }
        let same = digest == key.digest && stated_on >= key.stated_on;
        seen.repeats |= same && says != Change::Moved;
        if let Some(from) = row.opt_bytes(4, "subject id")? {
            next.push((*at, SubjectId(from)));
        }
    }
    Ok(next)
}

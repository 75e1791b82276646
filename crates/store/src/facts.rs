//! Reading everything held on one subject, for sealing.

use crate::error::{Error, Result};
use crate::legal::step;
use crate::membership::members_at;
use crate::slice::{change, identifier, place};
use crate::sql::{legal, subject as sql};
use crate::subject::{members, root};
use crate::tx::{Each, Row, Tx, Val};
use credit::case::{CaseId, History};
use credit::clock::Severity;
use credit::identifier::Identifier;
use credit::record::{DocumentClock, Facts, Instant, Record, Subject, Version};
use credit::subject::{DocumentId, RecordId, SubjectId, SubjectKind, SubmissionId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A version with its record and origin, before it is sorted into place.
struct Found {
    record: RecordId,
    supplier: String,
    theme: String,
    version: Version,
    document: Option<DocumentId>,
}

/// What is told of the mentions of a subject, in rows.
#[derive(Default)]
struct Told {
    mentions: Vec<Row>,
    names: Vec<Row>,
    identifiers: Vec<Row>,
    versions: Vec<Row>,
    cases: Vec<Row>,
}

/// Everything held on a subject, now or as known at a past instant; `None` where there is no such
/// mention.
pub(crate) async fn read(
    tx: &mut Tx,
    id: SubjectId,
    known: Option<Instant>,
) -> Result<Option<Facts>> {
    // Nearly every subject is one mention that never moved: its rows are asked for together with
    // the question whether that is so, and asked for again where it is not.
    let own = [Val::Bytes(&id.0)];
    let (moves, told) = ask(tx, &own, &own).await?;
    if moves.is_empty() {
        return facts(tx, id, &[id], &told, known).await;
    }
    let mentions = match known {
        Some(known) => members_at(tx, id, known).await?,
        None => members(tx, id).await?,
    };
    let keys: Vec<Val<'_>> = mentions.iter().map(|one| Val::Bytes(&one.0)).collect();
    let (_, told) = ask(tx, &[], &keys).await?;
    facts(tx, id, &mentions, &told, known).await
}

/// Everything held today on the subject of each of many mentions, in their order, in as many round
/// trips as for one: subjects that never moved are asked for together, the few others one by one.
/// `None` where there is no such mention.
pub(crate) async fn read_of_many(
    tx: &mut Tx,
    mentions: &[SubjectId],
) -> Result<Vec<Option<Facts>>> {
    let keys: Vec<Val<'_>> = mentions.iter().map(|one| Val::Bytes(&one.0)).collect();
    let (moves, told) = ask(tx, &keys, &keys).await?;
    let mut moved = vec![false; mentions.len()];
    for row in &moves {
        if let Some(slot) = moved.get_mut(place(row)?) {
            *slot = true;
        }
    }
    let mut drafts = Vec::with_capacity(mentions.len());
    for ((mention, told), moved) in mentions
        .iter()
        .zip(apart(told, mentions.len())?)
        .zip(&moved)
    {
        drafts.push(if *moved {
            None
        } else {
            draft(*mention, &[], &told, None)?
        });
    }
    clocks(
        tx,
        drafts
            .iter_mut()
            .flatten()
            .flat_map(|draft| &mut draft.found),
    )
    .await?;
    let mut facts: Vec<Option<Facts>> = drafts
        .into_iter()
        .map(|draft| Some(draft?.facts()))
        .collect();
    for ((slot, mention), _) in facts
        .iter_mut()
        .zip(mentions)
        .zip(moved)
        .filter(|(_, moved)| *moved)
    {
        let root = root(tx, *mention).await?;
        *slot = read(tx, root, None).await?;
    }
    Ok(facts)
}

/// One kind of the rows that are told.
type Part = fn(&mut Told) -> &mut Vec<Row>;

/// What was told of many mentions, each mention's apart.
fn apart(told: Told, mentions: usize) -> Result<Vec<Told>> {
    let mut each: Vec<Told> = (0..mentions).map(|_| Told::default()).collect();
    let kinds: [(Vec<Row>, Part); 5] = [
        (told.mentions, |told| &mut told.mentions),
        (told.names, |told| &mut told.names),
        (told.identifiers, |told| &mut told.identifiers),
        (told.versions, |told| &mut told.versions),
        (told.cases, |told| &mut told.cases),
    ];
    for (rows, of) in kinds {
        for row in rows {
            if let Some(told) = each.get_mut(place(&row)?) {
                of(told).push(row);
            }
        }
    }
    Ok(each)
}

/// Puts together what was told of one subject.
async fn facts(
    tx: &mut Tx,
    id: SubjectId,
    mentions: &[SubjectId],
    told: &Told,
    known: Option<Instant>,
) -> Result<Option<Facts>> {
    let Some(mut draft) = draft(id, mentions, told, known)? else {
        return Ok(None);
    };
    clocks(tx, draft.found.iter_mut()).await?;
    Ok(Some(draft.facts()))
}

/// A subject and its versions, whose documents' clocks are still to be asked for.
struct Draft {
    subject: Subject,
    found: Vec<Found>,
    cases: Vec<(RecordId, History)>,
}

impl Draft {
    fn facts(self) -> Facts {
        Facts {
            subject: self.subject,
            records: records(self.found, self.cases),
        }
    }
}

fn draft(
    id: SubjectId,
    mentions: &[SubjectId],
    told: &Told,
    known: Option<Instant>,
) -> Result<Option<Draft>> {
    let Some(subject) = subject(id, mentions, told)? else {
        return Ok(None);
    };
    let versions = told.versions.iter().map(|row| version(row, known));
    let found = versions.collect::<Result<_>>()?;
    let cases = cases(&told.cases)?;
    Ok(Some(Draft {
        subject,
        found,
        cases,
    }))
}

/// Asks at once for the moves of one mention, if it is given, and for all rows of some.
async fn ask(tx: &mut Tx, moves_of: &[Val<'_>], keys: &[Val<'_>]) -> Result<(Vec<Row>, Told)> {
    let asked: [(&Each, &[Val<'_>]); 6] = [
        (&sql::MOVES, moves_of),
        (&sql::MENTION, keys),
        (&sql::NAMES, keys),
        (&sql::IDENTIFIERS, keys),
        (&sql::VERSIONS, keys),
        (&legal::CASES, keys),
    ];
    let mut answers = tx.gather(&asked).await?.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    let moves = next();
    let told = Told {
        mentions: next(),
        names: next(),
        identifiers: next(),
        versions: next(),
        cases: next(),
    };
    Ok((moves, told))
}

/// Who a subject is: kind and identifiers of its mentions, its latest name and the others. Of
/// several `mentions`, the kind is that of the one with the subject's own id.
fn subject(id: SubjectId, mentions: &[SubjectId], told: &Told) -> Result<Option<Subject>> {
    let mut kind = None;
    let mut names: Vec<(Date, String)> = Vec::new();
    let mut identifiers: BTreeSet<Identifier> = BTreeSet::new();
    for row in &told.mentions {
        let own =
            SubjectKind::parse(row.text(1, "kind")?).ok_or(Error::Corrupt { what: "kind" })?;
        if kind.is_none() || mentions.get(place(row)?) == Some(&id) {
            kind = Some(own);
        }
        names.push((row.day(3, "day")?, row.text(2, "name")?.to_owned()));
        if let Some(own) = identifier(row, 4)? {
            identifiers.extend(own.org_code());
            identifiers.insert(own);
        }
    }
    let Some(kind) = kind else { return Ok(None) };
    for row in &told.names {
        names.push((row.day(2, "day")?, row.text(1, "name")?.to_owned()));
    }
    for row in &told.identifiers {
        identifiers.extend(identifier(row, 1)?);
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

fn version(row: &Row, known: Option<Instant>) -> Result<Found> {
    let severity = row
        .opt_text(8)
        .map(|code| Severity::parse(code).ok_or(Error::Corrupt { what: "severity" }))
        .transpose()?;
    let settled_by_answer = row
        .opt_int(12)
        .is_some_and(|closed| known.is_none_or(|known| closed <= known.0));
    Ok(Found {
        record: RecordId(row.bytes(1, "record id")?),
        supplier: row.text(14, "supplier")?.to_owned(),
        theme: row.text(15, "theme")?.to_owned(),
        document: row.opt_bytes(7, "document id")?.map(DocumentId),
        version: Version {
            seq: row.small(2, "version number")?,
            known_at: Instant(row.int(4, "instant")?),
            stated_on: row.day(5, "day")?,
            change: change(row, 6)?,
            values: values(row.opt_text(11))?,
            document: None,
            severity,
            theme_version: row.text(16, "edition")?.to_owned(),
            submission: SubmissionId(row.bytes(3, "submission id")?),
            late: row.flag(9, "flag")?,
            held: row
                .opt_text(10)
                .filter(|_| !settled_by_answer)
                .map(str::to_owned),
        },
    })
}

/// The cases about facts, each with its moves. Their rows come in the order of case and number.
fn cases(rows: &[Row]) -> Result<Vec<(RecordId, History)>> {
    let mut cases: Vec<(RecordId, History)> = Vec::new();
    for row in rows {
        let Some(record) = row.opt_bytes(4, "record id")?.map(RecordId) else {
            continue;
        };
        let id = CaseId(row.bytes(1, "case id")?);
        let step = step(row, 5)?;
        match cases.last_mut().filter(|(_, case)| case.id == id) {
            Some((_, case)) => case.steps.push(step),
            None => cases.push((
                record,
                History {
                    id,
                    kind: row.text(2, "kind")?.to_owned(),
                    version: row.text(3, "edition")?.to_owned(),
                    steps: vec![step],
                },
            )),
        }
    }
    Ok(cases)
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
async fn clocks(tx: &mut Tx, found: impl Iterator<Item = &mut Found>) -> Result<()> {
    let found: Vec<&mut Found> = found.filter(|one| one.document.is_some()).collect();
    let ids: Vec<DocumentId> = found
        .iter()
        .filter_map(|one| one.document)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if ids.is_empty() {
        return Ok(());
    }
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
/// the same subject is one record with one history. Its supplier is the sender of its last version:
/// what a platform above returned names that platform, though the record is its source's.
fn records(found: Vec<Found>, cases: Vec<(RecordId, History)>) -> Vec<Record> {
    let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
    for one in found {
        let record = records.entry(one.record).or_insert_with(|| Record {
            id: one.record,
            theme: one.theme,
            supplier: String::new(),
            versions: Vec::new(),
            cases: Vec::new(),
        });
        let later = |version: &Version| version.seq < one.version.seq;
        if record.versions.iter().all(later) {
            record.supplier = one.supplier;
        }
        record.versions.push(one.version);
    }
    for (id, case) in cases {
        if let Some(record) = records.get_mut(&id) {
            record.cases.push(case);
        }
    }
    let mut records: Vec<Record> = records.into_values().collect();
    for record in &mut records {
        record.versions.sort_by_key(|version| version.seq);
    }
    records.sort_by(|one, other| one.theme.cmp(&other.theme).then(one.id.cmp(&other.id)));
    records
}

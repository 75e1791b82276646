//! Writing what was decided on a slice: sorted by key, so that writers never wait in a circle.

use super::fresh::{Fresh, Split};
use crate::error::{Error, Result};
use crate::plan::{Head, NewVersion, SlicePlan};
use crate::sql::{slice as sql, submission};
use crate::submission::Frame;
use crate::tx::{Tx, Val};
use crate::{event, figure, membership, names};
use credit::identifier::Identifier;
use credit::record::{Change, Instant};
use credit::subject::{DocumentId, RecordId, SubjectId, SubmissionId};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Where a plan is written.
pub(super) struct Site<'s> {
    pub(super) submission: &'s SubmissionId,
    pub(super) frame: &'s Frame,
    pub(super) slice: u32,
    pub(super) at: Instant,
    pub(super) fresh: &'s Fresh<'s>,
}

/// States as they were read.
pub(super) type Heads<'h> = HashMap<RecordId, &'h Head>;

pub(super) async fn plan(
    tx: &mut Tx,
    site: &Site<'_>,
    plan: &SlicePlan,
    before: &Heads<'_>,
) -> Result<()> {
    gate(tx, site, plan, before).await?;
    let mentioned = mentions(tx, site, plan).await?;
    identifiers(tx, site, plan).await?;
    versions(tx, site, plan, before).await?;
    heads(tx, site, plan, before).await?;
    documents(tx, &plan.documents).await?;
    let joins = plan
        .memberships
        .iter()
        .map(|one| (one.mention, one.root, one.reason.as_str()))
        .collect::<Vec<_>>();
    membership::links(tx, plan, site.at).await?;
    let joined = memberships(tx, &joins, None, site.at).await?;
    waiting(tx, site, plan).await?;
    let origin = membership::Origin {
        submission: site.frame.number,
        at: site.at,
    };
    membership::later_registered(tx, plan, &origin).await?;
    crate::person::write(tx, site.frame, site.at, &plan.persons).await?;
    rejects(tx, site, plan).await?;
    if let Some(stop) = &plan.stop {
        let which = (site.submission, site.slice, site.at);
        crate::legal::ended(tx, stop, plan, before, which).await?;
    }
    let changed = plan.versions.iter().map(|one| one.subject);
    crate::grade::stale(tx, changed).await?;
    // Last, so that slices of one source wait for one another here and nowhere else.
    figure::slice(tx, site.frame.source, plan, mentioned + joined).await?;
    let id = format!("slice:{}:{}", site.submission, site.slice);
    event::add(tx, &id, "slice", site.at, &plan.root).await
}

async fn gate(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan, before: &Heads<'_>) -> Result<()> {
    let stated = plan
        .heads
        .iter()
        .filter(|head| head.change == Change::Stated);
    let (corrected, fresh): (Vec<_>, Vec<_>) = stated.partition(|head| {
        let old = before.get(&head.record);
        old.is_some_and(|old| old.change == Change::Stated)
    });
    let counts = &plan.counts;
    let values = [
        Val::Int(site.frame.number),
        Val::Int(site.slice.into()),
        Val::Int(site.at.0),
        Val::count(fresh.len() as u64),
        Val::count(counts.accepted),
        Val::count(counts.rejected),
        Val::count(counts.held),
        Val::count(counts.unchanged),
        Val::count(counts.late),
        Val::count(counts.removed),
        Val::Bytes(&plan.root),
        Val::count(corrected.len() as u64),
    ];
    tx.exec(submission::SLICE_NEW, &values).await?;
    Ok(())
}

/// Writes the mentions, and tells how many were not there.
async fn mentions(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan) -> Result<i64> {
    let own = own_identifiers(plan);
    let base = first_number(site);
    let mut order: Vec<usize> = (0..plan.mentions.len()).collect();
    order.sort_by_key(|place| plan.mentions.get(*place).map(|one| one.subject));
    let mut values = Vec::with_capacity(order.len() * sql::MENTIONS.columns.len());
    for mention in order.iter().filter_map(|place| plan.mentions.get(*place)) {
        let identifier = own.get(&mention.subject);
        values.extend([
            Val::Bytes(&mention.subject.0),
            Val::Int(base),
            Val::Text(mention.kind.code()),
            Val::Text(&mention.name),
            Val::Text(&mention.name_form),
            Val::Day(site.frame.stated_on),
            Val::opt_text(identifier.map(|one| one.system().code())),
            Val::opt_text(identifier.map(|one| one.value())),
        ]);
    }
    let width = sql::MENTIONS.columns.len();
    for (row, number) in values.chunks_exact_mut(width).zip(base..) {
        if let Some(slot) = row.get_mut(1) {
            *slot = Val::Int(number);
        }
    }
    let new = write_mentions(tx, site, &values).await?;
    if new > 0 {
        let all = new as usize == plan.mentions.len();
        names::index(tx, plan, &values, all).await?;
    }
    let known = (new as usize) < plan.mentions.len();
    later_names(tx, site, plan, known).await?;
    Ok(i64::try_from(new).unwrap_or(i64::MAX))
}

/// The first number that a slice gives to its mentions, and to their later names. A slice has at most
/// 8,000 rows, and a row brings at most a mention and a name: 14 bits count 16,384.
fn first_number(site: &Site<'_>) -> i64 {
    (site.frame.number << 32) | (i64::from(site.slice) << 14)
}

/// Writes rows of mentions, sorted by mention; tells how many were not there.
async fn write_mentions(tx: &mut Tx, site: &Site<'_>, values: &[Val<'_>]) -> Result<u64> {
    let mut split = Split::default();
    let mut last: &[u8] = &[];
    for row in values.chunks_exact(sql::MENTIONS.columns.len()) {
        let id = match row.first() {
            Some(Val::Bytes(id)) => *id,
            _ => &[],
        };
        let known = <[u8; 16]>::try_from(id).map(SubjectId);
        // The same mention again stands by the time its second row comes.
        let new = id != last && known.is_ok_and(|one| site.fresh.mention(&one));
        split.push(new, row.iter().copied());
        last = id;
    }
    let copied = tx.bulk_new(&sql::MENTIONS, &split.new).await?;
    Ok(copied + tx.bulk(&sql::MENTIONS, &split.other).await?)
}

/// The strongest identifier of each mention of the plan. A natural person's never comes here: it is
/// sealed, in tables of its own.
fn own_identifiers(plan: &SlicePlan) -> HashMap<SubjectId, &Identifier> {
    let mut own = HashMap::with_capacity(plan.mentions.len());
    for (identifier, subject) in &plan.identifiers {
        own.entry(*subject).or_insert(identifier);
    }
    own
}

/// A mention that stood before may bear a new name now.
async fn later_names(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan, known: bool) -> Result<()> {
    let given = plan
        .names
        .iter()
        .chain(plan.mentions.iter().filter(|_| known));
    let mut values = Vec::new();
    let named = given.filter(|one| !one.name_form.is_empty());
    for (mention, number) in named.zip(first_number(site)..) {
        values.extend([
            Val::Bytes(&mention.subject.0),
            Val::Text(&mention.name_form),
            Val::Text(&mention.name),
            Val::Day(site.frame.stated_on),
            Val::Int(number),
        ]);
    }
    tx.bulk(&sql::NAMES, &values).await?;
    Ok(())
}

async fn identifiers(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan) -> Result<()> {
    let own = own_identifiers(plan);
    let here: HashSet<SubjectId> = plan.mentions.iter().map(|one| one.subject).collect();
    let mut sorted: BTreeMap<&Identifier, SubjectId> = BTreeMap::new();
    for (identifier, subject) in &plan.identifiers {
        sorted.entry(identifier).or_insert(*subject);
    }
    let mut split = Split::default();
    for (identifier, subject) in &sorted {
        let first = own.get(subject).filter(|_| here.contains(subject));
        let told = first.is_some_and(|first| {
            first == identifier || first.org_code().as_ref() == Some(*identifier)
        });
        let row = [
            Val::Text(identifier.system().code()),
            Val::Text(identifier.value()),
            Val::Bytes(&subject.0),
            Val::flag(!told),
        ];
        split.push(site.fresh.identifier(identifier), row);
    }
    tx.bulk_new(&sql::IDENTIFIERS, &split.new).await?;
    tx.bulk(&sql::IDENTIFIERS, &split.other).await?;
    Ok(())
}

async fn versions(
    tx: &mut Tx,
    site: &Site<'_>,
    plan: &SlicePlan,
    before: &Heads<'_>,
) -> Result<()> {
    let mut sorted: Vec<&NewVersion> = plan.versions.iter().collect();
    sorted.sort_by_key(|version| (version.subject, version.record, version.seq));
    let mut rows = Vec::with_capacity(sorted.len() * sql::VERSIONS.columns.len());
    let mut payloads = Vec::with_capacity(sorted.len() * sql::PAYLOADS.columns.len());
    for version in sorted {
        let from = before
            .get(&version.record)
            .map(|head| &head.subject)
            .filter(|from| **from != version.subject);
        rows.extend([
            Val::Bytes(&version.subject.0),
            Val::Bytes(&version.record.0),
            Val::Int(version.seq.into()),
            Val::Int(site.frame.number),
            Val::count(version.row),
            Val::Int(site.at.0),
            Val::Day(version.stated_on),
            Val::Text(version.change.code()),
            Val::Bytes(&version.digest),
            Val::Bytes(&version.leaf),
            Val::opt_bytes(version.document.as_ref().map(|id| id.0.as_slice())),
            Val::opt_text(version.severity.map(|severity| severity.code())),
            Val::flag(version.late),
            Val::opt_text(version.held.as_deref()),
            Val::opt_bytes(from.map(|id| id.0.as_slice())),
        ]);
        if let Some(body) = &version.body {
            payloads.extend([
                Val::Bytes(&version.subject.0),
                Val::Bytes(&version.record.0),
                Val::Int(version.seq.into()),
                Val::Bytes(&version.salt),
                Val::Text(body),
            ]);
        }
    }
    tx.bulk(&sql::VERSIONS, &rows).await?;
    tx.bulk(&sql::PAYLOADS, &payloads).await?;
    settle_holds(tx, site, plan, before).await
}

/// A version of a record that is known settles what waited before it.
async fn settle_holds(
    tx: &mut Tx,
    site: &Site<'_>,
    plan: &SlicePlan,
    before: &Heads<'_>,
) -> Result<()> {
    let mut values = Vec::new();
    for version in &plan.versions {
        if let Some(head) = before.get(&version.record)
            && head.held
        {
            values.extend([
                Val::Bytes(&head.subject.0),
                Val::Bytes(&version.record.0),
                Val::Int(version.seq.into()),
                Val::Int(site.at.0),
            ]);
        }
    }
    tx.bulk(&sql::SETTLED, &values).await?;
    Ok(())
}

async fn heads(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan, before: &Heads<'_>) -> Result<()> {
    let sorted: BTreeMap<RecordId, _> = plan.heads.iter().map(|head| (head.record, head)).collect();
    let mut split = Split::default();
    for head in sorted.values() {
        let row = [
            Val::Int(site.frame.source),
            Val::Bytes(&head.record.0),
            Val::Bytes(&head.subject.0),
            Val::Int(head.seq.into()),
            Val::Bytes(&head.digest),
            Val::Text(head.change.code()),
            Val::flag(head.held),
            Val::Day(head.stated_on),
            Val::Text(&head.scope),
            Val::Int(site.frame.number),
        ];
        split.push(site.fresh.head(&head.record, before), row);
    }
    let copied = tx.bulk_new(&sql::NEW_HEADS, &split.new).await?;
    let moved = tx.bulk(&sql::NEW_HEADS, &split.other).await?;
    if copied + moved != sorted.len() as u64 {
        return Err(Error::Raced);
    }
    older(tx, site, plan, &sorted.keys().copied().collect()).await
}

/// Versions of an older day move the last number of their record, and nothing else; records that
/// were merely seen move `seen_in`.
async fn older(
    tx: &mut Tx,
    site: &Site<'_>,
    plan: &SlicePlan,
    moved: &HashSet<RecordId>,
) -> Result<()> {
    let mut last: BTreeMap<RecordId, u32> = BTreeMap::new();
    for version in plan
        .versions
        .iter()
        .filter(|one| !moved.contains(&one.record))
    {
        let seq = last.entry(version.record).or_default();
        *seq = version.seq.max(*seq);
    }
    let values: Vec<Val<'_>> = last
        .iter()
        .flat_map(|(record, seq)| {
            [
                Val::Int(site.frame.source),
                Val::Bytes(&record.0),
                Val::Int((*seq).into()),
                Val::Int(site.frame.number),
            ]
        })
        .collect();
    if tx.bulk(&sql::OLDER, &values).await? != last.len() as u64 {
        return Err(Error::Raced);
    }
    let touched: BTreeSet<RecordId> = plan.touched.iter().copied().collect();
    let values: Vec<Val<'_>> = touched
        .iter()
        .flat_map(|record| {
            [
                Val::Int(site.frame.source),
                Val::Bytes(&record.0),
                Val::Int(site.frame.number),
            ]
        })
        .collect();
    tx.bulk(&sql::TOUCHED, &values).await?;
    Ok(())
}

async fn documents(tx: &mut Tx, given: &[(DocumentId, Date)]) -> Result<()> {
    let mut earliest: BTreeMap<DocumentId, Date> = BTreeMap::new();
    for (id, day) in given {
        let known = earliest.entry(*id).or_insert(*day);
        *known = (*known).min(*day);
    }
    let values: Vec<Val<'_>> = earliest
        .iter()
        .flat_map(|(id, day)| [Val::Bytes(&id.0), Val::Day(*day)])
        .collect();
    tx.bulk(&sql::DOCUMENTS, &values).await?;
    Ok(())
}

/// Writes membership rows: mention, subject, reason. One that says what holds already is left out,
/// and a subject that was itself merged is replaced by its root. Tells by how much the number of
/// subjects changed.
pub(crate) async fn memberships(
    tx: &mut Tx,
    joins: &[(SubjectId, SubjectId, &str)],
    officer: Option<&str>,
    at: Instant,
) -> Result<i64> {
    if joins.is_empty() {
        return Ok(0);
    }
    let both: Vec<SubjectId> = joins.iter().flat_map(|join| [join.0, join.1]).collect();
    let mut now = super::read::roots(tx, &both).await?;
    let mut written: Vec<(SubjectId, u32, SubjectId, &str)> = Vec::new();
    let mut subjects = 0;
    for (mention, root, reason) in joins {
        let root = match now.get(root) {
            Some((_, above)) if root != mention => *above,
            _ => *root,
        };
        let (seq, current) = now.get(mention).map_or((0, *mention), |row| *row);
        if current != root {
            subjects += i64::from(root == *mention) - i64::from(current == *mention);
            now.insert(*mention, (seq + 1, root));
            written.push((*mention, seq + 1, root, reason));
        }
    }
    written.sort_by_key(|row| (row.0, row.1));
    let values: Vec<Val<'_>> = written
        .iter()
        .flat_map(|(mention, seq, root, reason)| {
            [
                Val::Bytes(&mention.0),
                Val::Int((*seq).into()),
                Val::Bytes(&root.0),
                Val::Int(at.0),
                Val::Text(reason),
                Val::opt_text(officer),
            ]
        })
        .collect();
    tx.bulk(&sql::MEMBERSHIPS, &values).await?;
    let moved = written.iter().flat_map(|row| [row.0, row.2]);
    crate::grade::stale(tx, moved.chain(both)).await?;
    Ok(subjects)
}

async fn waiting(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan) -> Result<()> {
    let mut holds = Vec::new();
    for hold in &plan.holds {
        holds.extend([
            Val::Bytes(&hold.subject.0),
            Val::Bytes(&hold.record.0),
            Val::Int(hold.seq.into()),
            Val::Text(&hold.reason),
            Val::Int(site.frame.number),
            Val::count(hold.row),
            Val::Int(site.at.0),
        ]);
    }
    tx.bulk(&sql::HOLDS, &holds).await?;
    let candidates: Vec<String> = plan
        .questions
        .iter()
        .map(|question| {
            let ids: Vec<String> = question
                .candidates
                .iter()
                .map(ToString::to_string)
                .collect();
            ids.join(" ")
        })
        .collect();
    let mut questions = Vec::new();
    for (question, candidates) in plan.questions.iter().zip(&candidates) {
        questions.extend([
            Val::Bytes(&question.mention.0),
            Val::Bytes(&question.record.0),
            Val::Int(site.frame.number),
            Val::count(question.row),
            Val::Text(&question.reason),
            Val::Text(candidates),
            Val::Int(site.at.0),
        ]);
    }
    tx.bulk(&sql::QUESTIONS, &questions).await?;
    Ok(())
}

async fn rejects(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan) -> Result<()> {
    let mut values = Vec::new();
    for reject in &plan.rejects {
        let cells = reject.cells.as_deref().filter(|_| !reject.personal);
        values.extend([
            Val::Int(site.frame.number),
            Val::count(reject.row),
            Val::flag(reject.personal),
            Val::Text(&reject.faults),
            Val::opt_text(cells),
            Val::opt_bytes(reject.record.as_ref().map(|id| id.0.as_slice())),
        ]);
    }
    tx.bulk(&submission::NEW_REJECTS, &values).await?;
    mended(tx, site, plan).await
}

/// A row that was rejected before and is good now is mended, whether it changes anything or not.
async fn mended(tx: &mut Tx, site: &Site<'_>, plan: &SlicePlan) -> Result<()> {
    let named: BTreeSet<(SubmissionId, u64)> = plan.mends.iter().copied().collect();
    let values: Vec<Val<'_>> = named
        .iter()
        .flat_map(|(of, row)| {
            [
                Val::Bytes(&of.0),
                Val::count(*row),
                Val::Int(site.frame.sender),
                Val::Int(site.frame.number),
            ]
        })
        .collect();
    tx.bulk(&submission::MENDED_BY_NAME, &values).await?;
    let waiting = tx.one(submission::REJECTS_WAIT, &[]).await?;
    if waiting.unwrap_or_default().count(0, "count")? == 0 {
        return Ok(());
    }
    let again: HashSet<RecordId> = plan.rejects.iter().filter_map(|one| one.record).collect();
    let written = plan.versions.iter().map(|version| version.record);
    let good: BTreeSet<RecordId> = written
        .chain(plan.touched.iter().copied())
        .filter(|record| !again.contains(record))
        .collect();
    let values: Vec<Val<'_>> = good
        .iter()
        .flat_map(|record| [Val::Bytes(&record.0), Val::Int(site.frame.number)])
        .collect();
    tx.bulk(&submission::MENDED, &values).await?;
    Ok(())
}

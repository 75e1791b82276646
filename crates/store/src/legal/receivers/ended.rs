//! A fact that its supplier corrects, takes back or ends without a case: whoever looked at it under a grant is
//! told in the transaction of the slice that says so. A slice that is sent again was applied, and tells nobody
//! twice.

use super::{Holders, looked, note};
use crate::error::Result;
use crate::gate;
use crate::notice::NewNotice;
use crate::plan::{Head, SlicePlan, StopUse};
use crate::slice::{place, roots};
use crate::sql::legal as sql;
use crate::subject::members;
use crate::tx::{Tx, Val};
use credit::case::CaseId;
use credit::notice::{Addressee, NoticeId, NoticeKind};
use credit::record::{Change, Instant};
use credit::subject::{RecordId, SubjectId, SubmissionId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A fact that is not as it was: where it stood, and the version that says so.
struct Changed {
    subject: SubjectId,
    record: RecordId,
    seq: u32,
}

/// Tells whoever holds a fact that a slice changes or ends: one row for each fact, one notice for each agency.
pub(crate) async fn ended(
    tx: &mut Tx,
    stop: &StopUse,
    plan: &SlicePlan,
    before: &HashMap<RecordId, &Head>,
    (submission, slice, at): (&SubmissionId, u32, Instant),
) -> Result<()> {
    let changed = changed(plan, before);
    if changed.is_empty() {
        return Ok(());
    }
    let themes = BTreeSet::from([format!("{}/", stop.theme)]);
    let lent = lent(tx, &changed).await?;
    let mut told = BTreeSet::new();
    for one in &changed {
        let Some(members) = lent.get(&one.subject) else {
            continue;
        };
        let key = [Val::Bytes(&one.subject.0), Val::Bytes(&one.record.0)];
        let row = tx.one(sql::KNOWN_SINCE, &key).await?.unwrap_or_default();
        let since = Instant(row.opt_int(0).unwrap_or(i64::MIN));
        let holders: Holders = looked(tx, members, (since, &themes), &stop.supplier).await?;
        // A fact stands here under its own id: no case has it.
        let which = (one.subject, CaseId(one.record.0), one.seq);
        for (agency, numbers) in holders {
            note(tx, which, (&agency, &numbers), (at, stop.due)).await?;
            told.insert(agency);
        }
    }
    for agency in told {
        let notice = notice(stop, &agency, &format!("{submission}:{slice}"), at);
        crate::notice::add(tx, &notice, at.day()).await?;
    }
    Ok(())
}

/// The facts that were in force and are not any more as they were, each once.
fn changed(plan: &SlicePlan, before: &HashMap<RecordId, &Head>) -> Vec<Changed> {
    let mut first: HashMap<(SubjectId, RecordId), u32> = HashMap::new();
    for version in &plan.versions {
        let seq = first
            .entry((version.subject, version.record))
            .or_insert(version.seq);
        *seq = version.seq.min(*seq);
    }
    let mut found = BTreeMap::new();
    for head in &plan.heads {
        let Some(old) = before.get(&head.record) else {
            continue;
        };
        let same =
            (head.change, head.digest, head.subject) == (Change::Stated, old.digest, old.subject);
        if old.change == Change::Stated
            && !same
            && let Some(seq) = first.get(&(old.subject, head.record))
        {
            let one = Changed {
                subject: old.subject,
                record: head.record,
                seq: *seq,
            };
            found.insert(head.record, one);
        }
    }
    found.into_values().collect()
}

/// For each mention whose subject was looked at under a grant, the mentions of that subject. From here on
/// nobody looks at one of these subjects until the transaction ends.
async fn lent(tx: &mut Tx, changed: &[Changed]) -> Result<HashMap<SubjectId, Vec<SubjectId>>> {
    let subjects: BTreeSet<SubjectId> = changed.iter().map(|one| one.subject).collect();
    let subjects: Vec<SubjectId> = subjects.into_iter().collect();
    let known = roots(tx, &subjects).await?;
    let root_of = |one: &SubjectId| known.get(one).map_or(*one, |(_, root)| *root);
    let tops: BTreeSet<SubjectId> = subjects.iter().map(root_of).collect();
    gate::each_by_one(tx, tops.iter().copied()).await?;
    let tops: Vec<SubjectId> = tops.into_iter().collect();
    let asked: Vec<Val<'_>> = tops.iter().map(|one| Val::Bytes(&one.0)).collect();
    let mut all: BTreeMap<SubjectId, SubjectId> = tops.iter().map(|one| (*one, *one)).collect();
    for row in tx.each(&sql::FOLLOWERS, &asked).await? {
        if let Some(top) = tops.get(place(&row)?) {
            all.insert(SubjectId(row.bytes(1, "subject id")?), *top);
        }
    }
    let ever: Vec<SubjectId> = all.keys().copied().collect();
    let asked: Vec<Val<'_>> = ever.iter().map(|one| Val::Bytes(&one.0)).collect();
    let mut seen = BTreeSet::new();
    for row in tx.each(&sql::LENT, &asked).await? {
        let top = ever.get(place(&row)?).and_then(|one| all.get(one));
        seen.extend(top.copied());
    }
    let mut found = HashMap::new();
    for one in &subjects {
        let top = root_of(one);
        if seen.contains(&top) {
            found.insert(*one, members(tx, top).await?);
        }
    }
    Ok(found)
}

/// The notice of a slice to an agency. Its id follows from both: ids of submissions are keyed digests.
fn notice(stop: &StopUse, agency: &str, slice: &str, at: Instant) -> NewNotice {
    let digest = seal::sha256(format!("stop-use\n{slice}\n{agency}").as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&digest.0[..16]);
    let due = stop.due.to_string();
    NewNotice {
        id: NoticeId(id),
        addressee: Addressee::Receiver(agency.to_owned()),
        kind: NoticeKind::StopUse,
        facts: credit::canon::object(&[("due", &due), ("theme", &stop.theme)]),
        made_at: at,
        deferral: None,
    }
}

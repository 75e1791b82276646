//! Rows against their events: looks, receipts, slices, and the versions that slices cover.

use super::{Audit, Wrong};
use crate::error::Result;
use crate::ingest::{cause_of, cause_told};
use crate::journal::prove::event_of_access;
use credit::announcement::AnnouncementId;
use credit::case::CaseId;
use credit::consent::ConsentId;
use credit::grant::GrantId;
use credit::notice::NoticeId;
use credit::record::Instant;
use credit::subject::{RecordId, SubjectId};
use seal::merkle::Builder;
use seal::{Digest, SiteKey};
use std::collections::{BTreeMap, BTreeSet};
use store::{SliceRoot, Store, StoredVersion, Used};

/// Versions of which the leaves are held at once: 64 bytes and their place in a map each.
const HELD: u64 = 1_000_000;

/// A leaf in the order of its slice's tree: row, record, version.
type Leaf = (i64, RecordId, i64, Digest);

/// Compares what a row says with its event. An event that waits for its place is compared by its
/// absence from the log only once it has one.
async fn compare(
    store: &Store,
    id: String,
    content: Digest,
    at: i64,
    audit: &mut Audit,
) -> Result<()> {
    match store.journal_event(&id).await? {
        None => audit.finds(Wrong::RowWithoutEvent, id),
        Some(event) if event.content != content || event.at != at => {
            audit.finds(Wrong::RowChanged, id);
        }
        Some(_) => {}
    }
    Ok(())
}

/// Events that have their place in the log, and of which no row is left. What waits for its place is
/// compared at the next audit.
fn gone(kind: &str, (events, rows): (u64, u64), audit: &mut Audit) {
    if events > rows {
        audit.finds(Wrong::RowGone, format!("{kind}: {}", events - rows));
    }
}

/// Looks: as many rows as events, and each row as its event says.
pub(super) async fn looks(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = (SubjectId([0; 16]), [0; 16]);
    let mut placed = 0;
    loop {
        let page = store.audit_accesses(after).await?;
        let Some(last) = page.last() else { break };
        after = (last.subject, last.permit);
        for look in &page {
            audit.looks += 1;
            let day = Instant(look.at).day();
            *audit.days.entry(day.to_string()).or_default() += 1;
            let id = event_of_access(&look.permit);
            placed += u64::from(store.journal_placed(&id).await?.is_some());
            compare(store, id, look.content(), look.at, audit).await?;
        }
    }
    if audit.look_events > placed {
        audit.finds(Wrong::RowGone, (audit.look_events - placed).to_string());
    }
    Ok(())
}

/// Openings of the lock, by day: as many rows as events, and each as its event says. Whoever takes a row
/// away hides what a process opened, and shows here.
pub(super) async fn openings(store: &Store, audit: &mut Audit) -> Result<BTreeMap<String, u64>> {
    let mut after = ([0; 16], 0);
    let mut days: BTreeMap<String, u64> = BTreeMap::new();
    let mut runs = BTreeSet::new();
    let mut placed = 0;
    loop {
        let page = store.audit_openings(after).await?;
        let Some(last) = page.last() else { break };
        after = last.key;
        for one in &page {
            audit.openings += one.opened;
            runs.insert(one.key.0);
            *days.entry(one.day.clone()).or_default() += one.opened;
            placed += u64::from(store.journal_placed(&one.event()).await?.is_some());
            compare(store, one.event(), one.content(), one.at, audit).await?;
        }
    }
    audit.runs = runs.len() as u64;
    gone("opening", (audit.opening_events, placed), audit);
    Ok(days)
}

/// On no day was more opened than looks were written down.
pub(super) fn opened(days: &BTreeMap<String, u64>, audit: &mut Audit) {
    for (day, opened) in days {
        let written = audit.days.get(day).copied().unwrap_or(0);
        if *opened > written {
            audit.finds(Wrong::OpenedMore, format!("{day}: {opened} > {written}"));
        }
    }
}

/// Moves of grants: as many rows as events, and each with the terms that its event commits to. A grant
/// that was widened, or put in, around the platform shows here.
pub(super) async fn grants(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = (GrantId([0; 16]), 0);
    let mut placed = 0;
    loop {
        let page = store.audit_grants(after).await?;
        let Some(last) = page.last() else { break };
        after = last.key;
        for one in &page {
            audit.grants += 1;
            let id = format!("grant:{}:{}", one.key.0, one.key.1);
            placed += u64::from(store.journal_placed(&id).await?.is_some());
            compare(store, id, one.content, one.at, audit).await?;
        }
    }
    gone("grant", (audit.grant_events, placed), audit);
    Ok(())
}

/// Decisions to tell later: as many rows as events, each as its event says. One that was made longer, or
/// taken away after its looks, around the platform shows.
pub(super) async fn deferrals(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = NoticeId([0; 16]);
    let mut placed = 0;
    loop {
        let page = store.audit_deferrals(after).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for one in &page {
            audit.deferrals += 1;
            placed += u64::from(store.journal_placed(&one.event()).await?.is_some());
            compare(store, one.event(), one.content(), one.decided_at.0, audit).await?;
        }
    }
    gone("deferral", (audit.deferral_events, placed), audit);
    Ok(())
}

/// Moves of cases: as many rows as events, each as its event says, and what was said with it as it was
/// committed to.
pub(super) async fn cases(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = (SubjectId([0; 16]), CaseId([0; 16]), 0);
    let mut placed = 0;
    loop {
        let page = store.audit_cases(after).await?;
        let Some(last) = page.last() else { break };
        after = last.key;
        for one in &page {
            audit.cases += 1;
            let (_, case, seq) = one.key;
            let id = format!("case:{case}:{seq}");
            placed += u64::from(store.journal_placed(&id).await?.is_some());
            if one.body == Some(false) {
                audit.finds(Wrong::Content, id.clone());
            }
            compare(store, id, one.content, one.at, audit).await?;
        }
    }
    gone("case", (audit.case_events, placed), audit);
    Ok(())
}

/// Receipts: each text is the one that was signed.
pub(super) async fn receipts(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = 0;
    loop {
        let page = store.audit_receipts(after).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        for one in &page {
            audit.receipts += 1;
            audit.caused += u64::from(cause_told(&one.text).is_some());
            let content = seal::sha256(one.text.as_bytes());
            let id = format!("receipt:{}", one.submission);
            compare(store, id, content, one.at, audit).await?;
        }
    }
    Ok(())
}

/// Causes of submissions: each says what its receipt commits to. After [`receipts`], which compares the
/// receipts themselves.
pub(super) async fn causes(store: &Store, key: &SiteKey, audit: &mut Audit) -> Result<()> {
    let (mut after, mut told) = (0, 0);
    loop {
        let page = store.audit_causes(after).await?;
        let Some(last) = page.last() else { break };
        after = last.number;
        for one in page {
            // Before a submission is finished nothing was promised about it.
            let Some(receipt) = one.receipt else { continue };
            audit.causes += 1;
            let promised = cause_told(&receipt);
            told += u64::from(promised.is_some());
            let what = || format!("cause:{}", one.cause.submission);
            match promised {
                None => audit.finds(Wrong::RowWithoutEvent, what()),
                Some(promised) if promised != cause_of(key, &one.cause.what) => {
                    audit.finds(Wrong::RowChanged, what());
                }
                Some(_) => {}
            }
        }
    }
    if audit.caused > told {
        audit.finds(Wrong::RowGone, format!("cause: {}", audit.caused - told));
    }
    Ok(())
}

/// Erasures: each decision is its event's.
pub(super) async fn erasures(store: &Store, audit: &mut Audit) -> Result<()> {
    for one in store.person_erasures().await? {
        audit.erasures += 1;
        compare(store, one.event(), one.content(), one.at.0, audit).await?;
    }
    Ok(())
}

/// Consents and what withdrew them: as many rows as events, and each is as its event says. One that was put
/// in, widened, or brought back to life around the platform shows here; so does one whose one look was made
/// and that looks as if it were not.
pub(super) async fn consents(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = (SubjectId([0; 16]), ConsentId([0; 16]));
    let mut placed = 0;
    loop {
        let page = store.audit_consents(after).await?;
        let Some(last) = page.last() else { break };
        after = last.key;
        for one in &page {
            let id = format!("consent:{}", one.key.1);
            let given = (id.clone(), one.content, one.at);
            let ended = one
                .withdrawn
                .map(|(content, at)| (format!("{id}:withdrawn"), content, at));
            for (id, content, at) in [Some(given), ended].into_iter().flatten() {
                audit.consents += 1;
                placed += u64::from(store.journal_placed(&id).await?.is_some());
                compare(store, id, content, at, audit).await?;
            }
            used(&id, one.used, audit);
        }
    }
    gone("consent", (audit.consent_events, placed), audit);
    Ok(())
}

/// The row by which a consent is used up, beside the looks that rest on it.
fn used(consent: &str, used: Used, audit: &mut Audit) {
    let wrong = match used {
        Used::Fits => return,
        Used::Gone => Wrong::RowGone,
        Used::Changed => Wrong::RowChanged,
        Used::Added => Wrong::RowWithoutEvent,
    };
    audit.finds(wrong, format!("{consent}:used"));
}

/// Agencies that were told to stop using a fact, and their word that they did: as many rows as events, each as
/// its event says.
pub(super) async fn receivers(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = (SubjectId([0; 16]), CaseId([0; 16]), 0, String::new());
    let mut placed = 0;
    loop {
        let page = store.audit_receivers(&after).await?;
        let Some(last) = page.last() else { break };
        after.clone_from(&last.key);
        for (id, content, at) in page.into_iter().flat_map(|one| one.events) {
            audit.receivers += 1;
            placed += u64::from(store.journal_placed(&id).await?.is_some());
            compare(store, id, content, at, audit).await?;
        }
    }
    gone("receiver", (audit.receiver_events, placed), audit);
    Ok(())
}

/// Tables that were taken out as files: as many rows as events, each as its event says.
pub(super) async fn exports(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = [0; 16];
    let mut placed = 0;
    loop {
        let page = store.audit_exports(after).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for one in &page {
            audit.exports += 1;
            placed += u64::from(store.journal_placed(&one.event()).await?.is_some());
            compare(store, one.event(), one.content(), one.at.0, audit).await?;
        }
    }
    gone("export", (audit.export_events, placed), audit);
    Ok(())
}

/// Announcements and their withdrawals: as many rows as events, each as its event says.
pub(super) async fn announcements(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = AnnouncementId([0; 16]);
    let mut placed = 0;
    loop {
        let page = store.audit_announcements(after).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for (id, content, at) in page.into_iter().flat_map(|one| one.events) {
            audit.announcements += 1;
            placed += u64::from(store.journal_placed(&id).await?.is_some());
            compare(store, id, content, at, audit).await?;
        }
    }
    gone("announcement", (audit.announcement_events, placed), audit);
    Ok(())
}

/// Issued reports: each row is as its event says.
pub(super) async fn reports(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut after = (SubjectId([0; 16]), [0; 16]);
    loop {
        let page = store.audit_reports(after).await?;
        let Some(last) = page.last() else { break };
        after = (last.subject, last.id);
        for one in &page {
            audit.reports += 1;
            let id = format!("report:{}", SubjectId(one.id));
            compare(store, id, Digest(one.document), one.at.0, audit).await?;
        }
    }
    Ok(())
}

/// Slices: each root is its event's, and follows from the versions that stand in the store.
pub(super) async fn slices(store: &Store, audit: &mut Audit) -> Result<()> {
    let mut held: Vec<SliceRoot> = Vec::new();
    let mut rows = 0;
    let mut after = (0, -1);
    loop {
        let page = store.audit_slices(after).await?;
        let Some(last) = page.last() else { break };
        after = last.key;
        for slice in page {
            audit.slices += 1;
            let id = format!("slice:{}:{}", slice.submission, slice.key.1);
            compare(store, id, slice.root, slice.at, audit).await?;
            let begins = held.last().is_some_and(|last| last.key.0 != slice.key.0);
            if rows >= HELD && begins {
                versions(store, &std::mem::take(&mut held), audit).await?;
                rows = 0;
            }
            rows += slice.rows;
            held.push(slice);
        }
    }
    versions(store, &held, audit).await
}

/// The versions of some submissions against the roots of their slices.
async fn versions(store: &Store, slices: &[SliceRoot], audit: &mut Audit) -> Result<()> {
    let (Some(first), Some(last)) = (slices.first(), slices.last()) else {
        return Ok(());
    };
    let range = (first.key.0, last.key.0);
    let mut leaves: BTreeMap<(i64, i64), Vec<Leaf>> = BTreeMap::new();
    for of_persons in [false, true] {
        let mut after = (SubjectId([0; 16]), RecordId([0; 16]), -1);
        loop {
            let page = if of_persons {
                store.audit_person_versions(after, range).await?
            } else {
                store.audit_versions(after, range).await?
            };
            let Some(last) = page.last() else { break };
            after = last.key;
            for version in &page {
                content(version, audit);
                let leaf = (version.row, version.key.1, version.key.2, version.leaf);
                leaves.entry(version.slice).or_default().push(leaf);
            }
        }
    }
    let mut groups: BTreeMap<(i64, i64), Vec<&SliceRoot>> = BTreeMap::new();
    for slice in slices {
        groups
            .entry((slice.key.0, slice.at))
            .or_default()
            .push(slice);
    }
    for (key, group) in groups {
        let mut own = leaves.remove(&key).unwrap_or_default();
        own.sort_unstable_by_key(|(row, record, seq, _)| (*row, *record, *seq));
        roots(&group, &own, audit);
    }
    for ((submission, at), own) in leaves {
        audit.finds(Wrong::Slice, format!("{submission}@{at}: {}", own.len()));
    }
    Ok(())
}

/// Whether leaves in their order make the roots of slices in theirs. Slices that were applied at one
/// instant share their leaves: each takes as many as make its root.
fn roots(group: &[&SliceRoot], leaves: &[Leaf], audit: &mut Audit) {
    let mut rest = leaves.iter();
    for (at, slice) in group.iter().enumerate() {
        let last = at + 1 == group.len();
        let mut tree = Builder::new();
        let mut fits = !last && tree.root() == slice.root;
        while !fits || last {
            let Some((.., leaf)) = rest.next() else { break };
            tree.append(*leaf);
            fits = !last && tree.root() == slice.root;
        }
        if tree.root() != slice.root {
            let what = format!("slice:{}:{}", slice.submission, slice.key.1);
            audit.finds(Wrong::Slice, what);
        }
    }
}

/// Whether a version's content is what it commits to.
fn content(version: &StoredVersion, audit: &mut Audit) {
    audit.versions += 1;
    let Some((salt, body)) = &version.opened else {
        audit.bare += 1;
        return;
    };
    if seal::commit(salt, body) != version.leaf {
        let (subject, record, seq) = version.key;
        audit.finds(Wrong::Content, format!("{subject}/{record}/{seq}"));
    }
}

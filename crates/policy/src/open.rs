//! What the lock lets out: the decisions behind `Permit::open`.
//!
//! Two questions are kept apart. *May this be seen?* is asked of the version in force now, on the
//! day of the reader. *What did it say?* is asked of the version known at the asked instant. So a
//! past-day view shows what was known then, and never what has ended since (rights 11).

mod cases;
mod content;
mod publication;
mod subject;

use crate::dossier::{Dossier, Entry, Past, Publication, Status};
use crate::grant::Ground;
use crate::permit::{Mismatch, Purpose};
use content::Window;
use credit::catalog::{Catalog, Role, Theme};
use credit::grant::EVERY_SUPPLIER;
use credit::record::{AsOf, Change, Facts, Record, Subject, Version};
use credit::subject::SubjectId;
use jiff::civil::Date;
use std::sync::Arc;

/// Opens the facts of a permit's subject for its purpose.
pub(crate) fn facts(
    permitted: SubjectId,
    purpose: Purpose,
    facts: Facts,
    catalog: &Catalog,
    at: AsOf,
) -> Result<Dossier, Mismatch> {
    let over = cases::repaired(&facts, catalog, at.today);
    of(permitted, purpose, (facts, &over), catalog, at)
}

/// Opens facts, given the documents that are repaired.
fn of(
    permitted: SubjectId,
    purpose: Purpose,
    (facts, over): (Facts, &cases::Repaired),
    catalog: &Catalog,
    at: AsOf,
) -> Result<Dossier, Mismatch> {
    if facts.subject.id != permitted {
        return Err(Mismatch::Subject);
    }
    let who = match purpose {
        Purpose::OwnReport
        | Purpose::OwnSupply
        | Purpose::CaseWork
        | Purpose::Forward
        | Purpose::Grading
        | Purpose::Duty => subject::own(&facts),
        // Nobody learns from us that a subject of which nothing is public is on file.
        Purpose::PublicLookup => {
            subject::public(&facts, over, catalog, at.today).ok_or(Mismatch::NotPublic)?
        }
    };
    let mut entries = Vec::with_capacity(facts.records.len());
    let mut unreadable = 0;
    for record in &facts.records {
        match open_record((record, over), &facts.subject, purpose, catalog, at) {
            Opened::Entry(entry) => entries.push(*entry),
            Opened::Nothing => {}
            Opened::Unreadable => unreadable += 1,
        }
    }
    entries.sort_by(|a, b| (&a.theme.code, a.record).cmp(&(&b.theme.code, b.record)));
    Ok(Dossier {
        subject: who,
        purpose,
        at,
        entries,
        unreadable,
    })
}

/// Opens facts under a grant: the records of its supplier and themes, as far as agencies may see them
/// today, cut to its items. What is known of the subject itself is what the public knows, unless the
/// grant names the item that holds the name.
pub(crate) fn granted(
    permitted: SubjectId,
    ground: &Ground,
    mut facts: Facts,
    catalog: &Catalog,
    at: AsOf,
) -> Result<Dossier, Mismatch> {
    let over = cases::repaired(&facts, catalog, at.today);
    let known = subject::public(&facts, &over, catalog, at.today);
    let of_supplier = |record: &Record| {
        let mut suppliers = ground.suppliers.iter();
        suppliers.any(|one| *one == record.supplier || one == EVERY_SUPPLIER)
    };
    facts
        .records
        .retain(|record| of_supplier(record) && ground.items.has_theme(&record.theme));
    let mut dossier = of(permitted, Purpose::Duty, (facts, &over), catalog, at)?;
    let mut names = false;
    for entry in &mut dossier.entries {
        let theme = Arc::clone(&entry.theme);
        entry.values.retain(|(ix, _)| {
            let item = theme.items.get(*ix);
            let item = item.filter(|item| ground.items.has(&theme.code, &item.code));
            names |= item.is_some_and(|item| item.role == Role::SubjectName);
            item.is_some()
        });
        // How grave a matter is and when it was decided are content, too.
        entry.severity = None;
        if !tells_document(ground, &theme) {
            entry.document_started_on = None;
        }
    }
    match known {
        Some(known) => dossier.subject = known,
        None => subject::untold(&mut dossier.subject, names),
    }
    Ok(dossier)
}

/// Whether a grant names an item that tells when a fact's document was decided.
fn tells_document(ground: &Ground, theme: &Theme) -> bool {
    let item = theme.item_with(Role::DecidedOn);
    let item = item.and_then(|item| theme.items.get(item));
    item.is_some_and(|item| ground.items.has(&theme.code, &item.code))
}

/// What became of one record.
enum Opened {
    /// It may be seen.
    Entry(Box<Entry>),
    /// It may not, or was not known then.
    Nothing,
    /// The catalogue does not know its theme.
    Unreadable,
}

/// The editions that decide about one record.
struct Editions<'a> {
    /// That of the version in force now.
    head: &'a Arc<Theme>,
    /// That of the shown version.
    shown: &'a Arc<Theme>,
    /// That in force today: what it closes is closed for older rows too.
    today: &'a Arc<Theme>,
}

fn open_record(
    (record, over): (&Record, &cases::Repaired),
    subject: &Subject,
    purpose: Purpose,
    catalog: &Catalog,
    at: AsOf,
) -> Opened {
    let (Some(head), Some(version)) = (record.head(), shown_version(record, purpose, at)) else {
        return Opened::Nothing;
    };
    let Some(editions) = editions(record, head, version, catalog, at.today) else {
        return Opened::Unreadable;
    };
    let effects = cases::effects(record, catalog, at.today);
    let publication = publication::decide(head, version, subject.kind, &editions, at.today);
    let hidden = cases::hidden(record, &effects, over);
    let publication = cases::held_back(publication, hidden);
    // Publicity and sharing are two clocks (R11): agencies may see what is not published, and not
    // what is no longer shared.
    let open = hidden == cases::Hidden::No;
    let is_shared = || open && publication::is_shared(head, &editions, at.today);
    let shared = purpose != Purpose::Duty || is_shared();
    let public_until = match (purpose, &publication) {
        _ if !shared => return Opened::Nothing,
        (_, Publication::Public { until }) => *until,
        // What has ended for the public is not sent on either.
        (Purpose::PublicLookup | Purpose::Forward, _) => return Opened::Nothing,
        // Of what does not count its subject is told; nobody else sees the file of a grading.
        (
            Purpose::OwnReport
            | Purpose::OwnSupply
            | Purpose::CaseWork
            | Purpose::Grading
            | Purpose::Duty,
            _,
        ) => None,
    };
    let window = Window::new(purpose, &editions);
    Opened::Entry(Box::new(Entry {
        record: record.id,
        theme: Arc::clone(editions.shown),
        supplier: record.supplier.clone(),
        version: version.seq,
        known_at: version.known_at,
        stated_on: version.stated_on,
        values: window.values(version),
        document_started_on: publication::started_on(editions.head, head),
        severity: version.severity,
        public_until,
        publication,
        status: status(editions.shown, version, at.on),
        late: version.late,
        marks: cases::marks(&effects),
        history: history(record, version, purpose, &window, at),
    }))
}

/// The editions of a record's versions, where the catalogue knows them.
fn editions<'c>(
    record: &Record,
    head: &Version,
    shown: &Version,
    catalog: &'c Catalog,
    today: Date,
) -> Option<Editions<'c>> {
    let edition = |version: &Version| catalog.edition(&record.theme, &version.theme_version);
    let head = edition(head)?;
    Some(Editions {
        head,
        shown: edition(shown)?,
        today: catalog.theme(&record.theme, today).unwrap_or(head),
    })
}

/// The version whose content is shown, as known at the asked instant.
///
/// The public sees what was stated then; a fact that was then removed, moved or waiting was not to
/// be seen. A subject sees in its own file the last statement, whatever became of it.
fn shown_version(record: &Record, purpose: Purpose, at: AsOf) -> Option<&Version> {
    let version = record.at(at.known)?;
    match purpose {
        Purpose::PublicLookup | Purpose::Forward | Purpose::Duty => {
            let stands = version.change == Change::Stated && version.held.is_none();
            (stands && !was_recalled(record, version)).then_some(version)
        }
        Purpose::OwnReport | Purpose::OwnSupply | Purpose::CaseWork | Purpose::Grading
            if version.change == Change::Stated =>
        {
            Some(version)
        }
        Purpose::OwnReport | Purpose::OwnSupply | Purpose::CaseWork | Purpose::Grading => record
            .versions
            .iter()
            .filter(|earlier| earlier.known_at <= at.known && earlier.change == Change::Stated)
            .max_by_key(|earlier| (earlier.stated_on, earlier.seq))
            .or(Some(version)),
    }
}

/// Whether a version was taken back as sent in error, and is not what is said now: then it is shown
/// for no past day either.
fn was_recalled(record: &Record, version: &Version) -> bool {
    let recalled = record
        .versions
        .iter()
        .any(|later| later.change == Change::Recalled && later.seq == version.seq + 1);
    recalled
        && record
            .head()
            .is_none_or(|head| head.values != version.values)
}

/// The other versions known by then, newest first, for the subject's own file.
fn history(
    record: &Record,
    shown: &Version,
    purpose: Purpose,
    window: &Window<'_>,
    at: AsOf,
) -> Vec<Past> {
    let own = [Purpose::OwnReport, Purpose::OwnSupply, Purpose::CaseWork];
    if !own.contains(&purpose) {
        return Vec::new();
    }
    let mut past: Vec<Past> = record
        .versions
        .iter()
        .filter(|version| version.known_at <= at.known && version.seq != shown.seq)
        .map(|version| Past {
            version: version.seq,
            known_at: version.known_at,
            stated_on: version.stated_on,
            change: version.change,
            values: window.values(version),
            theme_version: version.theme_version.clone(),
            late: version.late,
        })
        .collect();
    past.sort_by_key(|version| std::cmp::Reverse(version.version));
    past
}

/// Whether the fact holds on a day, by its own dates; a fact without dates holds.
fn status(theme: &Theme, version: &Version, on: Date) -> Status {
    if date_of(theme, version, Role::ValidFrom).is_some_and(|from| on < from) {
        return Status::NotYet;
    }
    if date_of(theme, version, Role::ValidTo).is_some_and(|to| to < on) {
        return Status::Expired;
    }
    Status::InForce
}

/// The date that a version gives for a role, if the theme has such an item and it is filled.
fn date_of(theme: &Theme, version: &Version, role: Role) -> Option<Date> {
    let code = &theme.items.get(theme.item_with(role)?)?.code;
    value_of(version, code)?.parse().ok()
}

/// The canonical value of an item in a version.
fn value_of<'a>(version: &'a Version, code: &str) -> Option<&'a str> {
    version
        .values
        .iter()
        .find(|(item, _)| item == code)
        .map(|(_, value)| value.as_str())
}
